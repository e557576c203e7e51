import csv
import datetime
import hashlib
import io
import json

import pytest
from django.utils import timezone

from digest.editing.importing import Importer
from digest.editing.tagging import rename_tag, set_tags
from digest.editing.workflow import save_note
from digest.models import Digest, Entry, Note, NoteRevision, SearchTerm, SourceFile, Tag, TagAlias
from digest.reading.archive_export import newest_change
from digest.text.site_archive import TABLES, read_line
from tests.archives import export
from tests.build import build_entry
from tests.planted import TOKENS, plant_hidden, plant_public

pytestmark = pytest.mark.django_db
SEED = "2024년 10월 30일\nA Work\n(Ann Lee)\n노트\n#moe #secret\nOther\n(Kim)\n둘째\n#moe\n"


def run(files):
    return [report.status for report in Importer().run(files)]


def rows(files, table):
    return [json.loads(line) for line in files[f"{table}.jsonl"].splitlines()]


def text_of(files):
    return "\n".join(files) + "\n" + "\n".join(data.decode() for data in files.values())


def test_tables_hold_what_is_public_and_fit_their_shapes(tmp_path):
    public = plant_public()
    SearchTerm.objects.create(forms="배치\nbatch", note=TOKENS["desk"])
    plain = export(tmp_path / "plain.zip")
    plant_hidden(public)
    SearchTerm.objects.filter(forms="note\nremark").delete()
    files = export(tmp_path / "planted.zip")
    for table, shape in TABLES.items():
        for line in files[f"{table}.jsonl"].splitlines():
            read_line(line, shape)
    assert [row["id"] for row in rows(files, "entries")] == [
        entry.pk for entry in (public[3], public[2], public[0], public[1])
    ]
    assert [row["date"] for row in rows(files, "digests")] == ["2024-03-14", "2024-05-29", "2024-10-30"]
    assert {row["id"] for row in rows(files, "papers")} == {entry.paper_id for entry in public}
    assert {row["slug"] for row in rows(files, "tags")} == {"scaling-law", "비디오-생성", "moe"}
    assert rows(files, "search_terms") == [{"forms": ["배치", "batch"]}]
    # Everything hidden taken together changes no byte of any file.
    assert {name for name in plain if plain[name] != files.get(name)} == set()
    assert plain.keys() == files.keys()


def test_nothing_hidden_is_in_any_file_or_name(tmp_path):
    public = plant_public()
    plant_hidden(public)
    run_ = Importer()._current_run()
    for digest in Digest.objects.all():
        papers = [entry.paper for entry in digest.entries.select_related("paper").order_by("position")]
        content = "\n".join(
            [
                str(digest.date),
                *(f"{paper.title}\n{' '.join(TOKENS.values())} 노트\n#moe" for paper in papers),
            ]
        )
        SourceFile.objects.create(
            name=f"{digest.date}.txt", sha256="0" * 64, content=content.encode(), digest=digest, run=run_
        )
    assert any(
        TOKENS["deleted"] in bytes(file.content).decode()
        for file in SourceFile.objects.filter(digest__in=Digest.objects.published())
    )
    text = text_of(export(tmp_path / "site.zip"))
    assert {token for token in TOKENS.values() if token in text} == set()


def test_a_seed_comes_as_it_was_imported_but_for_what_readers_do_not_see(tmp_path, minji, paul):
    run([("work/october.txt", SEED.encode())])
    assert export(tmp_path / "a.zip")["seeds/work/october.txt"] == SEED.encode()
    entry = Entry.objects.get(position=1)
    save_note(entry=entry, language="ko", body="공개되지 않은 글", by=minji, rev=1)
    assert export(tmp_path / "b.zip")["seeds/work/october.txt"] == SEED.encode()
    Entry.objects.filter(position=2).update(publish_at=None, deleted_at=timezone.now())
    assert export(tmp_path / "c.zip")["seeds/work/october.txt"].decode() == SEED.split("Other")[0]
    set_tags(entry, ["moe"], by=None)
    assert export(tmp_path / "d.zip")["seeds/work/october.txt"].decode() == SEED.split("Other")[0].replace(
        " #secret", ""
    )


def test_a_tag_deleted_altogether_does_not_come_back_from_the_stored_file(tmp_path):
    run([("a.txt", SEED.encode())])
    Tag.objects.get(slug="secret").delete()
    assert "secret" not in text_of(export(tmp_path / "site.zip"))


def test_live_words_come_where_the_working_copy_and_the_file_say_others(tmp_path):
    run([("a.txt", SEED.encode())])
    note = Note.objects.get(entry__position=1)
    revision = NoteRevision.objects.create(note=note, rev=2, body="새 글", origin="edit")
    note.body, note.rev, note.live = "아직 아닌 글", 2, revision
    note.save()
    files = export(tmp_path / "site.zip")
    assert files["seeds/a.txt"].decode() == SEED.replace("노트", "새 글")
    assert [row["notes"] for row in rows(files, "entries")] == [{"ko": "새 글"}, {"ko": "둘째"}]
    assert "아직 아닌 글" not in text_of(files)


def test_same_content_same_bytes_and_another_live_word_others(tmp_path):
    plant_public()
    first, second = tmp_path / "1.zip", tmp_path / "2.zip"
    before = export(first)
    export(second)
    assert first.read_bytes() == second.read_bytes()
    note = Note.objects.filter(language="ko").first()
    note.live = NoteRevision.objects.create(note=note, rev=9, body="바뀐 글", origin="edit")
    note.save()
    after = export(second, force=True)
    assert {name for name in before if before[name] != after[name]} == {
        "entries.jsonl", "entries.csv", "SHA256SUMS", f"seeds/{note.entry.digest.date}.txt"
    }  # fmt: skip


def test_time_of_the_files_is_that_of_the_newest_change(tmp_path):
    build_entry("2024-10-30")
    moment = datetime.datetime(2024, 11, 5, 6, 7, 8, tzinfo=datetime.UTC)
    Entry.objects.update(changed_at=moment)
    later = moment + datetime.timedelta(days=30)
    build_entry("2024-12-24", changed_at=later, publish_at=timezone.now() + datetime.timedelta(days=1))
    assert newest_change(timezone.now()) == moment
    files = export(tmp_path / "a.zip")
    assert json.loads(files["archive.json"])["changed"] == "2024-11-05T06:07:08Z"
    assert "2024-11-05 06:07 (UTC)" in files["README.txt"].decode()
    Digest.objects.filter(date="2024-10-30").update(changed_at=later)
    assert newest_change(timezone.now()) == later


def test_checksums_name_every_file_but_themselves(tmp_path):
    plant_public()
    files = export(tmp_path / "a.zip")
    expected = {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "SHA256SUMS"
    }
    lines = [line.split("  ") for line in files["SHA256SUMS"].decode().splitlines()]
    assert {name: digest for digest, name in lines} == expected
    assert [name for _, name in lines] == sorted(expected)


def test_table_for_spreadsheets_runs_nothing(tmp_path):
    build_entry(title="=cmd()", authors=["@who", "Bo"], ko="- 하나\n- 둘", en="+1", tags=["c++"], doi="-1")
    data = export(tmp_path / "a.zip")["entries.csv"].decode()
    assert data.startswith("\ufeffdate,position,")
    (row,) = csv.DictReader(io.StringIO(data.removeprefix("\ufeff")))
    assert row == {
        "date": "2024-10-30",
        "position": "1",
        "address": "http://localhost:8000/digests/2024-10-30/#e1",
        "title": "'=cmd()",
        "authors": "'@who; Bo",
        "arxiv_id": "",
        "doi": "'-1",
        "url": "",
        "tags": "c++",
        "ko": "'- 하나\n- 둘",
        "en": "'+1",
        "published": "2024-10-30T00:00:00Z",
        "changed": "2024-10-30T00:00:00Z",
    }


def test_papers_come_as_bibtex_once_each(tmp_path):
    public = plant_public()
    build_entry("2024-11-01", paper=public[0].paper)
    entries = export(tmp_path / "a.zip")["papers.bib"].decode().split("\n\n")
    assert [entry.split("\n")[1] for entry in entries if entry] == [
        f"  title         = {{{{{title}}}}},"
        for title in ("In both", "Second", "Korean only", "English only")
    ]


def test_old_addresses_of_public_tags_are_kept_with_them(tmp_path, paul):
    build_entry(tags=["moe"])
    hidden = build_entry(tags=["zqhidden"], public=False)
    TagAlias.objects.create(slug="zqold", tag=hidden.tags.get())
    rename_tag(tag=Tag.objects.get(slug="moe"), name="Mixture", by=paul)
    (tag,) = rows(export(tmp_path / "a.zip"), "tags")
    public = Tag.objects.get(slug="mixture")
    names = {"name": "Mixture", "label_ko": "", "description": "", "aliases": ["moe"]}
    assert tag == {"id": public.pk, "slug": "mixture", **names}


def test_names_of_seeds_are_safe_and_unlike_each_other(tmp_path):
    for day, name in (
        (1, "../../etc/x.txt"),
        (2, "2024-01-03.TXT.txt"),
        (3, None),
        (4, "2024-01-06.txt"),
        (6, None),
    ):
        entry = build_entry(f"2024-01-0{day}")
        if name:
            run_ = Importer()._current_run()
            SourceFile.objects.create(
                name=name, sha256="0" * 64, content=b"2024-01-01\nx\n#\n", digest=entry.digest, run=run_
            )
    names = [row["file"] for row in rows(export(tmp_path / "a.zip"), "digests")]
    assert names == [
        "2024-01-01.txt", "2024-01-03.TXT.txt", "2024-01-03.txt", "2024-01-06.txt", "digest-2024-01-06.txt"
    ]  # fmt: skip


def test_a_digest_that_the_grammar_cannot_hold_is_in_the_tables_all_the_same(tmp_path, capsys):
    build_entry("2024-10-30", title="Two  spaces")
    build_entry("2024-10-31")
    files = export(tmp_path / "a.zip")
    assert [row["file"] for row in rows(files, "digests")] == [None, "2024-10-31.txt"]
    assert json.loads(files["archive.json"])["without_seed"] == ["2024-10-30"]
    assert rows(files, "entries")[0]["date"] == "2024-10-30"


def test_number_of_queries_grows_with_batches_not_with_rows(tmp_path, django_assert_max_num_queries):
    for day in range(1, 29):
        for _ in range(3):
            build_entry(f"2024-02-{day:02}", tags=["moe"], authors=["Ann Lee"])
    # Ten of each digest are for its seed, the rest for all tables together.
    with django_assert_max_num_queries(28 * 10 + 70):
        export(tmp_path / "a.zip")
