"""``python -m bench.queues``: what the queues of the desk cost at 40,000 notes. docs/performance.md explains it.

Runs on a scratch SQLite database, or with ``--database postgres:///name`` on an empty one of yours.
"""

import argparse
import importlib
import os
import tempfile
from pathlib import Path

import django
from django.core.management import call_command


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.queues", description=__doc__)
    parser.add_argument("--entries", type=int, default=26_000, metavar="N", help="size of the corpus")
    parser.add_argument("--times", type=int, default=15, metavar="N", help="runs of each; the median counts")
    parser.add_argument(
        "--database", metavar="URL", help="an empty database in place of a scratch SQLite file"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        prepare(options.database or f"sqlite:///{Path(folder)}/bench.sqlite3")
        # By name and not above: the module needs the settings that prepare() chooses.
        importlib.import_module("bench.queue_measure").run(options.entries, options.times)


def prepare(url: str) -> None:
    """Django on the database, with its tables."""
    os.environ["DATABASE_URL"] = url
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    django.setup()
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    main()
