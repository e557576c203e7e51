"""The two-language editor in a browser: by keyboard alone, in every look, and without script."""

import pytest
from django.urls import reverse

from digest.editing.commenting import add_comment
from digest.editing.workflow import save_note, submit
from digest.models import Comment, Note, Term
from tests.browser.test_pages import barriers
from tests.browser.until import until
from tests.build import build_entry
from tests.digest.desk.conftest import note_of

WIDE = {"width": 1440, "height": 900}
COMPOSING = """area => area.dispatchEvent(new KeyboardEvent("keydown",
    {key: "Enter", ctrlKey: true, isComposing: true, bubbles: true, cancelable: true}))"""


@pytest.fixture
def entries(minji):
    """Two entries that wait for their English."""
    Term.objects.create(ko="배치 크기", en="batch size")
    entries = [
        build_entry(title=f"Paper {n}", authors=["Kim"], abstract="We ask.", ko="", public=False)
        for n in (1, 2)
    ]
    for entry in entries:
        save_note(
            entry=entry, language="ko", body="배치 크기는 512입니다.\n\n둘째 문단입니다.", by=minji, rev=0
        )
    return entries


def change_url(entry):
    return reverse("admin:digest_entry_change", args=[entry.pk])


def open_editor(context, entry, query=""):
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.goto(change_url(entry) + query)
    return page


def text_of(page, selector):
    return f"document.querySelector('{selector}').innerText"


def test_a_translation_by_keyboard_alone(browser_of, tom, entries):
    page = open_editor(browser_of(tom, viewport=WIDE), entries[0], "?queue=translate&lang=en")
    page.locator("#id_en").focus()
    page.keyboard.type("The batch size is 511.")
    until(page, text_of(page, "#checks") + ".includes('The number 512 is missing.')")
    until(page, "document.getElementById('checks-said').textContent.includes('3 warnings')")
    assert page.locator("#terms .ok").count() == 1
    assert page.evaluate("document.activeElement.id") == "id_en"
    for _ in "1.":
        page.keyboard.press("Backspace")
    page.keyboard.type("2. x")
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("The second paragraph.")
    until(page, "!" + text_of(page, "#checks") + ".includes('number')")
    until(page, text_of(page, "#preview") + ".includes('The second paragraph.')")
    assert page.locator("#preview .pair").get_attribute("data-rows") == "2"
    assert page.locator("#length-en").inner_text() == "8 words · 2 ¶"
    assert page.evaluate("document.activeElement.selectionStart") == len(
        "The batch size is 512. \n\nThe second paragraph."
    )
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**{change_url(entries[1])}?queue=translate&task=en&lang=en")
    assert [note_of(entries[0], "en").state, note_of(entries[0], "en").rev] == ["review", 1]
    assert page.said == []


def test_save_stays_and_arrows_go_through_the_digest(browser_of, tom, entries):
    page = open_editor(browser_of(tom), entries[0])
    page.locator("#id_en").fill("Text")
    page.keyboard.press("Control+s")
    page.locator(".messagelist", has_text="Saved.").wait_for()
    assert note_of(entries[0], "en").body == "Text"
    page.keyboard.press("Alt+ArrowDown")
    page.wait_for_url(f"**{change_url(entries[1])}")
    page.keyboard.press("Alt+ArrowUp")
    page.wait_for_url(f"**{change_url(entries[0])}")


def test_no_key_acts_while_composing_and_none_of_one_letter_in_a_field(browser_of, tom, entries):
    page = open_editor(browser_of(tom), entries[0])
    page.locator("#id_en").evaluate(COMPOSING)
    page.locator("#id_en").focus()
    page.keyboard.type("What? ")
    assert page.locator("#id_en").input_value() == "What? "
    assert not page.locator("#keys").is_visible()
    assert page.url.endswith(change_url(entries[0]))
    assert not Note.objects.filter(language="en").exists()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()


def test_warnings_are_looked_at_before_the_text_goes_to_review(browser_of, tom, entries):
    page = open_editor(browser_of(tom), entries[0])
    box = page.get_by_label("I have looked at the warnings; submit all the same")
    assert not box.is_visible()
    page.locator("#id_en").fill("The batch size is 512 and that is the whole of it.")
    box.wait_for()
    page.keyboard.press("Control+Enter")
    page.locator(".messagelist .error").wait_for()
    assert note_of(entries[0], "en").state == "draft"
    box.check()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**{change_url(entries[1])}")
    assert note_of(entries[0], "en").state == "review"


def test_a_selected_phrase_becomes_a_comment_and_the_typed_text_stays(browser_of, rina, entries):
    page = open_editor(browser_of(rina), entries[0])
    area = page.locator("#id_ko")
    area.fill("아직 저장하지 않은 글: 배치 크기")
    area.evaluate("area => { area.focus(); area.setSelectionRange(14, 19); }")
    page.get_by_role("button", name="Comment on selection").click()
    assert page.locator("#comment-quote").input_value() == "배치 크기"
    page.keyboard.type("왜요?")
    page.keyboard.press("Control+Enter")
    until(page, text_of(page, "#comments") + ".includes('왜요?')")
    assert area.input_value() == "아직 저장하지 않은 글: 배치 크기"
    assert [(row.quote, row.body) for row in Comment.objects.all()] == [("배치 크기", "왜요?")]
    page.get_by_role("button", name="Resolve").click()
    until(page, text_of(page, "#comments") + ".includes('resolved by rina')")
    assert page.evaluate("document.activeElement.id") == "comments"
    assert page.said == []


def test_a_phrase_finds_earlier_translations_in_place(browser_of, tom, entries):
    build_entry("2024-10-01", ko="배치 크기가 커진다", en="Batch size grows")
    page = open_editor(browser_of(tom), entries[0])
    page.locator("#id_ko").evaluate("area => { area.focus(); area.setSelectionRange(0, 5); }")
    page.get_by_role("button", name="Earlier translations of it").click()
    until(page, text_of(page, "#concordance-found") + ".includes('Batch size grows')")
    page.locator("#phrase").fill("없는 말")
    page.keyboard.press("Enter")
    until(page, text_of(page, "#concordance-found") + ".includes('No earlier note')")
    assert page.url.endswith(change_url(entries[0]))


def test_a_check_is_dismissed_in_place_and_a_reason_is_not_lost_to_typing(browser_of, tom, entries):
    save_note(entry=entries[0], language="en", body="The batch size is big.\n\nTwo.", by=tom, rev=0)
    page = open_editor(browser_of(tom), entries[0])
    item = page.locator("#checks li", has_text="512")
    item.locator("summary").click()
    item.get_by_label("Reason").fill("left out on purpose")
    page.locator("#id_en").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" More.")
    until(page, text_of(page, "#preview") + ".includes('More.')")
    assert item.get_by_label("Reason").input_value() == "left out on purpose"
    item.get_by_role("button", name="Dismiss").click()
    until(page, text_of(page, "#checks") + ".includes('Dismissed by tom: left out on purpose')")
    assert page.locator("#id_en").input_value().endswith(" More.")
    # The panel answers typing again.
    page.locator("#id_en").fill("The batch size is 512 now.\n\nThe second one.")
    until(page, "!" + text_of(page, "#checks") + ".includes('on purpose')")
    assert page.said == []


def test_the_page_is_quiet_fits_and_has_no_barrier(browser_of, boss, tom, rina, entries):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe().axe_script
    entry = entries[0]
    note = save_note(entry=entry, language="en", body="Batches.", by=tom, rev=0)
    submit(note=note, by=tom, rev=1, acknowledge=True)
    add_comment(note=note, by=rina, body="왜요?", quote="Batches")
    ko = note_of(entry, "ko")
    save_note(entry=entry, language="ko", body="배치 크기는 513입니다.", by=boss, rev=ko.rev)
    context = browser_of(boss)
    page = open_editor(context, entry)
    wide, barred, said = [], [], []
    for language in ("en", "ko"):
        context.add_cookies(
            [{"name": "desk_language", "value": language, "domain": "localhost", "path": "/admin/"}]
        )
        for width in (1440, 1024, 360):
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                page.goto(change_url(entry))
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    wide.append((language, width))
                page.wait_for_timeout(200)
                said += page.said
                page.evaluate(axe)
                barred += [(language, width, scheme, *barrier) for barrier in barriers(page)]
                page.said.clear()  # axe reads the admin's @import through a style element, which the policy blocks
    page.keyboard.press("?")
    barred += [("keys", *barrier) for barrier in barriers(page)]
    assert (wide, barred, said) == ([], [], [])


def test_concordance_page_has_no_barrier(browser_of, tom, entries):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe().axe_script
    build_entry("2024-10-01", ko="배치 크기가 커진다", en="Batch size grows")
    page = browser_of(tom).new_page()
    page.goto("/admin/concordance/?q=배치")
    page.evaluate(axe)
    assert barriers(page) == []
    page.set_viewport_size({"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_everything_works_without_script(browser_of, tom, rina, entries):
    page = open_editor(browser_of(tom, java_script_enabled=False), entries[0])
    page.locator("#id_en").fill("The batch size is 512.\n\nThe second paragraph.")
    page.get_by_role("button", name="Submit and next").click()
    assert page.url.endswith(change_url(entries[1]))
    assert note_of(entries[0], "en").state == "review"
    page.goto(change_url(entries[0]))
    page.locator("#comment-form summary").click()
    page.locator("#comment-language").select_option("en")
    page.locator("#comment-body").fill("Why?")
    page.get_by_role("button", name="Add comment").click()
    assert page.get_by_text("Why?").is_visible()
    page.locator("#phrase").fill("배치")
    page.get_by_role("button", name="Find").click()
    assert "/admin/concordance/?" in page.url
