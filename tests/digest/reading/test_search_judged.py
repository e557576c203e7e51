"""The judged queries over the four real digests, through the real index of whichever database is in use."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from digest.models import SearchTerm
from digest.reading.search import search
from tests.indexed import build_indexes

pytestmark = pytest.mark.django_db
JUDGED = json.loads((Path(__file__).parents[1] / "search_judged.json").read_text())
QUERIES = [judged for judged in JUDGED["queries"] if "meant" not in judged]


def found(text):
    results = search(text, size=50)
    assert not results.plain
    return {f"{each.entry.date}/{each.entry.position}" for each in results.found}


def measure():
    """(recall, precision, what was missed or surplus) over all judged queries."""
    wanted = got = both = 0
    off = []
    for judged in QUERIES:
        expected, hits = set(judged["expected"]), found(judged["query"])
        wanted, got, both = wanted + len(expected), got + len(hits), both + len(expected & hits)
        if expected != hits:
            off.append((judged["query"], sorted(expected - hits), sorted(hits - expected)))
    return both / wanted, both / got, off


@pytest.fixture
def seeds(db):
    call_command("import_seeds", verbosity=0)
    build_indexes("public")


def test_recall_and_precision_with_the_judges_table(seeds):
    assert len(QUERIES) >= 80
    SearchTerm.objects.all().delete()
    for group in JUDGED["synonyms"]:
        SearchTerm.objects.create(forms="\n".join(group))
    recall, precision, off = measure()
    assert recall >= 0.97, off
    assert precision >= 0.97, off


def test_the_starter_terms_flood_no_search(seeds):
    assert SearchTerm.objects.count() > 70
    _recall, precision, off = measure()
    assert precision >= 0.97, off


def test_a_slip_is_answered_with_what_was_meant(seeds):
    slips = [judged for judged in JUDGED["queries"] if "meant" in judged]
    answered = {judged["query"]: search(judged["query"]).instead for judged in slips}
    assert answered == {judged["query"]: judged["meant"] for judged in slips}
