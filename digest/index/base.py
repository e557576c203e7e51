"""What an index is: rows put in, questions answered. Both databases give the same hits for the same query.

An index holds terms (digest.text.analysis), never what readers may see: who asks is shown only entries whose row in
the database says so at that moment.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from digest.text.analysis.documents import TermDoc
from digest.text.analysis.query import Query

Sort = Literal["relevance", "newest"]
State = Literal["ready", "building", "missing", "other_analyzer"]
Counts = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One entry as an index stores it. ``tags`` are slugs, ``languages`` those that have a note, ``words`` what suggestions offer.

    ``timed``: not readable yet, or not for ever; its words are kept apart, because no job runs when the hour comes.
    """

    entry_id: int
    order_key: int
    doc: TermDoc
    tags: tuple[str, ...] = ()
    author_ids: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    timed: bool = False
    content_hash: str = ""


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of entry ids. ``capped``: there are more than ``total``; the newest ``total`` of them were ranked."""

    ids: list[int]
    total: int
    capped: bool = False


@dataclass(frozen=True, slots=True)
class Facets:
    """How many hits each value has, the most first; authors by primary key. ``capped``: counted among the newest alone."""

    tags: Counts
    years: list[tuple[int, int]]
    authors: list[tuple[int, int]]
    languages: Counts
    capped: bool = False


@dataclass(frozen=True, slots=True)
class IndexStats:
    """What an index holds. ``building_rows`` of the generation that a rebuild is filling."""

    rows: int
    words: int
    analyzer: str
    built_at: datetime.datetime | None
    building_rows: int = 0


class Index(Protocol):
    """The interface of both backends. Make one for each request (``open_index``) and let it go."""

    name: str

    def engine(self) -> str | None:
        """The engine for Korean that a query must be parsed with; None while the index cannot be asked."""

    def ensure(self) -> None:
        """Make the tables of a new site's index. Leaves an index that exists, and a site with entries, alone."""

    def put(self, rows: Iterable[IndexRow]) -> None:
        """Store these rows in place of what their entries had. Call inside the transaction that changes the entries."""

    def delete(self, entry_ids: Iterable[int]) -> None:
        """Forget these entries: terms and words."""

    def search(
        self,
        query: Query,
        *,
        sort: Sort = "relevance",
        offset: int = 0,
        limit: int = 20,
        among: int | None = None,
    ) -> Hits:
        """A page of hits; none for a query without words and filters, or from an index that is not there.

        ``among``: look at so many of the newest hits and no further; ``total`` is then at most that.
        """

    def facets(self, query: Query) -> Facets:
        """The counts of all hits, each facet as if its own filter were not set."""

    def terms_between(self, ranges: Sequence[tuple[str, str]], limit: int = 20) -> list[str]:
        """Words from ``low`` to ``high``, both included, of any of the ranges; the most frequent first."""

    def near_terms(self, word: str) -> list[str]:
        """Known words that ``word`` may be a slip of, the nearest first."""

    def stats(self) -> IndexStats: ...

    def state(self) -> State: ...


# What of the newest hits of a common word is ranked and counted. PostgreSQL ranks slower: its index keeps no positions.
CAPS = {"sqlite": 5_000, "postgresql": 2_000}
MAX_RANGES = 64
YEAR = 365.25
FRESHNESS = 0.2


def day_of(order_key: int) -> int:
    """The ordinal of the date that an entry's order key begins with; see ``digest.models.order_key``."""
    return order_key // 10_000


def by_relevance(
    hits: Iterable[tuple[int, int, float]], today: datetime.date
) -> list[tuple[int, int, float]]:
    """(order key, entry, score) from the best: the score of the words, and up to a fifth more for a new entry."""
    now = today.toordinal()

    def value(hit: tuple[int, int, float]) -> tuple[float, int]:
        age = max(0, now - day_of(hit[0])) / YEAR
        return -hit[2] * (1 + FRESHNESS * 0.5**age), -hit[0]

    return sorted(hits, key=value)
