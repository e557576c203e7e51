"""What the twins say, whole: the words of their pages, in the edition's languages, with links among the twins."""

import re
from pathlib import Path

import pytest

from digest.site.twins.writers import WRITERS
from papers.models import Author, Paper
from tests.build import build_entry
from tests.indexed import build_indexes

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"
ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture
def read(client, site):
    def answer(path):
        response = client.get(path)
        assert response.status_code == 200, path
        return response.content.decode().replace(SITE, "")

    return answer


def paper_of(title):
    return Paper.objects.get(title=title).pk


def test_every_template_of_a_twinned_page_has_a_writer():
    rendered = set()
    for path in (ROOT / "digest/site").rglob("*.py"):
        source = path.read_text()
        if re.search(r"from digest\.site\.rendering import .*\brender\b", source):
            rendered |= set(re.findall(r'\brender\(\s*request, "(site/\w+\.html)"', source))
    without = {"site/reading_list.html", "site/offline.html"}
    assert rendered - without == set(WRITERS)


def test_digest_in_both_languages(read):
    first, second = paper_of("Critical Batch Size"), paper_of("Second Paper")
    assert read("/digests/2024-10-30.md") == (
        "# 2024년 10월 30일 수요일 · Wednesday, 30 October 2024\n\n"
        "</digests/2024-10-30/> · [한국어](/ko/digests/2024-10-30.md) · [English](/en/digests/2024-10-30.md)\n\n"
        "논문 2편\n\n"
        f"## 1. [Critical Batch Size](/papers/{first}/critical-batch-size.md)\n\n"
        "Hanlin Zhang, Kun Xu, Kun Xu\n\n"
        "[arXiv:2410.21676](https://arxiv.org/abs/2410.21676)\n\n"
        "태그: [scaling-law](/tags/scaling-law.md), "
        "[비디오-생성](/tags/%EB%B9%84%EB%94%94%EC%98%A4-%EC%83%9D%EC%84%B1.md)\n\n"
        "### 한국어\n\n배치 크기 노트\n\n"
        "### English\n\nA note on batch size\n\n"
        "### 초록 · Abstract\n\nHow batch size scales.\n\n"
        f"## 2. [Second Paper](/papers/{second}/second-paper.md)\n\n"
        "태그: [scaling-law](/tags/scaling-law.md)\n\n"
        "### 한국어\n\n둘째 노트\n\n"
        "### English\n\nSecond note\n\n"
        "---\n\n"
        "- 이전 다이제스트: [2024-05-29](/digests/2024-05-29.md)\n"
    )


def test_edition_without_a_note_says_so_and_gives_the_abstract(read):
    paper = paper_of("Korean Only")
    assert read("/en/digests/2024-05-29.md") == (
        "# Wednesday, 29 May 2024\n\n"
        "</en/digests/2024-05-29/> · [한국어](/ko/digests/2024-05-29.md) · [Side by side](/digests/2024-05-29.md)\n\n"
        "1 paper\n\n"
        f"## 1. [Korean Only](/en/papers/{paper}/korean-only.md)\n\n"
        "Tags: [moe](/en/tags/moe.md)\n\n"
        "### English\n\n*This note has not been translated yet.*\n\n"
        "### Abstract\n\nWords of the abstract.\n\n"
        "---\n\n"
        "- Previous digest: [2024-03-14](/en/digests/2024-03-14.md)\n"
        "- Next digest: [2024-10-30](/en/digests/2024-10-30.md)\n"
    )


def test_other_editions_are_named_only_where_they_have_words(read):
    second_line = read("/digests/2024-05-29.md").split("\n\n")[1]
    assert second_line == "</digests/2024-05-29/> · [한국어](/ko/digests/2024-05-29.md)"


def test_paper_with_all_around_it(read):
    build_entry(
        "2024-11-01", title="Later $x_1$", ko="[[Critical Batch Size]]와 https://arxiv.org/abs/2410.21676"
    )
    paper = paper_of("Critical Batch Size")
    page = read(f"/en/papers/{paper}/critical-batch-size.md")
    authors = [author.pk for author in Author.objects.order_by("homonym", "pk")]
    assert page.startswith(
        "# Critical Batch Size\n\n"
        f"</en/papers/{paper}/critical-batch-size/> · [한국어](/ko/papers/{paper}/critical-batch-size.md) · "
        f"[Side by side](/papers/{paper}/critical-batch-size.md)\n\n"
        f"[Hanlin Zhang](/en/authors/{authors[0]}/hanlin-zhang.md), [Kun Xu](/en/authors/{authors[1]}/kun-xu.md), "
        f"[Kun Xu](/en/authors/{authors[2]}/kun-xu.md)\n\n"
        "[arXiv:2410.21676](https://arxiv.org/abs/2410.21676)\n\n"
    )
    sections = re.findall("^## (.*)$", page, re.M)
    assert sections == ["Abstract", "Notes", "Mentioned in", "Cite"]
    assert (
        "### [2024-10-30](/en/digests/2024-10-30.md), no. 1 of the digest\n\n#### English\n\nA note on"
        in page
    )
    assert "- [2024-11-01](/en/digests/2024-11-01.md): Later $x_1$\n" in page
    assert "```bibtex\n@misc{" in page
    assert f"[RIS](/en/papers/{paper}/critical-batch-size/cite.ris)" in page


def test_titles_in_notes_link_to_twins(read):
    build_entry("2024-11-01", title="Later", ko="[[Critical Batch Size]]와 [[Nowhere]]", en="")
    paper = paper_of("Critical Batch Size")
    assert f"[Critical Batch Size](/ko/papers/{paper}/critical-batch-size.md)와 Nowhere\n" in read(
        "/ko/digests/2024-11-01.md"
    )


def test_cited_paper_has_the_passages(read):
    build_entry("2024-11-01", title="Later", ko="앞\n\n여기 https://arxiv.org/abs/2305.00001", en="")
    page = read("/ko/arxiv/2305.00001.md")
    assert page.startswith("# arXiv:2305.00001\n")
    assert "#### 한국어\n\n여기 <https://arxiv.org/abs/2305.00001>\n" in page
    assert "앞" not in page.split("#### ")[1]


def test_home_is_the_latest_in_short_and_the_earlier_ones(read):
    page = read("/en/index.md")
    paper = paper_of("Critical Batch Size")
    assert page.startswith(
        "# Latest digest\n\n</en/> · [한국어](/ko/index.md) · [Side by side](/index.md)\n\n"
        "## [Wednesday, 30 October 2024](/en/digests/2024-10-30.md)\n\n2 papers\n\n"
        f"### 1. [Critical Batch Size](/en/papers/{paper}/critical-batch-size.md)\n\n"
        "English: A note on batch size\n\n"
    )
    assert (
        "## Earlier digests\n\n"
        "- [2024-05-29](/en/digests/2024-05-29.md): 1 paper\n  - Korean Only\n"
        "- [2024-03-14](/en/digests/2024-03-14.md): 1 paper\n  - English Only\n" in page
    )
    assert "- [2024-10](/en/digests/2024/10.md): 1 digest · 2 papers\n  - [2024-10-30](" in page
    assert "## Tag trends\n\n- [scaling-law](/en/tags/scaling-law.md): 2 papers\n" in page


def test_before_the_first_digest(client, db):
    assert client.get("/en/index.md").content.decode().startswith("# No digest has been published yet.\n")
    assert "No digest has been published yet." in client.get("/en/tags.md").content.decode()
    assert "No digest has been published yet." in client.get("/en/digests.md").content.decode()


def test_archive_year_month_and_week(read):
    assert read("/en/digests.md").endswith(
        "## [2024](/en/digests/2024.md)\n\n3 digests · 4 papers · Korean 3/4, English 3/4\n\n"
        "- [2024-10](/en/digests/2024/10.md): 1 digest · 2 papers\n"
        "- [2024-05](/en/digests/2024/05.md): 1 digest · 1 paper\n"
        "- [2024-03](/en/digests/2024/03.md): 1 digest · 1 paper\n"
    )
    assert "3 digests · 4 papers\n\n- [2024-10](/en/digests/2024/10.md)" in read("/en/digests/2024.md")
    assert read("/en/digests/2024/05.md").endswith(
        "1 digest · 1 paper · Weeks: [22](/en/digests/2024/w22.md)\n\n"
        "## Digests\n\n- [2024-05-29](/en/digests/2024-05-29.md): 1 paper\n  - Korean Only\n\n---\n\n"
        "- Previous month: [2024-03](/en/digests/2024/03.md)\n- Next month: [2024-10](/en/digests/2024/10.md)\n"
    )
    assert read("/en/digests/2024/w22.md").endswith(
        "- Previous week: [2024-W11](/en/digests/2024/w11.md)\n- Next week: [2024-W44](/en/digests/2024/w44.md)\n"
    )


def test_tags_by_count_and_by_the_alphabet(read):
    assert "- [scaling-law](/en/tags/scaling-law.md): 2 papers\n- [moe](/en/tags/moe.md): 1 paper\n" in read(
        "/en/tags.md"
    )
    assert re.findall("^## (.*)$", read("/tags.md?order=name"), re.M) == ["ㅂ", "M", "S"]


def test_tag_has_its_notes_and_ways_to_narrow_it(read):
    page = read("/en/tags/scaling-law.md")
    assert page.startswith("# #scaling-law\n\n")
    assert (
        "\n\n2 papers · 2024-10-30 – 2024-10-30\n\n## Papers by month\n\n2024-10: 2\n\n## Notes\n\n" in page
    )
    assert "[2024-10-30](/en/digests/2024-10-30.md), no. 2 of the digest · Tags: [scaling-law](" in page
    slug = "%EB%B9%84%EB%94%94%EC%98%A4-%EC%83%9D%EC%84%B1"
    assert page.endswith(
        f"- [비디오-생성](/en/tags/{slug}.md): 1 paper ([and](/en/tags/scaling-law+{slug}.md), "
        f"[not](/en/tags/scaling-law+-{slug}.md))\n"
    )


def test_tag_goes_on_page_by_page(client, db):
    for day in range(1, 32):
        build_entry(f"2024-10-{day:02}", tags=["moe"])
    first = client.get("/en/tags/moe.md").content.decode()
    older = re.search(r"---\n\n\[Older\]\(http://localhost:8000(/en/tags/moe\.md\?before=\d+)\)\n", first)
    second = client.get(older[1]).content.decode()
    assert "[2024-10-01](" in second
    assert "[Newer](" in second
    assert "Papers by month" not in second
    assert "Nothing further here." in client.get("/en/tags/moe.md?before=1").content.decode()


def test_tags_that_exclude_each_other(read):
    assert "No paper can both have and not have the same tag" in read("/en/tags/moe+-moe.md")
    assert "No paper has these tags together yet." in read("/en/tags/moe+scaling-law.md")
    assert read("/en/tags/moe,scaling-law+-moe.md").startswith("# #moe or #scaling-law − #moe\n")


def test_trends_are_tables(read):
    build_entry("2024-10-30", tags=["a|b"])
    page = read("/en/trends.md?from=2024-10&to=2024-10")
    assert (
        "| Tags | Papers | 2024-10 |\n| --- | --- | --- |\n| [scaling-law](/en/tags/scaling-law.md) | 2 | 2 |\n"
        in page
    )
    assert "| [a\\|b](" in page
    assert (
        "| [2024](/en/digests/2024.md) | 5 | 4 | 3 | [2024](/en/trends.md?from=2024-01&to=2024-12) |\n"
        in page
    )


def test_author_by_year_with_namesakes(read):
    authors = list(Author.objects.filter(name="Kun Xu").order_by("homonym"))
    page = read(f"/en/authors/{authors[1].pk}/kun-xu.md")
    assert page.startswith("# Kun Xu (2)\n")
    assert f"Others of the same name: [Kun Xu (1)](/en/authors/{authors[0].pk}/kun-xu.md)\n" in page
    assert "## 2024\n\n### [Critical Batch Size](" in page
    assert "## Co-authors\n\n- [Hanlin Zhang](" in page


def test_search_marks_what_it_found(read):
    build_indexes()
    page = read("/en/search.md?q=batch")
    assert page.startswith("# Search: batch\n")
    assert "Found in 1 paper.\n\n## [Critical **Batch** Size](" in page
    assert "English: A note on **batch** size\n" in page
    assert "Page 1 of 1\n" in page
    assert re.search(r"^- Year: \[2024\]\(/en/search\.md\?q=batch&year=2024\) 1$", page, re.M)


def test_search_without_results_leads_on(read):
    build_indexes()
    page = read("/en/search.md?q=*nothing*&tag=moe")
    assert page.startswith("# Search: \\*nothing\\*\n")
    assert "Tags: #moe ([Remove](/en/search.md?q=%2Anothing%2A))\n" in page
    assert "No paper matches this search." in page
    assert "[Search without the filters](/en/search.md?q=%2Anothing%2A)" in page
    assert "- `batch size`: Both words" in page


def test_about_says_what_its_page_says(client, read):
    for heading in ("What this is", "Three editions", "Colophon"):
        assert f"\n## {heading}\n" in read("/en/about.md")
        assert f">{heading}</h2>" in client.get("/en/about/").content.decode()
    both = read("/about.md")
    assert " · What this is\n" in both
    assert "A digest of machine-learning papers." in both


def test_feeds_page_names_every_main_feed(read):
    page = read("/en/feeds.md")
    assert page.count("[Atom](") == 6
    assert "[Atom](/ko/feeds/papers.atom)" in page


def test_hostile_title_changes_no_line_but_its_own(client, db):
    title = "](javascript:alert(1)) # <script> $[0,1)$ `x *y"
    build_entry("2024-10-30", title=title, ko="노트", tags=["moe"])
    build_entry("2024-10-30", title="Other", ko="노트", tags=["moe"])
    for path in ("/digests/2024-10-30.md", "/index.md", "/tags/moe.md", "/digests/2024/10.md"):
        text = client.get(path).content.decode()
        lines = [line for line in text.split("\n") if "script" in line]
        assert lines
        for line in lines:
            assert "\\](javascript:alert(1))" in line
            assert "\\<script>" in line
