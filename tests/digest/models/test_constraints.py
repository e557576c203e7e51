"""What the database itself refuses, on SQLite and PostgreSQL alike; no form, no workflow in between."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from digest.models import (
    Digest,
    Entry,
    ImportConflict,
    ImportRun,
    Note,
    NoteRevision,
    Reference,
    SourceFile,
    Tag,
    TagAlias,
    TaggedEntry,
    order_key,
)
from papers.models import Author, Authorship, Paper
from tests.build import build_digest, build_entry, build_note, build_paper

NOW = datetime.datetime(2024, 10, 30, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


def refused(write):
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        write()


@pytest.fixture
def entry(db):
    return build_entry(tags=["moe"], authors=["Kun Xu"])


@pytest.fixture
def note(entry):
    return entry.notes.get()


def test_one_digest_a_date(entry):
    refused(lambda: Digest.objects.create(date=entry.digest.date))


@pytest.mark.parametrize("window", [(None, NOW), (NOW, NOW), (NOW, NOW - HOUR)])
def test_a_window_ends_after_it_begins(entry, window):
    publish_at, unpublish_at = window
    for model in (Digest, Entry):
        refused(lambda model=model: model.objects.update(publish_at=publish_at, unpublish_at=unpublish_at))


def test_a_paper_once_a_digest(entry):
    key = order_key(entry.digest.date, 2)
    refused(lambda: Entry.objects.create(digest=entry.digest, paper=entry.paper, position=2, order_key=key))


@pytest.mark.parametrize("position", [0, 10_000])
def test_position_in_range(entry, position):
    refused(lambda: Entry.objects.update(position=position))


def test_order_keys_are_unique(entry):
    other = build_entry()
    refused(lambda: Entry.objects.filter(pk=other.pk).update(order_key=entry.order_key))


def test_deleted_is_never_public(entry):
    refused(lambda: Entry.objects.update(deleted_at=NOW))


def test_a_digest_or_paper_in_use_is_protected(entry):
    with pytest.raises(Exception, match="protected"):
        entry.digest.delete()
    with pytest.raises(Exception, match="protected"):
        entry.paper.delete()


def test_one_note_an_entry_and_language(note):
    refused(lambda: Note.objects.create(entry=note.entry, language="ko"))


@pytest.mark.parametrize(
    "fields",
    [
        {"language": "fr"},
        {"state": "gone"},
        {"body": ""},
        {"sig_rev": 2},
        {"live_at": None},
        {"live": None},
        {"state": None},
    ],
)
def test_note_checks(note, fields):
    refused(lambda: Note.objects.update(**fields))


def test_empty_body_is_fine_for_a_draft_alone(note):
    Note.objects.update(body="", state="draft")
    refused(lambda: Note.objects.update(state="review"))


def test_revision_numbers_are_unique_and_from_one(note):
    refused(lambda: NoteRevision.objects.create(note=note, rev=1))
    refused(lambda: NoteRevision.objects.create(note=note, rev=0))


def test_first_revision_is_never_minor(db):
    note = Note.objects.create(entry=build_entry(ko=""), language="ko")
    refused(lambda: NoteRevision.objects.create(note=note, rev=1, body="a", minor=True))


def test_four_eyes_in_the_database(note, minji, rina):
    NoteRevision.objects.create(note=note, rev=2, body="a", author=minji)
    revisions = NoteRevision.objects.filter(rev=2)
    refused(lambda: revisions.update(reviewed_by=minji, reviewed_at=NOW))
    revisions.update(reviewed_by=rina, reviewed_at=NOW)
    revisions.update(reviewed_by=minji, self_review=True)
    refused(lambda: revisions.update(self_review=False))


def test_reviewed_by_and_at_go_together(note, rina):
    refused(lambda: NoteRevision.objects.update(reviewed_by=rina))
    refused(lambda: NoteRevision.objects.update(reviewed_at=NOW))


def test_imported_revision_may_be_reviewed_by_anyone(note, rina):
    NoteRevision.objects.update(reviewed_by=rina, reviewed_at=NOW)


def test_a_live_revision_cannot_be_deleted(note):
    with pytest.raises(Exception, match="protected"):
        note.live.delete()


@pytest.mark.parametrize(("kind", "arxiv_id"), [("arxiv", ""), ("url", "2408.16357"), ("doi", "")])
def test_reference_kind_matches_its_id(note, kind, arxiv_id):
    refused(
        lambda: Reference.objects.create(
            revision=note.live, kind=kind, arxiv_id=arxiv_id, url="https://x.example"
        )
    )


def test_tag_names_and_addresses_are_unique(entry):
    refused(lambda: Tag.objects.create(name="moe", slug="other"))
    refused(lambda: Tag.objects.create(name="other", slug="moe"))
    refused(lambda: Tag.objects.update(name=""))
    tag = Tag.objects.get()
    TagAlias.objects.create(slug="old", tag=tag)
    refused(lambda: TagAlias.objects.create(slug="old", tag=tag))
    refused(lambda: TaggedEntry.objects.create(tag=tag, content_object=entry, order_key=1))


def test_byline_places_and_people_are_unique(entry):
    author = Author.objects.get()
    other = Author.objects.create(name="Other", name_key="other")
    refused(
        lambda: Authorship.objects.create(paper=entry.paper, author=other, position=1, printed_name="Other")
    )
    refused(
        lambda: Authorship.objects.create(paper=entry.paper, author=author, position=2, printed_name="Kun Xu")
    )
    refused(lambda: Author.objects.create(name="Kun Xu", name_key="kun xu", homonym=1))
    refused(lambda: Author.objects.create(name="Zero", name_key="zero", homonym=0))


def test_arxiv_ids_are_unique_but_many_papers_lack_one(db):
    build_paper(arxiv_id="2408.16357")
    build_paper()
    build_paper()
    refused(lambda: build_paper(arxiv_id="2408.16357"))
    refused(lambda: Paper.objects.filter(arxiv_id="2408.16357").update(arxiv_id=""))
    refused(lambda: Paper.objects.update(kind="poem"))


def test_one_open_conflict_a_field(entry):
    run = ImportRun.objects.create()
    source = SourceFile.objects.create(name="a.txt", sha256="0", content=b"", digest=entry.digest, run=run)
    fields = {"entry": entry, "field": "ko", "source_file": source, "line": 1}
    conflict = ImportConflict.objects.create(**fields)
    refused(lambda: ImportConflict.objects.create(**fields))
    refused(lambda: ImportConflict.objects.update(resolved_at=NOW))
    ImportConflict.objects.filter(pk=conflict.pk).update(resolved_at=NOW, resolution="ours")
    ImportConflict.objects.create(**fields)


BAD_TEXT = ["a\x00b", "a\x0bb", "a\x1bb", "a\x85b", "a\ufffeb", "a\uffffb", "a\ud800b", "a\U0001ffffb"]


@pytest.mark.parametrize("text", BAD_TEXT)
def test_refused_characters_stop_every_way_of_writing(entry, note, text):
    """save(), create(), bulk_create() and update() alike; nothing reaches the database."""
    writes = [
        lambda: Paper.objects.create(title=text, title_key="x"),
        lambda: Paper.objects.bulk_create([Paper(title=text, title_key="x")]),
        lambda: Paper.objects.update(abstract=text),
        lambda: Note.objects.update(body=text),
        lambda: NoteRevision.objects.bulk_create([NoteRevision(note=note, rev=2, body=text)]),
        lambda: Tag.objects.update(label_ko=text),
        lambda: Author.objects.update(name=text),
        lambda: Paper.objects.bulk_update([Paper(pk=entry.paper_id, title=text)], ["title"]),
    ]
    for write in writes:
        with pytest.raises(ValidationError):
            write()


@pytest.mark.parametrize(
    ("model", "field", "limit"),
    [
        (Paper, "title", 500),
        (Paper, "abstract", 20_000),
        (Author, "name", 200),
        (Note, "body", 20_000),
        (Tag, "name", 100),
    ],
)
def test_over_long_text_is_refused_on_both_databases(entry, model, field, limit):
    model.objects.update(**{field: "x" * limit})
    with pytest.raises(ValidationError):
        model.objects.update(**{field: "x" * (limit + 1)})


def test_stale_compares_with_the_source_of_the_same_entry(db):
    entry = build_entry(en="translated")
    build_entry()
    assert not Note.objects.stale().exists()
    entry.notes.filter(language="ko").update(sig_rev=1, rev=3)
    assert not Note.objects.stale().exists()
    entry.notes.filter(language="ko").update(sig_rev=3)
    assert list(Note.objects.stale()) == [entry.notes.get(language="en")]


def test_written_not_translated_is_never_stale(db):
    entry = build_entry(public=False)
    build_note(entry, "en", "written", live=False, source_rev=None)
    entry.notes.filter(language="ko").update(sig_rev=9, rev=9)
    assert not Note.objects.stale().exists()


def test_published_is_decided_by_the_clock_alone(db):
    shown = build_entry("2024-10-30")
    build_entry("2024-10-29", public=False)
    later = build_entry("2099-01-01")
    ended = build_entry("2024-10-28", unpublish_at=NOW)
    deleted = build_entry("2024-10-30")
    Entry.objects.filter(pk=deleted.pk).update(publish_at=None, deleted_at=timezone.now())
    assert set(Entry.objects.published()) == {shown}
    assert set(Digest.objects.published()) == {shown.digest}
    assert set(Entry.objects.published(datetime.datetime(2099, 1, 2, tzinfo=datetime.UTC))) == {shown, later}
    assert ended in Entry.objects.published(NOW - HOUR)


@pytest.mark.parametrize("count", [1, 5])
def test_for_page_takes_four_queries_however_many_entries(db, django_assert_num_queries, count):
    for _ in range(count):
        build_entry(en="note", tags=["moe", "llm"], authors=["Ann", "Bo"])
    # entries with paper and digest; live notes with revisions; authorships with authors; tags
    with django_assert_num_queries(4):
        for entry in Entry.objects.published().for_page():
            assert [note.live.body for note in entry.notes.all()]
            assert [row.author.name for row in entry.paper.authorships.all()] == ["Ann", "Bo"]
            assert [row.tag.name for row in entry.tagged_entries.all()] == ["moe", "llm"]


@pytest.mark.parametrize(
    ("publish_at", "unpublish_at", "status"),
    [(None, None, "draft"), (0, None, "live"), (1, None, "scheduled"), (-2, -1, "ended"), (-2, 1, "live")],
)
def test_digest_status(db, publish_at, unpublish_at, status):
    now = timezone.now()
    times = [None if hours is None else now + hours * HOUR for hours in (publish_at, unpublish_at)]
    assert build_digest(public=False, publish_at=times[0], unpublish_at=times[1]).status == status
