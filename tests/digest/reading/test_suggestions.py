"""What a search box offers in the middle of a word and of a syllable."""

import datetime

import pytest
from django.utils import timezone

from digest.models import SearchIndex, Tag
from digest.reading.suggestions import Suggestion, suggest
from papers.identifiers import slugify_title
from tests.build import build_entry
from tests.indexed import build_indexes

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(db):
    found = [
        build_entry(
            "2024-10-30",
            title="Scaling Laws of $\\alpha$ Schedules",
            ko="학습률 스케줄과 배치",
            tags=["scaling-law"],
            authors=["Hanlin Zhang", "Kun Xu"],
        ),
        build_entry(
            "2024-05-29", title="한국어 스케줄러", ko="말", tags=["비디오-생성"], authors=["김민지", "Kun Xu"]
        ),
    ]
    Tag.objects.filter(slug="scaling-law").update(label_ko="스케일링 법칙")
    build_indexes("public")
    return found


def labels(text):
    return [(each.kind, each.label) for each in suggest(text)]


def test_tags_authors_and_titles_by_any_of_their_words(entries):
    assert labels("scal")[:2] == [
        ("tag", "scaling-law 스케일링 법칙"),
        ("paper", "Scaling Laws of α Schedules"),
    ]
    assert labels("laws sched")[0] == ("paper", "Scaling Laws of α Schedules")
    assert labels("zha")[0] == ("author", "Hanlin Zhang")
    assert labels("xu k")[0] == ("author", "Kun Xu")
    assert labels("XU ") == [("author", "Kun Xu")]


def test_a_place_is_what_the_address_needs(entries):
    paper = entries[0].paper
    [author] = [each for each in suggest("hanlin") if each.kind == "author"]
    assert author == Suggestion(
        "author", "Hanlin Zhang", (paper.authorships.first().author_id, "hanlin-zhang")
    )
    label = "Scaling Laws of α Schedules"
    assert suggest("schedu")[0] == Suggestion("paper", label, (paper.pk, slugify_title(label)))


@pytest.mark.parametrize(
    "typed", ["스", "스케", "스켖", "스케주", "스케줄", "한국어 ㅅ", "한국어 스켖", "스케ㅈ"]
)
def test_an_unfinished_syllable_finds_what_it_may_become(entries, typed):
    assert ("paper", "한국어 스케줄러") in labels(typed)


def test_words_of_the_notes_are_offered_as_searches(entries):
    assert ("search", "배치") in labels("배")
    assert ("search", "학습률 스케줄") in labels("학습률 스")
    # Together these find nothing.
    assert labels("말 배") == []


@pytest.mark.parametrize("typed", ["", " ", "h", "!!", "\0", '"', "zzzz", "가" * 500, "a " * 500])
def test_nothing_to_offer(entries, typed):
    assert suggest(typed) == []


def test_no_more_than_asked_for(entries):
    for number in range(12):
        build_entry(datetime.date(2023, 1, 1 + number), title=f"Probe {number}", tags=[f"probe-{number}"])
    build_indexes("public")
    assert len(suggest("prob")) == 8
    assert [each.kind for each in suggest("prob", limit=4)] == ["tag", "tag", "tag", "paper"]


def test_nothing_hidden_is_offered(entries):
    hour = datetime.timedelta(hours=1)
    hidden = {"title": "Zqhidden", "ko": "zqhidden", "tags": ["zqhidden"], "authors": ["Zqhidden Author"]}
    build_entry("2021-01-01", **hidden, public=False)
    build_entry("2021-01-02", **hidden, publish_at=timezone.now() + hour)
    build_entry("2021-01-03", **hidden, unpublish_at=timezone.now() - hour)
    build_indexes("public")
    assert suggest("zqhid") == suggest("zqhidden") == []
    assert [label for _, label in labels("zh")] == ["Hanlin Zhang", "zhang"]


def test_without_an_index_tags_are_offered_all_the_same(entries):
    SearchIndex.objects.all().delete()
    assert labels("scal") == [("tag", "scaling-law 스케일링 법칙")]
