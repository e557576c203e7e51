"""An archive into an empty site: all of it in one transaction, or nothing."""

import datetime
from collections.abc import Callable, Iterator
from itertools import islice

from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils import timezone

from digest.editing.errors import Refused
from digest.editing.events import record
from digest.editing.locking import lock_catalogue
from digest.editing.reindexing import rebuild, retire_others
from digest.editing.site_import_file import Damaged, SiteArchive
from digest.editing.site_import_rows import Lines, Rows
from digest.editing.sources import find_sources
from digest.editing.stamping import fingerprint
from digest.editing.versioning import move_public_version
from digest.index import NAMES, open_index
from digest.index.asking import engine_of
from digest.models import Digest, Entry, ImportRun, Reference, SearchTerm, SourceFile, Tag
from digest.text.analysis.analyze import ENGINES, RULES, analyzer_id
from digest.text.site_archive import SEEDS, table_file
from papers.models import Author, Paper

BATCH = 500
# Rows of these make a site one that is not empty.
CONTENT = (Digest, Paper, Author, Tag, SourceFile, SearchTerm)
# What an archive numbers itself; PostgreSQL counts on from there.
NUMBERED = (Author, Paper, Tag, Entry, Reference)


def count_steps(archive: SiteArchive) -> int:
    """How often ``step`` is called in ``import_archive``: the entries as rows and in each index, and the rest."""
    counts: dict[str, int] = archive.manifest["counts"]
    return sum(counts.values()) + counts["digests"] + len(NAMES) * counts["entries"]


@transaction.atomic
def import_archive(
    archive: SiteArchive, *, jobs: int = 1, step: Callable[[int], None] = lambda done: None
) -> ImportRun:
    """Make this site what the archive's was to readers. ``step`` hears how many steps are done.

    Numbers, windows and moments of change are kept; texts become approved, live revisions of nobody; references and
    the search indexes are made anew. Raises Refused if there is content already, Damaged, Overtaken, EngineMissing.
    """
    lock_catalogue()
    refuse_unless_empty()
    now = timezone.now()
    run = ImportRun.objects.create(started_at=now)
    done = _store_tables(archive, Rows(run, now), step)
    _stamp()
    move_public_version()
    for name in NAMES:
        done = _index(name, archive.manifest["korean"], jobs, done, step)
    run.finished_at, run.counts = timezone.now(), archive.manifest["counts"]
    run.save()
    record("import_site", run, by=None, now=now, site=archive.manifest["site"]["url"], counts=run.counts)
    return run


def refuse_unless_empty() -> None:
    """Raise Refused, naming what is there."""
    found = [
        f"{model.objects.count()} {model._meta.model_name}s" for model in CONTENT if model.objects.exists()
    ]
    if found:
        raise Refused(f"the database already holds {', '.join(found)}", code="not_empty")


def _batches(records: Iterator[tuple[int, dict[str, object]]]) -> Iterator[Lines]:
    while lines := list(islice(records, BATCH)):
        yield lines


def _store_tables(archive: SiteArchive, rows: Rows, step: Callable[[int], None]) -> int:
    """All rows but the indexes', each table after those it points at; answers how many steps that were."""
    tables: dict[str, Callable[[Lines], None]] = {
        "authors": rows.authors,
        "papers": rows.papers,
        "digests": rows.digests,
        "tags": rows.tags,
        "entries": rows.entries,
        "related": rows.related,
        "search_terms": rows.search_terms,
    }
    done = 0
    for table, store in tables.items():
        for lines in _batches(archive.records(table)):
            store(lines)
            done += len(lines)
            step(done)
    for number, digest in archive.records("digests"):
        if digest["file"] is not None:
            _store_seed(archive, rows, number, digest["date"], digest["file"])
        done += 1
        step(done)
    _count_on()
    rows.finish()
    return done


def _store_seed(archive: SiteArchive, rows: Rows, number: int, date: datetime.date, name: str) -> None:
    content = archive.seed(name)
    if content is None:
        raise Damaged(table_file("digests"), f"{SEEDS}{name[:100]} is not in the zip", number)
    rows.seed(number, date, name, content)


def _count_on() -> None:
    """The next row gets the next number; SQLite does this by itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), NUMBERED):
            cursor.execute(statement)


def _stamp() -> None:
    """What readers see now is what they saw: the next save that changes none of it moves no date (stamping.py)."""
    index = open_index("public")
    last = 0
    while entries := list(Entry.objects.filter(pk__gt=last).select_related("paper").order_by("pk")[:BATCH]):
        by_pk = {entry.pk: entry for entry in entries}
        for source in find_sources(index, list(by_pk)):
            entry = by_pk[source.entry_id]
            entry.public_hash = fingerprint(source, entry.paper)
        Entry.objects.bulk_update(entries, ["public_hash"])
        last = entries[-1].pk


def _index(name: str, korean: str | None, jobs: int, done: int, step: Callable[[int], None]) -> int:
    """Korean is analysed as it was at the archive's site, where that can be done here."""
    index = open_index(name)
    if not index.supported():
        return done
    engine = (engine_of(analyzer_id(korean)) if korean in ENGINES else None) or RULES
    indexed = 0
    for indexed in rebuild(name, engine=engine, jobs=jobs):
        step(done + indexed)
    retire_others(name)
    return done + indexed
