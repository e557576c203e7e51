"""Taking and giving rows of the queue: each by the verb, each with its own word, none without the right."""

import datetime

import pytest
from django.urls import reverse

from digest.models import Event, Note
from tests.build import build_entry
from tests.digest.desk.conftest import dump
from tests.page import message_texts

URL = reverse("admin:queue_assign")
INDEX = reverse("admin:index")


@pytest.fixture
def entries(db):
    return [build_entry(title=f"P{number}") for number in range(3)]


def tickets(client, **query):
    """What the boxes of the page would send."""
    groups = client.get(INDEX, query).context["groups"]
    return [row.ticket for group in groups for row in group.rows]


def holders(language="en"):
    notes = Note.objects.filter(language=language).order_by("entry__order_key")
    return {note.entry.paper.title: (str(note.assignee or ""), note.due_on) for note in notes}


def test_taking_several_at_once_comes_back_to_the_queue(door, tom, entries):
    client = door(tom)
    chosen = tickets(client, queue="translate", lang="en")[:2]
    response = client.post(
        f"{URL}?queue=translate&lang=en", {"task": chosen, "take": "1", "due_on": "2026-12-01"}, follow=True
    )
    due = datetime.date(2026, 12, 1)
    assert holders() == {"P0": ("tom", due), "P1": ("tom", due)}
    assert response.redirect_chain == [(f"{INDEX}?queue=translate&lang=en", 302)]
    assert len(message_texts(response)) == 2
    assert Event.objects.filter(verb="assign", actor=tom).count() == 2


def test_giving_to_someone_and_to_nobody(door, rina, tom, entries):
    client = door(rina)
    client.post(URL, {"task": tickets(client, queue="all")[:1], "assignee": rina.pk})
    Note.objects.create(entry=entries[1], language="en", assignee=tom)
    ticket = f"{entries[1].pk}:en:{tom.pk}"
    client.post(URL, {"task": [ticket, f"{entries[0].pk}:en:"], "assignee": tom.pk, "due_on": ""})
    assert holders() == {"P0": ("tom", None), "P1": ("tom", None)}
    client.post(URL, {"task": [ticket], "assignee": "", "due_on": "2026-12-01"})
    assert holders() == {"P0": ("tom", None), "P1": ("", None)}


def test_each_row_is_reported_and_one_refusal_stops_no_other(door, tom, rina, entries):
    client = door(tom)
    chosen = tickets(client, queue="translate")
    Note.objects.create(entry=entries[0], language="en", assignee=rina)
    texts = message_texts(client.post(URL, {"task": chosen, "take": "1"}, follow=True))
    assert len(texts) == 3
    assert [text.split()[1] for text in texts] == ["P0", "P1", "P2"]
    assert holders() == {"P0": ("rina", None), "P1": ("tom", None), "P2": ("tom", None)}


def test_those_without_the_right_give_to_nobody_else(door, tom, rina, entries):
    client = door(tom)
    assert "assignee" not in client.get(INDEX, {"queue": "translate"}).context["bulk"].fields
    before = dump()
    client.post(URL, {"task": tickets(client, queue="translate"), "assignee": rina.pk})
    assert dump() == before


def test_the_form_offers_those_who_work_in_a_language(door, rina, tom, minji, paul):
    build_entry(ko="글", public=False).notes.update(state="review")
    form = door(rina).get(INDEX, {"queue": "review"}).context["bulk"]
    assert [str(name) for _pk, name in form.fields["assignee"].choices][1:] == ["minji", "rina", "tom"]


def test_a_publisher_gives_and_a_stranger_may_not_even_ask(door, client, paul, stranger, tom, entries):
    ticket = f"{entries[0].pk}:en:"
    assert client.post(URL, {"task": ticket}).status_code == 302
    assert door(stranger).post(URL, {"task": ticket, "take": "1"}).status_code == 403
    assert not Note.objects.filter(language="en").exists()
    assert door(paul).get(URL).status_code == 405
    client.post(URL, {"task": ticket, "assignee": tom.pk})
    assert holders() == {"P0": ("tom", None)}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"task": "x"},
        {"task": ["1:ja:", "::", "\0:en:\0"]},
        {"task": "9" * 400 + ":en:" + "9" * 400},
        {"task": "999999999:en:999999999"},
        {"task": "1:en:", "assignee": "9" * 400},
        {"task": "1:en:", "assignee": "\0"},
        {"task": "1:en:", "due_on": "\0"},
        {"task": "1:en:", "due_on": "2026-13-45"},
    ],
)
def test_bad_input_writes_nothing_and_says_something(door, boss, entries, fields):
    client = door(boss)
    before = dump()
    response = client.post(f"{URL}?queue=%00&lang=%00", fields | {"take": "1"}, follow=True)
    assert response.status_code == 200
    assert message_texts(response)
    assert dump() == before
