"""Editors, importers and publishers at the same moment, on real connections. Each race has a control that loses text."""

import threading

import pytest

from digest.editing.errors import Refused, StaleRevision
from digest.editing.importing import Importer
from digest.editing.publishing import publish_digest
from digest.editing.workflow import save_note
from digest.models import Digest, Entry, Event, ImportConflict, Note, NoteRevision, SourceFile, Tag
from papers.models import Author, Paper
from tests.build import build_entry
from tests.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
THREADS, ROUNDS = 4, 10


def add_line(entry, user, line):
    """What an editor does: read, add a paragraph, save; on a refusal read again."""
    while True:
        note = Note.objects.get(entry=entry, language="ko")
        try:
            save_note(entry=entry, language="ko", body=f"{note.body}\n\n{line}", by=user, rev=note.rev)
        except StaleRevision:
            continue
        return


def test_no_edit_is_lost_between_four_editors(minji):
    entry = build_entry(ko="처음")

    def editor(number):
        return lambda: [add_line(entry, minji, f"줄{number}-{step}") for step in range(ROUNDS)]

    at_once(*(editor(number) for number in range(THREADS)))
    note = Note.objects.get()
    assert set(note.body.split("\n\n")) == {
        "처음",
        *(f"줄{n}-{s}" for n in range(THREADS) for s in range(ROUNDS)),
    }
    assert note.rev == NoteRevision.objects.count() == 1 + THREADS * ROUNDS


def test_control_plain_save_loses_edits():
    """The harness can see a loss: the same race with Django's plain save()."""
    entry = build_entry(ko="처음")
    pause = threading.Barrier(2)

    def editor(line):
        def work():
            note = Note.objects.get(entry=entry)
            pause.wait()
            note.body += f"\n\n{line}"
            note.save()

        return work

    at_once(editor("하나"), editor("둘"))
    assert len(Note.objects.get().body.split("\n\n")) == 2


def test_double_submit_makes_one_revision(minji):
    entry = build_entry(ko="처음")

    def post():
        save_note(entry=entry, language="ko", body="두 번 보낸 글", by=minji, rev=1)

    at_once(post, post)
    assert NoteRevision.objects.count() == 2
    assert Event.objects.filter(verb="save").count() == 1


def test_first_save_of_a_note_twice_at_once_keeps_one(minji, rina):
    entry = build_entry(public=False, ko="")
    refused = []

    def post(user, body):
        def work():
            try:
                save_note(entry=entry, language="ko", body=body, by=user, rev=0)
            except StaleRevision as error:
                refused.append((error.theirs, error.mine))

        return work

    at_once(post(minji, "민지"), post(rina, "리나"))
    assert [set(texts) for texts in refused] == [{"민지", "리나"}]
    assert NoteRevision.objects.count() == 1


def seed(day, body):
    return f"2024-10-{day:02}\nPaper {day}\n(Ann Lee, Bo Kim)\n{body}\n#moe #llm #agent{day}\n".encode()


def test_importers_side_by_side_give_what_one_gives():
    files = [(f"{day}.txt", seed(day, "노트")) for day in range(1, 11)]

    def importer(mine):
        def work():
            reports = list(Importer().run(mine))
            assert {report.status for report in reports} <= {"created", "unchanged"}

        return work

    at_once(importer(files), importer(files[::-1]), importer(files[::2]), importer(files[1::2]))
    counts = [
        model.objects.count() for model in (Digest, Entry, Paper, Author, Note, NoteRevision, SourceFile)
    ]
    assert counts == [10, 10, 10, 2, 10, 10, 10]
    assert Tag.objects.count() == 12
    assert Entry.objects.published().count() == 10


def test_import_against_a_saving_editor_loses_nothing(minji):
    entry_text = "처음"
    list(Importer().run([("1.txt", seed(1, entry_text))]))
    entry = Entry.objects.get()
    for step in range(ROUNDS):
        before = Note.objects.get()

        def edit(step=step, before=before):
            try:
                save_note(entry=entry, language="ko", body=f"편집 {step}", by=minji, rev=before.rev)
            except StaleRevision as error:
                save_note(entry=entry, language="ko", body=f"편집 {step}", by=minji, rev=error.note.rev)

        at_once(edit, lambda step=step: list(Importer().run([("1.txt", seed(1, f"파일 {step}"))])))
        assert Note.objects.get().body == f"편집 {step}"
        incoming = f"파일 {step}"
        kept = NoteRevision.objects.filter(body=incoming).exists()
        assert kept or ImportConflict.objects.filter(incoming=incoming).exists()


def test_publishing_twice_at_once_leaves_one_state(paul):
    entry = build_entry(public=False, ko="")
    Note.objects.create(entry=entry, language="ko", body="글", rev=1, sig_rev=1, state="approved")
    NoteRevision.objects.create(note=entry.notes.get(), rev=1, body="글")

    def publish():
        try:
            publish_digest(digest=entry.digest, by=paul, acknowledge=True)
        except Refused:
            pytest.fail("publishing again is allowed")

    at_once(publish, publish)
    entry.refresh_from_db()
    digest = Digest.objects.get()
    assert (entry.publish_at, entry.unpublish_at) == (digest.publish_at, digest.unpublish_at)
    assert Entry.objects.published().count() == 1
