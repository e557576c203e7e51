"""Measuring the search of one archive after the other, in this process and its children."""

import os
import platform
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from django.core.management import call_command
from django.db import connection

from bench.search_baselines import Search, drop_baselines, make_baselines
from bench.search_child import run_child
from bench.search_clock import Samples, joined, measure, server_process
from bench.search_corpus import fill_archive
from bench.search_needles import NEEDLES
from bench.search_queries import TYPED, Asked, make_queries
from bench.search_updates import measure_updates
from digest.index import open_index
from digest.index.synonyms import read_term_table
from digest.management.progress import Progress
from digest.models import Entry
from digest.reading.suggestions import suggest
from digest.text.analysis.query import parse_query
from tests.serve import Server

OURS = "search"


def run(sizes: list[int], times: int) -> Iterator[dict[str, Any]]:
    """Everything about archives of these sizes, one after the other in one empty database; each as soon as it is known."""
    if Entry.objects.exists():
        sys.exit("this database has entries; name an empty one")
    for number, entries in enumerate(sizes):
        if number:
            call_command("flush", interactive=False, verbosity=0)
        yield {"entries": entries, **measure_archive(entries, times, updates=300, searches=300), **machine()}


def measure_archive(entries: int, times: int, *, updates: int, searches: int) -> dict[str, Any]:
    """Fill the database, build both indexes, and measure."""
    with _phase(f"{entries:,} entries invented"):
        progress = Progress(entries)
        planted = fill_archive(entries, step=progress.reach)
        progress.close()
    found: dict[str, Any] = {"indexes": {name: _build(name) for name in ("public", "editor")}}
    with _phase("the other searches' tables filled"):
        baselines = make_baselines()
    _settle()
    queries = make_queries(entries)
    with _phase("questions asked"):
        found |= measure_questions(queries, baselines, times)
    found["needles"] = find_needles(planted, baselines)
    drop_baselines()
    addresses = [_address(query.text) for query in queries]
    found["worker"] = run_child("serve", lines=(addresses * (searches // len(addresses) + 1))[:searches])
    with _phase("entries changed"):
        found["updates"] = {name: samples.figures() for name, samples in measure_updates(updates).items()}
    return found


def _build(name: str) -> dict[str, Any]:
    before = _bytes()
    with _phase(f"{name} index built"):
        found = run_child("rebuild", name)
    stats = open_index(name).stats()
    return found | {"rows": stats.rows, "words": stats.words, "mb": round((_bytes() - before) / 1e6, 2)}


def _bytes() -> int:
    """What the database holds on disk, free pages left out."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, "
                "pragma_freelist_count, pragma_page_size"
            )
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _settle() -> None:
    """Statistics as the databases gather them by themselves on a site in use."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def measure_questions(queries: list[Asked], baselines: dict[str, Search], times: int) -> dict[str, Any]:
    """Figures by question, ours and the others'; of the same queries; and of the whole page by kind of query."""
    server = Server()
    texts = [query.text for query in queries]
    words = [query.text for query in queries if query.words]
    actions: dict[str, Callable[[str], Any]] = {
        OURS: search_ours,
        "search and facets": lambda text: search_ours(text, facets=True),
        "page": lambda text: get(server, _address(text)),
        "suggestions": suggest,
        "suggest address": lambda text: get(server, f"/search/suggest/?{urlencode({'q': text})}"),
    }
    wanted = dict.fromkeys(("search", "search and facets", "page"), texts)
    wanted |= dict.fromkeys(("suggestions", "suggest address"), TYPED) | dict.fromkeys(baselines, words)
    asked = {name: lambda text, search=search: search(text, 20) for name, search in baselines.items()}
    samples = measure(actions | asked, wanted, times)
    kinds: dict[str, list[Samples]] = {}
    for query in queries:
        kinds.setdefault(query.kind, []).append(samples["page"][query.text])
    same = {name: joined(samples[name][text] for text in words).figures() for name in (OURS, *baselines)}
    return {
        "questions": {name: joined(samples[name].values()).figures() for name in actions},
        "same queries": same,
        "pages by kind": {
            kind: joined(some).figures() | {"queries": len(some)} for kind, some in kinds.items()
        },
        "dearest pages": _dearest(samples["page"]),
    }


def _dearest(pages: dict[str, Samples]) -> dict[str, float]:
    dear = sorted(pages, key=lambda text: -pages[text].figures()["wall"]["p50"])
    return {text: pages[text].figures()["wall"]["p50"] for text in dear[:5]}


def search_ours(text: str, limit: int = 20, *, facets: bool = False) -> tuple[int, list[int]]:
    """As a request asks: the index opened, the text parsed with the term table, the hits, and the facets."""
    index = open_index("public")
    engine = index.engine() or "rules"
    query = parse_query(text, read_term_table(engine).synonyms, engine)
    hits = index.search(query, limit=limit)
    if facets:
        index.facets(query)
    return hits.total, hits.ids


def get(server: Server, address: str) -> None:
    """A page that must be there."""
    answer = server.get(address)
    if answer.status != 200:
        raise RuntimeError(f"{address}: {answer.status}")


def find_needles(planted: list[int], baselines: dict[str, Search]) -> list[dict[str, Any]]:
    """For each needle how many of its entries each search finds, and how many that it should not."""
    searches: dict[str, Search] = {OURS: search_ours, **baselines}
    rest = iter(planted)
    found = []
    for needle in NEEDLES:
        means = {next(rest) for _ in needle.planted}
        for _ in needle.traps:
            next(rest)
        answers = {name: set(search(needle.query, 100)[1]) for name, search in searches.items()}
        row = {name: [len(ids & means), len(ids - means)] for name, ids in answers.items()}
        found.append({"kind": needle.kind, "query": needle.query, "planted": len(means), "found": row})
    return found


def machine() -> dict[str, Any]:
    """What the figures hold for."""
    found = {
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            found["postgresql"] = cursor.fetchone()[0].split()[0]
    found["load"] = " ".join(f"{part:.1f}" for part in os.getloadavg())
    # A server elsewhere can only be waited for.
    clock = "cpu" if connection.vendor == "sqlite" or server_process() else "wall"
    return {"database": connection.vendor, "clock": clock, "machine": found}


def _address(text: str) -> str:
    return f"/search/?{urlencode({'q': text})}"


@contextmanager
def _phase(what: str) -> Iterator[None]:
    begun = time.monotonic()
    yield
    sys.stderr.write(f"{what}: {time.monotonic() - begun:.0f} s\n")
