"""A whole search index anew from the rows, while readers search and editors publish; and comparing one with the rows."""

from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context

import django
from django.db import DatabaseError, transaction

from digest.editing.indexing import analyse, join_row, make_row
from digest.editing.sources import Source, find_sources
from digest.editing.versioning import move_public_version
from digest.index import open_index
from digest.index.base import IndexRow
from digest.index.building import Built
from digest.models import SearchIndex
from digest.text.analysis.analyze import analyzer_id

BATCH = 500
# Texts that a process analyses at a time.
CHUNK = 25


@dataclass(frozen=True, slots=True)
class Difference:
    """What a comparison of an index with the rows found; all zero, and no ``trouble``, for a sound one."""

    missing: int = 0  # entries that are not in the index
    surplus: int = 0  # entries that are in it and should not be
    changed: int = 0  # entries whose texts or facts are others
    trouble: str = ""  # why it cannot be asked at all

    def __bool__(self) -> bool:
        return bool(self.missing or self.surplus or self.changed or self.trouble)


def count_entries(name: str) -> int:
    """How many entries a rebuild goes through."""
    return open_index(name).expected().count()


def rebuild(name: str, *, engine: str, jobs: int = 1) -> Iterator[int]:
    """Fill the other generation and move the index onto it. Yields how many entries are in, after each batch.

    Goes on where an interrupted rebuild was. The generation that was in use is left for ``retire``. Raises Overtaken
    if another rebuild is at work, EngineMissing, DatabaseError.
    """
    index = open_index(name)
    record = index.begin(analyzer_id(engine))
    entries = index.expected()
    done = entries.filter(pk__lte=record.building_done).count()
    yield done
    with _executor(jobs) as executor:
        while batch := list(
            entries.filter(pk__gt=record.building_done).order_by("pk").values_list("pk", flat=True)[:BATCH]
        ):
            _add(index, record, batch, batch[-1], engine, executor)
            done += len(batch)
            yield done
        index.tidy(record.building)
        index.verify(record.building)
        while not _finish(index, record):
            batch = index.missing(record.building, BATCH)
            _add(index, record, batch, record.building_done, engine, executor)


def _finish(index: Built, record: SearchIndex) -> bool:
    with transaction.atomic():
        finished = index.finish(record)
        if finished:
            move_public_version()  # other rules may find other entries
    return finished


def retire_others(name: str) -> None:
    """Drop the tables that nobody asks. Wait a moment after a rebuild: a request may have looked the old ones up."""
    index = open_index(name)
    for generation in (1, 2):
        index.retire(generation)


def compare(name: str) -> Difference:
    """The live index against the rows: who is in it, and the hash of what it was made of."""
    index = open_index(name)
    state = index.state()
    engine = index.engine()
    if state in ("missing", "other_analyzer") or engine is None:
        return Difference(trouble=state)
    try:
        index.verify(index.asked)
    except DatabaseError as error:
        return Difference(trouble=str(error))
    ids = list(index.expected().order_by("pk").values_list("pk", flat=True))
    missing = changed = 0
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        stored = index.stored_hashes(batch)
        missing += len(batch) - len(stored)
        for source in find_sources(index, batch):
            found = stored.get(source.entry_id)
            changed += found is not None and found[0] != source.content_hash(engine)
    return Difference(missing, index.stats().rows - len(ids) + missing, changed)


def _executor(jobs: int) -> AbstractContextManager[Executor | None]:
    if jobs == 1:
        return nullcontext()
    # Not forked: a child must not share this process's connection to the database.
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=django.setup)


def _add(
    index: Built, record: SearchIndex, batch: list[int], done: int, engine: str, executor: Executor | None
) -> None:
    """Analyse without a lock, which takes long; then lock, and store what is still so."""
    sources = find_sources(index, batch)
    work = partial(analyse, engine=engine)
    texts = [source.texts for source in sources]
    analysed = executor.map(work, texts, chunksize=CHUNK) if executor else map(work, texts)
    rows = {row.entry_id: row for row in map(partial(join_row, engine=engine), sources, analysed)}
    with transaction.atomic():
        index.lock()
        now = find_sources(index, batch)
        index.add(record, [_row_of(source, rows, engine) for source in now], done)


def _row_of(source: Source, rows: dict[int, IndexRow], engine: str) -> IndexRow:
    """The row that was made of this very source, else a new one: somebody saved meanwhile."""
    row = rows.get(source.entry_id)
    if row and row.content_hash == source.content_hash(engine):
        return replace(row, timed=source.timed)
    return make_row(source, engine)
