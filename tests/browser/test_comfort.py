"""Theme, keys, keeping the place, copying, read marks: what readers are used to from good readers."""

import re

import pytest

from tests.browser.until import until

DIGEST = "/digests/2024-10-10/"


def focused(page):
    return page.evaluate("document.activeElement.closest('.entry')?.id")


def at_top(page):
    """The entry that begins at the top of the window."""
    find = "[...document.querySelectorAll('.entry')].find(e => Math.abs(e.getBoundingClientRect().top - 24) < 3)?.id"
    return until(page, find)


def test_theme_is_remembered_and_there_before_the_first_paint(open_page):
    page = open_page(DIGEST, color_scheme="light")
    button = page.locator("#theme")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert button.get_attribute("aria-label") == f"{button.get_attribute('data-label')}: " + (
        button.get_attribute("data-system")
    )
    button.click()
    button.click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    # A script of the head has set the theme by the time there is a body to paint.
    page.context.add_init_script(
        "new MutationObserver(() => { if (document.body) self.early ??= document.documentElement.dataset.theme; })"
        ".observe(document, {childList: true, subtree: true})"
    )
    page.goto("/en/")
    assert page.evaluate("early") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    assert page.evaluate("document.querySelector('meta[name=color-scheme]').content") == "dark"
    colours = "[...document.querySelectorAll('meta[name=theme-color]')].filter(m => m.media == 'all').map(m => m.content)"
    assert page.evaluate(colours) == ["#0f1412"]
    page.locator("#theme").click()
    assert page.evaluate("document.querySelector('meta[name=color-scheme]').content") == "light dark"


def test_keys_walk_open_and_change_the_edition(open_page):
    page = open_page(DIGEST)
    page.keyboard.press("j")
    assert focused(page) == "e1"
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert (focused(page), at_top(page)) == ("e3", "e3")
    page.keyboard.press("k")
    assert focused(page) == "e2"
    page.keyboard.press("a")
    assert page.locator("#e2 .abs").evaluate("fold => fold.open")
    page.keyboard.press("Shift+A")
    assert page.locator(".abs:not([open])").count() == 0
    page.keyboard.press("3")
    page.wait_for_url("**/en/digests/2024-10-10/#e2")
    assert at_top(page) == "e2"
    page.keyboard.press("l")
    page.wait_for_url("**/ko/digests/2024-10-10/#e2")
    assert at_top(page) == "e2"
    page.keyboard.press("l")
    page.wait_for_url(re.compile(r"\d/digests/2024-10-10/#e2"))
    page.keyboard.press("[")
    page.wait_for_url("**/digests/2024-05-29/")
    page.keyboard.press("]")
    page.wait_for_url("**/digests/2024-10-10/")
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url("**/papers/*/*/")


def test_keys_walk_lists_too(open_page):
    page = open_page("/en/tags/scaling-law/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator(".rows > li h3 a").nth(1)
    assert second.evaluate("link => link === document.activeElement")
    page.keyboard.press("o")
    page.wait_for_url("**/en/papers/**")


def test_keys_are_listed_and_can_be_switched_off(open_page):
    page = open_page("/en" + DIGEST)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    assert dialog.is_visible()
    page.keyboard.press("j")
    assert focused(page) is None
    dialog.get_by_label("Use single-key shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert focused(page) is None
    page.reload()
    page.keyboard.press("j")
    assert focused(page) is None
    page.get_by_role("button", name="Keyboard shortcuts").click()
    assert not dialog.get_by_label("Use single-key shortcuts").is_checked()
    dialog.get_by_label("Use single-key shortcuts").check()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    assert focused(page) is not None


def test_keys_leave_fields_modifiers_and_composing_alone(open_page):
    page = open_page(DIGEST)
    page.evaluate("document.querySelector('main').prepend(document.createElement('input'))")
    page.locator("main > input").fill("")
    page.keyboard.type("js1?")
    assert page.locator("main > input").input_value() == "js1?"
    page.locator("main > input").blur()
    press = (
        "(options) => document.body.dispatchEvent(new KeyboardEvent('keydown', {bubbles: true, ...options}))"
    )
    for options in (
        {"key": "j", "isComposing": True},
        {"key": "j", "keyCode": 229},
        {"key": "j", "ctrlKey": True},
        {"key": "j", "metaKey": True},
        {"key": "j", "altKey": True},
        {"key": "ㅓ"},
        {"key": "constructor"},
    ):
        page.evaluate(press, options)
        assert focused(page) is None, options
    page.evaluate(press, {"key": "j"})
    assert focused(page) == "e1"
    assert page.evaluate("localStorage.getItem('saved')") is None


@pytest.mark.parametrize("width", [360, 1440])
def test_another_language_opens_at_the_same_entry(open_page, width):
    page = open_page(DIGEST, viewport={"width": width, "height": 800})
    page.evaluate("document.getElementById('e5').scrollIntoView({behavior: 'instant'}); scrollBy(0, 60)")
    before = page.evaluate("scrollY")
    page.locator(".edition a").nth(2).dispatch_event("click")
    page.wait_for_url("**/en/digests/2024-10-10/#e5")
    assert at_top(page) == "e5"
    page.go_back()
    until(page, f"Math.abs(scrollY - {before}) < 3")
    page.go_forward()
    page.wait_for_url("**/en/digests/2024-10-10/#e5")
    assert at_top(page) == "e5"
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    page.locator(".edition a").nth(0).click()
    page.wait_for_url(re.compile(r"/ko/digests/2024-10-10/$"))


COPY = """(place) => {
    const [start, end] = place();
    const range = document.createRange();
    range.setStart(...start);
    range.setEnd(...end);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    const data = new DataTransfer();
    document.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, cancelable: true }));
    return data.getData("text/plain");
}"""


def copied(page, start, end):
    """What the clipboard gets of a selection between two places, each written as ``[node, offset]``."""
    return page.evaluate(f"({COPY})(() => [{start}, {end}])")


def test_formulas_are_copied_as_tex(open_page):
    page = open_page("/en/digests/2024-11-05/")
    heading = "document.querySelector('#e1 h2 math')"
    note = "document.querySelector('#e1 .note p')"
    assert (
        copied(page, f"[{heading}.querySelector('mi'), 0]", f"[{heading}.querySelector('mo'), 1]")
        == "E = mc^2"
    )
    assert copied(page, f"[{note}, 0]", f"[{note}, {note}.childNodes.length]") == "About $m$ and $c$."
    # Begun inside a formula, ended in words.
    assert copied(page, f"[{note}.querySelector('mi'), 0]", f"[{note}.childNodes[2], 4]") == "$m$ and"
    # Without a formula the browser does it alone.
    assert copied(page, f"[{note}.firstChild, 0]", f"[{note}.firstChild, 5]") == ""
    blocks = copied(page, f"[{heading}, 0]", f"[{note}, 1]").split("\n")
    assert blocks[0].startswith("$E = mc^2$")
    assert blocks[-1].startswith("About")


def test_buttons_copy_the_link_and_any_marked_text(open_page):
    page = open_page("/en" + DIGEST)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    read = "navigator.clipboard.readText()"
    page.locator("#e2 [data-copy-url]").click()
    until(page, "document.querySelector('#e2 [data-copy-url]').textContent === 'Copied'")
    # Said a frame later, see say() in site.js.
    until(page, "document.querySelector('[role=status]').textContent === 'Copied'")
    assert page.evaluate(read) == page.url + "#e2"
    # Any element of any page can be copied from: the paper page's BibTeX is one.
    page.evaluate(
        """() => {
            document.querySelector('#e1 .body').insertAdjacentHTML('beforeend',
                '<pre id="bibx">@misc{x}</pre><button data-copy="#bibx" data-done="Copied">BibTeX</button>');
        }"""
    )
    page.keyboard.press("j")
    page.keyboard.press("c")
    until(page, "document.querySelector('[data-copy]').classList.contains('ok')")
    assert page.evaluate(read) == "@misc{x}"


def test_an_entry_read_for_a_while_is_marked_and_counted(open_page):
    page = open_page("/offline/")
    page.clock.install()
    page.goto(DIGEST)
    page.evaluate("document.getElementById('e3').scrollIntoView({behavior: 'instant'})")
    page.clock.run_for(6_000)
    assert page.locator(".seen").count() == 0
    page.clock.run_for(4_000)
    assert page.locator("#e3 .seen").count() == 1
    page.reload()
    assert page.locator("#e3 .seen").count() == 1
    page.goto("/en/digests/2024/10/")
    assert page.get_by_text("1 read").is_visible()
    page.goto("/en/reading-list/")
    page.get_by_label("Mark what I have read").uncheck()
    page.goto(DIGEST)
    page.clock.run_for(20_000)
    assert page.locator(".seen").count() == 0
    page.goto("/en/reading-list/")
    page.get_by_label("Mark what I have read").check()
    page.get_by_role("button", name="Clear the marks").click()
    page.goto(DIGEST)
    assert page.locator(".seen").count() == 0
