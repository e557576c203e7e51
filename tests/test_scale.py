"""Every public page on 1,300 digests: as many SQL statements as on four, and fast enough without any cache.

``pytest -m scale`` runs it; the figures are printed.
"""

import random
import sys
from pathlib import Path

import pytest
from django.db import transaction
from django.test import TestCase

from digest.management.corpus.shape import count_totals
from digest.management.corpus.writing import make_files
from digest.models import Digest, Entry
from papers.models import Author
from tests.build import import_files
from tests.hardest import complete_papers, hardest_entries
from tests.links import check_alternates, check_marks, check_promises, visit
from tests.serve import EDITIONS, Server, addresses

pytestmark = pytest.mark.scale
ROOT = Path(__file__).resolve().parent.parent
DIGESTS = 1_300
# What no page may exceed on an idle machine is 100; a shared one gets twice that.
SLOWEST_MS = 200
# Files that are read in chunks: they take as long as they are long (tests/digest/reading/test_citing.py).
CHUNKED = ("cite", "cite_tag", "cite_author", "cite_search")


def count_queries():
    """{page: the most SQL statements it takes}, over the hardest of its addresses in all editions."""
    server = Server()
    pages = pages_of(addresses(hardest_entries()))
    return {name: max(server.first_view(path).queries for path in paths) for name, paths in pages.items()}


def pages_of(found):
    return {name: paths for name, paths in found.items() if name not in CHUNKED}


def edition_of(path):
    return path.split("/")[1] if path.startswith(("/ko/", "/en/")) else "site"


class TestScale(TestCase):
    """A TestCase, unlike its neighbours, because that is how Django loads rows once for several tests."""

    @classmethod
    def setUpTestData(cls):
        with transaction.atomic():
            import_files((path.name, path.read_bytes()) for path in sorted((ROOT / "seeds").glob("*.txt")))
            complete_papers()
            cls.seed_queries = count_queries()
            transaction.set_rollback(True)
        files = list(make_files(DIGESTS, seed=1))
        cls.totals = count_totals(digest for _, _, digest in files)
        import_files((name, content) for name, content, _ in files)
        complete_papers()
        cls.walk = visit(Server(), ("/", "/ko/", "/en/"), most=150, rng=random.Random(3))

    @pytest.fixture(autouse=True)
    def keep_capsys(self, capsys):
        self.capsys = capsys

    def test_corpus_is_there_whole(self):
        published = (Digest.objects.published().count(), Entry.objects.published().count())
        assert published == (self.totals.digests, self.totals.entries)
        assert Author.objects.count() == self.totals.authors > 10_000

    def test_no_page_asks_more_of_the_database_than_on_four_digests(self):
        assert max(self.seed_queries.values()) > 1
        assert count_queries() == self.seed_queries

    def test_every_page_is_fast_uncached(self):
        server = Server()
        slowest = {}
        for name, paths in pages_of(addresses(hardest_entries(), editions=("site",))).items():
            path = max(paths, key=lambda path: server.first_view(path).ms)
            answer = server.first_view(path, times=5)
            slowest[name] = (answer.ms, answer.queries, path)
        rows = sorted(slowest.items(), key=lambda row: -row[1][0])
        lines = [f"{name:14} {ms:6.1f} ms  {queries:2} SQL  {path}" for name, (ms, queries, path) in rows]
        with self.capsys.disabled():
            sys.stdout.write("\n" + "\n".join(lines) + "\n")
        assert max(slowest.values())[0] < SLOWEST_MS, slowest

    def test_links_and_languages_of_a_random_walk(self):
        answers = self.walk
        assert len(answers) >= 150
        assert {path: answer.status for path, answer in answers.items() if answer.status != 200} == {}
        assert {edition_of(path) for path in answers} == set(EDITIONS)
        sample = dict(random.Random(4).sample(sorted(answers.items()), 25))
        assert check_alternates(Server(), sample) == []
        assert check_marks(answers) == []

    def test_no_page_offers_a_language_it_holds_no_note_in(self):
        assert check_promises(self.walk) == []
