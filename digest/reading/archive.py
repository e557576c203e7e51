"""Digests by date: the latest, one day, a month, a year, all of them.

Days, months and years are ranges of the entries' order key, which is indexed; nothing is counted that is
not published.
"""

import calendar
import datetime
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, ExtractMonth, ExtractYear

from digest.models import MAX_POSITION, Digest, Entry, Note, order_key
from digest.models.entry import EntryQuerySet
from digest.reading.entries import PublicEntry, read_full, read_short

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
    """A month of the archive with its counts."""

    year: int
    month: int
    digests: int
    entries: int

    @property
    def first_day(self) -> datetime.date:
        return datetime.date(self.year, self.month, 1)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The nearest digests on either side of a day, a month or a year."""

    previous: Day | None
    next: Day | None


def latest_digest() -> tuple[list[PublicEntry], list[DigestRow]]:
    """The newest digest's entries, without authors and tags, and the rows of the ones before it."""
    dates = list(Digest.objects.published().order_by("-date").values_list("date", flat=True)[: EARLIER + 1])
    if not dates:
        return [], []
    entries = read_short(_between(dates[0], dates[0]), tags=False)
    return entries, _rows(_between(dates[-1], dates[1])) if dates[1:] else []


def digest_of(date: datetime.date) -> list[PublicEntry]:
    """The published entries of one day, in order; empty if there is no such digest."""
    return read_full(_between(date, date))


def month_rows(first: datetime.date, last: datetime.date) -> list[DigestRow]:
    """The digests of a month with all their titles, newest first."""
    return _rows(_between(first, last))


def year_months(year: int) -> list[tuple[datetime.date, list[Day]]]:
    """The days of a year that have a digest, by month, newest first: ``[(2024-10-01, [Day, Day]), …]``."""
    first, last = year_range(year)
    digests = Digest.objects.published().filter(date__range=(first, last)).order_by("-date")
    days = [Day(*row) for row in digests.values_list("date", _size())]
    return [(month, list(group)) for month, group in groupby(days, lambda day: day.date.replace(day=1))]


def all_months() -> list[tuple[int, list[Month]]]:
    """Every year with its months and their counts, newest first."""
    counts = (
        Digest.objects.published()
        .annotate(size=_size(), year=ExtractYear("date"), month=ExtractMonth("date"))
        .values("year", "month")
        .annotate(digests=Count("pk"), entries=Sum("size"))
        .order_by("-year", "-month")
    )
    months = [Month(row["year"], row["month"], row["digests"], row["entries"]) for row in counts]
    return [(year, list(group)) for year, group in groupby(months, lambda month: month.year)]


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


def month_range(year: int, month: int) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a month."""
    days = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, 1), datetime.date(year, month, days)


def year_range(year: int) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of a year."""
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


def _between(first: datetime.date, last: datetime.date) -> EntryQuerySet:
    keys = (order_key(first, MAX_POSITION), order_key(last, 0))
    return Entry.objects.published().filter(order_key__range=keys).order_by("-order_key")


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
