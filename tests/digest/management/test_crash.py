"""An import that is killed: each digest is whole or absent, and the next run completes it."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from digest.management.corpus.writing import make_files

ROOT = Path(__file__).resolve().parents[3]
KILLS = 6
# A few digests a transaction, so that a kill may come between two, within one, and in its commit.
IMPORT = """import sys, django
django.setup()
from django.core.management import call_command
from digest.editing import importing
importing.BATCH_FILES = 5
call_command("import_seeds", sys.argv[1])"""


def python(database, *arguments):
    environment = {**os.environ, "DEBUG": "true", "DATABASE_URL": f"sqlite:///{database}"}
    environment["DJANGO_SETTINGS_MODULE"] = "digest.settings"
    command = [sys.executable, *map(str, arguments)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, cwd=ROOT, env=environment, **quiet)


def manage(database, *arguments):
    return python(database, "manage.py", *arguments)


def entries_by_date(database):
    """{ISO date: (entries, entries with a live note, tags)} of every digest that is there."""
    connection = sqlite3.connect(database)
    rows = connection.execute(
        """SELECT d.date, COUNT(DISTINCT e.id), COUNT(DISTINCT n.entry_id), COUNT(DISTINCT t.id)
        FROM digest_digest d LEFT JOIN digest_entry e ON e.digest_id = d.id
        LEFT JOIN digest_note n ON n.entry_id = e.id AND n.live_id IS NOT NULL
        LEFT JOIN digest_taggedentry t ON t.content_object_id = e.id GROUP BY d.id"""
    ).fetchall()
    connection.close()
    return {date: tuple(counts) for date, *counts in rows}


def orphans(database):
    """Papers, people and tags that no digest led to."""
    connection = sqlite3.connect(database)
    (count,) = connection.execute(
        """SELECT (SELECT COUNT(*) FROM papers_paper WHERE id NOT IN (SELECT paper_id FROM digest_entry))
        + (SELECT COUNT(*) FROM papers_author WHERE id NOT IN (SELECT author_id FROM papers_authorship))
        + (SELECT COUNT(*) FROM digest_tag WHERE id NOT IN (SELECT tag_id FROM digest_taggedentry))"""
    ).fetchone()
    connection.close()
    return count


@pytest.mark.scale
def test_a_killed_import_leaves_whole_digests_and_the_next_run_completes(tmp_path):
    seeds, database = tmp_path / "seeds", tmp_path / "crash.sqlite3"
    seeds.mkdir()
    for name, content, _digest in make_files(80, 3):
        (seeds / name).write_bytes(content)
    assert manage(database, "migrate").wait() == 0
    rng, partial = random.Random(5), 0
    for _ in range(KILLS):
        running = python(database, "-c", IMPORT, seeds)
        # By the rows, not by the clock: how long the start takes depends on what else the machine does.
        goal = len(entries_by_date(database)) + rng.randint(1, 9)
        while running.poll() is None and len(entries_by_date(database)) < goal:
            time.sleep(0.005)
        time.sleep(rng.uniform(0, 0.05))
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert orphans(database) == 0
        partial += 0 < len(entries_by_date(database)) < 80
    killed = entries_by_date(database)
    assert python(database, "-c", IMPORT, seeds).wait() == 0
    complete = entries_by_date(database)
    assert len(complete) == 80
    assert {date: complete[date] for date in killed} == killed
    # Otherwise the kills came before the first digest or after the last, and nothing was shown.
    assert partial >= 4
