"""Pages of one digest: publishing, the clock in two zones, moving, copying out, history."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from digest.desk import digest_pages
from digest.editing.arranging import arrange_entries
from digest.editing.importing import Importer
from digest.editing.publishing import readiness
from digest.editing.workflow import save_note
from digest.models import Digest, Entry, Event
from tests.build import build_digest, build_entry
from tests.digest.desk.conftest import digest_url, dump, fresh
from tests.page import form_data, message_texts


def ticked(digest):
    """The box ticked for everything that is missing now."""
    return {"acknowledge": "on", "gap": [gap.key for gap in readiness(digest).gaps]}


def test_publish_lists_gaps_and_asks(door, paul, digest):
    client = door(paul)
    page = client.get(digest_url("publish", digest))
    (gap,) = page.context["ready"].gaps
    assert gap.text.startswith("2. Second")
    link = f"{reverse('admin:digest_entry_change', args=[gap.entry_id])}#id_en"
    assert link in page.content.decode()
    response = client.post(digest_url("publish", digest), {"now": "1"})
    assert response.status_code == 200
    assert "acknowledge" in response.context["form"].errors
    assert not Entry.objects.published().exists()
    data = form_data(page, "publish-form") | {"now": "1", "acknowledge": "on"}
    assert client.post(digest_url("publish", digest), data).status_code == 302
    assert Entry.objects.published().count() == 2


def test_publish_refuses_what_is_not_approved(door, paul):
    entry = build_entry(public=False)
    client = door(paul)
    assert client.get(digest_url("publish", entry.digest)).context["ready"].blocking
    response = client.post(digest_url("publish", entry.digest), {"now": "1", "acknowledge": "on"})
    assert response.status_code == 200
    assert fresh(entry.digest).publish_at is None


def test_schedule_is_in_the_site_time_zone(door, paul, digest):
    data = {"schedule": "1", "publish_at": "2099-01-01T09:00", "unpublish_at": ""} | ticked(digest)
    assert door(paul).post(digest_url("publish", digest), data).status_code == 302
    stored = fresh(digest)
    assert stored.publish_at == datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)
    assert stored.status == "scheduled"
    page = door(paul).get(digest_url("publish", digest)).content.decode()
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
    response = door(paul).post(digest_url("publish", digest), data | ticked(digest))
    assert response.status_code == 200
    assert response.context["form"].errors
    assert fresh(digest).publish_at is None


def test_unpublish_asks_first(door, paul):
    digest = build_entry().digest
    client = door(paul)
    assert client.get(digest_url("unpublish", digest)).status_code == 200
    assert Entry.objects.published().exists()
    client.post(digest_url("unpublish", digest))
    assert not Entry.objects.published().exists()


def test_move_changes_the_date_and_every_place(door, minji, digest):
    client = door(minji)
    assert client.post(digest_url("move", digest), {"date": "2024-11-09"}).status_code == 302
    assert fresh(digest).date == datetime.date(2024, 11, 9)
    build_digest("2024-11-10", public=False)
    response = client.post(digest_url("move", digest), {"date": "2024-11-10"})
    assert response.status_code == 200
    assert fresh(digest).date == datetime.date(2024, 11, 9)


def test_moving_a_published_digest_takes_a_publisher(door, minji, paul):
    digest = build_entry().digest
    assert door(minji).post(digest_url("move", digest), {"date": "2024-11-09"}).status_code == 403
    assert door(paul).post(digest_url("move", digest), {"date": "2024-11-09"}).status_code == 302


def test_box_covers_only_the_gaps_that_the_page_listed(door, paul, digest):
    client = door(paul)
    data = {"now": "1"} | ticked(digest)
    entry = build_entry("2024-11-01", title="Third", public=False)
    entry.notes.update(state="approved")
    response = client.post(digest_url("publish", digest), data)
    assert "acknowledge" in response.context["form"].errors
    assert "acknowledge" not in response.context["form"].data
    assert [gap.entry_id for gap in response.context["ready"].gaps][-1] == entry.pk
    assert fresh(digest).publish_at is None


@pytest.mark.parametrize("keys", [[], ["x"], ["1:en"], ["\x00"], ["9" * 400]])
def test_made_up_keys_acknowledge_nothing(door, paul, digest, keys):
    before = dump()
    door(paul).post(digest_url("publish", digest), {"now": "1", "acknowledge": "on", "gap": keys})
    assert dump() == before


def test_blocking_reasons_come_first_and_leave_nothing_to_press(door, paul):
    entry = build_entry(title="Not ready", public=False)
    html = door(paul).get(digest_url("publish", entry.digest)).content.decode()
    assert html.index('id="blocking"') < html.index('id="gaps"')
    assert f"{reverse('admin:digest_entry_change', args=[entry.pk])}#id_ko" in html
    assert 'name="now"' not in html


@pytest.fixture
def abroad(paul):
    """Paul, who publishes from New York."""
    paul.time_zone = "America/New_York"
    paul.save()
    return paul


def test_editor_abroad_types_their_own_time_and_reads_both(door, abroad, digest):
    client = door(abroad)
    data = {"schedule": "1", "publish_at": "2098-12-31T19:00", "unpublish_at": "2099-07-01T00:00"}
    response = client.post(digest_url("publish", digest), data | ticked(digest), follow=True)
    shown = "2099-01-01 09:00 Asia/Seoul · 2098-12-31 19:00 America/New_York"
    assert [shown in text for text in message_texts(response)] == [True]
    stored = fresh(digest)
    assert stored.publish_at == datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)
    assert stored.unpublish_at == datetime.datetime(2099, 7, 1, 4, tzinfo=datetime.UTC)
    html = client.get(digest_url("publish", digest)).content.decode()
    assert 'value="2098-12-31T19:00"' in html
    assert "America/New_York" in html
    assert shown in html
    assert shown in client.get(digest_url("unpublish", digest)).content.decode()


@pytest.mark.parametrize("typed", ["2026-03-08T02:30", "2026-11-01T01:30"])
def test_time_that_the_clocks_skip_or_pass_twice_is_refused(door, abroad, digest, typed):
    data = {"schedule": "1", "publish_at": typed} | ticked(digest)
    response = door(abroad).post(digest_url("publish", digest), data)
    ((error,),) = response.context["form"].errors.values()
    assert "America/New_York" in error
    assert fresh(digest).publish_at is None


def test_stored_moment_in_the_hour_that_comes_twice_can_be_kept(door, abroad, digest):
    moment = datetime.datetime(2026, 11, 1, 6, 30, 7, tzinfo=datetime.UTC)
    Digest.objects.update(publish_at=moment)
    client = door(abroad)
    data = (
        form_data(client.get(digest_url("publish", digest)), "publish-form")
        | {"schedule": "1"}
        | ticked(digest)
    )
    assert data["publish_at"] == "2026-11-01T01:30"
    assert client.post(digest_url("publish", digest), data).status_code == 302
    assert fresh(digest).publish_at == moment


def test_cancelling_a_schedule_says_so(door, paul, digest):
    Digest.objects.update(publish_at=datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC))
    client = door(paul)
    assert "2099-01-01 09:00 Asia/Seoul" in client.get(digest_url("unpublish", digest)).content.decode()
    client.post(digest_url("unpublish", digest))
    assert fresh(digest).status == "draft"


# -- copying out ------------------------------------------------------------------------------------------

SEED = "2024년 10월 30일\nFirst Paper\n(Ann Lee)\nAn abstract.\n첫 노트.\n#moe\n"


@pytest.fixture
def copied(door, minji):
    """Copies an imported, published digest of which Minji has since changed a note; answers the text shown."""
    list(Importer().run([("2024/a.txt", SEED.encode())]))
    entry = Entry.objects.get()
    save_note(entry=entry, language="ko", body="새 초안.", by=minji, rev=1)
    client = door(minji)

    def copy(**query):
        return client.get(digest_url("copy", entry.digest), query)

    return copy


def test_copy_is_what_readers_see_unless_chosen_otherwise(copied):
    assert copied().context["text"] == SEED
    assert copied(text="live").context["text"] == SEED
    assert copied(text="working").context["text"] == SEED.replace("첫 노트.", "새 초안.")
    assert "첫 노트." in copied(**{"as": "markdown"}).context["text"]
    assert "# 2024-10-30" in copied(**{"as": "markdown", "text": "working"}).context["text"]
    assert copied(**{"as": "\x00", "text": "9" * 400}).context["text"] == SEED


def test_copy_of_a_draft_is_its_working_copies_whatever_is_asked(door, minji, digest):
    response = door(minji).get(digest_url("copy", digest), {"text": "live"})
    assert (response.context["live"], response.context["public"]) == (False, False)
    assert "Second" in response.context["text"]


def test_copy_downloads_as_a_file(copied):
    response = copied(download="1")
    assert (response.content.decode(), response.headers["Content-Disposition"]) == (
        SEED,
        'attachment; filename="a.txt"',
    )
    response = copied(download="1", **{"as": "markdown"})
    assert response.headers["Content-Disposition"] == 'attachment; filename="2024-10-30.md"'
    assert response.headers["Content-Type"] == "text/markdown; charset=utf-8"


def test_what_the_grammar_cannot_hold_says_why(door, minji):
    digest = build_digest(public=False)
    response = door(minji).get(digest_url("copy", digest), {"download": "1"})
    assert response.status_code == 200
    assert "no entries" in response.context["problem"]


# -- history ----------------------------------------------------------------------------------------------


def test_history_holds_everything_of_the_digest_and_nothing_of_another(door, minji, digest):
    first, second = digest.entries.order_by("position")
    arrange_entries(digest, [second, first], by=minji)
    save_note(entry=first, language="ko", body="새 글", by=minji, rev=1)
    other = build_entry("2024-12-01", public=False, ko="")
    save_note(entry=other, language="ko", body="다른 글", by=minji, rev=0)
    Event.objects.create(verb="change", object_type="entry", object_id=first.pk, object_label="First")
    Event.objects.create(verb="rename", object_type="tag", object_id=first.pk, object_label="tag")
    response = door(minji).get(digest_url("history", digest))
    found = [(event.verb, event.object_type) for event, _moment in response.context["events"]]
    assert found == [("change", "entry"), ("save", "note"), ("arrange", "digest")]


def test_history_has_pages(door, minji, digest, monkeypatch):
    monkeypatch.setattr(digest_pages, "EVENTS_PER_PAGE", 2)
    for number in range(5):
        Event.objects.create(verb=f"v{number}", object_type="digest", object_id=digest.pk, object_label="x")
    client, seen, query = door(minji), [], {}
    while True:
        response = client.get(digest_url("history", digest), query)
        seen.append([event.verb for event, _moment in response.context["events"]])
        if response.context["older"] is None:
            break
        query = {"before": response.context["older"]}
    assert seen == [["v4", "v3"], ["v2", "v1"], ["v0"]]
    for odd in ("x", "-1", "9" * 400, "\x00"):
        assert len(client.get(digest_url("history", digest), {"before": odd}).context["events"]) == 2


def test_history_takes_the_same_queries_for_any_number_of_events(door, minji, digest):
    client = door(minji)
    entry = digest.entries.first()
    found = []
    for more in (1, 40):
        for number in range(more):
            note = entry.notes.get(language="ko")
            save_note(entry=entry, language="ko", body=f"{more} {number}", by=minji, rev=note.rev)
        with CaptureQueriesContext(connection) as captured:
            client.get(digest_url("history", digest))
        found.append(len(captured))
    # session, user, rights (of the user, of the groups), digest, entries, notes, events, unread
    assert found == [9, 9], [query["sql"] for query in captured]
