"""Paging against the plain order: whatever the page size, nothing is lost, repeated or out of order."""

import pytest

from digest.editing.queue_filter import Filter
from digest.editing.queue_pages import Place, row_before, rows_after
from digest.editing.queue_rows import reach_of, rows_of
from digest.models import Entry, Note
from tests.build import build_entry

# (date, item, language) of the notes in review, the oldest digest first, item 1 first, Korean before English.
OLDEST = [
    ("2024-10-28", 1, "ko"),
    ("2024-10-28", 2, "ko"),
    ("2024-10-28", 2, "en"),
    ("2024-10-28", 3, "ko"),
    ("2024-10-30", 1, "ko"),
    ("2024-10-30", 1, "en"),
    ("2024-10-30", 2, "en"),
    ("2024-10-31", 1, "ko"),
]
NEWEST = [*OLDEST[7:], *OLDEST[4:7], *OLDEST[:4]]


@pytest.fixture
def found(boss):
    for date, item, _language in OLDEST:
        if not Entry.objects.filter(digest__date=date, position=item).exists():
            build_entry(date, ko="글", en="Text", position=item)
    for date, item, language in OLDEST:
        Note.objects.filter(entry__digest__date=date, entry__position=item, language=language).update(
            state="review"
        )
    build_entry("2024-10-29", ko="글")
    return rows_of("review", reach_of(boss), Filter())


def named(rows):
    by_pk = {entry.pk: entry for entry in Entry.objects.select_related("digest")}
    entries = [(by_pk[row.entry_id], row.language) for row in rows]
    return [(entry.digest.date.isoformat(), entry.position, language) for entry, language in entries]


def place_of(task):
    date, item, language = task
    return Place(Entry.objects.get(digest__date=date, position=item).order_key, language)


ORDERS = pytest.mark.parametrize(("newest", "expected"), [(False, OLDEST), (True, NEWEST)])


@ORDERS
@pytest.mark.parametrize("size", [1, 2, 3, 4, 7, 8, 9])
def test_pages_of_any_size_make_the_whole(found, newest, expected, size):
    pages, place = [], None
    for _page in range(len(expected) + 1):
        rows = rows_after(found, place, size, newest=newest)
        if not rows:
            break
        pages += rows
        place = Place(*rows[-1][:2])
    assert named(pages) == expected


@ORDERS
def test_going_back_meets_the_same_tasks(found, newest, expected):
    for number, task in enumerate(expected):
        row = row_before(found, place_of(task), newest=newest)
        assert named([row] if row else []) == expected[max(number - 1, 0) : number], task


@ORDERS
def test_a_task_that_left_the_queue_still_has_neighbours(found, newest, expected):
    for number, task in enumerate(expected):
        place = place_of(task)
        mine = Note.objects.filter(entry__order_key=place.order_key, language=place.language)
        mine.update(state="approved")
        assert named(rows_after(found, place, 1, newest=newest)) == expected[number + 1 : number + 2], task
        row = row_before(found, place, newest=newest)
        assert named([row] if row else []) == expected[max(number - 1, 0) : number], task
        mine.update(state="review")


@ORDERS
def test_places_before_and_after_everything(found, newest, expected):
    first, last = (Place(10**12, "ko"), Place(0, "en")) if newest else (Place(0, "ko"), Place(10**12, "en"))
    assert named(rows_after(found, first, 3, newest=newest)) == expected[:3]
    assert rows_after(found, last, 3, newest=newest) == []
    assert named([row_before(found, last, newest=newest)]) == expected[-1:]
    assert row_before(found, first, newest=newest) is None
