"""The benchmark of the search at its smallest: every figure is there, and what was planted is found."""

import json
import random

import pytest
from django.db import connection

from bench.search_child import database_url
from bench.search_clock import measure, percentiles, server_process, worked
from bench.search_corpus import place
from bench.search_needles import NEEDLES
from bench.search_run import machine, measure_archive
from bench.search_table import tables
from bench.search_words import ENGLISH, KOREAN, author_name, draw, english_word, korean_word
from digest.editing.reindexing import compare
from digest.models import Entry

PERCENTILES = {"p50", "p95", "p99"}
OTHERS = {
    "sqlite": {"icontains", "FTS5 unicode61", "FTS5 trigram"},
    "postgresql": {"icontains", "tsvector english"},
}


@pytest.mark.django_db(transaction=True)  # a rebuild in a process of its own reads the rows
def test_smallest_archive_gives_every_figure_and_everything_planted_is_found():
    found = measure_archive(60, times=1, updates=3, searches=5)
    others = OTHERS[connection.vendor]

    assert (Entry.objects.count(), Entry.objects.published().count()) == (60, 54)
    questions = {"search", "search and facets", "page", "suggestions", "suggest address"}
    updates = {"changed", "committing", "published", "unpublished"}
    timed = (found["questions"], found["updates"], found["same queries"])
    assert [set(figures) for figures in timed] == [questions, updates, {"search", *others}]
    figures = [figure for group in timed for figure in group.values()]
    assert {frozenset(figure[clock]) for figure in figures for clock in ("wall", "cpu")} == {
        frozenset(PERCENTILES)
    }
    assert all(0 < figure["wall"]["p50"] <= figure["wall"]["p99"] for figure in figures)

    assert [row["query"] for row in found["needles"]] == [needle.query for needle in NEEDLES]
    for row in found["needles"]:
        assert row["found"]["search"] == [row["planted"], 0], row["query"]
        assert set(row["found"]) == {"search", *others}
    # The others miss particles and take ids apart; a benchmark in which they do not would measure nothing.
    assert max(sum(row["found"][name][0] for row in found["needles"]) for name in others) < 20

    assert {name: figure["rows"] for name, figure in found["indexes"].items()} == {"public": 59, "editor": 60}
    assert all(figure["mb"] > 0 and figure["peak_mb"] > 30 for figure in found["indexes"].values())
    assert all(figure["worked"] > 0 and figure["seconds"] > 0 for figure in found["indexes"].values())
    assert found["worker"]["searches"] == 5
    assert not compare("public")  # publishing and taking away left the index as the rows are
    assert not compare("editor")
    tables_left = connection.introspection.table_names()
    assert not [name for name in tables_left if name.startswith("bench_")]

    table = tables(json.loads(json.dumps({"entries": 60, **found, **machine()})))
    rows = {line.split(" | ")[0].removeprefix("| ") for line in table.splitlines() if line.startswith("| ")}
    kinds = {f"{needle.kind}: {needle.query}" for needle in NEEDLES}
    assert rows >= questions | updates | others | kinds | {"public", "editor", "recall"}


def test_words_differ_and_frequent_ones_come_often():
    assert len({english_word(rank) for rank in range(ENGLISH)}) == ENGLISH
    assert len({korean_word(rank) for rank in range(KOREAN)}) == KOREAN
    # As many as an archive of 200,000 draws from.
    assert len({author_name(number) for number in range(600_000)}) == 600_000
    rng = random.Random(1)
    drawn = [draw(rng, ENGLISH) for _ in range(20_000)]
    assert (min(drawn), max(drawn) < ENGLISH) == (0, True)
    # Of 1/n over 60,000 ranks the first hundred hold two fifths.
    assert 0.38 < sum(rank < 100 for rank in drawn) / len(drawn) < 0.46


@pytest.mark.parametrize("entries", [60, 2_000, 200_000])
def test_every_entry_has_a_place_of_its_own_the_newest_last(entries):
    places = [place(number, entries) for number in range(entries)]
    assert len(set(places)) == entries
    assert places == sorted(places)
    assert max(position for _date, position in places) < 100


def test_percentiles_are_measured_values():
    assert percentiles([7.0]) == {"p50": 7.0, "p95": 7.0, "p99": 7.0}
    assert percentiles(range(100, 0, -1)) == {"p50": 50, "p95": 95, "p99": 99}


@pytest.mark.django_db
def test_processor_time_is_also_that_of_the_database():
    connection.ensure_connection()
    if connection.vendor == "postgresql" and server_process() is None:
        pytest.skip("the server is elsewhere")
    numbers = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 300000)"
    before = worked()
    with connection.cursor() as cursor:
        cursor.execute(f"{numbers} SELECT COUNT(*) FROM n")
        assert cursor.fetchone() == (300_000,)
    assert worked() - before > 0.02


def test_actions_take_turns_and_each_has_its_own_texts():
    heard = []
    actions = {name: lambda text, name=name: heard.append((name, text)) for name in ("a", "b")}
    samples = measure(actions, {"a": ["x", "y"], "b": ["y"]}, times=2)
    assert heard[3:] == [("a", "x"), ("a", "y"), ("b", "y"), ("a", "x"), ("b", "y"), ("a", "y")]
    assert {
        (name, text, len(some.wall)) for name, texts in samples.items() for text, some in texts.items()
    } == {
        ("a", "x", 2),
        ("a", "y", 2),
        ("b", "y", 2),
    }


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        ({}, "postgres:///d"),
        ({"USER": "me"}, "postgres://me@/d"),
        ({"USER": "me", "PASSWORD": "p@/", "HOST": "h", "PORT": 5}, "postgres://me:p%40%2F@h:5/d"),
    ],
)
def test_child_is_told_the_database_of_its_parent(settings, url):
    given = {"NAME": "d", "USER": "", "PASSWORD": "", "HOST": "", "PORT": ""} | settings
    assert database_url("postgresql", given) == url
    assert database_url("sqlite", {"NAME": "/tmp/x.sqlite3"}) == "sqlite:////tmp/x.sqlite3"
