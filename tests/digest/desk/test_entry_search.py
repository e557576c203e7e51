"""Searching the list of entries: over drafts, in the readers' language."""

import pytest

from digest.desk.entry_search import find_entries
from digest.models import Entry, SearchIndex, SearchTerm
from tests.build import build_entry, build_note
from tests.indexed import build_indexes

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(db):
    public = build_entry("2024-10-30", title="Critical Batch Size", ko="배치 크기", tags=["moe"])
    build_note(public, "en", "A draft on momentum", live=False)
    build_entry("2024-10-31", title="Warmup", ko="배치만", public=False)
    build_indexes("editor")


def titles(text):
    return sorted(entry.paper.title for entry in find_entries(Entry.objects.all(), text))


def test_drafts_are_found_by_what_is_being_written(entries):
    assert titles("momentum") == ["Critical Batch Size"]
    assert titles("배치") == ["Critical Batch Size", "Warmup"]
    assert titles("배치 -tag:moe") == ["Warmup"]
    assert titles("zzz") == []
    SearchTerm.objects.create(forms="모멘텀\nmomentum")
    assert titles("모멘텀") == ["Critical Batch Size"]


def test_the_list_searches_by_it(client, minji, entries):
    client.force_login(minji)
    page = client.get("/admin/digest/entry/", {"q": "배치 -tag:moe"})
    assert [entry.paper.title for entry in page.context["cl"].result_list] == ["Warmup"]


def test_without_an_index_titles_are_searched(client, minji, entries):
    SearchIndex.objects.all().delete()
    assert find_entries(Entry.objects.all(), "배치") is None
    client.force_login(minji)
    page = client.get("/admin/digest/entry/", {"q": "warm"})
    assert [entry.paper.title for entry in page.context["cl"].result_list] == ["Warmup"]
