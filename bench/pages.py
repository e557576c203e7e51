"""``python -m bench.pages``: what every public page costs, on four digests and on 1,300. docs/performance.md explains it.

Runs on a scratch SQLite database; nothing of yours is read or written.
"""

import argparse
import importlib
import os
import tempfile
from pathlib import Path

import django
from django.core.management import call_command


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--digests", type=int, default=1300, metavar="N", help="size of the large corpus")
    parser.add_argument(
        "--times", type=int, default=15, metavar="N", help="views of each page; the median counts"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        # By name and not above: the module needs the settings that prepare() chooses.
        importlib.import_module("bench.measure").run(options.digests, options.times)


def prepare(folder: Path) -> None:
    """Django on an empty database in ``folder``, with the site's own settings and one address more."""
    os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    django.setup()
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    main()
