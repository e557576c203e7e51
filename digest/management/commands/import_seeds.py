"""manage.py import_seeds: plain-text digests into rows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.utils import OperationalError, ProgrammingError

from digest.editing.import_report import CREATED, REFUSED, UNCHANGED, UPDATED, FileReport, ImportReport
from digest.editing.importing import Importer
from digest.editing.search_terms import equip_new_site
from digest.management.progress import Progress
from digest.management.seed_files import UnreadablePath, display, find_seed_files, read_all
from digest.management.stopping import Stopping
from digest.models import Digest
from digest.text.seeds import Problem

MOST_JOBS = 64


class Command(BaseCommand):
    help = "Import plain-text digests. Exit code 0: clean; 1: problems in the data; 2: wrong use."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths", nargs="*", type=Path, metavar="PATH", help="files or directories; default: seeds/"
        )
        parser.add_argument(
            "--as-draft", action="store_true", help="import as drafts that readers do not see"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="report what would happen and write nothing"
        )
        parser.add_argument(
            "--jobs", type=int, default=1, metavar="N", help="read and analyse in N processes; default: 1"
        )
        parser.add_argument("--fail-on-conflict", action="store_true", help="exit 1 while conflicts are open")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            files = find_seed_files(options["paths"] or [Path(settings.BASE_DIR) / "seeds"])
        except UnreadablePath as problem:
            raise CommandError(str(problem), returncode=2) from problem
        if not files:
            raise CommandError("no *.txt files found", returncode=2)
        if not 1 <= options["jobs"] <= MOST_JOBS:
            raise CommandError(f"--jobs: from 1 to {MOST_JOBS}", returncode=2)
        importer = Importer(as_draft=options["as_draft"], dry_run=options["dry_run"], jobs=options["jobs"])
        try:
            new = not Digest.objects.exists()
            with Stopping() as stop:
                report = self._run(importer, files, stop)
        except (OperationalError, ProgrammingError) as error:
            if "no such table" in str(error) or "does not exist" in str(error):
                raise CommandError(
                    "the database has no tables yet; run: manage.py migrate", returncode=2
                ) from error
            raise
        if new and report.count(CREATED) and not options["dry_run"] and (groups := equip_new_site()):
            self.stdout.write(f"{groups} groups of search terms for a new site; change them at the desk")
        self._summary(report, dry_run=options["dry_run"])
        if stop.signal:
            left = len(files) - len(report.files)
            self.stderr.write(f"stopped; {left} files are left: run the same command again to go on")
            raise SystemExit(128 + stop.signal)
        if any(file.status == REFUSED for file in report.files):
            raise SystemExit(1)
        if options["fail_on_conflict"] and report.open_conflicts:
            raise SystemExit(1)

    def _run(self, importer: Importer, files: list[tuple[str, Path]], stop: Stopping) -> ImportReport:
        report = ImportReport()
        progress = Progress(len(files))
        unreadable: list[FileReport] = []

        def readable() -> Iterator[tuple[str, bytes]]:
            for name, content in read_all(files):
                if stop.signal:
                    return
                if isinstance(content, UnreadablePath):
                    unreadable.append(FileReport(name).refuse(Problem(0, str(content), "error")))
                    progress.step()
                else:
                    yield name, content

        for file in importer.run(readable()):
            report.files.append(file)
            progress.step()
        importer.finish()
        progress.close()
        report.files.extend(unreadable)
        report.files.sort(key=lambda file: file.name)
        for file in report.files:
            self._print(file)
        return report

    def _print(self, file: FileReport) -> None:
        name = display(file.name)
        if file.status == REFUSED:
            self.stderr.write(f"{name}: refused")
        elif file.status != UNCHANGED or file.open_conflicts:
            waiting = f", {file.open_conflicts} conflicts open" if file.open_conflicts else ""
            self.stdout.write(
                f"{name}: {file.date} {file.status}, {file.entries} entries{waiting}".replace(":  ", ": ")
            )
        lines = [(problem.line, f"{problem.severity}: {problem.reason}") for problem in file.problems]
        lines += [(line, f"conflict: {text}") for line, text in file.conflicts]
        lines += [(line, f"note: {text}") for line, text in file.notices]
        for line, text in sorted(lines):
            self.stderr.write(f"{name}:{line}: {display(text)}")

    def _summary(self, report: ImportReport, *, dry_run: bool) -> None:
        parts = [f"{report.count(status)} {status}" for status in (CREATED, UPDATED, UNCHANGED, REFUSED)]
        tail = f"; {report.open_conflicts} conflicts open" if report.open_conflicts else ""
        before = "dry run, nothing written: " if dry_run else ""
        self.stdout.write(f"{before}{', '.join(parts)}{tail}")
