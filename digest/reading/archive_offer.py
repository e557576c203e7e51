"""The archive that readers may download: which file it is, and whether everything in it may still be seen.

A file knows nothing of what editors do after it was written. So beside it lies, never served, what was public then;
whoever asks is given the file only while all of that still is, and nothing has left a digest since.
"""

import datetime
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Max, Q

from digest.models import Digest, Entry

CURRENT = "current.json"
# SQLite takes expressions up to a depth of 1,000.
RUNS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Mark:
    """What was public: runs of entry numbers, first and last, and the last moment an entry had left a digest."""

    runs: list[tuple[int, int]]
    left: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Offer:
    """A file for readers. ``changed``: of its content; ``written``: since when it has these bytes."""

    path: Path
    size: int
    sha256: str
    changed: datetime.datetime
    written: datetime.datetime
    entries: int


def mark_public(now: datetime.datetime) -> Mark:
    """What is public at ``now``. Call it in the snapshot that the archive is written from."""
    runs: list[tuple[int, int]] = []
    for pk in Entry.objects.published(now).order_by("pk").values_list("pk", flat=True).iterator():
        if runs and runs[-1][1] == pk - 1:
            runs[-1] = runs[-1][0], pk
        else:
            runs.append((pk, pk))
    return Mark(runs, Digest.objects.published(now).aggregate(left=Max("changed_at"))["left"])


def still_public(mark: Mark) -> bool:
    """Whether readers may see every entry of the mark at this moment, and none of them was away meanwhile.

    One query, and one more for every two hundred gaps between the numbers.
    """
    left = Digest.objects.published().filter(changed_at__isnull=False)
    if mark.left is not None:
        left = left.filter(changed_at__gt=mark.left)
    if left.exists():
        return False
    for start in range(0, len(mark.runs), RUNS_AT_ONCE):
        runs = mark.runs[start : start + RUNS_AT_ONCE]
        condition = Q()
        for first, last in runs:
            condition |= Q(pk__range=(first, last))
        if Entry.objects.published().filter(condition).count() != sum(
            last - first + 1 for first, last in runs
        ):
            return False
    return True


def write_offer(offer: Offer, mark: Mark) -> str:
    """The content of ``current.json`` for ``read_offer``."""
    return json.dumps(
        {
            "file": offer.path.name,
            "size": offer.size,
            "sha256": offer.sha256,
            "changed": offer.changed.isoformat(),
            "written": offer.written.isoformat(),
            "entries": offer.entries,
            "left": mark.left.isoformat() if mark.left else None,
            "runs": mark.runs,
        }
    )


def read_offer(folder: Path) -> tuple[Offer, Mark] | None:
    """What the last build left in ``folder``; None if nothing, or nothing that can be read."""
    try:
        found: dict[str, Any] = json.loads((folder / CURRENT).read_bytes())
        moments = {name: datetime.datetime.fromisoformat(found[name]) for name in ("changed", "written")}
        path = folder / Path(found["file"]).name
        left = datetime.datetime.fromisoformat(found["left"]) if found["left"] else None
        mark = Mark([(first, last) for first, last in found["runs"]], left)
        offer = Offer(path, found["size"], found["sha256"], entries=found["entries"], **moments)
        return (offer, mark) if path.stat().st_size == offer.size else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def current_offer() -> Offer | None:
    """The archive for readers; None where none was built, or where something in it is not public any more."""
    if not settings.NARANHI_ARCHIVE_DIR:
        return None
    found = read_offer(Path(settings.NARANHI_ARCHIVE_DIR))
    return found[0] if found and still_public(found[1]) else None
