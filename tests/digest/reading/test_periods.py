"""Days, weeks, months and years as ranges of the order key."""

import datetime

import pytest

from digest.models import order_key
from digest.reading import periods

date = datetime.date.fromisoformat


@pytest.mark.parametrize(
    ("year", "week", "expected"),
    [
        (2024, 44, ("2024-10-28", "2024-11-03")),
        (2025, 1, ("2024-12-30", "2025-01-05")),
        (2020, 53, ("2020-12-28", "2021-01-03")),
        (2024, 53, None),
        (9999, 52, None),
    ],
)
def test_weeks_are_those_of_iso_8601(year, week, expected):
    found = periods.week_range(year, week)
    assert (found and tuple(day.isoformat() for day in found)) == expected


def test_months_between_two_days_are_counted_across_years():
    months = periods.months_between(date("2023-11-30"), date("2024-02-01"))
    assert [month.isoformat()[:7] for month in months] == ["2023-11", "2023-12", "2024-01", "2024-02"]


@pytest.mark.parametrize(
    ("last", "count", "first"),
    [
        ("2024-10-30", 1, "2024-10-01"),
        ("2024-10-30", 12, "2023-11-01"),
        ("2024-12-01", 12, "2024-01-01"),
        ("0001-02-01", 12, "0001-01-01"),
    ],
)
def test_so_many_months_end_in_a_month(last, count, first):
    assert periods.months_before(date(last), count) == date(first)


def test_every_key_of_a_day_lies_in_its_range_and_gives_it_back():
    low, high = periods.keys_of(date("2024-10-30"), date("2024-10-30"))
    for position in (1, 9_999):
        key = order_key(date("2024-10-30"), position)
        assert low <= key <= high
        assert periods.date_of(key) == date("2024-10-30")
    assert order_key(date("2024-10-29"), 1) < low
    assert high < order_key(date("2024-10-31"), 9_999)
