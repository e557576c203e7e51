"""Composing in a browser: the parse beside the text, importing, the order by keys and by pointer, copying out."""

import pytest
from django.urls import reverse

from digest.models import Digest
from tests.browser.test_pages import barriers, looks
from tests.browser.until import until
from tests.build import build_entry

SEED = "2024-10-30\nFirst Paper\n(Ann Lee)\nAn abstract.\n첫 노트.\n#moe\nSecond Paper\n둘째 노트.\n#agent\n"
COMPOSE = "/admin/compose/"


@pytest.fixture
def page_of(browser_of):
    """A page of someone's, with whatever the browser complains about in ``page.said``."""

    def opener(user, path, **options):
        options.setdefault("viewport", {"width": 1440, "height": 900})
        page = browser_of(user, **options).new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(path)
        return page

    return opener


def change_url(digest):
    return reverse("admin:digest_digest_change", args=[digest.pk])


def build_all(letters, **fields):
    """The digest of an entry for each letter."""
    entries = [build_entry(title=letter, **fields) for letter in letters]
    return entries[0].digest


def titles(digest):
    return "".join(digest.entries.order_by("position").values_list("paper__title", flat=True))


def until_order(page, digest, expected):
    """The order is stored after the key, so wait for the sentence that says so."""
    until(page, "document.getElementById('order-said').textContent.includes('saved')")
    assert titles(digest) == expected


def test_seed_is_read_as_it_is_typed_and_imported_as_draft(page_of, minji):
    page = page_of(minji, COMPOSE)
    page.get_by_label("Text of the digest").fill(SEED + "2024-11-01\n")
    until(page, "document.querySelectorAll('.seed-lines li').length === 11")
    labels = page.locator(".seed-role").all_inner_texts()
    assert labels == [
        *("date", "title", "authors", "abstract", "Korean note", "tags"),
        *("title", "Korean note", "tags", "not read", "blank"),
    ]
    assert page.locator("p.seed-error").inner_text().startswith("Error 10: a second date")
    page.get_by_label("Text of the digest").fill(SEED)
    until(page, "document.querySelectorAll('p.seed-problem').length === 0")
    assert not Digest.objects.exists()
    page.get_by_role("button", name="Import as draft").click()
    page.get_by_role("link", name="Open the digest of 2024-10-30").click()
    until(page, "document.querySelectorAll('tr[data-title]').length === 2")
    assert Digest.objects.get().status == "draft"
    assert page.said == []


def test_line_of_the_caret_is_marked_in_the_parse(page_of, minji):
    page = page_of(minji, COMPOSE)
    box = page.get_by_label("Text of the digest")
    box.fill(SEED)
    until(page, "document.querySelectorAll('.seed-lines li').length === 10")
    box.press("Control+Home")
    box.press("ArrowDown")
    assert page.locator(".seed-lines [aria-current]").get_attribute("data-line") == "2"


def test_without_script_check_and_import_do_the_same(page_of, minji):
    page = page_of(minji, COMPOSE, java_script_enabled=False)
    page.get_by_label("Text of the digest").fill(SEED)
    page.get_by_role("button", name="Check").click()
    assert page.locator(".seed-role").count() == 10
    page.get_by_role("button", name="Import as draft").click()
    assert Digest.objects.get().entries.count() == 2


def test_order_by_keys_keeps_the_focus_and_is_saved(page_of, minji):
    digest = build_all("ABC", public=False)
    page = page_of(minji, change_url(digest))
    page.get_by_role("link", name="A", exact=True).focus()
    page.keyboard.press("Alt+ArrowDown")
    until_order(page, digest, "BAC")
    page.keyboard.press("Alt+ArrowDown")
    until(page, "document.querySelector('#order-form [name=order]').value.split(',').length === 3")
    until_order(page, digest, "BCA")
    assert page.evaluate("document.activeElement.textContent") == "A"
    page.get_by_role("button", name="Up: A").click()
    until_order(page, digest, "BAC")
    assert page.said == []


def test_order_by_pointer_is_saved(page_of, minji):
    digest = build_all("ABC", public=False)
    page = page_of(minji, change_url(digest))
    grip = page.get_by_role("button", name="Move A:")
    last = page.locator("tr[data-title=C]").bounding_box()
    grip.hover()
    page.mouse.down()
    page.mouse.move(last["x"] + 20, last["y"] + last["height"], steps=12)
    page.mouse.up()
    until_order(page, digest, "BCA")


def test_order_that_moved_meanwhile_is_refused_and_said(page_of, minji):
    digest = build_all("AB", public=False)
    page = page_of(minji, change_url(digest))
    build_entry(title="C", public=False)
    page.get_by_role("link", name="A", exact=True).focus()
    page.keyboard.press("Alt+ArrowDown")
    until(page, "document.getElementById('order-said').classList.contains('failed')")
    assert titles(digest) == "ABC"


def test_order_without_script(page_of, minji):
    digest = build_all("AB", public=False)
    page = page_of(minji, change_url(digest), java_script_enabled=False)
    assert page.get_by_role("button", name="Move A:").count() == 0
    page.get_by_role("button", name="Down: A").click()
    assert titles(digest) == "BA"


def test_copy_button_takes_the_text(page_of, minji):
    digest = build_entry(title="A").digest
    page = page_of(
        minji,
        reverse("admin:digest_digest_copy", args=[digest.pk]),
        permissions=["clipboard-read", "clipboard-write"],
    )
    page.get_by_role("button", name="Copy", exact=True).click()
    until(page, "document.getElementById('copy-said').textContent")
    text = page.get_by_label("Text of the digest").input_value()
    assert page.evaluate("navigator.clipboard.readText()") == text


def test_pages_fit_are_quiet_and_have_no_barrier(page_of, boss):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe().axe_script
    digest = build_all("AB", tags=["moe"])
    blocked = build_entry("2024-11-05", public=False).digest
    names = ("change", "publish", "copy", "entry", "history", "unpublish", "move")
    paths = [reverse(f"admin:digest_digest_{name}", args=[digest.pk]) for name in names]
    paths += [reverse("admin:digest_digest_publish", args=[blocked.pk]), COMPOSE]
    paths += [reverse("admin:digest_digest_changelist"), reverse("admin:digest_digest_add")]
    page = page_of(boss, COMPOSE)
    wide, barred, said = [], [], []
    for path in paths:
        page.said.clear()  # of what axe itself is told off for
        page.goto(path)
        if path == COMPOSE:
            page.get_by_label("Text of the digest").fill(SEED + "2024-11-01\n")
            until(page, "document.querySelectorAll('p.seed-problem').length")
        said += page.said
        page.evaluate(axe)
        for look in looks(page):
            # The admin fades colours over; axe must not look half-way.
            page.evaluate("Promise.all(document.getAnimations().map(fade => fade.finished)).then(() => null)")
            if page.evaluate("document.documentElement.scrollWidth") > look[0]:
                wide.append((look, path))
            barred += [(look, path, *barrier) for barrier in barriers(page)]
    assert (wide, barred, said) == ([], [], [])
