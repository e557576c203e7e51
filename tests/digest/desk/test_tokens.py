"""The page of one's API tokens: shown once, made after a fresh sign-in, revoked by their holder alone."""

import re
import time

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import ApiToken
from accounts.tokens import find_token, make_token
from tests.page import form_data, inline_code, message_texts

KEY = re.compile(r"naranhi_[\w-]{43}")


@pytest.fixture
def url(db):
    return reverse("admin:tokens")


@pytest.fixture
def signed_in():
    """A browser whose person signed in a moment ago, as the sign-in page notes it."""

    def enter(user, ago=0):
        client = Client(headers={"Accept-Language": "en"})
        client.force_login(user)
        session = client.session
        session["signed_in_at"] = session["seen_at"] = int(time.time()) - ago
        session.save()
        return client

    return enter


def test_a_new_token_is_shown_once(signed_in, minji, url):
    client = signed_in(minji)
    page = client.get(url)
    data = form_data(page, "token-form")
    assert data == {"name": "", "days": "90"}
    made = client.post(url, data | {"name": "export script"})
    key = KEY.search(made.content.decode()).group()
    assert find_token(key).user == minji
    assert made.headers["Cache-Control"] == "private, no-store"
    again = client.get(url)
    assert "export script" in again.content.decode()
    assert KEY.search(again.content.decode()) is None
    assert inline_code(made) == []


def test_making_takes_a_fresh_sign_in(signed_in, minji, url):
    client = signed_in(minji, ago=3_600)
    assert client.get(url).status_code == 200
    response = client.post(url, {"name": "x", "days": "1"})
    assert (response.status_code, response.headers["Location"].split("?")[0]) == (
        302,
        reverse("account_reauthenticate"),
    )
    assert not ApiToken.objects.exists()
    # The password confirms it is the same person: then the token is made, without typing its name again.
    response = client.post(response.headers["Location"], {"password": "wrong"})
    assert not ApiToken.objects.exists()
    response = client.post(
        reverse("account_reauthenticate") + f"?next={url}", {"password": "pw"}, follow=True
    )
    assert ApiToken.objects.count() == 1
    assert KEY.search(response.content.decode())


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"name": "", "days": "90"},
        {"name": "x", "days": "0"},
        {"name": "x", "days": "367"},
        {"name": "x", "days": "9" * 400},
        {"name": "x", "days": ""},
        {"name": "a\x00b", "days": "1"},
        {"name": "a\u202eb", "days": "1"},
        {"name": "x" * 61, "days": "1"},
    ],
)
def test_a_form_that_is_not_right_comes_back(signed_in, minji, url, data):
    response = signed_in(minji).post(url, data)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not ApiToken.objects.exists()


def test_a_token_is_revoked_by_its_holder_alone(signed_in, minji, rina):
    token, key = make_token(user=minji, name="<b>old</b>", days=1)
    address = reverse("admin:token_revoke", args=[token.pk])
    assert signed_in(rina).post(address).status_code == 404
    assert find_token(key)
    client = signed_in(minji)
    assert client.get(address).status_code == 405
    assert find_token(key)
    response = client.post(address, follow=True)
    assert message_texts(response) == ["“<b>old</b>” is revoked."]
    assert "<b>old" not in response.content.decode()
    assert find_token(key) is None
    assert client.post(address).status_code == 404


def test_a_page_shows_ones_own_tokens_alone(signed_in, minji, rina, url):
    make_token(user=minji, name="of minji", days=1)
    html = signed_in(rina).get(url).content.decode()
    assert "of minji" not in html


def test_forms_need_their_csrf_token(minji, url):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(minji)
    token, _key = make_token(user=minji, name="x", days=1)
    assert strict.post(url, {"name": "y", "days": "1"}).status_code == 403
    assert strict.post(reverse("admin:token_revoke", args=[token.pk])).status_code == 403
    assert ApiToken.objects.count() == 1


def test_who_may_see_no_notes_has_no_tokens(signed_in, stranger, url):
    client = signed_in(stranger)
    assert client.get(url).status_code == 403
    assert client.post(url, {"name": "x", "days": "1"}).status_code == 403
    assert reverse("admin:tokens") not in client.get(reverse("admin:profile")).content.decode()
    assert not ApiToken.objects.exists()


def test_the_profile_leads_here(signed_in, minji, url):
    assert url in signed_in(minji).get(reverse("admin:profile")).content.decode()


def test_making_and_revoking_are_recorded_without_the_key(signed_in, minji, url, caplog):
    caplog.set_level("INFO", logger="naranhi.accounts")
    client = signed_in(minji)
    key = KEY.search(client.post(url, {"name": "x", "days": "1"}).content.decode()).group()
    client.post(reverse("admin:token_revoke", args=[ApiToken.objects.get().pk]))
    lines = [record.getMessage() for record in caplog.records if "token" in record.getMessage()]
    assert [line.split(" who=")[0] for line in lines] == ["token made", "token revoked"]
    assert all('who="minji"' in line and 'about="x"' in line and key not in line for line in lines)
