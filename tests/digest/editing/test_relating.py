"""Related papers: what counts, what is bounded, and that nothing unpublished has a say."""

import datetime

import pytest
from django.utils import timezone

from digest.editing.arranging import delete_entry, undelete_entry
from digest.editing.publishing import publish_digest, unpublish_digest
from digest.editing.relating import forget_relations, keep_best, relate_papers
from digest.editing.relating_rows import Last, Pair
from digest.editing.tagging import set_tags
from digest.models import MOST_RELATED, Entry, Related
from papers.models import Paper
from tests.build import build_entry, build_note, build_paper

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


def related(title):
    """The list of a paper: titles, the nearest first."""
    rows = Related.objects.filter(paper__title=title).order_by("-score", "other")
    return [row.other.title for row in rows]


def parts(title, other):
    row = Related.objects.get(paper__title=title, other__title=other)
    return (row.tags > 0, row.mentions > 0, row.text > 0)


def snapshot():
    rows = Related.objects.order_by("paper", "other")
    return list(rows.values_list("paper", "other", "score", "tags", "mentions", "text"))


def relate_all(**options):
    relate_papers(Paper.objects.values_list("pk", flat=True), **options)


def test_tags_mentions_and_words_are_the_three_parts():
    build_entry("2024-03-01", title="One", tags=["moe"], arxiv_id="2403.00001", abstract="sparse routing")
    build_entry("2024-03-02", title="Tagged", tags=["moe"])
    build_entry("2024-03-03", title="Citing", ko="https://arxiv.org/abs/2403.00001 참고")
    build_entry("2024-03-04", title="Naming", ko="[[one]]에서 이어진다", abstract="sparse routing")
    build_entry("2024-03-05", title="Unlike")
    relate_all()
    assert set(related("One")) == {"Tagged", "Citing", "Naming"}
    assert parts("One", "Tagged") == (True, False, False)
    assert parts("One", "Citing") == (False, True, False)
    assert parts("Naming", "One") == (False, True, True)
    assert related("Unlike") == []


def test_two_papers_that_cite_a_third_are_related():
    third = "https://arxiv.org/abs/2301.00001"
    build_entry("2024-03-01", title="One", ko=f"가 {third}")
    build_entry("2024-03-02", title="Two", ko=f"나 {third}v2")
    relate_all()
    assert related("One") == ["Two"]
    assert Related.objects.first().mentions == 0.3


def test_a_rare_tag_says_more_than_a_common_one():
    build_entry("2024-03-01", title="One", tags=["llm", "rope"])
    build_entry("2024-03-02", title="Rare", tags=["rope"])
    for day in range(3, 9):
        build_entry(f"2024-03-{day:02}", title=f"Common {day}", tags=["llm"])
    relate_all()
    assert related("One")[0] == "Rare"


def test_authors_open_the_door_and_words_decide():
    build_entry("2024-03-01", title="One", authors=["Kun Xu"], abstract="sparse routing experts")
    build_entry("2024-03-02", title="Alike", authors=["Kun Xu"], abstract="routing of sparse experts")
    build_entry("2024-03-03", title="Other field", authors=["Kun Xu"], abstract="video diffusion")
    relate_all()
    assert related("One") == ["Alike"]


def test_drafts_scheduled_ended_and_deleted_have_no_say():
    build_entry("2024-03-01", title="One", tags=["moe"], arxiv_id="2403.00001")
    build_entry("2024-03-02", title="Two", tags=["moe"])
    relate_all()
    before = snapshot()
    now = timezone.now()
    hidden = {"tags": ["moe"], "ko": "[[One]] https://arxiv.org/abs/2403.00001"}
    build_entry("2024-04-01", public=False, **hidden)
    build_entry("2024-04-03", unpublish_at=now - HOUR, **hidden)
    build_entry("2024-04-04", publish_at=None, deleted_at=now, **hidden)
    # Second discussions of a public paper, not public yet: neither their tags nor their words count.
    two = Paper.objects.get(title="Two")
    build_entry("2024-04-05", paper=two, public=False, **hidden)
    build_entry("2024-04-06", paper=two, publish_at=now + HOUR, **hidden)
    build_note(Entry.objects.get(paper__title="One"), "en", "[[Two]]", live=False)
    relate_all()
    assert snapshot() == before


def test_a_scheduled_paper_is_ready_before_its_hour_and_displaces_nobody():
    now = timezone.now()
    build_entry("2024-03-01", title="One", tags=["moe"])
    for day in range(2, 10):
        build_entry(f"2024-03-{day:02}", title=f"Seen {day}", tags=["moe"])
    relate_all()
    seen = related("One")[:6]
    for day in range(1, 15):
        build_entry(
            f"2024-05-{day:02}",
            title=f"Waiting {day}",
            tags=["moe", "one"],
            ko="[[One]]",
            publish_at=now + HOUR,
        )
    relate_all()
    one = Paper.objects.get(title="One")
    shown = Related.objects.published().filter(paper=one).order_by("-score", "other")
    assert [row.other.title for row in shown[:6]] == seen
    assert Related.objects.filter(paper=one).count() == MOST_RELATED
    later = Related.objects.published(now + 2 * HOUR).filter(paper=one).order_by("-score")
    assert later[0].other.title.startswith("Waiting")


def test_a_list_holds_twelve_and_the_first_six_are_public():
    pairs = [Pair(1, other, 1.0 / other, 0.0, 0.0) for other in range(2, 30)]
    kept = keep_best(pairs, public=range(20, 30))
    assert [pair.other for pair in kept] == [20, 21, 22, 23, 24, 25, 2, 3, 4, 5, 6, 7]
    assert keep_best(pairs[:5], public=()) == pairs[:5]


def test_every_paper_of_a_crowd_keeps_twelve():
    for number in range(16):
        build_entry("2024-03-01", title=f"P{number}", tags=["moe"])
    relate_all()
    assert {len(related(f"P{number}")) for number in range(16)} <= set(range(1, MOST_RELATED + 1))
    assert Related.objects.filter(paper__title="P3").count() == MOST_RELATED


def test_nothing_is_written_twice(django_assert_num_queries, monkeypatch):
    for day in range(1, 5):
        build_entry(f"2024-03-{day:02}", tags=["moe"])
    relate_all()
    before = list(Related.objects.order_by("pk").values())
    relate_all()
    assert list(Related.objects.order_by("pk").values()) == before


def test_publishing_relates_and_unpublishing_forgets(paul):
    build_entry("2024-03-01", title="One", tags=["moe"])
    entry = build_entry("2024-03-02", title="Two", ko="", tags=["moe"], public=False)
    build_note(entry, "ko", "원문", live=False, state="approved")
    publish_digest(digest=entry.digest, by=paul, acknowledge=True)
    assert (related("One"), related("Two")) == (["Two"], ["One"])
    unpublish_digest(digest=entry.digest, by=paul)
    assert (related("One"), related("Two")) == ([], [])


def test_of_two_papers_of_one_title_the_first_is_meant():
    first = build_entry("2024-03-01", title="Technical Report", authors=["A B"]).paper
    build_entry("2024-03-02", title="Technical Report", authors=["C D"])
    build_entry("2024-03-03", title="Naming", ko="[[Technical Report]]")
    relate_papers(Paper.objects.filter(title="Naming").values_list("pk", flat=True))
    mentioned = Related.objects.filter(paper__title="Naming", mentions__gt=0)
    assert [row.other_id for row in mentioned] == [first.pk]


@pytest.mark.parametrize("count", [1, 5])
def test_a_digest_takes_constant_queries(django_assert_max_num_queries, count):
    def build(date):
        return [
            build_entry(
                date,
                authors=["Kun Xu", f"Author {number}"],
                tags=["moe", f"tag-{number}"],
                ko=f"노트 https://arxiv.org/abs/2301.0000{number} [[Paper of old]]",
            ).paper_id
            for number in range(count)
        ]

    build_entry("2024-01-01", title="Paper of old", tags=["moe"])
    for day in range(1, 8):
        relate_papers(build(f"2024-02-{day:02}"))
    papers = build("2024-03-01")
    # tags and names; what they cite; stored pairs; reach of the tags; their entries; who cites the same; whom they
    # cite; the authors' papers; words; the others' lists; who of them is public; delete; upsert; PostgreSQL: the lock
    with django_assert_max_num_queries(14):
        relate_papers(papers)
    assert Related.objects.filter(paper__in=papers).exists()


def test_building_anew_in_order_gives_what_publishing_gave():
    for day in range(1, 20):
        entries = [build_entry(f"2024-03-{day:02}", tags=["moe", f"t{day % 3}"]) for _ in range(2)]
        relate_papers(entry.paper_id for entry in entries)
    before = [row[:3] for row in snapshot()]
    forget_relations()
    assert snapshot() == []
    for day in range(1, 20):
        entries = Entry.objects.filter(digest__date=f"2024-03-{day:02}").order_by("-order_key")
        relate_papers(entries.values_list("paper", flat=True), until=Last("order_key", entries[0].order_key))
    assert [row[:3] for row in snapshot()] == before


def test_a_paper_nobody_discusses_has_no_relations():
    paper = build_paper("Alone")
    relate_papers([paper.pk])
    relate_papers([])
    assert not Related.objects.exists()


def test_correcting_tags_or_deleting_brings_the_lists_up_to_date(paul):
    one = build_entry("2024-03-01", title="One", tags=["moe"])
    build_entry("2024-03-02", title="Two", tags=["moe"])
    relate_all()
    assert related("Two") == ["One"]
    set_tags(one, ["diffusion"], by=paul)
    assert related("Two") == []
    set_tags(one, ["moe"], by=paul)
    assert related("Two") == ["One"]
    delete_entry(entry=one, by=paul)
    assert Related.objects.count() == 0
    undelete_entry(entry=one, by=paul)
    assert related("Two") == ["One"]
