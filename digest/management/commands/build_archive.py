"""manage.py build_archive: the archive that readers download, anew; for a nightly job."""

import hashlib
import os
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from digest.editing.versioning import move_public_version
from digest.management.archive_files import PARTIAL, Written, describe, partial_file, put_in_place, write_site
from digest.reading.archive_offer import CURRENT, Offer, read_offer, write_offer

# A build takes minutes at most; a partial file that old is from one that was killed.
ABANDONED = 24 * 60 * 60


class Command(BaseCommand):
    help = "Write the public site's archive into NARANHI_ARCHIVE_DIR, where /archive.zip is served from."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.NARANHI_ARCHIVE_DIR:
            raise CommandError("NARANHI_ARCHIVE_DIR names no folder, so no archive is offered", returncode=2)
        folder = Path(settings.NARANHI_ARCHIVE_DIR)
        before = read_offer(folder)
        with partial_file(folder) as (path, file):
            written = write_site(file)
            offer = self._offer(file, folder, written, before[0] if before else None)
            put_in_place(path, file, offer.path)
        self._publish(folder, offer, written)
        self._tidy(folder, offer.path)
        known = before is not None and before[0].sha256 == offer.sha256
        changed = "unchanged since" if known else "written"
        self.stdout.write(
            f"{changed} {offer.written:%Y-%m-%d %H:%M}: {offer.size:,} bytes, {describe(written)}"
        )

    def _offer(self, file: Any, folder: Path, written: Written, before: Offer | None) -> Offer:
        """Named by its bytes: who is in the middle of a download never gets the rest of another file."""
        file.seek(0)
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        same = before is not None and before.sha256 == sha256
        return Offer(
            path=folder / f"site-{sha256[:16]}.zip",
            size=file.seek(0, os.SEEK_END),
            sha256=sha256,
            changed=written.export.changed,
            written=before.written if before and same else timezone.now().replace(microsecond=0),
            entries=written.export.counts["entries"],
        )

    def _publish(self, folder: Path, offer: Offer, written: Written) -> None:
        """Last, and in one step: until then the archive before is offered."""
        with partial_file(folder) as (path, file):
            file.write(write_offer(offer, written.mark).encode())
            put_in_place(path, file, folder / CURRENT)
        move_public_version()  # the about page names its size and date

    def _tidy(self, folder: Path, kept: Path) -> None:
        for path in folder.glob("site-*.zip"):
            if path != kept:
                path.unlink(missing_ok=True)
        for path in folder.glob(f"{PARTIAL}*"):
            if path.stat().st_mtime < time.time() - ABANDONED:
                path.unlink(missing_ok=True)
