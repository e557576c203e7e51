import datetime

import pytest
from django.utils import timezone

from digest.editing.errors import NotAllowed, Refused, Unacknowledged
from digest.editing.publishing import publish_digest, readiness, unpublish_digest
from digest.models import Digest, Entry, Event, Note, Tag, published_authors, published_papers
from tests.build import build_digest, build_entry, build_note

HOUR = datetime.timedelta(hours=1)


def draft_entry(state="approved", **fields):
    entry = build_entry(public=False, ko="", **fields)
    build_note(entry, "ko", "원문", live=False, state=state)
    return entry


def test_publish_moves_every_pointer_and_window(paul):
    entry = draft_entry(tags=["moe"], authors=["Kun Xu"])
    other = draft_entry()
    publish_digest(digest=entry.digest, by=paul, acknowledge=True)
    assert set(Entry.objects.published()) == {entry, other}
    assert {note.live.body for note in Note.objects.published()} == {"원문"}
    assert [list(rows) for rows in (Digest.objects.published(), Tag.objects.published())] == [
        [entry.digest],
        [Tag.objects.get()],
    ]
    assert set(published_papers()) == {entry.paper, other.paper}
    assert [author.name for author in published_authors()] == ["Kun Xu"]
    assert Event.objects.get(verb="publish").actor == paul


def test_publish_needs_a_publisher(minji):
    entry = draft_entry()
    with pytest.raises(NotAllowed):
        publish_digest(digest=entry.digest, by=minji, acknowledge=True)
    assert not Entry.objects.published().exists()


def test_publish_lists_entries_without_an_approved_note(paul):
    draft_entry()
    draft_entry(state="review", title="Not ready")
    digest = Digest.objects.get()
    with pytest.raises(Refused) as refusal:
        publish_digest(digest=digest, by=paul, acknowledge=True)
    assert [message for message in refusal.value.messages if "2. Not ready" in message]
    assert len(refusal.value.messages) == 1
    assert not Entry.objects.published().exists()


def test_publish_of_an_empty_digest_is_refused(paul):
    with pytest.raises(Refused):
        publish_digest(digest=build_digest(public=False), by=paul)


def test_missing_and_stale_translations_must_be_acknowledged(paul):
    missing = draft_entry(title="Missing")
    stale = draft_entry(title="Stale")
    build_note(stale, "en", "old", live=False, state="approved", source_rev=0)
    with pytest.raises(Unacknowledged) as refusal:
        publish_digest(digest=missing.digest, by=paul)
    assert [message.split(":")[0] for message in refusal.value.messages] == ["1. Missing", "2. Stale"]
    publish_digest(digest=missing.digest, by=paul, acknowledge=True)
    assert Entry.objects.published().count() == 2


def test_scheduled_digest_appears_and_ends_by_the_clock_alone(paul):
    entry = draft_entry()
    now = timezone.now()
    publish_digest(
        digest=entry.digest, by=paul, publish_at=now + HOUR, unpublish_at=now + 2 * HOUR, acknowledge=True
    )
    seen = [Entry.objects.published(now + hours * HOUR).exists() for hours in (0, 1, 1.99, 2, 3)]
    assert seen == [False, True, True, False, False]


def test_window_that_ends_before_it_begins_is_refused(paul):
    entry = draft_entry()
    now = timezone.now()
    with pytest.raises(Refused):
        publish_digest(digest=entry.digest, by=paul, publish_at=now, unpublish_at=now, acknowledge=True)


def test_unpublish_takes_everything_away_and_publish_brings_it_back(paul):
    entry = draft_entry()
    publish_digest(digest=entry.digest, by=paul, acknowledge=True)
    unpublish_digest(digest=entry.digest, by=paul)
    assert not Entry.objects.published().exists()
    with pytest.raises(Refused):
        unpublish_digest(digest=entry.digest, by=paul)
    publish_digest(digest=entry.digest, by=paul, acknowledge=True)
    assert Entry.objects.published().exists()


def test_drafts_of_a_published_digest_stay_at_the_desk(paul):
    entry = draft_entry()
    build_note(entry, "en", "A draft", live=False)
    publish_digest(digest=entry.digest, by=paul, acknowledge=True)
    assert [note.language for note in Note.objects.published()] == ["ko"]


def test_publish_interrupted_at_the_last_step_leaves_nothing(paul, monkeypatch):
    entry = draft_entry()

    def fail(*args, **kwargs):
        raise RuntimeError("power cut")

    monkeypatch.setattr("digest.editing.publishing.record", fail)
    with pytest.raises(RuntimeError):
        publish_digest(digest=entry.digest, by=paul, acknowledge=True)
    entry.refresh_from_db()
    assert (entry.publish_at, entry.digest.publish_at, entry.notes.get().live) == (None, None, None)
    assert Digest.objects.get().publish_at is None


@pytest.mark.parametrize("count", [1, 4])
def test_readiness_takes_constant_queries(paul, django_assert_num_queries, count):
    for _ in range(count):
        entry = draft_entry()
    # entries with papers, their notes, stale notes
    with django_assert_num_queries(3):
        readiness(entry.digest)


def test_acknowledging_covers_exactly_the_gaps_that_were_shown(paul):
    missing = draft_entry(title="Missing")
    seen = frozenset(gap.key for gap in readiness(missing.digest).gaps)
    assert seen == {f"{missing.pk}:en:no_translation"}
    later = draft_entry(title="Later")
    with pytest.raises(Unacknowledged) as refusal:
        publish_digest(digest=missing.digest, by=paul, acknowledge=seen)
    assert [message.split(":")[0] for message in refusal.value.messages] == ["2. Later"]
    seen |= {gap.key for gap in readiness(later.digest).gaps}
    publish_digest(digest=missing.digest, by=paul, acknowledge=seen)
    assert Entry.objects.published().count() == 2


def test_readiness_says_which_note_to_look_at(db):
    entry = draft_entry(state="review")
    ready = readiness(entry.digest)
    assert [(lack.entry_id, lack.language, lack.kind) for lack in ready.blocking + ready.gaps] == [
        (entry.pk, "ko", "no_note"),
        (entry.pk, "en", "no_translation"),
    ]
