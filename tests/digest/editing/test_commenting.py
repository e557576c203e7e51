"""Comments on a note. Minji writes Korean, Tom translates, Rina reviews, Paul publishes."""

import pytest
from django.core.exceptions import ValidationError

from digest.editing.commenting import add_comment, may_comment, reopen_comment, resolve_comment
from digest.editing.errors import NotAllowed, Refused
from digest.editing.workflow import request_changes, save_note, submit
from digest.models import Comment, Event, Note
from tests.build import build_entry


@pytest.fixture
def note(minji):
    entry = build_entry(ko="", public=False)
    return save_note(entry=entry, language="ko", body="첫 글", by=minji, rev=0)


def test_comment_keeps_its_quote_and_the_revision_it_is_about(note, minji, rina):
    save_note(entry=note.entry, language="ko", body="둘째 글", by=minji, rev=1)
    add_comment(note=note, by=rina, body=" 숫자가 다릅니다.\r\n", quote="둘째")
    comment = Comment.objects.get()
    assert (comment.body, comment.quote, comment.revision.rev) == ("숫자가 다릅니다.", "둘째", 2)
    assert (comment.author, comment.resolved_at, comment.resolved_by) == (rina, None, None)
    event = Event.objects.first()
    assert (event.verb, event.object_type, event.object_id, event.actor) == (
        "comment",
        "comment",
        comment.pk,
        rina,
    )
    assert event.detail == {"comment": "숫자가 다릅니다."}


def test_comment_changes_neither_text_nor_state(note, rina):
    before = Note.objects.values().get()
    add_comment(note=note, by=rina, body="왜요?")
    assert Note.objects.values().get() == before


def test_those_who_write_or_review_the_language_or_publish_may_comment(
    note, stranger, minji, tom, rina, paul, boss
):
    may = [user.username for user in (stranger, minji, tom, rina, paul, boss) if may_comment(user, note)]
    assert may == ["minji", "rina", "paul", "boss"]


@pytest.mark.parametrize("verb", ["add", "resolve", "reopen"])
def test_others_may_neither_say_nor_resolve(note, rina, tom, verb):
    comment = add_comment(note=note, by=rina, body="왜요?")
    before = (list(Comment.objects.values()), Event.objects.count())
    act = {
        "add": lambda: add_comment(note=note, by=tom, body="Me too"),
        "resolve": lambda: resolve_comment(comment=comment, by=tom),
        "reopen": lambda: reopen_comment(comment=comment, by=tom),
    }
    with pytest.raises(NotAllowed):
        act[verb]()
    assert (list(Comment.objects.values()), Event.objects.count()) == before


def test_resolved_comment_can_be_reopened_and_says_who_did_each(note, rina, minji):
    comment = add_comment(note=note, by=rina, body="왜요?")
    assert resolve_comment(comment=comment, by=minji).resolved_by == minji
    assert resolve_comment(comment=comment, by=rina).resolved_by == minji
    assert reopen_comment(comment=comment, by=rina).resolved_at is None
    assert reopen_comment(comment=comment, by=rina).resolved_by is None
    verbs = Event.objects.order_by("pk").values_list("verb", "actor__username")
    assert list(verbs)[1:] == [("comment", "rina"), ("resolve", "minji"), ("reopen", "rina")]


@pytest.mark.parametrize("body", ["", " \r\n "])
def test_comment_without_words_is_refused(note, rina, body):
    with pytest.raises(Refused) as refusal:
        add_comment(note=note, by=rina, body=body)
    assert refusal.value.code == "empty_comment"


@pytest.mark.parametrize(
    ("body", "quote"), [("가" * 2_001, ""), ("글", "가" * 501), ("a\x00b", ""), ("글", "a\x00b")]
)
def test_comment_that_cannot_be_stored_is_refused(note, rina, body, quote):
    with pytest.raises(ValidationError):
        add_comment(note=note, by=rina, body=body, quote=quote)
    assert not Comment.objects.exists()


def test_there_must_be_a_text_to_speak_of(rina):
    entry = build_entry(ko="", public=False)
    with pytest.raises(Refused) as refusal:
        add_comment(note=Note(entry=entry, language="ko"), by=rina, body="왜요?")
    assert refusal.value.code == "empty"
    assert not Note.objects.exists()


def test_the_reason_for_changes_is_an_open_comment_with_one_event(note, minji, rina):
    submit(note=note, by=minji, rev=1)
    request_changes(note=note, by=rina, rev=1, comment="숫자를 확인해 주세요.")
    comment = Comment.objects.get()
    assert (comment.body, comment.author, comment.resolved_at) == ("숫자를 확인해 주세요.", rina, None)
    assert [event.verb for event in Event.objects.all()] == ["request_changes", "submit", "save"]


def test_a_reason_too_long_for_a_comment_sends_nothing_back(note, minji, rina):
    submit(note=note, by=minji, rev=1)
    with pytest.raises(ValidationError):
        request_changes(note=note, by=rina, rev=1, comment="가" * 2_001)
    assert Note.objects.get().state == "review"
