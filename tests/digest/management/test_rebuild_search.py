import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from digest.index import open_index
from digest.models import TaggedEntry
from digest.text.analysis.query import parse_query
from tests.build import build_entry

ROOT = Path(__file__).resolve().parents[3]


def rebuild(*arguments):
    call_command("rebuild_search", "--grace", "0", *arguments)


def test_rebuild_and_check_say_what_they_found(db, capsys):
    entry = build_entry(title="Sparse", tags=["moe"])
    with pytest.raises(CommandError) as error:
        rebuild("--check")
    assert error.value.returncode == 1
    rebuild()
    rebuild("--check")
    TaggedEntry.objects.all().delete()
    with pytest.raises(CommandError):
        rebuild("--check", "--index", "public")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" words")[0] for line in lines] == [
        "public: missing",
        "editor: missing",
        "public: 1 entries, 4",
        "editor: 1 entries, 0",
        "public: as the rows are",
        "editor: as the rows are",
        "public: 0 missing, 0 too many, 1 changed",
    ]
    assert open_index("public").search(parse_query("sparse")).ids == [entry.pk]
    assert open_index("public").generations() == (2, 0)


@pytest.mark.parametrize("jobs", ["0", "65"])
def test_number_of_processes_is_bounded(db, jobs):
    with pytest.raises(CommandError) as error:
        rebuild("--jobs", jobs)
    assert error.value.returncode == 2


def manage(database, *arguments):
    environment = {**os.environ, "DEBUG": "true", "DATABASE_URL": f"sqlite:///{database}"}
    environment["DJANGO_SETTINGS_MODULE"] = "digest.settings"
    command = [sys.executable, "manage.py", *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


@pytest.mark.scale
def test_killed_rebuild_goes_on_and_two_processes_give_the_same(tmp_path):
    database, seeds = tmp_path / "search.sqlite3", tmp_path / "seeds"
    assert manage(database, "migrate").wait() == 0
    assert manage(database, "make_corpus", "--digests", "700", "--out", seeds).wait() == 0
    assert manage(database, "import_seeds", seeds).wait() == 0
    assert manage(database, "rebuild_search", "--check").wait() == 0
    connection = sqlite3.connect(database)
    running = manage(database, "rebuild_search", "--index", "public", "--jobs", "2")
    done = 0
    while not done and running.poll() is None:
        time.sleep(0.05)
        done = connection.execute(
            "SELECT building_done FROM digest_searchindex WHERE name = 'public'"
        ).fetchone()[0]
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert done > 0
    assert manage(database, "rebuild_search", "--grace", "0").wait() == 0
    assert manage(database, "rebuild_search", "--check").wait() == 0
