import datetime
import json

import pytest
from django.utils import timezone

from digest.editing.publishing import publish_digest, unpublish_digest
from digest.editing.workflow import save_note
from digest.models import Digest, Entry
from digest.reading.archive_offer import (
    CURRENT,
    Mark,
    Offer,
    mark_public,
    read_offer,
    still_public,
    write_offer,
)
from tests.build import build_entry

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def mark():
    return mark_public(timezone.now())


def test_mark_holds_runs_of_public_numbers_alone():
    rows = [build_entry("2024-10-30", public=public) for public in (True, True, False, True)]
    first = rows[0].pk
    assert mark() == Mark([(first, first + 1), (first + 3, first + 3)], None)


def test_new_things_leave_an_older_archive_on_offer(minji):
    entry = build_entry("2024-10-30")
    build_entry("2024-10-30", public=False)
    before = mark()
    build_entry("2024-10-30")  # joins a digest that is public already
    build_entry("2019-01-02")  # imported with a date long past
    build_entry("2030-01-02", publish_at=timezone.now() + HOUR)
    save_note(entry=entry, language="ko", body="초안", by=minji, rev=1)
    Entry.objects.filter(publish_at=None).update(publish_at=timezone.now() - HOUR)
    assert still_public(before)


@pytest.mark.parametrize("change", [
    {"publish_at": None}, {"publish_at": None, "deleted_at": "now"}, {"unpublish_at": "past"}, {"publish_at": "future"},
])  # fmt: skip
def test_an_entry_that_is_hidden_withdraws_it_though_others_come(change):
    entries = [build_entry("2024-10-30") for _ in range(3)]
    hidden = build_entry("2024-10-30", public=False)
    before = mark()
    assert still_public(before)
    now = timezone.now()
    moments = {"now": now, "past": now - datetime.timedelta(seconds=1), "future": now + HOUR}
    change = {name: moments.get(value) if value else None for name, value in change.items()}
    Entry.objects.filter(pk=entries[1].pk).update(**change)
    # One that comes in its place does not make up for it.
    Entry.objects.filter(pk=hidden.pk).update(publish_at=now - HOUR)
    assert not still_public(before)


def test_an_end_that_comes_by_the_clock_withdraws_it():
    entry = build_entry("2024-10-30")
    soon = timezone.now() + HOUR
    Entry.objects.filter(pk=entry.pk).update(unpublish_at=soon)
    before = mark_public(soon - HOUR)
    assert still_public(before)
    Entry.objects.filter(pk=entry.pk).update(unpublish_at=timezone.now())
    assert not still_public(before)


def test_what_was_away_and_came_back_may_have_come_back_with_other_words(paul):
    entry = build_entry("2024-10-30")
    digest = Digest.objects.get()
    publish_digest(
        digest=digest, by=paul, acknowledge=True
    )  # as the desk does, so that its words are stamped
    before = mark()
    assert still_public(before)
    unpublish_digest(digest=digest, by=paul)
    assert not still_public(before)
    publish_digest(digest=digest, by=paul, acknowledge=True)
    assert Entry.objects.published().get() == entry
    assert not still_public(before)
    assert still_public(mark())


def test_checking_costs_one_query_for_many_gaps(django_assert_num_queries):
    entries = [build_entry("2024-10-30", public=not number % 2) for number in range(20)]
    found = mark()
    assert len(found.runs) == 10
    # (left since, counted in all runs)
    with django_assert_num_queries(2):
        assert still_public(found)
    entries[2].publish_at = None
    entries[2].save()
    assert not still_public(found)


def test_more_runs_than_one_statement_takes_are_all_checked():
    entry = build_entry("2024-10-30")
    many = Mark([*((n, n) for n in range(-3_000, -1_000, 2)), (entry.pk, entry.pk)], None)
    assert not still_public(many)
    assert still_public(Mark(many.runs[-1:], None))


@pytest.fixture
def offered(tmp_path):
    path = tmp_path / "site-1.zip"
    path.write_bytes(b"12345")
    moment = datetime.datetime(2024, 10, 30, 1, 2, 3, tzinfo=datetime.UTC)
    return Offer(path, 5, "a" * 64, moment, moment + HOUR, 7), Mark([(1, 3), (5, 5)], moment)


def test_an_offer_is_read_as_it_was_written(tmp_path, offered):
    (tmp_path / CURRENT).write_text(write_offer(*offered))
    assert read_offer(tmp_path) == offered


@pytest.mark.parametrize(
    "change",
    [{"size": 4}, {"size": None}, {"file": "gone.zip"}, {"changed": "x"}, {"runs": [1]}, {"sha256": ...}],
)
def test_what_cannot_be_read_is_no_offer(tmp_path, offered, change):
    state = json.loads(write_offer(*offered)) | change
    (tmp_path / CURRENT).write_text(
        json.dumps({name: value for name, value in state.items() if value is not ...})
    )
    assert read_offer(tmp_path) is None


@pytest.mark.parametrize("content", [None, b"", b"[]", b"{", b"\xff"])
def test_a_broken_state_is_no_offer(tmp_path, content):
    if content is not None:
        (tmp_path / CURRENT).write_bytes(content)
    assert read_offer(tmp_path) is None


def test_a_state_names_files_of_its_own_folder_alone(tmp_path, offered):
    outside = tmp_path / "site-1.zip"
    inside = tmp_path / "inside"
    inside.mkdir()
    state = json.loads(write_offer(*offered)) | {"file": f"../{outside.name}"}
    (inside / CURRENT).write_text(json.dumps(state))
    assert read_offer(inside) is None
