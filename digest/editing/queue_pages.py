"""Pages of a queue, by keyset: what was done meanwhile leaves no gap and repeats nothing, however far one has gone.

The order is by the digest's date, either way; within a digest item 1 comes first, within an entry Korean.
"""

from typing import NamedTuple

from django.db.models import Q

from digest.editing.queue_rows import Rows
from digest.models import MAX_POSITION
from digest.text.languages import LANGUAGES


class Place(NamedTuple):
    """Where a task stands in its queue, whether or not it is still there."""

    order_key: int
    language: str


class Row(NamedTuple):
    """A task as the database gives it."""

    order_key: int
    language: str
    entry_id: int


def rows_after(found: Rows, place: Place | None, limit: int, *, newest: bool) -> list[Row]:
    """The first ``limit`` rows behind ``place``; None is the beginning. Two queries at most."""
    if place:
        found = _behind_newest(found, place) if newest else _behind_oldest(found, place)
    if newest:
        # "ko" sorts behind "en", so that Korean comes first.
        return _fetched(found.order_by("-task_key", "-task_language")[:limit])
    # Ascending keys give the last item of a digest first: the digest that the limit cuts is read whole.
    rows = _fetched(found.order_by("task_key")[:limit])
    if len(rows) == limit:
        day = _day(rows[-1].order_key)
        rows = [row for row in rows if _day(row.order_key) < day] + _of_day(found, day)
    return sorted(rows, key=_oldest_first)[:limit]


def row_before(found: Rows, place: Place, *, newest: bool) -> Row | None:
    """The row in front of ``place``, or None. Three queries at most."""
    here = (place.order_key, place.language)
    if newest:
        same = Q(task_key=place.order_key, task_language__gt=place.language)
        ahead = found.filter(Q(task_key__gt=place.order_key) | same, task_key__gte=place.order_key)
        return next(iter(_fetched(ahead.order_by("task_key", "task_language")[:1])), None)
    day = _day(place.order_key)
    ahead_today = [row for row in _of_day(found, day) if _oldest_first(row) < _oldest_first(Row(*here, 0))]
    if ahead_today:
        return max(ahead_today, key=_oldest_first)
    earlier = _fetched(found.filter(task_key__lt=_keys_of(day)[0]).order_by("-task_key")[:1])
    return max(_of_day(found, _day(earlier[0].order_key)), key=_oldest_first) if earlier else None


def _behind_newest(found: Rows, place: Place) -> Rows:
    same = Q(task_key=place.order_key, task_language__lt=place.language)
    # The last condition says less than the first, but it alone is a range of the index.
    return found.filter(Q(task_key__lt=place.order_key) | same, task_key__lte=place.order_key)


def _behind_oldest(found: Rows, place: Place) -> Rows:
    first, last = _keys_of(_day(place.order_key))
    ahead = Q(task_key__gt=place.order_key, task_key__lte=last)
    same = Q(task_key=place.order_key, task_language__gte=place.language)
    return found.filter(~(ahead | same), task_key__gte=first)


def _oldest_first(row: Row) -> tuple[int, int, int]:
    return _day(row.order_key), -row.order_key, LANGUAGES.index(row.language)


def _of_day(found: Rows, day: int) -> list[Row]:
    return _fetched(found.filter(task_key__range=_keys_of(day)))


def _day(key: int) -> int:
    """The date of an entry's digest, as the order key counts it."""
    return key // (MAX_POSITION + 1)


def _keys_of(day: int) -> tuple[int, int]:
    """The lowest and the highest order key of a digest's entries."""
    return day * (MAX_POSITION + 1), day * (MAX_POSITION + 1) + MAX_POSITION


def _fetched(found: Rows) -> list[Row]:
    return [Row(*row) for row in found.values_list("task_key", "task_language", "task_entry")]
