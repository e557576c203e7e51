"""A machine's first draft: stored where nothing stood, never over a text, and to review only after a person read it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from digest.editing.adopting import adopt_suggestion
from digest.editing.errors import NotAllowed, Refused, StaleRevision
from digest.editing.suggesting import suggest_translation
from digest.editing.workflow import approve, save_note, submit
from digest.models import Event, Note, Term
from tests.build import build_entry
from tests.digest.desk.conftest import dump
from tests.translator import configure, translator


@pytest.fixture
def service(settings):
    with translator() as server:
        configure(settings, server)
        yield server


@pytest.fixture
def entry(db, minji):
    entry = build_entry(public=False, ko="")
    save_note(entry=entry, language="ko", body="배치 크기가 중요합니다.", by=minji, rev=0)
    return entry


def suggest(entry, by, language="en", rev=0):
    return suggest_translation(entry=entry, language=language, by=by, rev=rev)


def refused(code, entry, by, **options):
    before = dump()
    with pytest.raises(ValidationError) as refusal:
        suggest(entry, by, **options)
    assert dump() == before
    return refusal.value.code == code


def test_where_nothing_stood_the_suggestion_becomes_a_draft(service, entry, tom):
    service.text = "Batch size matters. \r\n"
    found = suggest(entry, tom)
    note = Note.objects.get(entry=entry, language="en")
    revision = note.revisions.get()
    assert (found.body, found.note) == ("Batch size matters.", note)
    assert (note.state, note.live, note.rev, note.source_rev) == ("draft", None, 1, 1)
    assert (revision.origin, revision.author, revision.body) == ("suggestion", tom, "Batch size matters.")
    event = Event.objects.latest("pk")
    assert (event.verb, event.actor, event.detail["origin"]) == ("save", tom, "suggestion")


def test_an_assigned_note_without_text_takes_a_suggestion(service, entry, tom):
    Note.objects.create(entry=entry, language="en", assignee=tom)
    assert suggest(entry, tom).note.assignee == tom


def test_only_the_glossarys_terms_in_the_text_are_sent(service, entry, tom):
    Term.objects.create(ko="배치 크기", en="batch size")
    Term.objects.create(ko="손실", en="loss")
    suggest(entry, tom)
    rules, text = service.asked[0][2]["messages"]
    assert rules["content"].endswith("Use these terms: 배치 크기 = batch size.")
    assert text["content"] == "배치 크기가 중요합니다."


def test_a_text_is_never_overwritten(service, entry, tom):
    save_note(entry=entry, language="en", body="Mine", by=tom, rev=0)
    before = dump()
    found = suggest(entry, tom, rev=1)
    assert (found.body, found.note) == ("A translation", None)
    assert dump() == before


@pytest.mark.django_db(transaction=True)
def test_who_writes_while_the_service_thinks_keeps_the_text(service, entry, tom, boss):
    """The other editor waits for no lock either: the service is asked outside any transaction."""
    finished = []

    def write():
        save_note(entry=entry, language="en", body="Hers", by=boss, rev=0)
        connection.close()
        finished.append(True)

    service.before_answer = write
    with pytest.raises(StaleRevision) as late:
        suggest(entry, tom)
    assert finished == [True]
    assert (late.value.theirs, late.value.mine) == ("Hers", "A translation")
    assert Note.objects.get(entry=entry, language="en").body == "Hers"


def test_who_may_not_write_asks_nobody(service, entry, minji, rina, paul, stranger):
    for person in (minji, rina, paul, stranger):
        before = dump()
        with pytest.raises(NotAllowed):
            suggest(entry, person)
        assert dump() == before
    assert service.asked == []


def test_what_cannot_be_translated_asks_nobody(service, entry, tom, boss, settings):
    empty = build_entry(public=False, ko="")
    assert refused("no_source", empty, tom)
    assert refused("no_source", entry, boss, language="ko", rev=1)
    assert refused("moved_on", entry, tom, rev=3)
    settings.SUGGESTIONS = ""
    assert refused("off", entry, tom)
    assert service.asked == []


@pytest.mark.parametrize("text", ["x" * 20_001, "x" * 60_000, "a\x0bb", "a\x00b", "\ufffe"])
def test_an_answer_that_cannot_be_stored_is_refused(service, entry, tom, text):
    service.text = text
    before = dump()
    with pytest.raises(ValidationError):
        suggest(entry, tom)
    assert dump() == before


def test_a_failing_service_writes_nothing(service, entry, tom):
    service.mode = 429
    assert refused("provider", entry, tom)


def test_an_unread_suggestion_does_not_go_to_review(service, entry, tom):
    note = suggest(entry, tom).note
    before = dump()
    with pytest.raises(Refused) as refusal:
        submit(note=note, by=tom, rev=1)
    assert refusal.value.code == "unread_suggestion"
    assert dump() == before


def test_a_corrected_suggestion_goes_to_review(service, entry, tom):
    note = suggest(entry, tom).note
    note = save_note(entry=entry, language="en", body="A better translation", by=tom, rev=1)
    assert submit(note=note, by=tom, rev=2).state == "review"


def test_a_suggestion_that_was_read_becomes_ones_own(service, entry, tom, rina):
    note = suggest(entry, tom).note
    note = adopt_suggestion(note=note, by=tom, rev=1)
    assert [(r.rev, r.origin, r.body, r.author) for r in note.revisions.order_by("rev")] == [
        (1, "suggestion", "A translation", tom),
        (2, "edit", "A translation", tom),
    ]
    assert (note.state, note.source_rev, Event.objects.latest("pk").verb) == ("draft", 1, "adopt")
    submit(note=note, by=tom, rev=2)
    assert approve(note=note, by=rina, rev=2).state == "approved"


def test_adopting_needs_the_right_and_an_unread_suggestion(service, entry, tom, minji):
    note = suggest(entry, tom).note
    with pytest.raises(NotAllowed):
        adopt_suggestion(note=note, by=minji, rev=1)
    with pytest.raises(Refused):
        adopt_suggestion(note=note, by=tom, rev=2)
    adopt_suggestion(note=note, by=tom, rev=1)
    before = dump()
    for rev in (1, 2):
        with pytest.raises(Refused):
            adopt_suggestion(note=note, by=tom, rev=rev)
    assert dump() == before
