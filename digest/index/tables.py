"""The tables of an index, and putting rows in. What the two databases do differently is in sqlite.py and postgres.py.

An index has two generations by turns, each with four tables: ``terms`` by order key; ``row`` with the facts of an entry;
``word`` with the words that suggestions offer and how many entries have them; ``timed`` with those of entries that
the clock opens or closes. A word of a scheduled entry would say what is coming, and no job runs when its hour comes: so
such words are never counted in ``word`` but kept by entry, and whoever asks joins them with the entry's window.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from digest.index.base import IndexRow
from digest.models import Entry, SearchIndex
from digest.models.entry import EntryQuerySet

BATCH = 500
# Entries whose hour has come, moved to the counted words with one writing.
SETTLED_AT_ONCE = 50


class Tables:
    """One index by name, its generations and its rows."""

    lock_numbers = {"public": 7_219_004, "editor": 7_219_005}

    def __init__(self, name: str) -> None:
        if name not in self.lock_numbers:
            raise ValueError(f"there is no index {name!r}")
        self.name = name
        self._held: tuple[SearchIndex | None, tuple[int, int]] | None = None

    @property
    def public(self) -> bool:
        """Only readers are offered words; editors' drafts have none to offer."""
        return self.name == "public"

    def expected(self) -> EntryQuerySet:
        """The entries that belong in this index. A public one may wait for its hour; every question asks the clock."""
        entries = Entry.objects.all()
        return entries.filter(publish_at__isnull=False) if self.public else entries

    # -- what a backend adds ------------------------------------------------------------------------------

    def create_terms(self, generation: int) -> None:
        raise NotImplementedError

    def insert_terms(self, generation: int, rows: Sequence[IndexRow]) -> None:
        raise NotImplementedError

    def delete_terms(self, generation: int, keys: Sequence[int]) -> None:
        raise NotImplementedError

    def count_words(self, generation: int, changed: Sequence[tuple[str, int]]) -> None:
        """Add each number to how many entries have that word; a word that none has left is forgotten."""
        raise NotImplementedError

    def purge(self, generation: int) -> None:
        """Remove what deleted rows left behind in the database's own files."""

    def lock(self, *, alone: bool = True) -> None:
        """Hold the index until the transaction ends; ``alone``: against every other writer, else against a rebuild."""

    def claim(self, entry_ids: list[int], *, wait: bool = False) -> list[int]:
        """Those of ``entry_ids`` that this transaction may write, until it ends; with ``wait`` all, after a while.

        Call before reading what is to be written, so that of two writers the second reads what the first wrote. Two
        editors may hold rows that the other waits for, so in the editors' index nobody waits in the middle of a verb.
        """
        self.hold()
        return entry_ids

    def hold(self) -> None:
        """``lock``, and look the generations up once: until the transaction ends nobody moves or drops them.

        Only for an instance that is let go with the transaction.
        """
        self.lock(alone=self.public)
        self._held = None
        record = self.record()
        self._held = (record, self._generations(record))

    def exists(self, table: str) -> bool:
        raise NotImplementedError

    # -- SQL ----------------------------------------------------------------------------------------------

    def tables(self, generation: int) -> dict[str, str]:
        """The names of a generation's tables, by what they hold. No name comes from outside."""
        prefix = f"search_{self.name}_{generation:d}"
        return {"terms": prefix, **{part: f"{prefix}_{part}" for part in ("row", "word", "timed")}}

    def run(
        self, generation: int, statement: str, params: Sequence[Any] = (), **parts: str
    ) -> list[tuple[Any, ...]]:
        """Run a statement in which {terms}, {row}, {word}, {timed} name the tables; answer its rows."""
        with connection.cursor() as cursor:
            cursor.execute(statement.format(**self.tables(generation), **parts), list(params) or None)
            return cursor.fetchall() if cursor.description else []

    def run_many(self, generation: int, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        rows = list(rows)
        if rows:
            with connection.cursor() as cursor:
                cursor.executemany(statement.format(**self.tables(generation)), rows)

    # -- generations --------------------------------------------------------------------------------------

    def record(self) -> SearchIndex | None:
        return SearchIndex.objects.filter(pk=self.name).first() if self._held is None else self._held[0]

    def generations(self) -> tuple[int, int]:
        """(the live one, the one that a rebuild is filling), 0 where there is none."""
        return self._generations(self.record()) if self._held is None else self._held[1]

    def _generations(self, record: SearchIndex | None) -> tuple[int, int]:
        live, building = (record.live, record.building) if record else (0, 0)
        return self._there(live), self._there(building)

    def _there(self, generation: int) -> int:
        return generation if generation and self.exists(self.tables(generation)["terms"]) else 0

    def create(self, generation: int) -> None:
        """The tables of a generation, empty."""
        self.drop(generation)
        self.create_terms(generation)
        text = "text" if connection.vendor == "sqlite" else 'text COLLATE "C"'
        self.run(
            generation,
            "CREATE TABLE {row} (order_key bigint PRIMARY KEY, entry_id bigint NOT NULL UNIQUE, tags text NOT NULL, "
            "authors text NOT NULL, languages text NOT NULL, words text NOT NULL, timed integer NOT NULL, "
            "content_hash text NOT NULL)",
        )
        self.run(generation, "CREATE INDEX {row}_timed ON {row} (entry_id) WHERE timed = 1")
        self.run(
            generation, "CREATE TABLE {word} (word {text} PRIMARY KEY, entries bigint NOT NULL)", text=text
        )
        self.run(
            generation,
            "CREATE TABLE {timed} (word {text} NOT NULL, entry_id bigint NOT NULL, PRIMARY KEY (word, entry_id))",
            text=text,
        )
        self.run(generation, "CREATE INDEX {timed}_entry ON {timed} (entry_id)")

    def drop(self, generation: int) -> None:
        for table in self.tables(generation).values():
            self.run(generation, f"DROP TABLE IF EXISTS {table}")

    # -- writing ------------------------------------------------------------------------------------------

    def put(self, rows: Iterable[IndexRow]) -> None:
        """See base.Index."""
        self._write(list(rows), [])

    def delete(self, entry_ids: Iterable[int]) -> None:
        """See base.Index."""
        self._write([], list(entry_ids))

    def _write(self, rows: list[IndexRow], gone: list[int]) -> None:
        """Of the generation that a rebuild fills only take out: it puts in what is missing before it ends."""
        if not rows and not gone:
            return
        if self._held is None:
            self.lock(alone=self.public)
        live, building = self.generations()
        if live:
            removed = sum(self.replace(live, [], batch) for batch in _batches(gone))
            for batch in _batches(rows):
                self.replace(live, batch, [row.entry_id for row in batch])
            if self.public:
                self._settle(live)
            if removed:
                self.purge(live)
        if building:
            for batch in _batches([*gone, *(row.entry_id for row in rows)]):
                self.replace(building, [], batch)

    def replace(self, generation: int, rows: Sequence[IndexRow], entry_ids: Sequence[int]) -> int:
        """Take these entries out, and whatever stands at the new rows' order keys; then put the rows in.

        Answers how many rows were there before.
        """
        keys = [row.order_key for row in rows]
        old = self.run(
            generation,
            "SELECT order_key, entry_id, words, timed FROM {row} WHERE entry_id IN ({ids}) OR order_key IN ({keys})",
            [*entry_ids, *keys],
            ids=marks(entry_ids),
            keys=marks(keys),
        )
        change: Counter[str] = Counter()
        for _key, _entry, words, timed in old:
            if not timed:
                change.subtract(words.split())
        if old:
            old_keys = [row[0] for row in old]
            self.delete_terms(generation, old_keys)
            self.run(
                generation,
                "DELETE FROM {row} WHERE order_key IN ({keys})",
                old_keys,
                keys=marks(old_keys),
            )
        if waiting := [entry_id for _key, entry_id, _words, timed in old if timed]:
            self.run(generation, "DELETE FROM {timed} WHERE entry_id IN ({ids})", waiting, ids=marks(waiting))
        if rows:
            self._insert(generation, rows)
        for row in rows:
            if not row.timed and self.public:
                change.update(row.words)
        self._count_words(generation, change)
        return len(old)

    def _insert(self, generation: int, rows: Sequence[IndexRow]) -> None:
        self.insert_terms(generation, rows)
        self.run_many(
            generation,
            "INSERT INTO {row} (order_key, entry_id, tags, authors, languages, words, timed, content_hash) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            (
                (
                    row.order_key,
                    row.entry_id,
                    " ".join(row.tags),
                    " ".join(map(str, row.author_ids)),
                    " ".join(row.languages),
                    " ".join(row.words) if self.public else "",
                    int(row.timed),
                    row.content_hash,
                )
                for row in rows
            ),
        )
        self.run_many(
            generation,
            "INSERT INTO {timed} (word, entry_id) VALUES (%s, %s)",
            ((word, row.entry_id) for row in rows if row.timed and self.public for word in row.words),
        )

    def _count_words(self, generation: int, change: Counter[str]) -> None:
        # In one order everywhere, so that two transactions never wait for each other.
        changed = sorted((word, number) for word, number in change.items() if number)
        if changed:
            self.count_words(generation, changed)

    def _settle(self, generation: int) -> None:
        """Count the words of entries whose hour has come, so that few are left to be joined with the clock."""
        where, params = where_sql(Entry.objects.published().filter(unpublish_at__isnull=True))
        opened = self.run(
            generation,
            "SELECT {row}.entry_id, {row}.words FROM {row} JOIN digest_entry ON digest_entry.id = {row}.entry_id "
            "WHERE {row}.timed = 1 AND {where} LIMIT %s",
            [*params, SETTLED_AT_ONCE],
            where=where,
        )
        if opened:
            ids = [entry_id for entry_id, _words in opened]
            self.run(generation, "UPDATE {row} SET timed = 0 WHERE entry_id IN ({ids})", ids, ids=marks(ids))
            self.run(generation, "DELETE FROM {timed} WHERE entry_id IN ({ids})", ids, ids=marks(ids))
            self._count_words(generation, Counter(word for _id, words in opened for word in words.split()))

    def stored_hashes(self, entry_ids: Sequence[int]) -> dict[int, tuple[str, bool]]:
        """(content hash, timed) by entry, of those of ``entry_ids`` that the live generation holds."""
        generation, _building = self.generations()
        if not generation:
            return {}
        rows = itertools.chain.from_iterable(
            self.run(
                generation,
                "SELECT entry_id, content_hash, timed FROM {row} WHERE entry_id IN ({ids})",
                batch,
                ids=marks(batch),
            )
            for batch in _batches(entry_ids)
        )
        return {entry_id: (content_hash, bool(timed)) for entry_id, content_hash, timed in rows}


def where_sql(entries: EntryQuerySet) -> tuple[str, list[Any]]:
    """The condition of a queryset of entries alone, for a statement that joins digest_entry under its own name."""
    query = entries.order_by().query
    compiler = query.get_compiler(connection=connection)
    sql, params = compiler.compile(query.where) if query.where else ("1 = 1", [])
    return sql, list(params)


def marks(values: Sequence[Any]) -> str:
    """As many placeholders as there are values; for none, what equals nothing."""
    return ", ".join(["%s"] * len(values)) or "NULL"


def _batches(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[start : start + BATCH] for start in range(0, len(values), BATCH))
