"""Importing invented archives of several sizes, and what each next import then costs."""

import datetime
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from digest.editing.importing import Importer
from digest.management.corpus.shape import MOST_DIGESTS
from digest.models import Entry, SearchIndex

# One digest of a real corpus has three entries.
ENTRIES_A_DIGEST = 3.06
NEW_DIGEST = "\n".join(
    [
        "2026-04-01",
        *(
            f"A New Work {number}\n(Ann Lee, Bo Kim, Dana Roe)\nWe train a mixture of experts and measure "
            f"what its router learns.\n전문가 혼합 모델의 라우터가 배우는 것을 살펴봤습니다.\n#moe #llm"
            for number in range(3)
        ),
    ]
).encode()


@dataclass(frozen=True)
class Cost:
    """One size. Seconds are of the processor unless they say wall; ``again`` is the import of unchanged files."""

    database: str
    entries: int
    files: int
    cpu: float
    wall: float
    rate_cpu: float
    rate_wall: float
    again: float
    new_digest_ms: float
    peak_mb: float


def run(sizes: list[int], *, jobs: int, index: bool, folder: Path, out: Path | None) -> None:
    """Import each size into an emptied database and print a table, and JSON into ``out``."""
    costs = []
    for size in sorted(sizes):
        files = write_corpus(size, folder / str(size))
        call_command("flush", interactive=False, verbosity=0)
        if not index:
            SearchIndex.objects.update(live=0)
        costs.append(measure(files, jobs))
    print("| database | entries | files | entries/s CPU | entries/s | again, s | new digest, ms | peak, MB |")
    print("| --- | --: | --: | --: | --: | --: | --: | --: |")
    for cost in costs:
        print(
            f"| {cost.database} | {cost.entries:,} | {cost.files:,} | {cost.rate_cpu:,.0f} | {cost.rate_wall:,.0f} "
            f"| {cost.again:.2f} | {cost.new_digest_ms:.0f} | {cost.peak_mb:.0f} |"
        )
    if out:
        out.write_text(json.dumps([asdict(cost) for cost in costs], indent=1))


def write_corpus(entries: int, folder: Path) -> list[Path]:
    """A corpus of about so many entries on disk: one digest a working day, and denser ones beyond that."""
    density = -(-entries // int(MOST_DIGESTS * ENTRIES_A_DIGEST))
    digests = min(MOST_DIGESTS, round(entries / ENTRIES_A_DIGEST / density))
    # In a process of its own, whose memory is not counted.
    command = [sys.executable, "manage.py", "make_corpus", f"--digests={digests}", f"--density={density}"]
    subprocess.run([*command, f"--out={folder}"], check=True, stdout=subprocess.DEVNULL)
    return sorted(folder.iterdir())


def measure(files: list[Path], jobs: int) -> Cost:
    cpu, wall = spent(lambda: import_all(read(files), jobs))
    again, _wall = spent(lambda: import_all(read(files), 1))
    new = []
    for number in range(5):
        day = datetime.date(2026, 4, 1) + datetime.timedelta(days=number)
        content = NEW_DIGEST.replace(b"2026-04-01", day.isoformat().encode())
        content = content.replace(b"A New Work", f"Work of {day}:".encode())
        new.append(spent(lambda name=f"{day}.txt", text=content: import_all([(name, text)], 1))[0])
    entries = Entry.objects.count() - 3 * len(new)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Cost(
        connection.vendor,
        entries,
        len(files),
        cpu,
        wall,
        entries / cpu,
        entries / wall,
        again,
        sorted(new)[len(new) // 2] * 1_000,
        peak,
    )


def read(files: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    return ((path.name, path.read_bytes()) for path in files)


def import_all(files: Iterable[tuple[str, bytes]], jobs: int) -> None:
    importer = Importer(jobs=jobs)
    for report in importer.run(files):
        assert report.status in ("created", "unchanged"), report
    importer.finish()


def spent(action: Callable[[], None]) -> tuple[float, float]:
    """(processor seconds of this process and its children, seconds). A database server's are its own."""
    cpu, wall = _processor(), time.monotonic()
    action()
    return _processor() - cpu, time.monotonic() - wall


def _processor() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)
