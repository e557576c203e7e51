"""manage.py make_corpus: an invented corpus as seed files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from digest.management.corpus.shape import MOST_DENSITY, MOST_DIGESTS, count_totals
from digest.management.corpus.writing import make_files
from digest.management.progress import Progress


class Command(BaseCommand):
    help = "Write an invented corpus of seed files in the shape of a real one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--digests", type=int, default=1300, metavar="N")
        parser.add_argument(
            "--density", type=int, default=1, metavar="D", help="times as many entries a digest"
        )
        parser.add_argument("--seed", type=int, default=1, metavar="S")
        parser.add_argument(
            "--out", type=Path, required=True, metavar="DIR", help="an empty or new directory"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        out, digests = options["out"], options["digests"]
        if not 1 <= digests <= MOST_DIGESTS:
            raise CommandError(f"--digests: from 1 to {MOST_DIGESTS}, one a working day", returncode=2)
        if not 1 <= options["density"] <= MOST_DENSITY:
            raise CommandError(f"--density: from 1 to {MOST_DENSITY}", returncode=2)
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(f"{out}: {error.strerror}", returncode=2) from error
        if any(out.iterdir()):
            raise CommandError(f"{out} is not empty; name a new directory", returncode=2)
        progress = Progress(digests)
        written = []
        for name, content, digest in make_files(digests, options["seed"], options["density"]):
            (out / name).write_bytes(content)
            written.append(digest)
            progress.step()
        progress.close()
        totals = count_totals(written)
        self.stdout.write(
            f"{totals.digests} digests, {totals.entries} entries, {totals.papers} papers, "
            f"{totals.authors} authors, {totals.tags} tags, {totals.korean} Korean and {totals.english} English notes"
        )
