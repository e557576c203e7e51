"""Published entries narrowed by one thing at a time; what is hidden stays out whatever is asked."""

import datetime

import pytest

from digest.models import Digest, Entry
from digest.reading import narrowing as n
from papers.models import Author
from tests.build import build_entry

pytestmark = pytest.mark.django_db
UTC = datetime.UTC


@pytest.fixture(autouse=True)
def rows():
    build_entry(
        "2024-10-30", title="Both", ko="가", en="a", tags=["moe", "llm"], authors=["Kun Xu", "Kun Xu"]
    )
    build_entry("2024-10-30", title="Korean", ko="나", tags=["moe"], kind="post")
    build_entry("2023-05-01", title="English", ko="", en="b", source_language="en", arxiv_id="2305.00001")
    build_entry(
        "2024-10-30", title="Draft", tags=["moe"], authors=["Kun Xu"], public=False, arxiv_id="2305.00002"
    )


def titles(entries):
    return {entry.paper.title for entry in entries}


def names(narrow, *asked):
    return titles(narrow(n.public_entries(), *asked))


def test_each_condition_leaves_what_it_says():
    day = datetime.date(2024, 10, 30)
    assert titles(n.public_entries()) == {"Both", "Korean", "English"}
    assert names(n.from_day, day) == {"Both", "Korean"} == names(n.of_year, 2024)
    assert names(n.to_day, day - datetime.timedelta(days=1)) == {"English"} == names(n.of_year, 2023)
    assert names(n.to_day, day) == {"Both", "Korean", "English"}
    assert names(n.tagged, "moe") == {"Both", "Korean"}
    assert names(n.tagged, "moe+-llm") == {"Korean"}
    assert names(n.tagged, "nothing") == set()
    assert names(n.of_kind, "post") == {"Korean"}
    assert names(n.on_arxiv, "2305.00001") == {"English"}
    assert names(n.on_arxiv, "2305.00002") == set()
    assert names(n.written_in, "en") == {"Both", "English"} == names(n.with_english, True)
    assert names(n.with_english, False) == {"Korean"}
    assert names(n.with_korean, True) == {"Both", "Korean"}
    assert names(n.with_korean, False) == {"English"}


def test_an_entry_comes_once_for_a_byline_of_namesakes():
    for author in Author.objects.filter(name="Kun Xu"):
        assert n.by_author(n.public_entries(), author.pk).count() == 1


def test_a_paper_of_two_entries_comes_once_and_a_hidden_one_never():
    entry = Entry.objects.get(paper__title="Both")
    build_entry("2024-11-01", paper=entry.paper, ko="다시")
    papers = n.papers_of(n.public_entries())
    assert sorted(paper.title for paper in papers) == ["Both", "English", "Korean"]
    assert set(papers) == set(n.public_papers())
    assert n.of_paper(n.public_entries(), entry.paper_id).count() == 2


def test_digests_come_by_their_entries():
    assert {str(digest) for digest in n.digests_of(n.of_year(n.public_entries(), 2023))} == {"2023-05-01"}
    build_entry("2025-01-01", public=False)
    assert {str(digest) for digest in n.public_digests()} == {"2024-10-30", "2023-05-01"}


def test_since_counts_publication_change_and_what_left():
    late = datetime.datetime(2025, 1, 1, tzinfo=UTC)
    opened = datetime.datetime(2024, 10, 30, tzinfo=UTC)
    assert names(n.changed_since, opened) == {"Both", "Korean"}
    assert names(n.changed_since, opened + datetime.timedelta(microseconds=1)) == set()
    Entry.objects.filter(paper__title__in=["English", "Draft"]).update(changed_at=late)
    assert names(n.changed_since, late) == {"English"}
    digests = n.public_digests()
    assert {str(digest) for digest in n.digests_changed_since(digests, late)} == {"2023-05-01"}
    Digest.objects.filter(date="2024-10-30").update(changed_at=late)
    assert {str(digest) for digest in n.digests_changed_since(digests, late)} == {"2023-05-01", "2024-10-30"}
