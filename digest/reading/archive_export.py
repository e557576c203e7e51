"""The public site as one zip. The same public content gives the same bytes, whenever and wherever it is written."""

import csv
import datetime
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings
from django.db.models import Max

from digest.index import open_index
from digest.models import Digest, Entry
from digest.reading.archive_export_rows import (
    RECORDS,
    Record,
    cited_works,
    live_notes,
    published_digests,
    published_entries,
)
from digest.text.site_archive import (
    BIBTEX,
    CSV,
    FORMAT,
    MANIFEST,
    README,
    SEEDS,
    SUMS,
    TABLES,
    VERSION,
    moment_text,
    seed_name,
    table_file,
    write_line,
)
from digest.text.site_archive_readme import readme
from digest.text.spreadsheet import guarded_cell
from papers.citations import bibtex

# A digest as a seed file, its name and its bytes; None if the grammar cannot hold it.
Seed = Callable[[Digest, datetime.datetime], tuple[str, bytes] | None]
COLUMNS = [
    "date",
    "position",
    "address",
    "title",
    "authors",
    "arxiv_id",
    "doi",
    "url",
    "tags",
    "ko",
    "en",
    "published",
    "changed",
]


@dataclass(slots=True)
class Export:
    """What was written. ``without_seed``: digests that the seed grammar cannot hold; their rows are all there."""

    changed: datetime.datetime
    counts: dict[str, int] = field(default_factory=dict)
    without_seed: list[datetime.date] = field(default_factory=list)


def newest_change(now: datetime.datetime) -> datetime.datetime | None:
    """The last moment at which something that readers see at ``now`` changed; None if they see nothing."""
    entries = Entry.objects.published(now).aggregate(Max("publish_at"), Max("changed_at"))
    digests = Digest.objects.published(now).aggregate(Max("changed_at"))
    return max((moment for moment in [*entries.values(), *digests.values()] if moment), default=None)


def count_steps(now: datetime.datetime) -> int:
    """How far ``progress`` goes in ``write_archive``."""
    return 2 * Entry.objects.published(now).count() + Digest.objects.published(now).count()


def write_archive(
    file: BinaryIO, *, now: datetime.datetime, seed: Seed, step: Callable[[], None] = lambda: None
) -> Export:
    """Write all that is public at ``now`` into ``file``. Call it inside ``reading.snapshot``.

    Raises LookupError if nothing is public.
    """
    changed = newest_change(now)
    if changed is None:
        raise LookupError("nothing is published yet")
    export = Export(changed)
    with ZipFile(file, "w") as archive:
        writer = _Writer(archive, _zip_time(changed))
        names = _write_seeds(writer, export, now, seed, step)
        _write_table(writer, export, "digests", _digests(now, names))
        for table, records in RECORDS.items():
            steps = step if table == "entries" else None
            _write_table(writer, export, table, records(now), steps)
        with writer.open(CSV) as write:
            for line in _csv_lines(now, step):
                write(line)
        with writer.open(BIBTEX) as write:
            for work in cited_works(now):
                write(f"{bibtex(work)}\n\n".encode())
        writer.put(MANIFEST, _manifest(export))
        about = {"name": settings.SITE_NAME, "url": settings.SITE_URL, "version": VERSION}
        writer.put(README, readme(**about, changed=changed, counts=export.counts).encode())
        writer.put_sums()
    return export


class _Writer:
    """Members of a zip, all of one time and of the same rights, and their checksums."""

    def __init__(self, archive: ZipFile, time: tuple[int, int, int, int, int, int]) -> None:
        self.archive, self.time = archive, time
        self.sums: dict[str, str] = {}

    @contextmanager
    def open(self, name: str) -> Iterator[Callable[[bytes], None]]:
        """A member whose length nobody knows yet."""
        digest = hashlib.sha256()
        with self.archive.open(self._info(name), "w", force_zip64=True) as member:

            def write(data: bytes) -> None:
                digest.update(data)
                member.write(data)

            yield write
        self.sums[name] = digest.hexdigest()

    def put(self, name: str, data: bytes) -> None:
        self.archive.writestr(self._info(name), data)
        self.sums[name] = hashlib.sha256(data).hexdigest()

    def put_sums(self) -> None:
        """In the form of ``sha256sum``."""
        lines = [f"{value}  {name}\n" for name, value in sorted(self.sums.items())]
        self.archive.writestr(self._info(SUMS), "".join(lines).encode())

    def _info(self, name: str) -> ZipInfo:
        info = ZipInfo(name, self.time)
        info.compress_type = ZIP_DEFLATED
        # The same on every system: made by Unix, read by everyone.
        info.create_system, info.external_attr = 3, 0o100644 << 16
        return info


def _zip_time(moment: datetime.datetime) -> tuple[int, int, int, int, int, int]:
    """A zip counts from 1980 to 2107 in steps of two seconds."""
    moment = moment.astimezone(datetime.UTC)
    if not 1980 <= moment.year <= 2107:
        return 1980, 1, 1, 0, 0, 0
    return moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second


def _write_seeds(
    writer: _Writer, export: Export, now: datetime.datetime, seed: Seed, step: Callable[[], None]
) -> dict[datetime.date, str]:
    """The file's name for each date that has one. A name that is unsafe, or taken, gives way to the date."""
    names: dict[datetime.date, str] = {}
    taken: set[str] = set()
    for digests in published_digests(now):
        for digest in digests:
            found = seed(digest, now)
            if found is None:
                export.without_seed.append(digest.date)
            else:
                by_date = f"{digest.date.isoformat()}.txt"
                wanted = (seed_name(found[0]), by_date, f"digest-{by_date}")
                name = next(name for name in wanted if name and name.casefold() not in taken)
                taken.add(name.casefold())
                names[digest.date] = name
                writer.put(SEEDS + name, found[1])
            step()
    return names


def _digests(now: datetime.datetime, names: dict[datetime.date, str]) -> Iterator[Record]:
    for digests in published_digests(now):
        for digest in digests:
            yield {
                "date": digest.date.isoformat(),
                "publish_at": moment_text(digest.publish_at),
                "unpublish_at": moment_text(digest.unpublish_at),
                "changed_at": moment_text(digest.changed_at),
                "file": names.get(digest.date),
            }


def _write_table(
    writer: _Writer,
    export: Export,
    table: str,
    records: Iterable[Record],
    step: Callable[[], None] | None = None,
) -> None:
    count = 0
    with writer.open(table_file(table)) as write:
        for record in records:
            write(write_line(record))
            count += 1
            if step:
                step()
    export.counts[table] = count


def _csv_lines(now: datetime.datetime, step: Callable[[], None]) -> Iterator[bytes]:
    """With a byte order mark for spreadsheets; no cell is a formula."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    yield ("\ufeff" + out.getvalue()).encode()
    for entry in published_entries(now):
        out.seek(0)
        out.truncate()
        rows.writerow([guarded_cell(str(cell)) for cell in _csv_cells(entry)])
        yield out.getvalue().encode()
        step()


def _csv_cells(entry: Entry) -> tuple[Any, ...]:
    paper, notes = entry.paper, live_notes(entry)
    return (
        entry.digest.date.isoformat(),
        entry.position,
        f"{settings.SITE_URL}{entry.digest.get_absolute_url()}#e{entry.position}",
        paper.title,
        "; ".join(byline.printed_name for byline in paper.authorships.all()),
        paper.arxiv_id or "",
        paper.doi,
        paper.url,
        " ".join(tagging.tag.name for tagging in entry.tagged_entries.all()),
        notes.get("ko", ""),
        notes.get("en", ""),
        moment_text(entry.publish_at),
        moment_text(max(filter(None, (entry.publish_at, entry.changed_at)))),
    )


def _manifest(export: Export) -> bytes:
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "site": {"name": settings.SITE_NAME, "url": settings.SITE_URL},
        "changed": moment_text(export.changed),
        "korean": open_index("public").engine(),
        "counts": {table: export.counts[table] for table in TABLES},
        "without_seed": [date.isoformat() for date in export.without_seed],
    }
    return write_line(manifest)
