"""The day's e-mail: what is in it, to whom it goes, and never twice."""

import datetime

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from digest.editing.commenting import add_comment
from digest.editing.daily_mail import (
    APART,
    Undelivered,
    daily_mail,
    is_due,
    mail_recipients,
    send_daily_mail,
    waiting_for,
)
from digest.editing.notifying import mark_read
from digest.editing.workflow import request_changes, save_note, submit
from digest.models import Event, Note, Notification
from tests.build import build_entry

NOW = datetime.datetime(2026, 11, 20, 0, 0, tzinfo=datetime.UTC)  # 9 o'clock in Seoul


@pytest.fixture(autouse=True)
def addresses(minji, tom, rina):
    for person in (minji, tom, rina):
        person.email = f"{person.username}@example.org"
        person.save()


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    settings.SITE_URL = "https://naranhi.example"
    with translation.override("en"):
        yield


def write(by, body="노트", language="ko", title=None):
    entry = build_entry(public=False, ko="" if language == "ko" else "원문", title=title)
    return save_note(entry=entry, language=language, body=body, by=by, rev=0)


def give(note, user, due=None):
    Note.objects.filter(pk=note.pk).update(assignee=user, due_on=due)
    return note


def test_nothing_waits_nothing_is_sent(tom):
    assert daily_mail(tom, NOW) is None
    assert send_daily_mail(tom, NOW) is False
    assert mail.outbox == []
    assert not Event.objects.exists()


def test_mail_says_what_needs_this_person_due_first(minji, rina):
    late = give(write(minji, title="Late"), minji, datetime.date(2026, 11, 19))
    soon = give(write(minji, title="Soon"), minji, datetime.date(2026, 11, 20))
    some_day = give(write(minji, title="Some day"), minji)
    sent_back = write(minji, title="Sent back")
    submit(note=sent_back, by=minji, rev=1)
    request_changes(note=sent_back, by=rina, rev=1, comment="더")
    sent = daily_mail(minji, NOW)
    assert sent.subject.startswith("[나란히] ")
    assert sent.subject.endswith("5 things for you")
    assert (sent.to, sent.from_email) == (["minji@example.org"], "desk@localhost")
    assert sent.extra_headers == {
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": "<https://naranhi.example/admin/profile/>",
    }
    change = "  https://naranhi.example/admin/digest/entry/{}/change/?queue={}&lang=ko"
    assert sent.body.strip().split("\n") == [
        "minji, this waits for you at the desk on 2026-11-20.",
        "",
        "Assigned to you (3)",
        "- Late (한국어, overdue since 2026-11-19)",
        change.format(late.entry_id, "mine"),
        "- Soon (한국어, due 2026-11-20)",
        change.format(soon.entry_id, "mine"),
        "- Some day (한국어)",
        change.format(some_day.entry_id, "mine"),
        "",
        "Changes requested from you (1)",
        "- Sent back (한국어)",
        change.format(sent_back.entry_id, "changes"),
        "",
        "New notifications (1)",
        "- rina asks for changes to your text. Sent back (한국어)",
        "  https://naranhi.example/admin/notifications/",
        "",
        "The whole list: https://naranhi.example/admin/",
        "",
        "-- ",
        "나란히",
        "To get this mail no more, switch it off in your profile:",
        "https://naranhi.example/admin/profile/",
    ]


def test_text_is_not_escaped_as_html(minji):
    give(write(minji, title="Q & A <b>"), minji)
    assert "- Q & A <b> (한국어)" in daily_mail(minji, NOW).body


def test_review_is_for_those_who_may_and_not_of_ones_own(minji, rina, tom):
    for number in range(12):
        submit(note=write(minji, title=f"P{number}"), by=minji, rev=1)
    submit(note=write(rina, title="Own"), by=rina, rev=1)
    found = waiting_for(rina)
    assert (found.review_count, len(found.review)) == (12, 10)
    assert "To review (12)" in daily_mail(rina, NOW).body
    assert [waiting_for(person).things for person in (minji, tom)] == [0, 0]


def test_what_waits_for_somebody_else_is_not_ones_own(minji, rina):
    mine = give(write(minji), minji)
    assert waiting_for(minji).assigned == [mine]
    submit(note=mine, by=minji, rev=1)
    assert waiting_for(minji).things == 0
    give(mine, rina)
    assert waiting_for(rina).assigned == [mine]


def test_only_active_staff_who_want_it_and_have_an_address(minji, tom, rina, paul):
    type(tom).objects.filter(pk=tom.pk).update(daily_mail=False)
    type(rina).objects.filter(pk=rina.pk).update(is_active=False)
    assert list(mail_recipients()) == [minji]
    type(minji).objects.filter(pk=minji.pk).update(is_staff=False)
    assert list(mail_recipients()) == []


def test_who_lost_their_roles_is_told_nothing(minji):
    give(write(minji), minji)
    minji.groups.clear()
    assert waiting_for(type(minji).objects.get(pk=minji.pk)).things == 0


def test_not_twice_within_twenty_hours(minji):
    give(write(minji), minji)
    assert send_daily_mail(minji, NOW) is True
    assert send_daily_mail(minji, NOW + APART - datetime.timedelta(seconds=1)) is False
    assert send_daily_mail(minji, NOW + APART) is True
    assert len(mail.outbox) == 2
    events = Event.objects.filter(object_type="user").order_by("pk")
    assert [(event.verb, event.object_id, event.actor, event.detail) for event in events] == [
        ("daily_mail", minji.pk, None, {"day": "2026-11-20"}),
        ("daily_mail", minji.pk, None, {"day": "2026-11-21"}),
    ]


def test_a_notification_is_mailed_once_and_a_read_one_never(minji, rina):
    note = write(minji)
    add_comment(note=note, by=rina, body="하나")
    assert send_daily_mail(minji, NOW) is True
    assert waiting_for(minji).notices == []
    add_comment(note=note, by=rina, body="둘")
    add_comment(note=note, by=rina, body="셋")
    assert waiting_for(minji).notices_count == 2
    mark_read(by=minji)
    assert waiting_for(minji).notices_count == 0
    assert Notification.objects.filter(mailed_at=NOW).count() == 1


class Failing(BaseEmailBackend):
    """Raises what the test says in place of sending."""

    error = OSError("refused")

    def send_messages(self, messages):
        raise self.error


@pytest.mark.parametrize("error", [OSError("refused"), ValueError("Invalid address")])
def test_a_failure_is_said_and_taken_back(minji, rina, settings, monkeypatch, error):
    note = write(minji)
    add_comment(note=note, by=rina, body="하나")
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Failing"
    monkeypatch.setattr(Failing, "error", error)
    with pytest.raises(Undelivered, match=str(error)):
        send_daily_mail(minji, NOW)
    assert Notification.objects.get().mailed_at is None
    assert is_due(minji, NOW)
    settings.EMAIL_BACKEND = backend
    assert send_daily_mail(minji, NOW) is True


def test_stopped_in_the_middle_nobody_gets_it_twice(minji, settings, monkeypatch):
    give(write(minji), minji)
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Failing"
    monkeypatch.setattr(Failing, "error", KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        send_daily_mail(minji, NOW)
    settings.EMAIL_BACKEND = backend
    assert send_daily_mail(minji, NOW + datetime.timedelta(minutes=1)) is False
    assert mail.outbox == []
    assert send_daily_mail(minji, NOW + APART) is True


def test_who_switched_it_off_meanwhile_gets_none(minji):
    give(write(minji), minji)
    type(minji).objects.filter(pk=minji.pk).update(daily_mail=False)
    assert send_daily_mail(minji, NOW) is False


def test_looking_writes_nothing(minji):
    give(write(minji), minji)
    before = Event.objects.count()
    assert "Assigned to you (1)" in daily_mail(minji, timezone.now()).body
    assert Event.objects.count() == before


def test_a_persons_mail_takes_the_same_queries_for_any_number(minji, rina):
    found = []
    for more in (1, 4):
        for _ in range(more):
            note = write(minji)
            submit(note=note, by=minji, rev=1)
            add_comment(note=note, by=minji, body="x")
            give(note, rina)
        person = type(rina).objects.get(pk=rina.pk)
        with CaptureQueriesContext(connection) as captured:
            assert "To review" in daily_mail(person, NOW).body
        found.append(len(captured))
    assert found[0] == found[1], [query["sql"] for query in captured]
