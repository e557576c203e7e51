"""What an editor types outlives a dead tab, an ended session, a stopped server and a colleague, in a real browser."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from digest.editing.drafting import drafts_of, mark_present, save_draft
from digest.editing.workflow import save_note
from digest.models import EditSession, Note
from tests.browser.conftest import sign_in
from tests.browser.test_pages import barriers, looks
from tests.browser.until import until
from tests.build import build_entry

pytestmark = pytest.mark.django_db(transaction=True)
FIRST, SECOND = "첫 문단.", "둘째 문단."
BODY = f"{FIRST}\n\n{SECOND}"


@pytest.fixture
def entry(site):
    return build_entry(title="Scaling laws", ko=BODY, en="First.\n\nSecond.")


def open_editor(context, entry, query=""):
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(f"error: {error}"))
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(reverse("admin:digest_entry_change", args=[entry.pk]) + query)
    if not query.startswith("?script=off"):
        until(page, "!!document.getElementById('saved').dataset.state")
    return page


def write(page, text, language="ko"):
    """At the end of the text, key by key."""
    area = page.locator(f"#id_{language}")
    area.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def text_in(page, language="ko"):
    return page.locator(f"#id_{language}").input_value()


def wait_for(page, state):
    until(page, f"document.getElementById('saved').dataset.state === '{state}'", seconds=20)


def draft_of(entry, user, language="ko"):
    draft = drafts_of(entry, user).get(language)
    return draft and draft.body


def copies(page):
    """How many texts the device itself still keeps."""
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('desk-draft ')).length")


def complaints(page):
    """Everything the browser said but for the answers that a test asked for itself."""
    expected = ("401 (Unauthorized)", "409 (Conflict)", "ERR_CONNECTION", "ERR_NETWORK", "403 (Forbidden)")
    return [said for said in page.said if not any(words in said for words in expected)]


def test_a_pause_keeps_the_text_and_a_new_browser_finds_it(browser_of, entry, minji):
    context = browser_of(minji)
    page = open_editor(context, entry)
    write(page, " 이어서 쓴 글.")
    assert page.locator("#saved").inner_text() == "Not saved yet"
    wait_for(page, "kept")
    assert page.locator("#saved").inner_text().startswith("Draft kept at ")
    assert copies(page) == 0
    assert complaints(page) == []
    context.close()
    page = open_editor(browser_of(minji), entry)
    until(page, "document.getElementById('id_ko').value.includes('이어서')")
    assert text_in(page) == f"{BODY} 이어서 쓴 글."
    assert "was restored" in page.locator("#drafts").inner_text()
    assert Note.objects.get(language="ko").rev == 1
    page.locator("#drafts").get_by_role("button", name="Discard").click()
    until(page, "!document.getElementById('id_ko').value.includes('이어서')")
    assert (text_in(page), draft_of(entry, minji)) == (BODY, None)
    assert page.locator("#drafts section").count() == 0
    assert complaints(page) == []


def test_a_crashed_tab_loses_not_one_letter(browser_of, entry, minji):
    context = browser_of(minji)
    page = open_editor(context, entry)
    write(page, " 마지막 글자까지")
    with pytest.raises(Exception, match=r"(?i)crash"):
        page.goto("chrome://crash")
    assert draft_of(entry, minji) is None
    page = open_editor(context, entry)
    until(page, "document.getElementById('id_ko').value.includes('글자까지')")
    wait_for(page, "kept")
    assert draft_of(entry, minji) == f"{BODY} 마지막 글자까지"
    assert page.locator("#drafts section").count() == 1


def test_saving_ends_the_draft_and_leaves_nothing_on_the_device(browser_of, entry, minji):
    context = browser_of(minji)
    page = open_editor(context, entry)
    write(page, " 하나")
    page.locator("#id_ko").blur()
    wait_for(page, "kept")
    write(page, " 둘")
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    wait_for(page, "saved")
    assert Note.objects.get(language="ko").body == f"{BODY} 하나 둘"
    assert draft_of(entry, minji) is None
    assert (page.locator("#drafts section").count(), page.locator(".desk-conflict").count()) == (0, 0)
    assert copies(page) == 0
    assert complaints(page) == []


def test_an_ended_session_keeps_the_text_and_goes_on_after_signing_in_again(browser_of, entry, minji):
    page = open_editor(browser_of(minji), entry)
    Session.objects.all().delete()
    write(page, " 쓰던 글")
    page.locator("#id_ko").blur()
    wait_for(page, "signedOut")
    assert draft_of(entry, minji) is None
    with page.expect_popup() as popup:
        page.get_by_role("link", name="Sign in again").click()
    login = popup.value
    login.locator("input[type=password]").fill("pw")
    login.locator("input:not([type=hidden]):not([type=password])").first.fill("minji")
    login.locator("input[type=password]").press("Enter")
    login.wait_for_url("**/change/**")
    # The page that waited has an old token; it fetches the new one by itself.
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    wait_for(page, "kept")
    assert draft_of(entry, minji) == f"{BODY} 쓰던 글"
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    assert Note.objects.get(language="ko").body == f"{BODY} 쓰던 글"
    assert complaints(page) == []


def test_a_tab_closed_after_the_session_ended_comes_back_after_signing_in(browser_of, entry, minji):
    context = browser_of(minji)
    page = open_editor(context, entry)
    Session.objects.all().delete()
    write(page, " 쓰던 글")
    page.locator("#id_ko").blur()
    wait_for(page, "signedOut")
    page.close()
    sign_in(context, minji)
    page = open_editor(context, entry)
    until(page, "document.getElementById('id_ko').value.includes('쓰던')")
    wait_for(page, "kept")
    assert draft_of(entry, minji) == f"{BODY} 쓰던 글"


def test_another_person_at_the_same_browser_neither_sees_nor_keeps_the_text(browser_of, entry, minji, rina):
    context = browser_of(minji)
    page = open_editor(context, entry)
    sign_in(context, rina)
    write(page, " 민지의 글")
    page.locator("#id_ko").blur()
    wait_for(page, "signedOut")
    other = open_editor(context, entry)
    wait_for(other, "saved")
    assert (text_in(other), drafts_of(entry, rina)) == (BODY, {})


def test_a_stopped_server_keeps_the_text_and_a_new_one_gets_it(browser_of, site, entry, minji):
    context = browser_of(minji)
    page = open_editor(context, entry)
    site.off()
    write(page, " 서버 없이")
    page.locator("#id_ko").blur()
    wait_for(page, "offline")
    assert "kept on this device" in page.locator("#saved").inner_text()
    site.on()
    wait_for(page, "kept")
    assert draft_of(entry, minji) == f"{BODY} 서버 없이"
    # And once more, with the tab gone before the server is back.
    site.off()
    write(page, " 또")
    page.close(run_before_unload=False)
    site.on()
    page = open_editor(context, entry)
    until(page, "document.getElementById('id_ko').value.includes('또')")
    wait_for(page, "kept")
    assert draft_of(entry, minji) == f"{BODY} 서버 없이 또"
    assert page.locator(".desk-conflict").count() == 0
    assert complaints(page) == []


def test_an_answer_that_was_lost_is_no_conflict(browser_of, entry, minji):
    context = browser_of(minji)
    page = open_editor(context, entry)

    def answer_lost(route):
        route.fetch()
        route.abort()

    page.route("**/drafts/ko/", answer_lost, times=1)
    write(page, " 하나")
    page.locator("#id_ko").blur()
    wait_for(page, "offline")
    assert draft_of(entry, minji) == f"{BODY} 하나"
    write(page, " 둘")
    page.locator("#id_ko").blur()
    wait_for(page, "kept")
    assert draft_of(entry, minji) == f"{BODY} 하나 둘"
    assert page.locator(".desk-conflict").count() == 0


def test_a_colleague_who_saves_meanwhile_is_met_and_merged_with(browser_of, entry, minji, rina):
    page = open_editor(browser_of(minji), entry)
    page.locator("#id_ko").fill(f"민지의 {FIRST}\n\n{SECOND}")
    save_note(entry=entry, language="ko", body=f"{FIRST}\n\n리나의 {SECOND}", by=rina, rev=1)
    page.locator("#id_ko").blur()
    panel = page.locator(".desk-conflict")
    panel.wait_for()
    assert "rina saved revision 2" in panel.inner_text()
    assert panel.locator("ins").all_inner_texts() == ["리나의 ", "민지의 "]
    assert text_in(page) == f"민지의 {FIRST}\n\n{SECOND}"
    # The page may be left and opened again: all three texts are there still.
    wait_for(page, "kept")
    page.reload()
    panel.wait_for()
    panel.get_by_text("All three texts").click()
    assert panel.locator("[data-text=base]").inner_text() == BODY
    assert panel.locator("[data-text=theirs]").inner_text() == f"{FIRST}\n\n리나의 {SECOND}"
    assert panel.locator("[data-text=mine]").inner_text() == f"민지의 {FIRST}\n\n{SECOND}"
    panel.get_by_role("button", name="Use the merge").click()
    merged = f"민지의 {FIRST}\n\n리나의 {SECOND}"
    assert text_in(page) == merged
    wait_for(page, "kept")
    assert panel.count() == 0
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    note = Note.objects.get(language="ko")
    assert (note.body, note.rev, draft_of(entry, minji)) == (merged, 3, None)
    assert complaints(page) == []


def test_a_refused_save_shows_the_panel_and_the_drafts_base_stays_until_a_decision(
    browser_of, entry, minji, rina
):
    context = browser_of(minji)
    page = open_editor(context, entry)
    page.locator("#id_ko").fill(f"{FIRST}\n\n민지의 {SECOND}")
    save_note(entry=entry, language="ko", body=f"{FIRST}\n\n리나의 {SECOND}", by=rina, rev=1)
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    page.locator(".desk-conflict").wait_for()
    assert "only you can put them together" in page.locator(".desk-conflict").inner_text()
    wait_for(page, "kept")
    assert EditSession.objects.get(user=minji, draft_at__isnull=False).base_rev == 1
    # The tab dies: whoever comes back meets the three texts again, not a text that passes over Rina's.
    page.close()
    page = open_editor(context, entry)
    page.locator(".desk-conflict").wait_for()
    page.get_by_role("button", name="Keep my text").click()
    until(page, "!document.querySelector('.desk-conflict')")
    wait_for(page, "kept")
    assert EditSession.objects.get(user=minji, draft_at__isnull=False).base_rev == 2
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    assert Note.objects.get(language="ko").body == f"{FIRST}\n\n민지의 {SECOND}"
    assert complaints(page) == []


def test_two_tabs_of_one_person_never_overwrite_each_other(browser_of, entry, minji):
    context = browser_of(minji)
    first, second = open_editor(context, entry), open_editor(context, entry)
    first.locator("#id_ko").fill(f"하나 {FIRST}\n\n{SECOND}")
    first.locator("#id_ko").blur()
    wait_for(first, "kept")
    second.locator("#id_ko").fill(f"{FIRST}\n\n둘 {SECOND}")
    second.locator("#id_ko").blur()
    wait_for(second, "decide")
    panel = second.locator(".desk-conflict")
    assert "you have two unsaved texts" in panel.inner_text()
    assert draft_of(entry, minji) == f"하나 {FIRST}\n\n{SECOND}"
    panel.get_by_role("button", name="Use the merge").click()
    wait_for(second, "kept")
    assert draft_of(entry, minji) == f"하나 {FIRST}\n\n둘 {SECOND}"
    # The first tab hears of it as soon as it types.
    write(first, " 더")
    first.locator("#id_ko").blur()
    wait_for(first, "decide")
    assert complaints(first) + complaints(second) == []


def test_banner_and_panel_have_no_barrier_and_fit(browser_of, entry, minji, rina):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe().axe_script
    save_draft(
        entry=entry,
        language="ko",
        by=minji,
        body=f"민지의 {BODY}",
        base_rev=1,
        source_rev=1,
        serial=0,
    )
    save_note(entry=entry, language="ko", body=f"{BODY} 리나", by=rina, rev=1)
    page = open_editor(browser_of(minji), entry)
    page.locator(".desk-conflict").wait_for()
    # The link in the status line leads to the panel, by keyboard.
    page.locator("#saved a").press("Enter")
    assert page.evaluate("document.activeElement.dataset.conflict") == "ko"
    assert complaints(page) == []  # before axe, which styles inline
    page.evaluate(axe)
    barred, wide = [], []
    for width, scheme in looks(page):
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(width)
        page.wait_for_timeout(400)  # the admin's links fade from one theme to the other
        barred += [(width, scheme, *barrier) for barrier in barriers(page)]
    assert (barred, wide) == ([], [])


def test_others_are_named_while_they_are_here(browser_of, entry, minji, rina):
    mark_present(entry=entry, by=rina, language="ko")
    page = open_editor(browser_of(minji), entry)
    until(page, "document.getElementById('presence').textContent !== ''")
    assert page.locator("#presence").inner_text() == "Also here: rina (한국어)"
    assert complaints(page) == []


def test_without_script_the_draft_is_a_button_away(browser_of, entry, minji):
    EditSession.objects.create(
        entry=entry,
        language="ko",
        user=minji,
        body="쓰던 글",
        base_rev=1,
        serial=4,
        draft_at=entry.created_at,
    )
    page = open_editor(browser_of(minji, java_script_enabled=False), entry, "?script=off")
    assert "unsaved" in page.locator("#drafts").inner_text()
    page.get_by_role("button", name="Take up the draft").click()
    assert text_in(page) == "쓰던 글"
    page.get_by_role("button", name="Save", exact=False).first.click()
    assert Note.objects.get(language="ko").body == "쓰던 글"
    assert drafts_of(entry, minji) == {}
