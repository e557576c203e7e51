"""oEmbed 1.0: what another site shows in place of a link to a digest or to a paper. Plain HTML, no script, no style."""

import datetime
import re
import unicodedata
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.html import format_html, format_html_join

from digest.reading.archive import digest_of
from digest.reading.papers import paper_entries
from digest.site.cards.card import HEIGHT, WIDTH, Card
from digest.site.cards.making import address, digest_card, paper_card
from digest.site.editions import EDITIONS, Edition
from digest.site.linked_data import absolute
from digest.site.metadata import said_of, shortened
from digest.site.paper_context import paper_path
from digest.site.rendering import public_page, reverse_in
from digest.templatetags.pages import in_words
from digest.text.languages import language_of
from papers.identifiers import slugify_title
from papers.tex import tex_to_text

MAX_URL = 2_000
CACHE_AGE = 3_600
_WIDEST = 600
_TITLES, _NAMES = 4, 8
# How the text is reckoned to run where it is embedded, in pixels; nobody knows their style sheet.
_EM, _LINE, _GAP = 16, 26, 16
_PIXELS = re.compile("[1-9][0-9]{0,4}")
_EDITION = {edition.namespace: edition for edition in EDITIONS}


@dataclass(frozen=True, slots=True)
class Embedded:
    """A page as others show it: a title that links to it, who it is by, and what it says, each shown if not empty."""

    url: str
    title: str
    by: str
    said: str
    date: datetime.date
    card: Card
    image: str


@public_page
def oembed(request: HttpRequest) -> HttpResponse:
    """``?url=`` a page of this site, ``&format=json`` or ``xml``, ``&maxwidth=`` and ``&maxheight=`` in pixels.

    An address that is no page, hidden, or another site's: 404, all alike. Another format: 501.
    """
    form = request.GET.get("format", "json")
    if form not in ("json", "xml"):
        return HttpResponse("json or xml\n", status=501, content_type="text/plain")
    found = _find(request.GET.get("url", ""))
    if found is None:
        raise Http404
    told = _told(found, _limit(request, "maxwidth"), _limit(request, "maxheight"))
    response = _xml(told) if form == "xml" else JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    # For pages of other sites, too: nothing here depends on who asks.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _find(url: str) -> Embedded | None:
    """The page with this address, in the words of its edition; its query and its fragment do not matter."""
    try:
        parts = urlsplit(url[:MAX_URL])
        match = resolve(f"{unquote(parts.path).rstrip('/')}/")
    except (ValueError, Resolver404):
        return None
    ours = urlsplit(settings.SITE_URL).netloc
    edition = _EDITION.get(match.namespace)
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != ours.lower() or edition is None:
        return None
    with translation.override(edition.interface):
        if match.url_name == "digest":
            return _digest(edition, **match.kwargs)
        return _paper(edition, match.kwargs["paper_id"]) if match.url_name == "paper" else None


def _digest(edition: Edition, date: datetime.date) -> Embedded | None:
    entries = digest_of(date)
    if not entries:
        return None
    card = digest_card(edition, date, entries)
    return Embedded(
        url=absolute(reverse_in(edition, "digest", date)),
        title=in_words(date, "day", edition.interface),
        by=card.count,
        said=shortened(" · ".join(tex_to_text(entry.paper.title) for entry in entries[:_TITLES])),
        date=date,
        card=card,
        image=address(edition, card, "digest_card", date=date),
    )


def _paper(edition: Edition, paper_id: int) -> Embedded | None:
    entries = paper_entries(paper_id)
    if not entries:
        return None
    newest = entries[0]
    card = paper_card(edition, entries)
    title = tex_to_text(newest.paper.title)
    names = ", ".join(byline.name for byline in newest.authors[:_NAMES])
    rest = len(newest.authors) - _NAMES
    return Embedded(
        url=absolute(paper_path(edition, newest.paper)),
        title=title,
        by=card.others.format(names=names, number=rest) if rest > 0 else names,
        said=said_of(edition, entries),
        date=newest.date,
        card=card,
        image=address(edition, card, "paper_card", paper_id=paper_id, slug=slugify_title(title)),
    )


def _limit(request: HttpRequest, name: str) -> int | None:
    """A number of pixels; what is none is no limit."""
    given = request.GET.get(name, "")
    return int(given) if _PIXELS.fullmatch(given) else None


def _told(found: Embedded, widest: int | None, highest: int | None) -> dict[str, Any]:
    """``rich`` with as much of the text as there is room for, or ``link`` where there is none."""
    told: dict[str, Any] = {
        "version": "1.0",
        "type": "link",
        "title": found.title,
        "author_name": found.by,
        "provider_name": settings.SITE_NAME,
        "provider_url": absolute("/"),
        "cache_age": CACHE_AGE,
    }
    if (widest is None or widest >= WIDTH) and (highest is None or highest >= HEIGHT):
        told |= {"thumbnail_url": found.image, "thumbnail_width": WIDTH, "thumbnail_height": HEIGHT}
    width = min(widest or _WIDEST, _WIDEST)
    for said in (found.said, shortened(found.said, 80), ""):
        height = _height(width, found.title, found.by, said, settings.SITE_NAME)
        if highest is None or height <= highest:
            told |= {"type": "rich", "html": _html(found, said), "width": width, "height": height}
            break
    return told


def _html(found: Embedded, said: str) -> str:
    """A quotation that still reads where a site strips all but links and quotations from it."""
    texts = [(language_of(text), text) for text in (found.by, said) if text]
    return format_html(
        '<blockquote cite="{url}"><p lang="{lang}"><a href="{url}">{title}</a></p> {texts}'
        '<p>— <a href="{home}">{site}</a>, {date}</p></blockquote>',
        url=found.url,
        lang=language_of(found.title),
        title=found.title,
        texts=format_html_join("", '<p lang="{}">{}</p> ', texts),
        home=absolute("/"),
        site=settings.SITE_NAME,
        date=found.date.isoformat(),
    )


def _height(width: int, *texts: str) -> int:
    """Paragraphs of text of an ordinary size in a column of ``width``."""
    lines = [-(-_reach(text) // max(width, _EM)) for text in texts if text]
    return sum(lines) * _LINE + len(lines) * _GAP


def _reach(text: str) -> int:
    """The pixels of a line: a Hangul syllable is as wide as it is high, a Latin letter half of it."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return (len(text) + wide) * _EM // 2


def _xml(told: dict[str, Any]) -> HttpResponse:
    root = ET.Element("oembed")
    for name, value in told.items():
        ET.SubElement(root, name).text = str(value)
    body = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type="text/xml; charset=utf-8")
