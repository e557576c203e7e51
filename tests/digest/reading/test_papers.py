"""Papers, as far as a published entry makes them public."""

import pytest

from digest.reading import papers
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
