"""Days, weeks, months and years as ranges of the entries' order key.

The key holds the day, so a period is one range of an index, and counts by period need neither a join with the
digests nor a date function of the database, which SQLite calls back into Python for, row by row.
"""

import calendar
import datetime
from collections.abc import Iterable

from django.db.models import Case, F, IntegerField, Value, When
from django.db.models.expressions import Combinable

from digest.models import MAX_POSITION, order_key

Period = tuple[datetime.date, datetime.date]
_PER_DAY = 10_000  # the keys of one day; see order_key()


def week_range(year: int, week: int) -> Period | None:
    """Monday and Sunday of an ISO week; None if the year has no such week."""
    try:
        monday = datetime.date.fromisocalendar(year, week, 1)
        return monday, monday + datetime.timedelta(days=6)
    except (ValueError, OverflowError):
        return None


def month_range(year: int, month: int) -> Period:
    """The first and the last day of a month."""
    days = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, 1), datetime.date(year, month, days)


def year_range(year: int) -> Period:
    """The first and the last day of a year."""
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)


def months_between(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """The first days of all months from that of ``first`` to that of ``last``, oldest first."""
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [datetime.date(number // 12, number % 12 + 1, 1) for number in numbers]


def months_before(last: datetime.date, count: int) -> datetime.date:
    """The first day of the month with which ``count`` months end in that of ``last``; 0001-01 at the earliest."""
    number = max(last.year * 12 + last.month - count, 12)
    return datetime.date(number // 12, number % 12 + 1, 1)


def keys_of(first: datetime.date, last: datetime.date) -> tuple[int, int]:
    """The lowest and the highest order key of the days from ``first`` to ``last``."""
    return order_key(first, MAX_POSITION), order_key(last, 0)


def keys_in(days: int) -> int:
    """How far apart the order keys of entries are that stand so many days apart."""
    return days * _PER_DAY


def date_of(key: int) -> datetime.date:
    """The day of an order key."""
    return datetime.date.fromordinal(key // _PER_DAY)


def ordinal_of(key: str = "order_key") -> Combinable:
    """The day of an order key as a column: integer division, the same in both databases."""
    return F(key) / _PER_DAY


def number_of(periods: Iterable[Period], key: str = "order_key") -> Case:
    """The place of the period that holds an order key, as a column to group by: 0, 1, 2 …"""
    whens = [
        When(**{f"{key}__range": keys_of(*period)}, then=Value(number))
        for number, period in enumerate(periods)
    ]
    return Case(*whens, default=Value(-1), output_field=IntegerField())
