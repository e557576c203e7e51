"""Where an entry stands: in its digest, or in the queue that the address names."""

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from digest.desk.places import editor_url, place_of, queue_query
from digest.editing.arranging import delete_entry
from digest.editing.workflow import save_note
from digest.models import Entry
from tests.build import build_entry


def at(entry, user, query=""):
    request = RequestFactory().get(f"/{query}")
    request.user = user
    return place_of(request, entry)


def write(entry, by):
    save_note(entry=entry, language="ko", body="글", by=by, rev=0)


def test_place_in_a_digest_leaves_deleted_entries_out(boss):
    first, deleted, third = (build_entry(public=False) for _ in range(3))
    build_entry("2024-11-01")
    delete_entry(entry=deleted, by=boss)
    home = reverse("admin:digest_digest_change", args=[first.digest_id])
    place = at(first, boss)
    assert (place.position, place.total, place.previous, place.following) == (1, 2, "", editor_url(third.pk))
    place = at(third, boss)
    assert (place.position, place.previous, place.following) == (2, editor_url(first.pk), "")
    assert (place.after, place.home, place.query) == (home, home, "")
    place = at(Entry.objects.get(pk=deleted.pk), boss)
    assert (place.position, place.previous, place.following) == (None, "", "")


@pytest.fixture
def waiting(minji):
    """Two days of two entries each, all waiting for a translation, the oldest first."""
    entries = [build_entry(day, ko="", public=False) for day in ("2024-10-10",) * 2 + ("2024-10-30",) * 2]
    for entry in entries:
        write(entry, minji)
    return entries


@pytest.mark.parametrize(("order", "way"), [("", [0, 1, 2, 3]), ("&order=newest", [2, 3, 0, 1])])
def test_queue_is_gone_through_forwards_and_back_the_same_way(waiting, tom, order, way):
    entries = [waiting[number] for number in way]
    query = f"?queue=translate&lang=en{order}"
    carried = f"?queue=translate&task=en&lang=en{order}"
    places = [at(entry, tom, query) for entry in entries]
    urls = [editor_url(entry.pk, carried) for entry in entries]
    assert [place.following for place in places] == [*urls[1:], ""]
    assert [place.previous for place in places] == ["", *urls[:-1]]
    assert {(place.total, place.position, place.query) for place in places} == {(4, None, carried)}
    assert places[3].after == f"{reverse('admin:index')}?queue=translate&lang=en{order}"


def test_neighbours_are_found_from_an_entry_that_left_the_queue(waiting, tom):
    save_note(entry=waiting[1], language="en", body="Text", by=tom, rev=0)
    place = at(waiting[1], tom, "?queue=translate&lang=en")
    assert str(waiting[0].pk) in place.previous
    assert str(waiting[2].pk) in place.following


def test_without_a_language_no_entry_is_its_own_neighbour(waiting, boss):
    place = at(waiting[1], boss, "?queue=translate")
    assert editor_url(waiting[1].pk) not in place.previous + place.following
    assert str(waiting[2].pk) in place.following


@pytest.mark.parametrize("query", ["?queue=nothing", "?queue=", "?lang=en", "?queue=%00"])
def test_an_unknown_queue_is_no_queue(waiting, tom, query):
    assert at(waiting[0], tom, query).label == ""
    assert queue_query(RequestFactory().get(f"/{query}")) == ""


def test_a_closed_queue_leads_nowhere_and_home(waiting, tom):
    place = at(waiting[0], tom, "?queue=unpublished")
    assert (place.previous, place.following) == ("", "")


def test_a_place_takes_the_same_queries_in_a_long_queue(waiting, boss, minji):
    counts = []
    for more in (0, 20):
        for _ in range(more):
            write(build_entry("2024-10-20", ko="", public=False), minji)
        with CaptureQueriesContext(connection) as captured:
            at(waiting[3], boss, "?queue=translate&lang=en&order=newest")
        counts.append(len(captured))
    # before and behind: a row, its entry, that entry's notes; and the length of the queue
    assert counts == [7, 7], [query["sql"] for query in captured]
