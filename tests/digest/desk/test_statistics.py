"""The page of statistics and its CSV: all for who may see the audit trail, else one's own."""

import csv
import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from digest.desk.statistics import last_twelve_months
from digest.editing.workflow import save_note
from tests.build import build_entry
from tests.digest.desk.conftest import dump
from tests.page import inline_code

PAGE_URL = reverse("admin:statistics")
CSV_URL = reverse("admin:statistics_csv")


def write(by, body="가나다", language="ko", **options):
    entry = build_entry(public=False, ko="")
    return save_note(entry=entry, language=language, body=body, by=by, rev=0, **options)


def people_of(response):
    return [(person.username, language) for person, language, _work in response.context["statistics"].people]


@pytest.mark.parametrize("url", [PAGE_URL, CSV_URL])
def test_who_may_look(client, stranger, tom, paul, boss, url):
    found = []
    for person in (None, stranger, tom, paul, boss):
        client.logout()
        if person:
            client.force_login(person)
        before = dump()
        found.append((client.get(url).status_code, client.post(url).status_code))
        assert dump() == before
    assert found == [(302, 302), (403, 405), (200, 405), (200, 405), (200, 405)]


def test_everyone_for_who_sees_the_audit_trail_else_ones_own(door, minji, tom, boss):
    write(boss)
    write(tom, "one", "en")
    response = door(minji).get(PAGE_URL)
    assert people_of(response) == [("boss", "ko"), ("tom", "en")]
    assert f'href="{reverse("admin:person", args=[boss.pk])}"' in response.content.decode()
    assert inline_code(response) == []
    assert people_of(door(tom).get(PAGE_URL)) == [("tom", "en")]


def test_months_are_chosen_in_the_address(door, minji):
    client = door(minji)
    write(minji, now=timezone.make_aware(datetime.datetime(2020, 5, 5)))
    assert people_of(client.get(PAGE_URL)) == []
    response = client.get(PAGE_URL, {"first": "2020-05", "last": "2020-05"})
    assert people_of(response) == [("minji", "ko")]
    assert 'value="2020-05"' in response.content.decode()


@pytest.mark.parametrize(
    ("today", "first"),
    [("2026-11-20", "2025-12-01"), ("2026-12-31", "2026-01-01"), ("2026-01-01", "2025-02-01")],
)
def test_default_range_is_twelve_months(today, first):
    time_machine = pytest.importorskip("time_machine")
    with time_machine.travel(f"{today}T12:00:00+09:00", tick=False):
        last = datetime.date.fromisoformat(today).replace(day=1)
        assert last_twelve_months() == {"first": datetime.date.fromisoformat(first), "last": last}


@pytest.mark.parametrize(
    "query",
    [
        {"first": "x"},
        {"first": "2026-13"},
        {"first": "\0"},
        {"first": ""},
        {"last": "9" * 400},
        {"first": "2026-02", "last": "2026-01"},
        {"first": "2000-01", "last": "2026-01"},
        {"first": "0001-01", "last": "0001-01"},
        {"first": "9999-12", "last": "9999-12"},
    ],
)
def test_a_range_that_is_none_is_said_so(door, minji, query):
    client = door(minji)
    response = client.get(PAGE_URL, query)
    assert response.status_code == 200
    assert response.context["statistics"] is None
    assert response.context["form"].errors
    assert client.get(CSV_URL, query).status_code == 400


def test_csv_has_the_same_rows(door, minji):
    write(minji, "가나 다")
    response = door(minji).get(CSV_URL)
    text = response.content.decode("utf-8-sig")
    month = f"{timezone.localdate():%Y-%m}"
    assert list(csv.reader(io.StringIO(text))) == [
        ["person", "month", "language", "revisions", "notes", "characters", "words", "reviewed", "approved"],
        ["minji", "", "ko", "1", "1", "4", "2", "0", "0"],
        ["", month, "ko", "1", "1", "4", "2", "0", "0"],
    ]
    months = last_twelve_months()
    name = f"statistics-{months['first']:%Y-%m}-{months['last']:%Y-%m}.csv"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_csv_runs_no_formula(door, boss):
    boss.username = "+cmd|calc"
    boss.save()
    write(boss)
    assert "\r\n'+cmd|calc,," in door(boss).get(CSV_URL).content.decode()


def test_page_takes_the_same_queries_for_any_number(door, minji, boss, rina):
    client = door(minji)
    found = []
    for people in ([minji], [boss, rina]):
        for person in people:
            write(person)
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE_URL)
        found.append(len(captured))
    # Session, user, own and groups' permissions, six of the statistics, the unread notifications.
    assert found == [11, 11], [query["sql"] for query in captured]
