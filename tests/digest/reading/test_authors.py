"""Authors, as far as a published entry makes them public, and the people they wrote with."""

import pytest

from digest.reading import authors
from papers.models import Author
from tests.build import build_entry, build_paper

pytestmark = pytest.mark.django_db


def page_of(name):
    return authors.author_page(Author.objects.get(name=name, homonym=1).pk)


def test_an_author_page_leaves_out_what_is_not_published():
    build_entry("2024-03-01", title="Seen", authors=["Kun Xu"])
    build_entry("2024-03-02", title="Unseen", authors=["Kun Xu"], public=False)
    page = authors.author_page(Author.objects.get().pk)
    assert [entry.paper.title for entry in page.entries] == ["Seen"]
    assert page.same_name == []


def test_an_author_of_drafts_only_has_no_page():
    build_entry("2024-03-02", authors=["Kun Xu"], public=False)
    assert authors.author_page(Author.objects.get().pk) is None


def test_people_of_the_same_name_are_named_if_public():
    build_entry("2024-03-01", authors=["Kun Xu", "Kun Xu"])
    build_entry("2024-03-02", authors=["Kun Xu", "Kun Xu", "Kun Xu"], public=False)
    first, second, _ = Author.objects.order_by("homonym")
    assert authors.author_page(first.pk).same_name == [second]
    assert authors.author_page(second.pk).same_name == [first]


def test_co_authors_are_counted_by_public_papers_the_author_left_out():
    twice = build_paper("Twice", ["Kun Xu", "A. Bee"])
    build_entry("2024-03-01", paper=twice)
    build_entry("2024-04-01", paper=twice)
    build_entry("2024-03-02", authors=["A. Bee", "Kun Xu", "C. Dee"])
    build_entry("2024-03-03", authors=["Kun Xu", "C. Dee", "Secret"], public=False)
    build_entry("2024-03-04", authors=["C. Dee", "Stranger"])
    assert [(person.name, person.papers) for person in page_of("Kun Xu").coauthors] == [
        ("A. Bee", 2),
        ("C. Dee", 1),
    ]


def test_of_a_long_byline_twenty_co_authors_are_named():
    build_entry("2024-03-01", authors=[f"Author {number:03}" for number in range(194)])
    for name in ("Author 000", "Author 193"):
        found = [person.name for person in page_of(name).coauthors]
        assert len(found) == 20
        assert name not in found


def test_tags_of_an_author_count_each_paper_once():
    paper = build_paper("Twice", ["Kun Xu"])
    build_entry("2024-03-01", paper=paper, tags=["moe", "llm"])
    build_entry("2024-04-01", paper=paper, tags=["llm"])
    build_entry("2024-05-01", authors=["Kun Xu"], tags=["llm"])
    build_entry("2024-05-02", authors=["Kun Xu"], tags=["moe"], public=False)
    assert [(tag.slug, count) for tag, count in page_of("Kun Xu").tags] == [("llm", 2), ("moe", 1)]
