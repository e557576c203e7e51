"""The page of notifications: one's own, unread or all, a page at a time; reading is a POST."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from digest.desk.notifications import PAGE
from digest.models import Event, Notification
from tests.build import build_entry
from tests.digest.desk.conftest import dump
from tests.page import form_data, inline_code, message_texts

PAGE_URL = reverse("admin:notifications")
READ_URL = reverse("admin:notifications_read")


@pytest.fixture
def note(db):
    return build_entry(title="Scaling & Laws", public=False).notes.get()


def tell(user, note, count=1, comment="근거를 더해 주세요"):
    """``count`` notifications of Rina-like wishes; answers their keys."""
    made = []
    for number in range(count):
        event = Event.objects.create(
            verb="request_changes",
            object_type="note",
            object_id=note.pk,
            object_label="x",
            detail={"comment": f"{comment} {number}"},
        )
        made.append(Notification.objects.create(user=user, event=event, note=note).pk)
    return made


def shown(response):
    return [one.pk for one in response.context["notices"]]


@pytest.fixture
def people(stranger, tom, paul, boss):
    return [None, stranger, tom, paul, boss]


@pytest.mark.parametrize(
    ("method", "url", "expected"),
    [
        ("get", PAGE_URL, [302, 403, 200, 200, 200]),
        ("post", PAGE_URL, [302, 405, 405, 405, 405]),
        ("get", READ_URL, [302, 405, 405, 405, 405]),
        ("post", READ_URL, [302, 403, 302, 302, 302]),
    ],
)
def test_only_those_who_see_notes_have_notifications(client, people, method, url, expected):
    found = []
    for person in people:
        client.logout()
        if person:
            client.force_login(person)
        found.append(getattr(client, method)(url).status_code)
    assert found == expected


def test_page_shows_ones_own_unread_with_the_way_to_the_editor(door, minji, tom, note):
    first, second = tell(minji, note, 2)
    tell(tom, note)
    client = door(minji)
    response = client.get(PAGE_URL)
    html = response.content.decode()
    assert shown(response) == [second, first]
    assert f'href="{reverse("admin:digest_entry_change", args=[note.entry_id])}"' in html
    assert "Scaling &amp; Laws" in html
    assert "근거를 더해 주세요 1" in html
    assert inline_code(response) == []


def test_hostile_words_are_escaped(door, minji, note):
    tell(minji, note, comment="<script>alert(1)</script>")
    html = door(minji).get(PAGE_URL).content.decode()
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert(1)" not in html


def test_looking_reads_nothing_and_buttons_do(door, minji, note):
    first, second, third = tell(minji, note, 3)
    client = door(minji)
    before = dump()
    page = client.get(PAGE_URL)
    assert dump() == before
    response = client.post(READ_URL, form_data(page, READ_URL) | {"id": str(second)}, follow=True)
    assert shown(response) == [third, first]
    assert len(message_texts(response)) == 1
    late = tell(minji, note)[0]
    response = client.post(READ_URL, {"until": str(third)}, follow=True)
    assert shown(response) == [late]
    assert shown(client.get(PAGE_URL, {"show": "all"})) == [late, third, second, first]


def test_reading_comes_back_to_the_list_it_was_done_from(door, minji, note):
    pk = tell(minji, note)[0]
    response = door(minji).post(READ_URL, {"id": str(pk), "show": "all"})
    assert response.headers["Location"] == f"{PAGE_URL}?show=all"


@pytest.mark.parametrize("fields", [{"id": "x"}, {"id": "9" * 400}, {"until": "\0"}, {"until": "-1"}, {}])
def test_bad_numbers_read_nothing(door, minji, note, fields):
    tell(minji, note)
    before = dump()
    assert door(minji).post(READ_URL, fields).status_code == 302
    assert dump() == before


def test_nobody_reads_for_another(door, minji, tom, note):
    pk = tell(minji, note)[0]
    client = door(tom)
    client.post(READ_URL, {"id": str(pk)})
    client.post(READ_URL, {"until": str(pk)})
    assert Notification.objects.get(pk=pk).read_at is None


@pytest.mark.parametrize("after", ["x", "9" * 400, "\0", ""])
def test_a_page_that_is_none_is_empty(door, minji, note, after):
    tell(minji, note)
    response = door(minji).get(PAGE_URL, {"after": after})
    assert (response.status_code, shown(response)) == (200, [])


def test_many_come_a_page_at_a_time(door, minji, note):
    pks = tell(minji, note, PAGE + 3)[::-1]
    client = door(minji)
    first = client.get(PAGE_URL)
    second = client.get(PAGE_URL, {"after": first.context["more_after"]})
    assert shown(first) == pks[:PAGE]
    assert (shown(second), second.context["more_after"]) == (pks[PAGE:], None)


def test_page_takes_the_same_queries_for_any_number(door, minji, note):
    client = door(minji)
    found = []
    for more in (1, PAGE + 3):
        tell(minji, note, more)
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE_URL)
        found.append(len(captured))
    # Session, user, own permissions, the groups' permissions, the notifications, the unread ones counted.
    assert found == [6, 6], [query["sql"] for query in captured]


def test_header_counts_the_unread(door, minji, stranger, note):
    tell(minji, note, 3)
    html = door(minji).get(reverse("admin:digest_tag_changelist")).content.decode()
    assert f'href="{PAGE_URL}"' in html
    assert "<b>3<span" in html
    assert PAGE_URL not in door(stranger).get(reverse("admin:index")).content.decode()
