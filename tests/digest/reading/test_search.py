"""What a search finds, how it is shown, and what it never shows."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from digest.index import open_index
from digest.index.synonyms import Expansion
from digest.models import Entry, SearchIndex, SearchTerm
from digest.reading.search import Choice, Chosen, Results, search
from digest.text.analysis.query import MAX_QUERY
from tests.build import build_entry, build_note
from tests.indexed import build_indexes

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(db):
    found = {
        "both": build_entry(
            "2024-10-30",
            title="Critical Batch Size",
            ko="최적 배치 크기를 찾는 이야기입니다.",
            en="On the critical batch size.",
            tags=["scaling-law", "hyperparameter"],
            authors=["Hanlin Zhang", "Kun Xu"],
        ),
        "korean": build_entry(
            "2024-05-29",
            title="Warmup",
            ko="배치 크기와 학습률의 관계",
            tags=["scaling-law"],
            authors=["Kun Xu"],
        ),
        "english": build_entry(
            "2023-03-14",
            title="Momentum",
            ko="",
            en="Nothing about batches.",
            source_language="en",
            tags=["moe"],
        ),
        "abstract": build_entry(
            "2023-03-13", title="Quiet", ko="짧은 말", abstract="We study gradient noise."
        ),
    }
    build_indexes("public")
    return found


def titles(results):
    return [found.entry.paper.title for found in results.found]


def marks(pieces):
    return [text for text, hit in pieces if hit]


def test_words_are_marked_by_stem_in_both_languages(entries):
    results = search("배치 크기")
    assert (results.total, results.capped, results.pages, results.plain) == (2, False, 1, False)
    assert set(titles(results)) == {"Critical Batch Size", "Warmup"}
    [both] = [found for found in results.found if len(found.texts) == 2]
    korean, english = both.texts
    assert "".join(text for text, _ in korean.pieces) == "최적 배치 크기를 찾는 이야기입니다."
    # One mark, and the particle is outside it.
    assert (korean.language, marks(korean.pieces)) == ("ko", ["배치 크기"])
    assert (english.language, marks(english.pieces)) == ("en", [])


def test_titles_and_names_are_in_pieces_only_where_something_was_found(entries):
    [found] = search("critical hanlin").found
    assert marks(found.title) == ["Critical"]
    assert [marks(pieces) for pieces in found.names] == [["Hanlin"]]
    [found] = search("관계").found
    assert (found.title, found.names) == ([], [])


def test_an_edition_shows_its_language_and_else_what_was_found(entries):
    [found] = search("찾는", languages=["en"]).found
    assert [(text.language, bool(marks(text.pieces))) for text in found.texts] == [
        ("en", False),
        ("ko", True),
    ]
    [found] = search("gradient noise").found
    assert [(text.language, text.abstract, marks(text.pieces)) for text in found.texts] == [
        ("ko", False, []),
        ("en", True, ["gradient noise"]),
    ]
    [found] = search("warmup", languages=["en"]).found
    assert [text.language for text in found.texts] == ["ko"]


def test_nothing_asked_is_nothing_found(entries):
    assert search("") == search("  ") == search('"" - !! ') == Results()


def test_a_facet_counts_what_choosing_it_would_leave(entries):
    everything = search("배치")
    assert everything.facets["tags"] == [
        Choice("scaling-law", "scaling-law", "", 2, False),
        Choice("hyperparameter", "hyperparameter", "", 1, False),
    ]
    for name, choices in everything.facets.items():
        for choice in choices:
            assert search("배치", chosen=Chosen(**{name: choice.value})).total == choice.count, choice
    narrowed = search("배치", chosen=Chosen(tags="hyperparameter"))
    assert titles(narrowed) == ["Critical Batch Size"]
    # Its own filter does not count for a facet; it does for the others.
    assert [(choice.value, choice.count, choice.chosen) for choice in narrowed.facets["tags"]] == [
        ("scaling-law", 2, False),
        ("hyperparameter", 1, True),
    ]
    assert [(choice.value, choice.count) for choice in narrowed.facets["years"]] == [("2024", 1)]


def test_a_facet_that_the_text_narrows_is_not_offered(entries):
    assert set(search("배치").facets) == {"tags", "years", "authors", "languages"}
    assert set(search("배치 tag:scaling-law year:2024").facets) == {"authors", "languages"}


def test_two_people_of_one_name_are_two_choices(db):
    build_entry("2024-10-30", title="Graphs", authors=["Kun Xu", "Kun Xu", "Jinan Zhao"])
    build_entry("2024-10-29", title="More graphs", authors=["Kun Xu"])
    build_entry("2024-10-28", title="Other graphs", authors=["Lin Kun Xu"])
    build_indexes("public")
    people = search("graphs").facets["authors"]
    counts = {choice.label: choice.count for choice in people}
    assert counts == {"Kun Xu": 2, "Kun Xu (2)": 1, "Jinan Zhao": 1, "Lin Kun Xu": 1}
    second = next(choice for choice in people if choice.label == "Kun Xu (2)")
    narrowed = search("graphs author:xu", chosen=Chosen(authors=second.value))
    assert (titles(narrowed), narrowed.author) == (["Graphs"], "Kun Xu (2)")
    assert {choice.label: choice.count for choice in narrowed.facets["authors"]} == counts


def test_a_chosen_year_takes_the_place_of_a_typed_one(entries):
    assert search("year:2023").total == 2
    assert search("year:2023", chosen=Chosen(years="2024")).total == 2
    assert search("tag:scaling-law", chosen=Chosen(tags="moe")).total == 0


def test_sorting_and_paging(entries):
    newest = search("tag:scaling-law", sort="newest")
    assert titles(newest) == ["Critical Batch Size", "Warmup"]
    pages = [search("tag:scaling-law", sort="newest", page=number, size=1) for number in (1, 2, 3)]
    assert [titles(page) for page in pages] == [["Critical Batch Size"], ["Warmup"], []]
    assert [(page.page, page.pages, page.total) for page in pages] == [(1, 2, 2), (2, 2, 2), (3, 2, 2)]
    far = search("tag:scaling-law", page=10**6, size=10**6)
    assert (far.page, len(far.found)) == (100, 0)


def test_a_slip_is_answered_with_a_query_that_finds_something(entries):
    results = search("critcal hanlin")
    assert (results.total, results.instead) == (0, "critical hanlin")
    assert search("qqqqqqq").instead == ""
    # RAG is short, and right as it stands.
    assert search("wramup moe").instead == ""


def test_the_editors_table_widens_a_search_and_says_so(entries):
    SearchTerm.objects.create(forms="배치 크기\nbatch size\nbsz", note="secret")
    assert search("batch size").total == 2
    results = search("bsz tag:scaling-law")
    assert results.total == 2
    assert results.expansions == [Expansion("bsz", ("배치 크기", "batch size"))]
    [english] = [text for found in results.found for text in found.texts if text.language == "en"]
    assert marks(english.pieces) == ["batch size"]
    quoted = search('"batch size"')
    assert (quoted.total, quoted.expansions) == (1, [])
    assert search("-bsz scaling").expansions == []


def test_a_long_query_says_that_it_was_cut(entries):
    assert search("배치 " * MAX_QUERY).cut
    assert not search("배치").cut


def test_what_is_hidden_is_neither_found_nor_counted_nor_offered(entries):
    now, hour = timezone.now(), datetime.timedelta(hours=1)
    hidden = {"title": "Zqhidden batch", "ko": "zqhidden 배치 크기", "authors": ["Zq Hidden"]}
    hidden["tags"] = ["zqhidden", "scaling-law"]
    for date, fields in (
        ("2021-01-01", {"public": False}),
        ("2021-01-02", {"publish_at": now + hour}),
        ("2021-01-03", {"unpublish_at": now - hour}),
    ):
        build_entry(date, **hidden, **fields)
    build_note(entries["korean"], "en", "zqhidden draft", live=False)
    before = search("배치")
    build_indexes("public")
    assert search("배치") == before
    assert search("zqhidden") == Results(asked=True)
    assert search("zqhiden") == Results(asked=True)


def test_an_index_that_is_behind_shows_no_word_that_was_withdrawn(entries):
    Entry.objects.filter(pk=entries["both"].pk).update(publish_at=None)
    results = search("배치")
    assert (titles(results), results.total) == (["Warmup"], 1)
    assert [choice.value for choice in results.facets["tags"]] == ["scaling-law"]


@pytest.mark.parametrize("state", ["missing", "other rules", "emptied"])
def test_without_an_index_the_newest_are_looked_through(entries, state):
    if state == "missing":
        SearchIndex.objects.all().delete()
    elif state == "other rules":
        SearchIndex.objects.update(analyzer="0-other")
    else:
        open_index("public").delete([entry.pk for entry in entries.values()])
    results = search("배치 크기")
    assert (results.plain, results.total, results.facets) == (True, 2, {})
    assert set(titles(results)) == {"Critical Batch Size", "Warmup"}


@pytest.mark.parametrize("ready", [True, False])
def test_one_and_fifty_results_take_the_same_queries(db, ready):
    build_entry("2024-10-01", ko="증류 이야기", en="Words", tags=["one"], authors=["A One"])
    if ready:
        build_indexes("public")
    search("증류", size=50)
    with CaptureQueriesContext(connection) as one:
        assert search("증류", size=50).total == 1
    for number in range(49):
        date = datetime.date(2024, 1, 1) + datetime.timedelta(days=number)
        build_entry(date, ko="증류 이야기", en="Words", tags=[f"t{number}"], authors=[f"A {number}", "B"])
    if ready:
        build_indexes("public")
    with CaptureQueriesContext(connection) as fifty:
        assert len(search("증류", size=50).found) == 50
    # The term table; the entries with notes, bylines and tags; then what the index asks, or what stands for it.
    assert len(one) == len(fifty), [query["sql"][:120] for query in fifty]
    assert len(one) <= 24
