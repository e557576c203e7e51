"""Searching in a real browser: Korean composed syllable by syllable, the keyboard, screen readers, no script."""

import time

import pytest

from tests.browser.test_pages import barriers, looks
from tests.indexed import build_indexes

EDITIONS = ("", "/ko", "/en")
PATHS = [
    "/search/",
    "/search/?q=배치 크기",
    "/search/?q=scaling&tag=scaling-law&year=2024&sort=newest",
    "/search/?q=양자 컴퓨터",
    "/search/?q=lang:ko&page=9",
]


@pytest.fixture(scope="module")
def indexed(seeded, django_db_blocker):
    with django_db_blocker.unblock():
        build_indexes("public")


@pytest.fixture
def search(indexed, open_page):
    return open_page


@pytest.fixture
def box(search):
    """The search page with its box focused, its requests for suggestions, and an input method to type with."""
    page = search("/search/")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest/" in request.url else None)
    page.asked = asked
    page.locator("#q").focus()
    page.ime = page.context.new_cdp_session(page)
    return page


def compose(page, text):
    """One more jamo: what is being composed is ``text`` now."""
    place = {"selectionStart": len(text), "selectionEnd": len(text)}
    page.ime.send("Input.imeSetComposition", {"text": text, **place})


def offers(page):
    return page.locator(".offers li").all_inner_texts()


def eventually(page, true):
    """Waits for what only Python can tell, letting the browser's events come in meanwhile."""
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        page.wait_for_timeout(20)


def test_korean_is_offered_while_its_syllables_are_composed(box):
    for text in ("ㅂ", "배"):
        compose(box, text)
    eventually(box, lambda: any("배치" in offer for offer in offers(box)))
    for text in ("뱇", "배치"):
        compose(box, text)
        eventually(box, lambda: any("배치" in offer for offer in offers(box)))
    box.ime.send("Input.insertText", {"text": "배치"})
    assert box.locator("#q").input_value() == "배치"
    box.keyboard.press("Space")
    for text in ("ㅋ", "크"):
        compose(box, text)
    eventually(box, lambda: any("배치 크기" in offer for offer in offers(box)))


def test_an_event_that_changes_nothing_asks_nothing(box):
    compose(box, "배")
    eventually(box, lambda: len(box.asked) == 1)
    compose(box, "배")
    box.evaluate("document.querySelector('#q').dispatchEvent(new InputEvent('input', { isComposing: true }))")
    box.ime.send("Input.insertText", {"text": "배"})
    box.wait_for_timeout(400)
    assert len(box.asked) == 1


def test_fast_typing_asks_once(box):
    box.keyboard.type("scaling", delay=20)
    eventually(box, lambda: offers(box))
    assert len(box.asked) == 1


def test_the_keyboard_goes_through_the_list_and_leaves_it(box):
    field = box.locator("#q")
    assert field.get_attribute("role") == "combobox"
    assert field.get_attribute("aria-expanded") == "false"
    box.keyboard.type("scal")
    eventually(box, lambda: offers(box))
    assert field.get_attribute("aria-expanded") == "true"
    assert field.get_attribute("aria-activedescendant") is None
    count = len(offers(box))
    eventually(box, lambda: str(count) in box.locator("#live").inner_text())
    box.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == "offer-0"
    assert box.locator("#offer-0").get_attribute("aria-selected") == "true"
    box.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    box.keyboard.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") == f"offer-{count - 1}"
    box.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert field.input_value() == "scal"
    assert box.locator(".offers").is_hidden()
    box.keyboard.press("ArrowDown")
    eventually(box, lambda: offers(box) and box.locator(".offers").is_visible())
    box.keyboard.press("ArrowDown")
    box.keyboard.press("Enter")
    box.wait_for_url("**/tags/scaling-law/")


def test_enter_without_a_choice_searches_for_what_was_typed(box):
    box.keyboard.type("batch size")
    eventually(box, lambda: offers(box))
    box.keyboard.press("Enter")
    box.wait_for_url("**/search/?q=batch+size")
    assert box.locator("mark").count() > 0
    assert box.locator("#q").input_value() == "batch size"


def test_a_press_on_an_offer_goes_there(box):
    box.keyboard.type("zhang")
    eventually(box, lambda: offers(box))
    box.locator(".offers li").first.click()
    box.wait_for_url("**/authors/**")


def test_the_slash_key_reaches_the_box(search):
    page = search("/search/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.locator("#q").blur()
    page.keyboard.press("?")
    assert page.locator("dialog").get_by_text("/", exact=True).is_visible()


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_page_of_the_search_is_quiet_fits_and_has_no_barrier(search, edition):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe().axe_script
    page = search("/offline/")
    wide, barred = [], []
    for path in PATHS:
        page.goto(edition + path)
        page.evaluate(axe)
        for look in looks(page):
            if page.evaluate("document.documentElement.scrollWidth") > look[0]:
                wide.append((look, path))
            barred += [(look, path, *barrier) for barrier in barriers(page)]
    page.goto(f"{edition}/search/")
    page.locator("#q").focus()
    page.keyboard.type("scal")
    eventually(page, lambda: offers(page))
    page.keyboard.press("ArrowDown")
    page.evaluate(axe)
    for look in looks(page):
        if page.evaluate("document.documentElement.scrollWidth") > look[0]:
            wide.append((look, "list"))
        barred += [(look, "list", *barrier) for barrier in barriers(page)]
    complaints = [said for said in page.said if "blocked by Playwright" not in said]
    assert (wide, barred, complaints) == ([], [], [])


def test_without_script_everything_works(search):
    page = search("/en/search/", java_script_enabled=False)
    page.locator("#q").fill("scaling laws")
    page.get_by_role("button", name="Search").click()
    assert page.url.endswith("/en/search/?q=scaling+laws")
    page.locator(".facet").get_by_text("#moe").click()
    assert "tag=moe" in page.url
    page.locator(".chosen a").click()
    assert page.url.endswith("/en/search/?q=scaling+laws")
    page.get_by_text("Newest first").click()
    assert "sort=newest" in page.url
    assert page.locator("#q").get_attribute("role") is None
