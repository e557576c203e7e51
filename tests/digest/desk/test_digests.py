"""Digests at the desk: adding, order, moving, and publishing with a look at what is missing."""

import datetime

import pytest
from django.urls import reverse

from digest.models import Digest, Entry, Event
from tests.build import build_digest, build_entry
from tests.digest.desk.conftest import dump, fresh
from tests.page import form_data, message_texts


def page_url(name, digest):
    return reverse(f"admin:digest_digest_{name}", args=[digest.pk])


@pytest.fixture
def digest(db):
    entry = build_entry("2024-11-01", title="First", ko="글", en="Text", public=False)
    build_entry("2024-11-01", title="Second", ko="글", public=False)
    for note in [*entry.notes.all(), *Entry.objects.get(paper__title="Second").notes.all()]:
        note.state = "approved"
        note.save()
    return entry.digest


def test_add_digest(door, minji):
    client = door(minji)
    url = reverse("admin:digest_digest_add")
    data = form_data(client.get(url), "digest_form") | {"date": "2024-12-24"}
    assert client.post(url, data).status_code == 302
    assert Digest.objects.get().date == datetime.date(2024, 12, 24)
    assert client.post(url, data).status_code == 200
    assert Digest.objects.count() == 1
    assert list(Event.objects.values_list("verb", "actor__username")) == [("add", "minji")]


def test_page_lists_entries_in_order_with_states(door, minji, digest):
    html = door(minji).get(page_url("change", digest)).content.decode()
    assert html.index("First") < html.index("Second")
    assert reverse("admin:digest_entry_add") + f"?digest={digest.pk}" in html
    assert "desk-missing" in html


def test_tampered_page_writes_nothing(door, minji, digest):
    before = dump()
    data = {"date": "1999-01-01", "publish_at": "2024-01-01", "status": "live", "_continue": "1"}
    door(minji).post(page_url("change", digest), data)
    assert dump() == before


def test_publish_lists_gaps_and_asks(door, paul, digest):
    client = door(paul)
    page = client.get(page_url("publish", digest))
    (gap,) = page.context["ready"].gaps
    assert gap.startswith("2. Second")
    response = client.post(page_url("publish", digest), {"now": "1"})
    assert response.status_code == 200
    assert "acknowledge" in response.context["form"].errors
    assert not Entry.objects.published().exists()
    response = client.post(page_url("publish", digest), {"now": "1", "acknowledge": "on"})
    assert response.status_code == 302
    assert Entry.objects.published().count() == 2


def test_publish_refuses_what_is_not_approved(door, paul):
    entry = build_entry(public=False)
    client = door(paul)
    assert client.get(page_url("publish", entry.digest)).context["ready"].blocking
    response = client.post(page_url("publish", entry.digest), {"now": "1", "acknowledge": "on"})
    assert response.status_code == 200
    assert fresh(entry.digest).publish_at is None


def test_schedule_is_in_the_site_time_zone(door, paul, digest):
    data = {"schedule": "1", "publish_at": "2099-01-01T09:00", "unpublish_at": "", "acknowledge": "on"}
    assert door(paul).post(page_url("publish", digest), data).status_code == 302
    stored = fresh(digest)
    assert stored.publish_at == datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)
    assert stored.status == "scheduled"
    page = door(paul).get(page_url("publish", digest)).content.decode()
    assert 'value="2099-01-01T09:00"' in page


@pytest.mark.parametrize(
    "data",
    [
        {"schedule": "1", "publish_at": ""},
        {"schedule": "1", "publish_at": "tomorrow"},
        {"schedule": "1", "publish_at": "2099-01-02T00:00", "unpublish_at": "2099-01-01T00:00"},
    ],
)
def test_odd_windows_are_refused(door, paul, digest, data):
    response = door(paul).post(page_url("publish", digest), data | {"acknowledge": "on"})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert fresh(digest).publish_at is None


def test_unpublish_asks_first(door, paul):
    digest = build_entry().digest
    client = door(paul)
    assert client.get(page_url("unpublish", digest)).status_code == 200
    assert Entry.objects.published().exists()
    client.post(page_url("unpublish", digest))
    assert not Entry.objects.published().exists()


def test_move_changes_the_date_and_every_place(door, minji, digest):
    client = door(minji)
    assert client.post(page_url("move", digest), {"date": "2024-11-09"}).status_code == 302
    assert fresh(digest).date == datetime.date(2024, 11, 9)
    build_digest("2024-11-10", public=False)
    response = client.post(page_url("move", digest), {"date": "2024-11-10"})
    assert response.status_code == 200
    assert fresh(digest).date == datetime.date(2024, 11, 9)


def test_moving_a_published_digest_takes_a_publisher(door, minji, paul):
    digest = build_entry().digest
    assert door(minji).post(page_url("move", digest), {"date": "2024-11-09"}).status_code == 403
    assert door(paul).post(page_url("move", digest), {"date": "2024-11-09"}).status_code == 302


def test_reorder_by_numbers(door, minji, digest):
    first, second = digest.entries.order_by("position")
    client = door(minji)
    data = form_data(client.get(page_url("change", digest)), page_url("order", digest))
    assert data == {f"position_{first.pk}": "1", f"position_{second.pk}": "2"}
    client.post(page_url("order", digest), data | {f"position_{first.pk}": "3"})
    assert list(digest.entries.order_by("position").values_list("paper__title", flat=True)) == [
        "Second",
        "First",
    ]
    assert list(Entry.objects.values_list("paper__title", flat=True)) == ["Second", "First"]


@pytest.mark.parametrize("number", ["", "x", "²", "-1", "9" * 40])
def test_reorder_refuses_other_than_numbers(door, minji, digest, number):
    first = digest.entries.order_by("position").first()
    before = dump()
    door(minji).post(page_url("order", digest), {f"position_{first.pk}": number})
    assert dump() == before


def test_bulk_publish_says_what_failed(door, paul, digest):
    blocked = build_entry("2024-11-02", public=False).digest
    ready = build_entry("2024-11-03", en="Text", public=False)
    ready.notes.update(state="approved")
    url = reverse("admin:digest_digest_changelist")
    data = {"action": "publish_digests", "_selected_action": [digest.pk, blocked.pk, ready.digest_id]}
    texts = message_texts(door(paul).post(url, data, follow=True))
    assert Digest.objects.published().get() == ready.digest
    assert len(texts) == 3
    assert [text.split(":")[0] for text in texts] == ["2024-11-03", "2024-11-02", "2024-11-01"]
    data = {"action": "unpublish_digests", "_selected_action": [digest.pk, ready.digest_id]}
    assert len(message_texts(door(paul).post(url, data, follow=True))) == 2
    assert not Digest.objects.published().exists()


def test_bulk_publish_is_a_publishers(door, minji, digest):
    data = {"action": "publish_digests", "_selected_action": [digest.pk]}
    door(minji).post(reverse("admin:digest_digest_changelist"), data)
    assert fresh(digest).publish_at is None


@pytest.mark.parametrize(
    ("status", "date"),
    [("draft", "2024-11-01"), ("scheduled", "2024-11-02"), ("live", "2024-11-03"), ("ended", "2024-11-04")],
)
def test_filter_by_status_agrees_with_the_status(door, minji, status, date):
    now = datetime.datetime.now(datetime.UTC)
    hour = datetime.timedelta(hours=1)
    build_digest("2024-11-01", public=False)
    build_digest("2024-11-02", publish_at=now + hour)
    build_digest("2024-11-03", publish_at=now - hour)
    build_digest("2024-11-04", publish_at=now - 2 * hour, unpublish_at=now - hour)
    response = door(minji).get(reverse("admin:digest_digest_changelist"), {"status": status})
    assert [(str(row), row.status) for row in response.context["cl"].result_list] == [(date, status)]
