"""The state of the desk: coverage, who is where, what is left."""

import datetime

from django.utils import timezone

from digest.editing.overview import coverage, drafts_left, next_digest, open_conflicts_of, present_at
from digest.models import Digest, EditSession, Entry, ImportConflict, ImportRun, Note, SourceFile
from tests.build import build_digest, build_entry


def test_coverage_says_there_missing_and_stale_in_digest_order(db, django_assert_num_queries):
    build_entry(ko="글", en="Text")
    build_entry(ko="글")
    stale = build_entry(ko="글", en="Text")
    Note.objects.filter(entry=stale, language="ko").update(rev=2, sig_rev=2)
    english = build_entry(ko="", en="Text", source_language="en")
    Note.objects.create(entry=english, language="ko")  # assigned, not begun
    gone = build_entry(ko="글")
    Entry.objects.filter(pk=gone.pk).update(deleted_at=timezone.now(), publish_at=None)
    empty = build_digest("2024-11-01")
    digest = Digest.objects.get(date="2024-10-30")
    with django_assert_num_queries(2):
        found = coverage([digest, empty, digest])
    expected = (("there", "there"), ("there", "missing"), ("there", "stale"), ("missing", "there"))
    assert found.keys() == {digest.pk, empty.pk}
    assert (found[digest.pk].entries, found[digest.pk].translated) == (expected, 2)
    assert (found[empty.pk].entries, found[empty.pk].translated) == ((), 0)


def test_present_are_others_of_the_last_minute_once_each(minji, tom, django_assert_num_queries):
    now = timezone.now()
    here, there = build_entry(), build_entry()
    for user, language, seconds in ((tom, "ko", 5), (tom, "en", 59), (minji, "ko", 5)):
        EditSession.objects.create(
            entry=here, language=language, user=user, seen_at=now - datetime.timedelta(seconds=seconds)
        )
    EditSession.objects.create(
        entry=there, language="en", user=tom, seen_at=now - datetime.timedelta(seconds=61)
    )
    with django_assert_num_queries(1):
        assert present_at([here.pk, there.pk], minji, now) == {here.pk: ["tom"]}


def test_open_conflicts_are_kept_by_entry(db):
    entry, run = build_entry(), ImportRun.objects.create()
    file = SourceFile.objects.create(name="a", sha256="0", content=b"", digest=entry.digest, run=run)
    fields = {"entry": entry, "source_file": file, "line": 1}
    first = ImportConflict.objects.create(field="ko", **fields)
    ImportConflict.objects.create(field="en", resolved_at=timezone.now(), resolution="ours", **fields)
    second = ImportConflict.objects.create(field="title", **fields)
    assert open_conflicts_of([entry.pk]) == {entry.pk: [first, second]}
    assert open_conflicts_of([]) == {}


def test_drafts_left_are_ones_own_the_latest_first(minji, tom):
    now = timezone.now()
    old, new, gone = build_entry(), build_entry(), build_entry(public=False)
    mine = [
        EditSession.objects.create(entry=entry, language="ko", user=minji, body="글", draft_at=at)
        for entry, at in ((old, now - datetime.timedelta(days=2)), (new, now), (gone, now))
    ]
    Entry.objects.filter(pk=gone.pk).update(deleted_at=now, publish_at=None)
    EditSession.objects.create(entry=old, language="en", user=tom, body="text", draft_at=now)
    EditSession.objects.create(entry=new, language="en", user=minji)
    assert drafts_left(minji) == [mine[1], mine[0]]
    assert drafts_left(minji, limit=1) == [mine[1]]


def test_next_digest_is_the_latest_that_is_a_draft(db):
    assert next_digest() is None
    build_digest("2024-10-30")
    build_digest("2024-11-01", public=False)
    latest = build_digest("2024-11-05", public=False)
    assert next_digest() == latest
