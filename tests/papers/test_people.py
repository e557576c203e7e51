"""Merging and splitting people."""

import pytest
from django.core.exceptions import ValidationError

from papers.matching import set_byline
from papers.models import Author, Authorship
from papers.people import merge_authors, split_author
from tests.build import build_paper


def author(name, homonym=1):
    return Author.objects.get(name=name, homonym=homonym)


def test_merge_keeps_names_as_printed(db):
    build_paper("One", ["J. Kim"])
    build_paper("Two", ["Jiwon Kim"])
    merged = merge_authors(source=author("J. Kim"), target=author("Jiwon Kim"))
    assert list(Author.objects.all()) == [merged]
    rows = Authorship.objects.order_by("paper__title").values_list("author", "printed_name")
    assert list(rows) == [(merged.pk, "J. Kim"), (merged.pk, "Jiwon Kim")]


def test_merge_of_two_on_one_byline_is_refused(db):
    build_paper("One", ["Kun Xu", "Kun Xu"])
    with pytest.raises(ValidationError) as refused:
        merge_authors(source=author("Kun Xu", 2), target=author("Kun Xu"))
    assert refused.value.code == "same_paper"
    assert Author.objects.count() == 2


def test_merge_with_oneself_is_refused(db):
    build_paper("One", ["Kim"])
    with pytest.raises(ValidationError):
        merge_authors(source=author("Kim"), target=author("Kim"))
    assert Author.objects.count() == 1


def test_split_gives_papers_to_the_next_homonym(db):
    one, two = build_paper("One", ["Wei Wang"]), build_paper("Two", ["Wei Wang"])
    other = split_author(author=author("Wei Wang"), papers=[two])
    assert (other.name, other.homonym) == ("Wei Wang", 2)
    assert one.authorships.get().author.homonym == 1
    assert two.authorships.get().author == other


def test_split_survives_the_next_import_of_the_byline(db):
    build_paper("One", ["Wei Wang"])
    two = build_paper("Two", ["Wei Wang"])
    other = split_author(author=author("Wei Wang"), papers=[two])
    set_byline(two, ["Wei Wang", "Kim"])
    assert two.authorships.get(position=1).author == other


def test_split_needs_papers_on_both_sides(db):
    one, foreign = build_paper("One", ["Kim"]), build_paper("Two", ["Lee"])
    for papers in ([], [foreign], [one]):
        with pytest.raises(ValidationError):
            split_author(author=author("Kim"), papers=papers)
    assert Author.objects.count() == 2
