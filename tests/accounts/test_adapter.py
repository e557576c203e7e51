"""Limits that hold against one peer and hurt nobody else, ways on that stay here, and the record."""

from urllib.parse import urljoin, urlsplit

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.accounts.test_backends import Counting

SPELLINGS = ("paul", " paul ", "paul@example.org", "PAUL@Example.org")
DATABASE_CACHE = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "limits"}}

PAYLOADS = [
    "https://evil.example/",
    "http://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "////evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "\\/evil.example/",
    "/\t/evil.example/",
    "/\n/evil.example/",
    "\t//evil.example/",
    " //evil.example/",
    "\x01//evil.example/",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "http:\\\\evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//testserver",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "ftp://testserver/",
    "//testserver@evil.example/",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "https://evil.example/testserver",
    "https://evil.example\\@testserver/",
    "https://localhost/",
    "//127.0.0.1/",
    "https://[::1]/",
    "http://[evil/",
    "//%65vil.example/",
]


@pytest.fixture
def checks(settings, paul):
    """How many passwords were checked so far."""
    paul.email = "paul@example.org"
    paul.save()
    settings.PASSWORD_HASHERS = ["tests.accounts.test_backends.Counting"]
    Counting.worked = 0
    return lambda: Counting.worked


def test_a_thousand_attempts_with_forged_addresses_check_ten_passwords(attempt, checks):
    for number in range(1_000):
        forged = f"203.0.{number // 250}.{number % 250}"
        response = attempt(SPELLINGS[number % 4], f"wrong {number}", HTTP_X_FORWARDED_FOR=forged)
        assert response.status_code in (200, 429)
    assert checks() == 10
    # The peer is held up, Paul elsewhere is not.
    attempt()
    assert checks() == 10
    assert attempt(by=Client(REMOTE_ADDR="192.0.2.9")).status_code == 302


def test_limits_hold_in_a_cache_that_workers_share(settings, attempt, checks):
    settings.CACHES = DATABASE_CACHE
    call_command("createcachetable", verbosity=0)
    for number in range(15):
        attempt(SPELLINGS[number % 4], "wrong", by=Client())
    assert checks() == 10


def test_a_peer_is_held_up_for_every_name_after_fifty(attempt, checks):
    for number in range(60):
        attempt(f"nobody{number}", "wrong")
    assert checks() == 50


def test_addresses_of_one_ipv6_subscriber_are_one_peer(attempt, checks):
    for number in range(15):
        attempt("paul", "wrong", by=Client(REMOTE_ADDR=f"2001:db8:1:2::{number:x}"))
    assert checks() == 10
    attempt("paul", "wrong", by=Client(REMOTE_ADDR="2001:db8:1:3::1"))
    assert checks() == 11


def test_behind_one_proxy_the_last_address_counts(settings, attempt, checks):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(15):
        attempt("paul", "wrong", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}, 198.51.100.7")
    assert checks() == 10
    assert attempt(HTTP_X_FORWARDED_FOR="198.51.100.8").status_code == 302


def test_the_limit_ends_after_ten_minutes(attempt, checks):
    machine = pytest.importorskip("time_machine")
    with machine.travel("2026-03-02 09:00+00:00", tick=False) as clock:
        for _number in range(11):
            attempt("paul", "wrong")
        assert attempt().status_code == 200
        clock.shift(601)
        assert attempt().status_code == 302


def test_signing_in_rightly_costs_nothing(attempt, checks):
    for _number in range(15):
        assert attempt(by=Client()).status_code == 302


def test_ten_tries_of_the_current_password_while_signed_in(client, paul, checks):
    client.force_login(paul)
    fields = {
        "oldpassword": "wrong",
        "password1": "a long enough secret",
        "password2": "a long enough secret",
    }
    statuses = [client.post(reverse("account_change_password"), fields).status_code for _ in range(12)]
    assert statuses == [200] * 10 + [429] * 2


def test_known_and_unknown_names_get_the_same_answer(attempt, paul):
    """Byte for byte but for the name typed, before the limit and after."""
    pages = {}
    for login in ("paul", "lena"):
        cache.clear()
        answers = [attempt(login, "wrong", by=Client()) for _number in range(12)]
        assert {answer.status_code for answer in answers} == {200}
        pages[login] = [bare(answer).replace(login, "NAME") for answer in answers]
    assert pages["paul"] == pages["lena"]
    assert pages["paul"][0] != pages["paul"][-1]


def bare(response):
    token = str(response.context["csrf_token"])
    return response.content.decode().replace(token, "")


def lands(response):
    """The host a browser would go to, which reads a backslash as a slash and skips control characters."""
    location = "".join(sign for sign in response.headers["Location"] if sign > " ").replace("\\", "/")
    return urlsplit(urljoin("http://testserver/admin/login/", location)).netloc


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_way_on_leads_away(client, paul, payload):
    there = {"next": payload}
    page = client.get(reverse("admin:login"), there)
    assert page.status_code == 200
    signed_in = client.post(reverse("admin:login"), {"login": "paul", "password": "pw"} | there)
    again = client.get(reverse("admin:login"), there)
    language = client.post(reverse("admin:setlang"), {"language": "en"} | there)
    confirmed = client.post(reverse("account_reauthenticate"), {"password": "pw"} | there)
    signed_out = client.post(reverse("admin:logout"), there)
    answers = [signed_in, again, language, confirmed, signed_out]
    assert [(answer.status_code, lands(answer)) for answer in answers] == [(302, "testserver")] * 5


def test_a_way_on_at_the_desk_is_kept(attempt, client, paul):
    response = client.post(
        f"{reverse('admin:login')}?next=/admin/digest/", {"login": "paul", "password": "pw"}
    )
    assert response.headers["Location"] == "/admin/digest/"


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "testserver.evil.example",
        "testserver@evil.example",
        "evil.example:80",
        "[::1",
        "a b",
        "x/y",
    ],
)
def test_a_foreign_host_is_refused(client, db, host):
    for name in ("admin:login", "account_reset_password"):
        assert client.get(reverse(name), headers={"host": host}).status_code == 400


def test_what_happens_to_an_account_is_recorded(client, attempt, paul, said):
    attempt("폴\r\nsigned in", "wrong")
    for _number in range(11):
        attempt(password="wrong")
    cache.clear()
    attempt()
    secret = "a long enough secret"
    client.post(
        reverse("account_change_password"), {"oldpassword": "pw", "password1": secret, "password2": secret}
    )
    client.post(reverse("admin:logout"))
    wrong = ("password wrong", '"paul"')
    assert said() == [
        ("password wrong", '"폴\\r\\nsigned in"'),
        *[wrong] * 10,
        ("sign-in limited", '"paul"'),
        ("signed in", '"paul"'),
        ("password set", '"paul"'),
        ("password_changed", '"paul"'),
        ("signed out", '"paul"'),
    ]
