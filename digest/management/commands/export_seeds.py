"""manage.py export_seeds: rows back into plain-text digests."""

import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from digest.editing.exporting import export_digest, export_name
from digest.management.progress import Progress
from digest.models import Digest


class Command(BaseCommand):
    help = "Write digests as seed files, as the desk has them now. An untouched digest keeps every byte."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--date", action="append", type=datetime.date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument(
            "--out", type=Path, metavar="DIR", help="directory to write to; default: standard output"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        digests = Digest.objects.order_by("date").select_related("source_file")
        if options["date"]:
            digests = digests.filter(date__in=options["date"])
            missing = set(options["date"]) - set(digests.values_list("date", flat=True))
            if missing:
                raise CommandError(f"no digest of {', '.join(map(str, sorted(missing)))}", returncode=2)
        progress = Progress(digests.count())
        for digest in digests.iterator(chunk_size=100):
            self._write(digest, options["out"])
            progress.step()
        progress.close()

    def _write(self, digest: Digest, out: Path | None) -> None:
        try:
            content = export_digest(digest)
        except ValueError as error:
            raise CommandError(f"{digest}: {error}", returncode=1) from error
        if out is None:
            self.stdout.write(content.decode(), ending="")
            return
        path = (out / export_name(digest)).resolve()
        if not path.is_relative_to(out.resolve()):
            raise CommandError(f"{export_name(digest)!r} leaves the directory {out}", returncode=1)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
