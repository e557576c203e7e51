"""The commands around archives: export_site, build_archive, import_site."""

import datetime
import hashlib
import io
import json
import os
import time
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from digest.management import archive_files
from digest.models import Digest, Entry
from digest.reading.archive_offer import CURRENT, current_offer
from tests.archives import export, members, pack
from tests.build import build_entry
from tests.digest.management.test_crash import manage

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]


def run(command, *arguments):
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def refused(command, *arguments):
    with pytest.raises(CommandError) as error:
        run(command, *arguments)
    return error.value.returncode, str(error.value)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def folder(settings, tmp_path):
    path = tmp_path / "archive"
    path.mkdir()
    settings.NARANHI_ARCHIVE_DIR = str(path)
    return path


def test_export_says_what_it_wrote(tmp_path):
    build_entry("2024-10-30", title="Two  spaces")
    build_entry("2024-10-31")
    out = tmp_path / "site.zip"
    assert run("export_site", str(out)) == (
        f"{out}: {out.stat().st_size:,} bytes, 2 digests, 2 entries, 2 papers\n"
        "without a seed file, because the grammar cannot hold them: 2024-10-30\n"
    )
    assert names(tmp_path) == ["site.zip"]


def test_export_replaces_a_file_only_when_told_to(tmp_path):
    build_entry()
    out = tmp_path / "site.zip"
    out.write_bytes(b"mine")
    assert refused("export_site", str(out)) == (2, f"{out}: it is there already; add --force to replace it")
    assert out.read_bytes() == b"mine"
    run("export_site", str(out), "--force")
    assert "entries.jsonl" in members(out)
    assert refused("export_site", str(tmp_path), "--force") == (2, f"{tmp_path}: it is a directory")


def test_export_without_anything_public_or_a_place_to_write(tmp_path):
    build_entry(public=False)
    out = tmp_path / "site.zip"
    assert refused("export_site", str(out)) == (1, "nothing is published yet; no archive was written")
    assert names(tmp_path) == []
    code, said = refused("export_site", str(tmp_path / "none" / "site.zip"))
    assert (code, said.endswith(": No such file or directory")) == (2, True)


def test_an_interrupted_export_leaves_nothing_and_the_older_file_whole(tmp_path, monkeypatch):
    build_entry()
    out = tmp_path / "site.zip"
    run("export_site", str(out))
    before = out.read_bytes()

    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(archive_files, "export_digest", interrupt)
    with pytest.raises(KeyboardInterrupt):
        run("export_site", str(out), "--force")
    assert names(tmp_path) == ["site.zip"]
    assert out.read_bytes() == before


def test_a_build_without_change_keeps_file_and_moment(folder, tmp_path):
    build_entry("2024-10-30")
    said = run("build_archive")
    first = current_offer()
    assert said.startswith("written ")
    assert names(folder) == [CURRENT, first.path.name]
    assert first.path.name == f"site-{first.sha256[:16]}.zip"
    assert first.sha256 == hashlib.sha256(first.path.read_bytes()).hexdigest()
    assert (first.size, first.entries) == (first.path.stat().st_size, 1)
    assert first.changed == datetime.datetime(2024, 10, 30, tzinfo=datetime.UTC)
    build_entry("2024-10-31", public=False)
    assert run("build_archive").startswith("unchanged since ")
    assert current_offer() == first
    export(tmp_path / "same.zip")
    assert (tmp_path / "same.zip").read_bytes() == first.path.read_bytes()


def test_a_build_after_a_change_replaces_the_file(folder):
    build_entry("2024-10-30")
    run("build_archive")
    first = current_offer()
    build_entry("2024-10-31")
    run("build_archive")
    second = current_offer()
    assert second.sha256 != first.sha256
    assert (second.entries, second.written >= first.written) == (2, True)
    assert names(folder) == [CURRENT, second.path.name]


def test_a_withdrawn_archive_is_offered_again_once_it_is_built_anew(folder):
    build_entry("2024-10-30")
    gone = build_entry("2024-10-30", title="zqgone")
    run("build_archive")
    assert current_offer() is not None
    Entry.objects.filter(pk=gone.pk).update(publish_at=None)
    assert current_offer() is None
    run("build_archive")
    assert current_offer().entries == 1
    assert b"zqgone" not in b"".join(members(current_offer().path).values())


def test_what_lies_beside_the_archive_says_nothing_of_hidden_words(folder):
    build_entry("2024-10-30")
    build_entry("2024-10-30", title="zqhidden", public=False)
    run("build_archive")
    state = (folder / CURRENT).read_text()
    assert "zqhidden" not in state
    assert set(json.loads(state)) == {
        "file",
        "size",
        "sha256",
        "changed",
        "written",
        "entries",
        "left",
        "runs",
    }


def test_what_a_killed_build_left_is_removed_when_it_is_old(folder):
    build_entry()
    for name, age in ((".partial-1.zip", 2), (".partial-2.zip", 0)):
        (folder / name).write_bytes(b"x")
        moment = time.time() - age * 24 * 60 * 60
        os.utime(folder / name, (moment, moment))
    run("build_archive")
    assert names(folder) == [".partial-2.zip", CURRENT, current_offer().path.name]


def test_nothing_public_any_more_leaves_no_offer(folder):
    entry = build_entry()
    run("build_archive")
    Entry.objects.filter(pk=entry.pk).update(publish_at=None)
    assert refused("build_archive") == (1, "nothing is published yet; no archive was written")
    assert current_offer() is None


def test_no_folder_is_named_or_it_is_gone(settings, tmp_path):
    settings.NARANHI_ARCHIVE_DIR = ""
    assert refused("build_archive") == (2, "NARANHI_ARCHIVE_DIR names no folder, so no archive is offered")
    assert current_offer() is None
    settings.NARANHI_ARCHIVE_DIR = str(tmp_path / "gone")
    assert refused("build_archive")[0] == 2
    assert current_offer() is None


def test_import_says_what_came_in_and_a_second_one_is_refused(tmp_path):
    with transaction.atomic():
        build_entry("2024-10-30", authors=["Ann Lee"], tags=["moe"])
        export(tmp_path / "site.zip")
        transaction.set_rollback(True)
    assert run("import_site", str(tmp_path / "site.zip")) == "1 digests, 1 entries, 1 papers\n"
    code, said = refused("import_site", str(tmp_path / "site.zip"))
    assert code == 2
    assert said.startswith(
        "the database already holds 1 digests, 1 papers, 1 authors, 1 tags, 1 sourcefiles; "
    )
    assert "DATABASE_URL=sqlite:////path/to/new.sqlite3" in said


def test_import_of_something_else_says_so_and_writes_nothing(tmp_path):
    pack(tmp_path / "x.zip", {"a.txt": b"x"})
    assert refused("import_site", str(tmp_path / "x.zip")) == (
        1,
        "a.txt: no file of an archive has this name\nNothing was written.",
    )
    assert refused("import_site", str(tmp_path / "none.zip"))[0] == 1
    assert refused("import_site", str(tmp_path / "x.zip"), "--jobs", "0") == (2, "--jobs: from 1 to 64")
    assert not Digest.objects.exists()


def test_the_seeds_of_an_archive_are_a_folder_for_import_seeds(tmp_path):
    with transaction.atomic():
        run("import_seeds", str(ROOT / "seeds"))
        export(tmp_path / "site.zip")
        transaction.set_rollback(True)
    with ZipFile(tmp_path / "site.zip") as archive:
        archive.extractall(tmp_path / "out")
    unpacked = sorted((tmp_path / "out" / "seeds").iterdir())
    originals = sorted((ROOT / "seeds").glob("*.txt"))
    assert [(path.name, path.read_bytes()) for path in unpacked] == [
        (path.name, path.read_bytes()) for path in originals
    ]
    assert run("import_seeds", str(tmp_path / "out" / "seeds")).endswith(
        "4 created, 0 updated, 0 unchanged, 0 refused\n"
    )
    assert Entry.objects.published().count() == 20


def test_before_migrate_the_commands_say_so(tmp_path):
    for command in (("export_site", tmp_path / "a.zip"), ("import_site", tmp_path / "a.zip")):
        assert manage(tmp_path / "empty.sqlite3", *command).wait() in (1, 2)
    assert "a.zip" not in names(tmp_path)


def test_scheduled_entries_that_open_during_an_export_are_in_no_table(tmp_path, monkeypatch):
    build_entry("2024-10-30")
    soon = build_entry("2024-10-31", title="zqsoon", publish_at=timezone.now() + datetime.timedelta(hours=1))
    made = archive_files.export_digest

    def open_meanwhile(digest, **options):
        Entry.objects.filter(pk=soon.pk).update(publish_at=timezone.now())
        return made(digest, **options)

    monkeypatch.setattr(archive_files, "export_digest", open_meanwhile)
    assert b"zqsoon" not in b"".join(export(tmp_path / "a.zip").values())
