"""oEmbed as its specification has it: both formats, limits, errors; and never a word about what is hidden."""

import re
import xml.etree.ElementTree as ET
from html import unescape

import nh3
import pytest

from digest.site.oembed import _height
from papers.models import Paper
from tests.build import build_entry

pytestmark = pytest.mark.django_db
HOST = "http://localhost:8000"


def embed(client, path, **asked):
    return client.get("/oembed", {"url": HOST + path, **asked})


def paper_path(title="Critical Batch Size", edition=""):
    paper = Paper.objects.get(title=title)
    return f"{edition}/papers/{paper.pk}/{title.lower().replace(' ', '-')}/"


def test_paper_as_json(client, site):
    path = paper_path(edition="/en")
    answer = embed(client, path)
    told = answer.json()
    assert answer["Content-Type"] == "application/json"
    assert told.pop("thumbnail_url").startswith(f"{HOST}{path}card.png?v=")
    assert told == {
        "version": "1.0",
        "type": "rich",
        "title": "Critical Batch Size",
        "author_name": "Hanlin Zhang, Kun Xu, Kun Xu",
        "provider_name": "나란히",
        "provider_url": f"{HOST}/",
        "cache_age": 3600,
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
        "width": 600,
        "height": 168,
        "html": f'<blockquote cite="{HOST}{path}">'
        f'<p lang="en"><a href="{HOST}{path}">Critical Batch Size</a></p> '
        '<p lang="en">Hanlin Zhang, Kun Xu, Kun Xu</p> <p lang="en">A note on batch size</p> '
        f'<p>— <a href="{HOST}/">나란히</a>, 2024-10-30</p></blockquote>',
    }
    assert client.get(told_thumbnail(client, path)).status_code == 200


def told_thumbnail(client, path):
    return embed(client, path).json()["thumbnail_url"].removeprefix(HOST)


def test_digest_speaks_its_editions_language(client, site):
    korean = embed(client, "/digests/2024-10-30/").json()
    english = embed(client, "/en/digests/2024-10-30/").json()
    assert (korean["title"], korean["author_name"]) == ("2024년 10월 30일 수요일", "논문 2편")
    assert (english["title"], english["author_name"]) == ("Wednesday, 30 October 2024", "2 papers")
    assert "Critical Batch Size · Second Paper" in english["html"]


def test_xml_says_the_same(client, site):
    build_entry("2024-11-01", title="A <b> & 배치", ko="노트 & <i>")
    path = f"/papers/{Paper.objects.get(title__startswith='A <b>').pk}/any/"
    told = embed(client, path, format="json").json()
    answer = embed(client, path, format="xml")
    root = ET.fromstring(answer.content)
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert root.tag == "oembed"
    assert {child.tag: child.text for child in root} == {
        name: str(value) if value != "" else None for name, value in told.items()
    }


def test_html_needs_nothing_and_loses_nothing_where_only_links_and_quotations_are_let_through(client, site):
    build_entry(
        "2024-11-01", title="</p><script>x</script>", authors=['"A" <b>'], ko="<script>alert(1)</script>"
    )
    path = f"/papers/{Paper.objects.get(title__contains='script').pk}/any/"
    html = embed(client, path).json()["html"]
    assert re.findall(r"<(?!/?(?:blockquote|p|a)\b)", html) == []
    cleaned = nh3.clean(html, tags={"blockquote", "a"}, attributes={"a": {"href"}}, link_rel=None)
    words, kept = (unescape(re.sub(r"<[^>]+>", "", text)) for text in (html, cleaned))
    assert kept == words
    assert words.startswith("</p><script>x</script>")


@pytest.mark.parametrize(
    ("asked", "kind", "width"),
    [
        ({}, "rich", 600),
        ({"maxwidth": "300"}, "rich", 300),
        ({"maxwidth": "5000", "maxheight": "5000"}, "rich", 600),
        ({"maxheight": "126"}, "rich", 600),
        ({"maxheight": "20"}, "link", None),
        ({"maxwidth": "0"}, "rich", 600),
        ({"maxwidth": "-1", "maxheight": "x"}, "rich", 600),
        ({"maxwidth": "9" * 400}, "rich", 600),
    ],
)
def test_limits(client, site, asked, kind, width):
    told = embed(client, paper_path(), **asked).json()
    assert (told["type"], told.get("width")) == (kind, width)
    assert (
        told.get("height", 0) <= int(asked["maxheight"]) if asked.get("maxheight", "x").isdecimal() else True
    )
    assert ("html" in told, "height" in told) == (kind == "rich",) * 2


def test_what_is_low_leaves_the_note_out_first(client, site):
    full, low = (embed(client, paper_path(), **asked).json() for asked in ({}, {"maxheight": "126"}))
    assert "배치 크기 노트" in full["html"]
    assert "배치 크기 노트" not in low["html"]
    assert "Hanlin Zhang" in low["html"]


@pytest.mark.parametrize(
    ("asked", "has"),
    [({}, True), ({"maxwidth": "1200"}, True), ({"maxwidth": "1199"}, False), ({"maxheight": "629"}, False)],
)
def test_the_thumbnail_respects_the_limits_too(client, site, asked, has):
    assert ("thumbnail_url" in embed(client, paper_path(), **asked).json()) is has


def test_other_spellings_of_an_address(client, site):
    path = paper_path()
    expected = embed(client, path).json()
    variants = [
        f"{path}?utm_source=x",
        f"{path}#notes",
        path.removesuffix("/"),
        path.replace("critical", "wrong"),
    ]
    assert [embed(client, variant).json() == expected for variant in variants] == [True] * 4
    secure = client.get("/oembed", {"url": f"https://LOCALHOST:8000{path}"})
    assert secure.json() == expected


def test_what_is_not_ours_or_not_there_is_one_and_the_same_404(client, site):
    draft = build_entry("2024-11-05", title="Draft", public=False)
    build_entry("2024-11-06", title="Later", publish_at="2999-01-01T00:00:00Z")
    paths = ["/", "/digests/", "/about/", "/nowhere/", "/digests/2024-11-05/", "/digests/2024-11-06/"]
    paths += [
        "/digests/1995-01-01/",
        "/digests/2024-13-45/",
        f"/papers/{draft.paper.pk}/draft/",
        "/admin/",
        "",
    ]
    paths += [
        f"/papers/{10**17}/x/",
        "/card.png",
        "/digests/2024-10-30/card.png",
        "/%00/",
        "/%ff/",
        "/ko/ko/",
    ]
    foreign = ["https://example.org/digests/2024-10-30/", "//localhost:8000/digests/2024-10-30/"]
    foreign += ["javascript://localhost:8000/digests/2024-10-30/", "http://[", "x" * 100_000, ""]
    foreign += [f"{HOST}@example.org/digests/2024-10-30/", f"http://u@localhost:8000{paper_path()}"]
    answers = [embed(client, path) for path in paths] + [
        client.get("/oembed", {"url": url}) for url in foreign
    ]
    answers.append(client.get("/oembed"))
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}


@pytest.mark.parametrize("form", ["yaml", "JSON", ""])
def test_another_format_is_not_implemented(client, site, form):
    answer = embed(client, paper_path(), format=form)
    assert (answer.status_code, "html" in answer["Content-Type"]) == (501, False)


def test_any_site_may_ask_and_search_engines_keep_none_of_it(client, site):
    answer = embed(client, paper_path())
    names = ("Access-Control-Allow-Origin", "Cross-Origin-Resource-Policy", "X-Robots-Tag", "Cache-Control")
    assert [answer[name] for name in names] == ["*", "cross-origin", "noindex", "public, max-age=60"]
    assert client.post("/oembed").status_code == 405


def test_many_names_are_counted(client):
    build_entry("2024-10-30", title="Many", authors=[f"Author {n}" for n in range(12)])
    told = embed(client, paper_path("Many", "/en")).json()
    assert told["author_name"] == ", ".join(f"Author {n}" for n in range(8)) + " and 4 more"


def test_height_grows_as_the_column_narrows():
    text = "배치 크기와 학습률 사이의 관계 " * 10
    heights = [_height(width, text) for width in (600, 300, 150, 1)]
    assert heights == sorted(set(heights))
    assert _height(600, "", "") == 0


@pytest.mark.parametrize("count", [1, 4])
def test_queries(client, django_assert_num_queries, count):
    for number in range(count):
        build_entry("2024-10-30", title=f"Paper {number}", authors=["A"], tags=["moe"])
    # entries; notes; authorships; taggings
    with django_assert_num_queries(4):
        embed(client, "/digests/2024-10-30/")
    path = paper_path("Paper 0")
    with django_assert_num_queries(4):
        embed(client, path)
