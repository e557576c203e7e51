"""Seed files into rows, and into rows that editors have touched."""

import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from digest.editing.arranging import arrange_entries, delete_entry
from digest.editing.importing import Importer
from digest.editing.workflow import save_note
from digest.models import (
    Digest,
    Entry,
    Event,
    ImportBase,
    ImportConflict,
    ImportFlag,
    ImportRun,
    Note,
    NoteRevision,
    SourceFile,
    Tag,
)
from papers.matching import set_byline
from papers.models import Author, Authorship, Paper
from tests.build import build_entry
from tests.digest.text.seed_table import EXPECTED

SEEDS = sorted((Path(__file__).resolve().parents[3] / "seeds").glob("*.txt"))
SEED = """2024년 10월 30일
First Paper
(Ann Lee, Kun Xu, Kun Xu)
An abstract of the first.
첫 논문 노트.
The first note.
#moe #llm
Second Paper
둘째 논문 노트.
#agent
"""


def run(text, name="a.txt", **options):
    """Import one file; its report."""
    importer = Importer(**options)
    (report,) = importer.run([(name, text if isinstance(text, bytes) else text.encode())])
    importer.finish()
    return report


def titles(digest=None):
    digest = digest or Digest.objects.get()
    return [entry.paper.title for entry in digest.entries.alive().order_by("position")]


def first():
    return Entry.objects.get(paper__title="First Paper")


def note(language="ko", title="First Paper"):
    return Note.objects.get(entry__paper__title=title, language=language)


@pytest.fixture
def seeds(db):
    reports = list(Importer().run([(path.name, path.read_bytes()) for path in SEEDS]))
    assert [report.status for report in reports] == ["created"] * 4


def row(entry):
    notes = {n.language: n.live.body for n in entry.notes.select_related("live")}
    return {
        "title": entry.paper.title,
        "authors": tuple(entry.paper.authorships.order_by("position").values_list("printed_name", flat=True)),
        "abstract": entry.paper.abstract,
        "ko": notes.get("ko", ""),
        "en": notes.get("en", ""),
        "tags": tuple(entry.tagged_entries.order_by("pk").values_list("tag__name", flat=True)),
    }


def test_every_field_of_every_seed_entry_is_right(seeds):
    for _name, date, entries in EXPECTED:
        rows = Entry.objects.published().filter(digest__date=date).order_by("position")
        assert [row(entry) for entry in rows] == [dict(entry) for entry in entries]


def test_seed_totals(seeds):
    published = Note.objects.published()
    totals = [Digest.objects.published().count(), Entry.objects.published().count()]
    totals += [published.filter(language="ko").count(), published.filter(language="en").count()]
    totals += [Authorship.objects.count(), Tag.objects.count()]
    assert totals == [4, 20, 20, 11, 146, 19]
    assert sorted(Author.objects.filter(name="Kun Xu").values_list("homonym", flat=True)) == [1, 2]
    assert not ImportFlag.objects.exists()


def test_imported_text_is_an_approved_live_revision_without_author(db):
    run(SEED)
    imported = note()
    revision = imported.live
    assert (imported.state, revision.origin, revision.author, revision.reviewed_by) == (
        "approved",
        "import",
        None,
        None,
    )
    assert note("en").source_rev == 1
    assert Digest.objects.get().publish_at.isoformat() == "2024-10-29T15:00:00+00:00"  # midnight in Seoul
    assert Event.objects.get().verb == "import_created"


def test_second_run_writes_nothing(seeds):
    importer = Importer()
    with CaptureQueriesContext(connection) as queries:
        reports = list(importer.run([(path.name, path.read_bytes()) for path in SEEDS]))
        importer.finish()
    assert {report.status for report in reports} == {"unchanged"}
    assert [q["sql"] for q in queries if not q["sql"].startswith("SELECT")] == []


def test_touched_but_equal_file_changes_no_content(db):
    run(SEED)
    before = list(NoteRevision.objects.values()), list(Entry.objects.values("pk", "order_key", "publish_at"))
    report = run("\ufeff" + SEED.replace("\n", "\r\n"))
    assert (report.status, report.changes) == ("unchanged", 0)
    assert before == (
        list(NoteRevision.objects.values()),
        list(Entry.objects.values("pk", "order_key", "publish_at")),
    )


def test_as_draft_shows_readers_nothing(db):
    run(SEED, as_draft=True)
    assert not Digest.objects.published().exists()
    assert set(Note.objects.values_list("state", "live")) == {("draft", None)}


def test_dry_run_reports_the_same_and_writes_nothing(db):
    dry = run(SEED, dry_run=True)
    assert not any(
        model.objects.exists() for model in (Digest, Paper, Author, Tag, ImportRun, SourceFile, Event)
    )
    assert run(SEED) == dry


def test_changed_file_updates_what_nobody_touched(db):
    run(SEED)
    changed = SEED.replace("첫 논문 노트.", "첫 논문 노트, 고침.").replace("#moe #llm", "#moe #rlhf")
    report = run(
        changed.replace("An abstract", "A better abstract").replace("Ann Lee, ", "Ann Lee, Bo Kim, ")
    )
    assert (report.status, report.conflicts) == ("updated", [])
    assert note().live.body == "첫 논문 노트, 고침."
    assert first().paper.abstract == "A better abstract of the first."
    assert row(first())["authors"] == ("Ann Lee", "Bo Kim", "Kun Xu", "Kun Xu")
    assert row(first())["tags"] == ("moe", "rlhf")
    assert list(Note.objects.stale()) == [note("en")]


def test_changed_source_and_translation_together_are_not_stale(db):
    run(SEED)
    run(SEED.replace("첫 논문 노트.", "새 노트.").replace("The first note.", "A new note."))
    assert not Note.objects.stale().exists()


def test_editors_change_survives_the_old_file(db, minji):
    run(SEED)
    save_note(entry=first(), language="ko", body="편집자의 글", by=minji, rev=1)
    report = run(SEED + "\n")
    assert (report.status, report.conflicts) == ("unchanged", [])
    assert note().body == "편집자의 글"


def test_both_changed_is_a_conflict_with_both_texts_kept(db, minji):
    run(SEED)
    save_note(entry=first(), language="ko", body="편집자의 글", by=minji, rev=1)
    changed = SEED.replace("첫 논문 노트.", "파일의 글.")
    report = run(changed)
    assert report.conflicts == [(5, "entry 1: Korean note changed here and in the file; ours is kept")]
    conflict = ImportConflict.objects.get()
    assert (conflict.base, conflict.ours, conflict.incoming) == ("첫 논문 노트.", "편집자의 글", "파일의 글.")
    assert (note().body, note().live.body) == ("편집자의 글", "첫 논문 노트.")
    assert run(changed).open_conflicts == 1
    assert run(changed + "\n").open_conflicts == 1
    assert ImportConflict.objects.count() == 1


def test_conflict_closes_when_both_sides_agree(db, minji):
    run(SEED)
    save_note(entry=first(), language="ko", body="편집자의 글", by=minji, rev=1)
    run(SEED.replace("첫 논문 노트.", "파일의 글."))
    run(SEED.replace("첫 논문 노트.", "편집자의 글"))
    assert ImportConflict.objects.get().resolved_at is not None
    assert ImportBase.objects.get(field="ko", entry=first()).text == "편집자의 글"


@pytest.mark.parametrize("field", ["title", "abstract"])
def test_editors_paper_field_conflicts_too(db, field):
    run(SEED)
    paper = first().paper
    setattr(paper, field, "Edited here")
    paper.full_clean()
    paper.save()
    report = run(SEED.replace("First Paper", "First Paper!").replace("An abstract", "The abstract"))
    assert [sentence.split(":")[1] for _line, sentence in report.conflicts] == [
        f" {field} changed here and in the file; ours is kept"
    ]
    paper.refresh_from_db()
    assert getattr(paper, field) == "Edited here"
    assert Entry.objects.count() == 2


def test_editors_byline_survives(db):
    run(SEED)
    set_byline(first().paper, ["Ann Lee"])
    run(SEED + "\n")
    assert row(first())["authors"] == ("Ann Lee",)
    assert len(run(SEED.replace("Ann Lee", "Anne Lee")).conflicts) == 1


def test_emptied_and_vanished_are_reported_and_kept(db):
    run(SEED)
    report = run(
        "2024년 10월 30일\nFirst Paper\n(Ann Lee, Kun Xu, Kun Xu)\nAn abstract of the first.\n첫 논문 노트.\n#moe\n"
    )
    sentences = {sentence for _line, sentence in report.notices}
    assert sentences == {
        "entry 1: the English note is gone from the file; ours is kept",
        "“Second Paper” is gone from the file; it is kept here",
    }
    assert titles() == ["First Paper", "Second Paper"]
    assert note("en").live.body == "The first note."


def test_renamed_title_is_the_same_entry(db):
    run(SEED)
    pk = first().pk
    run(SEED.replace("First Paper", "First Papers"))
    assert titles() == ["First Papers", "Second Paper"]
    assert Entry.objects.get(paper__title="First Papers").pk == pk


def test_entry_deleted_by_an_editor_stays_deleted(db, paul):
    run(SEED)
    delete_entry(entry=first(), by=paul)
    report = run(SEED.replace("첫 논문 노트.", "다시 온 글."))
    assert titles() == ["Second Paper"]
    assert [sentence for _line, sentence in report.notices] == [
        "“First Paper” was deleted here; it stays deleted"
    ]


def test_new_entry_goes_where_the_file_has_it(db):
    run(SEED)
    run(SEED.replace("Second Paper", "Between\n사이 노트.\n#agent\nSecond Paper"))
    assert titles() == ["First Paper", "Between", "Second Paper"]
    assert Entry.objects.published().count() == 3


def test_order_an_editor_made_is_kept(db):
    run(SEED)
    digest = Digest.objects.get()
    arrange_entries(digest, list(digest.entries.order_by("-position")))
    run(SEED + "Third\n셋째.\n#agent\n")
    assert titles() == ["Second Paper", "First Paper", "Third"]


def test_entry_added_by_an_editor_stays_in_its_place(db):
    run(SEED)
    build_entry("2024-10-30", title="By hand")
    digest = Digest.objects.get()
    one, two, by_hand = digest.entries.order_by("position")
    arrange_entries(digest, [one, by_hand, two])
    run(SEED + "Third\n셋째.\n#agent\n")
    assert titles() == ["First Paper", "By hand", "Second Paper", "Third"]


def test_one_paper_in_two_digests_is_one_row(db):
    run(SEED)
    run(SEED.replace("30일", "31일").replace("첫 논문", "다시 첫 논문"), "b.txt")
    assert Paper.objects.count() == 2
    assert Entry.objects.count() == 4


def test_same_title_by_other_people_is_another_paper(db):
    run(SEED)
    run("2024-11-01\nFirst Paper\n(Some One, Any Body)\n다른 논문.\n#moe\n", "b.txt")
    assert Paper.objects.filter(title="First Paper").count() == 2


def test_title_twice_in_a_digest_is_refused_whole(db):
    report = run(SEED + "Second Paper\n또 나온 논문.\n#agent\n")
    assert report.status == "refused"
    assert [(p.line, p.reason) for p in report.problems if p.severity == "error"] == [
        (11, "“Second Paper” stands twice in this digest; remove one of the two")
    ]
    assert not Digest.objects.exists()
    assert not Paper.objects.exists()


def test_two_files_of_one_date_are_refused(db):
    reports = list(Importer().run([("a.txt", SEED.encode()), ("b.txt", (SEED + "\n").encode())]))
    assert [report.status for report in reports] == ["created", "refused"]
    assert reports[1].problems[0].reason == "2024-10-30 is the date of a.txt too; one file per digest"


def test_renamed_file_is_the_same_digest(db):
    run(SEED)
    assert run(SEED, "renamed.txt").status == "unchanged"
    assert SourceFile.objects.get().name == "renamed.txt"


def test_file_whose_date_changed_is_refused(db):
    run(SEED)
    report = run(SEED.replace("30일", "29일"))
    assert report.status == "refused"
    assert "held 2024-10-30 before" in report.problems[0].reason
    assert Digest.objects.count() == 1


def test_bad_file_among_good_ones_is_absent_and_the_rest_whole(db):
    bad = b"2024-10-29\nTitle\n\xff\xfe\n"
    reports = list(Importer().run([("bad.txt", bad), ("good.txt", SEED.encode())]))
    assert [report.status for report in reports] == ["refused", "created"]
    assert {problem.line for problem in reports[0].problems} == {3}
    assert [digest.date for digest in Digest.objects.all()] == [datetime.date(2024, 10, 30)]


@pytest.mark.parametrize("step", ["import_batch.index_new", "import_digest.go_live"])
def test_failure_in_the_middle_leaves_no_half_digest(db, monkeypatch, step):
    def fail(*args, **kwargs):
        raise RuntimeError("power cut")

    monkeypatch.setattr(f"digest.editing.{step}", fail)
    if step == "import_digest.go_live":  # the way of those that are not stored together
        monkeypatch.setattr(Importer, "_may_be_new", lambda *_: False)
    with pytest.raises(RuntimeError):
        run(SEED)
    assert not any(m.objects.exists() for m in (Digest, Paper, Author, Tag, SourceFile))


def test_digest_made_by_hand_meets_its_file(db):
    build_entry("2024-10-30", title="First Paper", ko="손으로 쓴 글")
    report = run(SEED)
    assert [sentence for _line, sentence in report.conflicts] == [
        "entry 1: Korean note changed here and in the file; ours is kept"
    ]
    assert titles() == ["First Paper", "Second Paper"]


def test_uncertain_place_is_flagged_for_the_editor(db):
    report = run("2024-10-30\nTitle\n한국어.\nEnglish text here.\n다시 한국어.\n")
    assert report.status == "created"
    flag = ImportFlag.objects.get()
    assert (flag.line, flag.reason) == (report.problems[0].line, report.problems[0].reason)


def test_paper_with_194_authors_imports_in_order(db):
    names = [f"Author Number{n}" for n in range(194)]
    run(f"2024-10-30\nBig\n({', '.join(names)})\n큰 논문.\n#llm\n")
    assert list(row(Entry.objects.get())["authors"]) == names


def test_digest_refused_within_its_transaction_leaves_no_run_and_does_not_hinder_the_next(db):
    twice = SEED.replace("Second Paper", "First Paper")
    assert run(twice).status == "refused"
    assert not ImportRun.objects.exists()
    importer = Importer()
    files = [("a.txt", twice.encode()), ("b.txt", SEED.replace("10월 30일", "10월 31일").encode())]
    assert [report.status for report in importer.run(files)] == ["refused", "created"]
    importer.finish()
    assert SourceFile.objects.get().run == ImportRun.objects.get()
