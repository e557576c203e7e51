"""The address of a feed, its id, and the page it belongs to.

Every edition has every feed: /feeds/papers.atom, /feeds/tags/moe/digests.rss, /feeds/authors/12/papers.json,
/feeds/search/papers.atom?q=… (docs/feeds.md).
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.http import urlencode

from digest.reading.feeds import Scope, Searched
from digest.reading.tags import Selection
from digest.site.editions import Edition
from digest.site.rendering import reverse_in
from digest.site.search_query import Asked
from papers.identifiers import slugify_title
from papers.models import Author

ITEMS = ("digests", "papers")
CONTENT_TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    # UTF-8 by definition (RFC 8259); the type has no charset.
    "json": "application/feed+json",
}


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """One feed. ``items``: what it has an item for; ``form``: its format; at most one of the others narrows it."""

    edition: Edition
    items: str
    form: str
    selection: Selection | None = None
    author: Author | None = None
    asked: Asked | None = None

    @property
    def scope(self) -> Scope:
        """What the feed is about, for ``reading.feeds``."""
        asked = self.asked
        search = Searched(asked.q, asked.narrowed()) if asked else None
        return Scope(self.selection, self.author, search)

    @property
    def key(self) -> str:
        """The edition as ids name it."""
        return "both" if self.edition.both else self.edition.interface

    def path(self, before: int = 0) -> str:
        """The canonical path; with ``before`` that of a page of the history."""
        name, place, query = self._place()
        query |= {"before": before} if before else {}
        return reverse_in(self.edition, name, *place, self.items, self.form) + _suffix(query)

    def url(self, before: int = 0) -> str:
        return f"{settings.SITE_URL}{self.path(before)}"

    def feed_id(self) -> str:
        """The same for all formats and pages of this feed, and for no other feed."""
        name, place, query = self._place()
        path = reverse_in(self.edition, name, *place, self.items, self.form)
        path = path.removeprefix(self.edition.home).removeprefix("/").removesuffix(f".{self.form}")
        return tag_uri(f"{self.key}/{path}{_suffix(query)}")

    def page_url(self) -> str:
        """The page for people that shows what the feed is about."""
        if self.selection:
            path = reverse_in(self.edition, "tag", self.selection.slug)
        elif self.author:
            path = reverse_in(self.edition, "author", self.author.pk, slugify_title(self.author.name))
        elif self.asked:
            path = reverse_in(self.edition, "search") + _suffix(self.asked.query(sort="", page=1))
        else:
            path = reverse_in(self.edition, "home")
        return f"{settings.SITE_URL}{path}"

    def _place(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        """The name of the address, what stands in its path before the items, and its query."""
        if self.selection:
            return "tag_feed", (self.selection.slug,), {}
        if self.author:
            return "author_feed", (self.author.pk,), {}
        if self.asked:
            return "search_feed", (), self.asked.query(sort="", page=1)
        return "feed", (), {}


def tag_uri(specific: str) -> str:
    """An id that never changes (RFC 4151), not even when the site moves to another host."""
    return f"tag:{settings.NARANHI_TAG_AUTHORITY}:{specific}"


def _suffix(query: dict[str, Any]) -> str:
    return f"?{urlencode(query)}" if query else ""
