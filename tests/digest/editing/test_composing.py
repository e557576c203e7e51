"""A digest from text and an entry from a paper: rights, four eyes, names, three-way, all or nothing."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from accounts.roles import assign_role
from digest.editing.arranging import delete_entry
from digest.editing.composing import add_paper_entry, import_draft, may_compose, source_name
from digest.editing.errors import NotAllowed, Refused
from digest.editing.importing import Importer
from digest.editing.workflow import approve, save_note, submit
from digest.models import Digest, Entry, Event, ImportConflict, ImportRun, Note, NoteRevision, SourceFile
from papers.models import Paper
from tests.build import build_digest, build_entry, build_paper
from tests.digest.desk.conftest import dump

SEED = "2024-10-30\nFirst Paper\n(Ann Lee)\nAn abstract.\n첫 노트.\n#moe\nSecond Paper\n둘째 노트.\n#agent\n"
ENGLISH = SEED.replace("첫 노트.\n", "첫 노트.\nThe first note.\n")


def run(text, by, name=""):
    return import_draft(content=text if isinstance(text, bytes) else text.encode(), by=by, name=name)


def test_text_becomes_a_draft_of_the_person_who_imports(minji):
    report = run(SEED, minji)
    assert (report.status, report.name, report.entries) == ("created", "2024-10-30.txt", 2)
    digest = Digest.objects.get()
    assert digest.status == "draft"
    assert [entry.paper.title for entry in digest.entries.order_by("position")] == [
        "First Paper",
        "Second Paper",
    ]
    assert set(Note.objects.values_list("state", "live")) == {("draft", None)}
    assert set(NoteRevision.objects.values_list("author__username", "origin")) == {("minji", "import")}
    (run_row,) = ImportRun.objects.all()
    assert (run_row.by, run_row.as_draft, run_row.counts) == (minji, True, {"created": 1})
    event = Event.objects.get(verb="import_created")
    assert (event.actor, event.detail) == (minji, {"file": "2024-10-30.txt"})
    assert bytes(SourceFile.objects.get().content).decode() == SEED


def test_same_text_again_writes_nothing(minji):
    run(SEED, minji)
    before = dump()
    assert run(SEED, minji).status == "unchanged"
    assert dump() == before


def test_nobody_approves_a_text_they_pasted(rina):
    run(SEED, rina)
    note = Note.objects.first()
    submit(note=note, by=rina, rev=1)
    with pytest.raises(NotAllowed):
        approve(note=note, by=rina, rev=1)


def test_command_still_imports_without_an_author(db):
    list(Importer(as_draft=True).run([("a.txt", ENGLISH.encode())]))
    assert set(NoteRevision.objects.values_list("author", flat=True)) == {None}


def test_note_in_a_language_one_may_not_write_keeps_the_whole_digest_out(minji):
    before = dump()
    report = run(ENGLISH, minji)
    assert report.status == "refused"
    ((line, reason),) = [(problem.line, problem.reason) for problem in report.problems]
    assert line == 6
    assert reason.startswith("the English note differs from ours")
    assert dump() == before


def test_unchanged_note_in_another_language_is_no_hindrance(minji):
    list(Importer(as_draft=True).run([("2024-10-30.txt", ENGLISH.encode())]))
    report = run(ENGLISH.replace("첫 노트.", "고친 노트."), minji)
    assert report.status == "updated"
    assert set(Note.objects.values_list("body", flat=True)) == {
        "고친 노트.",
        "둘째 노트.",
        "The first note.",
    }


def test_text_changed_on_both_sides_is_a_conflict_and_ours_stays(minji):
    run(SEED, minji)
    note = Note.objects.get(entry__paper__title="First Paper")
    save_note(entry=note.entry, language="ko", body="우리 글", by=minji, rev=1)
    report = run(SEED.replace("첫 노트.", "파일 글."), minji)
    assert (report.status, len(report.conflicts)) == ("updated", 1)
    note.refresh_from_db()
    assert note.body == "우리 글"
    assert ImportConflict.objects.get().incoming == "파일 글."


def test_what_readers_see_does_not_move(rina, boss):
    list(Importer().run([("a.txt", SEED.encode())]))
    run(SEED.replace("첫 노트.", "고친 노트."), rina)
    note = Note.objects.get(entry__paper__title="First Paper")
    assert (note.body, note.state, note.live.body) == ("고친 노트.", "draft", "첫 노트.")


@pytest.mark.parametrize(
    "text", ["", "x", "2024-13-45\nT\n#", b"2024-10-30\nT\n\xff\n#", "2024-10-30\nT\x00\n#"]
)
def test_text_with_errors_writes_nothing(minji, text):
    before = dump()
    report = run(text, minji)
    assert (report.status, bool(report.problems)) == ("refused", True)
    assert dump() == before


def test_import_takes_every_right_it_may_use(minji, tom, rina, paul, stranger, boss):
    assert [may_compose(user) for user in (minji, tom, rina, paul, stranger, boss)] == [
        *(True, False, True, True, False, True)
    ]
    for user in (tom, stranger):
        with pytest.raises(NotAllowed):
            run(SEED, user)
    assert run(SEED, paul).status == "refused"  # a publisher writes no notes
    assert not Digest.objects.exists()


def test_publisher_imports_a_list_of_papers(paul):
    assert run("2024-10-30\nFirst Paper\n(Ann Lee)\n#moe\n", paul).status == "created"


@pytest.mark.parametrize(
    ("upload", "name"),
    [
        ("", "2024-10-30.txt"),
        ("digest.txt", "digest.txt"),
        ("taken.txt", "2024-10-30.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\seeds\\x.txt", "x.txt"),
        ("a\x00b.txt", "2024-10-30.txt"),
        ("가" * 400, "가" * 255),
        ("  ", "2024-10-30.txt"),
    ],
)
def test_file_name_of_the_provenance(db, upload, name):
    list(Importer().run([("taken.txt", SEED.replace("10-30", "10-29").encode())]))
    assert source_name(datetime.date(2024, 10, 30), upload) == name


def test_digest_keeps_the_name_it_is_known_by(minji):
    run(SEED, minji, name="first.txt")
    report = run(SEED.replace("첫", "새"), minji, name="second.txt")
    assert (report.status, report.name) == ("updated", "first.txt")
    assert SourceFile.objects.get().name == "first.txt"


# -- one entry --------------------------------------------------------------------------------------------


def add(by, digest=None, **fields):
    fields = {"title": "A Paper", "authors": ["Ann Lee"]} | fields
    return add_paper_entry(digest=digest or build_digest(public=False), by=by, **fields)


def test_entry_about_a_new_paper(minji):
    entry = add(
        minji, abstract="See https://github.com/a/b.", arxiv_id="2408.16357", url="https://example.org/p"
    )
    paper = entry.paper
    assert (entry.position, entry.source_language, paper.title, paper.arxiv_id) == (
        *(1, "ko", "A Paper", "2408.16357"),
    )
    assert (paper.url, paper.code_url) == ("https://example.org/p", "https://github.com/a/b")
    assert [row.printed_name for row in paper.authorships.all()] == ["Ann Lee"]
    assert [event.verb for event in Event.objects.all()] == ["add"]


def test_known_paper_is_taken_by_its_arxiv_id_and_left_alone(minji):
    known = build_paper("Old Title", ["Bo Li"], arxiv_id="2408.16357")
    before = Paper.objects.values().get()
    assert add(minji, title="New Title", arxiv_id="2408.16357").paper == known
    assert Paper.objects.values().get() == before


def test_known_paper_is_taken_by_its_title(minji):
    known = build_paper("A  paper", ["Ann Lee"])
    assert add(minji).paper == known


def test_other_arxiv_id_is_another_paper_of_that_title(minji):
    known = build_paper("A Paper", ["Ann Lee"], arxiv_id="2408.00001")
    assert add(minji, arxiv_id="2408.16357").paper != known


def test_paper_stands_once_in_a_digest_deleted_or_not(minji, paul):
    entry = add(minji)
    with pytest.raises(Refused) as refusal:
        add(minji, entry.digest)
    assert refusal.value.code == "twice"
    delete_entry(entry=entry, by=paul)
    with pytest.raises(Refused) as refusal:
        add(minji, entry.digest)
    assert refusal.value.code == "deleted"
    assert Entry.objects.count() == Paper.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"title": "x" * 501},
        {"title": "a\x0bb"},
        {"authors": ["x" * 201]},
        {"abstract": "x" * 20_001},
        {"url": "javascript:alert(1)"},
    ],
)
def test_what_cannot_be_stored_leaves_nothing(minji, fields):
    digest = build_digest(public=False)
    before = dump()
    with pytest.raises(ValidationError):
        add(minji, digest, **fields)
    assert dump() == before


def test_adding_takes_the_right_to_entries_and_for_a_new_paper_to_papers(minji, tom, stranger):
    for user in (tom, stranger):
        with pytest.raises(NotAllowed):
            add(user)
    build_entry(title="A Paper", authors=["Ann Lee"])
    assign_role(stranger, "publisher")
    stranger = type(stranger).objects.get(pk=stranger.pk)
    assert add(stranger, build_digest("2024-11-01", public=False)).pk
