"""A twin's answer: its headers, that it is where its page is, and that it costs what its page costs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from digest.models import Tag, TagAlias
from papers.models import Author, Paper
from tests.addresses import ADDRESSES, EDITIONS, TWINNED
from tests.build import build_entry
from tests.digest.site.test_queries import rows  # noqa: F401 - the fixture with one row and with several
from tests.planted import TOKENS, plant_hidden, plant_public

pytestmark = pytest.mark.django_db
LINK = re.compile(r"\]\(<?(http://[^)>\s]*)>?\)")


def test_headers(client, site):
    answer = client.get("/digests/2024-10-30.md")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["Content-Language"] == "ko, en"
    assert answer["Cache-Control"] == "public, max-age=60"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Link"] == '<http://localhost:8000/digests/2024-10-30/>; rel="canonical"'
    assert answer.cookies == {}
    assert "cookie" not in answer["Vary"].lower()


@pytest.mark.parametrize(
    ("path", "languages"),
    [
        ("/digests/2024-05-29.md", "ko"),
        ("/digests/2024-03-14.md", "ko, en"),
        ("/ko/digests/2024-10-30.md", "ko"),
        ("/en/digests/2024-10-30.md", "en"),
        ("/en/digests/2024-05-29.md", "en"),
        ("/about.md", "ko, en"),
    ],
)
def test_content_language_is_the_editions_and_what_is_there(client, site, path, languages):
    assert client.get(path)["Content-Language"] == languages


def test_what_has_not_changed_is_not_sent_again(client, site):
    etag = client.get("/tags.md")["ETag"]
    again = client.get("/tags.md", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    build_entry("2024-11-01", tags=["new"])
    assert client.get("/tags.md", headers={"If-None-Match": etag}).status_code == 200


def test_page_names_its_twin_and_twin_its_page(client, site):
    for page, twin in {
        "/": "/index.md",
        "/ko/": "/ko/index.md",
        "/en/digests/2024-10-30/": "/en/digests/2024-10-30.md",
        "/tags/?order=name": "/tags.md?order=name",
    }.items():
        html = client.get(page).content.decode()
        assert f'<link rel="alternate" type="text/markdown" href="{twin}">' in html
        assert client.get(twin)["Link"] == f'<http://localhost:8000{page}>; rel="canonical"'
    for page in ("/reading-list/", "/offline/", "/nowhere/"):
        assert "text/markdown" not in client.get(page).content.decode()


def test_redirects_lead_from_twin_to_twin(client, site):
    paper = Paper.objects.get(title="Critical Batch Size")
    twin = f"/en/papers/{paper.pk}/critical-batch-size.md"
    TagAlias.objects.create(slug="old", tag=Tag.objects.get(slug="moe"))
    for path, status, target in (
        (f"/en/papers/{paper.pk}/wrong.md", 301, twin),
        ("/en/arxiv/2410.21676.md", 302, twin),
        ("/tags/Scaling_Law.md", 301, "/tags/scaling-law.md"),
        ("/ko/tags/old.md", 301, "/ko/tags/moe.md"),
    ):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (status, target)
        assert client.get(target).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/digests/1999-01-01.md",
        "/papers/999/x.md",
        "/tags/nope.md",
        "/arxiv/9501.00001.md",
        "/digests/2024/w01.md",
    ],
)
def test_what_is_not_there_says_so_in_a_line(client, site, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.content.decode() == "# 이 주소에는 페이지가 없습니다.\n"
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=10"
    english = client.get(f"/en{path}")
    assert english.content.decode() == "# There is no page at this address.\n"


@pytest.mark.parametrize("path", ["/index.md", "/tags/moe.md", "/digests/1999-01-01.md"])
def test_only_reading_is_answered(client, site, path):
    head, get = client.head(path), client.get(path)
    assert (head.status_code, head.content, head["Content-Type"]) == (
        get.status_code,
        b"",
        get["Content-Type"],
    )
    for method in ("post", "put", "patch", "delete", "options"):
        assert getattr(client, method)(path).status_code == 405


def test_search_results_are_twins_too(client, site):
    answer = client.get("/search.md", {"q": "batch", "lang": "en"})
    assert answer["Link"] == '<http://localhost:8000/search/?q=batch&lang=en>; rel="canonical"'


def twin_paths(entries, editions=EDITIONS):
    paths = [
        reverse(f"{edition}:md:{name}", kwargs=arguments)
        for edition in editions
        for name in TWINNED
        for arguments in ADDRESSES[name][0](entries)
    ]
    return [
        *paths,
        "/search.md?q=note",
        "/en/search.md?q=zq",
        "/tags.md?order=name",
        "/tags/moe,scaling-law.md",
    ]


def test_no_twin_tells_of_what_is_hidden(client):
    public = plant_public()
    before = {path: client.get(path).content for path in twin_paths(public)}
    plant_hidden(public)
    after = {path: client.get(path).content for path in before}
    assert [path for path in before if before[path] != after[path]] == []
    told = b"".join(after.values()).decode()
    assert [token for token in TOKENS.values() if token in told] == []
    assert "Hidden work" in told  # the words of a public note, which name it and lead nowhere
    assert not re.search(r"\[Hidden work\]\(", told)


def test_every_link_of_a_twin_leads_to_a_page(client):
    """From one edition, which links to the others; a search narrowed by another is left to the search's own tests."""
    public, targets = plant_public(), set()
    for path in twin_paths(public, ["en"]):
        found = LINK.findall(client.get(path).content.decode())
        targets |= {target for target in found if "localhost" in target and "/search.md?" not in target}
    answers = {target: client.get(target.removeprefix("http://localhost:8000")) for target in sorted(targets)}
    assert len(answers) > 100
    assert {
        target: answer.status_code for target, answer in answers.items() if answer.status_code != 200
    } == {}


def count(client, path):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", TWINNED)
def test_a_twin_asks_what_its_page_asks(client, rows, name):  # noqa: F811
    paper, author = Paper.objects.get(title="The Paper"), Author.objects.get(name="Author 0")
    page = {
        "home": "/",
        "archive": "/digests/",
        "year": "/digests/2024/",
        "month": "/digests/2024/10/",
        "week": "/digests/2024/w40/",
        "digest": "/digests/2024-10-01/",
        "paper": f"/papers/{paper.pk}/the-paper/",
        "author": f"/authors/{author.pk}/author-0/",
        "arxiv": "/arxiv/2305.00001/",
        "tag": "/tags/moe/",
        "search": "/search/?q=note",
    }.get(name, f"/{name}/")
    if name == "arxiv":
        build_entry("2024-10-01", en="https://arxiv.org/abs/2305.00001")
    base, _, query = page.partition("?")
    twin = "/index.md" if page == "/" else f"{base.removesuffix('/')}.md{'?' if query else ''}{query}"
    assert count(client, page) == count(client, twin)
