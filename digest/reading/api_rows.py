"""Pages of published rows for programs, each read in a number of queries that does not grow with the page.

A page goes on where the one before ended, by a key that is unique, indexed and never empty: nothing is counted or
skipped, so the thousandth page costs what the first does, and what is published meanwhile repeats nothing.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Count, Exists, Max, Min, OuterRef, Prefetch, QuerySet

from digest.models import (
    Digest,
    Entry,
    Tag,
    TaggedEntry,
    published_authors,
    published_authorships,
    published_papers,
)
from digest.models.digest import DigestQuerySet
from digest.models.entry import EntryQuerySet
from digest.reading.changes import digest_changed
from digest.reading.entries import Byline, PublicEntry, read_full, read_short
from digest.reading.periods import date_of
from papers.identifiers import name_key
from papers.models import Author, Paper

Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: behind ``start``, or at the end; and how many rows it may hold."""

    start: Any
    size: int
    descending: bool = True

    def cut(self, rows: Rows, column: str) -> Rows:
        """The rows of the page, and one more that says whether there is another page."""
        if self.start is not None:
            rows = rows.filter(**{f"{column}__{'lt' if self.descending else 'gt'}": self.start})
        return rows.order_by(f"-{column}" if self.descending else column)[: self.size + 1]


@dataclass(frozen=True, slots=True)
class DigestRow:
    """A digest with what readers see of it, at least one entry."""

    date: datetime.date
    entries: Sequence[PublicEntry]
    moved: datetime.datetime | None

    @property
    def published(self) -> datetime.datetime:
        return min(entry.published for entry in self.entries)

    @property
    def changed(self) -> datetime.datetime:
        return digest_changed(self.entries, self.moved)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper with its byline and its published entries, newest first, at least one."""

    paper: Paper
    authors: Sequence[Byline]
    entries: Sequence[PublicEntry]

    @property
    def tags(self) -> list[Tag]:
        return list({tag.pk: tag for entry in self.entries for tag in entry.tags}.values())

    @property
    def published(self) -> datetime.datetime:
        return min(entry.published for entry in self.entries)

    @property
    def changed(self) -> datetime.datetime:
        return max(entry.changed for entry in self.entries)


@dataclass(frozen=True, slots=True)
class AuthorRow:
    """A person on at least one public byline, and on how many."""

    author: Author
    papers: int


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag with how many entries carry it, and the days of the first and the last of them."""

    tag: Tag
    entries: int
    first: datetime.date
    last: datetime.date


def entry_page(entries: EntryQuerySet, place: Place) -> list[PublicEntry]:
    """Entries by their order key, with everything. Four queries."""
    return read_full(place.cut(entries, "order_key"))


def entry_by_id(entry_id: int) -> PublicEntry | None:
    """One published entry; None for a hidden one as for one that never was."""
    return next(iter(read_full(Entry.objects.published().filter(pk=entry_id))), None)


def digest_page(digests: DigestQuerySet, place: Place) -> list[DigestRow]:
    """Digests by date, their entries without authors and tags. Three queries."""
    found = {digest.pk: digest for digest in place.cut(digests, "date")}
    entries = read_short(_in_order(digest__in=found), tags=False)
    return _digest_rows(found.values(), entries)


def digest_by_date(date: datetime.date) -> DigestRow | None:
    """One digest, its entries with everything; None if readers see no entry of it. Five queries."""
    found = Digest.objects.published().filter(date=date)
    rows = list(found)
    entries = read_full(_in_order(digest__in=[row.pk for row in rows])) if rows else []
    return next(iter(_digest_rows(rows, entries)), None)


def paper_page(papers: QuerySet[Paper], place: Place) -> list[PaperRow]:
    """Papers by key with their bylines and entries. Five queries."""
    bylines = published_authorships().select_related("author").order_by("position")
    found = list(place.cut(papers, "pk").prefetch_related(Prefetch("authorships", bylines)))
    by_paper: dict[int, list[PublicEntry]] = {paper.pk: [] for paper in found}
    for entry in read_short(_in_order(paper__in=list(by_paper))):
        by_paper[entry.paper.pk].append(entry)
    return [
        PaperRow(
            paper,
            [Byline(byline.printed_name, byline.author) for byline in paper.authorships.all()],
            by_paper[paper.pk],
        )
        for paper in found
        if by_paper[paper.pk]
    ]


def paper_by_id(paper_id: int) -> PaperRow | None:
    """One public paper."""
    return next(iter(paper_page(published_papers().filter(pk=paper_id), Place(None, 1))), None)


def author_page(place: Place, *, name: str | None = None, paper: int | None = None) -> list[AuthorRow]:
    """People by key: all, those of a name in any spelling of it, or those of a paper. Two queries."""
    people = published_authors()
    if name is not None:
        people = people.filter(name_key=name_key(name))
    if paper is not None:
        people = people.filter(
            Exists(published_authorships().filter(author=OuterRef("pk"), paper__in=_public(paper)))
        )
    return _with_papers(list(place.cut(people, "pk")))


def author_by_id(author_id: int) -> AuthorRow | None:
    """One person, if on a public byline."""
    return next(iter(_with_papers(list(published_authors().filter(pk=author_id)))), None)


def tag_page(place: Place) -> list[TagRow]:
    """Tags by their addresses. Two queries."""
    return _with_entries(list(place.cut(Tag.objects.published(), "slug")))


def tag_row(tag: Tag) -> TagRow | None:
    """One tag, if an entry that readers see carries it. One query."""
    return next(iter(_with_entries([tag])), None)


def _in_order(**condition: Any) -> EntryQuerySet:
    return Entry.objects.published().filter(**condition).order_by("-order_key")


def _public(paper_id: int) -> QuerySet[Paper]:
    return published_papers().filter(pk=paper_id)


def _digest_rows(digests: Iterable[Digest], entries: Sequence[PublicEntry]) -> list[DigestRow]:
    by_date: dict[datetime.date, list[PublicEntry]] = {}
    for entry in entries:
        by_date.setdefault(entry.date, []).append(entry)
    return [
        DigestRow(digest.date, by_date[digest.date], digest.changed_at)
        for digest in digests
        if digest.date in by_date
    ]


def _with_papers(people: Sequence[Author]) -> list[AuthorRow]:
    counted = published_authorships().filter(author__in=[person.pk for person in people])
    papers = dict(counted.values_list("author").annotate(Count("paper")).order_by())
    return [AuthorRow(person, papers[person.pk]) for person in people if person.pk in papers]


def _with_entries(tags: Sequence[Tag]) -> list[TagRow]:
    taggings = TaggedEntry.objects.published().filter(tag__in=[tag.pk for tag in tags])
    counted = taggings.values_list("tag").annotate(Count("pk"), Min("order_key"), Max("order_key"))
    found = {pk: (count, date_of(low), date_of(high)) for pk, count, low, high in counted.order_by()}
    return [TagRow(tag, *found[tag.pk]) for tag in tags if tag.pk in found]
