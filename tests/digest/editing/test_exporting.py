from pathlib import Path

import pytest

from digest.editing.exporting import export_digest, export_markdown, export_name
from digest.editing.importing import Importer
from digest.editing.tagging import merge_tags, rename_tag
from digest.editing.workflow import save_note
from digest.models import Digest, Entry, Tag
from tests.build import build_entry

SEEDS = sorted((Path(__file__).resolve().parents[3] / "seeds").glob("*.txt"))


def run(files):
    return [report.status for report in Importer().run(files)]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_untouched_seed_comes_out_byte_for_byte(db, path):
    run([(path.name, path.read_bytes())])
    digest = Digest.objects.get()
    assert export_name(digest) == path.name
    assert export_digest(digest) == path.read_bytes()


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_oddly_written_seed_comes_out_as_it_came(db, path):
    odd = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n\r\n", 1).replace(b"#", b"  #", 1)
    run([(path.name, odd)])
    assert export_digest(Digest.objects.get()) == odd


def test_one_edited_note_changes_only_its_own_entry(db, minji):
    path = SEEDS[1]
    run([(path.name, path.read_bytes())])
    entry = Entry.objects.get(paper__title__startswith="TxT360")
    note = entry.notes.get(language="ko")
    save_note(entry=entry, language="ko", body=note.body.replace("했네요.", "하였네요.", 1), by=minji, rev=1)
    before, after = path.read_text().split("\n"), export_digest(Digest.objects.get()).decode().split("\n")
    assert [(a, b) for a, b in zip(before, after, strict=True) if a != b] == [
        (a, a.replace("했네요.", "하였네요.", 1)) for a in before if "Global Deduplication을 했네요." in a
    ]


def test_export_then_import_into_the_same_database_is_unchanged(db, minji):
    path = SEEDS[0]
    run([(path.name, path.read_bytes())])
    entry = Entry.objects.get(position=1)
    save_note(entry=entry, language="ko", body="새 노트\n\n- 하나\n- 둘", by=minji, rev=1)
    exported = export_digest(Digest.objects.get())
    assert run([(path.name, exported)]) == ["unchanged"]
    assert export_digest(Digest.objects.get()) == exported


def test_renamed_and_merged_tags_leave_the_file_as_it_was(db, paul):
    path = SEEDS[0]
    run([(path.name, path.read_bytes())])
    rename_tag(tag=Tag.objects.get(slug="alignment"), name="rlhf", by=paul)
    merge_tags(source=Tag.objects.get(slug="multimodal"), target=Tag.objects.get(slug="rlhf"), by=paul)
    assert export_digest(Digest.objects.get()) == path.read_bytes()


def test_digest_made_by_hand_is_written_in_the_grammar(db):
    build_entry("2024-01-02", title="By hand", authors=["Ann Lee"], ko="노트", en="Note", tags=["moe"])
    digest = Digest.objects.get()
    assert export_name(digest) == "2024-01-02.txt"
    assert export_digest(digest).decode() == "2024년 1월 2일\nBy hand\n(Ann Lee)\n노트\nNote\n#moe\n"


def test_live_export_holds_what_readers_see_and_nothing_else(db, minji):
    path = SEEDS[0]
    run([(path.name, path.read_bytes())])
    entry = Entry.objects.get(position=1)
    save_note(entry=entry, language="ko", body="공개되지 않은 글", by=minji, rev=1)
    digest = Digest.objects.get()
    build_entry(digest.date, title="Not Public", public=False)
    assert export_digest(digest, live=True) == path.read_bytes()
    assert "Not Public" in export_digest(digest).decode()
    assert "공개되지 않은 글" in export_digest(digest).decode()
    live, working = export_markdown(digest, live=True), export_markdown(digest)
    assert ("공개되지" in live, "Not Public" in live) == (False, False)
    assert ("공개되지" in working, "Not Public" in working) == (True, True)


def test_markdown_links_each_paper_where_it_is(db):
    build_entry(title="On arXiv", arxiv_id="2408.16357", url="https://example.org/a")
    build_entry(title="Elsewhere", url="https://example.org/b", en="Text")
    text = export_markdown(Digest.objects.get(), live=True)
    assert [line for line in text.split("\n") if line.startswith("<")] == [
        "<https://arxiv.org/abs/2408.16357>",
        "<https://example.org/b>",
    ]
