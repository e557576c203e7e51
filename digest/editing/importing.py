"""Seed files into rows: three-way, idempotent, each digest whole or absent. docs/editorial-model.md, Import."""

import datetime
import gc
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import takewhile

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone

from accounts.models import User
from digest.editing.events import record
from digest.editing.import_ahead import prepare_ahead
from digest.editing.import_batch import BatchImport
from digest.editing.import_digest import DigestImport
from digest.editing.import_plan import NewSeed, plan_batch
from digest.editing.import_report import CREATED, UNCHANGED, UPDATED, FileReport, SeedRefused
from digest.editing.locking import lock_catalogue
from digest.index import open_index
from digest.models import Digest, ImportConflict, ImportFlag, ImportRun, SourceFile
from digest.text.seeds import Problem, SeedDigest

# What is stored in one transaction, by whichever limit comes first.
BATCH_FILES, BATCH_ENTRIES = 300, 1_000


@dataclass(slots=True)
class Importer:
    """One run over many files. Feed it files with ``run``; ask ``finish`` at the end.

    With ``by`` the texts are that person's, whose right to each language is asked; a command has nobody.
    ``jobs``: processes that read and analyse.
    """

    as_draft: bool = False
    dry_run: bool = False
    by: User | None = None
    jobs: int = 1
    now: datetime.datetime = field(default_factory=timezone.now)
    _run: ImportRun | None = None
    _dates: dict[datetime.date, str] = field(default_factory=dict)
    _stored: set[datetime.date] = field(default_factory=set)
    _counts: Counter[str] = field(default_factory=Counter)

    def run(self, files: Iterable[tuple[str, bytes]]) -> Iterator[FileReport]:
        """Import (name, content) pairs in their order; yield their reports. Each digest is written whole or not at all.

        New digests are stored together, some hundred at a time; one that the database knows, by itself. Problems of
        a file are reported, not raised; the files after it are still imported.
        """
        self._stored = set(Digest.objects.values_list("date", flat=True))
        batch: list[NewSeed] = []
        entries = 0
        with rare_collections():
            for file in self._read(files):
                batch.append(file)
                entries += len(file.digest.entries) if file.is_readable else 0
                if len(batch) == BATCH_FILES or entries >= BATCH_ENTRIES:
                    yield from self._import(batch)
                    batch, entries = [], 0
            yield from self._import(batch)

    def finish(self) -> None:
        """Store the run's counts, if anything was written."""
        if self._run is not None and not self.dry_run:
            self._run.finished_at = timezone.now()
            self._run.counts = dict(self._counts)
            self._run.save()

    def _read(self, files: Iterable[tuple[str, bytes]]) -> Iterator[NewSeed]:
        """The files with what they hold; those that say what they said last time are not read again."""
        known = dict(SourceFile.objects.values_list("name", "sha256"))
        conflicts = open_conflicts()

        def hashed() -> Iterator[tuple[NewSeed, bytes | None]]:
            for name, content in files:
                file = NewSeed(name, content, hashlib.sha256(content).hexdigest(), FileReport(name))
                if known.get(name) == file.sha256:
                    file.report.open_conflicts = conflicts.get(name, 0)
                    file.content = b""
                    yield file, None
                else:
                    yield file, content

        engine = open_index("public").engine()
        for file, prepared in prepare_ahead(hashed(), engine=engine, jobs=self.jobs):
            file.prepared = prepared
            yield file

    def _import(self, batch: list[NewSeed]) -> Iterator[FileReport]:
        todo = [file for file in batch if file.prepared is not None and self._is_importable(file)]
        while todo:
            new = list(takewhile(self._may_be_new, todo))
            done = self._import_new(new) if new else 0
            if done < len(new) or not new:
                self._import_file(todo[done])
                done += 1
            todo = todo[done:]
        for file in batch:
            self._counts[file.report.status] += 1
            yield file.report

    def _is_importable(self, file: NewSeed) -> bool:
        """Whether there is a digest to import; if not, the report says why."""
        report = file.report
        report.problems.extend(file.problems)
        if not file.is_readable:
            report.refuse()
            return False
        report.date = file.digest.date.isoformat()
        report.entries = len(file.digest.entries)
        earlier = self._dates.setdefault(file.digest.date, file.name)
        if earlier != file.name:
            reason = f"{report.date} is the date of {earlier} too; one file per digest"
            report.refuse(Problem(file.digest.line, reason, "error"))
            return False
        return True

    def _may_be_new(self, file: NewSeed) -> bool:
        return self.by is None and file.digest.date not in self._stored

    def _import_new(self, files: list[NewSeed]) -> int:
        """Store the leading ones of ``files`` together; answers how many. The next one, if any, goes field by field."""
        run = self._run
        try:
            with transaction.atomic():
                lock_catalogue()
                plan = plan_batch(files)
                if plan:
                    BatchImport(plan, self._current_run(), self.as_draft, self.now).apply()
                transaction.set_rollback(self.dry_run)
        except (ValidationError, IntegrityError, DataError):
            # Somewhere a row that a table or a column refuses: one by one tells which, and stores the others.
            self._run = run
            for file in files:
                self._import_file(file)
            return len(files)
        if self.dry_run:
            self._run = run
        else:
            self._stored |= {digest.file.digest.date for digest in plan}
        return len(plan)

    def _import_file(self, file: NewSeed) -> None:
        """One digest in its own transaction, field by field."""
        run = self._run
        try:
            with transaction.atomic():
                lock_catalogue()
                self._store(file.digest, file.content, file.sha256, file.report)
                transaction.set_rollback(self.dry_run)
        except SeedRefused as refusal:
            self._run = run  # a row made for this file went with it
            file.report.refuse(Problem(refusal.line, refusal.reason, "error"))

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


@contextmanager
def rare_collections() -> Iterator[None]:
    """Look for cycles of garbage seldom: a batch is some hundred thousand objects with none, and each look visits them all."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


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
