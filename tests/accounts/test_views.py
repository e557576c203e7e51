"""Sessions one can see and end, and the page behind a limit."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from tests.page import inline_code

AGENT = "<script>alert(1)</script>" * 20


@pytest.fixture
def browsers(attempt, tom):
    """Tom signed in here, on a phone, and somewhere he forgot."""
    found = [Client(REMOTE_ADDR=f"192.0.2.{number}", HTTP_USER_AGENT=AGENT) for number in (1, 2, 3)]
    for browser in found:
        attempt("tom", by=browser)
    return found


def row(browser):
    return UserSession.objects.get(session_key=browser.session.session_key)


def test_all_sessions_are_listed_with_ways_to_end_the_others(browsers):
    here = browsers[0]
    page = here.get(reverse("usersessions_list"))
    assert [session.ip for session in page.context["sessions"]] == ["192.0.2.1", "192.0.2.2", "192.0.2.3"]
    html = page.content.decode()
    ends = [f'action="{reverse("usersessions_end", args=[row(browser).pk])}"' for browser in browsers]
    assert [end in html for end in ends] == [False, True, True]
    assert AGENT[:20] not in html
    assert inline_code(page) == []


def test_moments_are_shown_in_the_persons_zone(browsers, tom):
    tom.time_zone = "America/New_York"
    tom.save()
    UserSession.objects.update(created_at="2026-03-02T03:00Z")
    assert "2026-03-01 22:00" in browsers[0].get(reverse("usersessions_list")).content.decode()


def test_one_session_is_ended(browsers, said):
    here, phone, _forgotten = browsers
    here.post(reverse("usersessions_end", args=[row(phone).pk]))
    assert [get_user(browser).is_authenticated for browser in browsers] == [True, False, True]
    assert said()[-1] == ("session ended", '"tom"')


def test_all_others_are_ended(browsers):
    browsers[0].post(reverse("usersessions_list"))
    assert [get_user(browser).is_authenticated for browser in browsers] == [True, False, False]


def test_somebody_elses_session_is_not_found(browsers, client, rina):
    client.force_login(rina)
    assert client.post(reverse("usersessions_end", args=[row(browsers[0]).pk])).status_code == 404
    assert get_user(browsers[0]).is_authenticated


def test_ending_this_very_session_signs_out(browsers):
    here = browsers[0]
    assert here.post(reverse("usersessions_end", args=[row(here).pk])).status_code == 302
    assert get_user(here).is_anonymous


def test_page_behind_a_limit_says_when_to_come_back(client, db):
    for _number in range(3):
        client.post(reverse("account_reset_password"), {"email": "a@example.org"})
    response = client.post(reverse("account_reset_password"), {"email": "a@example.org"})
    assert response.status_code == 429
    assert response.headers["Cache-Control"] == "private, no-store"
    assert reverse("admin:login") in response.content.decode()
    assert inline_code(response) == []
