"""The list beside a paper: what readers see of it."""

import datetime

import pytest
from django.utils import timezone

from digest.models import Related
from digest.reading.related import related_papers
from tests.build import build_entry, build_paper

pytestmark = pytest.mark.django_db


def relate(paper, *others):
    for score, other in enumerate(others, start=1):
        Related.objects.create(paper=paper, other=other, score=score)


def test_the_six_nearest_public_papers_with_their_newest_place_and_tags():
    paper = build_entry("2024-01-01").paper
    others = [build_entry(f"2024-02-{day:02}", title=f"P{day}", tags=["moe"]).paper for day in range(1, 8)]
    build_entry("2024-03-02", tags=["llm"])
    build_entry("2024-03-02", paper=others[6], tags=["rope", "모에"])
    build_entry("2024-04-02", paper=others[6], tags=["hidden"], public=False)
    hidden = [build_entry("2024-05-01", public=False).paper, build_paper("Never discussed")]
    hidden.append(build_entry("2024-05-02", publish_at=timezone.now() + datetime.timedelta(hours=1)).paper)
    relate(paper, *others, *hidden)
    found = related_papers(paper.pk)
    assert [row.paper.title for row in found] == ["P7", "P6", "P5", "P4", "P3", "P2"]
    assert (found[0].date, found[0].position) == (datetime.date(2024, 3, 2), 2)
    assert [tag.name for tag in found[0].tags] == ["rope", "모에"]
    assert [tag.name for tag in found[1].tags] == ["moe"]


def test_a_paper_without_relations():
    assert related_papers(build_entry().paper.pk) == []


@pytest.mark.parametrize("count", [1, 5])
def test_two_queries(django_assert_num_queries, count):
    paper = build_entry().paper
    relate(paper, *(build_entry("2024-02-01", tags=["moe"]).paper for _ in range(count)))
    with django_assert_num_queries(2):
        assert len(related_papers(paper.pk)) == count
