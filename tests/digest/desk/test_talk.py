"""Comments and assignment on the entry's page. The rules themselves are tested with their verbs."""

import datetime

import pytest
from django.urls import reverse

from digest.editing.assigning import assign
from digest.editing.commenting import add_comment
from digest.editing.workflow import save_note
from digest.models import Comment, Event, Note
from tests.build import build_entry
from tests.digest.desk.conftest import dump, note_of
from tests.page import form_data, inline_code, message_texts, read_forms

HOSTILE = "<script>alert(1)</script>{{7*7}}"


@pytest.fixture
def entry(minji):
    entry = build_entry(title="Scaling laws", ko="", public=False)
    save_note(entry=entry, language="ko", body="배치 크기", by=minji, rev=0)
    return entry


def change_url(entry):
    return reverse("admin:digest_entry_change", args=[entry.pk])


def comment_url(entry):
    return reverse("admin:digest_entry_comment", args=[entry.pk])


def settle_url(entry, comment, do):
    return reverse("admin:digest_entry_comment_settle", args=[entry.pk, comment.pk, do])


def assign_url(entry, language):
    return reverse("admin:digest_entry_note_assign", args=[entry.pk, language])


def offered(page):
    return {form["action"] for form in read_forms(page) if form["action"]}


# -- comments -------------------------------------------------------------------------------------------


def test_comment_is_written_resolved_and_reopened_from_the_page(door, rina, minji, entry):
    client = door(rina)
    data = form_data(client.get(change_url(entry)), comment_url(entry))
    # No option is marked as chosen: a browser posts the first.
    response = client.post(comment_url(entry), data | {"language": "ko", "quote": "배치", "body": "왜요?"})
    assert response.headers["Location"] == change_url(entry) + "#comments"
    comment = Comment.objects.get()
    assert (comment.quote, comment.body, comment.author) == ("배치", "왜요?", rina)

    client = door(minji)
    client.post(settle_url(entry, comment, "resolve"))
    page = client.get(change_url(entry))
    assert page.context["open_comments"] == 0
    assert settle_url(entry, comment, "reopen") in offered(page)
    client.post(settle_url(entry, comment, "reopen"))
    assert client.get(change_url(entry)).context["open_comments"] == 1


def test_open_comments_stand_before_resolved_ones(door, rina, entry):
    note = note_of(entry, "ko")
    comments = [add_comment(note=note, by=rina, body=f"의견 {n}") for n in range(3)]
    client = door(rina)
    client.post(settle_url(entry, comments[2], "resolve"))
    shown = client.get(change_url(entry)).context["comments"]
    assert [comment.body for comment in shown] == ["의견 1", "의견 0", "의견 2"]


def test_comment_stays_in_the_queue(door, rina, entry):
    query = "?queue=review&lang=ko"
    response = door(rina).post(comment_url(entry) + query, {"language": "ko", "body": "왜요?"})
    assert response.headers["Location"] == f"{change_url(entry)}?queue=review&task=ko&lang=ko#comments"


def test_who_may_neither_write_nor_review_reads_only(door, tom, rina, entry):
    comment = add_comment(note=note_of(entry, "ko"), by=rina, body="왜요?")
    client = door(tom)
    page = client.get(change_url(entry))
    assert "왜요?" in page.content.decode()
    assert not offered(page) & {comment_url(entry), settle_url(entry, comment, "resolve")}
    before = dump()
    client.post(comment_url(entry), {"language": "ko", "body": "x"})
    client.post(settle_url(entry, comment, "resolve"))
    assert dump() == before
    assert len(message_texts(client.get(change_url(entry)))) == 2


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 404),
        ({"language": "ja", "body": "x"}, 404),
        ({"language": "\x00", "body": "x"}, 404),
        ({"language": "ko"}, 302),
        ({"language": "ko", "body": " \r\n "}, 302),
        ({"language": "ko", "body": "a\x00b"}, 302),
        ({"language": "ko", "body": "가" * 2_001}, 302),
        ({"language": "ko", "body": "글", "quote": "가" * 501}, 302),
        ({"language": "en", "body": "there is no English note"}, 302),
    ],
)
def test_odd_comments_are_refused_and_write_nothing(door, boss, entry, fields, status):
    client = door(boss)
    before = dump()
    assert client.post(comment_url(entry), fields).status_code == status
    assert dump() == before


def test_a_comment_of_another_entry_is_not_found(door, boss, rina, entry):
    comment = add_comment(note=note_of(entry, "ko"), by=rina, body="왜요?")
    other = build_entry()
    client = door(boss)
    for url in (
        settle_url(other, comment, "resolve"),
        settle_url(entry, comment, "delete"),
        reverse("admin:digest_entry_comment_settle", args=[entry.pk, 10**400, "resolve"]),
    ):
        assert client.post(url).status_code == 404
    assert Comment.objects.get().resolved_at is None


def test_comments_are_escaped(door, rina, entry):
    add_comment(note=note_of(entry, "ko"), by=rina, body=HOSTILE, quote=HOSTILE)
    page = door(rina).get(change_url(entry))
    assert "<script>alert" not in page.content.decode()
    assert inline_code(page) == []


# -- assignment -----------------------------------------------------------------------------------------


def people(page, language):
    return next(
        [str(person) for person in found.people]
        for found in page.context["assignments"]
        if found.note.language == language
    )


def test_reviewer_gives_a_missing_translation_to_its_translator(door, rina, tom, entry):
    client = door(rina)
    page = client.get(change_url(entry))
    assert people(page, "en") == ["rina", "tom"]
    data = form_data(page, assign_url(entry, "en")) | {"assignee": tom.pk, "due_on": "2026-11-27"}
    response = client.post(assign_url(entry, "en"), data)
    assert response.headers["Location"] == change_url(entry) + "#assignment"
    note = Note.objects.get(language="en")
    assert (note.assignee, note.due_on, note.rev) == (tom, datetime.date(2026, 11, 27), 0)
    assert "2026-11-27" in client.get(change_url(entry)).content.decode()


def test_everyone_is_offered_whom_they_may_choose(door, minji, tom, stranger, paul, entry):
    page = door(minji).get(change_url(entry))
    assert (people(page, "ko"), people(page, "en")) == (["minji"], [])
    page = door(paul).get(change_url(entry))
    assert (people(page, "ko"), people(page, "en")) == (["minji"], ["tom"])


def test_an_assignment_of_meanwhile_stays(door, minji, rina, entry):
    client = door(minji)
    data = form_data(client.get(change_url(entry)), assign_url(entry, "ko")) | {"assignee": minji.pk}
    assign(note=note_of(entry, "ko"), assignee=rina, due_on=None, by=rina, was=None)
    client.post(assign_url(entry, "ko"), data)
    assert note_of(entry, "ko").assignee == rina
    assert len(message_texts(client.get(change_url(entry)))) == 1


def test_a_note_can_be_given_back(door, minji, entry):
    assign(note=note_of(entry, "ko"), assignee=minji, due_on=None, by=minji, was=None)
    client = door(minji)
    data = form_data(client.get(change_url(entry)), assign_url(entry, "ko"))
    assert (data["was"], data["assignee"]) == (str(minji.pk), str(minji.pk))
    client.post(assign_url(entry, "ko"), data | {"assignee": ""})
    assert note_of(entry, "ko").assignee is None


@pytest.mark.parametrize(
    "fields",
    [
        {"assignee": "x"},
        {"assignee": "9" * 400},
        {"assignee": "\x00"},
        {"assignee": "99999"},
        {"was": "1" * 30},
        {"due_on": "tomorrow"},
        {"due_on": "2026-02-30"},
        {"due_on": "2026-11-27"},
        {},
    ],
)
def test_odd_assignments_write_nothing(door, boss, entry, fields):
    client = door(boss)
    before = dump()
    for language in ("ko", "en"):
        assert client.post(assign_url(entry, language), fields).status_code == 302
    assert client.post(assign_url(entry, "ja"), fields).status_code == 404
    assert dump() == before


def test_a_translator_cannot_be_given_the_source(door, rina, tom, entry):
    client = door(rina)
    client.post(assign_url(entry, "ko"), {"assignee": tom.pk})
    assert note_of(entry, "ko").assignee is None
    assert not Event.objects.filter(verb="assign").exists()
