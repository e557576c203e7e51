"""What every answer carries: how long it may be kept, and nothing that makes it one reader's own."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from digest.site.editions import BOTH, ENGLISH, KOREAN, edition_of
from tests.build import build_entry

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/digests/",
    "/digests/2024/",
    "/digests/2024/10/",
    "/digests/2024-10-30/",
    "/tags/",
    "/tags/moe/",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_may_be_kept_a_minute_by_anyone(client, site, path):
    response = client.get(path)
    assert response["Cache-Control"] == "public, max-age=60"
    assert response.cookies == {}
    assert "Set-Cookie" not in response.headers
    assert "cookie" not in response.get("Vary", "").lower()
    assert "accept-language" not in response.get("Vary", "").lower()


@pytest.mark.parametrize("path", ["/nowhere/", "/digests/1999-01-01/", "/en/papers/1234/x/"])
def test_a_page_that_is_not_there_may_be_kept_ten_seconds(client, site, path):
    response = client.get(path)
    assert (response.status_code, response["Cache-Control"]) == (404, "public, max-age=10")
    assert "cookie" not in response.get("Vary", "").lower()


def test_a_redirect_may_be_kept_no_longer_than_a_page(client, site):
    assert client.get("/tags/MoE/")["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("path", PAGES)
def test_head_answers_like_get_without_a_body(client, site, path):
    head, get = client.head(path), client.get(path)
    assert head.status_code == 200
    assert head.content == b""
    assert head["Content-Type"] == get["Content-Type"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("path", PAGES)
def test_no_other_method_is_taken(site, path, method):
    strict = Client(enforce_csrf_checks=True)
    response = getattr(strict, method)(path)
    assert response.status_code == 405
    assert response.cookies == {}


def test_a_signed_in_editor_gets_the_bytes_everyone_gets(client, site):
    plain = {path: client.get(path) for path in [*PAGES, "/nowhere/"]}
    client.force_login(get_user_model().objects.create_superuser("editor", password="pw"))
    for path, before in plain.items():
        after = client.get(path)
        assert after.content == before.content
        assert after.headers == before.headers


def test_pages_run_under_the_policy_without_inline_script_or_style(read):
    for path in PAGES:
        html = read(path)
        # Linked data is data: no browser runs it.
        assert re.findall(r'<script(?![^>]* src=| type="application/ld\+json">)', html) == []
        assert "<style" not in html
        assert " style=" not in html


def test_answers_carry_the_policy_also_where_nothing_is(client):
    for path in ("/", "/nowhere/", "/en/nowhere/"):
        assert client.get(path)["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("path", "edition"),
    [
        ("/", BOTH),
        ("/ko/", KOREAN),
        ("/en/tags/", ENGLISH),
        ("/english/", BOTH),
        ("/en", BOTH),
        ("/tags/en/", BOTH),
    ],
)
def test_the_path_alone_chooses_the_edition(rf, path, edition):
    assert edition_of(rf.get(path, headers={"accept-language": "en"})) == edition


def test_an_unchanged_page_is_not_sent_again_to_a_browser_that_takes_gzip(client):
    build_entry(ko="노트 " * 200)
    headers = {"Accept-Encoding": "gzip"}
    first = client.get("/", headers=headers)
    assert first.headers["Content-Encoding"] == "gzip"
    again = client.get("/", headers=headers | {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
