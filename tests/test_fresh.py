"""No reader sees an old byte after a change: two servers of two workers against a writer (bench/fresh.py)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.scale
ROOT = Path(__file__).resolve().parent.parent


def fresh(*options):
    """(exit code, what was counted) of a run on a database of its own."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "bench.fresh", "--events", "40", *options]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout)


def test_no_answer_is_older_than_what_was_committed_before_it_was_asked():
    code, found = fresh()
    assert (code, found["old"], found["failed"], found["examples"]) == (0, 0, 0, [])
    assert found["answers"] > 100


def test_without_the_version_old_answers_are_found():
    code, found = fresh("--control")
    assert code == 1
    assert found["old"] > 10
