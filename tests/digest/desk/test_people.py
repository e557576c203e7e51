"""A person's page: for themselves, and for who may see the audit trail."""

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import assign_role
from digest.desk.people import PAGE
from digest.editing.workflow import save_note, submit
from digest.models import Event, Note
from tests.build import build_entry
from tests.digest.desk.conftest import dump
from tests.page import inline_code


def page_of(person):
    return reverse("admin:person", args=[person.pk])


def write(by, title="A paper"):
    entry = build_entry(public=False, ko="", title=title)
    return save_note(entry=entry, language="ko", body="노트", by=by, rev=0)


def test_who_may_look_at_whom(client, stranger, tom, minji, paul, boss):
    found = {}
    for person in (None, stranger, tom, minji, paul, boss):
        client.logout()
        if person:
            client.force_login(person)
        before = dump()
        own = client.get(page_of(person)).status_code if person else 302
        found[str(person)] = (
            client.get(page_of(minji)).status_code,
            own,
            client.post(page_of(minji)).status_code,
        )
        assert dump() == before
    assert found == {
        "None": (302, 302, 302),
        "stranger": (403, 200, 405),
        "tom": (403, 200, 405),
        "minji": (200, 200, 405),
        "paul": (200, 200, 405),
        "boss": (200, 200, 405),
    }


def test_nobody_learns_which_people_there_are(door, stranger, boss):
    nowhere = [reverse("admin:person", args=[pk]) for pk in (999_999, 10**30)]
    assert [door(stranger).get(url).status_code for url in nowhere] == [403, 403]
    assert [door(boss).get(url).status_code for url in nowhere] == [404, 404]


def test_page_shows_roles_assignments_work_and_history(door, minji, boss):
    assign_role(minji, "reviewer", ["en"])
    note = write(minji)
    submit(note=note, by=minji, rev=1)
    write(boss, "Somebody else's")
    late, soon, done = (write(boss, title) for title in ("Late", "Soon", "Done"))
    Note.objects.filter(pk__in=[late.pk, soon.pk, done.pk]).update(assignee=minji)
    Note.objects.filter(pk=soon.pk).update(due_on=datetime.date(2026, 11, 30))
    Note.objects.filter(pk=done.pk).update(state="approved")
    response = door(boss).get(page_of(minji))
    context = response.context
    assert [group.name for group in context["groups"]] == ["reviewer", "writer"]
    assert [(grant.role, grant.language) for grant in context["grants"]] == [
        ("reviewer", "en"),
        ("writer", "ko"),
    ]
    assert context["assigned"] == [soon, late]
    assert [(event.verb, event.url) for event in context["events"]] == [
        (verb, reverse("admin:digest_entry_change", args=[note.entry_id])) for verb in ("submit", "save")
    ]
    assert [(person, language) for person, language, _work in context["statistics"].people] == [(minji, "ko")]
    assert "2026-11-30" in response.content.decode()
    assert inline_code(response) == []


def test_events_lead_to_what_they_are_about(door, boss):
    entry = build_entry()
    for kind, pk in (("entry", entry.pk), ("digest", entry.digest_id), ("note", 0), ("tag", 1)):
        Event.objects.create(actor=boss, verb="x", object_type=kind, object_id=pk, object_label="<script>x")
    response = door(boss).get(page_of(boss))
    assert [event.url for event in response.context["events"]] == [
        "",
        "",
        reverse("admin:digest_digest_change", args=[entry.digest_id]),
        reverse("admin:digest_entry_change", args=[entry.pk]),
    ]
    assert "<script>x" not in response.content.decode()


def test_history_comes_a_page_at_a_time(door, minji):
    Event.objects.bulk_create(
        Event(actor=minji, verb="save", object_type="tag", object_id=1, object_label=f"{number}")
        for number in range(PAGE + 2)
    )
    client = door(minji)
    first = client.get(page_of(minji))
    second = client.get(page_of(minji), {"after": first.context["more_after"]})
    labels = [event.object_label for event in [*first.context["events"], *second.context["events"]]]
    assert labels == [f"{number}" for number in reversed(range(PAGE + 2))]
    assert (len(first.context["events"]), second.context["more_after"]) == (PAGE, None)
    for after in ("x", "\0", "9" * 400):
        assert client.get(page_of(minji), {"after": after}).context["events"] == []


def test_page_takes_the_same_queries_for_any_number(door, minji):
    client = door(minji)
    found = []
    for count in (1, 4):
        for _ in range(count):
            note = write(minji)
            Note.objects.filter(pk=note.pk).update(assignee=minji)
        with CaptureQueriesContext(connection) as captured:
            client.get(page_of(minji))
        found.append(len(captured))
    # Session, user, the person, their events, groups, grants, assigned notes, six of the statistics, the notes
    # of the events; own and groups' permissions and the unread notifications for the header.
    assert found == [17, 17], [query["sql"] for query in captured]


def test_team_list_leads_to_the_page(door, boss, minji):
    html = door(boss).get(reverse("admin:accounts_user_change", args=[minji.pk])).content.decode()
    assert f'href="{page_of(minji)}"' in html
