"""The words of korean_seeds.txt and korean_forms.txt, and how well a query for each finds the forms that hold it."""

import re
from dataclasses import dataclass
from pathlib import Path

from digest.text.analysis.analyze import RULES
from digest.text.analysis.documents import term_doc
from digest.text.analysis.query import parse_query
from tests.digest.text.analysis.reference import Row, search
from tests.digest.text.seed_table import EXPECTED

Table = dict[str, set[str]]


@dataclass(frozen=True)
class Measured:
    """``missed`` and ``wrong`` are (query, form); ``recall`` and ``precision`` of forms over all queries of a kind."""

    recall: float
    precision: float
    missed: list[tuple[str, str]]
    wrong: list[tuple[str, str]]


def read_tables(name: str) -> dict[str, Table]:
    tables: dict[str, Table] = {"noun": {}, "verb": {}, "trap": {}}
    for line in Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, rest = line.split(" ", 1)
            word, forms = rest.split(": ")
            tables[kind][word] = set(forms.split())
    return tables


def seed_words() -> set[str]:
    """Every Korean word of the seeds' notes."""
    notes = (entry["ko"] for _file, _date, entries in EXPECTED for entry in entries)
    return {word for note in notes for word in re.findall("[가-힣]+", note)}


def measure(table: Table, words: set[str], engine: str = RULES) -> Measured:
    """A query for each word of ``table`` over ``words``, each a note of its own."""
    rows = {word: Row(term_doc({"note_ko": word}, engine)) for word in words}
    found = {word: search(rows, parse_query(word, engine=engine)) for word in table}
    right = sum(len(found[word] & forms) for word, forms in table.items())
    return Measured(
        recall=right / sum(map(len, table.values())),
        precision=right / sum(map(len, found.values())),
        missed=[(word, form) for word, forms in table.items() for form in sorted(forms - found[word])],
        wrong=[(word, form) for word, forms in table.items() for form in sorted(found[word] - forms)],
    )
