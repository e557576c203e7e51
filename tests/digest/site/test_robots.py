"""robots.txt by a parser (Python's takes ``/search/?`` for ``/search/``, which RFC 9309 keeps apart), llms.txt by the form of llmstxt.org; what they name is there."""

import re
from urllib.robotparser import RobotFileParser

import pytest

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"


@pytest.fixture
def rules(client):
    answer = client.get("/robots.txt")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    parser = RobotFileParser()
    parser.parse(answer.content.decode().splitlines())
    return parser


def test_crawlers_may_read_pages_twins_and_feeds(rules):
    for path in (
        "/",
        "/ko/",
        "/en/digests/2024-10-30.md",
        "/tags/moe/",
        "/feeds/papers.atom",
        "/llms.txt",
    ):
        assert rules.can_fetch("*", f"{SITE}{path}"), path
    assert rules.site_maps() == [f"{SITE}/sitemap.xml"]


def test_crawlers_are_kept_from_the_desk_and_from_answers_without_number(rules):
    shut = ["/admin/", "/admin/login/", "/api/v1/desk/me/", "/api/v1/search/?q=x"]
    for edition in ("/", "/ko/", "/en/"):
        shut += [f"{edition}search/?q=x", f"{edition}search.md?q=x", f"{edition}search/suggest/?q=x"]
        shut += [f"{edition}search/cite.bib?q=x", f"{edition}feeds/search/papers.atom?q=x"]
    assert [path for path in shut if rules.can_fetch("*", f"{SITE}{path}")] == []


def test_llms_has_the_form_of_its_specification(client):
    answer = client.get("/llms.txt")
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["Content-Language"] == "en, ko"
    blocks = answer.content.decode().rstrip("\n").split("\n\n")
    assert blocks[0] == "# 나란히"
    assert blocks[1].startswith("> A digest of machine-learning papers")
    headings = [number for number, block in enumerate(blocks) if block.startswith("## ")]
    assert not any(block.startswith("#") for block in blocks[2 : headings[0]])
    assert [blocks[number] for number in headings] == ["## Digests 다이제스트", "## Find 찾기", "## Optional"]
    for number in headings:
        assert all(re.match(r"- .", line) for line in blocks[number + 1].split("\n"))
    text = answer.content.decode()
    assert "MIT licence" in text
    assert "모든 페이지" in text


def test_every_link_of_llms_leads_somewhere(client, site):
    targets = re.findall(rf"\]\({SITE}([^)]*)\)", client.get("/llms.txt").content.decode())
    assert len(targets) >= 10
    assert {target: client.get(target).status_code for target in targets} == dict.fromkeys(targets, 200)
    examples = re.findall(rf"`{SITE}(/[^`]*\.md[^`]*)`", client.get("/llms.txt").content.decode())
    assert "/digests/2024-10-30.md" in examples
