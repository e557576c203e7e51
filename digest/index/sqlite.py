"""The index on SQLite: FTS5. A row's number is the entry's order key, so the newest hits come first without sorting."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.db import connection

from digest.index.base import IndexRow
from digest.index.building import Built
from digest.index.tables import marks
from digest.index.terms import COLUMNS, SIGNS, stored, streams
from digest.text.analysis.query import Phrase

WEIGHTS = (10.0, 6.0, 4.0, 3.0, 3.0, 1.0, 0.5, 0.0)  # in the order of COLUMNS
# Folds nothing but A-Z; every sign that a stored term may hold belongs to a word.
_TOKENIZER = "ascii tokenchars '" + SIGNS.replace("'", "''") + "'"
MERGED_AT_ONCE = 2_000  # pages
# From here on FTS5 can wipe a deleted term where it stands.
_SECURE_DELETE = (3, 42, 0)


class SqliteIndex(Built):
    """See base.Index."""

    def exists(self, table: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = %s", [table])
            return cursor.fetchone() is not None

    def supported(self) -> bool:
        """False for a Python without FTS5; the site then searches without an index."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'")
            return cursor.fetchone() is not None

    def create_terms(self, generation: int) -> None:
        columns = ", ".join(COLUMNS)
        self.run(
            generation,
            'CREATE VIRTUAL TABLE {terms} USING fts5({columns}, tokenize="{tokenizer}")',
            columns=columns,
            tokenizer=_TOKENIZER,
        )
        if sqlite3.sqlite_version_info >= _SECURE_DELETE:
            self.run(generation, "INSERT INTO {terms}({terms}, rank) VALUES ('secure-delete', 1)")

    def insert_terms(self, generation: int, rows: Sequence[IndexRow]) -> None:
        self.run_many(
            generation,
            f"INSERT INTO {{terms}}(rowid, {', '.join(COLUMNS)}) VALUES (%s, {marks(COLUMNS)})",  # noqa: S608
            ((row.order_key, *map(" ".join, streams(row))) for row in rows),
        )

    def delete_terms(self, generation: int, keys: Sequence[int]) -> None:
        self.run(generation, "DELETE FROM {terms} WHERE rowid IN ({keys})", keys, keys=marks(keys))

    def count_words(self, generation: int, changed: Sequence[tuple[str, int]]) -> None:
        self.run_many(
            generation,
            "INSERT INTO {word} (word, entries) VALUES (%s, %s) "
            "ON CONFLICT (word) DO UPDATE SET entries = {word}.entries + excluded.entries",
            changed,
        )
        less = [(word,) for word, number in changed if number < 0]
        self.run_many(generation, "DELETE FROM {word} WHERE word = %s AND entries <= 0", less)

    def purge(self, generation: int) -> None:
        """Before secure-delete a deleted term stays in its segment until that is merged with others."""
        if self.public and sqlite3.sqlite_version_info < _SECURE_DELETE:
            self.run(generation, "INSERT INTO {terms}({terms}) VALUES ('optimize')")

    def tidy(self, generation: int) -> None:
        """Merge the segments in short steps, so that no publication waits for long."""
        pages = -MERGED_AT_ONCE  # negative: all segments, not only those that are due
        while True:
            before = self._changes()
            self.run(generation, "INSERT INTO {terms}({terms}, rank) VALUES ('merge', %s)", [pages])
            if self._changes() - before < 2:  # FTS5's own sign that nothing was left to merge
                return
            pages = MERGED_AT_ONCE

    def _changes(self) -> int:
        connection.ensure_connection()
        return int(connection.connection.total_changes)

    def verify(self, generation: int) -> None:
        self.run(generation, "INSERT INTO {terms}({terms}) VALUES ('integrity-check')")

    # -- questions ----------------------------------------------------------------------------------------

    def phrase(self, phrase: Phrase) -> str:
        text = " ".join(stored(term) for term in phrase.terms).replace('"', '""')
        return f'"{text}"' if phrase.anywhere else f'-{{extra facts}} : "{text}"'

    def any_of(self, parts: Sequence[str]) -> str:
        return "(" + " OR ".join(parts) + ")"

    def all_of(self, wanted: Sequence[str], unwanted: Sequence[str]) -> str:
        match = " AND ".join(wanted)
        return f"({match}) NOT {self.any_of(unwanted)}" if unwanted else match

    def newest(
        self, generation: int, match: str, words: str, where: tuple[str, list[Any]], limit: int, columns: str
    ) -> list[tuple[Any, ...]]:
        names = self.tables(generation)
        condition, params = where
        source, key = "{row}", "{row}.order_key"
        if match:
            # CROSS JOIN: the planner would begin with the entries.
            source, key = "{terms} CROSS JOIN {row} ON {row}.order_key = {terms}.rowid", "{terms}.rowid"
            condition, params = f"{{terms}} MATCH %s AND {condition}", [match, *params]
        score = f", -bm25({{terms}}, {', '.join(map(str, WEIGHTS))})" if words else ""
        return self.run(
            generation,
            "SELECT {columns} FROM {source} CROSS JOIN digest_entry ON digest_entry.id = {entry} "
            "AND digest_entry.order_key = {key} WHERE {condition} ORDER BY {key} DESC LIMIT %s",
            [*params, limit],
            columns=(columns + score).format(**names),
            source=source.format(**names),
            entry=names["row"] + ".entry_id",
            key=key.format(**names),
            condition=condition.format(**names, key=key.format(**names)),
        )
