"""Tags by month: published entries only, and no month left out."""

import datetime

import pytest

from digest.reading import trends
from tests.build import build_entry

pytestmark = pytest.mark.django_db

date = datetime.date.fromisoformat


def names(months):
    return [month.isoformat()[:7] for month in months]


def test_span_runs_from_the_oldest_to_the_newest_public_digest():
    assert trends.span() is None
    build_entry("2024-01-01", public=False)
    build_entry("2024-03-14")
    assert trends.span() == (date("2024-03-14"), date("2024-03-14"))
    build_entry("2024-10-30")
    build_entry("2024-12-01", public=False)
    assert trends.span() == (date("2024-03-14"), date("2024-10-30"))


def test_the_last_months_begin_no_earlier_than_the_archive():
    assert names(trends.last_months(date("2024-09-14"), date("2024-10-30"))) == ["2024-09", "2024-10"]
    assert names(trends.last_months(date("2017-01-01"), date("2024-10-30")))[0] == "2023-11"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, ("2023-11", "2024-10", 12)),
        ("2024-02-01", "2024-03-01", ("2024-02", "2024-03", 2)),
        ("2024-02-01", None, ("2024-02", "2024-10", 9)),
        (None, "2020-03-01", ("2019-04", "2020-03", 12)),
        ("2010-01-01", "2017-02-01", ("2017-01", "2017-02", 2)),
        ("2017-01-01", "2024-10-01", ("2021-11", "2024-10", 36)),
        ("2024-05-01", "2024-04-01", ("2023-05", "2024-04", 12)),
        ("2030-01-01", "2031-01-01", ("2023-11", "2024-10", 12)),
        ("1990-01-01", "1991-01-01", ("2017-01", "2017-01", 1)),
    ],
)
def test_any_choice_gives_months_of_the_archive(start, end, expected):
    given = [date(day) if day else None for day in (start, end)]
    months = names(trends.chosen_months(date("2017-01-15"), date("2024-10-30"), *given))
    assert (months[0], months[-1], len(months)) == expected


def test_tags_are_counted_by_month_most_used_first():
    build_entry("2024-01-31", tags=["moe", "llm"])
    build_entry("2024-02-01", tags=["llm"])
    build_entry("2024-02-29", tags=["llm"])
    build_entry("2024-04-01", tags=["moe"])
    build_entry("2023-12-31", tags=["old"])
    build_entry("2024-02-02", tags=["llm", "secret"], public=False)
    build_entry("2024-02-03")
    found = trends.tag_trends(trends.last_months(date("2024-01-01"), date("2024-03-31")))
    assert names(found.months) == ["2024-01", "2024-02", "2024-03"]
    assert [(tag.slug, tag.counts) for tag in found.tags] == [("llm", (1, 2, 0)), ("moe", (1, 0, 0))]
    assert found.peak == 2
    assert [tag.slug for tag in found.often(8)] == ["llm"]
    assert [tag.slug for tag in found.once(8)] == ["moe"]


def test_months_without_tags_have_no_trends():
    found = trends.tag_trends([date("2024-01-01")])
    assert (found.tags, found.peak) == ([], 0)
