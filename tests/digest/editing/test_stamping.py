"""What moves the moment of the last change, and what does not. The team is in tests/conftest.py."""

import datetime

import pytest
from django.utils import timezone

from digest.editing.arranging import arrange_entries, delete_entry, move_digest, undelete_entry
from digest.editing.indexing import index_entries, index_papers
from digest.editing.publishing import publish_digest, unpublish_digest
from digest.editing.stamping import UNKNOWN
from digest.editing.tagging import rename_tag, set_tags
from digest.editing.workflow import approve, publish_note, save_note, submit, unpublish_note
from digest.models import Digest, Entry, Note
from digest.reading.archive import digest_of
from digest.reading.changes import digest_changed
from papers.models import Paper
from tests.build import build_digest, build_entry, build_note

pytestmark = pytest.mark.django_db
DAY = datetime.date(2024, 10, 30)


@pytest.fixture
def entries():
    """Two public entries of one digest, known to readers as they are."""
    found = [
        build_entry(title=title, ko="노트", authors=["Kun Xu"], tags=["moe"]) for title in ("First", "Second")
    ]
    index_entries([entry.pk for entry in found])
    Entry.objects.update(changed_at=None)
    return found


def moved():
    """Which entries, in the order they were made, changed since their publication."""
    names = dict(
        zip(Entry.objects.order_by("pk").values_list("pk", flat=True), ("First", "Second"), strict=True)
    )
    return {names[entry.entry_id] for entry in digest_of(DAY) if entry.changed > entry.published}


def rewrite(entry, by, body, language="ko"):
    note = Note.objects.filter(entry=entry, language=language).first()
    note = save_note(entry=entry, language=language, body=body, by=by, rev=note.rev if note else 0)
    return submit(note=note, by=by, rev=note.rev)


def test_a_draft_moves_nothing_and_its_publication_does(entries, minji, rina, paul):
    note = rewrite(entries[0], minji, "새 노트")
    note = approve(note=note, by=rina, rev=note.rev)
    before = moved()
    publish_note(note=note, by=paul, rev=note.rev)
    assert (before, moved()) == (set(), {"First"})


def test_a_write_that_changes_no_word_moves_nothing(entries, paul):
    set_tags(entries[0], ["moe"], by=paul)
    index_entries([entry.pk for entry in entries])
    arrange_entries(entries[0].digest, entries, by=paul)
    assert moved() == set()


@pytest.mark.parametrize(
    "field", ["title", "abstract", "doi", "url", "project_url", "code_url", "kind", "arxiv_id"]
)
def test_every_fact_of_a_paper_counts(entries, field):
    values = {"kind": "post", "arxiv_id": "2410.00009"}
    Paper.objects.filter(pk=entries[1].paper_id).update(**{field: values.get(field, "https://example.org/x")})
    index_papers([entries[1].paper_id])
    assert moved() == {"Second"}


def test_the_byline_counts(entries):
    entries[0].paper.authorships.update(printed_name="K. Xu")
    index_papers([entries[0].paper_id])
    assert moved() == {"First"}


def test_a_tag_counts_where_it_is_used(entries, paul):
    set_tags(entries[0], ["moe", "scaling-law"], by=paul)
    first = moved()
    rename_tag(tag=entries[1].tags.get(slug="moe"), name="mixture", by=paul)
    assert (first, moved()) == ({"First"}, {"First", "Second"})


def test_places_and_dates_count(entries, paul):
    arrange_entries(entries[0].digest, entries[::-1], by=paul)
    assert moved() == {"First", "Second"}
    Entry.objects.update(changed_at=None)
    digest = Digest.objects.get()
    digest.refresh_from_db()
    move_digest(digest=digest, date=datetime.date(2024, 11, 1), by=paul)
    assert {entry.changed > entry.published for entry in digest_of(datetime.date(2024, 11, 1))} == {True}


def test_an_entry_that_leaves_changes_its_digest_once(entries, paul):
    delete_entry(entry=entries[0], by=paul)
    left = Digest.objects.get().changed_at
    index_entries([entries[0].pk])
    assert left is not None
    assert Digest.objects.get().changed_at == left
    [stays] = digest_of(DAY)
    assert stays.changed == stays.published
    assert digest_changed([stays], left) == left
    undelete_entry(entry=Entry.objects.get(pk=entries[0].pk), by=paul)
    assert moved() == {"First"}


def test_a_note_that_is_withdrawn_changes_the_digest(entries, paul):
    build_note(entries[0], "en", "A note")
    index_entries([entries[0].pk])
    assert Digest.objects.get().changed_at is None
    note = entries[0].notes.get(language="en")
    unpublish_note(note=note, by=paul)
    assert Digest.objects.get().changed_at is not None
    assert moved() == {"First"}


def test_what_was_public_before_there_were_fingerprints_is_known_to_leave(entries, paul):
    Entry.objects.update(public_hash=UNKNOWN)
    unpublish_digest(digest=Digest.objects.get(), by=paul)
    assert Digest.objects.get().changed_at is not None


def test_what_comes_out_with_its_digest_has_not_changed_since(paul):
    digest = build_digest("2024-05-29", public=False)
    entry = build_entry("2024-05-29", public=False)
    Note.objects.update(state="approved")
    publish_digest(digest=digest, by=paul, acknowledge=True)
    entry.refresh_from_db()
    assert (entry.changed_at, len(entry.public_hash)) == (None, 30)
    unpublish_digest(digest=digest, by=paul)
    entry.refresh_from_db()
    assert entry.public_hash == ""
    again = timezone.now()
    publish_digest(digest=digest, by=paul, acknowledge=True)
    [shown] = digest_of(datetime.date(2024, 5, 29))
    assert shown.changed == shown.published > again


def test_what_is_scheduled_changes_when_readers_see_it(paul):
    digest = build_digest("2024-05-29", public=False)
    build_entry("2024-05-29", public=False)
    Note.objects.update(state="approved")
    soon = timezone.now() + datetime.timedelta(hours=1)
    publish_digest(digest=digest, by=paul, publish_at=soon, acknowledge=True)
    Entry.objects.update(publish_at=timezone.now() - datetime.timedelta(seconds=1))
    [shown] = digest_of(datetime.date(2024, 5, 29))
    assert shown.changed == shown.published
