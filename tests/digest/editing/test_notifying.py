"""Who hears of what. The team is in tests/conftest.py: Minji writes, Tom translates, Rina reviews, Paul publishes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from digest.editing.errors import Refused
from digest.editing.events import record
from digest.editing.notifying import mark_read, notifications, unread_count
from digest.editing.workflow import (
    approve,
    publish_note,
    request_changes,
    save_note,
    submit,
    unpublish_note,
)
from digest.models import Comment, Event, Note, Notification
from tests.build import build_entry


@pytest.fixture
def entry(db):
    return build_entry(public=True, ko="")


@pytest.fixture
def note(entry, minji):
    """Minji's Korean source."""
    return write(entry, minji, "노트")


def write(entry, by, body, language="ko", **options):
    note = Note.objects.filter(entry=entry, language=language).first()
    options.setdefault("rev", note.rev if note else 0)
    return save_note(entry=entry, language=language, body=body, by=by, **options)


def told():
    """(who, of which verb, about the note in which language), in the order of telling."""
    rows = Notification.objects.order_by("pk")
    return list(rows.values_list("user__username", "event__verb", "note__language"))


def approved(note, reviewer):
    submit(note=note, by=note.revisions.first().author, rev=note.rev)
    return approve(note=note, by=reviewer, rev=note.rev)


def test_saving_and_submitting_an_unassigned_note_tells_nobody(note, minji):
    submit(note=note, by=minji, rev=1)
    assert told() == []


def test_submitting_tells_the_assignee(note, minji, rina):
    Note.objects.update(assignee=rina)
    submit(note=note, by=minji, rev=1)
    assert told() == [("rina", "submit", "ko")]


def test_submitting_ones_own_assignment_tells_nobody(note, minji):
    Note.objects.update(assignee=minji)
    submit(note=note, by=minji, rev=1)
    assert told() == []


def test_review_and_publication_tell_the_author(note, minji, rina, paul):
    submit(note=note, by=minji, rev=1)
    request_changes(note=note, by=rina, rev=1, comment="근거를 더해 주세요")
    submit(note=note, by=minji, rev=1)
    approve(note=note, by=rina, rev=1)
    publish_note(note=note, by=paul, rev=1)
    unpublish_note(note=note, by=paul)
    assert told() == [
        ("minji", "request_changes", "ko"),
        ("minji", "approve", "ko"),
        ("minji", "publish", "ko"),
        ("minji", "unpublish", "ko"),
    ]


def test_approving_ones_own_text_tells_nobody(entry, boss):
    note = write(entry, boss, "노트")
    submit(note=note, by=boss, rev=1)
    approve(note=note, by=boss, rev=1, own=True)
    assert told() == []


def test_an_inactive_author_hears_nothing(note, minji, rina):
    submit(note=note, by=minji, rev=1)
    type(minji).objects.filter(pk=minji.pk).update(is_active=False)
    approve(note=note, by=rina, rev=1)
    assert told() == []


def test_assigning_tells_the_assignee_but_not_oneself(note, tom, rina):
    note.assignee = tom
    record("assign", note, by=rina, now=timezone.now())
    record("assign", note, by=tom, now=timezone.now())
    note.assignee = None
    record("assign", note, by=rina, now=timezone.now())
    assert told() == [("tom", "assign", "ko")]


def say(note, by, body="왜요?"):
    comment = Comment.objects.create(note=note, revision=note.revisions.first(), body=body, author=by)
    record("comment", comment, by=by, now=timezone.now())
    return comment


def test_a_comment_tells_author_assignee_and_commenters_once_each(note, minji, tom, rina, paul):
    Note.objects.update(assignee=tom)
    note.refresh_from_db()
    say(note, rina)
    assert set(told()) == {("minji", "comment", "ko"), ("tom", "comment", "ko")}
    say(note, tom)
    say(note, paul)
    assert sorted(told()[2:4]) == [("minji", "comment", "ko"), ("rina", "comment", "ko")]
    assert {name for name, _verb, _language in told()[4:]} == {"minji", "rina", "tom"}
    assert len(told()) == 7


def test_resolving_a_comment_tells_its_author(note, minji, rina):
    comment = say(note, rina)
    record("resolve", comment, by=minji, now=timezone.now())
    record("resolve", comment, by=rina, now=timezone.now())
    assert told() == [("minji", "comment", "ko"), ("rina", "resolve", "ko")]


def test_a_significant_change_of_the_source_tells_the_translator_once(entry, note, minji, tom, rina):
    approved(write(entry, tom, "A note", "en"), rina)
    Notification.objects.all().delete()
    write(entry, minji, "노트.", minor=True)
    assert told() == []
    write(entry, minji, "새 노트")
    write(entry, minji, "더 새 노트")
    assert told() == [("tom", "save", "en")]
    mark_read(by=tom)
    write(entry, minji, "아주 새 노트")
    assert told() == [("tom", "save", "en")] * 2


def test_a_translation_in_progress_is_not_disturbed_by_its_source(entry, note, minji, tom):
    write(entry, tom, "A note", "en")
    write(entry, minji, "새 노트")
    assert told() == []


def test_a_change_of_the_translation_tells_nobody(entry, note, minji, tom, rina):
    approved(write(entry, tom, "A note", "en"), rina)
    Notification.objects.all().delete()
    write(entry, tom, "Another note", "en")
    assert told() == []


def test_a_refused_verb_tells_nobody(note, minji, rina):
    Note.objects.update(assignee=rina)
    with pytest.raises(Refused):
        submit(note=note, by=minji, rev=7)
    assert told() == []


def test_events_of_other_things_tell_nobody(entry, boss, note):
    record("resolve", entry, by=boss, now=timezone.now())
    record("publish", entry.digest, by=boss, now=timezone.now())
    assert told() == []


def queries(act):
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def test_telling_takes_at_most_three_queries_for_any_number_of_people(note, minji, tom, rina, paul, boss):
    comment = say(note, rina)
    found = []
    for others in ([], [tom, paul, boss]):
        for person in others:
            say(note, person)
        # The event, its recipients, their notifications.
        found.append(queries(lambda: record("comment", comment, by=rina, now=timezone.now())))
    assert found == [3, 3]
    # The event alone: nobody is assigned.
    assert queries(lambda: record("submit", note, by=minji, now=timezone.now())) == 1


def test_notifications_are_told_in_words_the_newest_first(note, minji, rina):
    submit(note=note, by=minji, rev=1)
    request_changes(note=note, by=rina, rev=1, comment="근거를 더해 주세요")
    say(note, rina, "한 가지 더")
    with translation.override("en"):
        found = notifications(minji)
    assert [(one.text, one.excerpt, one.unread, one.note) for one in found] == [
        ("rina wrote a comment.", "한 가지 더", True, note),
        ("rina asks for changes to your text.", "근거를 더해 주세요", True, note),
    ]


def test_notifications_page_by_key_in_one_query(note, minji, rina):
    for number in range(5):
        say(note, rina, f"{number}")
    first = notifications(minji, limit=2)
    second = notifications(minji, after=first[-1].pk, limit=2)
    third = notifications(minji, after=second[-1].pk, limit=2)
    assert [one.excerpt for one in [*first, *second, *third]] == ["4", "3", "2", "1", "0"]
    assert notifications(rina) == []
    assert queries(lambda: [str(one.note) for one in notifications(minji)]) == 1


def test_reading_some_or_all_counts_and_keeps_others_unread(note, minji, tom, rina):
    for number in range(4):
        say(note, rina, f"{number}")
    say(note, tom, "x")
    pks = [one.pk for one in notifications(minji)]
    foreign = Notification.objects.get(user=rina).pk
    assert unread_count(minji) == 5
    assert mark_read(by=minji, ids=[pks[4], foreign]) == 1
    assert mark_read(by=minji, ids=[pks[4]]) == 0
    assert mark_read(by=minji, until=pks[1]) == 3
    assert [one.pk for one in notifications(minji, unread=True)] == [pks[0]]
    assert (unread_count(minji), unread_count(rina)) == (1, 1)
    assert mark_read(by=minji) == 1
    assert unread_count(minji) == 0


def test_every_verb_that_tells_has_a_sentence(note, minji):
    event = Event.objects.create(verb="later", object_type="note", object_id=note.pk, object_label="x")
    Notification.objects.create(user=minji, event=event, note=note)
    assert notifications(minji)[0].text == "later"
