"""Copying a reference, and files of the reading list, in a real browser."""

import pytest

from tests.browser.until import until

DIGEST = "/en/digests/2024-11-05/"


@pytest.fixture
def paper_page(open_page):
    page = open_page(DIGEST, permissions=["clipboard-read", "clipboard-write"])
    page.locator("#e1 h2 a").click()
    page.wait_for_url("**/papers/*/*/")
    return page


def copied(page, button):
    page.evaluate("navigator.clipboard.writeText('')")
    button.click()
    until(page, "document.querySelector('#cite .ok') !== null")
    page.locator("#cite .ok").wait_for(state="detached")
    return page.evaluate("navigator.clipboard.readText()")


def test_each_format_is_copied_as_it_is_saved(paper_page):
    page = paper_page
    rows = page.locator("#cite .facet li")
    assert rows.count() == 6
    for place in range(rows.count()):
        row = rows.nth(place)
        saved = page.request.get(row.locator("a").evaluate("link => link.href")).text()
        assert copied(page, row.locator("button")) == saved
    assert (
        copied(page, page.get_by_role("button", name="Copy BibTeX")) == page.locator("#bibtex").inner_text()
    )
    assert [words for words in page.said if "Playwright" not in words] == []


def test_each_copy_button_says_what_it_copies(paper_page):
    names = paper_page.locator("#cite .facet button").evaluate_all("all => all.map((each) => each.ariaLabel)")
    assert names == [f"Copy {name}" for name in ("RIS", "CSL-JSON", "Zotero RDF", "APA", "Chicago", "IEEE")]


def test_without_script_the_files_are_there_and_the_buttons_are_not(open_page):
    page = open_page(DIGEST, java_script_enabled=False)
    page.locator("#e1 h2 a").click()
    assert page.locator("#cite .facet a:visible").count() == 6
    assert page.locator("#cite button:visible").count() == 0


def test_the_reading_list_leads_to_files_of_its_papers(open_page):
    page = open_page(DIGEST)
    for entry in ("#e1", "#e2"):
        page.locator(f"{entry} [data-save]").click()
    page.goto("/en/reading-list/")
    link = page.locator("#shelf-cite a").first
    saved = page.request.get(link.evaluate("link => link.href"))
    assert (saved.status, saved.text().count("TY  - GEN")) == (200, 2)
    assert page.locator("#shelf-cite a").count() == 4
    for _ in range(2):
        page.locator("[data-remove]").first.click()
    assert not page.locator("#shelf-cite").is_visible()
