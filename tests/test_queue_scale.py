"""The queues at 40,000 notes: fast enough on either database, with as many SQL statements as on a handful.

``pytest -m scale`` runs it; ``python -m bench.queues`` prints the figures in full.
"""

import sys

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from bench.queue_measure import TEAM, make_team, measure_queues
from digest.editing.queues import QUEUES, Filter, counts, tasks
from digest.models import Note
from tests.queue_corpus import fill_desk

pytestmark = pytest.mark.scale
# The bar is 50 ms on an idle machine; a shared one gets four times that.
SLOWEST_MS = 200


def statements(user):
    """How many SQL statements the counts and each full page take."""
    found = []
    for action in [lambda: counts(user, Filter()), *(_page(name, user) for name in QUEUES)]:
        with CaptureQueriesContext(connection) as captured:
            action()
        found.append(len(captured))
    return found


def _page(name, user):
    return lambda: tasks(name, user, Filter(order="newest"))


class TestQueueScale(TestCase):
    """A TestCase, unlike its neighbours, because that is how Django loads rows once for several tests."""

    @classmethod
    def setUpTestData(cls):
        cls.team = make_team()
        fill_desk([cls.team[name] for name in TEAM])

    @pytest.fixture(autouse=True)
    def keep_capsys(self, capsys):
        self.capsys = capsys

    def test_every_count_page_and_next_task_is_fast(self):
        assert 39_000 < Note.objects.count() < 41_000
        costs = [cost for user in self.team.values() for cost in measure_queues(user, times=3)]
        with self.capsys.disabled():
            for cost in costs:
                sys.stdout.write(f"\n{cost}")
        assert {cost.queue for cost in costs} == set(QUEUES)
        slow = [cost for cost in costs if max(cost.count, cost.page, cost.following) > SLOWEST_MS]
        assert slow == []

    def test_statements_do_not_grow_with_the_rows(self):
        assert min(counts(self.team["boss"], Filter()).values()) == 0
        # Nine counts; for each queue keys, entries with papers and digests, notes; nothing to load where none waits.
        empty = ("changes", "mine")
        assert statements(self.team["boss"]) == [9, *(1 if name in empty else 3 for name in QUEUES)]
