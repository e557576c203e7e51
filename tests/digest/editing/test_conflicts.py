"""Deciding an import conflict, three ways and with the rights each field asks for."""

import pytest
from django.core.exceptions import ValidationError

from digest.editing.conflicts import present_text, resolve_conflict, resolve_flag
from digest.editing.errors import NotAllowed, Refused
from digest.models import Event, ImportBase, ImportConflict, ImportFlag, ImportRun, Note, SourceFile
from papers.matching import byline
from papers.models import Paper
from tests.build import build_entry


@pytest.fixture
def make(db):
    """A conflict on one field: the file said ``base``, we say what is stored, it now says ``incoming``."""

    def conflict(field, incoming, base="old"):
        entry = build_entry(title="Our title", authors=["Kim", "Lee"], abstract="Our abstract", ko="우리 글")
        run = ImportRun.objects.create()
        file = SourceFile.objects.create(name="a.txt", sha256="0", content=b"", digest=entry.digest, run=run)
        ImportBase.objects.create(entry=entry, field=field, text=base, source_file=file, line=3)
        return ImportConflict.objects.create(
            entry=entry, field=field, base=base, ours="ours then", incoming=incoming, source_file=file, line=9
        )

    return conflict


def base_text(conflict):
    return ImportBase.objects.get(entry=conflict.entry, field=conflict.field).text


def test_keep_ours_writes_no_text_and_moves_the_base(make, minji):
    conflict = make("ko", "파일 글")
    resolve_conflict(conflict=conflict, by=minji, resolution="ours")
    assert Note.objects.get(language="ko").rev == 1
    assert base_text(conflict) == "파일 글"
    stored = ImportConflict.objects.get()
    assert (stored.resolution, stored.resolved_by) == ("ours", minji)
    event = Event.objects.get()
    assert (event.verb, event.actor, event.object_type) == ("resolve", minji, "importconflict")


def test_take_the_files_note_as_a_new_draft_revision(make, minji):
    conflict = make("ko", "파일 글")
    resolve_conflict(conflict=conflict, by=minji, resolution="incoming")
    note = Note.objects.get(language="ko")
    assert (note.body, note.state, note.live.body) == ("파일 글", "draft", "우리 글")
    revision = note.revisions.get(rev=2)
    assert (revision.author, revision.origin) == (minji, "merge")
    assert base_text(conflict) == "파일 글"


def test_save_a_merged_note(make, minji):
    conflict = make("ko", "파일 글")
    resolve_conflict(conflict=conflict, by=minji, resolution="merged", text="둘을 합친 글\r\n")
    assert Note.objects.get(language="ko").body == "둘을 합친 글"
    assert base_text(conflict) == "파일 글"


@pytest.mark.parametrize(
    ("field", "incoming", "read"),
    [
        ("title", "File title", lambda paper: paper.title),
        ("abstract", "File abstract", lambda paper: paper.abstract),
        ("authors", "Kim\nPark", lambda paper: "\n".join(byline(paper))),
    ],
)
def test_paper_fields_take_the_files_text(make, minji, field, incoming, read):
    conflict = make(field, incoming)
    resolve_conflict(conflict=conflict, by=minji, resolution="incoming")
    assert read(Paper.objects.get()) == incoming
    assert present_text(conflict) == incoming


def test_a_new_title_moves_its_key(make, minji):
    resolve_conflict(conflict=make("title", "File Title"), by=minji, resolution="incoming")
    assert Paper.objects.get().title_key == "file title"


def test_nothing_is_written_when_our_text_moved_on(make, minji):
    conflict = make("ko", "파일 글")
    with pytest.raises(Refused) as refused:
        resolve_conflict(conflict=conflict, by=minji, resolution="incoming", seen="예전 글")
    assert refused.value.code == "moved_on"
    assert Note.objects.get(language="ko").rev == 1
    assert ImportConflict.objects.get().resolved_at is None


def test_a_note_takes_the_right_to_its_language(make, minji):
    conflict = make("en", "File text")
    with pytest.raises(NotAllowed):
        resolve_conflict(conflict=conflict, by=minji, resolution="incoming")
    assert not Note.objects.filter(language="en").exists()
    assert base_text(conflict) == "old"


def test_resolving_takes_a_right(make, tom):
    conflict = make("ko", "파일 글")
    with pytest.raises(NotAllowed):
        resolve_conflict(conflict=conflict, by=tom, resolution="ours")


def test_a_publisher_cannot_write_a_note_by_resolving(make, paul):
    with pytest.raises(NotAllowed):
        resolve_conflict(conflict=make("ko", "파일 글"), by=paul, resolution="merged", text="몰래")
    assert Note.objects.get(language="ko").body == "우리 글"


def test_a_conflict_is_resolved_once(make, minji):
    conflict = make("ko", "파일 글")
    resolve_conflict(conflict=conflict, by=minji, resolution="ours")
    with pytest.raises(Refused):
        resolve_conflict(conflict=conflict, by=minji, resolution="incoming")
    assert Event.objects.count() == 1


@pytest.mark.parametrize(("resolution", "text"), [("", ""), ("delete", "x"), ("merged", "")])
def test_unfit_resolutions_write_nothing(make, minji, resolution, text):
    conflict = make("ko", "파일 글")
    with pytest.raises(ValidationError):
        resolve_conflict(conflict=conflict, by=minji, resolution=resolution, text=text)
    assert ImportConflict.objects.get().resolved_at is None


def test_a_title_cannot_be_emptied(make, minji):
    with pytest.raises(ValidationError):
        resolve_conflict(conflict=make("title", "x"), by=minji, resolution="merged", text=" ")
    assert Paper.objects.get().title == "Our title"


def test_resolve_flag(make, minji, tom):
    flag = ImportFlag.objects.create(source_file=make("ko", "x").source_file, line=1, reason="?")
    with pytest.raises(NotAllowed):
        resolve_flag(flag=flag, by=tom)
    for _ in range(2):
        resolve_flag(flag=flag, by=minji)
    assert ImportFlag.objects.get().resolved_at is not None
    assert Event.objects.filter(object_type="importflag").count() == 1
