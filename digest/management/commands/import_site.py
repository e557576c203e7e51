"""manage.py import_site: an archive into an empty database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from digest.editing.errors import Refused
from digest.editing.site_import import count_steps, import_archive, refuse_unless_empty
from digest.editing.site_import_file import Damaged, SiteArchive
from digest.management.progress import Progress

WAY_OUT = (
    "import into a new one: DATABASE_URL=sqlite:////path/to/new.sqlite3 (or postgres://…) for manage.py migrate, "
    "then for import_site"
)


class Command(BaseCommand):
    help = "Make an empty site what the archive's was to readers. All of it or nothing. Exit codes: 0, 1 damaged, 2 wrong use."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path, metavar="IN.zip")
        parser.add_argument(
            "--jobs", type=int, default=1, metavar="N", help="processes for the search index; default 1"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["jobs"] <= 64:
            raise CommandError("--jobs: from 1 to 64", returncode=2)
        try:
            refuse_unless_empty()
            with SiteArchive(options["archive"]) as archive:
                counts = self._import(archive, options["jobs"])
        except Refused as error:
            raise CommandError(f"{error.messages[0]}; {WAY_OUT}", returncode=2) from error
        except Damaged as error:
            raise CommandError(f"{error}\nNothing was written.", returncode=1) from error
        except DatabaseError as error:
            raise CommandError(
                f"{error}; nothing was written. Did you run: manage.py migrate?", returncode=2
            ) from error
        self.stdout.write(
            f"{counts['digests']} digests, {counts['entries']} entries, {counts['papers']} papers"
        )

    def _import(self, archive: SiteArchive, jobs: int) -> dict[str, int]:
        progress = Progress(count_steps(archive))
        try:
            counts: dict[str, int] = import_archive(archive, jobs=jobs, step=progress.reach).counts
        finally:
            progress.close()
        return counts
