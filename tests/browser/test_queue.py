"""The first page of the desk in a real browser: no barrier in any look, and all of it by keyboard."""

import datetime

import pytest

from digest.models import EditSession, Event, ImportRun, Note, Notification
from tests.browser.test_pages import barriers, looks
from tests.build import build_digest, build_entry

pytestmark = pytest.mark.django_db(transaction=True)
QUEUE = "/admin/?queue=translate"
LATIN = "Long Context is Not Long at All: A Prospector of Long-Dependency Data for Large Language Models"


@pytest.fixture
def planted(site, rina, boss):
    """Something to see in every queue and every section."""
    overdue = build_entry("2024-10-29", title=LATIN, ko="글", authors=["Kim"])
    Note.objects.create(entry=overdue, language="en", assignee=boss, due_on=datetime.date(2024, 11, 1))
    EditSession.objects.create(entry=overdue, language="en", user=rina)
    for number in range(3):
        build_entry("2024-10-30", title=f"Paper {number}", ko="글")
    stale = build_entry("2024-10-30", title="Stale", ko="글", en="Text")
    stale.notes.filter(language="ko").update(rev=2, sig_rev=2, state="review")
    EditSession.objects.create(
        entry=stale,
        language="ko",
        user=boss,
        body="글",
        draft_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
    )
    build_digest("2024-11-05", public=False)
    ImportRun.objects.create()
    note = stale.notes.get(language="ko")
    event = Event.objects.create(
        verb="assign", object_type="note", object_id=note.pk, object_label="x", actor=rina
    )
    Notification.objects.create(user=boss, event=event, note=note)
    return overdue


def open_queue(context, path=QUEUE):
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(f"error: {error}"))
    page.goto(path)
    return page


def focused(page):
    return page.evaluate("document.activeElement.textContent.trim()")


def test_every_queue_is_quiet_fits_and_has_no_barrier(browser_of, boss, planted):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe().axe_script
    page = open_queue(browser_of(boss))
    wide, barred = [], []
    for name in ("translate", "stale", "review", "metadata", "conflicts", "all&lang=en"):
        page.goto(f"/admin/?queue={name}")
        page.evaluate(axe)
        for look in looks(page):
            # The admin fades colours over; axe must not look half-way.
            page.evaluate("Promise.all(document.getAnimations().map(fade => fade.finished)).then(() => null)")
            if page.evaluate("document.documentElement.scrollWidth") > look[0]:
                wide.append((look, name))
            barred += [(look, name, *barrier) for barrier in barriers(page)]
    page.keyboard.press("?")
    page.evaluate(axe)
    barred += [("dialog", barrier) for barrier in barriers(page)]
    page.set_viewport_size({"width": 768, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 768
    assert (wide, barred, page.said) == ([], [], [])


def test_keys_move_choose_and_open(browser_of, boss, planted):
    page = open_queue(browser_of(boss))
    page.keyboard.press("k")
    assert focused(page) == LATIN
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    assert focused(page) == "Paper 1"
    chosen = page.locator(".q-row:has(:checked) .q-title > a")
    assert chosen.all_text_contents() == ["Paper 0"]
    page.keyboard.press("k")
    page.keyboard.press("x")
    assert chosen.count() == 0
    for _ in range(9):
        page.keyboard.press("j")
    assert focused(page) == "Paper 2"
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/?queue=translate&task=en")


def test_single_letters_can_be_switched_off_and_stay_off(browser_of, boss, planted):
    page = open_queue(browser_of(boss))
    page.keyboard.press("?")
    page.get_by_label("Single-letter shortcuts").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    assert page.locator(".q-row:focus-within").count() == 0
    page.reload()
    page.keyboard.press("?")
    assert not page.locator("#queue-keys").is_visible()
    page.get_by_role("button", name="Keyboard shortcuts").click()
    assert page.locator("#queue-keys").is_visible()


def test_letters_typed_into_a_field_stay_there(browser_of, boss, planted):
    page = open_queue(browser_of(boss))
    page.get_by_text("Filters and order").click()
    tag = page.get_by_label("Tag")
    tag.click()
    page.keyboard.type("jx?k")
    assert tag.input_value() == "jx?k"
    assert page.locator(".q-row :checked").count() == 0
    assert not page.locator("#queue-keys").is_visible()


def test_letters_of_an_unfinished_syllable_are_no_keys(browser_of, boss, planted):
    page = open_queue(browser_of(boss))
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', isComposing: true, bubbles: true}))"
    )
    assert page.locator(".q-row:focus-within").count() == 0


def test_without_script_rows_are_filtered_and_taken(browser_of, boss, planted):
    page = open_queue(browser_of(boss, java_script_enabled=False))
    page.get_by_text("Filters and order").click()
    page.get_by_label("Digest", exact=True).fill("2024-10-29")
    page.get_by_role("button", name="Show", exact=True).click()
    assert page.locator(".q-row").count() == 1
    page.goto(QUEUE)
    page.get_by_label("Choose Paper 0").check()
    page.get_by_label("Choose Paper 2").check()
    page.get_by_role("button", name="Take them").click()
    assert page.get_by_text("Assigned.").count() == 2
    taken = Note.objects.filter(assignee=boss, entry__paper__title__startswith="Paper")
    assert set(taken.values_list("entry__paper__title", "language")) == {("Paper 0", "en"), ("Paper 2", "en")}
    assert page.get_by_role("button", name="Keyboard shortcuts").count() == 0
