"""How many queries each resource makes, with one row and with a hundred. The words above a number name them."""

import pytest

from digest.models import Tag
from papers.models import Author, Paper
from tests.build import build_entry
from tests.indexed import build_indexes

pytestmark = pytest.mark.django_db
DAYS = 10


@pytest.fixture(params=[1, 100], ids=["one row", "a hundred rows"])
def rows(request):
    """So many entries over ten days, of so many authors and tags; each cites a paper by title, which is one more."""
    many = request.param
    build_entry("2023-01-01", title="Base", tags=["moe"])
    for number in range(many):
        build_entry(
            f"2024-10-{number % DAYS + 1:02}",
            title=f"Paper {number}",
            authors=[f"Author {number}", f"Author {number + 1}"],
            tags=["moe", f"tag-{number:03}"],
            ko="[[Base]]에 이어",
            en="A note",
            arxiv_id=f"2410.{number:05}",
        )
    return many


@pytest.fixture
def ask(client, rows, django_assert_num_queries):
    def answer(path, expected):
        with django_assert_num_queries(expected):
            response = client.get(f"/api/v1/{path}")
        assert response.status_code == 200
        return response.json()

    return answer


def test_root(ask):
    # none
    ask("", 0)


def test_entries(ask, rows):
    # entries with papers and digests; notes; authorships; taggings; the papers that titles in notes mean
    assert len(ask("entries/?page_size=100", 5)["results"]) == min(rows + 1, 100)


def test_entries_narrowed(ask, rows):
    # the tag; then as above
    assert len(ask("entries/?page_size=100&tag=moe&has_en=true&kind=paper&year=2024", 6)["results"]) == rows


def test_entry(ask):
    # the entry; its notes; authorships; taggings; the papers that titles mean
    ask(f"entries/{Paper.objects.get(title='Paper 0').entries.get().pk}/", 5)


def test_digests(ask, rows):
    # digests; their entries; the notes of these
    assert len(ask("digests/?page_size=100", 3)["results"]) == min(rows, DAYS) + 1


def test_digest(ask):
    # the digest; its entries; notes; authorships; taggings; the papers that titles mean
    ask("digests/2024-10-01/", 6)


def test_papers(ask, rows):
    # papers; authorships; their entries; the notes of these; their taggings
    assert len(ask("papers/?page_size=100", 5)["results"]) == min(rows + 1, 100)
    assert len(ask("papers/?page_size=100&language=en", 5)["results"]) == rows


def test_paper(ask):
    # the paper; authorships; entries; notes; taggings
    ask(f"papers/{Paper.objects.last().pk}/", 5)


def test_authors(ask, rows):
    # authors; how many papers each has
    assert len(ask("authors/?page_size=100", 2)["results"]) == min(rows + 1, 100)


def test_author(ask):
    # the author; how many papers
    ask(f"authors/{Author.objects.first().pk}/", 2)


def test_tags(ask, rows):
    # tags; how many entries carry each, the first and the last
    assert len(ask("tags/?page_size=100", 2)["results"]) == min(rows + 1, 100)


def test_tag(ask):
    # the tag; how many entries carry it, the first and the last
    ask(f"tags/{Tag.objects.first().slug}/", 2)


def test_notes(ask, rows):
    # entries; notes; authorships; taggings; the papers that titles mean
    assert len(ask("notes/?page_size=100", 5)["results"]) == min(2 * rows + 1, 100)
    assert len(ask("notes/?page_size=100&language=en", 5)["results"]) == rows


def test_mentions(ask, rows):
    # references; the entries that cite; their notes; the papers that are cited
    assert len(ask("mentions/?page_size=100", 4)["results"]) == rows


def test_trends(ask):
    # the first and the last digest; tags by month
    ask("trends/", 2)


def test_search(ask, rows):
    build_indexes("public")
    # the state of the index, asked three times, and whether its two tables hold anything; search terms; hits; entries; notes;
    # authorships; taggings; facets; the names of their tags; of their authors
    ask("search/?q=note", 14)


def test_schema(ask):
    # none, and made once
    ask("schema/", 0)
