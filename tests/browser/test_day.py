"""A note's way from the queue to approved-by-another, in a browser, without the mouse; and what readers see meanwhile."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from digest.editing.workflow import approve, save_note, submit
from digest.models import Digest
from tests.browser.until import until
from tests.build import build_entry
from tests.digest.desk.conftest import note_of


@pytest.fixture
def entry(minji, rina):
    """A public entry, Korean alone."""
    entry = build_entry("2024-10-30", title="How Deep?", ko="")
    note = save_note(entry=entry, language="ko", body="깊이는 96입니다.", by=minji, rev=0)
    submit(note=note, by=minji, rev=1)
    approve(note=note, by=rina, rev=1)
    return entry


def at_the_queue(page):
    page.wait_for_url(lambda url: urlsplit(url).path == reverse("admin:index"))


def sign_in_by_keyboard(page, name):
    page.goto(reverse("admin:index"))
    page.wait_for_url("**/admin/login/**")
    page.locator("input[name=login]").focus()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type("pw")
    page.keyboard.press("Enter")
    at_the_queue(page)


def to_first_row(page):
    page.keyboard.press("j")
    until(page, "document.activeElement.closest('.q-row') !== null")
    page.keyboard.press("Enter")
    page.locator("#entry_form").wait_for()


def test_from_the_queue_to_approved_by_another_by_keyboard_alone(chromium, site, client, entry, tom, rina):
    context = chromium.new_context(base_url=site.url, locale="en-GB")
    context.set_default_timeout(10_000)
    context.add_cookies([{"name": "desk_language", "value": "en", "domain": "localhost", "path": "/admin/"}])
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))

    sign_in_by_keyboard(page, "tom")
    to_first_row(page)
    page.locator("#id_en").focus()
    page.keyboard.type("The depth is 96.")
    page.keyboard.press("Control+Enter")
    at_the_queue(page)  # nothing else waits
    assert note_of(entry, "en").state == "review"

    sign_out = page.locator("#logout-form button")
    sign_out.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/login/**")

    sign_in_by_keyboard(page, "rina")
    to_first_row(page)
    page.keyboard.press("Control+Enter")
    at_the_queue(page)
    note = note_of(entry, "en")
    assert [note.state, note.revisions.get().author, note.revisions.get().reviewed_by] == [
        "approved",
        tom,
        rina,
    ]
    assert Digest.objects.get().publish_at is not None
    for address in ("/", "/en/", "/digests/2024-10-30/", "/en/digests/2024-10-30/"):
        assert "The depth is 96." not in client.get(address).content.decode()
    assert said == []
    context.close()
