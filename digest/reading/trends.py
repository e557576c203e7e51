"""How often each tag was used, month by month."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, Subquery

from digest.models import Entry
from digest.reading.periods import (
    date_of,
    keys_of,
    month_range,
    months_before,
    months_between,
    number_of,
)

MONTHS = 12
MOST_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Trend:
    """A tag and how many entries carried it in each month of a range."""

    slug: str
    name: str
    label_ko: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Trends:
    """``months`` are first days, oldest first; ``tags`` the most used first. ``peak``: the highest count."""

    months: list[datetime.date]
    tags: list[Trend]

    @property
    def peak(self) -> int:
        return max((max(tag.counts) for tag in self.tags), default=0)

    def often(self, most: int) -> list[Trend]:
        """At most so many tags used more than once."""
        return [tag for tag in self.tags if tag.total > 1][:most]

    def once(self, most: int) -> list[Trend]:
        """At most so many tags used once."""
        return [tag for tag in self.tags if tag.total == 1][:most]


def span() -> tuple[datetime.date, datetime.date] | None:
    """The days of the oldest and the newest digest; None if there is none."""
    entries = Entry.objects.published()
    ends = [Subquery(entries.order_by(order).values("pk")[:1]) for order in ("order_key", "-order_key")]
    keys = list(entries.filter(Q(pk=ends[0]) | Q(pk=ends[1])).values_list("order_key", flat=True))
    return (date_of(min(keys)), date_of(max(keys))) if keys else None


def last_months(first: datetime.date, last: datetime.date, count: int = MONTHS) -> list[datetime.date]:
    """The ``count`` months that end in that of ``last``, fewer if ``first`` is later than the oldest of them."""
    return months_between(max(first, months_before(last, count)), last)


def chosen_months(
    first: datetime.date, last: datetime.date, start: datetime.date | None, end: datetime.date | None
) -> list[datetime.date]:
    """The months from ``start`` to ``end`` within the span from ``first`` to ``last``: at most 36, the newest.

    An end that is not given is the span's; no start means twelve months.
    """
    end = min(end, last) if end else last
    if start is None or start > end or end < first.replace(day=1):
        return last_months(first, max(end, first))
    return last_months(max(start, first.replace(day=1)), end, MOST_MONTHS)


def tag_trends(months: Sequence[datetime.date]) -> Trends:
    """Every tag used in these months, which follow one another. Reads only the entries of the months."""
    periods = [month_range(month.year, month.month) for month in months]
    columns = [f"tagged_entries__tag__{column}" for column in ("slug", "name", "label_ko")]
    counted = (
        Entry.objects.published()
        .filter(order_key__range=keys_of(periods[0][0], periods[-1][1]), tagged_entries__isnull=False)
        .annotate(month=number_of(periods), tag=F("tagged_entries__tag"))
        .values_list("tag", *columns, "month")
        .annotate(Count("pk"))
        .order_by()
    )
    found: dict[tuple[str, str, str], list[int]] = {}
    for _, slug, name, label_ko, month, count in counted:
        found.setdefault((slug, name, label_ko), [0] * len(periods))[month] = count
    trends = [Trend(*tag, tuple(counts)) for tag, counts in found.items()]
    return Trends(list(months), sorted(trends, key=lambda tag: (-tag.total, tag.slug)))
