"""The commands as a newcomer runs them: files on disk, messages, exit codes."""

import os
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from digest.management.corpus.writing import make_files
from digest.models import Digest, Entry, SearchTerm
from tests.build import build_entry

ROOT = Path(__file__).resolve().parents[3]
SEED = "2024-10-30\nTitle\n한국어 노트.\n#moe\n"


def import_seeds(*arguments, **options):
    """(exit code, standard output, standard error)."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_seeds", *map(str, arguments), stdout=out, stderr=err, **options)
        code = 0
    except SystemExit as stop:
        code = stop.code
    except CommandError as error:
        code = error.returncode
        err.write(str(error))
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(SEED)
    return tmp_path


def test_default_is_the_seeds_directory(db):
    code, out, err = import_seeds()
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == "4 created, 0 updated, 0 unchanged, 0 refused"
    assert import_seeds() == (0, "0 created, 0 updated, 4 unchanged, 0 refused\n", "")


def test_a_new_site_gets_search_terms_once(db, folder):
    assert import_seeds(folder, "--dry-run")[0] == 0
    assert SearchTerm.objects.count() == 0
    _code, out, _err = import_seeds(folder)
    assert "74 groups of search terms" in out
    assert SearchTerm.objects.filter(forms__startswith="배치 크기").exists()
    SearchTerm.objects.all().delete()
    (folder / "b.txt").write_text(SEED.replace("10-30", "10-29"))
    import_seeds(folder)
    assert SearchTerm.objects.count() == 0


def test_every_problem_of_every_file_is_named_with_its_line(db, folder):
    (folder / "bad.txt").write_text("2024-10-29\nTitle\x0b\n\x00\n")
    (folder / "worse.txt").write_bytes(b"\xff\xfe")
    code, out, err = import_seeds(folder)
    assert code == 1
    assert Digest.objects.count() == 1
    assert out.splitlines()[-1] == "1 created, 0 updated, 0 unchanged, 2 refused"
    places = [line.split(" ")[0] for line in err.splitlines() if ": refused" not in line]
    assert "bad.txt:2:" in places
    assert "bad.txt:3:" in places
    assert "worse.txt:1:" in places
    assert "\x00" not in err
    assert "Traceback" not in err


def test_missing_path_and_empty_directory_are_wrong_use(db, tmp_path):
    assert import_seeds(tmp_path / "nothing")[0] == 2
    assert import_seeds(tmp_path)[0] == 2


def test_dry_run_says_so_and_writes_nothing(db, folder):
    code, out, _err = import_seeds(folder, dry_run=True)
    assert (code, Digest.objects.count()) == (0, 0)
    assert out.splitlines()[-1] == "dry run, nothing written: 1 created, 0 updated, 0 unchanged, 0 refused"


def test_open_conflict_is_reported_until_resolved(db, folder):
    build_entry("2024-10-30", title="Title", ko="우리 글")
    code, out, err = import_seeds(folder)
    assert code == 0
    assert "a.txt:3: conflict: entry 1: Korean note changed here and in the file; ours is kept" in err
    assert "1 conflicts open" in out
    assert import_seeds(folder, fail_on_conflict=True)[0] == 1


def test_as_draft_is_not_public(db, folder):
    assert import_seeds(folder, as_draft=True)[0] == 0
    assert (Entry.objects.count(), Entry.objects.published().count()) == (1, 0)


def test_files_that_are_no_plain_files_are_refused_without_hanging(db, folder):
    os.mkfifo(folder / "fifo.txt")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "new\nline.txt").mkdir()
    with open(folder / "huge.txt", "wb") as file:
        file.truncate(100_000_000)
    code, _out, err = import_seeds(folder)
    assert code == 1
    assert {line.split(": error: ")[0] for line in err.splitlines() if ": error: " in line} == {
        "fifo.txt:0",
        "loop.txt:0",
        "zero.txt:0",
        "huge.txt:0",
    }
    assert Digest.objects.count() == 1


def test_names_below_a_directory_are_relative_to_it(db, tmp_path):
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "a.txt").write_text(SEED)
    import_seeds(tmp_path)
    assert Digest.objects.get().source_file.name == "2024/a.txt"


def test_before_migrate_it_says_so_instead_of_a_traceback(tmp_path):
    environment = {**os.environ, "DEBUG": "true", "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3"}
    environment["DJANGO_SETTINGS_MODULE"] = "digest.settings"
    done = subprocess.run(
        [sys.executable, "manage.py", "import_seeds"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "run: manage.py migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_export_writes_the_same_bytes_back(db, tmp_path):
    import_seeds()
    call_command("export_seeds", out=tmp_path)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == {path.name: path.read_bytes() for path in (ROOT / "seeds").glob("*.txt")}


def test_export_of_one_date_to_standard_output(db, folder):
    import_seeds(folder)
    build_entry("2024-01-01")
    out = StringIO()
    call_command("export_seeds", "--date", "2024-10-30", stdout=out)
    assert out.getvalue() == SEED


def test_export_of_an_unknown_date_is_wrong_use(db):
    with pytest.raises(CommandError) as error:
        call_command("export_seeds", "--date", "2024-10-30")
    assert error.value.returncode == 2


def test_export_never_leaves_its_directory(db, folder, tmp_path):
    import_seeds(folder)
    source = Digest.objects.get().source_file
    source.name = "../escaped.txt"
    source.save()
    with pytest.raises(CommandError, match="leaves the directory"):
        call_command("export_seeds", out=tmp_path / "out")
    assert not (tmp_path / "escaped.txt").exists()


def corpus(folder, count=40):
    for name, content, _digest in make_files(count, 11):
        (folder / name).write_bytes(content)
    return folder


def in_a_process(tmp_path, *arguments):
    """A command, or a program, with a database of its own."""
    environment = {**os.environ, "DEBUG": "true", "DATABASE_URL": f"sqlite:///{tmp_path}/own.sqlite3"}
    environment["DJANGO_SETTINGS_MODULE"] = "digest.settings"
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


# Wishes to be stopped as soon as a file cannot be read.
STOPPED = """import os, sys, django
django.setup()
from digest.management.commands import import_seeds
class Progress(import_seeds.Progress):
    wished = False
    def step(self):
        if not Progress.wished:
            Progress.wished = True
            os.kill(os.getpid(), int(sys.argv[2]))
import_seeds.Progress = Progress
from django.core.management import call_command
call_command("import_seeds", sys.argv[1])"""


@pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_import_stores_what_it_has_read_and_goes_on_where_it_was(tmp_path, wish):
    folder = tmp_path / "seeds"
    folder.mkdir()
    names = sorted(path.name for path in corpus(folder).iterdir())
    stop = folder / f"{names[20]}.not.txt"
    os.mkfifo(stop)
    assert in_a_process(tmp_path, "manage.py", "migrate", "-v0").returncode == 0
    done = in_a_process(tmp_path, "-c", STOPPED, folder, int(wish))
    assert done.returncode == 128 + wish
    assert "stopped; 19 files are left: run the same command again to go on" in done.stderr
    assert "Traceback" not in done.stderr
    assert "21 created, 0 updated, 0 unchanged, 1 refused" in done.stdout
    stop.unlink()
    again = in_a_process(tmp_path, "manage.py", "import_seeds", folder)
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout.splitlines()[-1] == "19 created, 0 updated, 21 unchanged, 0 refused"


def test_other_processes_read_the_same(tmp_path):
    folder = tmp_path / "seeds"
    folder.mkdir()
    (corpus(folder) / "bad.txt").write_bytes(b"\xff\xfe")
    assert in_a_process(tmp_path, "manage.py", "migrate", "-v0").returncode == 0
    done = in_a_process(tmp_path, "manage.py", "import_seeds", folder, "--jobs", 2)
    assert done.stdout.splitlines()[-1] == "40 created, 0 updated, 0 unchanged, 1 refused"
    assert (done.returncode, "bad.txt:1: error:" in done.stderr) == (1, True)
    assert in_a_process(tmp_path, "manage.py", "rebuild_search", "--check").returncode == 0


def test_jobs_out_of_range_are_wrong_use(db, folder):
    assert import_seeds(folder, jobs=0)[0] == 2
