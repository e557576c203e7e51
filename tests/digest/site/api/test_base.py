"""What every resource has: headers for caches and other sites, conditional answers, a limit by peer, refusals."""

import json

import pytest
from django.core.cache import cache
from django.core.cache.backends.base import BaseCache

from digest.reading import api_rows
from tests.build import build_entry

pytestmark = pytest.mark.django_db
PATHS = (
    "",
    "digests/",
    "entries/",
    "papers/",
    "authors/",
    "tags/",
    "notes/",
    "mentions/",
    "trends/",
    "search/",
)
PROBLEM = "application/problem+json"
MEMBERS = {"type", "title", "title_ko", "status", "detail", "detail_ko", "code"}


class DeadCache(BaseCache):
    """A cache whose server is gone."""

    def __init__(self, location, params):
        super().__init__(params)

    def get(self, key, default=None, version=None):
        raise ConnectionError("no cache")

    set = add = get


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_may_be_kept_by_anyone_and_read_by_any_site(client, site, path):
    answer = client.get(f"/api/v1/{path}", headers={"Accept-Language": "en", "Cookie": "desk_language=en"})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"] == "public, max-age=60"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Content-Language"] == "ko, en"
    assert answer.get("Vary", "") in ("", "Accept-Encoding")
    assert "Set-Cookie" not in answer
    assert "Access-Control-Allow-Credentials" not in answer
    assert answer.content == client.get(f"/api/v1/{path}").content


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_that_one_has_is_not_sent_again(client, site, path):
    first = client.get(f"/api/v1/{path}")
    again = client.get(f"/api/v1/{path}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (again["ETag"], again["Cache-Control"]) == (first["ETag"], first["Cache-Control"])
    assert again["Access-Control-Allow-Origin"] == "*"


def test_an_answer_that_changed_is_sent(client, site):
    first = client.get("/api/v1/entries/")
    build_entry("2024-11-05", title="New")
    again = client.get("/api/v1/entries/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again["ETag"] != first["ETag"]) == (200, True)


def test_head_is_get_without_the_body(client, site):
    head = client.head("/api/v1/entries/")
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == client.get("/api/v1/entries/")["Content-Length"]


def test_a_browser_may_ask_first(client, site, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.options(
            "/api/v1/entries/",
            headers={
                "Origin": "https://elsewhere.example",
                "Access-Control-Request-Method": "GET",
                "Access-Control-Request-Headers": "if-none-match",
            },
        )
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Allow-Methods"] == answer["Allow"] == "GET, HEAD, OPTIONS"
    assert answer["Access-Control-Allow-Headers"] == "*"
    assert answer["Access-Control-Max-Age"] == "86400"


def problem(answer, status, code, **members):
    """The body of a refusal, after a look at what all of them have."""
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Content-Language"] == "ko, en"
    body = json.loads(answer.content)
    assert set(body) == MEMBERS | set(members)
    assert (body["status"], body["code"]) == (status, code)
    assert all(any("가" <= letter <= "힣" for letter in body[name]) for name in ("title_ko", "detail_ko"))
    assert body["title"].isascii()
    assert body["detail"].isascii()
    return body


def test_every_wrong_parameter_is_named_at_once_with_what_there_is(client, site):
    answer = client.get("/api/v1/entries/?note__state=draft&year=x&year=y&page_size=0&fields=password")
    body = problem(answer, 400, "invalid", errors=[])
    assert [(error["parameter"], error["code"]) for error in body["errors"]] == [
        ("note__state", "unknown"),
        ("year", "repeated"),
        ("page_size", "invalid"),
        ("fields", "invalid"),
    ]
    assert "known: page_size, ordering, date_after" in body["errors"][0]["detail"]
    assert "가능한 것: page_size" in body["errors"][0]["detail_ko"]
    assert body["errors"][2]["detail"] == "Give a whole number from 1 to 100."
    assert answer["Cache-Control"] == "public, max-age=60"


def test_a_hundred_wrong_parameters_make_no_long_answer(client, site):
    query = "&".join(f"{'x' * 500}{number}=1" for number in range(100))
    body = problem(client.get(f"/api/v1/entries/?{query}"), 400, "invalid", errors=[])
    assert len(body["errors"]) == 20
    assert {len(error["parameter"]) for error in body["errors"]} == {100}


@pytest.mark.parametrize(
    "path",
    [
        *(
            "entries/1000000/",
            "papers/1000000/",
            "authors/1000000/",
            "digests/1995-01-01/",
            "tags/never-was/",
        ),
        *("nowhere/", "entries/abc/", "entries/0/", "digests/2024-13-45/", f"entries/{'9' * 30}/"),
    ],
)
def test_what_is_not_there_is_a_problem_wherever_it_is_not(client, site, path):
    answer = client.get(f"/api/v1/{path}")
    problem(answer, 404, "not_found")
    assert answer["Cache-Control"] == "public, max-age=10"
    assert answer.content == client.get("/api/v1/nowhere/").content


def test_a_missing_slash_is_forgiven(client, site):
    answer = client.get("/api/v1/entries?year=2024")
    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/entries/?year=2024")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "QUERY"])
def test_nobody_can_write(client, site, method):
    for path in ("entries/", "entries/1/", "search/", "schema/"):
        answer = client.generic(method, f"/api/v1/{path}", b'{"a": 1}', content_type="application/json")
        problem(answer, 405, "method_not_allowed")
        assert (answer["Allow"], answer["Cache-Control"]) == ("GET, HEAD, OPTIONS", "no-store")


def test_json_is_all_there_is(client, site):
    for accept in ("text/html", "application/xml;q=0.9", "application/json;q=0"):
        answer = client.get("/api/v1/entries/", headers={"Accept": accept})
        problem(answer, 406, "not_acceptable")
        assert answer["Cache-Control"] == "no-store"
    for accept in ("*/*", "application/*", "text/html,*/*;q=0.1", "application/json"):
        assert client.get("/api/v1/entries/", headers={"Accept": accept}).status_code == 200


def test_what_breaks_is_a_problem_that_says_nothing(client, site, monkeypatch):
    client.raise_request_exception = False

    def broken(*args):
        raise RuntimeError("secret")

    monkeypatch.setattr(api_rows, "entry_page", broken)
    answer = client.get("/api/v1/entries/")
    problem(answer, 500, "server_error")
    assert answer["Cache-Control"] == "no-store"
    assert b"secret" not in answer.content


def test_other_addresses_keep_their_own_errors(client, site):
    assert client.get("/nowhere/")["Content-Type"].startswith("text/html")
    assert client.get("/api/nowhere/")["Content-Type"].startswith("text/html")
    assert client.get("/api/v1/desk/entries/1/").status_code == 401


def test_who_asks_too_often_waits(client, site, settings):
    settings.NARANHI_PUBLIC_API_RATE = "3/minute"
    assert [client.get(f"/api/v1/{path}").status_code for path in ("", "tags/", "search/")] == [200] * 3
    answer = client.get("/api/v1/entries/")
    problem(answer, 429, "throttled")
    assert answer["Cache-Control"] == "no-store"
    assert 1 <= int(answer["Retry-After"]) <= 60
    # A question before the request is not one; somebody else is not hindered; nor are the pages.
    assert client.options("/api/v1/entries/").status_code == 204
    assert client.get("/api/v1/entries/", REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.get("/").status_code == 200


def test_addresses_of_one_network_count_together(client, site, settings):
    settings.NARANHI_PUBLIC_API_RATE = "1/minute"
    peers = ["2001:db8::1", "2001:db8::2", "2001:db8:0:1::1"]
    assert [client.get("/api/v1/", REMOTE_ADDR=peer).status_code for peer in peers] == [200, 429, 200]


def test_a_header_counts_only_behind_proxies_of_ours(client, site, settings):
    settings.NARANHI_PUBLIC_API_RATE = "1/minute"
    forged = [client.get("/api/v1/", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in (1, 2)]
    assert forged == [200, 429]
    cache.clear()
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    real = [
        client.get("/api/v1/", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in (1, 2, 2)
    ]
    assert real == [200, 200, 429]


def test_a_peer_without_address_and_a_dead_cache_let_everybody_pass(client, site, settings, caplog):
    settings.NARANHI_PUBLIC_API_RATE = "1/minute"
    assert {client.get("/api/v1/", REMOTE_ADDR="").status_code for _ in range(3)} == {200}
    settings.CACHES = {"default": {"BACKEND": f"{__name__}.DeadCache"}}
    assert {client.get("/api/v1/entries/").status_code for _ in range(3)} == {200}
    assert "requests cannot be counted: no cache" in caplog.text
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
