import datetime

import pytest
from django.core.exceptions import ValidationError

from digest.editing.arranging import (
    add_entry,
    arrange_entries,
    delete_entry,
    move_digest,
    present_order,
    undelete_entry,
)
from digest.editing.errors import Refused
from digest.models import Digest, Entry, TaggedEntry, order_key
from tests.build import build_digest, build_entry, build_paper


def order(digest):
    return [entry.paper.title for entry in digest.entries.alive().order_by("-order_key")]


def keys_agree():
    entries = Entry.objects.select_related("digest")
    assert all(entry.order_key == order_key(entry.digest.date, entry.position) for entry in entries)
    assert all(row.order_key == row.content_object.order_key for row in TaggedEntry.objects.all())


def test_order_key_sorts_newest_digest_first_and_item_one_first():
    october, may = datetime.date(2024, 10, 30), datetime.date(2024, 5, 29)
    keys = [order_key(october, 1), order_key(october, 2), order_key(october, 9_999), order_key(may, 1)]
    assert keys == sorted(keys, reverse=True)


def test_swap_moves_keys_of_entries_and_tags(db):
    a, b, c = (build_entry(title=title, tags=["moe"]) for title in "abc")
    assert arrange_entries(a.digest, [b, a, c]) is True
    assert order(a.digest) == ["b", "a", "c"]
    keys_agree()
    assert arrange_entries(a.digest, list(a.digest.entries.order_by("position"))) is False


def test_deleted_entries_follow_the_living(db, paul):
    a, b, c = (build_entry(title=title) for title in "abc")
    delete_entry(entry=a, by=paul)
    arrange_entries(a.digest, [c, b])
    assert order(a.digest) == ["c", "b"]
    assert Entry.objects.get(pk=a.pk).position == 3
    keys_agree()


def test_delete_hides_at_once_and_undelete_shows_again(db, paul):
    entry = build_entry()
    delete_entry(entry=entry, by=paul)
    assert not Entry.objects.published().exists()
    assert not Digest.objects.published().exists()
    undelete_entry(entry=entry, by=paul)
    assert list(Entry.objects.published()) == [entry]


def test_delete_twice_writes_one_event(db, paul):
    entry = build_entry()
    first = delete_entry(entry=entry, by=paul).deleted_at
    assert delete_entry(entry=entry, by=paul).deleted_at == first


def test_add_entry_goes_to_the_end_and_is_not_public(db):
    digest = build_digest()
    entry = add_entry(digest, build_paper())
    assert (entry.position, entry.publish_at) == (1, None)
    assert add_entry(digest, build_paper()).position == 2


def test_move_digest_takes_its_entries_along(db, paul):
    a, _b = build_entry(tags=["moe"]), build_entry()
    move_digest(digest=a.digest, date=datetime.date(2023, 1, 2), by=paul)
    keys_agree()


def test_move_digest_onto_another_is_refused(db, paul):
    entry = build_entry()
    build_digest("2024-01-01")
    with pytest.raises(ValidationError):
        move_digest(digest=entry.digest, date=datetime.date(2024, 1, 1), by=paul)


def test_order_is_refused_if_it_moved_since_it_was_seen(db, minji):
    a, b, c = (build_entry(title=title) for title in "abc")
    seen = present_order(a.digest)
    assert seen == [a.pk, b.pk, c.pk]
    arrange_entries(a.digest, [c, a, b], by=minji, seen=seen)
    with pytest.raises(Refused) as refusal:
        arrange_entries(a.digest, [a, b, c], by=minji, seen=seen)
    assert refusal.value.code == "moved_on"
    assert order(a.digest) == ["c", "a", "b"]
    build_entry(title="d")
    with pytest.raises(Refused):
        arrange_entries(a.digest, [a, b, c], by=minji, seen=[c.pk, a.pk, b.pk])
    keys_agree()
