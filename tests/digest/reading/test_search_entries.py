"""All entries that a search finds, with an index and without one, are those that its pages show."""

import pytest

from digest.models import SearchIndex
from digest.reading.search import Chosen, search
from digest.reading.search_entries import matching_entries
from tests.build import build_entry
from tests.indexed import build_indexes

pytestmark = pytest.mark.django_db
QUERIES = [
    "배치",
    "batch -second",
    '"batch size"',
    "tag:moe",
    "lang:en batch",
    "author:xu",
    "never",
    "",
    "  ",
]


@pytest.fixture
def corpus():
    build_entry("2024-10-30", title="Batch size", ko="배치 크기", en="On batch size", authors=["Kun Xu"])
    build_entry("2024-10-30", title="Second batch", ko="둘째 배치", tags=["moe"])
    build_entry("2024-05-29", title="Other", ko="다른 것", authors=["Kun Xu"], tags=["moe"])
    build_entry("2024-05-30", title="Batch draft", ko="배치", en="batch", public=False)


def shown(query, chosen):
    return {found.entry.entry_id for found in search(query, chosen=chosen).found}


@pytest.mark.parametrize("ready", [True, False])
@pytest.mark.parametrize("chosen", [Chosen(), Chosen(tags="moe"), Chosen(languages="en")])
def test_the_same_entries_as_on_the_pages(corpus, ready, chosen):
    build_indexes("public")
    if not ready:
        SearchIndex.objects.all().delete()
    for query in QUERIES:
        found = set(matching_entries(query, chosen).values_list("pk", flat=True))
        assert found == shown(query, chosen), query


def test_something_is_found_at_all(corpus):
    build_indexes("public")
    assert matching_entries("배치", Chosen()).count() == 2
