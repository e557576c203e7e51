"""manage.py rebuild_search: the search indexes anew from the rows, or only compared with them."""

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from digest.editing.reindexing import Difference, compare, count_entries, rebuild, retire_others
from digest.index import NAMES, open_index
from digest.index.building import Overtaken
from digest.management.progress import Progress
from digest.text.analysis.analyze import ENGINES, RULES
from digest.text.analysis.mecab import EngineMissing

# A request that looked the old tables up before the switch has long been answered by then.
GRACE = 5.0


class Command(BaseCommand):
    help = "Build the search indexes anew while the site runs. Safe to interrupt: it goes on where it was."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare with the rows; write nothing")
        parser.add_argument("--index", choices=NAMES, help="only this one; default: both")
        parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes; default 1")
        parser.add_argument(
            "--korean", choices=sorted(ENGINES), help="how Korean is analysed; default: as it is now"
        )
        parser.add_argument("--grace", type=float, default=GRACE, help="seconds until old tables are dropped")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["jobs"] <= 64:
            raise CommandError("--jobs: from 1 to 64", returncode=2)
        names = [options["index"]] if options["index"] else list(NAMES)
        if options["check"]:
            sound = [self._check(name) for name in names]
            if not all(sound):
                raise CommandError("Run manage.py rebuild_search.", returncode=1)
            return
        try:
            for name in names:
                self._rebuild(name, options["korean"], options["jobs"])
        except Overtaken as error:
            raise CommandError(f"{error}: another rebuild is at work", returncode=1) from error
        except (EngineMissing, DatabaseError) as error:
            raise CommandError(str(error), returncode=1) from error
        time.sleep(max(0.0, options["grace"]))
        for name in names:
            retire_others(name)

    def _rebuild(self, name: str, engine: str | None, jobs: int) -> None:
        index = open_index(name)
        if not index.supported():
            raise CommandError(
                "This Python's SQLite has no FTS5; search goes on without an index.", returncode=1
            )
        started = time.monotonic()
        progress = Progress(count_entries(name), sys.stderr)
        for done in rebuild(name, engine=engine or index.engine() or RULES, jobs=jobs):
            progress.reach(done)
        progress.close()
        stats = open_index(name).stats()
        seconds = time.monotonic() - started
        self.stdout.write(f"{name}: {stats.rows} entries, {stats.words} words, {seconds:.1f} s")

    def _check(self, name: str) -> bool:
        difference = compare(name)
        self.stdout.write(f"{name}: {describe(difference)}")
        return not difference


def describe(difference: Difference) -> str:
    """One line for people."""
    if difference.trouble:
        return difference.trouble.replace("_", " ")
    if not difference:
        return "as the rows are"
    return f"{difference.missing} missing, {difference.surplus} too many, {difference.changed} changed"
