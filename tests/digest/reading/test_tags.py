"""Tags by count, by spelling, combined, and page by page."""

import datetime
import random
from collections import Counter

import pytest

from digest.models import Tag, TagAlias
from digest.reading import tags
from digest.text.tag_expressions import parse_expression
from tests.build import build_digest, build_entry

pytestmark = pytest.mark.django_db


def select(address):
    """The selection of a canonical address."""
    selection = tags.find_selection(address)
    assert selection.slug == address
    return selection


def walk(address, step="before"):
    """Every page of a selection from one end to the other, as lists of order keys."""
    selection = select(address)
    pages, place = [], {} if step == "before" else {"after": 0}
    while True:
        page = tags.tag_page(selection, **place)
        pages.append([entry.order_key for entry in page.entries])
        key = page.older if step == "before" else page.newer
        if key is None:
            return pages
        place = {step: key}


def test_counts_hold_published_entries_only_most_used_first():
    build_entry("2024-10-30", tags=["moe", "llm"])
    build_entry("2024-10-30", tags=["llm"])
    build_entry("2024-10-31", tags=["llm", "secret"], public=False)
    assert [(tag.slug, tag.entries) for tag in tags.tag_counts()] == [("llm", 2), ("moe", 1)]


def test_a_tag_is_found_by_other_spellings_and_old_addresses():
    build_entry("2024-10-30", tags=["scaling-law", "c++"])
    for old in ("laws", "rules"):
        TagAlias.objects.create(slug=old, tag=Tag.objects.get(slug="scaling-law"))
    spellings = ("scaling-law", "Scaling_Law", "#scaling law", "laws", "LAWS", "rules", "laws+rules")
    assert [tags.find_selection(spelling).slug for spelling in spellings] == ["scaling-law"] * 7
    assert [tags.find_selection(spelling).slug for spelling in ("c++", "C++")] == ["c-plus-plus"] * 2
    assert [tags.find_selection(spelling) for spelling in ("", "#", "other", "-laws", "laws+")] == [None] * 5


def test_a_hidden_tag_is_not_found_in_any_company():
    build_entry("2024-10-30", tags=["moe"])
    build_entry("2024-10-31", tags=["secret", "moe"], public=False)
    TagAlias.objects.create(slug="old-secret", tag=Tag.objects.get(slug="secret"))
    addresses = ("secret", "moe+secret", "moe,secret", "moe+-secret", "moe,old-secret", "Secret")
    assert [tags.find_selection(address) for address in addresses] == [None] * 6


def test_a_tag_that_bears_the_name_wins_over_one_that_bore_it():
    build_entry("2024-10-30", tags=["moe", "mixture"])
    TagAlias.objects.create(slug="MoE", tag=Tag.objects.get(slug="mixture"))
    assert tags.find_selection("MoE").slug == "moe"


def test_spellings_of_an_expression_meet_in_one_address():
    build_entry("2024-10-30", tags=["moe", "llm"])
    TagAlias.objects.create(slug="mixture", tag=Tag.objects.get(slug="moe"))
    spellings = ("llm+moe", "MoE+llm", "mixture+LLM+moe", " moe + llm ", "llm+moe,moe+llm")
    assert {tags.find_selection(spelling).slug for spelling in spellings} == {"llm+moe"}


NAMES = "abcde"
EXPRESSIONS = [
    "a",
    "a+b",
    "a,b",
    "a+-b",
    "a+b+c",
    "a+-b+-c",
    "a,b,c,d,e",
    "a+b,c+-d",
    "a+-a",
    "a+-a,b",
    "a+b+-c,d,e+-a",
    "a,a+b",
    "a+e+-b,b+e+-a",
]


@pytest.fixture
def many():
    """Seventy entries with random tags, some of them hidden: ``{order key: tags}`` of the public ones."""
    chance, public = random.Random(7), {}
    for number in range(70):
        carried = [name for name in NAMES if chance.random() < 0.45]
        seen = chance.random() < 0.8
        date = build_digest(f"2024-01-{1 + number // 3:02}").date
        entry = build_entry(date, tags=carried, public=seen)
        if seen:
            public[entry.order_key] = set(carried)
    return public


def expected_keys(public, address):
    expression = parse_expression(address)
    return [
        key
        for key in sorted(public, reverse=True)
        if any(
            public[key].issuperset(each.required) and public[key].isdisjoint(each.excluded)
            for each in expression.alternatives
        )
    ]


def test_expressions_mean_what_a_look_at_every_row_finds(many):
    for address in EXPRESSIONS:
        expected = expected_keys(many, address)
        down = [key for page in walk(address) for key in page]
        assert down == expected, address
        assert tags.tag_page(select(address)).total == len(expected), address


def test_paging_up_shows_the_same_entries_as_paging_down(many):
    for address in EXPRESSIONS:
        pages = walk(address, "after")
        assert [key for page in reversed(pages) for key in page] == expected_keys(many, address), address


def test_tags_alongside_are_counted_within_the_selection(many):
    for address in EXPRESSIONS:
        keys, own = expected_keys(many, address), set(parse_expression(address).terms)
        counts = Counter(name for key in keys for name in many[key] if name not in own)
        found = tags.tags_alongside(select(address))
        assert [(tag.slug, tag.entries) for tag in found] == sorted(
            counts.items(), key=lambda row: (-row[1], row[0])
        ), address


def test_ways_to_narrow_lead_to_canonical_selections(many):
    for address in ("a", "c,d"):
        for tag in tags.tags_alongside(select(address)):
            together = tags.tag_page(select(tag.both)).total
            apart = tags.tag_page(select(tag.without)).total
            assert (together, together + apart) == (tag.entries, tags.tag_page(select(address)).total)


def test_a_full_expression_cannot_be_narrowed():
    build_entry("2024-01-01", tags=[*"abcdefgh", "more"])
    [more] = tags.tags_alongside(select("a+b+c+d+e+f+g+h"))
    assert (more.slug, more.both, more.without) == ("more", None, None)


def test_months_and_years_of_a_tag_leave_none_out():
    for day in ("2022-05-01", "2024-03-14", "2024-03-15", "2024-05-01"):
        build_entry(day, tags=["moe"])
    build_entry("2024-04-01", tags=["moe"], public=False)
    page = tags.tag_page(select("moe"))
    assert [(each.first.year, each.entries) for each in page.years] == [(2022, 1), (2023, 0), (2024, 3)]
    months = [(f"{each.first:%Y-%m}", each.entries) for each in page.months]
    assert (len(months), months[0], months[-3:]) == (
        12,
        ("2023-06", 0),
        [("2024-03", 2), ("2024-04", 0), ("2024-05", 1)],
    )


@pytest.mark.parametrize("count", [1, 29, 30, 31, 60, 61])
def test_paging_walks_every_entry_once(count):
    entries = [build_entry(f"2024-01-{1 + number // 5:02}", tags=["moe"]) for number in range(count)]
    build_entry("2024-01-31", tags=["moe"], public=False)
    pages = walk("moe")
    keys = [key for page in pages for key in page]
    assert keys == sorted((entry.order_key for entry in entries), reverse=True)
    assert [len(page) for page in pages[:-1]] == [30] * (len(pages) - 1)


def test_an_entry_published_while_paging_neither_repeats_nor_hides_another():
    for number in range(31):
        build_entry(f"2024-01-{1 + number:02}", tags=["moe"])
    tag = select("moe")
    first = tags.tag_page(tag)
    build_entry("2024-02-01", tags=["moe"])
    second = tags.tag_page(tag, before=first.older)
    assert [entry.date for entry in second.entries] == [datetime.date(2024, 1, 1)]


def test_a_tag_page_counts_and_dates_what_is_published():
    build_entry("2024-03-14", tags=["moe"])
    build_entry("2024-10-30", tags=["moe"])
    build_entry("2024-12-01", tags=["moe"], public=False)
    page = tags.tag_page(select("moe"))
    assert (page.total, page.first.isoformat(), page.last.isoformat()) == (2, "2024-03-14", "2024-10-30")


def test_the_ends_of_a_tag_lead_nowhere_further():
    keys = [build_entry(f"2024-01-{day:02}", tags=["moe"]).order_key for day in range(1, 4)]
    tag = select("moe")
    assert [(p.older, p.newer) for p in [tags.tag_page(tag)]] == [(None, None)]
    beyond = tags.tag_page(tag, before=keys[0])
    assert (beyond.total, beyond.entries, beyond.older, beyond.newer) == (3, [], None, None)
    middle = tags.tag_page(tag, before=keys[2])
    assert (middle.older, middle.newer) == (None, keys[1])
