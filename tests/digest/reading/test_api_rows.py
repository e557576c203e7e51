"""Pages by key: their beginning, their end, and that no hidden row or count gets in."""

import datetime

import pytest

from digest.models import Digest, Tag
from digest.reading import api_rows, narrowing
from digest.reading.api_rows import Place
from papers.models import Author, Paper
from tests.build import build_entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rows():
    build_entry("2024-10-30", title="First", tags=["moe"], authors=["Kun Xu", "Kun Xu"])
    build_entry("2024-10-30", title="Second", tags=["moe", "llm"], authors=["Kun Xu"])
    build_entry("2024-05-29", title="Third", tags=["llm"])
    build_entry(
        "2024-10-30", title="Draft", tags=["moe", "draft"], authors=["Kun Xu", "Hidden"], public=False
    )


def test_a_page_holds_one_row_more_than_it_shows_and_begins_behind_its_start():
    entries = narrowing.public_entries()
    [first, second] = api_rows.entry_page(entries, Place(None, 1))
    assert [first.paper.title, second.paper.title] == ["First", "Second"]
    rest = api_rows.entry_page(entries, Place(first.order_key, 5))
    assert [entry.paper.title for entry in rest] == ["Second", "Third"]
    back = api_rows.entry_page(entries, Place(rest[-1].order_key, 5, descending=False))
    assert [entry.paper.title for entry in back] == ["Second", "First"]


def test_hidden_rows_have_no_key():
    draft = Paper.objects.get(title="Draft")
    assert api_rows.entry_by_id(draft.entries.get().pk) is None
    assert api_rows.paper_by_id(draft.pk) is None
    assert api_rows.author_by_id(Author.objects.get(name="Hidden").pk) is None
    assert api_rows.tag_row(Tag.objects.get(slug="draft")) is None
    build_entry("2025-01-01", public=False)
    assert api_rows.digest_by_date(datetime.date(2025, 1, 1)) is None
    assert api_rows.digest_by_date(datetime.date(1995, 1, 1)) is None


def test_counts_are_of_what_readers_see():
    papers = {
        (row.author.name, row.author.homonym): row.papers for row in api_rows.author_page(Place(None, 9))
    }
    assert papers == {("Kun Xu", 1): 2, ("Kun Xu", 2): 1}
    tags = {
        row.tag.slug: (row.entries, str(row.first), str(row.last))
        for row in api_rows.tag_page(Place(None, 9))
    }
    assert tags == {"moe": (2, "2024-10-30", "2024-10-30"), "llm": (2, "2024-05-29", "2024-10-30")}


def test_people_of_a_name_and_of_a_paper():
    hidden = Paper.objects.get(title="Draft").pk
    assert len(api_rows.author_page(Place(None, 9), name="KUN  xu")) == 2
    assert len(api_rows.author_page(Place(None, 9), paper=Paper.objects.get(title="Second").pk)) == 1
    assert api_rows.author_page(Place(None, 9), paper=hidden) == []


def test_a_paper_spans_its_entries():
    paper = Paper.objects.get(title="Third")
    build_entry("2024-12-01", paper=paper, tags=["moe"])
    row = api_rows.paper_by_id(paper.pk)
    assert [str(entry.date) for entry in row.entries] == ["2024-12-01", "2024-05-29"]
    assert [tag.slug for tag in row.tags] == ["moe", "llm"]
    assert (row.published.month, row.changed.month) == (5, 12)


def test_a_digest_changed_when_an_entry_left_it():
    left = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
    Digest.objects.filter(date="2024-10-30").update(changed_at=left)
    newest, older = api_rows.digest_page(narrowing.public_digests(), Place(None, 9))
    assert (newest.changed, len(newest.entries)) == (left, 2)
    assert older.changed == older.published
