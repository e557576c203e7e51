"""The page that explains feeds and builds them, as someone without script uses it."""

import re
from html import unescape

import pytest

from digest.models import Tag, TagAlias
from papers.models import Author
from tests.build import build_entry
from tests.page import inline_code, read_forms

pytestmark = pytest.mark.django_db


def built(client, path="/feeds/", **query):
    """The address that the page answers, or None, and its text."""
    response = client.get(path, query)
    assert response.status_code == 200
    text = response.content.decode()
    found = re.search('id="address" href="([^"]*)"', text)
    return (unescape(found[1]) if found else None), text


def test_the_main_feeds_are_listed_and_are_there(client, indexed, settings):
    text = client.get("/en/feeds/").content.decode()
    table = text.split("<table")[1].split("</table>")[0]
    paths = re.findall('href="([^"]+)"', table)
    assert len(set(paths)) == 3 * 2 * 3
    assert {client.get(path.removeprefix(settings.SITE_URL)).status_code for path in paths} == {200}
    assert 'id="address"' not in text


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ({}, "/feeds/papers.atom"),
        ({"edition": "ko", "items": "digests", "form": "rss"}, "/ko/feeds/digests.rss"),
        ({"edition": "en", "scope": "tag", "tag": "MoE"}, "/en/feeds/tags/moe/papers.atom"),
        ({"scope": "tag", "tag": "#moe", "author": "ignored", "q": "ignored"}, "/feeds/tags/moe/papers.atom"),
        ({"scope": "tag", "tag": "scaling-law , moe"}, "/feeds/tags/moe,scaling-law/papers.atom"),
        ({"scope": "search", "q": " batch  size ", "form": "json"}, "/feeds/search/papers.json?q=batch+size"),
        (
            {"scope": "search", "q": "a", "in_tag": "moe", "in_year": "x"},
            "/feeds/search/papers.atom?q=a&tag=moe",
        ),
        ({"edition": "fr", "items": "x", "form": "xml", "scope": "all"}, "/feeds/papers.atom"),
    ],
)
def test_what_is_asked_for_is_the_address_and_it_is_there(client, indexed, query, address):
    found, text = built(client, **({"scope": "all"} | query))
    assert found == address
    assert f">http://localhost:8000{address.replace('&', '&amp;')}</a>" in text
    assert client.get(address).status_code == 200


def test_the_page_of_an_edition_offers_its_own_feeds_first(client, site):
    assert built(client, "/en/feeds/", scope="tag", tag="moe")[0] == "/en/feeds/tags/moe/papers.atom"
    form = next(form for form in read_forms(client.get("/ko/feeds/")) if "edition" in form["data"])
    assert form["data"] == {
        "edition": "ko", "items": "papers", "scope": "all", "tag": "", "author": "", "q": "", "form": "atom"
    }  # fmt: skip


def test_an_author_is_found_by_name_and_by_number(client, site):
    author = Author.objects.get(name="Hanlin Zhang")
    for typed in ("hanlin  ZHANG", str(author.pk)):
        assert built(client, scope="author", author=typed)[0] == f"/feeds/authors/{author.pk}/papers.atom"


def test_of_people_with_one_name_the_reader_chooses(client, site):
    address, text = built(client, scope="author", author="Kun Xu", form="rss")
    assert address is None
    links = [unescape(link) for link in re.findall(r'href="\?([^"#]*)#build"', text)]
    people = Author.objects.filter(name="Kun Xu").order_by("homonym")
    chosen = [built(client, f"/feeds/?{link}")[0] for link in links]
    assert chosen == [f"/feeds/authors/{person.pk}/papers.rss" for person in people]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"scope": "tag", "tag": "never-was"}, "There is no such tag."),
        ({"scope": "tag"}, "There is no such tag."),
        ({"scope": "author", "author": "Nobody"}, "There is no author of this name."),
        ({"scope": "author", "author": "999999999999999999"}, "There is no author of this name."),
        ({"scope": "author"}, "There is no author of this name."),
        ({"scope": "search", "q": "  "}, "Give something to search for."),
    ],
)
def test_what_cannot_be_built_is_said_and_nothing_typed_is_lost(client, site, query, words):
    response = client.get("/en/feeds/", query)
    text = response.content.decode()
    assert words in text
    assert 'id="address"' not in text
    form = next(form for form in read_forms(response) if "edition" in form["data"])
    assert {name: form["data"][name] for name in query if name != "q"} == {
        k: v for k, v in query.items() if k != "q"
    }


def test_hidden_tags_and_authors_are_unknown_here_too(client, site):
    hidden = build_entry("2024-11-01", tags=["secret"], authors=["Hidden One"], public=False)
    TagAlias.objects.create(slug="old", tag=Tag.objects.get(slug="secret"))
    pk = hidden.paper.authorships.get().author_id

    def answer(**query):
        return client.get("/en/feeds/", query).content.decode()

    for typed in ("secret", "old"):
        nothing = "x" * len(typed)
        assert answer(scope="tag", tag=typed) == answer(scope="tag", tag=nothing).replace(nothing, typed)
    for typed in ("Hidden One", str(pk)):
        assert "There is no author of this name." in answer(scope="author", author=typed)


def test_what_is_typed_stays_text(client, site):
    evil = '"><script>alert(1)</script>'
    response = client.get(
        "/feeds/", {"scope": "search", "q": evil, "tag": evil, "author": evil, "in_tag": evil}
    )
    assert inline_code(response) == []
    assert "<script>alert" not in response.content.decode()
    address, _ = built(client, scope="search", q=evil)
    assert client.get(address).status_code == 200


def test_only_what_was_built_is_kept_from_search_engines(client, site):
    assert "X-Robots-Tag" not in client.get("/feeds/").headers
    assert client.get("/feeds/", {"scope": "all"})["X-Robots-Tag"] == "noindex"


def test_switching_the_language_keeps_what_was_built(client, site):
    text = client.get("/en/feeds/", {"scope": "tag", "tag": "moe", "form": "rss"}).content.decode()
    other = unescape(re.search('href="(/ko/feeds/[^"]*)" lang="ko"', text)[1])
    assert built(client, other)[0] == "/en/feeds/tags/moe/papers.rss"


def test_every_page_names_its_feeds(client, indexed):
    author = Author.objects.get(name="Hanlin Zhang")
    own = {
        "/en/tags/moe/": "/en/feeds/tags/moe/papers.atom",
        "/tags/moe,scaling-law/": "/feeds/tags/moe,scaling-law/papers.atom",
        f"/ko/authors/{author.pk}/hanlin-zhang/": f"/ko/feeds/authors/{author.pk}/papers.atom",
        "/en/search/?q=batch&year=2024&page=1": "/en/feeds/search/papers.atom?q=batch&year=2024",
        "/about/": None,
        "/en/search/": None,
        "/en/nowhere/": None,
    }
    for page, feed in own.items():
        text = client.get(page).content.decode()
        home = "/en" if page.startswith("/en/") else "/ko" if page.startswith("/ko/") else ""
        found = re.findall(
            r'<link rel="alternate" type="application/atom\+xml" hreflang="(..)" title="([^"]+)" href="([^"]+)">',
            text,
        )
        expected = [f"{home}/feeds/digests.atom", f"{home}/feeds/papers.atom", *([feed] if feed else [])]
        assert [unescape(href) for _, _, href in found] == expected, page
        assert {language for language, _, _ in found} == {"en" if home == "/en" else "ko"}
        assert len({title for _, title, _ in found}) == len(found)
        assert {client.get(unescape(href)).status_code for _, _, href in found} == {200}


def test_pages_of_tags_authors_and_searches_lead_to_their_feeds(client, indexed):
    author = Author.objects.get(name="Hanlin Zhang")
    pages = {
        "/en/tags/moe,scaling-law/": "/en/feeds/tags/moe,scaling-law/papers.atom",
        "/ko/tags/비디오-생성/": "/ko/feeds/tags/%EB%B9%84%EB%94%94%EC%98%A4-%EC%83%9D%EC%84%B1/papers.atom",
        f"/authors/{author.pk}/hanlin-zhang/": f"/feeds/authors/{author.pk}/papers.atom",
        "/search/?q=note&tag=scaling-law": "/feeds/search/papers.atom?q=note&tag=scaling-law",
    }
    for page, address in pages.items():
        text = client.get(page).content.decode()
        [link] = set(re.findall(r'href="((?:/ko|/en)?/feeds/\?[^"]*)"', text))
        assert built(client, unescape(link))[0] == address
