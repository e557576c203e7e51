"""After a save: staying, going on to the next entry, and the verb of the main button."""

import pytest
from django.urls import reverse

from digest.editing.glossary import term_pairs
from digest.editing.workflow import save_note, submit
from digest.models import Event, Note, Term
from tests.build import build_entry
from tests.digest.desk.conftest import dump, note_of
from tests.page import form_data, message_texts


@pytest.fixture
def entries(db):
    """Two entries of one digest, with nothing written."""
    return [build_entry(title=f"Paper {n}", ko="", public=False) for n in (1, 2)]


def change_url(entry):
    return reverse("admin:digest_entry_change", args=[entry.pk])


def save(client, entry, button, value="1", page=None, query="", **fields):
    url = change_url(entry) + query
    data = form_data(page or client.get(url), "entry_form") | fields | {button: value}
    return client.post(url, data)


def write(entry, language, body, by, rev=0):
    return save_note(entry=entry, language=language, body=body, by=by, rev=rev)


def state(entry, language="ko"):
    note = note_of(entry, language)
    return note.rev, note.state


def test_save_stays_on_the_page(door, minji, entries):
    response = save(door(minji), entries[0], "_continue", ko="글")
    assert (response.status_code, response.headers["Location"]) == (302, change_url(entries[0]))
    assert state(entries[0]) == (1, "draft")


def test_save_and_next_goes_through_the_digest_and_ends_at_its_page(door, minji, entries):
    client = door(minji)
    assert save(client, entries[0], "_next", ko="글").headers["Location"] == change_url(entries[1])
    end = save(client, entries[1], "_next", ko="글").headers["Location"]
    assert end == reverse("admin:digest_digest_change", args=[entries[0].digest_id])


def test_main_button_saves_submits_and_goes_on(door, minji, entries):
    response = save(door(minji), entries[0], "_verb", "submit:ko:0", ko="글")
    assert response.headers["Location"] == change_url(entries[1])
    assert state(entries[0]) == (1, "review")
    assert [event.verb for event in Event.objects.all()] == ["submit", "save"]


def test_main_button_approves_what_the_page_showed(door, boss, minji, entries):
    submit(note=write(entries[0], "ko", "글", minji), by=minji, rev=1)
    assert save(door(boss), entries[0], "_verb", "approve:ko:1").headers["Location"] == change_url(entries[1])
    assert state(entries[0]) == (1, "approved")


def test_refused_verb_keeps_the_text_and_stays_with_the_reason(door, boss, minji, entries):
    submit(note=write(entries[0], "ko", "글", minji), by=minji, rev=1)
    client = door(boss)
    response = save(client, entries[0], "_verb", "approve:ko:1", ko="내가 고친 글")
    assert response.headers["Location"] == change_url(entries[0])
    assert state(entries[0]) == (2, "review")
    assert any("한국어" in text for text in message_texts(client.get(change_url(entries[0]))))


def test_refused_save_calls_no_verb(door, minji, rina, entries):
    write(entries[0], "ko", "처음", minji)
    client = door(minji)
    page = client.get(change_url(entries[0]))
    write(entries[0], "ko", "리나의 글", rina, rev=1)
    assert save(client, entries[0], "_verb", "submit:ko:1", page, ko="민지의 글").status_code == 409
    assert state(entries[0]) == (2, "draft")


def test_untouched_text_never_lets_a_verb_pass_over_a_colleagues_newer_one(door, boss, minji, entries):
    submit(note=write(entries[0], "ko", "읽은 글", minji), by=minji, rev=1)
    client = door(boss)
    page = client.get(change_url(entries[0]))
    write(entries[0], "ko", "읽지 않은 글", minji, rev=1)
    response = save(client, entries[0], "_verb", "approve:ko:1", page)
    assert response.headers["Location"] == change_url(entries[0])
    assert state(entries[0]) == (2, "review")


def test_open_warnings_are_shown_and_acknowledged(door, tom, entries):
    Term.objects.create(ko="배치 크기", en="batch size")
    assert term_pairs()
    entry = build_entry(title="Third", ko="배치 크기가 커집니다.", public=False)
    client = door(tom)
    first = save(client, entry, "_verb", "submit:en:0", en="It grows in every step of it.")
    assert first.headers["Location"] == change_url(entry)
    page = client.get(change_url(entry))
    assert page.context["warned"] == ["en"]
    assert 'data-acknowledge="en"><input type="checkbox" id="acknowledge"' in page.content.decode()
    assert state(entry, "en") == (1, "draft")
    save(client, entry, "_verb", "submit:en:1", acknowledge="1")
    assert state(entry, "en") == (1, "review")


@pytest.mark.parametrize(
    "value",
    [
        "",
        "submit",
        "submit:ja:1",
        "submit:ko:x",
        "submit:ko:" + "9" * 400,
        "submit:\x00:1",
        "publish:ko:1",
        "unpublish:ko:1",
        "save:ko:1",
        "::::",
        "submit:en:0",
    ],
)
def test_made_up_verbs_change_nothing(door, minji, entries, value):
    write(entries[0], "ko", "글", minji)
    before = dump()
    response = save(door(minji), entries[0], "_verb", value)
    assert response.headers["Location"] == change_url(entries[0])
    assert dump() == before


def test_translator_cannot_send_the_source_to_review(door, tom, minji, entries):
    write(entries[0], "ko", "글", minji)
    save(door(tom), entries[0], "_verb", "submit:ko:1")
    assert state(entries[0]) == (1, "draft")


def test_verb_form_goes_on_only_when_it_was_done(door, rina, minji, entries):
    submit(note=write(entries[0], "ko", "글", minji), by=minji, rev=1)
    url = reverse("admin:digest_entry_note_verb", args=[entries[0].pk, "ko", "approve"])
    client = door(rina)
    assert client.post(url, {"rev": "9", "_next": "1"}).headers["Location"] == change_url(entries[0])
    assert client.post(url, {"rev": "1", "_next": "1"}).headers["Location"] == change_url(entries[1])
    assert state(entries[0]) == (1, "approved")


def test_work_goes_on_in_the_queue_it_came_from(door, tom, minji):
    entries = [build_entry(f"2024-10-{day}", public=False, ko="") for day in (10, 20, 30)]
    for entry in (entries[0], entries[2]):
        write(entry, "ko", "글", minji)
    client = door(tom)
    query = "?queue=translate&lang=en"
    first = save(client, entries[0], "_verb", "submit:en:0", query=query, en="Text")
    assert first.headers["Location"] == change_url(entries[2]) + "?queue=translate&task=en&lang=en"
    last = save(client, entries[2], "_next", query=query, en="Text")
    assert last.headers["Location"] == reverse("admin:index") + "?queue=translate&lang=en"
    assert not Note.objects.filter(language="en", state="changes").exists()


def test_save_and_verbs_come_back_to_the_queue(door, tom, minji, entries):
    write(entries[0], "ko", "글", minji)
    client = door(tom)
    stay = save(client, entries[0], "_continue", query="?queue=translate&lang=en&odd=1", en="Text")
    assert stay.headers["Location"] == change_url(entries[0]) + "?queue=translate&task=en&lang=en"
    page = client.get(stay.headers["Location"])
    url = reverse("admin:digest_entry_note_verb", args=[entries[0].pk, "en", "submit"])
    assert f'action="{url}?queue=translate&amp;task=en&amp;lang=en"' in page.content.decode()
