"""Taking in the file of searches that found nothing: counted, cleaned again, bounded, never twice."""

import datetime

import pytest

from digest.editing import lost_queries
from digest.editing.errors import NotAllowed
from digest.editing.lost_queries import forget, take_in
from digest.models import LostQuery

pytestmark = pytest.mark.django_db


@pytest.fixture
def lost(settings, tmp_path):
    settings.NARANHI_LOST_QUERIES = str(tmp_path / "lost.txt")
    return tmp_path / "lost.txt"


def rows():
    return list(LostQuery.objects.values_list("text", "count", "last_day"))


def test_lines_are_counted_with_their_last_day(lost):
    lost.write_text("2026-11-02 양자 컴퓨터\n2026-11-01 zzz\n2026-11-03 양자 컴퓨터\n")
    assert take_in(by=None) == 3
    day = datetime.date(2026, 11, 3)
    assert rows() == [("양자 컴퓨터", 2, day), ("zzz", 1, datetime.date(2026, 11, 1))]
    assert list(lost.parent.iterdir()) == []
    lost.write_text("2026-10-01 zzz\n2026-11-04 zzz\n2026-11-04 new\n")
    assert take_in(by=None) == 3
    day = datetime.date(2026, 11, 4)
    assert rows() == [("zzz", 3, day), ("양자 컴퓨터", 2, datetime.date(2026, 11, 3)), ("new", 1, day)]


def test_what_is_no_line_is_left_out(lost):
    lost.write_bytes(
        b"\n2026-13-01 x\nnot a day\n2026-11-01\n2026-11-01 a@b.c\n\xff\xfe\0\n2026-11-01 ok\0ay"
    )
    assert take_in(by=None) == 1
    assert rows() == [("ok ay", 1, datetime.date(2026, 11, 1))]


def test_nothing_is_taken_in_where_nothing_is_kept(settings, lost):
    assert take_in(by=None) == 0
    lost.write_text("2026-11-01 zzz\n")
    settings.NARANHI_LOST_QUERIES = ""
    assert take_in(by=None) == 0
    assert rows() == []


def test_what_could_not_be_stored_is_read_again(lost, monkeypatch):
    lost.write_text("2026-11-01 first\n")
    with monkeypatch.context() as patch:
        patch.setattr(lost_queries, "_store", lambda found: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            take_in(by=None)
    lost.write_text("2026-11-02 second\n")
    assert (take_in(by=None), take_in(by=None), take_in(by=None)) == (1, 1, 0)
    assert {text for text, _, _ in rows()} == {"first", "second"}


def test_the_list_is_bounded_and_keeps_the_most_frequent(lost, monkeypatch):
    monkeypatch.setattr(lost_queries, "MOST_ROWS", 2)
    lost.write_text("2026-11-01 a\n2026-11-01 b\n2026-11-01 b\n2026-11-02 c\n")
    take_in(by=None)
    assert [text for text, _, _ in rows()] == ["b", "c"]


def test_rights(lost, minji, rina, stranger):
    lost.write_text("2026-11-01 a\n")
    with pytest.raises(NotAllowed):
        take_in(by=stranger)
    assert take_in(by=minji) == 1
    found = list(LostQuery.objects.all())
    with pytest.raises(NotAllowed):
        forget(queries=found, by=minji)
    forget(queries=found, by=rina)
    assert rows() == []
