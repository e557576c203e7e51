"""What pages say and offer to reference managers."""

from html import unescape
from urllib.parse import urljoin

import pytest

from papers.citations.work import one_line
from papers.identifiers import slugify_title
from papers.models import Paper
from papers.tex import tex_to_text
from tests.build import build_entry
from tests.digest.site.conftest import links
from tests.indexed import build_indexes
from tests.zotero import Page, read_coins

pytestmark = pytest.mark.django_db
FILES = ["cite.bib", "cite.ris", "cite.json", "cite.rdf", "cite.txt"]


def cite_links(html):
    return [link for link in links(html) if "cite." in link and not link.startswith("http")]


@pytest.mark.parametrize("edition", ["", "/ko", "/en"])
@pytest.mark.parametrize("path", ["/digests/2024-10-30/", "/tags/scaling-law/", "/tags/scaling-law+-moe/"])
def test_lists_offer_their_papers_in_every_format(read, edition, path):
    assert cite_links(read(edition + path)) == FILES


def test_author_pages_do_too(read):
    author = Paper.objects.get(title="Critical Batch Size").authorships.first().author
    assert cite_links(read(f"/authors/{author.pk}/hanlin-zhang/")) == FILES


def test_the_archive_offers_the_whole_site(read):
    assert cite_links(read("/en/digests/")) == [f"../{file}" for file in FILES]


def test_a_search_offers_what_it_found_on_every_page(read, site):
    build_indexes()
    query = "?q=note&amp;tag=scaling-law"
    for page in ("", "&sort=newest"):
        assert cite_links(read(f"/search/?q=note&tag=scaling-law{page}")) == [file + query for file in FILES]
    assert cite_links(read("/search/?q=neverwas")) == []
    assert cite_links(read("/search/")) == []


def test_links_of_a_page_lead_to_files(client, site):
    build_indexes()
    paper = Paper.objects.get(title="Critical Batch Size")
    pages = ["/digests/2024-10-30/", "/tags/scaling-law/?before=99999999", "/search/?q=note", "/digests/"]
    pages.append(f"/papers/{paper.pk}/critical-batch-size/")
    for page in pages:
        for link in cite_links(client.get(page).content.decode()):
            answer = client.get(urljoin(page, unescape(link)))
            assert (answer.status_code, answer.headers["Content-Disposition"] != "") == (200, True)


def test_a_paper_page_offers_every_format_and_style_to_save_and_to_copy(read):
    paper = Paper.objects.get(title="Critical Batch Size")
    html = read(f"/en/papers/{paper.pk}/critical-batch-size/").split('id="cite"')[1].split("</section>")[0]
    others = [
        "cite.ris",
        "cite.json",
        "cite.rdf",
        "cite.txt",
        "cite.txt?style=chicago",
        "cite.txt?style=ieee",
    ]
    assert links(html) == ["cite.bib", *others]
    assert [part.split('"')[0] for part in html.split('data-copy-from="')[1:]] == others
    assert "@misc{zhang2024critical-" in html
    assert 'data-copy="#bibtex"' in html


@pytest.mark.parametrize("edition", ["", "/ko", "/en"])
def test_the_head_of_a_paper_page_is_its_metadata(read, edition):
    paper = Paper.objects.get(title="Critical Batch Size")
    page = Page(read(f"{edition}/papers/{paper.pk}/critical-batch-size/"))
    found = [(name, value) for name, value in page.metas if name.startswith(("citation_", "z:", "DC."))]
    assert found == [
        ("citation_title", "Critical Batch Size"),
        ("citation_author", "Zhang, Hanlin"),
        ("citation_author", "Xu, Kun"),
        ("citation_author", "Xu, Kun"),
        ("citation_publication_date", "2024/10"),
        ("citation_doi", "10.48550/arXiv.2410.21676"),
        ("citation_arxiv_id", "2410.21676"),
        ("citation_language", "en"),
        ("citation_abstract", "How batch size scales."),
        ("citation_keywords", "scaling-law; 비디오-생성"),
        ("z:itemType", "preprint"),
        ("z:repository", "arXiv"),
        ("z:archiveID", "arXiv:2410.21676"),
        ("DC.title", "Critical Batch Size"),
        ("DC.creator", "Zhang, Hanlin"),
        ("DC.creator", "Xu, Kun"),
        ("DC.creator", "Xu, Kun"),
        ("DC.date", "2024-10"),
        ("DC.language", "en"),
    ]
    assert (page.server, page.ids) == (f"{edition}/unapi", [f"paper:{paper.pk}"])


def test_other_pages_say_nothing_of_one_paper(read):
    for path in ("/", "/digests/2024-10-30/", "/tags/scaling-law/", "/about/"):
        assert [
            name for name, _ in Page(read(path)).metas if name.startswith(("citation_", "z:", "DC."))
        ] == []


def test_each_entry_of_a_list_has_its_number(read):
    build_indexes()
    papers = [Paper.objects.get(title=title).pk for title in ("Critical Batch Size", "Second Paper")]
    for path in ("/digests/2024-10-30/", "/tags/scaling-law/", "/search/?q=note&sort=newest"):
        page = Page(read(path))
        assert (page.server, page.ids) == ("/unapi", [f"paper:{pk}" for pk in papers])
    assert len(Page(read("/digests/2024-10-30/")).coins) == 2


def test_whatever_a_title_holds_stays_one_attribute(client, db):
    title = "\"><script>alert(1)</script> & 'x' <b>"
    entry = build_entry("2024-10-10", title=title, authors=['A "B" <C> Lee'])
    plain = one_line(tex_to_text(title))
    page = Page(client.get("/digests/2024-10-10/").content.decode())
    assert [read_coins(each)["title"] for each in page.coins] == [plain]
    path = f"/papers/{entry.paper.pk}/{slugify_title(plain)}/"
    metas = dict(Page(client.get(path).content.decode()).metas)
    assert (metas["citation_title"], metas["citation_author"]) == (plain, 'Lee, A "B" <C>')
