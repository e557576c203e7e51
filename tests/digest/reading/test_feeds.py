"""The pages of a feed as plain data: order, history, languages, scopes, moments, and how many statements they take."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from digest.models import Digest, Entry, order_key
from digest.reading import feeds
from digest.reading.feeds import FIRST, Scope, Searched, digest_page, namesakes, paper_page, public_author
from digest.reading.search import Chosen
from digest.reading.tags import find_selection
from papers.models import Author
from tests.build import build_entry
from tests.indexed import build_indexes

pytestmark = pytest.mark.django_db
BOTH = ("ko", "en")
ALL = Scope()


def titles(page):
    return [[entry.paper.title for entry in item.entries] for item in page.items]


def flat(lists):
    return [each for part in lists for each in part]


def tagged(expression):
    return Scope(selection=find_selection(expression))


@pytest.fixture
def three():
    """Two digests: one with two entries, of which one is English too; one in English alone."""
    build_entry("2024-10-30", title="A", ko="가", en="a", tags=["moe", "llm"], authors=["Kun Xu", "Kun Xu"])
    build_entry("2024-10-30", title="B", ko="나", tags=["moe"], authors=["Hanlin Zhang"])
    build_entry("2024-05-29", title="C", ko="", en="c", source_language="en", authors=["Kun Xu"])


def test_an_item_per_entry_newest_first(three):
    assert titles(paper_page(ALL, BOTH)) == [["A"], ["B"], ["C"]]


def test_an_item_per_digest_with_its_entries_in_order(three):
    assert titles(digest_page(ALL, BOTH)) == [["A", "B"], ["C"]]


@pytest.mark.parametrize(("language", "expected"), [("ko", [["A", "B"]]), ("en", [["A"], ["C"]])])
def test_an_edition_holds_only_what_has_a_note_in_its_language(three, language, expected):
    assert titles(digest_page(ALL, (language,))) == expected
    assert flat(titles(paper_page(ALL, (language,)))) == flat(expected)


def test_scopes(three):
    build_indexes("public")
    first, second = Author.objects.filter(name="Kun Xu").order_by("homonym")
    found = {
        "moe": tagged("moe"),
        "moe+-llm": tagged("moe+-llm"),
        "llm+-llm": tagged("llm+-llm"),
        "first": Scope(author=first),
        "second": Scope(author=second),
        "search": Scope(search=Searched("author:xu")),
        "narrowed": Scope(search=Searched("author:xu", Chosen(tags="llm"))),
        "nothing": Scope(search=Searched("")),
    }
    assert {name: titles(paper_page(scope, BOTH)) for name, scope in found.items()} == {
        "moe": [["A"], ["B"]],
        "moe+-llm": [["B"]],
        "llm+-llm": [],
        "first": [["A"], ["C"]],
        "second": [["A"]],
        "search": [["A"], ["C"]],
        "narrowed": [["A"]],
        "nothing": [],
    }
    assert titles(digest_page(found["moe+-llm"], BOTH)) == [["B"]]
    assert titles(digest_page(found["first"], BOTH)) == [["A"], ["C"]]


def test_an_empty_feed_is_a_page_too(db):
    for page in (paper_page(ALL, BOTH), digest_page(ALL, BOTH), paper_page(ALL, BOTH, 5)):
        assert (page.items, page.updated, page.older, page.newer) == ([], None, None, None)


def walk(page, scope=ALL):
    """All pages from the first to the last by ``older``, and back by ``newer``: (forwards, backwards)."""
    forwards, places = [], [FIRST]
    while places[-1] is not None:
        found = page(scope, BOTH, places[-1])
        forwards.append(titles(found))
        places.append(found.older)
    backwards, place = [], places[-2]
    while place is not None:
        found = page(scope, BOTH, place)
        backwards.insert(0, titles(found))
        place = found.newer
    return forwards, backwards


@pytest.mark.parametrize("count", [2, 4, 6, 7])
def test_history_of_papers_is_whole_and_leads_back(monkeypatch, count):
    monkeypatch.setattr(feeds, "PAPERS", 2)
    names = [f"P{number}" for number in range(count)]
    for name in names:
        build_entry("2024-10-30", title=name)
    forwards, backwards = walk(paper_page)
    assert flat(forwards) == [[name] for name in names]
    assert [len(page) for page in forwards] == [2] * (count // 2) + [1] * (count % 2)
    assert backwards == forwards


@pytest.mark.parametrize("count", [2, 5, 6])
def test_history_of_digests_is_whole_and_leads_back(monkeypatch, count):
    monkeypatch.setattr(feeds, "DIGESTS", 2)
    for day in range(1, count + 1):
        for name in "ab":
            build_entry(f"2024-10-{day:02}", title=f"{day}{name}")
    forwards, backwards = walk(digest_page)
    assert flat(forwards) == [[f"{day}a", f"{day}b"] for day in range(count, 0, -1)]
    assert backwards == forwards


def test_a_new_entry_neither_repeats_nor_hides_another(monkeypatch):
    monkeypatch.setattr(feeds, "PAPERS", 2)
    for day in (1, 2, 3, 4):
        build_entry(f"2024-10-0{day}", title=f"P{day}")
    older = paper_page(ALL, BOTH).older
    build_entry("2024-10-05", title="P5")
    page = paper_page(ALL, BOTH, older)
    assert titles(page) == [["P2"], ["P1"]]
    # The page before now begins below the new one; the first shows both.
    assert titles(paper_page(ALL, BOTH, page.newer)) == [["P4"], ["P3"]]


@pytest.mark.parametrize("before", [1, 9_999, 10_000, 99_999_999_999])
def test_a_place_that_no_entry_has_is_a_place_all_the_same(three, before):
    expected = [] if before < 20_000 else [["A", "B"], ["C"]]
    assert titles(digest_page(ALL, BOTH, before)) == expected
    assert flat(titles(paper_page(ALL, BOTH, before))) == flat(expected)


def test_a_digest_is_never_cut_by_a_place_within_it(three):
    page = digest_page(ALL, BOTH, order_key(datetime.date(2024, 10, 30), 1))
    assert (titles(page), page.newer) == ([["C"]], FIRST)


def test_items_tell_when_they_came_and_changed(three):
    later = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
    Entry.objects.filter(paper__title="B").update(changed_at=later)
    opened = datetime.datetime(2024, 10, 30, tzinfo=datetime.UTC)
    page = paper_page(ALL, BOTH)
    assert [(item.published, item.updated) for item in page.items[:2]] == [(opened, opened), (opened, later)]
    assert page.updated == later
    digest = digest_page(ALL, BOTH).items[0]
    assert (digest.published, digest.updated) == (opened, later)


def test_an_entry_that_left_moves_the_feed_and_its_digest_alone(three):
    left = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
    Digest.objects.filter(date="2024-05-29").update(changed_at=left)
    papers, digests = paper_page(ALL, BOTH), digest_page(ALL, BOTH)
    assert (papers.updated, digests.updated) == (left, left)
    assert [item.updated == left for item in papers.items] == [False, False, False]
    assert [item.updated == left for item in digests.items] == [False, True]


def test_titles_that_notes_name_come_with_the_page(three):
    build_entry("2024-10-31", title="D", ko="[[A]]와 [[없는 것]]")
    page = paper_page(ALL, BOTH)
    assert {key: paper.title for key, paper in page.titled.items()} == {"a": "A"}


def test_authors_are_found_by_key_and_by_name_among_the_public(three):
    hidden = build_entry("2024-11-01", authors=["Hidden One", "Kun Xu"], public=False)
    hidden_author = hidden.paper.authorships.get(position=1).author
    shown = Author.objects.get(name="Hanlin Zhang")
    assert public_author(shown.pk) == shown
    assert public_author(hidden_author.pk) is None
    assert namesakes("hidden one") == []
    assert [author.homonym for author in namesakes("  KUN  xu")] == [1, 2]


def test_what_is_not_published_is_in_no_feed(three):
    hour = datetime.timedelta(hours=1)
    now = timezone.now()
    shared = {"tags": ["moe"], "authors": ["Kun Xu"], "ko": "비밀", "en": "secret"}
    build_entry("2024-11-01", title="draft", public=False, **shared)
    build_entry("2024-11-02", title="scheduled", publish_at=now + hour, **shared)
    build_entry("2024-11-03", title="ended", unpublish_at=now - hour, **shared)
    build_entry("2024-10-30", title="deleted", publish_at=None, deleted_at=now, **shared)
    build_indexes("public")
    scopes = (
        ALL,
        tagged("moe"),
        Scope(author=public_author(Author.objects.get(name="Kun Xu", homonym=1).pk)),
    )
    for scope in (*scopes, Scope(search=Searched("xu")), Scope(search=Searched("secret"))):
        for page in (paper_page, digest_page):
            for languages in (BOTH, ("ko",), ("en",)):
                found = {title for item in titles(page(scope, languages)) for title in item}
                assert found <= {"A", "B", "C"}, (scope, page, languages)


def count_queries(read):
    with CaptureQueriesContext(connection) as queries:
        found = read()
    return len(queries), len(found.items)


@pytest.mark.parametrize("rows", [1, 100])
def test_the_number_of_statements_does_not_depend_on_the_number_of_items(rows):
    for number in range(rows):
        date = datetime.date(2024, 1, 1) + datetime.timedelta(days=number)
        build_entry(
            date, title=f"P{number}", en="note", tags=["moe", f"t{number}"], authors=["Kun Xu", f"N{number}"]
        )
    build_indexes("public")
    scopes = {
        "all": ALL,
        "tag": tagged("moe"),
        "author": Scope(author=Author.objects.get(name="Kun Xu")),
        "search": Scope(search=Searched("note")),
    }
    counts = {
        (name, page.__name__, languages): count_queries(lambda: page(scope, languages))  # noqa: B023
        for name, scope in scopes.items()
        for page in (paper_page, digest_page)
        for languages in (BOTH, ("en",))
    }
    shown = {"paper_page": min(rows, 30), "digest_page": min(rows, 10)}
    # entries; notes; authorships; taggings; when entries left their digests. Of digests: these; then the same four.
    # A search asks its index before: five for whether it is there and by which rules; the groups of terms; the hits.
    asked = {"all": 5, "tag": 5, "author": 5, "search": 5 + 7}
    assert counts == {key: (asked[key[0]], shown[key[1]]) for key in counts}


@pytest.mark.parametrize("rows", [1, 40])
def test_a_page_of_the_history_takes_one_statement_more(rows):
    for number in range(rows):
        build_entry(datetime.date(2024, 1, 1) + datetime.timedelta(days=number))
    last = Entry.objects.order_by("-order_key").values_list("order_key", flat=True)[0] + 1
    assert count_queries(lambda: paper_page(ALL, BOTH, last))[0] == 6
    assert count_queries(lambda: digest_page(ALL, BOTH, last + 10_000))[0] == 6
