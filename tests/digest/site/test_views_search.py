"""The page of results, the suggestions as JSON, and the description for browsers, in three editions."""

import logging
import re
from html import unescape
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from digest.models import SearchIndex, SearchTerm
from digest.site.lost import LostQueriesHandler
from digest.text import lost_queries
from tests.build import build_entry
from tests.digest.site.conftest import links
from tests.indexed import build_indexes

pytestmark = pytest.mark.django_db


@pytest.fixture
def indexed(site):
    build_indexes("public")


@pytest.fixture
def page(client, indexed):
    def answer(path):
        response = client.get(path)
        assert response.status_code == 200, path
        return response.content.decode()

    return answer


def plain(html):
    return " ".join(unescape(re.sub("<[^>]+>", " ", html)).split())


def test_results_in_three_editions(page):
    both = page("/search/?q=배치")
    assert "배치</mark> 크기 노트" in both
    assert 'lang="en"><p>A note on batch size' in both
    assert "Found in 1 paper." in both
    english = page("/en/search/?q=batch")
    assert "<mark>Batch</mark> Size" in english
    assert "A note on <mark>batch</mark> size" in english
    assert "배치" not in english
    assert '<input id="q" name="q" type="search" value="batch"' in english
    assert "둘째" not in both


def test_facets_narrow_and_are_taken_back(page):
    html = page("/en/search/?q=note&tag=scaling-law&sort=newest")
    inside = [unescape(link) for link in links(html) if "/search/?" in link and link.startswith("/")]
    assert "/en/search/?q=note&sort=newest" in inside
    assert "/en/search/?q=note&tag=scaling-law" in inside
    assert "/en/search/?q=note&tag=scaling-law&year=2024&sort=newest" in inside
    assert re.search(r'aria-current="true" lang="en">#scaling-law<span class="vh" lang="en"> remove', html)
    assert {link.split("?")[0] for link in inside} == {"/ko/search/", "/search/", "/en/search/"}


def test_a_page_further_on_and_back(page, monkeypatch):
    for number in range(21):
        build_entry("2022-01-01", title=f"Common {number}", ko="흔한 말")
    build_indexes("public")
    first = page("/search/?q=흔한")
    assert "?q=%ED%9D%94%ED%95%9C&amp;page=2" in first
    second = page("/search/?q=흔한&page=2")
    assert 'rel="prev nofollow"' in second
    assert 'rel="next nofollow"' not in second
    assert second.count("<mark>흔한</mark>") == 1
    assert "Nothing further here." in plain(page("/en/search/?q=흔한&page=3"))


def test_the_query_belongs_to_the_address_and_to_its_versions(page):
    html = page("/en/search/?page=1&sort=relevance&q=batch&year=2024&nonsense=1")
    assert 'rel="canonical" href="http://localhost:8000/en/search/?q=batch&amp;year=2024"' in html
    assert 'hreflang="ko" href="http://localhost:8000/ko/search/?q=batch&amp;year=2024"' in html


def test_results_are_left_out_of_search_engines_and_kept_a_minute(client, indexed):
    results, start = client.get("/search/?q=batch"), client.get("/search/")
    assert results["X-Robots-Tag"] == client.get("/search/suggest/?q=b")["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in start
    assert results["Cache-Control"] == start["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in results.get("Vary", "")
    again = client.get("/search/?q=batch", headers={"If-None-Match": results["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.post("/search/?q=batch").status_code == 405


def test_nothing_found_says_so_and_leads_on(page):
    html = page("/en/search/?q=critcal")
    assert "No paper matches “critcal”." in plain(html)
    assert "Did you mean: critical" in plain(html)
    assert 'href="/en/search/?q=critical"' in html
    assert 'href="/en/tags/scaling-law/"' in html
    narrowed = page("/en/search/?q=zzz&tag=moe")
    assert 'href="/en/search/?q=zzz"' in narrowed
    assert page("/en/search/?tag=never-was").count("No paper matches this search.") == 1


def test_without_a_query_the_page_says_how_to_search(page):
    html = page("/en/search/")
    assert "How to search" in html
    assert 'href="/en/tags/scaling-law/"' in html
    assert html.count('type="search"') == 1


def test_what_the_editors_table_added_is_said(page):
    SearchTerm.objects.create(forms="bsz\nbatch size")
    html = page("/en/search/?q=bsz")
    assert "Also found, as the same as “bsz”: batch size . Only “bsz”" in plain(html)
    assert 'href="/en/search/?q=%22bsz%22"' in html


def test_a_search_without_an_index_says_so(page):
    SearchIndex.objects.all().delete()
    html = plain(page("/en/search/?q=batch"))
    assert "Search is being rebuilt." in html
    assert "Found in 1 paper." in html


def test_markup_in_a_query_or_a_title_stays_text(client):
    build_entry("2024-01-01", title="<b>bold</b> & <script>x</script>", ko='"><img src=x onerror=y> 배치')
    build_indexes("public")
    html = client.get("/search/?q=" + quote('배치 "><script>alert(1)</script>')).content.decode()
    html += client.get("/search/?q=bold 배치").content.decode()
    assert "<script>alert" not in html
    assert "<img" not in html
    assert "<script>x" not in html
    assert "<mark>bold</mark>" in html


def test_the_search_script_and_style_are_loaded_here_alone(page, read):
    html = page("/search/")
    assert ("search.css" in html, "suggest.js" in html) == (True, True)
    home = read("/")
    assert ("search.css" in home, "suggest.js" in home) == (False, False)
    assert (
        '<link rel="search" type="application/opensearchdescription+xml" title="나란히" href="/opensearch.xml">'
        in home
    )
    assert '<a href="/search/">' in home


def test_suggestions_stay_in_the_edition(client, indexed):
    answer = client.get("/en/search/suggest/?q=scal")
    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"] == "public, max-age=60"
    body = answer.json()
    assert body["query"] == "scal"
    assert body["suggestions"][0] == {
        "kind": "tag",
        "label": "scaling-law",
        "lang": "en",
        "url": "/en/tags/scaling-law/",
    }
    for offer in body["suggestions"]:
        assert client.get(offer["url"]).status_code == 200
    [words] = client.get("/search/suggest/?q=배").json()["suggestions"]
    assert (words["kind"], words["url"]) == ("search", "/search/?q=%EB%B0%B0%EC%B9%98")


def test_suggestions_for_a_browsers_own_box(client, indexed):
    answer = client.get("/search/suggest/?q=scal&format=opensearch")
    assert answer["Content-Type"] == "application/x-suggestions+json"
    query, labels, _said, urls = answer.json()
    assert (query, labels[0], urls[0]) == ("scal", "scaling-law", "http://localhost:8000/tags/scaling-law/")


@pytest.mark.parametrize(("edition", "name"), [("", "나란히"), ("/ko", "나란히 ko"), ("/en", "나란히 en")])
def test_the_description_leads_to_the_edition(client, db, edition, name):
    answer = client.get(f"{edition}/opensearch.xml")
    assert answer["Content-Type"] == "application/opensearchdescription+xml"
    root = ElementTree.fromstring(answer.content)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.findtext(f"{space}ShortName") == name
    templates = [url.get("template") for url in root.iter(f"{space}Url")]
    assert templates == [
        f"http://localhost:8000{edition}/search/?q={{searchTerms}}",
        f"http://localhost:8000{edition}/search/suggest/?q={{searchTerms}}&format=opensearch",
        f"http://localhost:8000{edition}/opensearch.xml",
    ]


# -- searches that found nothing ------------------------------------------------------------------------


@pytest.fixture
def lost(tmp_path, indexed):
    """The lines of the file that settings would name."""
    path = tmp_path / "lost.txt"
    handler = LostQueriesHandler(path, delay=True, encoding="utf-8")
    logger = logging.getLogger("naranhi.lost_queries")
    logger.addHandler(handler)
    yield lambda: path.read_text().splitlines() if path.exists() else []
    logger.removeHandler(handler)
    handler.close()


def test_what_was_not_found_is_a_line_with_a_day_and_words(client, lost):
    client.get("/search/?q=양자+컴퓨터+minji@example.org")
    client.get("/en/search/?q=zzz+010-1234-5678")
    [first, second] = lost()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d 양자 컴퓨터", first)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d zzz", second)


@pytest.mark.parametrize(
    "path",
    ["/search/", "/search/?q=배치", "/search/?q=zzz&tag=moe", "/search/suggest/?q=zzz", "/search/?q=a@b.c"],
)
def test_what_was_found_or_says_nothing_is_not_kept(client, lost, path):
    client.get(path)
    assert lost() == []


def test_a_search_without_an_index_is_not_kept(client, lost):
    SearchIndex.objects.all().delete()
    client.get("/search/?q=zzz")
    assert lost() == []


def test_the_file_does_not_grow_without_end(client, lost, monkeypatch):
    monkeypatch.setattr("digest.site.lost.MAX_FILE", 30)
    assert lost_queries.MAX_FILE == 1_000_000
    for number in range(5):
        client.get(f"/search/?q=zzz{number}")
    assert len(lost()) == 2


def test_a_file_that_cannot_be_written_spoils_no_search(client, indexed, tmp_path, capsys):
    handler = LostQueriesHandler(tmp_path / "nowhere" / "lost.txt", delay=True)
    logger = logging.getLogger("naranhi.lost_queries")
    logger.addHandler(handler)
    assert client.get("/search/?q=zzz").status_code == 200
    logger.removeHandler(handler)
