"""A server with a missing or malformed setting does not start, and says which."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
GOOD = {"SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "naranhi.example", "SITE_URL": "https://naranhi.example"}


def start(**environment):
    """(exit code, standard error) of loading the production application."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    code = "import warnings; warnings.simplefilter('ignore'); import digest.wsgi"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=inherited | environment, capture_output=True, text=True
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY"),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"DEBUG": "maybe"}, "DEBUG"),
        ({"SITE_URL": "naranhi.example"}, "SITE_URL"),
        ({"TIME_ZONE": "Seoul"}, "TIME_ZONE"),
        ({"DATABASE_URL": "mysql://localhost/x"}, "DATABASE_URL"),
        ({"NARANHI_BEHIND_PROXY": "2"}, "NARANHI_BEHIND_PROXY"),
    ],
)
def test_production_refuses_to_start(environment, named):
    values = {name: value for name, value in (GOOD | environment).items() if value is not None}
    code, error = start(**values)
    assert code != 0
    assert named in error.splitlines()[-1]


def test_production_starts_with_good_settings():
    assert start(**GOOD) == (0, "")


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own settings")
def test_sqlite_lets_readers_go_on_and_writers_wait():
    with connection.cursor() as cursor:
        pragmas = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "busy_timeout")
        ]
    assert pragmas == ["wal", 20_000]
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
