"""Terms as both databases store them, and what stands for the things a filter asks for.

Neither database may cut, fold or drop anything of a term, so a term is brought into an alphabet that both take as it is.
"""

from collections.abc import Iterable
from functools import lru_cache

from digest.index.base import IndexRow
from digest.text.analysis.documents import TEXT_FIELDS
from digest.text.analysis.query import Filters

# The longest word PostgreSQL takes has 2,046 bytes; nobody types a longer one than this.
MAX_TERM = 100
# Of ASCII only what terms are made of, "=" and "@" for facts, "_" for the rest; every other character stays.
SIGNS = "_:.,+#'/@=-"
_ALPHABET = {code: "_" for code in range(128) if not (chr(code).isalnum() or chr(code) in SIGNS)}
EVERY = "=all"  # in every row
COLUMNS = (*TEXT_FIELDS, "extra", "facts")


@lru_cache(maxsize=100_000)
def stored(term: str) -> str:
    """``term`` in the alphabet of the index: one token, whatever it holds."""
    safe = term[:MAX_TERM].translate(_ALPHABET).lower()
    return safe if safe.isascii() else sendable(safe)


def sendable(text: str) -> str:
    """``text`` without what no database takes; for words, which are stored as people write them."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def tag_fact(slug: str) -> str:
    return stored(f"=tag-{slug}")


def language_fact(language: str) -> str:
    return stored(f"=lang-{language}")


def person_fact(author_id: int) -> str:
    return f"=author-{author_id:d}"


def author_facts(terms: Iterable[str]) -> tuple[str, ...]:
    """The terms of names, in order, for ``author:``. Never equal to a term of a text."""
    return tuple(stored(f"@{term}") for term in terms)


def facts_of(filters: Filters) -> list[tuple[str, ...]]:
    """What must hold of a row, each a phrase. Of the languages one is enough; dates are asked of the order key."""
    facts = [(tag_fact(slug),) for slug in filters.tags]
    facts += [(person_fact(author_id),) for author_id in filters.author_ids]
    return facts + [author_facts(terms) for terms in filters.authors]


def streams(row: IndexRow) -> list[tuple[str, ...]]:
    """The terms of a row as stored, one stream for each of ``COLUMNS``."""
    facts = [EVERY, *map(tag_fact, row.tags), *map(language_fact, row.languages)]
    facts += map(person_fact, row.author_ids)
    texts = [tuple(map(stored, getattr(row.doc, column))) for column in COLUMNS[:-1]]
    return [*texts, (*facts, *author_facts(row.doc.authors))]
