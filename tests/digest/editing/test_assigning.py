"""Assigning a note. Minji writes Korean, Tom translates, Rina reviews and may assign, Paul publishes and may assign."""

import datetime

import pytest
from django.contrib.auth import get_user_model

from digest.editing.assigning import assign, may_assign
from digest.editing.errors import NotAllowed, Refused
from digest.models import Event, Note
from tests.build import build_entry

FRIDAY = datetime.date(2026, 11, 27)


@pytest.fixture
def note(db):
    return build_entry(ko="글", public=False).notes.get()


@pytest.fixture
def missing(note):
    """The English translation, which nobody has begun."""
    return Note(entry=note.entry, language="en")


def give(note, assignee, by, was=None, due_on=None):
    return assign(note=note, assignee=assignee, due_on=due_on, by=by, was=was)


def test_writer_takes_a_note_and_gives_it_back(note, minji):
    give(note, minji, minji, due_on=FRIDAY)
    stored = Note.objects.get()
    assert (stored.assignee, stored.due_on, stored.state, stored.rev) == (minji, FRIDAY, "draft", 1)
    give(note, None, minji, was=minji)
    assert (Note.objects.get().assignee, Note.objects.get().due_on) == (None, None)
    assert [(event.verb, event.detail) for event in Event.objects.order_by("pk")] == [
        ("assign", {"assignee": "minji", "due_on": "2026-11-27"}),
        ("assign", {"assignee": "", "due_on": ""}),
    ]


def test_assigning_a_translation_that_is_not_there_makes_its_row(missing, rina, tom):
    give(missing, tom, rina)
    stored = Note.objects.get(language="en")
    assert (stored.assignee, stored.rev, stored.body, stored.state) == (tom, 0, "", "draft")


def test_nobody_for_a_translation_that_is_not_there_writes_nothing(missing, rina):
    give(missing, None, rina)
    assert not Note.objects.filter(language="en").exists()
    assert not Event.objects.exists()


def test_the_same_again_writes_nothing(note, rina, minji):
    give(note, minji, rina, due_on=FRIDAY)
    give(note, minji, rina, was=minji, due_on=FRIDAY)
    assert Event.objects.count() == 1


def test_a_due_date_alone_can_change(note, minji):
    give(note, minji, minji)
    give(note, minji, minji, was=minji, due_on=FRIDAY)
    assert Note.objects.get().due_on == FRIDAY


def test_who_was_assigned_meanwhile_stays(note, rina, minji, paul):
    give(note, minji, rina)
    for assignee, was in ((rina, None), (None, rina)):
        with pytest.raises(Refused) as refusal:
            give(note, assignee, paul, was=was)
        assert refusal.value.code == "moved_on"
    assert Note.objects.get().assignee == minji


def test_only_who_may_assign_gives_a_note_to_others(note, minji, tom, rina, paul, stranger, boss):
    people = (minji, tom, rina, paul, stranger, boss)
    to_minji = [user.username for user in people if may_assign(user, note, minji)]
    to_oneself = [user.username for user in people if may_assign(user, note, user)]
    to_nobody = [user.username for user in people if may_assign(user, note, None)]
    assert to_minji == ["minji", "rina", "paul", "boss"]
    assert to_oneself == ["minji", "rina", "paul", "boss"]
    assert to_nobody == ["rina", "paul", "boss"]


@pytest.mark.parametrize("who", ["tom", "stranger"])
def test_who_may_not_is_refused_and_nothing_is_written(note, minji, request, who):
    user = request.getfixturevalue(who)
    for assignee in (minji, user):
        with pytest.raises(NotAllowed):
            give(note, assignee, user)
    assert (Note.objects.get().assignee, Event.objects.count()) == (None, 0)


def test_a_colleague_does_not_take_a_note_away(note, minji, rina, request):
    give(note, rina, rina)
    with pytest.raises(NotAllowed):
        give(note, None, minji, was=rina)
    assert Note.objects.get().assignee == rina


def test_the_assignee_must_know_the_language_and_be_here(note, missing, rina, tom, paul):
    gone = get_user_model().objects.create_superuser("gone", password="pw", is_active=False)
    for assignee in (tom, paul, gone):
        with pytest.raises(Refused) as refusal:
            give(note, assignee, rina)
        assert refusal.value.code == "wrong_language"
    give(missing, tom, rina)


def test_a_due_date_needs_someone(note, rina):
    with pytest.raises(Refused) as refusal:
        give(note, None, rina, due_on=FRIDAY)
    assert refusal.value.code == "nobody"
