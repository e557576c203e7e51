"""An entry as readers see it."""

import pytest

from digest.models import Entry
from digest.reading.entries import languages_of, read_full, read_short
from tests.build import build_entry, build_note

pytestmark = pytest.mark.django_db


def test_an_entry_comes_with_live_words_tags_and_names_as_printed():
    entry = build_entry("2024-10-30", ko="노트", en="Note", tags=["moe", "llm"], authors=["A. B.", "C. D."])
    entry.paper.authorships.filter(position=2).update(printed_name="Cee Dee")
    [found] = read_full(Entry.objects.published())
    assert found.notes == {"ko": "노트", "en": "Note"}
    assert [tag.slug for tag in found.tags] == ["moe", "llm"]
    assert [(byline.name, byline.author.name) for byline in found.authors] == [
        ("A. B.", "A. B."),
        ("Cee Dee", "C. D."),
    ]
    assert (found.date.isoformat(), found.position) == ("2024-10-30", 1)


@pytest.mark.parametrize("read", [read_full, read_short])
def test_the_working_copy_is_not_what_readers_see(read):
    entry = build_entry("2024-10-30", ko="게시한 글")
    entry.notes.update(body="working copy")
    build_note(entry, "en", "not live", live=False)
    [found] = read(Entry.objects.published())
    assert found.notes == {"ko": "게시한 글"}


def test_languages_are_those_of_any_entry():
    build_entry("2024-10-30", ko="노트")
    build_entry("2024-10-30", ko="노트", en="Note")
    entries = read_short(Entry.objects.published())
    assert languages_of(entries) == {"ko", "en"}
    assert languages_of([]) == frozenset()


def test_a_list_may_leave_tags_out():
    build_entry("2024-10-30", tags=["moe"])
    assert [entry.tags for entry in read_short(Entry.objects.published(), tags=False)] == [()]
