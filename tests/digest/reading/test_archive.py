"""Digests by date: only what is published, whole sets compared."""

import datetime

import pytest
from django.utils import timezone

from digest.models import Entry
from digest.reading import archive
from tests.build import build_entry

pytestmark = pytest.mark.django_db

date = datetime.date.fromisoformat


@pytest.fixture
def hidden():
    """A draft, a scheduled, an ended and a deleted entry, each alone on its day, and one in a public digest."""
    hour = datetime.timedelta(hours=1)
    now = timezone.now()
    build_entry("2024-10-01", title="Draft", public=False)
    build_entry("2024-10-02", title="Scheduled", publish_at=now + hour)
    build_entry("2024-10-03", title="Ended", unpublish_at=now - hour)
    build_entry("2024-10-04", title="Deleted", publish_at=None, deleted_at=now)
    build_entry("2024-10-05", title="Public")
    build_entry("2024-10-05", title="Deleted in public", publish_at=None, deleted_at=now)


def titles(entries):
    return [entry.paper.title for entry in entries]


def test_latest_digest_is_the_newest_published_one(hidden):
    build_entry("2024-09-30", title="Earlier")
    entries, earlier = archive.latest_digest()
    assert titles(entries) == ["Public"]
    assert [(row.date, row.titles) for row in earlier] == [(date("2024-09-30"), ("Earlier",))]


def test_latest_digest_lists_ten_earlier_ones_newest_first():
    for day in range(1, 14):
        build_entry(f"2024-10-{day:02}")
    _, earlier = archive.latest_digest()
    assert [row.date.day for row in earlier] == list(range(12, 2, -1))


def test_latest_digest_of_an_empty_site_is_empty(hidden):
    Entry.objects.update(publish_at=None, unpublish_at=None)
    assert archive.latest_digest() == ([], [])


def test_digest_of_a_day_is_in_order_of_position():
    for position, title in ((3, "c"), (1, "a"), (2, "b")):
        build_entry("2024-10-30", title=title, position=position)
    build_entry("2024-10-31", title="next day", position=9_999)
    build_entry("2024-10-29", title="day before", position=1)
    assert titles(archive.digest_of(date("2024-10-30"))) == ["a", "b", "c"]


def test_digest_of_a_day_holds_only_what_is_published(hidden):
    assert titles(archive.digest_of(date("2024-10-05"))) == ["Public"]
    assert [archive.digest_of(date(f"2024-10-0{day}")) for day in (1, 2, 3, 4)] == [[], [], [], []]


def test_month_rows_stop_at_the_ends_of_the_month(hidden):
    for day in ("2024-08-31", "2024-09-01", "2024-09-30", "2024-10-01"):
        build_entry(day, title=day)
    rows = archive.month_rows(*archive.month_range(2024, 9))
    assert [row.date.isoformat() for row in rows] == ["2024-09-30", "2024-09-01"]


def test_a_row_says_which_notes_there_are():
    build_entry("2024-10-30", ko="노트", en="Note")
    build_entry("2024-10-30", ko="노트")
    build_entry("2024-10-30", ko="", en="Note", source_language="en")
    entry = build_entry("2024-10-30", ko="노트", en="Note")
    entry.notes.filter(language="en").update(live=None, live_at=None)
    [row] = archive.month_rows(*archive.month_range(2024, 10))
    assert row.coverage == ((True, True), (True, False), (False, True), (True, False))


def test_year_months_group_days_newest_first(hidden):
    for day in ("2023-12-31", "2024-01-01", "2024-03-14", "2024-03-15", "2024-12-31", "2025-01-01"):
        build_entry(day)
    build_entry("2024-03-14")
    months = archive.year_months(2024)
    found = [(month.month, [(day.date.day, day.entries) for day in days]) for month, days in months]
    assert found == [(12, [(31, 1)]), (10, [(5, 1)]), (3, [(15, 1), (14, 2)]), (1, [(1, 1)])]


def test_all_months_count_published_digests_and_entries(hidden):
    for day in ("2023-12-31", "2024-03-14", "2024-03-14", "2024-03-15"):
        build_entry(day)
    found = [(y, [(m.month, m.digests, m.entries) for m in months]) for y, months in archive.all_months()]
    assert found == [(2024, [(10, 1, 1), (3, 2, 3)]), (2023, [(12, 1, 1)])]


def test_neighbours_skip_what_is_not_published(hidden):
    build_entry("2024-09-01")
    build_entry("2024-11-01")
    build_entry("2024-11-01")
    build_entry("2024-12-01")
    found = archive.neighbours(date("2024-10-05"), date("2024-10-05"))
    assert found.previous == archive.Day(date("2024-09-01"), 1)
    assert found.next == archive.Day(date("2024-11-01"), 2)
    alone = archive.neighbours(date("2024-01-01"), date("2024-12-31"))
    assert (alone.previous, alone.next) == (None, None)
