"""Measuring the queues in this process, and the table."""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import assign_role, setup_roles
from digest.editing.queues import Filter, count, counts, missing_counts, next_task, tasks
from digest.models import Entry, Note
from tests.queue_corpus import fill_desk

TEAM = {"minji": ("writer", ["ko"]), "tom": ("translator", ["en"]), "rina": ("reviewer", ["ko", "en"])}


@dataclass(frozen=True)
class Cost:
    """One queue for one person, in milliseconds; pages and next tasks are the dearer of both orders."""

    person: str
    queue: str
    waiting: int
    count: float
    page: float
    following: float


def make_team() -> dict[str, User]:
    """Three with a language each, and one who may do everything."""
    setup_roles()
    team = {name: User.objects.create_user(name, is_staff=True) for name in TEAM}
    for name, (role, languages) in TEAM.items():
        assign_role(team[name], role, languages)
    return team | {"boss": User.objects.create_superuser("boss")}


def run(entries: int, times: int) -> None:
    """Fill the database, measure every queue of everyone and the whole page, and print the tables."""
    if Entry.objects.exists():
        sys.exit("this database has entries; name an empty one")
    team = make_team()
    fill_desk([team[name] for name in TEAM], entries, entries * 7 // 13)
    if connection.vendor == "postgresql":
        # As autovacuum does on a desk in use: without it no index answers by itself.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    print(f"\n{connection.vendor}: {entries:,} entries, {Note.objects.count():,} notes\n")
    print("| person | queue | waiting | count | page | next |\n| --- | --- | --: | --: | --: | --: |")
    for user in team.values():
        for cost in measure_queues(user, times):
            print(
                f"| {cost.person} | {cost.queue} | {cost.waiting} "
                f"| {cost.count:.1f} | {cost.page:.1f} | {cost.following:.1f} |"
            )
    print(f"\nall counts of the boss {median(lambda: counts(team['boss'], Filter()), times)[0]:.1f} ms")
    print(f"missing details {median(missing_counts, times)[0]:.1f} ms")
    client = Client(headers={"host": "localhost"})
    client.force_login(team["boss"])
    print(f"the desk's first page {median(lambda: client.get(reverse('admin:index')), times)[0]:.1f} ms")


def measure_queues(user: User, times: int) -> list[Cost]:
    """Every queue that is open to ``user``: its count, its first page, and the task behind the middle of that page."""
    costs = []
    for name in counts(user, Filter()):
        pages, following = [], [0.0]
        for order in ("oldest", "newest"):
            where = Filter(order=order)
            page, found = median(lambda name=name, where=where: tasks(name, user, where), times)
            pages.append(page)
            if found:
                following.append(_next(name, user, where, found[len(found) // 2], times))
        spent, waiting = median(lambda name=name: count(name, user, Filter()), times)
        costs.append(Cost(user.username, name, waiting, spent, max(pages), max(following)))
    return costs


def _next(name: str, user: User, where: Filter, task: Any, times: int) -> float:
    return median(
        lambda: next_task(name, user, where, after=task.entry, language=task.language),
        times,
    )[0]


def median(action: Callable[[], Any], times: int) -> tuple[float, Any]:
    """(milliseconds, the answer), after one run that does not count.

    SQLite works in this process, so its processor time is all; another server can only be waited for.
    """
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    answer = action()
    spent = []
    for _ in range(times):
        begun = clock()
        answer = action()
        spent.append((clock() - begun) * 1_000)
    return statistics.median(spent), answer
