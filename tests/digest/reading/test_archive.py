"""Digests by date: only what is published, whole sets compared."""

import datetime

import pytest
from django.utils import timezone

from digest.models import Entry
from digest.reading import archive, periods
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
    assert archive.recent_days() == [archive.Day(date("2024-10-05"), 1), archive.Day(date("2024-09-30"), 1)]
    entries, earlier = archive.latest_digest(date("2024-10-05"))
    assert titles(entries) == ["Public"]
    assert [(row.date, row.titles) for row in earlier] == [(date("2024-09-30"), ("Earlier",))]


def test_latest_digest_lists_ten_earlier_ones_newest_first():
    for day in range(1, 14):
        build_entry(f"2024-10-{day:02}")
    _, earlier = archive.latest_digest(date("2024-10-13"))
    assert [row.date.day for row in earlier] == list(range(12, 2, -1))


def test_earlier_digests_are_listed_however_long_ago_they_were():
    build_entry("2019-01-01")
    build_entry("2024-10-13")
    _, earlier = archive.latest_digest(date("2024-10-13"))
    assert [row.date.year for row in earlier] == [2019]


def test_an_empty_site_has_no_days(hidden):
    Entry.objects.update(publish_at=None, unpublish_at=None)
    assert archive.recent_days() == []
    assert archive.all_years() == []
    assert archive.ledger([]) == []


def test_recent_days_reach_a_year_back_from_the_newest_digest():
    for day in ("2018-03-14", "2018-03-14", "2017-03-14", "2017-03-12"):
        build_entry(day)
    found = [(day.date.isoformat(), day.entries) for day in archive.recent_days()]
    assert found == [("2018-03-14", 2), ("2017-03-14", 1)]


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
    rows = archive.digest_rows(*periods.month_range(2024, 9))
    assert [row.date.isoformat() for row in rows] == ["2024-09-30", "2024-09-01"]


def test_a_row_says_which_notes_there_are():
    build_entry("2024-10-30", ko="노트", en="Note")
    build_entry("2024-10-30", ko="노트")
    build_entry("2024-10-30", ko="", en="Note", source_language="en")
    entry = build_entry("2024-10-30", ko="노트", en="Note")
    entry.notes.filter(language="en").update(live=None, live_at=None)
    [row] = archive.digest_rows(*periods.month_range(2024, 10))
    assert row.coverage == ((True, True), (True, False), (False, True), (True, False))


def test_a_ledger_has_every_month_between_its_ends_newest_first(hidden):
    for day in ("2023-12-31", "2024-01-01", "2024-03-14", "2024-03-15", "2024-12-31", "2025-01-01"):
        build_entry(day)
    build_entry("2024-03-14")
    months = archive.year_ledger(2024)
    assert [month.first.month for month in months] == list(range(12, 0, -1))
    found = {month.first.month: [(day.date.day, day.entries) for day in month.days] for month in months}
    assert {month: days for month, days in found.items() if days} == {
        12: [(31, 1)],
        10: [(5, 1)],
        3: [(14, 2), (15, 1)],
        1: [(1, 1)],
    }
    assert archive.year_ledger(2022) == []


def test_years_have_twelve_months_with_their_counts(hidden):
    for day in ("2022-12-31", "2024-03-14", "2024-03-14", "2024-03-15"):
        build_entry(day)
    years = archive.all_years()
    assert [(year.first.year, year.digests, year.entries) for year in years] == [(2024, 3, 4), (2022, 1, 1)]
    assert [len(year.months) for year in years] == [12, 12]
    assert [(month.first.month, month.entries) for month in years[0].months if month.days] == [
        (3, 3),
        (10, 1),
    ]


def test_years_say_how_much_is_in_which_language(hidden):
    build_entry("2024-03-14", en="Note")
    build_entry("2024-03-14", ko="", en="Note", source_language="en")
    entry = build_entry("2023-03-14", en="Note")
    entry.notes.filter(language="en").update(live=None, live_at=None)
    found = {year.first.year: (year.entries, year.korean, year.english) for year in archive.all_years()}
    assert found == {2024: (3, 2, 2), 2023: (1, 1, 0)}
    assert archive.coverage_by_year([2024, 2022]) == {2024: (3, 2, 2), 2022: (0, 0, 0)}


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
