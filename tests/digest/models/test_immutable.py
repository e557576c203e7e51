"""Revisions never change: not by save(), update(), bulk_update() or SQL. Only a review is added."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from digest.models import NoteRevision
from tests.build import build_entry

NOW = datetime.datetime(2024, 10, 30, tzinfo=datetime.UTC)


@pytest.fixture
def revision(db):
    return build_entry().notes.get().live


def refused(write):
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        write()


@pytest.mark.parametrize(
    ("field", "value"),
    [("rev", 7), ("body", "other"), ("origin", "edit"), ("minor", True), ("created_at", NOW)],
)
def test_words_and_origin_never_change(revision, field, value):
    refused(lambda: NoteRevision.objects.update(**{field: value}))
    setattr(revision, field, value)
    refused(revision.save)
    refused(lambda: NoteRevision.objects.bulk_update([revision], [field]))


def test_author_never_changes(revision, minji):
    refused(lambda: NoteRevision.objects.update(author=minji))


def test_plain_sql_is_refused_too(revision):
    def write():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE digest_noterevision SET body = 'x'")

    refused(write)


def test_a_review_may_be_added(revision, rina):
    NoteRevision.objects.update(reviewed_by=rina, reviewed_at=NOW)
    revision.refresh_from_db()
    revision.save()
    assert revision.reviewed_by == rina
