"""Feeds: the newest entries of a scope, or its digests, page by page, and when each was changed.

Keyset paging by order key: what is published while someone pages neither repeats nor hides anything.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Exists, OuterRef

from digest.models import Digest, Entry, Note, order_key, published_authors
from digest.models.entry import MAX_POSITION, EntryQuerySet
from digest.reading.changes import digest_changed
from digest.reading.entries import PublicEntry, read_full
from digest.reading.mentions import titled_papers
from digest.reading.periods import keys_of
from digest.reading.search import Chosen
from digest.reading.search_entries import matching_entries
from digest.reading.tags import Selection, selected_entries
from digest.text.languages import LANGUAGES
from papers.identifiers import name_key
from papers.models import Author, Paper

PAPERS = 30
DIGESTS = 10
FIRST = 0  # in place of an order key: the first page
NAMESAKES = 20

Moved = dict[datetime.date, datetime.datetime | None]


@dataclass(frozen=True, slots=True)
class Searched:
    """A search: its text and what narrows it besides."""

    text: str
    chosen: Chosen = field(default_factory=Chosen)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a feed is about: a selection of tags, an author or a search; with none of them, everything."""

    selection: Selection | None = None
    author: Author | None = None
    search: Searched | None = None


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry, or those entries of a digest that the feed is about, in their order."""

    entries: tuple[PublicEntry, ...]
    published: datetime.datetime
    updated: datetime.datetime


@dataclass(frozen=True, slots=True)
class FeedPage:
    """One page of a feed, newest first.

    ``updated``: None if it is empty. ``older``: the key before which the next page begins, if there is one;
    ``newer``: the same for the page before, FIRST for the first. ``titled``: as ``mentions.titled_papers``.
    """

    items: list[FeedItem]
    updated: datetime.datetime | None
    older: int | None
    newer: int | None
    titled: dict[str, Paper]


def paper_page(scope: Scope, languages: Sequence[str], before: int = FIRST) -> FeedPage:
    """An item per entry that has a live note in one of ``languages``: 30 with an order key below ``before``."""
    entries = _entries(scope, languages)
    page = entries.filter(order_key__lt=before) if before else entries
    found = read_full(page.order_by("-order_key")[: PAPERS + 1])
    shown = found[:PAPERS]
    newer = None
    if before:
        above = entries.filter(order_key__gte=before).order_by("order_key")
        newer = _newer(list(above.values_list("order_key", flat=True)[: PAPERS + 1]), PAPERS)
    items = [FeedItem((entry,), entry.published, entry.changed) for entry in shown]
    older = shown[-1].order_key if len(found) > PAPERS else None
    return _page(items, _moved({entry.date for entry in shown}) if shown else {}, older, newer)


def digest_page(scope: Scope, languages: Sequence[str], before: int = FIRST) -> FeedPage:
    """An item per digest, of its entries that the feed is about: ten digests of days before that of ``before``."""
    entries = _entries(scope, languages)
    digests = Digest.objects.published().filter(Exists(entries.order_by().filter(digest=OuterRef("pk"))))
    page = digests.filter(date__lt=_day(before)) if before else digests
    found = list(page.order_by("-date").values_list("date", "changed_at")[: DIGESTS + 1])
    shown = found[:DIGESTS]
    newer = None
    if before:
        above = digests.filter(date__gte=_day(before)).order_by("date").values_list("date", flat=True)
        newer = _newer([_first_key(date) for date in above[: DIGESTS + 1]], DIGESTS)
    moved: Moved = dict(shown)
    older = _first_key(shown[-1][0]) if len(found) > DIGESTS else None
    return _page(_digest_items(entries, moved), moved, older, newer)


def public_author(author_id: int) -> Author | None:
    """The author of a public paper by primary key."""
    return published_authors().filter(pk=author_id).first()


def namesakes(name: str) -> list[Author]:
    """The authors of public papers who bear this name, however it is spelt; at most twenty."""
    return list(published_authors().filter(name_key=name_key(name)).order_by("homonym")[:NAMESAKES])


def _entries(scope: Scope, languages: Sequence[str]) -> EntryQuerySet:
    """The published entries of a scope, in no order. With both languages no note is asked for: every entry has one."""
    if scope.search:
        entries = matching_entries(scope.search.text, scope.search.chosen)
    elif scope.selection:
        entries = selected_entries(scope.selection)
    else:
        entries = Entry.objects.published()
    if scope.author:
        entries = entries.filter(paper__authorships__author=scope.author)
    if set(languages) >= set(LANGUAGES):
        return entries
    return entries.filter(
        Exists(Note.objects.published().filter(entry=OuterRef("pk"), language__in=languages))
    )


def _digest_items(entries: EntryQuerySet, moved: Moved) -> list[FeedItem]:
    if not moved:
        return []
    days = entries.filter(order_key__range=keys_of(min(moved), max(moved))).order_by("-order_key")
    items = []
    for date, group in groupby(read_full(days), lambda entry: entry.date):
        found = tuple(group)
        published = min(entry.published for entry in found)
        items.append(FeedItem(found, published, digest_changed(found, moved.get(date))))
    return items


def _page(items: list[FeedItem], moved: Moved, older: int | None, newer: int | None) -> FeedPage:
    """An entry that left a digest changed the feed, too, though none of the items that are left."""
    moments = [item.updated for item in items] + [moment for moment in moved.values() if moment]
    titled = titled_papers(entry for item in items for entry in item.entries)
    return FeedPage(items, max(moments, default=None), older, newer, titled)


def _moved(dates: set[datetime.date]) -> Moved:
    return dict(Digest.objects.published().filter(date__in=dates).values_list("date", "changed_at"))


def _newer(keys: list[int], size: int) -> int | None:
    """``keys``: of the page above, the nearest first, and of one item more if there is one."""
    if not keys:
        return None
    return keys[size] if len(keys) > size else FIRST


def _first_key(date: datetime.date) -> int:
    """The lowest key of a day: before it begins the page that goes on below that day."""
    return order_key(date, MAX_POSITION)


def _day(key: int) -> datetime.date:
    """The day of an order key; of one that no day has, the nearest."""
    last = datetime.date.max.toordinal()
    return datetime.date.fromordinal(min(max(key // (MAX_POSITION + 1), 1), last))
