"""The questions of an index that both databases answer alike. A query is compiled from its tree, each term quoted."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.db import connection
from django.utils import timezone

from digest.index.base import (
    CAPS,
    MAX_RANGES,
    Facets,
    Hits,
    IndexStats,
    Sort,
    State,
    by_relevance,
    day_of,
)
from digest.index.tables import Tables, where_sql
from digest.index.terms import EVERY, facts_of, language_fact, sendable, tag_fact
from digest.models import Entry
from digest.text.analysis.analyze import ENGINES, analyze, analyzer_id
from digest.text.analysis.distance import near, slips, spelling
from digest.text.analysis.mecab import EngineMissing
from digest.text.analysis.query import Filters, Phrase, Query

SLIP = 2  # letters that did-you-mean may add or leave out
HIGHEST = "\U0010ffff"
# The syllables of each first consonant stand together, in the order of the consonants' own code points.
_FIRST_JAMO, _JAMO, _FIRST_SYLLABLE, _SYLLABLES = 0x1100, 19, 0xAC00, 588


class Asked(Tables):
    """Search, facets, words. Every question joins the entries' own windows, whatever the index holds."""

    # -- what a backend adds ------------------------------------------------------------------------------

    def phrase(self, phrase: Phrase) -> str:
        raise NotImplementedError

    def any_of(self, parts: Sequence[str]) -> str:
        raise NotImplementedError

    def all_of(self, wanted: Sequence[str], unwanted: Sequence[str]) -> str:
        raise NotImplementedError

    def newest(
        self, generation: int, match: str, words: str, where: tuple[str, list[Any]], limit: int, columns: str
    ) -> list[tuple[Any, ...]]:
        """``columns`` of the rows that match, the newest ``limit``; behind them the score if there are ``words``.

        An empty ``match`` is every row: dates alone were asked for.
        """
        raise NotImplementedError

    @cached_property
    def asked(self) -> int:
        """The generation to ask, or 0: the same for every question of one request, looked up once."""
        return self.generations()[0]

    def engine(self) -> str | None:
        """See base.Index."""
        record = self.record()
        return engine_of(record.analyzer) if record is not None and record.live else None

    # -- hits ---------------------------------------------------------------------------------------------

    def search(
        self,
        query: Query,
        *,
        sort: Sort = "relevance",
        offset: int = 0,
        limit: int = 20,
        among: int | None = None,
    ) -> Hits:
        """See base.Index."""
        generation = self.asked
        if not generation or is_empty(query):
            return Hits([], 0)
        scored = sort == "relevance" and any(not clause.negated for clause in query.clauses)
        columns = "{row}.order_key, {row}.entry_id"
        hits, capped = self._newest(generation, query, columns, scored=scored, among=among)
        if scored:
            hits = by_relevance(hits, timezone.localdate())
        return Hits([hit[1] for hit in hits[offset : offset + limit]], len(hits), capped)

    def _newest(
        self, generation: int, query: Query, columns: str, *, scored: bool = False, among: int | None = None
    ) -> tuple[list[Any], bool]:
        cap = min(CAPS[connection.vendor], among or CAPS[connection.vendor])
        match = self._match(query)
        words = self._match(Query(query.clauses)) if scored else ""
        rows = self.newest(generation, match, words, self._where(query.filters), cap + 1, columns)
        return rows[:cap], len(rows) > cap

    def _match(self, query: Query) -> str:
        wanted = [
            self.any_of([self.phrase(way) for way in clause.ways])
            for clause in query.clauses
            if not clause.negated
        ]
        unwanted = [self.phrase(way) for clause in query.clauses if clause.negated for way in clause.ways]
        filters = query.filters
        wanted += [self.phrase(Phrase(fact)) for fact in facts_of(filters)]
        if filters.languages:
            wanted.append(
                self.any_of([self.phrase(Phrase((language_fact(code),))) for code in filters.languages])
            )
        unwanted += [self.phrase(Phrase((tag_fact(slug),))) for slug in filters.not_tags]
        if not wanted and unwanted:
            wanted = [self.phrase(Phrase((EVERY,)))]
        return self.all_of(wanted, unwanted)

    def _where(self, filters: Filters) -> tuple[str, list[Any]]:
        """The dates, which an order key ({key}) begins with, and who may see an entry now: the one rule of the models."""
        first = [(datetime.date(year, 1, 1), datetime.date(year, 12, 31)) for year in filters.years if year]
        parts, params = [], []
        if filters.years:
            parts.append(" OR ".join(["{key} BETWEEN %s AND %s"] * len(first)) or "1 = 0")
            params += [bound for start, end in first for bound in (_first_key(start), _last_key(end))]
        if filters.after:
            parts.append("{key} > %s")
            params.append(_last_key(filters.after))
        if filters.before:
            parts.append("{key} < %s")
            params.append(_first_key(filters.before))
        visible, visible_params = self._visible()
        return " AND ".join(f"({part})" for part in [*parts, visible]), [*params, *visible_params]

    def _visible(self) -> tuple[str, list[Any]]:
        return where_sql(Entry.objects.published() if self.public else Entry.objects.all())

    # -- facets -------------------------------------------------------------------------------------------

    def facets(self, query: Query) -> Facets:
        """See base.Index. A query without filters is run once, with filters once more for each facet that has one."""
        generation = self.asked
        if not generation or is_empty(query):
            return Facets([], [], [], [])
        columns = "{row}.order_key, {row}.tags, {row}.authors, {row}.languages"
        found: dict[Query, tuple[list[Any], bool]] = {}

        def count(own: str, values: Callable[[Any], Iterable[Any]]) -> list[tuple[Any, int]]:
            cleared: dict[str, Any] = {own: ()}
            asked = replace(query, filters=replace(query.filters, **cleared))
            if asked not in found:
                found[asked] = self._newest(generation, asked, columns)
            counter = Counter(value for row in found[asked][0] for value in values(row))
            return sorted(counter.items(), key=lambda item: (-item[1], item[0]))

        tags = count("tags", lambda row: row[1].split())
        years = count("years", lambda row: [datetime.date.fromordinal(day_of(row[0])).year])
        authors = count("author_ids", lambda row: map(int, row[2].split()))
        languages = count("languages", lambda row: row[3].split())
        return Facets(tags, years, authors, languages, any(capped for _rows, capped in found.values()))

    # -- words --------------------------------------------------------------------------------------------

    def terms_between(self, ranges: Sequence[tuple[str, str]], limit: int = 20) -> list[str]:
        """See base.Index."""
        if not ranges:
            return []
        ranges = ranges[:MAX_RANGES]
        condition = " OR ".join(["{column} BETWEEN %s AND %s"] * len(ranges))
        return self._words(condition, [sendable(bound) for pair in ranges for bound in pair], limit)

    def near_terms(self, word: str) -> list[str]:
        """See base.Index."""
        if not slips(word):
            return []
        asked = "{column} BETWEEN %s AND %s AND length({column}) BETWEEN %s AND %s"
        lengths = [max(1, len(word) - SLIP), len(word) + SLIP]
        return near(word, self._words(asked, [*first_letter_range(word), *lengths], None))

    def _words(self, condition: str, params: list[Any], limit: int | None) -> list[str]:
        generation = self.asked
        if not generation:
            return []
        visible, visible_params = self._visible()
        rows = self.run(
            generation,
            "SELECT word FROM (SELECT word, entries FROM {word} WHERE {counted} UNION ALL "
            "SELECT {timed}.word, 1 FROM {timed} JOIN digest_entry ON digest_entry.id = {timed}.entry_id "
            "WHERE ({waiting}) AND {visible}) AS known GROUP BY word ORDER BY SUM(entries) DESC, word {limit}",
            [*params, *params, *visible_params],
            counted=condition.format(column="word"),
            waiting=condition.format(column=self.tables(generation)["timed"] + ".word"),
            visible=visible,
            limit=f"LIMIT {limit:d}" if limit is not None else "",
        )
        return [word for (word,) in rows]

    # -- state --------------------------------------------------------------------------------------------

    def stats(self) -> IndexStats:
        """See base.Index."""
        record = self.record()
        live, building = self.generations()
        return IndexStats(
            self._count(live, self.tables(live)["row"]),
            self._count(live, self.tables(live)["word"]),
            record.analyzer if record else "",
            record.built_at if record else None,
            self._count(building, self.tables(building)["row"]),
        )

    def _count(self, generation: int, table: str) -> int:
        return (
            int(self.run(generation, "SELECT COUNT(*) FROM {table}", table=table)[0][0]) if generation else 0
        )

    def state(self) -> State:
        """See base.Index. An index without a row is missing as soon as there is something to find."""
        record = self.record()
        building = record is not None and record.building > 0
        if not self.asked or (
            not self.run(self.asked, "SELECT 1 FROM {row} LIMIT 1") and self.expected().exists()
        ):
            return "building" if building else "missing"
        if record is None or engine_of(record.analyzer) is None:
            return "building" if building else "other_analyzer"
        return "ready"


def engine_of(analyzer: str) -> str | None:
    """The engine that makes the terms of ``analyzer`` here and now; None if there is none."""
    for engine in ENGINES:
        if analyzer_id(engine) == analyzer:
            try:
                analyze("가", engine)
            except EngineMissing:
                return None
            return engine
    return None


def first_letter_range(word: str) -> tuple[str, str]:
    """Words that begin with the same key: ``may_be_near`` wants no others, and the whole vocabulary is long."""
    first = spelling(word)[0]
    place = ord(first) - _FIRST_JAMO
    if not 0 <= place < _JAMO:
        return first, first + HIGHEST
    start = _FIRST_SYLLABLE + place * _SYLLABLES
    return chr(start), chr(start + _SYLLABLES - 1) + HIGHEST


def is_empty(query: Query) -> bool:
    """True for a query that asks for nothing."""
    return not query.clauses and query.filters == Filters()


def _first_key(date: datetime.date) -> int:
    return date.toordinal() * 10_000


def _last_key(date: datetime.date) -> int:
    return date.toordinal() * 10_000 + 9_999
