"""Seed files into rows: three-way, idempotent, each digest whole or absent. docs/editorial-model.md, Import."""

import datetime
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from accounts.models import User
from digest.editing.events import record
from digest.editing.import_digest import DigestImport
from digest.editing.import_report import CREATED, UNCHANGED, UPDATED, FileReport, SeedRefused
from digest.editing.locking import lock_catalogue
from digest.models import Digest, ImportConflict, ImportFlag, ImportRun, SourceFile
from digest.text.seeds import Problem, SeedDigest, parse_seed


@dataclass(slots=True)
class Importer:
    """One run over many files. Feed it files with ``run``; ask ``finish`` at the end.

    With ``by`` the texts are that person's, whose right to each language is asked; a command has nobody.
    """

    as_draft: bool = False
    dry_run: bool = False
    by: User | None = None
    now: datetime.datetime = field(default_factory=timezone.now)
    _run: ImportRun | None = None
    _dates: dict[datetime.date, str] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)

    def run(self, files: Iterable[tuple[str, bytes]]) -> Iterator[FileReport]:
        """Import (name, content) pairs one after the other, each in its own transaction; yield their reports.

        Problems of a file are reported, not raised; the files after it are still imported.
        """
        known = dict(SourceFile.objects.values_list("name", "sha256"))
        conflicts = open_conflicts()
        for name, content in files:
            sha256 = hashlib.sha256(content).hexdigest()
            if known.get(name) == sha256:
                report = FileReport(name, UNCHANGED, open_conflicts=conflicts.get(name, 0))
            else:
                report = self._import_file(name, content, sha256)
            self._counts[report.status] += 1
            yield report

    def finish(self) -> None:
        """Store the run's counts, if anything was written."""
        if self._run is not None and not self.dry_run:
            self._run.finished_at = timezone.now()
            self._run.counts = dict(self._counts)
            self._run.save()

    def _import_file(self, name: str, content: bytes, sha256: str) -> FileReport:
        report = FileReport(name)
        parsed = parse_seed(content)
        if parsed.digest is None:
            return report.refuse(*parsed.problems)
        report.problems.extend(parsed.problems)
        report.date = parsed.digest.date.isoformat()
        report.entries = len(parsed.digest.entries)
        earlier = self._dates.setdefault(parsed.digest.date, name)
        if earlier != name:
            reason = f"{report.date} is the date of {earlier} too; one file per digest"
            return report.refuse(Problem(parsed.digest.line, reason, "error"))
        run = self._run
        try:
            with transaction.atomic():
                lock_catalogue()
                self._store(parsed.digest, content, sha256, report)
                transaction.set_rollback(self.dry_run)
        except SeedRefused as refusal:
            self._run = run  # a row made for this file went with it
            report.refuse(Problem(refusal.line, refusal.reason, "error"))
        return report

    def _store(self, seed: SeedDigest, content: bytes, sha256: str, report: FileReport) -> None:
        digest, created = Digest.objects.get_or_create(date=seed.date)
        source_file = self._source_file(digest, seed, report.name)
        source_file.sha256, source_file.content, source_file.run = sha256, content, self._current_run()
        source_file.save()
        warnings = [problem for problem in report.problems if problem.severity == "warning"]
        importing = DigestImport(digest, seed, source_file, report, self.as_draft, self.now, self.by)
        importing.apply(created=created)
        report.changes += _set_flags(source_file, warnings)
        report.status = CREATED if created else UPDATED if report.changes or report.conflicts else UNCHANGED
        report.open_conflicts = open_conflicts().get(report.name, 0)
        if report.status != UNCHANGED:
            record(f"import_{report.status}", digest, by=self.by, now=self.now, file=report.name)

    def _source_file(self, digest: Digest, seed: SeedDigest, name: str) -> SourceFile:
        """The row of this file, or of the same digest's file under an older name. Raises SeedRefused."""
        named = SourceFile.objects.filter(name=name).first()
        dated = SourceFile.objects.filter(digest=digest).first()
        if named is not None and named.digest_id != digest.pk:
            reason = (
                f"this file held {named.digest} before; move that digest to {seed.date} at the desk first"
            )
            raise SeedRefused(seed.line, reason)
        if dated is not None:
            dated.name = name
            return dated
        return SourceFile(name=name, digest=digest)

    def _current_run(self) -> ImportRun:
        """The run's row; made with the first digest that is written, anew for each digest of a dry run."""
        if self._run is None or self.dry_run:
            self._run = ImportRun.objects.create(started_at=self.now, as_draft=self.as_draft, by=self.by)
        return self._run


def open_conflicts() -> dict[str, int]:
    """How many conflicts wait for a decision, by file name."""
    rows = ImportConflict.objects.filter(resolved_at__isnull=True).values_list("source_file__name")
    return dict(rows.annotate(count=Count("pk")))


def _set_flags(source_file: SourceFile, warnings: list[Problem]) -> int:
    """Make the file's open flags exactly ``warnings``; resolved ones stay resolved. Answers how many are new."""
    places = {(problem.line, problem.reason[:500]) for problem in warnings}
    stored = {(flag.line, flag.reason): flag for flag in source_file.flags.all()}
    gone = [flag.pk for place, flag in stored.items() if place not in places and flag.resolved_at is None]
    ImportFlag.objects.filter(pk__in=gone).delete()
    new = [
        ImportFlag(source_file=source_file, line=line, reason=reason)
        for line, reason in sorted(places - stored.keys())
    ]
    ImportFlag.objects.bulk_create(new)
    return len(new)
