"""The usual searches over the same rows: every word by icontains, and what each database offers of its own.

Each answers (how many, the first ids) for plain words and quoted phrases, and shows only what is published.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from digest.index.tables import where_sql
from digest.models import Entry, Note
from papers.models import Authorship

Found = tuple[int, list[int]]
Search = Callable[[str, int], Found]
_PIECES = re.compile(r'"([^"]+)"|(\S+)')
_TOKENIZERS = {"bench_unicode61": "unicode61", "bench_trigram": "trigram"}
# One row of texts an entry, drafts left out. {joined} is what joins strings of a group.
_TEXTS = """
SELECT e.order_key, p.title || ' ' || COALESCE(p.arxiv_id, '') AS title,
  COALESCE((SELECT {joined}(a.printed_name, ' ') FROM papers_authorship a WHERE a.paper_id = p.id), '') AS authors,
  COALESCE((SELECT {joined}(r.body, ' ') FROM digest_note n JOIN digest_noterevision r ON r.id = n.live_id
            WHERE n.entry_id = e.id), '') AS notes,
  p.abstract
FROM digest_entry e JOIN papers_paper p ON p.id = e.paper_id WHERE e.publish_at IS NOT NULL ORDER BY e.order_key
"""


def make_baselines() -> dict[str, Search]:
    """Their tables, filled; {name: search}."""
    if connection.vendor == "sqlite":
        for table, tokenizer in _TOKENIZERS.items():
            _run(
                f"CREATE VIRTUAL TABLE {table} USING fts5(title, authors, notes, abstract, tokenize = {tokenizer})"
            )
            _run(
                f"INSERT INTO {table}(rowid, title, authors, notes, abstract) "
                + _TEXTS.format(joined="group_concat")
            )
            _run(f"INSERT INTO {table}({table}) VALUES ('optimize')")
        return {
            "icontains": by_icontains,
            "FTS5 unicode61": _fts5("bench_unicode61"),
            "FTS5 trigram": _fts5("bench_trigram"),
        }
    _run("CREATE TABLE bench_english (order_key bigint PRIMARY KEY, terms tsvector NOT NULL)")
    _run(
        "INSERT INTO bench_english SELECT order_key, setweight(to_tsvector('english', title), 'A') "
        "|| setweight(to_tsvector('english', authors || ' ' || notes), 'B') "
        f"|| setweight(to_tsvector('english', abstract), 'C') FROM ({_TEXTS.format(joined='string_agg')}) AS texts"
    )
    _run("CREATE INDEX ON bench_english USING gin (terms)")
    _run("ANALYZE bench_english")
    return {"icontains": by_icontains, "tsvector english": by_tsvector}


def drop_baselines() -> None:
    for table in [*_TOKENIZERS, "bench_english"]:
        _run(f"DROP TABLE IF EXISTS {table}")


def by_icontains(text: str, limit: int) -> Found:
    """Every word anywhere, the newest first, as small sites do it."""
    found = Entry.objects.published()
    for piece in _pieces(text):
        notes = Note.objects.filter(entry=OuterRef("pk"), live__body__icontains=piece)
        names = Authorship.objects.filter(paper=OuterRef("paper"), printed_name__icontains=piece)
        held = Q(paper__title__icontains=piece) | Q(paper__abstract__icontains=piece)
        found = found.filter(held | Q(paper__arxiv_id__iexact=piece) | Exists(notes) | Exists(names))
    page = found.order_by("-order_key").values_list("pk", flat=True)[:limit]
    return found.count(), list(page)


def _fts5(table: str) -> Search:
    def by_fts5(text: str, limit: int) -> Found:
        match = " ".join(f'"{piece}"' for piece in _pieces(text))
        visible, params = where_sql(Entry.objects.published())
        matching = (
            f"FROM {table} CROSS JOIN digest_entry ON digest_entry.order_key = {table}.rowid "
            f"WHERE {table} MATCH %s AND {visible}"
        )
        page = _run(
            f"SELECT digest_entry.id {matching} ORDER BY bm25({table}) LIMIT %s", [match, *params, limit]
        )
        return _run(f"SELECT COUNT(*) {matching}", [match, *params])[0][0], [pk for (pk,) in page]

    return by_fts5


def by_tsvector(text: str, limit: int) -> Found:
    """The full text search of django.contrib.postgres, in its own statements."""
    visible, params = where_sql(Entry.objects.published())
    matching = (
        "FROM bench_english JOIN digest_entry ON digest_entry.order_key = bench_english.order_key, "
        f"websearch_to_tsquery('english', %s) AS query WHERE terms @@ query AND {visible}"
    )
    order = "ORDER BY ts_rank(terms, query) DESC LIMIT %s"
    page = _run(f"SELECT digest_entry.id {matching} {order}", [text, *params, limit])
    return _run(f"SELECT COUNT(*) {matching}", [text, *params])[0][0], [pk for (pk,) in page]


def _pieces(text: str) -> list[str]:
    return [phrase or word for phrase, word in _PIECES.findall(text)]


def _run(statement: str, params: Sequence[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall() if cursor.description else []
