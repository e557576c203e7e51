"""What each tool answers, as Markdown and as data."""

import datetime

import pytest

from digest.site.mcp import tools
from digest.site.mcp.shapes import DayData, Excerpt, MonthData, NoteText, TagData
from papers.models import Paper
from tests.build import build_entry
from tests.indexed import build_indexes
from tests.planted import TOKENS, plant_hidden, plant_public

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"


def test_digest_with_everything_in_it(site):
    answer = tools.get_digest(datetime.date(2024, 10, 30), "both")
    paper = Paper.objects.get(title="Critical Batch Size")
    data = answer.data
    assert (data.date, data.url, data.previous, data.next) == (
        "2024-10-30",
        f"{SITE}/digests/2024-10-30/",
        "2024-05-29",
        None,
    )
    first, second = data.entries
    assert first.notes == [NoteText("ko", "배치 크기 노트"), NoteText("en", "A note on batch size")]
    assert (first.position, first.paper_id, first.title) == (1, paper.pk, "Critical Batch Size")
    assert first.url == f"{SITE}/papers/{paper.pk}/critical-batch-size/"
    assert first.digest_url == f"{SITE}/digests/2024-10-30/#e1"
    assert first.authors == ["Hanlin Zhang", "Kun Xu", "Kun Xu"]
    assert (first.arxiv_id, first.arxiv_url) == ("2410.21676", "https://arxiv.org/abs/2410.21676")
    assert (first.tags, first.abstract, first.doi) == (
        ["scaling-law", "비디오-생성"],
        "How batch size scales.",
        None,
    )
    assert (second.arxiv_id, second.arxiv_url) == (None, None)
    assert answer.markdown.startswith("# 2024년 10월 30일 수요일 · Wednesday, 30 October 2024\n")


def test_digest_in_one_language_and_the_latest(site):
    data = tools.get_digest(None, "en").data
    assert data.date == "2024-10-30"
    assert [entry.notes for entry in data.entries] == [
        [NoteText("en", "A note on batch size")],
        [NoteText("en", "Second note")],
    ]


def test_digest_that_is_not_there(db):
    with pytest.raises(tools.NotThereError, match="list_digests"):
        tools.get_digest(datetime.date(2024, 1, 1), "both")
    with pytest.raises(tools.NotThereError, match="No digest has been published yet"):
        tools.get_digest(None, "both")


@pytest.mark.parametrize(
    "form",
    [
        "{pk}",
        " {pk} ",
        "http://x.example/en/papers/{pk}/any-slug/",
        "/papers/{pk}/a.md",
        "2410.21676v2",
        "https://arxiv.org/pdf/2410.21676",
    ],
)
def test_paper_by_its_number_or_arxiv_id(site, form):
    paper = Paper.objects.get(title="Critical Batch Size")
    answer = tools.get_paper(form.format(pk=paper.pk), "ko")
    assert (answer.data.paper_id, answer.data.title) == (paper.pk, "Critical Batch Size")
    assert answer.data.url == f"{SITE}/ko/papers/{paper.pk}/critical-batch-size/"
    assert [entry.notes for entry in answer.data.entries] == [[NoteText("ko", "배치 크기 노트")]]
    assert answer.markdown.startswith("# Critical Batch Size\n")


def test_paper_that_notes_only_cite(site):
    build_entry("2024-11-01", title="Later", ko="앞\n\n여기 https://arxiv.org/abs/2305.00001")
    data = tools.get_paper("2305.00001", "both").data
    assert (data.paper_id, data.title, data.arxiv_id) == (None, "arXiv:2305.00001", "2305.00001")
    assert data.entries[0].notes == [NoteText("ko", "여기 <https://arxiv.org/abs/2305.00001>")]


@pytest.mark.parametrize("paper", ["999999", "0", "2305.99999", "no such thing", "-1", "9" * 30])
def test_paper_that_is_not_there(db, paper):
    with pytest.raises(tools.NotThereError, match="search finds papers"):
        tools.get_paper(paper, "both")


def test_search_with_excerpts(site):
    build_indexes()
    data = tools.search("batch", "en", 1, "relevance").data
    assert (data.query, data.total, data.page, data.pages, data.did_you_mean) == ("batch", 1, 1, 1, None)
    (result,) = data.results
    assert result.excerpts == [Excerpt("en", False, "A note on **batch** size")]
    assert (result.title, result.date, result.position) == ("Critical Batch Size", "2024-10-30", 1)
    assert tools.search("note", "both", 1, "newest").data.results[0].date == "2024-10-30"
    assert tools.search("batch", "en", 2, "relevance").data.results == []


def test_tags_by_count_and_by_what_they_hold(site):
    data = tools.list_tags("", 2, "both").data
    assert data.total == 3
    assert data.tags[0] == TagData("scaling-law", "scaling-law", "", 2, f"{SITE}/tags/scaling-law/")
    assert len(data.tags) == 2
    assert [tag.slug for tag in tools.list_tags("비디오", 9, "both").data.tags] == ["비디오-생성"]
    assert [tag.slug for tag in tools.list_tags("Scaling Law", 9, "both").data.tags] == ["scaling-law"]
    with pytest.raises(tools.NotThereError):
        tools.list_tags("never", 9, "both")


def test_digests_by_year_and_month(site):
    every = tools.list_digests(None, None, "en").data
    assert every.months == [
        MonthData("2024-10", 1, 2),
        MonthData("2024-05", 1, 1),
        MonthData("2024-03", 1, 1),
    ]
    assert every.digests == []
    year = tools.list_digests(2024, None, "en").data
    assert year.months == every.months
    assert year.digests[0] == DayData("2024-10-30", 2, f"{SITE}/en/digests/2024-10-30/", [])
    month = tools.list_digests(2024, 10, "en").data
    assert month.digests[0].titles == ["Critical Batch Size", "Second Paper"]
    for year, month in ((1999, None), (2024, 1), (None, 5)):
        with pytest.raises(tools.NotThereError):
            tools.list_digests(year, month, "en")


def test_no_tool_tells_of_what_is_hidden(db):
    public = plant_public()
    hidden = plant_hidden(public)
    build_indexes()
    answers = [tools.list_tags("", 500, "both"), tools.list_digests(None, None, "both")]
    answers += [
        tools.get_digest(entry.digest.date, language) for entry in public for language in ("both", "ko", "en")
    ]
    answers += [tools.get_paper(str(entry.paper_id), "both") for entry in public]
    answers += [tools.search(token[:-2], "both", 1, "newest") for token in TOKENS.values()]
    told = "".join(f"{answer.markdown}{answer.data}" for answer in answers)
    assert [token for token in TOKENS.values() if token in told] == []
    for entry in hidden:
        with pytest.raises(tools.NotThereError):
            tools.get_paper(str(entry.paper_id), "both")
        with pytest.raises(tools.NotThereError):
            tools.get_paper(entry.paper.arxiv_id, "both")
    for token in TOKENS.values():
        with pytest.raises(tools.NotThereError):
            tools.list_tags(token, 9, "both")
    with pytest.raises(tools.NotThereError):
        tools.list_digests(2021, None, "both")
