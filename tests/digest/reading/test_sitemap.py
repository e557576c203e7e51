"""The pages of each part, when their words changed, and that parts stay what they are."""

import datetime

import pytest
from django.utils import timezone

from digest.models import Digest, Entry, Tag
from digest.reading import sitemap
from digest.reading.authors import author_page
from digest.reading.entries import languages_of
from digest.reading.sitemap import KINDS, PART, Listed
from digest.reading.tags import find_selection, tag_page
from papers.models import Author, Paper
from tests.build import build_entry, build_paper
from tests.planted import plant_hidden, plant_public

pytestmark = pytest.mark.django_db
BOTH, KO, EN = frozenset({"ko", "en"}), frozenset({"ko"}), frozenset({"en"})


def at(day, hour=0):
    return datetime.datetime.fromisoformat(f"{day}T{hour:02}:00:00+00:00")


def all_of(kind):
    """The pages of every part: a database goes on counting from test to test."""
    return [page for part in KINDS[kind].parts() for page in KINDS[kind].pages(part)]


def change(entry, moment):
    Entry.objects.filter(pk=entry.pk).update(changed_at=moment)


def test_digests_of_a_year_with_their_languages_and_last_changes():
    build_entry("2023-12-31")
    change(build_entry("2024-01-01", ko="노트", en="Note"), at("2024-03-01"))
    build_entry("2024-01-01", ko="노트")
    build_entry("2024-12-31", ko="", en="Note", source_language="en")
    left = build_entry("2024-05-05")
    Digest.objects.filter(pk=left.digest_id).update(changed_at=at("2025-02-02"))
    assert sitemap.digests_in(2024) == [
        Listed((datetime.date(2024, 1, 1),), BOTH, at("2024-03-01")),
        Listed((datetime.date(2024, 5, 5),), KO, at("2025-02-02")),
        Listed((datetime.date(2024, 12, 31),), EN, at("2024-12-31")),
    ]
    assert sitemap.digest_parts() == {2023: at("2023-12-31"), 2024: at("2025-02-02")}
    assert sitemap.last_change() == at("2024-12-31")


def test_a_change_before_publication_does_not_count():
    entry = build_entry("2024-10-30")
    change(entry, at("2024-10-01"))
    assert [page.changed for page in all_of("papers")] == [at("2024-10-30")]
    assert list(sitemap.paper_parts().values()) == [at("2024-10-30")]


def test_papers_once_with_all_their_discussions():
    first = build_entry("2024-01-01", title="A $x$", ko="노트")
    change(
        build_entry("2024-05-01", paper=first.paper, ko="", en="Note", source_language="en"), at("2024-06-01")
    )
    other = build_entry("2024-02-01", title="B")
    assert all_of("papers") == [
        Listed((first.paper_id, "A $x$"), BOTH, at("2024-06-01")),
        Listed((other.paper_id, "B"), KO, at("2024-02-01")),
    ]


def test_tags_speak_by_their_first_page():
    change(build_entry("2024-01-01", tags=["moe", "rl"], en="Note"), at("2024-09-01"))
    build_entry("2024-02-01", tags=["moe"])
    tags = {listed.place: listed for listed in all_of("tags")}
    assert tags == {
        ("moe",): Listed(("moe",), BOTH, at("2024-09-01")),
        ("rl",): Listed(("rl",), BOTH, at("2024-09-01")),
    }
    for day in range(1, 31):
        build_entry(f"2024-03-{day:02}", tags=["moe"])
    listed = next(each for each in all_of("tags") if each.place == ("moe",))
    assert (listed.languages, listed.changed) == (KO, at("2024-09-01"))
    assert listed.languages == languages_of(tag_page(find_selection("moe")).entries)


def test_authors_speak_by_the_newest_entry_of_each_paper():
    first = build_entry("2024-01-01", authors=["Kun Xu", "Kun Xu"], ko="", en="Note", source_language="en")
    build_entry("2024-02-01", paper=first.paper, ko="노트")
    one, two = Author.objects.filter(name="Kun Xu").order_by("homonym")
    assert all_of("authors") == [
        Listed((one.pk, "Kun Xu"), KO, at("2024-02-01")),
        Listed((two.pk, "Kun Xu"), KO, at("2024-02-01")),
    ]
    assert languages_of(author_page(one.pk).entries) == KO


def test_parts_are_ranges_that_later_rows_never_enter():
    for key in (PART - 1, PART, 5 * PART + 7):
        Paper.objects.create(pk=key, title=f"Paper {key}", title_key=f"paper {key}")
    for number, paper in enumerate(Paper.objects.order_by("pk"), start=1):
        build_entry(f"2024-10-0{number}", paper=paper)
    assert sitemap.paper_parts() == {1: at("2024-10-01"), 2: at("2024-10-02"), 6: at("2024-10-03")}
    assert [len(sitemap.papers_in(part)) for part in (1, 2, 3, 6, 7)] == [1, 1, 0, 1, 0]


def test_author_and_tag_parts_step_over_gaps():
    for key in (3, PART - 1, PART, 7 * PART):
        Author.objects.create(pk=key, name=f"A{key}", name_key=f"a{key}")
        Tag.objects.create(pk=key, name=f"t{key}", slug=f"t{key}")
    hidden = Author.objects.create(pk=20 * PART, name="Hidden", name_key="hidden")
    paper = build_paper()
    for position, author in enumerate(Author.objects.exclude(pk=hidden.pk), start=1):
        paper.authorships.create(author=author, position=position, printed_name=author.name)
    build_entry("2024-10-30", paper=paper, tags=[tag.name for tag in Tag.objects.all()])
    drafted = build_paper()
    drafted.authorships.create(author=hidden, position=1, printed_name="Hidden")
    build_entry("2024-10-31", paper=drafted, public=False)
    assert sitemap.author_parts() == {1: None, 2: None, 8: None}
    assert sitemap.tag_parts() == {1: at("2024-10-30"), 2: at("2024-10-30"), 8: at("2024-10-30")}


def everything():
    parts = {name: kind.parts() for name, kind in KINDS.items()}
    pages = {(name, part): KINDS[name].pages(part) for name, found in parts.items() for part in found}
    return sitemap.last_change(), parts, pages


def test_what_is_hidden_changes_nothing():
    public = plant_public()
    before = everything()
    hidden = plant_hidden(public)
    assert {entry.digest.date.year for entry in hidden} == {2021, 2024}
    assert everything() == before
    assert sitemap.digests_in(2021) == []


def test_what_has_ended_is_gone_at_once():
    entry = build_entry("2024-10-30", tags=["moe"], authors=["A"])
    Entry.objects.filter(pk=entry.pk).update(unpublish_at=timezone.now())
    assert everything() == (None, {kind: {} for kind in KINDS}, {})


@pytest.mark.parametrize("rows", [1, 5])
def test_queries_do_not_grow_with_rows(rows, django_assert_num_queries):
    for day in range(1, rows + 1):
        build_entry(f"2024-10-{day:02}", tags=[f"t{day}", "moe"], authors=[f"A{day}", f"B{day}"], en="Note")
    # Of tags: their last changes; the languages of their first pages. Of parts of authors: one look for each, and
    # one that finds no more.
    for name, pages, parts in (("digests", 1, 1), ("papers", 1, 1), ("tags", 2, 1), ("authors", 1, 2)):
        with django_assert_num_queries(parts):
            first = next(iter(KINDS[name].parts()))
        with django_assert_num_queries(pages):
            assert KINDS[name].pages(first)
