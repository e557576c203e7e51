"""Notifications, statistics, people and a suggestion in a real browser: quiet, fitting, without barriers, by keyboard."""

import pytest
from django.urls import reverse

from digest.editing.commenting import add_comment
from digest.editing.notifying import unread_count
from digest.editing.workflow import request_changes, save_note, submit
from digest.models import Note
from tests.browser.conftest import sign_in
from tests.browser.test_pages import barriers, looks
from tests.build import build_entry
from tests.translator import configure, translator

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def work(site, minji, tom, rina):
    """Minji wrote, Rina reviewed and commented, Tom is to translate."""
    entry = build_entry(title="Scaling laws: a very long title for a narrow page", public=False, ko="")
    note = save_note(entry=entry, language="ko", body="배치 크기가 중요합니다.", by=minji, rev=0)
    submit(note=note, by=minji, rev=1)
    request_changes(
        note=note,
        by=rina,
        rev=1,
        comment="근거를 더해 주세요. https://example.org/a-long-address-without-a-break",
    )
    add_comment(note=note, by=rina, body="한 가지 더 있습니다.")
    Note.objects.filter(pk=note.pk).update(assignee=minji)
    return entry


def watched(context):
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(f"error: {error}"))
    return page


def faults(page, axe):
    """What is too wide or barred, at both widths and in both themes."""
    page.evaluate(axe)
    found = []
    for look in looks(page):
        # The admin fades colours over; axe must not look half-way.
        page.evaluate("Promise.all(document.getAnimations().map(fade => fade.finished)).then(() => null)")
        if page.evaluate("document.documentElement.scrollWidth") > look[0]:
            found.append((look, "too wide"))
        found += [(look, *barrier) for barrier in barriers(page)]
    return found


@pytest.mark.parametrize("language", ["ko", "en"])
def test_pages_are_quiet_fit_and_have_no_barrier(browser_of, work, minji, language):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe().axe_script
    context = browser_of(minji)
    sign_in(context, minji, language)
    page, found = watched(context), []
    statistics, notifications = reverse("admin:statistics"), reverse("admin:notifications")
    for path in (
        notifications,
        f"{notifications}?show=all",
        statistics,
        f"{statistics}?first=2026-02&last=2026-01",
        reverse("admin:person", args=[minji.pk]),
    ):
        page.goto(path)
        found += [(path, *fault) for fault in faults(page, axe)]
    assert (found, page.said) == ([], [])


def test_suggestion_beside_a_text_has_no_barrier(browser_of, work, tom, settings):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe().axe_script
    save_note(entry=work, language="en", body="Batch size matters.", by=tom, rev=0)
    with translator() as service:
        configure(settings, service)
        page = watched(browser_of(tom))
        page.goto(reverse("admin:digest_entry_change", args=[work.pk]))
        page.get_by_role("button", name="Compare with a suggestion").click()
        assert page.get_by_label("Suggestion").input_value() == "A translation"
        assert (faults(page, axe), page.said) == ([], [])


def test_notifications_are_read_by_keyboard_without_script(browser_of, work, minji):
    page = watched(browser_of(minji, java_script_enabled=False))
    page.goto(reverse("admin:notifications"))
    assert page.locator(".desk-bell b").inner_text().startswith("2")
    page.get_by_role("button", name="Mark as read").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".messagelist")
    assert unread_count(minji) == 1
    page.get_by_role("button", name="Mark all as read").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Nothing unread.").wait_for()
    assert page.locator(".desk-bell b").count() == 0
