"""Digests by date: the latest, one day, a week, a month, a year, all of them.

All of these are ranges of the entries' order key, which is indexed; nothing is counted that is not published.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from digest.models import Digest, Entry, Note
from digest.models.entry import EntryQuerySet
from digest.reading.entries import PublicEntry, read_full, read_short
from digest.reading.periods import keys_in, keys_of, months_between, number_of, ordinal_of, year_range

EARLIER = 10


@dataclass(frozen=True, slots=True)
class Day:
    """A digest by its date, and how many entries readers see in it."""

    date: datetime.date
    entries: int


@dataclass(frozen=True, slots=True)
class DigestRow:
    """A digest in a list. ``coverage`` says for each entry whether it has a Korean and an English note."""

    date: datetime.date
    titles: tuple[str, ...]
    coverage: tuple[tuple[bool, bool], ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month and the days in it that have a digest, oldest first; there may be none."""

    first: datetime.date
    days: tuple[Day, ...]

    @property
    def entries(self) -> int:
        return sum(day.entries for day in self.days)


@dataclass(frozen=True, slots=True)
class Year:
    """A year with its months from January on. ``korean``, ``english``: entries with a note in the language."""

    first: datetime.date
    months: tuple[Month, ...]
    korean: int
    english: int

    @property
    def digests(self) -> int:
        return sum(len(month.days) for month in self.months)

    @property
    def entries(self) -> int:
        return sum(month.entries for month in self.months)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The nearest digests on either side of a day, a week, a month or a year."""

    previous: Day | None
    next: Day | None


def recent_days() -> list[Day]:
    """The days of the last year that have a digest, newest first: all the front page draws, in one query.

    It reads a year back from the newest entry, however long the archive is and however old its end.
    """
    entries = Entry.objects.published()
    newest = Subquery(entries.order_by("-order_key").values("order_key")[:1])
    return _days(entries.filter(order_key__gte=newest - keys_in(days=366)))


def latest_digest(date: datetime.date) -> tuple[list[PublicEntry], list[DigestRow]]:
    """The entries of a day, without authors and tags, and the rows of the ten digests before it."""
    before = Digest.objects.published().filter(date__lt=date).order_by("-date").values("pk")[:EARLIER]
    earlier = Entry.objects.published().filter(digest__in=before).order_by("-order_key")
    return read_short(_between(date, date), tags=False), _rows(earlier)


def digest_of(date: datetime.date) -> list[PublicEntry]:
    """The published entries of one day, in order; empty if there is no such digest."""
    return read_full(_between(date, date))


def digest_rows(first: datetime.date, last: datetime.date) -> list[DigestRow]:
    """The digests from ``first`` to ``last`` with all their titles, newest first."""
    return _rows(_between(first, last))


def ledger(days: Sequence[Day]) -> list[Month]:
    """Newest month first, from the last to the first that has one of ``days``, empty ones between them too."""
    if not days:
        return []
    dates = [day.date for day in days]
    return _months(days, min(dates), max(dates))[::-1]


def year_ledger(year: int) -> list[Month]:
    """The ledger of a year; empty if there is no digest in it."""
    return ledger(_days(_between(*year_range(year))))


def all_years() -> list[Year]:
    """Every year that has a digest, with its days by month and its coverage, newest first."""
    days = _days(Entry.objects.published())
    if not days:
        return []
    years = range(days[0].date.year, days[-1].date.year - 1, -1)
    covered = coverage_by_year(years)
    found = []
    for year, group in groupby(days, lambda day: day.date.year):
        first, last = year_range(year)
        _, korean, english = covered[year]
        found.append(Year(first, tuple(_months(list(group), first, last)), korean, english))
    return found


def coverage_by_year(years: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """For each year how many entries there are, how many with a Korean and how many with an English note."""
    periods = [year_range(year) for year in years]
    written = {
        language: Count("notes", filter=Q(notes__language=language, notes__live__isnull=False))
        for language in ("ko", "en")
    }
    counted = (
        Entry.objects.published()
        .annotate(year=number_of(periods))
        .values_list("year")
        .annotate(Count("pk", distinct=True), **written)
        .order_by()
    )
    found = {years[number]: tuple(counts) for number, *counts in counted if number >= 0}
    return {year: found.get(year, (0, 0, 0)) for year in years}


def neighbours(first: datetime.date, last: datetime.date) -> Neighbours:
    """The nearest digests before ``first`` and after ``last``, in one query."""
    digests = Digest.objects.published()
    before = digests.filter(date__lt=first).order_by("-date").values("pk")[:1]
    after = digests.filter(date__gt=last).order_by("date").values("pk")[:1]
    found = digests.filter(Q(pk=Subquery(before)) | Q(pk=Subquery(after)))
    days = [Day(*row) for row in found.values_list("date", _size())]
    return Neighbours(
        previous=next((day for day in days if day.date < first), None),
        next=next((day for day in days if day.date > last), None),
    )


def _between(first: datetime.date, last: datetime.date) -> EntryQuerySet:
    return Entry.objects.published().filter(order_key__range=keys_of(first, last)).order_by("-order_key")


def _days(entries: EntryQuerySet) -> list[Day]:
    """The days of published entries with their counts, newest first, in one query without a join."""
    counted = entries.annotate(day=ordinal_of()).values_list("day").annotate(Count("pk")).order_by("-day")
    return [Day(datetime.date.fromordinal(day), count) for day, count in counted]


def _months(days: Sequence[Day], first: datetime.date, last: datetime.date) -> list[Month]:
    by_month: dict[datetime.date, list[Day]] = {month: [] for month in months_between(first, last)}
    for day in sorted(days, key=lambda day: day.date):
        by_month[day.date.replace(day=1)].append(day)
    return [Month(month, tuple(days)) for month, days in by_month.items()]


def _size() -> Coalesce:
    """How many published entries a digest has, as a column of a query over digests."""
    entries = Entry.objects.published().filter(digest=OuterRef("pk")).order_by()
    return Coalesce(Subquery(entries.values("digest").annotate(size=Count("pk")).values("size")), 0)


def _rows(entries: EntryQuerySet) -> list[DigestRow]:
    notes = Note.objects.published().filter(entry=OuterRef("pk"))
    has = [Exists(notes.filter(language=language)) for language in ("ko", "en")]
    titles = entries.values_list("digest__date", "paper__title", *has)
    rows = []
    for date, group in groupby(titles, itemgetter(0)):
        items = list(group)
        covered = tuple((bool(korean), bool(english)) for _, _, korean, english in items)
        rows.append(DigestRow(date, tuple(title for _, title, _, _ in items), covered))
    return rows
