"""Papers and authors, as far as a published entry makes them public."""

import pytest

from digest.reading import papers
from papers.models import Author
from tests.build import build_entry, build_paper

pytestmark = pytest.mark.django_db


def test_a_paper_shows_its_published_entries_newest_first():
    paper = build_paper("Twice")
    build_entry("2024-03-01", paper=paper)
    build_entry("2024-05-01", paper=paper)
    build_entry("2024-04-01", paper=paper, public=False)
    build_entry("2024-03-01", title="Other")
    assert [entry.date.month for entry in papers.paper_entries(paper.pk)] == [5, 3]


def test_a_paper_by_arxiv_id_must_be_public():
    public = build_entry("2024-03-01", arxiv_id="2403.00001").paper
    build_entry("2024-03-02", arxiv_id="2403.00002", public=False)
    assert papers.paper_by_arxiv_id("2403.00001") == public
    assert papers.paper_by_arxiv_id("2403.00002") is None
    assert papers.paper_by_arxiv_id("2403.00003") is None


def test_an_author_page_leaves_out_what_is_not_published():
    build_entry("2024-03-01", title="Seen", authors=["Kun Xu"])
    build_entry("2024-03-02", title="Unseen", authors=["Kun Xu"], public=False)
    page = papers.author_page(Author.objects.get().pk)
    assert [entry.paper.title for entry in page.entries] == ["Seen"]
    assert page.same_name == []


def test_an_author_of_drafts_only_has_no_page():
    build_entry("2024-03-02", authors=["Kun Xu"], public=False)
    assert papers.author_page(Author.objects.get().pk) is None


def test_people_of_the_same_name_are_named_if_public():
    build_entry("2024-03-01", authors=["Kun Xu", "Kun Xu"])
    build_entry("2024-03-02", authors=["Kun Xu", "Kun Xu", "Kun Xu"], public=False)
    first, second, _ = Author.objects.order_by("homonym")
    assert papers.author_page(first.pk).same_name == [second]
    assert papers.author_page(second.pk).same_name == [first]
