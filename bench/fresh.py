"""``python -m bench.fresh``: does any reader ever see an old byte? Two servers of two workers, and changes without end.

A writer publishes, unpublishes and renames, some hundred times; readers ask both servers all the while. Every answer is
then held against what was committed before it was asked for. ``--control`` leaves the public version where it is, and
must find old answers, or the harness proves nothing. Runs on a scratch SQLite database, or with ``--database
postgres:///name`` on an empty one of yours. Exit code 1 if an old byte was seen.
"""

import argparse
import importlib
import json
import sys
import tempfile
from pathlib import Path

from bench.queues import prepare


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.fresh", description=__doc__)
    parser.add_argument("--events", type=int, default=1_000, metavar="N", help="changes to make")
    parser.add_argument("--readers", type=int, default=6, metavar="N", help="readers at a time")
    parser.add_argument("--control", action="store_true", help="do not move the public version")
    parser.add_argument(
        "--database", metavar="URL", help="an empty database in place of a scratch SQLite file"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = options.database or f"sqlite:///{Path(folder)}/fresh.sqlite3"
        prepare(url)
        # By name and not above: the module needs the settings that prepare() chooses.
        harness = importlib.import_module("bench.fresh_run")
        found = harness.run(url, options.events, options.readers, control=options.control)
    print(json.dumps(found, indent=2))
    sys.exit(1 if found["old"] else 0)


if __name__ == "__main__":
    main()
