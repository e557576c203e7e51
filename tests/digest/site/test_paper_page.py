"""The page of a paper and what stands around its notes; the page of a paper that notes only cite."""

import re

import pytest

from digest.editing.relating import relate_papers
from papers.models import Paper
from tests.build import build_entry
from tests.digest.site.conftest import links

pytestmark = pytest.mark.django_db

CITED = "https://arxiv.org/abs/2408.16357"
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]+)"')


def path(title, edition=""):
    paper = Paper.objects.get(title=title)
    return f"{edition}/papers/{paper.pk}/{title.lower().replace(' ', '-')}/"


def section(html, name):
    return html.split(f'id="{name}"')[1].split("</section>")[0]


@pytest.fixture
def graph(db):
    one = build_entry(
        "2024-03-01",
        title="One",
        ko=f"하나 [[Two]]와 [[Three]] {CITED}",
        en=f"Both [[Two]] {CITED}",
        tags=["moe"],
        arxiv_id="2403.00001",
        authors=["Ann Lee"],
    )
    build_entry("2024-03-02", title="Two", ko="둘째", en="[[One]]", tags=["moe", "rope"])
    build_entry("2024-03-03", title="Three", ko="[[One]]", public=False, tags=["moe"])
    build_entry("2024-03-04", title="Four", ko=f"앞말\n\n본문 {CITED}", tags=["llm"])
    relate_papers(Paper.objects.values_list("pk", flat=True))
    return one


@pytest.mark.parametrize("edition", ["", "/ko", "/en"])
def test_a_title_links_within_its_edition_and_a_hidden_one_is_plain(client, graph, edition):
    html = client.get(path("One", edition)).content.decode()
    note = html.split('class="note"')[1]
    assert f'<a href="{path("Two", edition)}" lang="en">Two</a>' in note
    assert "[[" not in html
    assert path("Three", edition) not in html
    digest = client.get(f"{edition}/digests/2024-03-01/").content.decode()
    assert f'<a href="{path("Two", edition)}" lang="en">Two</a>' in digest


def test_what_stands_around_the_notes(client, graph):
    html = client.get(path("One", "/en")).content.decode()
    assert links(section(html, "cites")) == [path("Two", "/en"), "/en/arxiv/2408.16357/"]
    assert links(section(html, "mentions")) == ["/en/digests/2024-03-02/#e1"]
    related = links(section(html, "related"))
    assert related[:2] == ["/en/digests/2024-03-02/#e1", path("Two", "/en")]
    assert path("Four", "/en") in related
    assert "@misc{lee2024-" in section(html, "cite-h")
    assert "no. 1" in html
    assert "cite.ris" in links(section(html, "cite-h"))


def test_a_paper_with_nothing_around_it_says_so(client):
    build_entry("2024-03-01", title="Alone")
    html = client.get(path("Alone", "/en")).content.decode()
    assert "No other note mentions this paper yet." in html
    assert "No other paper here is close to this one yet." in html
    assert 'id="cites"' not in html


def test_an_arxiv_link_in_a_note_stays_where_it_leads(client, graph):
    html = client.get(path("One")).content.decode()
    assert f'<a class="cite" href="{CITED}" rel="noopener nofollow" lang="en">arXiv:2408.16357</a>' in html


def test_a_cited_paper_has_a_page(client, graph):
    html = client.get("/arxiv/2408.16357/").content.decode()
    assert '<h1 lang="en"><span class="none">arXiv:</span>2408.16357</h1>' in html
    assert f'href="{CITED}"' in html
    assert [link for link in links(section(html, "mentions")) if "#" in link] == [
        "/digests/2024-03-04/#e1",
        "/digests/2024-03-04/#e1",
        "/digests/2024-03-01/#e1",
        "/digests/2024-03-01/#e1",
    ]
    assert "본문" in html
    assert "앞말" not in html
    assert f'href="{path("Two")}"' in html


def test_a_cited_paper_says_how_often(client, graph):
    html = client.get("/en/arxiv/2408.16357/").content.decode()
    assert "No note of its own yet; mentioned 2 times." in html
    assert "본문" not in html
    build_entry("2024-03-05", ko="https://arxiv.org/abs/2301.00001")
    assert "mentioned once." in client.get("/en/arxiv/2301.00001/").content.decode()


def test_a_cited_paper_claims_the_languages_that_cite_it(client, graph):
    assert set(ALTERNATE.findall(client.get("/arxiv/2408.16357/").content.decode())) == {
        "ko",
        "en",
        "x-default",
    }
    build_entry("2024-03-05", ko="https://arxiv.org/abs/2301.00001", en="Nothing")
    for edition in ("", "/ko", "/en"):
        html = client.get(f"{edition}/arxiv/2301.00001/").content.decode()
        assert set(ALTERNATE.findall(html)) == {"ko", "x-default"}


def test_other_spellings_lead_to_the_one_address(client, graph):
    answer = client.get("/en/arxiv/2408.16357v2/")
    assert (answer.status_code, answer["Location"]) == (301, "/en/arxiv/2408.16357/")
    assert client.get("/en/arxiv/2408.99999/").status_code == 404


def test_a_draft_of_the_cited_paper_changes_nothing(client, graph):
    before = client.get("/arxiv/2408.16357/").content
    build_entry("2024-03-06", arxiv_id="2408.16357", public=False)
    assert client.get("/arxiv/2408.16357/").content == before
    build_entry("2024-03-08", paper=Paper.objects.get(arxiv_id="2408.16357"))
    assert client.get("/arxiv/2408.16357/").status_code == 302


@pytest.mark.parametrize("count", [1, 5])
def test_queries(client, django_assert_num_queries, count):
    for number in range(count):
        build_entry("2024-03-01", title=f"Other {number}", ko=f"[[The Paper]] {CITED}", tags=["moe"])
    paper = build_entry("2024-03-02", title="The Paper", tags=["moe"], ko="노트").paper
    for day in range(count):
        build_entry(
            f"2024-04-0{day + 1}",
            paper=paper,
            ko=f"[[Other {day}]] {CITED}",
            authors=["Ann Lee"],
            tags=["moe"],
        )
    relate_papers(Paper.objects.values_list("pk", flat=True))
    page = path("The Paper")
    # entries; notes; authorships; taggings; the works cited; mentions; related papers; their tags
    with django_assert_num_queries(8):
        assert client.get(page).status_code == 200
    # the paper with the id; entries that cite it; notes; taggings; titles in the passages
    with django_assert_num_queries(5):
        assert client.get("/arxiv/2408.16357/").status_code == 200
    # entries; notes; authorships; taggings; neighbours; titles in the notes
    with django_assert_num_queries(6):
        assert client.get("/digests/2024-04-01/").status_code == 200
