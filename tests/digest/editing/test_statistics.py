"""Who did how much: what counts as written and as reviewed, by month of the desk's time zone."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from digest.editing.statistics import Work, month_bounds, work_done
from digest.editing.workflow import approve, request_changes, restore_revision, save_note, submit
from digest.models import Event, Note, NoteRevision
from tests.build import build_entry

MAY, JUNE, JULY = (datetime.date(2026, month, 1) for month in (5, 6, 7))


@pytest.fixture
def entry(db):
    return build_entry(public=False, ko="")


def write(entry, by, body, language="ko", **options):
    note = Note.objects.filter(entry=entry, language=language).first()
    return save_note(entry=entry, language=language, body=body, by=by, rev=note.rev if note else 0, **options)


def at(year, month, day, hour=12):
    return timezone.make_aware(datetime.datetime(year, month, day, hour))


def everything():
    today = timezone.localdate()
    return work_done(today, today)


def by_person(found):
    return {(person.username, language): work for person, language, work in found.people}


def test_text_counts_by_what_it_grew(entry, minji):
    write(entry, minji, "가나다 라마")
    write(entry, minji, "가나다 라마\n\n바사 아자")
    write(entry, minji, "가나다")
    write(entry, minji, "가나다 차")
    # 6 characters and 2 words, then a break of 2 and 5 characters more, then less, then 2 and 1.
    expected = Work(revisions=4, notes=1, characters=6 + 7 + 2, words=2 + 2 + 1)
    assert by_person(everything()) == {("minji", "ko"): expected}


def test_notes_count_once_and_languages_apart(entry, minji, tom, boss):
    write(entry, minji, "가")
    write(build_entry(public=False, ko=""), minji, "나")
    write(entry, tom, "one two", "en")
    write(entry, boss, "one two three", "en")
    assert by_person(everything()) == {
        ("boss", "en"): Work(revisions=1, notes=1, characters=6, words=1),
        ("minji", "ko"): Work(revisions=2, notes=2, characters=2, words=2),
        ("tom", "en"): Work(revisions=1, notes=1, characters=7, words=2),
    }
    assert [(month.day, language, work) for month, language, work in everything().months] == [
        (1, "en", Work(revisions=2, notes=1, characters=13, words=3)),
        (1, "ko", Work(revisions=2, notes=2, characters=2, words=2)),
    ]


def test_text_that_nobody_typed_is_not_written(entry, tom, minji):
    write(entry, tom, "A machine wrote this", "en", origin=NoteRevision.Origin.SUGGESTION)
    note = write(entry, tom, "Tom", "en")
    restore_revision(note=note, restore=1, by=tom, rev=2)
    write(entry, minji, "들여온 글", origin=NoteRevision.Origin.MERGE)
    assert by_person(everything()) == {
        ("minji", "ko"): Work(revisions=1, notes=1),
        ("tom", "en"): Work(revisions=3, notes=1),
    }


def test_imported_text_is_nobodys(db):
    build_entry(en="Imported")
    assert (everything().people, everything().months) == ([], [])


def test_reviews_are_approvals_and_wishes(entry, minji, rina):
    note = write(entry, minji, "가")
    submit(note=note, by=minji, rev=1)
    request_changes(note=note, by=rina, rev=1, comment="더")
    submit(note=note, by=minji, rev=1)
    approve(note=note, by=rina, rev=1)
    assert by_person(everything())["rina", "ko"] == Work(reviewed=2, approved=1)
    assert everything().months[0][2] == Work(1, 1, 1, 1, reviewed=2, approved=1)


def test_months_are_those_of_the_time_zone(entry, minji, settings):
    assert settings.TIME_ZONE == "Asia/Seoul"
    # Still May in Greenwich.
    write(entry, minji, "가", now=at(2026, 6, 1, 1))
    assert [month for month, _language, _work in work_done(MAY, JULY).months] == [JUNE]
    assert work_done(MAY, MAY).months == work_done(JULY, JULY).months == []
    assert month_bounds(JUNE, JUNE) == (at(2026, 6, 1, 0), at(2026, 7, 1, 0))
    assert month_bounds(datetime.date(2025, 12, 31), datetime.date(2026, 1, 31)) == (
        at(2025, 12, 1, 0),
        at(2026, 2, 1, 0),
    )


def test_newest_month_comes_first(entry, minji):
    for number, month in enumerate((5, 7, 6), start=1):
        write(entry, minji, "가" * number, now=at(2026, month, 3))
    assert [month for month, _language, _work in work_done(MAY, JULY).months] == [JULY, JUNE, MAY]


def test_of_one_person_only(entry, minji, rina):
    note = write(entry, minji, "가")
    write(entry, rina, "가나")
    submit(note=note, by=rina, rev=2)
    today = timezone.localdate()
    found = work_done(today, today, only=minji)
    assert by_person(found) == {("minji", "ko"): Work(revisions=1, notes=1, characters=1, words=1)}
    assert found.months[0][2].revisions == 1


def test_six_queries_for_any_number(entry, minji, rina, tom, boss):
    counted = []
    for people in ([minji], [rina, boss]):
        for person in people:
            write(build_entry(public=False, ko=""), person, "가")
            Event.objects.create(verb="request_changes", object_type="note", object_id=1, object_label="x")
        with CaptureQueriesContext(connection) as captured:
            everything()
        counted.append(len(captured))
    # Texts, notes by person, notes by month, approvals, wishes, the people's names.
    assert counted == [6, 6]
