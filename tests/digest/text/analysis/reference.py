"""What a query finds, in plain Python over TermDocs: the meaning of ``Query`` that every index backend must agree with."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from digest.text.analysis.documents import TEXT_FIELDS, TermDoc
from digest.text.analysis.query import Clause, Phrase, Query

Key = TypeVar("Key")


@dataclass(frozen=True)
class Row:
    """What an index knows of an entry: its terms, and what filters ask for (tags by slug)."""

    doc: TermDoc
    date: datetime.date = datetime.date(2024, 1, 1)
    tags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("ko", "en")


def holds(stream: tuple[str, ...], terms: tuple[str, ...]) -> bool:
    """True if ``terms`` stand side by side in ``stream``."""
    size = len(terms)
    return any(stream[at : at + size] == terms for at in range(len(stream) - size + 1))


def has_phrase(doc: TermDoc, way: Phrase) -> bool:
    streams: Iterable[tuple[str, ...]] = (getattr(doc, name) for name in TEXT_FIELDS)
    return any(holds(stream, way.terms) for stream in streams) or (
        way.anywhere and holds(doc.extra, way.terms)
    )


def satisfies(doc: TermDoc, clause: Clause) -> bool:
    return any(has_phrase(doc, way) for way in clause.ways) != clause.negated


def matches(row: Row, query: Query) -> bool:
    """Every clause and every filter; a query without any finds nothing."""
    wanted = query.filters
    if not query.clauses and wanted == type(wanted)():
        return False
    return (
        all(satisfies(row.doc, clause) for clause in query.clauses)
        and set(wanted.tags) <= set(row.tags)
        and not set(wanted.not_tags) & set(row.tags)
        and all(holds(row.doc.authors, terms) for terms in wanted.authors)
        and (not wanted.years or row.date.year in wanted.years)
        and (wanted.before is None or row.date < wanted.before)
        and (wanted.after is None or row.date > wanted.after)
        and (not wanted.languages or bool(set(wanted.languages) & set(row.languages)))
    )


def search(rows: Mapping[Key, Row], query: Query) -> set[Key]:
    return {key for key, row in rows.items() if matches(row, query)}
