"""Measuring pages in this process, and the table."""

from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from digest.management.corpus.writing import make_files
from digest.models import Entry
from tests.build import import_files
from tests.hardest import complete_papers, hardest_entries
from tests.serve import Answer, Server, addresses

HELLO = "/hello/"
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Cost:
    """The dearest page of its kind: ``first`` and ``again`` are medians of processor time in milliseconds."""

    path: str
    queries: int
    first: float
    again: float
    size: int
    gzipped: int
    ratio: float


def run(digests: int, times: int) -> None:
    """Measure on the four seeds, then on an invented corpus of so many digests, and print both tables."""
    seeds = [(path.name, path.read_bytes()) for path in sorted((ROOT / "seeds").glob("*.txt"))]
    corpus = [(name, content) for name, content, _ in make_files(digests, seed=1)]
    results = {}
    for files in (seeds, corpus):
        call_command("flush", interactive=False, verbosity=0)
        import_files(files)
        complete_papers()
        entries, pages = measure_pages(times)
        results[entries] = pages
    connection.close()
    print_table(results)


def measure_pages(times: int) -> tuple[int, dict[str, Cost]]:
    """(number of public entries, {page: its cost}), each page by the hardest of its addresses."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    server = Server()
    costs = {}
    for name, paths in addresses(hardest_entries(), editions=("site",)).items():
        if not paths:
            continue
        path = max(paths, key=lambda path: server.first_view(path, 3).ms)
        costs[name] = _cost(server, path, times)
    return Entry.objects.published().count(), costs


def _cost(server: Server, path: str, times: int) -> Cost:
    """Page and hello are measured turn by turn, so that a slow minute of the machine slows both."""
    first = server.first_view(path, times)
    hello = _median(server, HELLO, times * 5)
    again = _median(server, path, times)
    return Cost(path, first.queries, first.ms, again.ms, len(first.body), first.gzipped, first.ms / hello.ms)


def _median(server: Server, path: str, times: int) -> Answer:
    answers = sorted((server.get(path) for _ in range(times)), key=lambda answer: answer.ms)
    return answers[len(answers) // 2]


def print_table(results: dict[int, dict[str, Cost]]) -> None:
    """A Markdown table for each size, the dearest page first."""
    for entries, costs in results.items():
        print(f"\n{entries:,} entries\n")
        print("| page | SQL | ms | again, ms | KB | gzip KB | × hello |")
        print("| --- | --: | --: | --: | --: | --: | --: |")
        for name, cost in sorted(costs.items(), key=lambda row: -row[1].first):
            sizes = f"{cost.size / 1000:.1f} | {cost.gzipped / 1000:.1f}"
            print(
                f"| {name} | {cost.queries} | {cost.first:.1f} | {cost.again:.1f} | {sizes} | {cost.ratio:.0f} |"
            )
