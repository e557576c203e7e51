"""Numbers as figures: classes and attributes of SVG only."""

import datetime

import pytest
from django.template import Context, Template

from digest.reading.archive import DigestRow
from digest.reading.tags import TagCount
from digest.reading.trends import Trend, Trends
from digest.site.editions import BOTH, ENGLISH
from digest.templatetags import charts

date = datetime.date.fromisoformat


@pytest.mark.parametrize(
    ("entries", "shade"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 3), (7, 4), (40, 4)]
)
def test_shades_follow_the_key_of_the_ledger(entries, shade):
    assert charts.shade(entries) == shade


@pytest.mark.parametrize(
    ("count", "peak", "height"),
    [(0, 9, 0), (9, 9, 100), (1, 3, 35), (1, 1_000, 5), (999, 1_000, 100), (1, 4, 25)],
)
def test_heights_come_in_steps_of_five_and_never_vanish(count, peak, height):
    assert charts.height(count, peak) == height


def test_bars_are_as_wide_as_the_figure_and_as_high_as_their_count():
    found = charts.bars((0, 1, 2), 2)
    assert found["empty"] == "M0.0 29.0h58.0v1.0h-58.0z"
    assert found["filled"] == "M61.0 15.5h58.0v14.5h-58.0zM122.0 1.0h58.0v29.0h-58.0z"
    assert charts.bars((), 0)["filled"] == charts.bars((0, 0), 0)["filled"] == ""


def test_thirty_six_months_still_fit():
    found = charts.bars([1] * 36, 1)
    assert found["filled"].count("M") == 36
    last = found["filled"].split("M")[-1]
    assert float(last.split()[0]) + float(last.split("h")[1].split("v")[0]) <= 180.1


def test_a_figure_with_a_label_is_read_out_and_one_without_is_not():
    template = Template("{% load charts %}{% bars counts 2 label %}")
    assert 'aria-label="1 &lt;2"' in template.render(Context({"counts": [1, 2], "label": "1 <2"}))
    assert 'aria-hidden="true"' in template.render(Context({"counts": [1, 2], "label": ""}))


def test_a_line_goes_through_its_counts():
    assert charts.line((0, 2, 1), 2) == "M1 15l6 -14l6 7"
    assert charts.line((2,), 2) == "M1 1h6"


@pytest.mark.parametrize(("part", "whole", "percent"), [(0, 0, 0), (1, 3, 33), (999, 1_000, 99), (5, 5, 100)])
def test_a_share_is_full_only_where_nothing_is_missing(part, whole, percent):
    assert charts.share(part, whole, "")["percent"] == percent


def test_tags_come_with_their_lines_or_none():
    trends = Trends([date("2024-10-01")], [Trend("moe", "moe", "", (2,))])
    counts = [TagCount("moe", "moe", "", 5), TagCount("old", "old", "", 1)]
    assert [(recent, line) for _, recent, line in charts.with_lines(counts, trends)] == [
        (2, "M1 1h6"),
        (0, ""),
    ]


def test_letters_follow_the_language_of_the_interface():
    tags = [
        TagCount("moe", "moe", "전문가 혼합", 1),
        TagCount("나", "나", "", 1),
        TagCount("3d", "3d", "", 1),
    ]
    assert [letter for letter, _ in charts.by_letter({"edition": BOTH}, tags)] == ["ㄴ", "ㅈ", "0–9"]
    assert [letter for letter, _ in charts.by_letter({"edition": ENGLISH}, tags)] == ["0–9", "M", "ㄴ"]


def test_weeks_and_months_of_a_list_are_named_once():
    rows = [DigestRow(date(day), ("a", "b"), ()) for day in ("2024-11-01", "2024-10-30", "2024-10-10")]
    assert charts.weeks_of(rows) == [date("2024-10-07"), date("2024-10-28")]
    assert charts.months_of(rows) == [date("2024-10-01"), date("2024-11-01")]
    assert charts.titles_count(rows) == 6
