"""Which papers a page means when it is cited, and what of them is read."""

import datetime

import pytest
from django.utils import timezone

from digest.models import Entry
from digest.reading import citing
from digest.reading.search import Chosen
from digest.reading.tags import find_selection
from papers.models import Author, Paper
from tests.build import build_entry
from tests.indexed import build_indexes

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf():
    """Four public papers, one of them discussed twice, among hidden ones that share tags, authors and words."""
    one = build_entry("2024-10-30", title="One", authors=["Kun Xu", "Kun Xu"], tags=["moe"], en="One note")
    build_entry("2024-10-30", title="Two", authors=["Ann Lee"], tags=["moe", "llm"])
    build_entry("2024-09-30", title="Three", authors=["Kun Xu"], tags=["llm"], kind="post")
    build_entry("2024-08-30", title="Four")
    build_entry("2024-08-30", paper=one.paper, ko="옛 노트", tags=["old"])
    hour, now = datetime.timedelta(hours=1), timezone.now()
    hidden = {"authors": ["Kun Xu", "Hidden Person"], "tags": ["moe", "hidden"], "en": "One note"}
    build_entry("2024-10-30", title="Draft", public=False, **hidden)
    build_entry("2024-10-30", title="Scheduled", publish_at=now + hour, **hidden)
    build_entry("2024-10-30", title="Ended", unpublish_at=now - hour, **hidden)
    build_entry("2024-11-30", paper=one.paper, ko="초안", public=False)


def titles(scope):
    return [entries[0].paper.title for chunk in citing.read_chunks(scope) for entries in chunk]


def number(title):
    return Paper.objects.get(title=title).pk


def test_the_whole_site_holds_each_public_paper_once_newest_first(shelf):
    assert titles(citing.whole_site()) == ["One", "Two", "Three", "Four"]


def test_a_digest_is_in_its_order(shelf):
    assert titles(citing.of_digest(datetime.date(2024, 10, 30))) == ["One", "Two"]
    assert titles(citing.of_digest(datetime.date(2024, 8, 30))) == ["Four", "One"]
    assert titles(citing.of_digest(datetime.date(2024, 11, 30))) == []


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("moe", ["One", "Two"]),
        ("moe,llm", ["One", "Two", "Three"]),
        ("moe+llm", ["Two"]),
        ("llm+-moe", ["Three"]),
        ("moe+-moe", []),
    ],
)
def test_a_tag_expression(shelf, expression, found):
    assert titles(citing.of_selection(find_selection(expression))) == found


def test_an_author_is_one_person(shelf):
    first, second = Author.objects.filter(name="Kun Xu").order_by("homonym")
    assert titles(citing.of_author(first)) == ["One", "Three"]
    assert titles(citing.of_author(second)) == ["One"]


def test_a_list_keeps_its_order_and_says_nothing_of_hidden_papers(shelf):
    wanted = ["Four", "Draft", "One", "Scheduled", "Ended", "Four"]
    assert titles(citing.of_list([*map(number, wanted), 10**9])) == ["Four", "One"]
    assert titles(citing.of_list([number("Draft")])) == []


def test_a_search_finds_papers_newest_first(shelf):
    build_indexes()
    assert titles(citing.of_search("note", Chosen())) == ["One"]
    assert titles(citing.of_search("노트", Chosen())) == ["One", "Two", "Three", "Four"]
    assert titles(citing.of_search("노트", Chosen(tags="llm"))) == ["Two", "Three"]
    assert titles(citing.of_search("Draft", Chosen())) == []
    assert titles(citing.of_search("", Chosen())) == []


def test_a_search_stops_at_its_limit(shelf, monkeypatch):
    build_indexes()
    monkeypatch.setattr(citing, "MOST_FOUND", 2)
    assert titles(citing.of_search("노트", Chosen())) == ["One", "Two"]


def test_every_public_entry_of_a_paper_is_read_newest_first(shelf):
    ((entries,),) = citing.read_chunks(citing.of_list([number("One")]))
    assert [(entry.date.isoformat(), entry.notes) for entry in entries] == [
        ("2024-10-30", {"ko": "한국어 노트", "en": "One note"}),
        ("2024-08-30", {"ko": "옛 노트"}),
    ]


def test_a_paper_that_is_hidden_while_a_file_is_being_written_is_left_out(shelf):
    scope = citing.whole_site()
    Entry.objects.filter(paper__title="Two").update(publish_at=None)
    assert titles(scope) == ["One", "Three", "Four"]


def test_chunks_ask_a_constant_number_of_queries(shelf, monkeypatch, django_assert_num_queries):
    # papers of the whole site
    with django_assert_num_queries(1):
        short = citing.whole_site()
    assert short.stamp == ""
    # entries; notes; authorships; taggings
    with django_assert_num_queries(4):
        assert len(titles(short)) == 4
    monkeypatch.setattr(citing, "CHUNK", 3)
    # papers of the whole site; its stamp
    with django_assert_num_queries(2):
        long = citing.whole_site()
    with django_assert_num_queries(8):
        assert titles(long) == ["One", "Two", "Three", "Four"]


def test_the_stamp_of_a_long_scope_moves_with_what_readers_see(shelf, monkeypatch):
    monkeypatch.setattr(citing, "CHUNK", 1)

    def stamp():
        return citing.of_selection(find_selection("moe,llm")).stamp

    stamps = [stamp()]
    assert stamp() == stamps[0]
    build_entry("2024-12-01", title="Hidden", tags=["moe"], public=False)
    assert stamp() == stamps[0]
    Entry.objects.filter(paper__title="Three").update(changed_at=timezone.now())
    stamps.append(stamp())
    build_entry("2024-12-02", title="Five")
    stamps.append(stamp())
    Entry.objects.filter(paper__title="Two").update(publish_at=None)
    stamps.append(stamp())
    assert len(set(stamps)) == 4


def test_work_of_a_paper(shelf):
    ((entries,),) = citing.read_chunks(citing.of_list([number("One")]))
    work = citing.work_of(entries, source="here", notes=["<p>x</p>"])
    assert (work.pk, work.title, work.kind, work.language) == (number("One"), "One", "paper", "en")
    assert (work.names, work.tags) == (("Kun Xu", "Kun Xu"), ("moe", "old"))
    assert (work.arxiv_id, work.source, work.notes) == ("", "here", ("<p>x</p>",))
    ((entries,),) = citing.read_chunks(citing.of_list([number("Three")]))
    assert citing.work_of(entries).kind == "post"
