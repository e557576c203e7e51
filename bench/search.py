"""``python -m bench.search``: what a search costs, what it finds, and what the usual searches do. docs/performance.md explains it.

Runs on a scratch SQLite database, or with ``--database postgres:///name`` on an empty one of yours, which is left
with the last archive in it.
"""

import argparse
import importlib
import json
import sys
import tempfile
from pathlib import Path

from bench.queues import prepare


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument(
        "--entries",
        type=int,
        nargs="+",
        default=[2_000, 20_000, 200_000],
        metavar="N",
        help="sizes, 60 or more each",
    )
    parser.add_argument("--times", type=int, default=5, metavar="N", help="rounds of every query")
    parser.add_argument("--json", type=Path, metavar="FILE", help="all figures as JSON")
    parser.add_argument(
        "--database", metavar="URL", help="an empty database in place of a scratch SQLite file"
    )
    options = parser.parse_args()
    if min(options.entries) < 60:
        parser.error("--entries: 60 or more, since the entries that are looked for must be among them")
    with tempfile.TemporaryDirectory() as folder:
        prepare(options.database or f"sqlite:///{Path(folder)}/bench.sqlite3")
        # By name and not above: the modules need the settings that prepare() chooses.
        tables = importlib.import_module("bench.search_table").tables
        found = []
        for archive in importlib.import_module("bench.search_run").run(options.entries, options.times):
            sys.stdout.write(tables(archive))
            sys.stdout.flush()
            found.append(archive)
            if options.json:
                text = json.dumps(found, ensure_ascii=False, indent=1)
                options.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
