"""The button for a suggestion, through the desk's own address."""

import pytest
from django.urls import reverse

from digest.editing.suggesting import suggest_translation
from digest.editing.workflow import save_note
from digest.models import Note
from tests.build import build_entry
from tests.digest.desk.conftest import dump
from tests.page import inline_code, message_texts
from tests.translator import configure, translator


@pytest.fixture
def service(settings):
    with translator() as server:
        configure(settings, server, "deepl")
        yield server


@pytest.fixture
def entry(db, boss):
    entry = build_entry(public=False, ko="", title="Scaling & Laws")
    save_note(entry=entry, language="ko", body="노트", by=boss, rev=0)
    return entry


def address(entry, language="en"):
    return reverse("admin:digest_entry_suggest", args=[entry.pk, language])


def test_who_may_ask(client, service, entry, stranger, paul, minji, tom):
    found = []
    for person in (None, stranger, paul, minji, tom):
        client.logout()
        if person:
            client.force_login(person)
        found.append(
            (client.get(address(entry)).status_code, client.post(address(entry), {"rev": "0"}).status_code)
        )
    # Paul and Minji may look at entries: they are refused with a message.
    assert found == [(302, 302), (405, 403), (405, 302), (405, 302), (405, 302)]
    assert [note.language for note in Note.objects.order_by("pk")] == ["ko", "en"]
    assert len(service.asked) == 1


def test_a_first_draft_is_stored_and_the_editor_opens(door, service, entry, tom):
    response = door(tom).post(address(entry), {"rev": "0"}, follow=True)
    assert response.redirect_chain == [(reverse("admin:digest_entry_change", args=[entry.pk]), 302)]
    assert len(message_texts(response)) == 1
    assert Note.objects.get(language="en").body == "A translation"


def test_beside_a_text_it_is_only_shown(door, service, entry, tom):
    save_note(entry=entry, language="en", body="A text", by=tom, rev=0)
    service.text = "A <b>text</b>"
    before = dump()
    response = door(tom).post(address(entry), {"rev": "1"})
    html = response.content.decode()
    assert response.status_code == 200
    assert "A &lt;b&gt;text&lt;/b&gt;</textarea>" in html
    assert "<b>text" not in html
    assert inline_code(response) == []
    assert dump() == before


def test_editor_has_the_button_only_where_it_works(door, service, entry, tom, minji, settings):
    page = reverse("admin:digest_entry_change", args=[entry.pk])
    for person, addresses in ((tom, ["en"]), (minji, [])):
        html = door(person).get(page).content.decode()
        assert [code for code in ("ko", "en") if f'action="{address(entry, code)}"' in html] == addresses
    settings.SUGGESTIONS = ""
    assert address(entry) not in door(tom).get(page).content.decode()


def test_a_refusal_is_a_message(door, service, entry, tom):
    service.mode = 429
    before = dump()
    response = door(tom).post(address(entry), {"rev": "0"}, follow=True)
    assert len(message_texts(response)) == 1
    assert dump() == before


@pytest.mark.parametrize("rev", ["x", "\0", "9" * 400, "-1", "7"])
def test_a_bad_revision_asks_nobody(door, service, entry, tom, rev):
    assert door(tom).post(address(entry), {"rev": rev}).status_code == 302
    assert service.asked == []


def test_what_is_not_there_is_404_for_those_who_may_know(door, entry, tom, stranger):
    nowhere = [
        reverse("admin:digest_entry_suggest", args=args) for args in ((10**30, "en"), (entry.pk, "ja"))
    ]
    assert [door(tom).post(url).status_code for url in nowhere] == [404, 404]
    assert [door(stranger).post(url).status_code for url in nowhere] == [403, 403]


def test_unread_suggestion_is_adopted_by_a_button(door, service, entry, tom):
    note = suggest_translation(entry=entry, language="en", by=tom, rev=0).note
    client = door(tom)
    address_of = reverse("admin:digest_entry_note_verb", args=[entry.pk, "en", "adopt"])
    html = client.get(reverse("admin:digest_entry_change", args=[entry.pk])).content.decode()
    assert f'action="{address_of}' in html
    client.post(address_of, {"rev": "1"})
    note.refresh_from_db()
    assert (note.rev, note.revisions.first().origin) == (2, "edit")
    html = client.get(reverse("admin:digest_entry_change", args=[entry.pk])).content.decode()
    assert f'action="{address_of}' not in html
