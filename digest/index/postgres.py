"""The index on PostgreSQL: a tsvector that we write ourselves, and GIN. Its own parser would swallow addresses and ids."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from digest.index.base import IndexRow
from digest.index.building import Built
from digest.index.tables import marks
from digest.index.terms import COLUMNS, stored, streams
from digest.text.analysis.query import Phrase

# D, C, B, A: further terms and facts, abstract, authors and notes, title and tags.
WEIGHTS = [0.05, 0.15, 0.4, 1.0]
_LABELS = dict(zip(COLUMNS, "AABBBCDD", strict=True))
_TEXTS = ":ABC"
_LAST_POSITION = 16_383  # PostgreSQL's own limit; behind it terms are found, but not as parts of phrases
# One lock for every 64th entry: a server has room for a few thousand locks.
_CLAIMS, _BUCKETS = 7_219_004_000, 64
_GAP = 2  # a phrase does not reach from one column into the next


class PostgresIndex(Built):
    """See base.Index."""

    def exists(self, table: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [table])
            return bool(cursor.fetchone()[0])

    def lock(self, *, alone: bool = True) -> None:
        function = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [self.lock_numbers[self.name]])

    def claim(self, entry_ids: list[int], *, wait: bool = False) -> list[int]:
        self.hold()
        if self.public:
            return entry_ids
        take = "pg_advisory_xact_lock" if wait else "pg_try_advisory_xact_lock"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT bucket, {take}(%s + bucket) FROM unnest(%s::bigint[]) AS bucket",  # noqa: S608
                [_CLAIMS, sorted({entry_id % _BUCKETS for entry_id in entry_ids})],
            )
            mine = {bucket for bucket, taken in cursor.fetchall() if wait or taken}
        return [entry_id for entry_id in entry_ids if entry_id % _BUCKETS in mine]

    def create_terms(self, generation: int) -> None:
        self.run(generation, "CREATE TABLE {terms} (order_key bigint PRIMARY KEY, terms tsvector NOT NULL)")

    def tidy(self, generation: int) -> None:
        """The index when the rows are in, which is faster. Without fastupdate: the planner fears its list of pending rows."""
        # Outside a transaction nobody waits for it; an index that was interrupted is there, but not valid.
        concurrently = "" if connection.in_atomic_block else "CONCURRENTLY"
        self.run(generation, "DROP INDEX IF EXISTS {terms}_gin")
        self.run(
            generation,
            "CREATE INDEX {concurrently} {terms}_gin ON {terms} USING gin (terms) WITH (fastupdate = off)",
            concurrently=concurrently,
        )
        for table in self.tables(generation).values():
            self.run(generation, "ANALYZE {table}", table=table)

    def insert_terms(self, generation: int, rows: Sequence[IndexRow]) -> None:
        self.run_many(
            generation,
            "INSERT INTO {terms} (order_key, terms) VALUES (%s, %s::tsvector)",
            ((row.order_key, tsvector(row)) for row in rows),
        )

    def delete_terms(self, generation: int, keys: Sequence[int]) -> None:
        self.run(generation, "DELETE FROM {terms} WHERE order_key IN ({keys})", keys, keys=marks(keys))

    def count_words(self, generation: int, changed: Sequence[tuple[str, int]]) -> None:
        """In one statement each: executemany would send one for every word."""
        words, numbers = [word for word, _number in changed], [number for _word, number in changed]
        self.run(
            generation,
            "INSERT INTO {word} (word, entries) SELECT * FROM unnest(%s::text[], %s::bigint[]) "
            "ON CONFLICT (word) DO UPDATE SET entries = {word}.entries + excluded.entries",
            [words, numbers],
        )
        less = [word for word, number in changed if number < 0]
        if less:
            self.run(generation, "DELETE FROM {word} WHERE word = ANY(%s) AND entries <= 0", [less])

    # -- questions ----------------------------------------------------------------------------------------

    def phrase(self, phrase: Phrase) -> str:
        label = "" if phrase.anywhere else _TEXTS
        terms = " <-> ".join(_quoted(stored(term)) + label for term in phrase.terms)
        return f"({terms})" if len(phrase.terms) > 1 else terms

    def any_of(self, parts: Sequence[str]) -> str:
        return "(" + " | ".join(parts) + ")"

    def all_of(self, wanted: Sequence[str], unwanted: Sequence[str]) -> str:
        match = " & ".join(wanted)
        return f"({match}) & !{self.any_of(unwanted)}" if unwanted else match

    def newest(
        self, generation: int, match: str, words: str, where: tuple[str, list[Any]], limit: int, columns: str
    ) -> list[tuple[Any, ...]]:
        names = self.tables(generation)
        condition, params = where
        key = names["row"] + ".order_key"
        # MATERIALIZED: with an order and a limit the planner would rather read the whole table backwards.
        found = "WITH found AS MATERIALIZED (SELECT order_key FROM {terms} WHERE terms @@ %s::tsquery), "
        join = "found JOIN {row} ON {row}.order_key = found.order_key"
        # The score is worked out for the rows that are left, because it reads the stored terms.
        return self.run(
            generation,
            "{found} newest AS (SELECT {columns}, {key} AS place FROM {source} "
            "JOIN digest_entry ON digest_entry.id = {row}.entry_id AND digest_entry.order_key = {key} "
            "WHERE {condition} ORDER BY place DESC LIMIT %s) "
            "SELECT {outer}{score} FROM newest JOIN {terms} ON {terms}.order_key = place ORDER BY place DESC",
            [*([match] if match else []), *params, limit, *([WEIGHTS, words] if words else [])],
            found=found.format(**names) if match else "WITH",
            source=join.format(**names) if match else names["row"],
            columns=columns.format(**names),
            outer=columns.replace("{row}", "newest"),
            score=", ts_rank_cd(%s::float4[], {terms}.terms, %s::tsquery)".format(**names) if words else "",
            key=key,
            condition=condition.format(**names, key=key),
        )


def tsvector(row: IndexRow) -> str:
    """The literal of a row's terms with their places, title first; facts last, the names among them in order."""
    return " ".join(_lexemes(row))


def _lexemes(row: IndexRow) -> Iterator[str]:
    place = 0
    for column, terms in zip(COLUMNS, streams(row), strict=True):
        for term in terms:
            place = min(place + 1, _LAST_POSITION)
            yield f"{_quoted(term)}:{place}{_LABELS[column]}"
        place = min(place + _GAP, _LAST_POSITION)


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
