"""Writing an archive to disk: under another name until it is whole, so that nobody ever finds half of one."""

import datetime
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.core.management.base import CommandError
from django.db import DatabaseError
from django.utils import timezone

from digest.editing.exporting import export_digest, export_name
from digest.management.progress import Progress
from digest.models import Digest
from digest.reading.archive_export import Export, count_steps, write_archive
from digest.reading.archive_offer import Mark, mark_public
from digest.reading.snapshot import snapshot

# A build that was killed leaves such a file behind; the next one removes it.
PARTIAL = ".partial-"


@dataclass(frozen=True, slots=True)
class Written:
    """What went into the file, and what was public at that moment."""

    export: Export
    mark: Mark


def write_site(file: BinaryIO) -> Written:
    """All that is public at this moment into ``file``, with a progress bar. Raises CommandError."""
    now = timezone.now()
    try:
        with snapshot():
            progress = Progress(count_steps(now))
            try:
                export = write_archive(file, now=now, seed=_seed, step=progress.step)
            finally:
                progress.close()
            return Written(export, mark_public(now))
    except LookupError as error:
        raise CommandError(f"{error}; no archive was written", returncode=1) from error
    except DatabaseError as error:
        raise CommandError(
            f"the database cannot be read: {error}; run: manage.py migrate", returncode=1
        ) from error


@contextmanager
def partial_file(folder: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A new file in ``folder``; gone afterwards, however that comes, unless it was renamed. Raises CommandError."""
    path = folder / f"{PARTIAL}{os.getpid()}.zip"
    try:
        with path.open("w+b") as file:
            yield path, file
    except OSError as error:
        raise CommandError(f"{error.filename or path}: {error.strerror}", returncode=2) from error
    finally:
        path.unlink(missing_ok=True)


def put_in_place(path: Path, file: BinaryIO, final: Path) -> None:
    """Give the finished file its name, in one step and only when its bytes are on the disk."""
    file.flush()
    os.fsync(file.fileno())
    path.replace(final)


def describe(written: Written) -> str:
    """One line for people, with a second for digests that are in the tables alone."""
    counts = written.export.counts
    said = f"{counts['digests']} digests, {counts['entries']} entries, {counts['papers']} papers"
    if written.export.without_seed:
        dates = ", ".join(map(str, written.export.without_seed))
        said += f"\nwithout a seed file, because the grammar cannot hold them: {dates}"
    return said


def _seed(digest: Digest, now: datetime.datetime) -> tuple[str, bytes] | None:
    try:
        return export_name(digest), export_digest(digest, live=True, now=now)
    except ValueError:
        return None
