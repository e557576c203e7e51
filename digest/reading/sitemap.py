"""Every page by the kind of thing it is about, with the languages of its notes and when its words changed last.

Kinds are cut into parts that do not depend on what is added later: digests by year, all else by ranges of the primary
key, which new rows never join below. A part is one read of a range of an index, however long the archive is.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import compress, groupby
from operator import itemgetter
from typing import Any

from django.db.models import Exists, F, FilteredRelation, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from digest.models import Entry, Note, Tag, TaggedEntry, published_authors
from digest.models.entry import EntryQuerySet
from digest.reading.periods import keys_of, ordinal_of, year_range
from digest.reading.tags import PER_PAGE
from digest.text.languages import LANGUAGES

# Keys in a part. Three pages each, with the longest Hangul addresses 3 KB a page: below 20 MB of the allowed 50.
PART = 1_000
LANGUAGE = "written__language"
Parts = dict[int, datetime.datetime | None]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A page. ``place``: what its address is made of; ``languages``: those its notes are in."""

    place: tuple[Any, ...]
    languages: frozenset[str]
    changed: datetime.datetime


def last_change() -> datetime.datetime | None:
    """When the words of any page changed last; None before the first digest."""
    changed: datetime.datetime | None = Entry.objects.published().aggregate(changed=Max(_changed()))[
        "changed"
    ]
    return changed


def digest_parts() -> Parts:
    """The years that have digests, and the last change in each."""
    days = Entry.objects.published().annotate(day=ordinal_of()).values_list("day").order_by("day")
    rows = days.annotate(changed=Max(_changed()), moved=Max("digest__changed_at"))
    found: Parts = {}
    for year, group in groupby(rows, lambda row: datetime.date.fromordinal(row[0]).year):
        found[year] = max(_later(changed, moved) for _, changed, moved in group)
    return found


def digests_in(year: int) -> list[Listed]:
    """The digests of a year, oldest first, by date."""
    entries = Entry.objects.published().filter(order_key__range=keys_of(*year_range(year)))
    columns = ("digest__date", "changed", LANGUAGE, "digest__changed_at")
    rows = _by_language(entries).order_by("order_key").values_list(*columns)
    return [
        Listed((date,), _languages(group), max(_later(row[1], row[3]) for row in group))
        for date, group in _grouped(rows)
    ]


def paper_parts() -> Parts:
    """The parts that have papers, and the last change in each."""
    return _parts(Entry.objects.published(), "paper_id", _changed())


def papers_in(part: int) -> list[Listed]:
    """The papers of a part by key and title."""
    first, last = _keys(part)
    entries = Entry.objects.published().filter(paper__gte=first, paper__lte=last)
    columns = ("paper_id", "changed", LANGUAGE, "paper__title")
    rows = _by_language(entries).order_by("paper_id").values_list(*columns)
    return [
        Listed((key, group[0][3]), _languages(group), max(row[1] for row in group))
        for key, group in _grouped(rows)
    ]


def tag_parts() -> Parts:
    """The parts that have tags, and the last change in each."""
    return _parts(TaggedEntry.objects.published(), "tag_id", _changed("content_object__"))


def tags_in(part: int) -> list[Listed]:
    """The tags of a part by address. Of their entries those of the first page say which languages it holds."""
    first, last = _keys(part)
    tagged = TaggedEntry.objects.published().filter(tag__gte=first, tag__lte=last).order_by("tag")
    rows = tagged.values_list("tag", "tag__slug").annotate(changed=Max(_changed("content_object__")))
    newest = TaggedEntry.objects.published().filter(tag=OuterRef(OuterRef("pk"))).order_by("-order_key")
    notes = Note.objects.published().filter(entry__in=newest.values("content_object")[:PER_PAGE])
    written = {code: Exists(notes.filter(language=code)) for code in LANGUAGES}
    # Apart from the rows above: in a query that groups, these would be asked for every tagging.
    tags = Tag.objects.published().filter(pk__range=(first, last)).annotate(**written)
    found = {key: there for key, *there in tags.values_list("pk", *LANGUAGES)}
    return [
        Listed((slug,), frozenset(compress(LANGUAGES, found[key])), changed) for key, slug, changed in rows
    ]


def author_parts() -> Parts:
    """The parts that have authors: one look at the index for each. The last change would take a read of all bylines."""
    found: Parts = {}
    authors = published_authors().order_by("pk").values_list("pk", flat=True)
    key = authors.first()
    while key is not None:
        part = key // PART + 1
        found[part] = None
        key = authors.filter(pk__gte=part * PART).first()
    return found


def authors_in(part: int) -> list[Listed]:
    """The authors of a part by key and name. A paper speaks by its newest entry, as on their page."""
    first, last = _keys(part)
    entries = Entry.objects.published().filter(
        paper__authorships__author__gte=first, paper__authorships__author__lte=last
    )
    author = "paper__authorships__author"
    columns = (f"{author}_id", "changed", LANGUAGE, f"{author}__name", "paper_id", "pk")
    rows = _by_language(entries).order_by(f"{author}_id", "-order_key").values_list(*columns)
    found = []
    for key, group in _grouped(rows):
        newest: dict[int, int] = {}
        shown = [row for row in group if newest.setdefault(row[4], row[5]) == row[5]]
        found.append(Listed((key, group[0][3]), _languages(shown), max(row[1] for row in shown)))
    return found


@dataclass(frozen=True, slots=True)
class Kind:
    """What the pages of a kind are read by: their parts, and the pages of one."""

    parts: Callable[[], Parts]
    pages: Callable[[int], list[Listed]]


KINDS = {
    "digests": Kind(digest_parts, digests_in),
    "papers": Kind(paper_parts, papers_in),
    "tags": Kind(tag_parts, tags_in),
    "authors": Kind(author_parts, authors_in),
}


def _changed(prefix: str = "") -> Greatest:
    """When what readers see of an entry changed last, as a column; PublicEntry.changed."""
    published = F(f"{prefix}publish_at")
    return Greatest(published, Coalesce(F(f"{prefix}changed_at"), published))


def _later(changed: datetime.datetime, moved: datetime.datetime | None) -> datetime.datetime:
    """Of a digest's last change and the moment when an entry left it (Digest.changed_at)."""
    return max(changed, moved) if moved else changed


def _keys(part: int) -> tuple[int, int]:
    return (part - 1) * PART, part * PART - 1


def _parts(rows: QuerySet[Any], key: str, changed: Greatest) -> Parts:
    numbered = rows.order_by().annotate(part=F(key) / PART).values_list("part")
    return {part + 1: latest for part, latest in numbered.annotate(latest=Max(changed)).order_by("part")}


def _by_language(entries: EntryQuerySet) -> QuerySet[Any]:
    """A row for each language an entry has a note in, as LANGUAGE, with a column for the last change."""
    live = FilteredRelation("notes", condition=Q(notes__live__isnull=False))
    told: QuerySet[Any] = entries.alias(written=live).annotate(changed=_changed())
    return told


def _grouped(rows: Iterable[Row]) -> Iterator[tuple[Any, list[Row]]]:
    for key, group in groupby(rows, itemgetter(0)):
        yield key, list(group)


def _languages(rows: Iterable[Row]) -> frozenset[str]:
    """From the third column."""
    return frozenset(row[2] for row in rows if row[2])
