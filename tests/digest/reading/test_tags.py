"""Tags by count, by spelling, and page by page."""

import datetime

import pytest

from digest.models import Tag, TagAlias
from digest.reading import tags
from tests.build import build_entry

pytestmark = pytest.mark.django_db


def walk(tag):
    """Every page of a tag, as lists of order keys."""
    pages, before = [], None
    while True:
        page = tags.tag_page(tag, before)
        pages.append([entry.order_key for entry in page.entries])
        if page.older is None:
            return pages
        before = page.older


def test_counts_hold_published_entries_only_most_used_first():
    build_entry("2024-10-30", tags=["moe", "llm"])
    build_entry("2024-10-30", tags=["llm"])
    build_entry("2024-10-31", tags=["llm", "secret"], public=False)
    assert [(tag.slug, tag.entries) for tag in tags.tag_counts()] == [("llm", 2), ("moe", 1)]


def test_a_tag_is_found_by_its_address_alone():
    build_entry("2024-10-30", tags=["scaling-law"])
    build_entry("2024-10-31", tags=["secret"], public=False)
    assert tags.find_tag("scaling-law").slug == "scaling-law"
    assert [tags.find_tag(slug) for slug in ("Scaling_Law", "secret", "nothing")] == [None, None, None]


def test_a_tag_is_found_by_other_spellings_and_old_addresses():
    build_entry("2024-10-30", tags=["scaling-law"])
    TagAlias.objects.create(slug="laws", tag=Tag.objects.get())
    found = [tags.find_tag_by_spelling(slug).slug for slug in ("Scaling_Law", "#scaling law", "laws", "LAWS")]
    assert found == ["scaling-law"] * 4
    assert [tags.find_tag_by_spelling(slug) for slug in ("", "#", "other")] == [None] * 3


def test_a_tag_that_bears_the_name_wins_over_one_that_bore_it():
    build_entry("2024-10-30", tags=["moe", "mixture"])
    TagAlias.objects.create(slug="MoE", tag=Tag.objects.get(slug="mixture"))
    assert tags.find_tag_by_spelling("MoE").slug == "moe"


@pytest.mark.parametrize("count", [1, 29, 30, 31, 60, 61])
def test_paging_walks_every_entry_once(count):
    entries = [build_entry(f"2024-01-{1 + number // 5:02}", tags=["moe"]) for number in range(count)]
    build_entry("2024-01-31", tags=["moe"], public=False)
    pages = walk(Tag.objects.get())
    keys = [key for page in pages for key in page]
    assert keys == sorted((entry.order_key for entry in entries), reverse=True)
    assert [len(page) for page in pages[:-1]] == [30] * (len(pages) - 1)


def test_an_entry_published_while_paging_neither_repeats_nor_hides_another():
    for number in range(31):
        build_entry(f"2024-01-{1 + number:02}", tags=["moe"])
    tag = Tag.objects.get()
    first = tags.tag_page(tag, None)
    build_entry("2024-02-01", tags=["moe"])
    second = tags.tag_page(tag, first.older)
    assert [entry.date for entry in second.entries] == [datetime.date(2024, 1, 1)]


def test_a_tag_page_counts_and_dates_what_is_published():
    build_entry("2024-03-14", tags=["moe"])
    build_entry("2024-10-30", tags=["moe"])
    build_entry("2024-12-01", tags=["moe"], public=False)
    page = tags.tag_page(Tag.objects.get(), None)
    assert (page.total, page.first.isoformat(), page.last.isoformat()) == (2, "2024-03-14", "2024-10-30")


def test_a_tag_without_published_entries_has_no_page():
    build_entry("2024-12-01", tags=["moe"], public=False)
    assert tags.tag_page(Tag.objects.get(), None) is None
