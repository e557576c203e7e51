"""What the database refuses of references and relations, and that the partial indexes are used."""

import pytest
from django.db import DataError, IntegrityError, connection, transaction

from digest.models import NoteRevision, Reference, Related
from tests.build import build_entry, build_paper

pytestmark = pytest.mark.django_db


def refused(write):
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        write()


@pytest.mark.parametrize(
    ("fields", "fits"),
    [
        ({"kind": "arxiv", "arxiv_id": "2408.16357", "url": "https://arxiv.org/abs/2408.16357"}, True),
        ({"kind": "url", "url": "https://x.example"}, True),
        ({"kind": "title", "title_key": "a title"}, True),
        ({"kind": "title"}, False),
        ({"kind": "title", "title_key": "a", "arxiv_id": "2408.16357"}, False),
        ({"kind": "arxiv", "title_key": "a"}, False),
        ({"kind": "arxiv", "arxiv_id": "2408.16357", "title_key": "a"}, False),
        ({"kind": "url", "title_key": "a"}, False),
        ({"kind": "other"}, False),
    ],
)
def test_a_reference_is_of_one_kind(fields, fits):
    build_entry()
    revision = NoteRevision.objects.get()
    if fits:
        Reference.objects.create(revision=revision, **fields)
    else:
        refused(lambda: Reference.objects.create(revision=revision, **fields))


def test_a_pair_once_never_with_itself_and_above_zero():
    one, other = build_paper(), build_paper()
    Related.objects.create(paper=one, other=other, score=1)
    refused(lambda: Related.objects.create(paper=one, other=other, score=2))
    refused(lambda: Related.objects.create(paper=one, other=one, score=1))
    refused(lambda: Related.objects.create(paper=other, other=one, score=0))


def test_published_references_are_those_of_live_words():
    entry = build_entry(ko="https://a.example")
    note = entry.notes.get()
    later = NoteRevision.objects.create(note=note, rev=2, body="https://b.example")
    Reference.objects.create(revision=later, kind="url", url="https://b.example")
    build_entry(ko="https://c.example", public=False)
    assert [reference.url for reference in Reference.objects.published()] == ["https://a.example"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite's planner")
@pytest.mark.parametrize(
    ("field", "index"), [("arxiv_id", "reference_arxiv"), ("title_key", "reference_title")]
)
def test_mentions_are_found_by_index(field, index):
    asked = Reference.objects.exclude(**{field: ""}).filter(**{field: "x"})
    assert index in asked.explain()
