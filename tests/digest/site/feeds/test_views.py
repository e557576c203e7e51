"""Every feed over HTTP: valid by a real validator, found or not, kept and asked again, and nothing hidden in it."""

import gzip
import json
import re
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from digest.models import Entry, Tag, TagAlias
from papers.models import Author
from tests.build import build_entry
from tests.digest.site.feeds.conftest import ATOM, every_feed
from tests.indexed import build_indexes
from tests.planted import HIDDEN_YEAR, TOKENS, plant_hidden, plant_public

pytestmark = pytest.mark.django_db
TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json",
}


def form_of(path):
    return re.search(r"\.(atom|rss|json)", path)[1]


def test_every_feed_is_valid_and_of_its_type(client, indexed, faults):
    paths = every_feed()
    answers = {path: client.get(path) for path in paths}
    assert len(answers) == 3 * 4 * 2 * 3
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 200} == {}
    assert [fault for path, answer in answers.items() for fault in faults(path, answer.content)] == []
    assert all(answer["Content-Type"] == TYPES[form_of(path)] for path, answer in answers.items())


def test_the_validators_find_what_is_wrong(client, indexed, faults):
    body = client.get("/feeds/papers.atom").content.decode()
    spoilt = [
        body.replace("<updated>", "<updated>x"),
        body.replace("<title", "<tilte").replace("</title", "</tilte"),
    ]
    spoilt += [
        re.sub("<id>.*?</id>", "<id>tag:a,2026:b</id>", body),
        re.sub("<author>.*?</author>", "", body),
    ]
    assert all(faults("x.atom", text.encode()) for text in spoilt)
    body = client.get("/feeds/papers.rss").content.decode()
    assert faults("x.rss", re.sub("<guid", '<guid isX="1"', body).replace('isPermaLink="false"', "").encode())
    assert faults("x.rss", re.sub("<description>.*?</description>", "", body, count=1).encode())
    body = client.get("/feeds/papers.json").json()
    assert faults("x.json", json.dumps(body | {"items": [{"id": 1}]}).encode())
    assert faults("x.json", json.dumps(body | {"feed_url": "/feeds/papers.json"}).encode())


def test_empty_feeds_are_valid(client, db, faults):
    paths = [path for path in every_feed() if "/tags/" not in path and "/authors/" not in path]
    assert len(paths) == 36
    for path in paths:
        answer = client.get(path)
        assert (answer.status_code, faults(path, answer.content)) == (200, []), path
        assert "Last-Modified" not in answer.headers


def test_a_scope_without_notes_in_the_language_is_empty_and_not_missing(client, site, told):
    assert told("/en/feeds/tags/moe/papers.json")["items"] == []
    assert told("/feeds/tags/moe+-moe/digests.json")["items"] == []
    assert len(told("/ko/feeds/tags/moe/papers.json")["items"]) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/tags/never-was/papers.atom",
        "/feeds/authors/999999999999999999/papers.atom",
        "/feeds/authors/0/papers.atom",
        "/feeds/everything.atom",
        "/feeds/papers.xml",
        "/feeds/papers.atom/",
        "/feeds/papers",
        "/feeds/tags//papers.atom",
        "/de/feeds/papers.atom",
    ],
)
def test_what_is_not_there_is_404(client, site, path):
    assert client.get(path).status_code == 404


def test_other_spellings_of_a_tag_lead_to_the_canonical_one(client, site):
    TagAlias.objects.create(slug="experts", tag=Tag.objects.get(slug="moe"))
    moved = {
        "/en/feeds/tags/experts/digests.rss": "/en/feeds/tags/moe/digests.rss",
        "/feeds/tags/scaling-law,MoE/papers.json": "/feeds/tags/moe,scaling-law/papers.json",
        "/ko/feeds/tags/Scaling_Law+-moe/papers.atom?before=7&x=1": "/ko/feeds/tags/scaling-law+-moe/papers.atom?before=7",
    }
    answers = {path: client.get(path) for path in moved}
    assert {path: (answer.status_code, answer["Location"]) for path, answer in answers.items()} == {
        path: (301, target) for path, target in moved.items()
    }


def test_a_hangul_tag_and_a_search_survive_as_addresses(client, indexed, atom):
    for path in (
        f"/feeds/tags/{quote('비디오-생성')}/papers.atom",
        f"/feeds/search/papers.atom?q={quote('배치')}",
    ):
        root = atom(path)
        assert [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")] == [
            "Critical Batch Size"
        ]
        assert root.find(f"{ATOM}link[@rel='self']").get("href") == f"http://localhost:8000{path}"


def test_parameters_that_mean_nothing_are_left_out_of_the_address(client, indexed, told):
    plain = told("/feeds/search/papers.json?q=note&tag=scaling-law")
    for more in (
        "&page=3",
        "&sort=newest",
        "&utm_source=x",
        "&before=",
        "&before=-1",
        "&before=1e3",
        "&year=x",
    ):
        assert told(f"/feeds/search/papers.json?q=note&tag=scaling-law{more}") == plain, more
    assert plain["feed_url"].endswith("/feeds/search/papers.json?q=note&tag=scaling-law")
    assert told("/feeds/papers.json?before=x") == told("/feeds/papers.json")


def test_history_leads_on_and_back_in_every_format(client, db, atom, told):
    for number in range(70):
        build_entry(f"2024-{1 + number // 28:02}-{1 + number % 28:02}", title=f"P{number}")
    pages, path = [], "/ko/feeds/papers.atom"
    while path:
        root = atom(path)
        links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
        titles = [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]
        pages.append((titles, links, root.findtext(f"{ATOM}id")))
        assert links["self"] == f"http://localhost:8000{path}"
        path = links.get("next", "").removeprefix("http://localhost:8000")
    assert [title for titles, _, _ in pages for title in titles] == [
        f"P{number}" for number in range(69, -1, -1)
    ]
    assert [len(titles) for titles, _, _ in pages] == [30, 30, 10]
    assert {feed_id for _, _, feed_id in pages} == {"tag:localhost,2026:ko/feeds/papers"}
    selves = [links["self"] for _, links, _ in pages]
    assert [links.get("previous") for _, links, _ in pages] == [None, *selves[:2]]
    assert {links["first"] for _, links, _ in pages} == {selves[0]}
    first = told("/ko/feeds/papers.json")
    second = told(first["next_url"].removeprefix("http://localhost:8000"))
    assert [item["title"] for item in second["items"]] == pages[1][0]
    rss = client.get("/ko/feeds/papers.rss").content.decode()
    assert f'href="{selves[1].replace(".atom", ".rss")}" rel="next"' in rss
    digests, path = [], "/ko/feeds/digests.json"
    while path:
        page = told(path)
        digests += [item["url"][-11:-1] for item in page["items"]]
        path = page.get("next_url", "").removeprefix("http://localhost:8000")
    assert digests == sorted({entry.digest.date.isoformat() for entry in Entry.objects.all()}, reverse=True)


def test_asked_again_nothing_is_sent(client, indexed):
    for path in [path for path in every_feed() if path.startswith("/ko/")]:
        first = client.get(path)
        assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304, path
        packed = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert gzip.decompress(packed.content) == first.content
        again = {"Accept-Encoding": "gzip", "If-None-Match": packed["ETag"]}
        assert client.get(path, headers=again).status_code == 304, path
        if "Last-Modified" in first.headers:
            dated = {"If-Modified-Since": first["Last-Modified"]}
            assert client.get(path, headers=dated).status_code == 304, path
        assert client.head(path).status_code == 200
        assert client.post(path).status_code == 405


def test_the_date_is_that_of_the_last_change_and_never_hides_a_loss(client, site):
    first = client.get("/feeds/papers.atom")
    assert first["Last-Modified"] == "Wed, 30 Oct 2024 00:00:00 GMT"
    Entry.objects.filter(digest__date="2024-10-30").update(unpublish_at=timezone.now())
    second = client.get("/feeds/papers.atom", headers={"If-Modified-Since": first["Last-Modified"]})
    assert (second.status_code, second["Last-Modified"]) == (200, "Wed, 29 May 2024 00:00:00 GMT")
    assert second.content == client.get("/feeds/papers.atom").content
    for odd in ("", "yesterday", "Wed, 29 May 2999 00:00:00 GMT"):
        assert client.get("/feeds/papers.atom", headers={"If-Modified-Since": odd}).status_code == 200


def test_anyone_may_read_them_and_caches_keep_them(client, indexed):
    for path in [path for path in every_feed() if path.startswith("/en/")]:
        answer = client.get(path)
        assert answer["Cache-Control"] == "public, max-age=60"
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert answer["Vary"] == "Accept-Encoding"
        assert not answer.cookies
        other = {
            "Cookie": "sessionid=x; desk_language=en",
            "Accept-Language": "fr",
            "User-Agent": "Feedfetcher",
        }
        # The cookie of the desk is not sent here by any browser; even so the bytes are the same.
        assert answer.content == Client().get(path, headers=other).content


def test_a_hub_is_named_by_setting_alone(client, site, settings, atom, told, faults):
    hub = "https://hub.example.org/"
    build_entry("2024-10-31")
    before = Entry.objects.order_by("order_key")[2].order_key
    plain = client.get("/feeds/papers.atom")
    assert (b"hub" in plain.content, "Link" in plain.headers) == (False, False)
    settings.NARANHI_WEBSUB_HUB = hub
    assert atom("/feeds/papers.atom").find(f"{ATOM}link[@rel='hub']").get("href") == hub
    assert told("/feeds/papers.json")["hubs"] == [{"type": "WebSub", "url": hub}]
    assert f'<atom:link rel="hub" href="{hub}">' in client.get("/feeds/papers.rss").content.decode().replace(
        f'href="{hub}" rel="hub"', f'rel="hub" href="{hub}"'
    )
    for path in ("/ko/feeds/digests.atom", "/ko/feeds/digests.rss", "/ko/feeds/digests.json"):
        answer = client.get(path)
        assert answer["Link"] == f'<{hub}>; rel="hub", <http://localhost:8000{path}>; rel="self"'
        assert faults(path, answer.content) == []
        assert "Link" not in client.get(f"{path}?before={before}").headers


def test_nothing_hidden_is_in_any_feed(client):
    public = plant_public()
    build_indexes("public")
    words = ["in both", "노트", "lang:ko", "kun", "title", "zq", *TOKENS.values()]
    authors = list(Author.objects.all())
    paths = [path for path in every_feed() if "search" not in path]
    paths += [
        f"{edition}/feeds/{place}/{items}.atom"
        for edition in ("", "/en")
        for items in ("digests", "papers")
        for place in [f"authors/{author.pk}" for author in authors] + ["tags/scaling-law", "tags/moe"]
    ]
    searches = [f"/feeds/search/papers.{form}?q={quote(word)}" for form in ("atom", "json") for word in words]
    before = {path: client.get(path).content for path in paths}
    plant_hidden(public)
    build_indexes("public")
    assert {path for path in paths if client.get(path).content != before[path]} == set()
    for path in searches:
        text = client.get(path).content.decode()
        asked = path.split("q=")[1]
        assert str(HIDDEN_YEAR) not in text
        assert [token for token in TOKENS.values() if token != asked and token in text] == [], path
        if asked in TOKENS.values():
            assert not re.search("<entry>|<item>|content_html", text), path


def test_hidden_tags_and_authors_answer_like_those_that_never_were(client):
    hidden = plant_hidden(plant_public())
    missing = client.get("/feeds/tags/never-was/papers.atom")
    assert missing.status_code == 404
    paths = [f"/feeds/tags/{token}/papers.atom" for token in TOKENS.values()]
    paths += [f"/feeds/tags/old-{token}/papers.atom" for token in TOKENS.values()]
    paths += [f"/feeds/tags/moe+{token}/papers.atom" for token in TOKENS.values()]
    paths += [
        f"/feeds/authors/{entry.paper.authorships.get(position=1).author_id}/papers.rss" for entry in hidden
    ]
    for path in paths:
        answer = client.get(path)
        assert (answer.status_code, answer.content, answer.headers) == (404, missing.content, missing.headers)
