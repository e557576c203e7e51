"""manage.py export_site: all that readers see, as one zip."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from digest.management.archive_files import describe, partial_file, put_in_place, write_site
from digest.management.seed_files import display


class Command(BaseCommand):
    help = "Write the public site into one zip: seeds, JSON lines, BibTeX, CSV. import_site reads it back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("out", type=Path, metavar="OUT.zip")
        parser.add_argument("--force", action="store_true", help="replace OUT.zip if it is there")

    def handle(self, *args: Any, **options: Any) -> None:
        out: Path = options["out"]
        if out.is_dir() or (out.exists() and not options["force"]):
            way = "it is a directory" if out.is_dir() else "it is there already; add --force to replace it"
            raise CommandError(f"{display(out)}: {way}", returncode=2)
        with partial_file(out.parent) as (path, file):
            written = write_site(file)
            put_in_place(path, file, out)
        self.stdout.write(f"{display(out)}: {out.stat().st_size:,} bytes, {describe(written)}")
