"""An archive into an empty site: the same to readers, whole or not at all."""

import json

import pytest
from django.db import connection, transaction

from digest.editing.errors import Refused
from digest.editing.importing import Importer
from digest.editing.reindexing import compare
from digest.editing.relating import relate_papers
from digest.editing.site_import_file import Damaged
from digest.editing.tagging import index_tag, merge_tags, rename_tag
from digest.editing.workflow import approve, publish_note, save_note, submit
from digest.models import (
    Digest,
    Entry,
    Event,
    ImportConflict,
    ImportRun,
    Note,
    Reference,
    Related,
    SearchTerm,
    SourceFile,
    Tag,
    TagAlias,
)
from digest.text.site_archive import TABLES
from papers.models import Author, Authorship, Paper
from papers.people import merge_authors
from tests.archives import export, members, pack, take_in
from tests.build import build_entry

pytestmark = pytest.mark.django_db
SEED = """2024년 10월 30일
One Work
(Ann Lee, Kun Xu, Kun Xu)
An abstract.
노트 https://arxiv.org/abs/2408.16357 [[Other Work]]
A note on [[Other Work]].
#MoE #scaling-law #old
Other Work
(Bo Kim)
둘째
#moe #scaling-law
"""
# What readers see of rows, and what the next import needs; numbers that no address holds are left out.
SEEN = {
    Paper: ("id", "title", "title_key", "abstract", "arxiv_id", "kind", "doi", "url", "project_url", "code_url"),
    Author: ("id", "name", "name_key", "homonym"),
    Authorship: ("paper", "author", "position", "printed_name"),
    Digest: ("date", "publish_at", "unpublish_at", "changed_at"),
    Entry: ("id", "digest__date", "paper", "position", "order_key", "source_language", "publish_at",
            "unpublish_at", "changed_at", "public_hash"),
    Tag: ("id", "slug", "name", "label_ko", "description"),
    TagAlias: ("slug", "tag__slug"),
    Entry.tags.through: ("content_object", "tag__slug", "order_key"),
    Note: ("entry", "language", "live__body"),
    Reference: ("id", "revision__note__entry", "revision__note__language", "kind", "arxiv_id", "title_key", "url"),
    Related: ("paper", "other", "score", "tags", "mentions", "text"),
    SearchTerm: ("forms",),
    SourceFile: ("name", "digest__date"),
}  # fmt: skip


def seen():
    found = {}
    for model, columns in SEEN.items():
        rows = model.objects.published() if model is Reference else model.objects.all()
        found[model.__name__] = sorted(map(repr, rows.values_list(*columns)))
    return found


@pytest.fixture
def away(tmp_path, minji, rina, paul):
    """(path of an archive, what was seen, its site taken back): a site that people have worked on."""

    def leave(*, more=lambda: None):
        with transaction.atomic():
            list(Importer().run([("work/october.txt", SEED.encode())]))
            entry = Entry.objects.get(position=1)
            save_note(entry=entry, language="ko", body="고친 글 [[Other Work]]", by=minji, rev=1)
            note = entry.notes.get(language="ko")
            submit(note=note, by=minji, rev=2, acknowledge=True)
            approve(note=note, by=rina, rev=2)
            publish_note(note=note, by=paul, rev=2)
            rename_tag(tag=Tag.objects.get(slug="old"), name="new", by=paul)
            Tag.objects.filter(slug="moe").update(label_ko="전문가 혼합", description="Sparse")
            index_tag(Tag.objects.get(slug="moe"))
            SearchTerm.objects.create(forms="배치\nbatch", note="why")
            more()
            relate_papers(Paper.objects.values_list("pk", flat=True))
            path = tmp_path / "site.zip"
            export(path)
            before = seen()
            transaction.set_rollback(True)
        assert not Paper.objects.exists()
        return path, before

    return leave


def test_every_row_that_readers_see_comes_back(away, tmp_path):
    path, before = away()
    run = take_in(path)
    assert seen() == before
    assert all(row for row in before.values())
    assert members(path) == export(tmp_path / "again.zip")
    assert path.read_bytes() == (tmp_path / "again.zip").read_bytes()
    assert run.counts["entries"] == 2


def test_texts_are_approved_live_revisions_of_nobody_and_the_run_is_told(away):
    path, _ = away()
    run = take_in(path)
    columns = (
        "language",
        "state",
        "rev",
        "sig_rev",
        "source_rev",
        "live__rev",
        "live__origin",
        "live__author",
    )
    assert set(Note.objects.values_list(*columns)) == {
        ("ko", "approved", 1, 1, None, 1, "import", None),
        ("en", "approved", 1, 1, 1, 1, "import", None),
    }
    event = Event.objects.get()
    assert (event.verb, event.object_type, event.object_id, event.actor) == (
        "import_site",
        "importrun",
        run.pk,
        None,
    )
    assert run.finished_at is not None
    assert list(SourceFile.objects.values_list("run", flat=True)) == [run.pk]


def test_references_that_other_rules_find_get_numbers_of_their_own(plain, tmp_path):
    rows = [json.loads(each) for each in plain["entries.jsonl"].splitlines()]
    rows[0]["references"] = {"en": rows[0]["references"]["en"]}
    rows[1]["notes"]["ko"] += " https://example.org/"
    take_in(pack(tmp_path / "other.zip", plain | {"entries.jsonl": lines_of(rows)}))
    found = Reference.objects.values_list("revision__note__entry", "kind", "title_key", "url")
    assert sorted(found) == [
        (1, "arxiv", "", "https://arxiv.org/abs/2408.16357"),
        (1, "title", "other work", ""),
        (1, "title", "other work", ""),
        (2, "url", "", "https://example.org/"),
    ]


def test_both_indexes_are_what_the_rows_say(away):
    take_in(away()[0])
    assert not compare("public")
    assert not compare("editor")


def test_work_goes_on_with_new_numbers(away):
    take_in(away()[0])
    known = {model: set(model.objects.values_list("pk", flat=True)) for model in (Author, Paper, Entry)}
    more = "2024-11-01\nThird Work\n(New One)\n셋째\n#moe\n".encode()
    assert [report.status for report in Importer().run([("november.txt", more)])] == ["created"]
    for model, numbers in known.items():
        new = set(model.objects.values_list("pk", flat=True)) - numbers
        assert len(new) == 1
        assert min(new) > max(numbers)


def test_an_older_file_overwrites_nothing_and_the_archives_own_is_no_news(away):
    path, _ = away()
    take_in(path)
    before = seen()
    del before["SourceFile"]
    exported = members(path)["seeds/work/october.txt"]
    assert [report.status for report in Importer().run([("work/october.txt", exported)])] == ["unchanged"]
    assert [report.status for report in Importer().run([("work/october.txt", SEED.encode())])] == ["updated"]
    assert ImportConflict.objects.get().ours == "고친 글 [[Other Work]]"
    assert {name: rows for name, rows in seen().items() if name in before} == before


def test_a_save_that_changes_nothing_moves_no_date(away, minji, rina, paul):
    path, before = away()
    take_in(path)
    relate_papers(Paper.objects.values_list("pk", flat=True))
    rename_tag(tag=Tag.objects.get(slug="moe"), name=Tag.objects.get(slug="moe").name, by=paul)
    assert seen()["Entry"] == before["Entry"]


def test_merged_people_and_tags_stay_merged(away, paul):
    def merge():
        merge_authors(source=Author.objects.get(name="Bo Kim"), target=Author.objects.get(name="Ann Lee"))
        merge_tags(source=Tag.objects.get(slug="scaling-law"), target=Tag.objects.get(slug="moe"), by=paul)

    path, before = away(more=merge)
    take_in(path)
    after = seen()
    assert [after[name] for name in ("Author", "Authorship", "Tag", "TagAlias")] == [
        before[name] for name in ("Author", "Authorship", "Tag", "TagAlias")
    ]
    assert set(TagAlias.objects.values_list("slug", "tag__slug")) == {("old", "new"), ("scaling-law", "moe")}
    assert Author.objects.get(name="Ann Lee").authorships.count() == 2


@pytest.mark.parametrize("make", [
    lambda: build_entry(), lambda: Author.objects.create(name="A", name_key="a"), lambda: Tag.objects.create(name="a", slug="a"),
])  # fmt: skip
def test_a_site_that_is_not_empty_is_left_alone(away, make):
    path, _ = away()
    make()
    before = seen()
    with pytest.raises(Refused, match="the database already holds 1 "):
        take_in(path)
    assert seen() == before
    assert not ImportRun.objects.exists()


# (table, line, change of the record, what is said)
UNFIT = [
    ("authors", 1, {"name": "x" * 201}, "authors.jsonl:1: name: "),
    ("authors", 2, {"id": 1}, "authors.jsonl:2: clashes with an earlier line or a rule: "),
    ("authors", 2, {"name": "Ann Lee"}, "authors.jsonl:2: clashes with an earlier line or a rule: "),
    ("papers", 1, {"authors": [{"id": 999, "name": "x"}]}, "papers.jsonl:1: there is no author 999"),
    ("papers", 1, {"authors": [{"id": 1, "name": "x"}] * 2}, "papers.jsonl:1: clashes"),
    ("papers", 1, {"kind": "book"}, "papers.jsonl:1: kind: "),
    ("papers", 1, {"url": "javascript:alert(1)"}, "papers.jsonl:1: url: "),
    ("papers", 2, {"id": 1}, "papers.jsonl:2: clashes"),
    ("digests", 1, {"date": "1900-01-01"}, "digests.jsonl:1: date: "),
    ("digests", 1, {"unpublish_at": "2001-01-01T00:00:00Z"}, "digests.jsonl:1: clashes"),
    ("digests", 1, {"file": "none.txt"}, "digests.jsonl:1: seeds/none.txt is not in the zip"),
    ("tags", 1, {"slug": "a/b"}, "tags.jsonl:1: 'a/b' cannot be the address of a tag"),
    ("tags", 1, {"aliases": ["A"]}, "tags.jsonl:1: 'A' cannot be the address of a tag"),
    ("tags", 2, {"slug": "moe"}, "tags.jsonl:2: clashes"),
    ("entries", 1, {"date": "2024-01-01"}, "entries.jsonl:1: there is no digest of 2024-01-01"),
    ("entries", 1, {"paper": 999}, "entries.jsonl:1: there is no paper 999"),
    ("entries", 1, {"position": 10_000}, "entries.jsonl:1: position: at most 9999"),
    ("entries", 2, {"position": 1}, "entries.jsonl:2: clashes"),
    ("entries", 2, {"paper": 1}, "entries.jsonl:2: clashes"),
    ("entries", 2, {"tags": ["nowhere"]}, "entries.jsonl:2: there is no tag 'nowhere'"),
    ("entries", 2, {"tags": ["moe", "moe"]}, "entries.jsonl:2: clashes"),
    ("entries", 1, {"unpublish_at": "2001-01-01T00:00:00Z"}, "entries.jsonl:1: clashes"),
    ("entries", 1, {"notes": {"ko": "x" * 20_001}}, "entries.jsonl:1: text holds 20001 characters; at most 20000 fit."),
    ("entries", 1, {"references": {"en": [7], "ko": [7, 8]}}, "entries.jsonl:1: clashes"),
    ("related", 1, {"paper": 999}, "related.jsonl:1: there is no paper 999"),
    ("related", 1, {"related": [{"paper": 1, "tags": 1, "mentions": 0, "text": 0}]}, "related.jsonl:1: clashes"),
    ("search_terms", 1, {"forms": ["one"]}, "search_terms.jsonl:1: "),
    ("search_terms", 1, {"forms": ["배치", "batch", "batch\u0020"]}, None),
]  # fmt: skip


@pytest.fixture
def plain(tmp_path):
    """{name: bytes} of a small archive whose rows are numbered from 1, whatever came before on this database."""
    with transaction.atomic():
        list(Importer().run([("a.txt", SEED.encode())]))
        relate_papers(Paper.objects.values_list("pk", flat=True))
        SearchTerm.objects.create(forms="배치\nbatch")
        files = export(tmp_path / "plain.zip")
        transaction.set_rollback(True)
    return renumbered(files)


def renumbered(files):
    rows = {table: [json.loads(line) for line in files[f"{table}.jsonl"].splitlines()] for table in TABLES}
    new = {
        table: {row["id"]: n for n, row in enumerate(rows[table], start=1)}
        for table in ("authors", "papers", "entries")
    }
    for row in rows["authors"]:
        row["id"] = new["authors"][row["id"]]
    for row in rows["papers"]:
        row["id"] = new["papers"][row["id"]]
        for each in row["authors"]:
            each["id"] = new["authors"][each["id"]]
    for row in rows["entries"]:
        row["id"], row["paper"] = new["entries"][row["id"]], new["papers"][row["paper"]]
    for row in rows["related"]:
        row["paper"] = new["papers"][row["paper"]]
        for each in row["related"]:
            each["paper"] = new["papers"][each["paper"]]
    return files | {f"{table}.jsonl": lines_of(rows[table]) for table in TABLES}


def lines_of(rows):
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


@pytest.mark.parametrize(("table", "line", "change", "said"), UNFIT)
def test_an_unfit_row_is_named_and_nothing_is_written(plain, english, tmp_path, table, line, change, said):
    rows = [json.loads(each) for each in plain[f"{table}.jsonl"].splitlines()]
    rows[line - 1] |= change
    path = pack(tmp_path / "bad.zip", plain | {f"{table}.jsonl": lines_of(rows)})
    if said is None:
        take_in(path)
        return
    with pytest.raises(Damaged) as error:
        take_in(path)
    assert str(error.value).startswith(said)
    assert len(str(error.value)) < 300
    assert not any(model.objects.exists() for model in (*SEEN, ImportRun, Event))
    connection.check_constraints()


@pytest.mark.parametrize("seed", [b"", b"2024-10-30\nOne Work\n#\n", SEED.replace("30", "29", 1).encode()])
def test_a_seed_that_does_not_hold_its_digest_is_refused(plain, tmp_path, seed):
    path = pack(tmp_path / "bad.zip", plain | {"seeds/a.txt": seed})
    with pytest.raises(
        Damaged, match=r"^digests\.jsonl:1: seeds/a\.txt does not hold the 2 entries of 2024-10-30$"
    ):
        take_in(path)
    assert not Digest.objects.exists()


def test_the_unchanged_archive_of_these_tests_is_taken_in(plain, tmp_path):
    take_in(pack(tmp_path / "good.zip", plain))
    assert list(Entry.objects.order_by("pk").values_list("pk", "paper")) == [(1, 1), (2, 2)]


def test_korean_is_analysed_by_the_rules_where_the_dictionary_is_missing(plain, tmp_path, monkeypatch):
    manifest = json.loads(plain["archive.json"]) | {"korean": "no such engine"}
    take_in(pack(tmp_path / "other.zip", plain | {"archive.json": json.dumps(manifest).encode()}))
    assert not compare("public")
