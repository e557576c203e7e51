"""``python -m bench.imports``: what importing costs, by the size of the archive. docs/performance.md explains it.

Runs on scratch SQLite databases, or with ``--database postgres:///name`` on one of yours, which is emptied before each
size; it has to be named ``…bench``.
"""

import argparse
import importlib
import sys
import tempfile
from pathlib import Path

from bench.queues import prepare


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.imports", description=__doc__)
    parser.add_argument("--entries", type=int, nargs="+", default=[2_000, 20_000], metavar="N")
    parser.add_argument(
        "--jobs", type=int, default=1, metavar="N", help="processes that read, as the command's"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="the figures as JSON, too")
    parser.add_argument("--without-index", action="store_true", help="as where search has no index")
    parser.add_argument("--database", metavar="URL", help="in place of scratch SQLite files; is emptied")
    options = parser.parse_args()
    if options.database and not options.database.endswith("bench"):
        sys.exit("--database is emptied, so its name has to end in “bench”")
    with tempfile.TemporaryDirectory() as folder:
        prepare(options.database or f"sqlite:///{Path(folder)}/bench.sqlite3")
        # By name and not above: the module needs the settings that prepare() chooses.
        measure = importlib.import_module("bench.import_measure")
        measure.run(
            options.entries,
            jobs=options.jobs,
            index=not options.without_index,
            folder=Path(folder),
            out=options.json,
        )


if __name__ == "__main__":
    main()
