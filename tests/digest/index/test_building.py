"""The life of an index: its first tables, a rebuild and who overtakes it, its state."""

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection

from digest.editing.indexing import index_entries
from digest.index import NAMES, open_index
from digest.index.building import Overtaken
from digest.index.sqlite import SqliteIndex
from digest.models import SearchIndex
from digest.text.analysis.analyze import ANALYZER
from digest.text.analysis.query import parse_query
from tests.build import build_entry

pytestmark = pytest.mark.django_db


def warnings():
    return [m.msg for m in run_checks(databases=["default"]) if m.id == "digest.W001"]


def test_new_site_has_both_indexes_ready_and_empty():
    for name in NAMES:
        assert open_index(name).state() == "ready"
        assert (open_index(name).stats().rows, open_index(name).stats().analyzer) == (0, ANALYZER)
        assert open_index(name).engine() == "rules"
    assert warnings() == []


def test_there_is_no_third_index():
    with pytest.raises(ValueError, match="no index 'x; DROP'"):
        open_index("x; DROP")


def test_ensuring_twice_changes_nothing_and_a_site_with_entries_is_left_to_a_rebuild():
    index_entries([build_entry().pk])
    open_index("public").ensure()
    assert open_index("public").stats().rows == 1
    SearchIndex.objects.all().delete()
    open_index("public").ensure()
    assert open_index("public").state() == "missing"
    assert warnings() == [
        "The search index “public” is missing; search reads the rows one by one.",
        "The search index “editor” is missing; search reads the rows one by one.",
    ]


def test_rows_without_an_index_are_noticed():
    build_entry()  # as loaddata or a restored copy of the tables leaves it
    assert {open_index(name).state() for name in NAMES} == {"missing"}


def test_other_rules_are_noticed_and_a_rebuild_under_way_is_said():
    index_entries([build_entry().pk])
    SearchIndex.objects.filter(pk="public").update(analyzer="0-rules")
    assert open_index("public").state() == "other_analyzer"
    assert open_index("public").begin(ANALYZER).building == 2
    assert open_index("public").state() == "building"
    assert warnings() == [
        "The search index “public” is being built; search reads the rows one by one until then."
    ]


def test_checks_ask_no_database_unless_told_to(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert [m for m in run_checks() if m.id == "digest.W001"] == []


def test_checks_are_silent_before_the_first_migration(monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", list)
    assert warnings() == []


def test_rebuild_goes_on_where_it_was_unless_the_rules_are_others():
    index_entries([build_entry().pk])
    index = open_index("public")
    record = index.begin(ANALYZER)
    index.add(record, [], 5)
    again = open_index("public").begin(ANALYZER)
    assert (again.building, again.building_done) == (2, 5)
    anew = open_index("public").begin("0-rules")
    assert (anew.building, anew.building_done) == (2, 0)
    with pytest.raises(Overtaken):
        index.add(again, [], 6)


def test_of_two_rebuilds_the_slower_one_stops():
    one, two = open_index("public"), open_index("public")
    first, second = one.begin(ANALYZER), two.begin(ANALYZER)
    one.add(first, [], 3)
    with pytest.raises(Overtaken):
        two.add(second, [], 3)
    assert one.finish(first)
    with pytest.raises(Overtaken):
        two.finish(second)


def test_only_what_nobody_asks_is_dropped():
    index = open_index("public")
    record = index.begin(ANALYZER)
    index.retire(1)
    index.retire(2)
    assert index.generations() == (1, 2)
    index.finish(record)
    index.retire(1)
    assert (index.generations(), index.exists("search_public_1")) == ((2, 0), False)


@pytest.mark.django_db(transaction=True)
def test_flush_leaves_the_empty_index_of_a_new_site():
    index_entries([build_entry(title="Sparse").pk])
    call_command("flush", interactive=False, verbosity=0)
    assert (open_index("public").state(), open_index("public").stats().rows) == ("ready", 0)
    build_entry(title="Dense")  # where the old one stood
    assert open_index("public").search(parse_query("sparse")).ids == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="FTS5 is SQLite's")
def test_python_without_fts5_has_no_index_and_no_failure(monkeypatch):
    SearchIndex.objects.all().delete()
    monkeypatch.setattr(SqliteIndex, "supported", lambda self: False)
    open_index("public").ensure()
    assert not SearchIndex.objects.exists()
