"""Notes and mentions in pages: of one entry Korean first, of two papers of one title the first."""

import pytest

from digest.editing.revisions import write_references
from digest.models import NoteRevision
from digest.reading import narrowing
from digest.reading.api_notes import NoteKey, mention_page, note_page
from digest.reading.api_rows import Place
from papers.models import Paper
from tests.build import build_entry, build_paper

pytestmark = pytest.mark.django_db
ALL = Place(None, 100)


def test_notes_of_an_entry_may_stand_on_two_pages():
    first = build_entry("2024-10-30", ko="가", en="a")
    second = build_entry("2024-10-30", ko="나", en="b")
    keys = [NoteKey(entry.order_key, code) for entry in (first, second) for code in ("ko", "en")]

    def walk(descending):
        found, start = [], None
        while True:
            page = note_page(narrowing.public_entries(), None, Place(start, 1, descending))
            found += [row.key for row in page[:1]]
            if len(page) < 2:
                return found
            start = page[0].key

    assert walk(descending=True) == keys
    assert walk(descending=False) == keys[2:] + keys[:2]


def test_a_note_that_is_not_live_is_none():
    entry = build_entry("2024-10-30", ko="가", en="a")
    note = entry.notes.get(language="en")
    note.live = note.live_at = None
    note.save()
    assert [row.language for row in note_page(narrowing.public_entries(), None, ALL)] == ["ko"]
    assert note_page(narrowing.public_entries(), "en", ALL) == []


def cited(rows):
    return [
        (row.entry.paper.title, row.language, row.paper and row.paper.title, row.arxiv_id) for row in rows
    ]


def test_a_note_cites_others_by_id_and_by_title():
    build_entry("2024-10-30", title="Known", arxiv_id="2401.00001", ko="https://arxiv.org/abs/2401.00001")
    body = (
        "[[Known]] [[Nobody]] https://arxiv.org/abs/2401.00001 https://arxiv.org/abs/2401.00002 https://x.org"
    )
    build_entry("2024-10-31", title="Citing", ko=body, en="[[Citing]]")
    expected = [
        ("Citing", "ko", "Known", ""),
        ("Citing", "ko", "Known", "2401.00001"),
        ("Citing", "ko", None, "2401.00002"),
    ]
    assert sorted(cited(mention_page(ALL)), key=lambda row: row[3]) == expected


def test_a_title_means_the_first_public_paper_that_bears_it():
    hidden = build_entry("2024-10-28", title="Twin", public=False)
    first = build_entry("2024-10-29", paper=build_paper("Twin"))
    second = build_entry("2024-10-30", paper=build_paper("Twin"), ko="[[Twin]]")
    build_entry("2024-10-31", title="Citing", ko="[[Twin]]")
    # The second cites the first by the title that it bears itself.
    assert {(row.entry.entry_id, row.paper.pk) for row in mention_page(ALL, paper=first.paper_id)} == {
        (second.pk, first.paper_id),
        (row_of("Citing"), first.paper_id),
    }
    assert mention_page(ALL, paper=second.paper_id) == mention_page(ALL, paper=hidden.paper_id) == []


def row_of(title):
    return Paper.objects.get(title=title).entries.get().pk


def test_what_is_only_being_written_cites_nothing():
    build_entry("2024-10-30", title="Known")
    entry = build_entry("2024-10-31", title="Citing", ko="노트")
    build_entry("2024-11-01", title="Draft", ko="[[Known]]", public=False)
    write_references(NoteRevision.objects.create(note=entry.notes.get(), rev=2, body="[[Known]]"))
    assert mention_page(ALL) == []
