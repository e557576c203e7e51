"""The sitemap: an index of files, and in each file every page of a part with its versions by language.

A page is listed once for each edition that holds words in its language, as its own hreflang says it, with the moment
its words changed last. Twins, search results and what a device keeps are no pages for search engines.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import register_converter, reverse

from digest.reading.sitemap import KINDS, Listed, last_change
from digest.site.editions import EDITIONS
from digest.site.rendering import public_page, reverse_in
from digest.text.languages import LANGUAGES
from papers.identifiers import slugify_title
from papers.tex import tex_to_text

XML = '<?xml version="1.0" encoding="UTF-8"?>'
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
# The pages that are there once; these change with every digest, the others with the program.
MOVING = ("home", "archive", "tags", "trends")
STILL = ("about", "feeds", "search")
PAGES = "pages"
MAX_AGE = 3_600
Url = tuple[str, tuple[Any, ...], Iterable[str], datetime.datetime | None]


class Part:
    """``digests-2024``, ``papers-3``, ``pages-1`` in an address; six digits are a thousand million rows."""

    regex = f"(?:{'|'.join([PAGES, *KINDS])})-[1-9][0-9]{{0,5}}"

    def to_python(self, value: str) -> tuple[str, int]:
        kind, _, number = value.partition("-")
        return kind, int(number)

    def to_url(self, value: tuple[str, int]) -> str:
        return f"{value[0]}-{value[1]}"


register_converter(Part, "sitemap")


@public_page
def index(request: HttpRequest) -> HttpResponse:
    """The files there are. Those without pages are not among them."""
    parts: dict[tuple[str, int], datetime.datetime | None] = {(PAGES, 1): last_change()}
    for kind, listed in KINDS.items():
        parts |= {(kind, number): changed for number, changed in listed.parts().items()}
    lines = [XML, f'<sitemapindex xmlns="{SITEMAP}">']
    for part, changed in parts.items():
        address = settings.SITE_URL + reverse("sitemap", args=[part])
        lines.append(f"<sitemap><loc>{escape(address)}</loc>{_lastmod(changed)}</sitemap>")
    return _answer([*lines, "</sitemapindex>"])


@public_page
def sitemap(request: HttpRequest, part: tuple[str, int]) -> HttpResponse:
    """The pages of a part."""
    kind, number = part
    urls = list(_once() if part == (PAGES, 1) else _listed(kind, number))
    if not urls:
        raise Http404
    lines = [XML, f'<urlset xmlns="{SITEMAP}" xmlns:xhtml="{XHTML}">']
    for url in urls:
        lines += _versions(*url)
    return _answer([*lines, "</urlset>"])


def _once() -> Iterator[Url]:
    changed = last_change()
    yield from ((name, (), LANGUAGES, changed) for name in MOVING)
    yield from ((name, (), LANGUAGES, None) for name in STILL)


def _listed(kind: str, number: int) -> Iterator[Url]:
    if kind not in KINDS or (kind == "digests" and number > datetime.MAXYEAR):
        return
    pages = KINDS[kind].pages(number)
    if kind == "digests":
        yield from _periods(number, pages)
    for page in pages:
        yield NAMES[kind], PLACES[kind](*page.place), page.languages, page.changed


def _periods(year: int, digests: list[Listed]) -> Iterator[Url]:
    """The year and its months, each as new as the newest change in it. Weeks, which cross years, list the same again."""
    found: dict[tuple[str, tuple[int, ...]], datetime.datetime] = {}
    for digest in digests:
        for name in (("year", (year,)), ("month", (year, digest.place[0].month))):
            found[name] = max(found.get(name, digest.changed), digest.changed)
    yield from ((name, place, LANGUAGES, changed) for (name, place), changed in found.items())


def _versions(
    name: str, place: tuple[Any, ...], languages: Iterable[str], changed: datetime.datetime | None
) -> list[str]:
    """An element for each edition that is offered, each naming them all."""
    offered = [edition for edition in EDITIONS if edition.both or edition.interface in languages]
    urls = {
        edition.hreflang: escape(settings.SITE_URL + reverse_in(edition, name, *place)) for edition in offered
    }
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{url}"/>' for language, url in urls.items()
    )
    return [f"<url><loc>{url}</loc>{_lastmod(changed)}{links}</url>" for url in urls.values()]


def _lastmod(changed: datetime.datetime | None) -> str:
    return f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""


def _answer(lines: list[str]) -> HttpResponse:
    return HttpResponse(
        "\n".join(lines) + "\n",
        content_type="application/xml; charset=utf-8",
        headers={"Cache-Control": f"public, max-age={MAX_AGE}"},
    )


def _titled(key: int, title: str) -> tuple[int, str]:
    return key, slugify_title(tex_to_text(title))


def _named(key: int, name: str) -> tuple[int, str]:
    return key, slugify_title(name)


NAMES = {"digests": "digest", "papers": "paper", "tags": "tag", "authors": "author"}
PLACES: dict[str, Callable[..., tuple[Any, ...]]] = {
    "digests": lambda date: (date,),
    "papers": _titled,
    "tags": lambda slug: (slug,),
    "authors": _named,
}
