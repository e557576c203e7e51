"""What a page tells the web at large, beside its words: for search engines, for social networks, for sites that embed it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import urlencode

from digest.reading.authors import AuthorPage
from digest.reading.entries import PublicEntry
from digest.site import linked_data
from digest.site.cards.making import address, digest_card, newest_note, paper_card
from digest.site.editions import Edition
from digest.site.paper_context import paper_path
from digest.site.rendering import reverse_in
from digest.text.markup import note_text
from papers.identifiers import slugify_title
from papers.tex import tex_to_text

DESCRIPTION = 200
# A part of a note is read, because every view of a page asks for its first two hundred characters.
_READ = 1_000


@dataclass(frozen=True, slots=True)
class Web:
    """For ``site/_web_meta.html``; pages without one have the site's card and no linked data.

    ``kind`` is OpenGraph's; ``image`` the address of the page's own card; ``embed`` where its oEmbed form is.
    """

    kind: str
    data: dict[str, Any]
    description: str = ""
    image: str = ""
    embed: str = ""


def home_web(edition: Edition) -> Web:
    """For the front page."""
    logo = linked_data.absolute(static("site/icons/icon-512.png"))
    return Web("website", linked_data.home_data(edition, logo))


def digest_web(edition: Edition, date: datetime.date, entries: Sequence[PublicEntry]) -> Web:
    """For a day; described by the titles of its papers."""
    titles = " · ".join(tex_to_text(entry.paper.title) for entry in entries[:4])
    return Web(
        kind="article",
        data=linked_data.digest_data(edition, date, entries),
        description=shortened(titles),
        image=address(edition, digest_card(edition, date, entries), "digest_card", date=date),
        embed=embed_address(reverse_in(edition, "digest", date)),
    )


def paper_web(edition: Edition, entries: Sequence[PublicEntry]) -> Web:
    """For a paper; described by its newest note in the page's language."""
    paper = entries[0].paper
    slug = slugify_title(tex_to_text(paper.title))
    return Web(
        kind="article",
        data=linked_data.paper_data(edition, entries),
        description=said_of(edition, entries),
        image=address(edition, paper_card(edition, entries), "paper_card", paper_id=paper.pk, slug=slug),
        embed=embed_address(paper_path(edition, paper)),
    )


def author_web(edition: Edition, page: AuthorPage, path: str) -> Web:
    """For an author."""
    return Web("profile", linked_data.author_data(edition, page, path))


def tag_web(edition: Edition, name: str, slug: str) -> Web:
    """For a single tag."""
    return Web("website", linked_data.tag_data(edition, name, reverse_in(edition, "tag", slug)))


def said_of(edition: Edition, entries: Sequence[PublicEntry]) -> str:
    """A paper's newest note in the edition's language as plain text, or its abstract, or its title."""
    paper = entries[0].paper
    preferred = (edition.interface, *edition.languages)
    note = next(filter(None, (newest_note(entries, language) for language in preferred)), "")
    if note:
        return shortened(note_text(note[:_READ]))
    return shortened(tex_to_text(paper.abstract[:_READ] or paper.title))


def shortened(text: str, most: int = DESCRIPTION) -> str:
    """At most ``most`` characters on one line, cut between two words."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    word = kept.rpartition(" ")[0] if text[most - 1] != " " else kept
    return (word if len(word) * 2 > most else kept).rstrip(" ,.;:·-") + "…"


def embed_address(path: str) -> str:
    """Where the page of ``path`` is found in its oEmbed form."""
    return f"{settings.SITE_URL}{reverse('oembed')}?{urlencode({'url': settings.SITE_URL + path})}"
