"""Mentions both ways, as far as readers see the words and the papers."""

import pytest

from digest.reading import mentions
from digest.reading.papers import paper_entries
from tests.build import build_entry, build_note, build_paper

pytestmark = pytest.mark.django_db

ONE = "https://arxiv.org/abs/2403.00001"


def titles(paper):
    return [mention.title for mention in mentions.mentions_of(paper)[0]]


@pytest.fixture
def one():
    return build_entry("2024-03-01", title="One", arxiv_id="2403.00001").paper


def test_mentions_by_id_and_by_title_newest_first_each_entry_once(one):
    build_entry("2024-03-02", title="By id", ko=f"{ONE}v1", en=ONE)
    build_entry("2024-03-03", title="By title", ko="[[ONE]]")
    build_entry("2024-03-04", title="Neither", ko="[[Once]] https://arxiv.org/abs/2403.00010")
    assert titles(one) == ["By title", "By id"]


def test_a_papers_own_notes_do_not_mention_it(one):
    build_entry("2024-04-01", paper=one, ko=f"다시 {ONE} [[One]]")
    assert titles(one) == []


def test_only_live_words_of_published_entries_mention(one):
    build_entry("2024-03-02", ko=ONE, public=False)
    build_note(build_entry("2024-03-03"), "en", ONE, live=False)
    assert titles(one) == []


def test_of_two_papers_of_one_title_the_first_public_one_is_mentioned():
    hidden = build_entry("2024-03-01", title="Technical Report", public=False).paper
    first = build_entry("2024-03-02", title="Technical Report").paper
    second = build_entry("2024-03-03", title="Technical report").paper
    build_entry("2024-03-04", title="Naming", ko="[[Technical Report]]")
    assert (titles(first), titles(second)) == (["Naming"], [])
    named = mentions.titled_papers(
        paper_entries(build_entry("2024-03-05", ko="[[technical report]]").paper_id)
    )
    assert named == {"technical report": first}
    assert hidden not in named.values()


def test_more_mentions_than_a_page_lists(one, monkeypatch):
    monkeypatch.setattr(mentions, "MOST_MENTIONS", 2)
    for day in range(2, 4):
        build_entry(f"2024-03-{day:02}", ko=ONE)
    assert mentions.mentions_of(one)[1] is False
    build_entry("2024-03-05", ko=ONE)
    found, more = mentions.mentions_of(one)
    assert (len(found), more) == (2, True)


def test_what_a_papers_notes_cite_in_order_each_once(one):
    body = f"[[Two]] {ONE} [[Nobody's]] https://arxiv.org/abs/2301.00001 https://x.example [[One]] [[Hidden]] [[Self]]"
    two = build_entry("2024-03-02", title="Two").paper
    build_entry("2024-03-03", title="Hidden", public=False, arxiv_id="2301.00001")
    paper = build_entry("2024-03-04", title="Self", ko=body, en="[[two]]").paper
    cited, by_key = mentions.cited_in(paper_entries(paper.pk), paper)
    assert [(work.paper, work.arxiv_id) for work in cited] == [
        (two, ""),
        (one, ""),
        (None, "2301.00001"),
    ]
    assert by_key == {"two": two, "one": one, "self": paper}


def test_entries_citing_show_only_the_passages():
    build_entry("2024-03-02", title="Two", ko=f"하나\n\n둘 {ONE}", en="Nothing", tags=["moe"])
    build_entry("2024-03-03", title="Three", ko="", en=f"- a\n- b {ONE}", source_language="en")
    build_entry("2024-03-04", ko=ONE, public=False)
    found = mentions.entries_citing("2403.00001")
    assert [(entry.paper.title, entry.notes) for entry in found] == [
        ("Three", {"en": f"- b {ONE}"}),
        ("Two", {"ko": f"둘 {ONE}"}),
    ]
    assert mentions.entries_citing("2403.00002") == []


def test_titles_cost_nothing_where_there_are_none(one, django_assert_num_queries):
    entries = paper_entries(one.pk)
    with django_assert_num_queries(0):
        assert mentions.titled_papers(entries) == {}
        assert mentions.cited_in(entries, one) == ([], {})
    assert build_paper().pk
