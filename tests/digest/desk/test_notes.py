"""The buttons and the history of a note, and the whole story from the first word to the readers."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from accounts.roles import assign_role
from digest.editing.workflow import save_note
from digest.models import Digest, Entry, Event
from tests.build import build_digest, build_entry
from tests.digest.desk.conftest import dump, note_of
from tests.page import form_data, message_texts, read_forms


@pytest.fixture
def entry(db):
    return build_entry(title="Scaling laws", ko="", public=False)


def change_url(entry):
    return reverse("admin:digest_entry_change", args=[entry.pk])


def verb_url(entry, verb, language="ko"):
    return reverse("admin:digest_entry_note_verb", args=[entry.pk, language, verb])


def history_url(entry, language="ko"):
    return reverse("admin:digest_entry_note_history", args=[entry.pk, language])


def press(client, entry, verb, language="ko", **fields):
    """Press a button of the entry's page as a browser would; answers the page it leads to."""
    url = verb_url(entry, verb, language)
    data = form_data(client.get(change_url(entry)), url) | fields
    return client.post(url, data, follow=True)


def offered(client, entry, language="ko"):
    prefix = verb_url(entry, "x", language).removesuffix("x/")
    actions = [form["action"] for form in read_forms(client.get(change_url(entry)))]
    return [action.removeprefix(prefix).strip("/") for action in actions if action.startswith(prefix)]


def write(entry, language, body, by, rev=0):
    return save_note(entry=entry, language=language, body=body, by=by, rev=rev)


def add_entry(client, digest, **fields):
    url = reverse("admin:digest_entry_add")
    client.post(url, form_data(client.get(url, {"digest": digest.pk}), "entry_form") | fields)
    return Entry.objects.get()


def save(client, entry, **fields):
    client.post(change_url(entry), form_data(client.get(change_url(entry)), "entry_form") | fields)


def test_story_from_writer_to_readers(door, minji, tom, rina, paul):
    digest = build_digest("2024-11-01", public=False)
    client = door(minji)
    entry = add_entry(client, digest, new_title="A paper", ko="한국어 노트", tag_names="#moe")
    press(client, entry, "submit")

    client = door(tom)
    save(client, entry, en="English note")
    press(client, entry, "submit", "en")

    client = door(rina)
    press(client, entry, "request_changes", comment="숫자를 확인해 주세요.")
    press(client, entry, "approve", "en")

    client = door(minji)
    assert "숫자를 확인해 주세요." in client.get(history_url(entry)).content.decode()
    save(client, entry, ko="고친 노트")
    press(client, entry, "submit")
    press(door(rina), entry, "approve")
    press(door(tom), entry, "confirm", "en")

    assert not Entry.objects.published().exists()
    door(paul).post(reverse("admin:digest_digest_publish", args=[digest.pk]), {"now": "1"})
    public = Entry.objects.published().get()
    assert {note.language: note.live.body for note in public.notes.all()} == {
        "ko": "고친 노트",
        "en": "English note",
    }
    verbs = list(Event.objects.order_by("pk").values_list("verb", "actor__username"))
    assert verbs[0] == ("add", "minji")
    assert verbs[-1] == ("publish", "paul")


def test_author_cannot_approve_their_own_text_but_a_colleague_can(door, rina, entry):
    write(entry, "ko", "리나의 글", rina)
    client = door(rina)
    press(client, entry, "submit")
    assert offered(client, entry) == ["pull_back", "request_changes"]
    response = client.post(verb_url(entry, "approve"), {"rev": "1"}, follow=True)
    assert note_of(entry, "ko").state == "review"
    assert len(message_texts(response)) == 1
    other = get_user_model().objects.create_user("sora", password="pw", is_staff=True)
    assign_role(other, "reviewer", ["ko"])
    press(door(other), entry, "approve")
    note = note_of(entry, "ko")
    assert (note.state, note.revisions.get().reviewed_by) == ("approved", other)


def test_approval_of_a_text_that_moved_on_is_refused(door, minji, rina, entry):
    write(entry, "ko", "첫 글", minji)
    press(door(minji), entry, "submit")
    client = door(rina)
    page = client.get(change_url(entry))
    write(entry, "ko", "그사이 바뀐 글", minji, rev=1)
    response = client.post(
        verb_url(entry, "approve"), form_data(page, verb_url(entry, "approve")), follow=True
    )
    assert note_of(entry, "ko").state == "review"
    assert "2" in message_texts(response)[0]


def test_changes_cannot_be_asked_for_without_a_reason(door, minji, rina, entry):
    write(entry, "ko", "글", minji)
    press(door(minji), entry, "submit")
    press(door(rina), entry, "request_changes", comment="  ")
    assert note_of(entry, "ko").state == "review"


def test_buttons_are_those_that_the_user_may_press(door, minji, tom, rina, paul, entry):
    write(entry, "ko", "글", minji)
    assert offered(door(minji), entry) == ["submit"]
    assert offered(door(tom), entry) == []
    press(door(minji), entry, "submit")
    assert offered(door(minji), entry) == ["pull_back"]
    assert offered(door(rina), entry) == ["pull_back", "request_changes", "approve"]
    assert offered(door(paul), entry) == []


def test_a_verb_never_writes_the_text_form(door, minji, entry):
    write(entry, "ko", "글", minji)
    door(minji).post(verb_url(entry, "submit"), {"rev": "1", "ko": "몰래", "ko_rev": "1"})
    assert note_of(entry, "ko").body == "글"


@pytest.mark.parametrize("rev", ["", "x", "-1", "²", "9" * 40])
def test_a_verb_without_a_revision_is_refused(door, minji, entry, rev):
    write(entry, "ko", "글", minji)
    door(minji).post(verb_url(entry, "submit"), {"rev": rev})
    assert note_of(entry, "ko").state == "draft"


def test_unknown_verbs_and_languages_are_not_found(door, boss, minji, entry):
    write(entry, "ko", "글", minji)
    client = door(boss)
    for url in (verb_url(entry, "delete"), verb_url(entry, "submit", "ja"), verb_url(entry, "submit", "en")):
        assert client.post(url, {"rev": "1"}).status_code == 404


def test_publish_and_unpublish_a_note(door, paul, minji, rina):
    entry = build_entry(ko="첫 글")
    write(entry, "ko", "둘째 글", minji, rev=1)
    press(door(minji), entry, "submit")
    press(door(rina), entry, "approve")
    client = door(paul)
    assert note_of(entry, "ko").live.body == "첫 글"
    press(client, entry, "publish")
    assert note_of(entry, "ko").live.body == "둘째 글"
    press(client, entry, "unpublish")
    assert not Entry.objects.published().exists()
    assert note_of(entry, "ko").body == "둘째 글"


# -- history --------------------------------------------------------------------------------------------


def test_history_shows_any_two_revisions(door, minji, entry):
    for rev, body in enumerate(["하나 둘", "하나 셋", "넷 셋"]):
        write(entry, "ko", body, minji, rev=rev)
    client = door(minji)
    html = client.get(history_url(entry)).content.decode()
    assert "<del>하나</del><ins>넷</ins> 셋" in html
    html = client.get(history_url(entry), {"old": "1", "new": "2"}).content.decode()
    assert "하나 <del>둘</del><ins>셋</ins>" in html
    for odd in ({"old": "x"}, {"new": "99"}, {"old": "-1", "new": "²"}):
        assert client.get(history_url(entry), odd).status_code == 200


def test_restore_is_a_new_revision(door, minji, entry):
    write(entry, "ko", "첫 글", minji)
    write(entry, "ko", "둘째 글", minji, rev=1)
    client = door(minji)
    url = reverse("admin:digest_entry_note_restore", args=[entry.pk, "ko"])
    data = form_data(client.get(history_url(entry)), url)
    assert data == {"rev": "2", "restore": "1"}
    client.post(url, data)
    note = note_of(entry, "ko")
    assert (note.rev, note.body, note.revisions.get(rev=3).origin) == (3, "첫 글", "restore")


def test_restore_over_a_newer_text_is_refused(door, minji, rina, entry):
    write(entry, "ko", "첫 글", minji)
    write(entry, "ko", "둘째 글", minji, rev=1)
    write(entry, "ko", "리나의 글", rina, rev=2)
    url = reverse("admin:digest_entry_note_restore", args=[entry.pk, "ko"])
    response = door(minji).post(url, {"rev": "2", "restore": "1"}, follow=True)
    assert note_of(entry, "ko").body == "리나의 글"
    assert message_texts(response)


def test_preview_is_private_and_shows_the_working_copy(door, tom, minji):
    entry = build_entry(ko="공개 글")
    write(entry, "ko", "초안 **굵게**", minji, rev=1)
    response = door(tom).get(reverse("admin:digest_entry_preview", args=[entry.pk]))
    assert "초안 <strong>굵게</strong>" in response.content.decode()
    assert response.headers["Cache-Control"] == "private, no-store"


def test_looking_writes_nothing(door, boss, minji, entry):
    write(entry, "ko", "글", minji)
    before = dump()
    client = door(boss)
    for url in (history_url(entry), history_url(entry, "en"), change_url(entry)):
        assert client.get(url).status_code == 200
    for verb in ("submit", "approve"):
        assert client.get(verb_url(entry, verb)).status_code == 405
    assert dump() == before
    assert Digest.objects.count() == 1
