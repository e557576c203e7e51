"""Digests at the desk: the list, a new one, and its page."""

import datetime
import zoneinfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from digest.models import Digest, Event
from tests.build import build_digest, build_entry
from tests.digest.desk.conftest import digest_url, dump, fresh
from tests.page import form_data, message_texts


def test_add_digest(door, minji):
    client = door(minji)
    url = reverse("admin:digest_digest_add")
    data = form_data(client.get(url), "digest_form") | {"date": "2024-12-24"}
    response = client.post(url, data)
    assert Digest.objects.get().date == datetime.date(2024, 12, 24)
    assert response.headers["Location"] == digest_url("change", Digest.objects.get())
    assert client.post(url, data).status_code == 200
    assert Digest.objects.count() == 1
    assert list(Event.objects.values_list("verb", "actor__username")) == [("add", "minji")]


def test_tampered_page_writes_nothing(door, minji, digest):
    before = dump()
    data = {"date": "1999-01-01", "publish_at": "2024-01-01", "status": "live", "_continue": "1"}
    door(minji).post(digest_url("change", digest), data)
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


def test_new_digest_begins_with_today_where_the_site_lives(door, minji):
    page = door(minji).get(reverse("admin:digest_digest_add"))
    today = timezone.localdate(timezone=zoneinfo.ZoneInfo("Asia/Seoul"))
    assert page.context["adminform"].form.initial["date"] == today
    assert reverse("admin:compose") in page.content.decode()


def test_page_offers_the_ways_to_fill_a_digest_that_the_editor_has(door, minji, tom):
    digest = build_digest(public=False)
    ways = [
        digest_url("entry", digest),
        f"{reverse('admin:compose')}?date=2024-10-30",
        f"{reverse('admin:digest_entry_add')}?digest={digest.pk}",
    ]
    html = door(minji).get(digest_url("change", digest)).content.decode()
    assert [way in html for way in ways] == [True] * 3
    html = door(tom).get(digest_url("change", digest)).content.decode()
    assert [way in html for way in ways] == [False] * 3


def test_list_and_page_show_moments_where_the_site_and_the_editor_live(door, minji):
    minji.time_zone = "America/New_York"
    minji.save()
    moment = datetime.datetime(2099, 7, 1, 1, tzinfo=datetime.UTC)
    digest = build_digest(publish_at=moment)
    shown = "2099-07-01 10:00 Asia/Seoul · 2099-06-30 21:00 America/New_York"
    client = door(minji)
    assert shown in client.get(reverse("admin:digest_digest_changelist")).content.decode()
    assert shown in client.get(digest_url("change", digest)).content.decode()


def test_page_takes_the_same_queries_for_any_number_of_entries(door, boss):
    client = door(boss)
    found = []
    for more in (1, 59):
        for number in range(more):
            build_entry(title=f"P{more}-{number}", authors=["Kim"], en="Text", tags=["a", "b"])
        digest = Digest.objects.get()
        with CaptureQueriesContext(connection) as captured:
            html = client.get(digest_url("change", digest)).content.decode()
        assert html.count("order-grip") == digest.entries.count()
        # session, user, digest with its counts, entries, notes, live revisions, taggings with tags, unread
        found.append(len(captured))
    assert found == [8, 8], [query["sql"] for query in captured]
