"""A server with a missing or malformed setting does not start, and says which."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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
        ({"NARANHI_FOUR_EYES": "perhaps"}, "NARANHI_FOUR_EYES"),
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
