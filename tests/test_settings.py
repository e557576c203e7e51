"""A server with a missing or malformed setting does not start, and says which."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
GOOD = {"SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "naranhi.example", "SITE_URL": "https://naranhi.example"}


DEEPL = {
    "NARANHI_SUGGESTIONS": "deepl",
    "NARANHI_SUGGESTIONS_URL": "https://api.deepl.com/v2/translate",
    "NARANHI_SUGGESTIONS_KEY": "key",
}


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
        ({"NARANHI_ARXIV_API": "export.arxiv.org"}, "NARANHI_ARXIV_API"),
        ({"NARANHI_ARXIV_API": "file:///etc/passwd"}, "NARANHI_ARXIV_API"),
        ({"NARANHI_ARXIV_API": "https://e.org/?x=1"}, "NARANHI_ARXIV_API"),
        ({"NARANHI_LOST_QUERIES": "lost.txt"}, "NARANHI_LOST_QUERIES"),
        ({"NARANHI_LOST_QUERIES": "/nowhere/at/all/lost.txt"}, "NARANHI_LOST_QUERIES"),
        ({"NARANHI_ARCHIVE_DIR": "archive"}, "NARANHI_ARCHIVE_DIR"),
        ({"NARANHI_ARCHIVE_DIR": "/nowhere/at/all"}, "NARANHI_ARCHIVE_DIR"),
        ({"NARANHI_FROM_EMAIL": "desk"}, "NARANHI_FROM_EMAIL"),
        ({"NARANHI_FROM_EMAIL": "a@b\nBcc: c@d"}, "NARANHI_FROM_EMAIL"),
        ({"NARANHI_SUGGESTIONS": "bing"}, "NARANHI_SUGGESTIONS"),
        (DEEPL | {"NARANHI_SUGGESTIONS_URL": None}, "NARANHI_SUGGESTIONS_URL"),
        (DEEPL | {"NARANHI_SUGGESTIONS_URL": "http://api.deepl.com/v2"}, "NARANHI_SUGGESTIONS_URL"),
        (DEEPL | {"NARANHI_SUGGESTIONS_URL": "http://localhost.example.org/"}, "NARANHI_SUGGESTIONS_URL"),
        (DEEPL | {"NARANHI_SUGGESTIONS_URL": "file:///etc/passwd"}, "NARANHI_SUGGESTIONS_URL"),
        (DEEPL | {"NARANHI_SUGGESTIONS_KEY": None}, "NARANHI_SUGGESTIONS_KEY"),
        (DEEPL | {"NARANHI_SUGGESTIONS_KEY": "a\r\nX: b"}, "NARANHI_SUGGESTIONS_KEY"),
        (DEEPL | {"NARANHI_SUGGESTIONS": "openai"}, "NARANHI_SUGGESTIONS_MODEL"),
        ({"NARANHI_MFA_REQUIRED": "publisher,editor"}, "NARANHI_MFA_REQUIRED"),
        ({"NARANHI_TRUSTED_PROXIES": "-1"}, "NARANHI_TRUSTED_PROXIES"),
        ({"NARANHI_TRUSTED_PROXIES": "true"}, "NARANHI_TRUSTED_PROXIES"),
        ({"NARANHI_SESSION_HOURS": "0"}, "NARANHI_SESSION_HOURS"),
        ({"NARANHI_SESSION_IDLE_HOURS": "1.5"}, "NARANHI_SESSION_IDLE_HOURS"),
        ({"NARANHI_API_RATE": "0/minute"}, "NARANHI_API_RATE"),
        ({"NARANHI_WEBSUB_HUB": "hub.example.org"}, "NARANHI_WEBSUB_HUB"),
        ({"NARANHI_WEBSUB_HUB": 'https://hub.example.org/>; rel="x'}, "NARANHI_WEBSUB_HUB"),
        ({"NARANHI_TAG_AUTHORITY": "example.org"}, "NARANHI_TAG_AUTHORITY"),
        ({"NARANHI_TAG_AUTHORITY": "example.org:80,2026"}, "NARANHI_TAG_AUTHORITY"),
        ({"NARANHI_API_RATE": "600/minutes"}, "NARANHI_API_RATE"),
        ({"NARANHI_PUBLIC_API_RATE": "lots"}, "NARANHI_PUBLIC_API_RATE"),
        ({"NARANHI_API_TOKEN_DAYS": "0"}, "NARANHI_API_TOKEN_DAYS"),
        ({"NARANHI_API_TOKEN_DAYS": "400"}, "NARANHI_API_TOKEN_DAYS"),
    ],
)
def test_production_refuses_to_start(environment, named):
    values = {name: value for name, value in (GOOD | environment).items() if value is not None}
    code, error = start(**values)
    assert code != 0
    assert named in error.splitlines()[-1]


def test_production_starts_with_good_settings(tmp_path):
    assert start(**GOOD) == (0, "")
    assert start(**GOOD, NARANHI_LOST_QUERIES=str(tmp_path / "lost.txt")) == (0, "")
    assert start(**GOOD, **DEEPL) == (0, "")


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own settings")
def test_sqlite_lets_readers_go_on_and_writers_wait():
    with connection.cursor() as cursor:
        pragmas = [
            cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "busy_timeout")
        ]
    assert pragmas == ["wal", 20_000]
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
