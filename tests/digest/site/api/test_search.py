"""The readers' search API: what it tells, what it refuses, and that anyone may ask."""

import pytest

from papers.models import Author
from tests.build import build_entry
from tests.indexed import build_indexes

pytestmark = pytest.mark.django_db
URL = "/api/v1/search/"


@pytest.fixture
def ask(client, site):
    build_indexes("public")
    return lambda **query: client.get(URL, query)


def test_a_result_whole(ask):
    body = ask(q="배치").json()
    results = body.pop("results")
    facets = body.pop("facets")
    assert body == {
        "query": {"q": "배치"},
        "total": 1,
        "capped": False,
        "index": "ready",
        "did_you_mean": None,
        "expanded": [],
        "page": 1,
        "page_size": 20,
        "pages": 1,
        "next": None,
        "previous": None,
    }
    assert facets["tags"][0] == {"value": "scaling-law", "label": "scaling-law", "count": 1, "chosen": False}
    [result] = results
    paper = result["paper"].pop("id")
    assert result == {
        "date": "2024-10-30",
        "position": 1,
        "digest_url": "http://localhost:8000/digests/2024-10-30/#e1",
        "url": f"http://localhost:8000/papers/{paper}/critical-batch-size/",
        "paper": {
            "title": "Critical Batch Size",
            "arxiv_id": "2410.21676",
            "authors": ["Hanlin Zhang", "Kun Xu", "Kun Xu"],
        },
        "tags": ["scaling-law", "비디오-생성"],
        "languages": ["en", "ko"],
        "title": None,
        "snippets": [
            {"field": "note", "language": "ko", "text": "배치 크기 노트", "marks": [[0, 2]]},
            {"field": "note", "language": "en", "text": "A note on batch size", "marks": []},
        ],
    }


def test_marks_are_places_in_the_text(ask):
    [result] = ask(q="batch size").json()["results"]
    assert result["title"] == {"text": "Critical Batch Size", "marks": [[9, 19]]}
    for snippet in result["snippets"]:
        assert {snippet["text"][start:end].lower() for start, end in snippet["marks"]} <= {"batch size"}


def test_pages_lead_to_each_other(ask, client):
    first = ask(q="lang:ko", page_size="2", sort="newest").json()
    assert (first["total"], first["pages"], len(first["results"])) == (3, 2, 2)
    assert first["next"] == "http://localhost:8000/api/v1/search/?q=lang%3Ako&sort=newest&page=2&page_size=2"
    second = client.get(first["next"].removeprefix("http://localhost:8000")).json()
    assert (len(second["results"]), second["next"]) == (1, None)
    assert second["previous"].endswith("?q=lang%3Ako&sort=newest&page_size=2")
    beyond = ask(q="lang:ko", page="9").json()
    assert (beyond["results"], beyond["next"], beyond["previous"]) == ([], None, None)


def test_filters_narrow_as_on_the_page(ask):
    author = str(Author.objects.get(name="Hanlin Zhang").pk)
    assert ask(q="note", tag="scaling-law", year="2024", lang="en", author=author).json()["total"] == 1
    assert ask(q="note", author="999").json()["total"] == 0
    assert ask(tag="moe").json()["total"] == 1
    assert ask(q="critcal").json()["did_you_mean"] == "critical"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("nonsense=1", "nonsense"),
        ("q=a&q=b", "q"),
        ("q=" + "a" * 201, "q"),
        ("page=0", "page"),
        ("page=101", "page"),
        ("page=1e3", "page"),
        ("page=" + "9" * 400, "page"),
        ("page_size=51", "page_size"),
        ("page_size=", "page_size"),
        ("page_size=٣", "page_size"),
        ("year=20244", "year"),
        ("year=0000", "year"),
        ("year=24", "year"),
        ("lang=fr", "lang"),
        ("sort=oldest", "sort"),
        ("tag=", "tag"),
        ("author=%00", "author"),
        ("author=Kun+Xu", "author"),
        ("q[]=x", "q[]"),
    ],
)
def test_what_is_no_value_is_refused_by_name(client, db, query, parameter):
    answer = client.get(f"{URL}?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    body = answer.json()
    assert (body["status"], body["code"]) == (400, "invalid")
    assert [error["parameter"] for error in body["errors"]] == [parameter]


def test_any_page_may_ask_and_nobody_may_write(client, ask):
    for answer in (ask(q="배치"), ask(nonsense="1")):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Cache-Control"] == "public, max-age=60"
    assert client.head(URL).status_code == 200
    assert {client.generic(method, URL).status_code for method in ("POST", "PUT", "DELETE")} == {405}


def test_a_tag_of_signs_alone_finds_nothing_instead_of_everything(ask):
    for tag in ("#", " ", ",;", "\u200b"):
        assert ask(q="note", tag=tag).json()["total"] == 0


def test_nothing_asked_is_nothing_found(ask):
    assert ask().json()["total"] == 0


def test_mathematics_and_markup_are_plain_text(client, db):
    build_entry("2024-01-01", title="Energy $E=mc^2$ <b>", ko="[[Title]] <i>에너지</i>")
    build_indexes("public")
    [result] = client.get(URL, {"q": "energy"}).json()["results"]
    assert result["paper"]["title"] == "Energy E=mc² <b>"
    assert "<i>에너지</i>" in result["snippets"][0]["text"]
