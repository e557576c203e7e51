"""Every address of accounts, and who may open it. An address without a row fails."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts import urls
from tests.two_step import set_up

PEOPLE = ("anonymous", "halfway", "stranger", "tom", "kim")

# GET, for PEOPLE in order. Halfway: the password is given, the code is not. Kim has two steps; the others have not.
# 302 for the anonymous is the way to the sign-in page; for the others to what comes first, or to where they were going.
GET = {
    "account_login": (200, 302, 302, 302, 302),
    "account_logout": (302, 302, 200, 200, 200),
    "account_reauthenticate": (302, 302, 200, 200, 200),
    "account_change_password": (302, 302, 200, 200, 200),
    "account_reset_password": (200, 200, 200, 200, 200),
    "account_reset_password_done": (200, 200, 200, 200, 200),
    "account_reset_password_from_key": (200, 200, 200, 200, 200),
    "account_reset_password_from_key_done": (200, 200, 200, 200, 200),
    "mfa_index": (302, 302, 200, 200, 200),
    "mfa_authenticate": (302, 200, 302, 302, 302),
    "mfa_reauthenticate": (302, 302, 302, 302, 200),
    # 302 for the signed-in: the sign-in was longer ago than five minutes, so the password comes first.
    "mfa_activate_totp": (302, 302, 302, 302, 302),
    "mfa_deactivate_totp": (302, 302, 404, 404, 302),
    "mfa_view_recovery_codes": (302, 302, 404, 404, 302),
    "mfa_generate_recovery_codes": (302, 302, 302, 302, 302),
    "mfa_download_recovery_codes": (302, 302, 404, 404, 302),
    "usersessions_list": (302, 302, 200, 200, 200),
    "usersessions_end": (405, 405, 405, 405, 405),
}

# POST without any field: 200 = the form again, 302 = done or led elsewhere.
POST = {
    "account_login": (200, 302, 302, 302, 302),
    "account_logout": (302, 302, 302, 302, 302),
    "account_reauthenticate": (302, 302, 200, 200, 200),
    "account_change_password": (302, 302, 200, 200, 200),
    "account_reset_password": (200, 200, 200, 200, 200),
    "account_reset_password_done": (405, 405, 405, 405, 405),
    "account_reset_password_from_key": (200, 200, 200, 200, 200),
    "account_reset_password_from_key_done": (405, 405, 405, 405, 405),
    "mfa_index": (302, 302, 405, 405, 405),
    "mfa_authenticate": (302, 200, 302, 302, 302),
    "mfa_reauthenticate": (302, 302, 302, 302, 200),
    "mfa_activate_totp": (302, 302, 302, 302, 302),
    "mfa_deactivate_totp": (302, 302, 404, 404, 302),
    "mfa_view_recovery_codes": (302, 302, 405, 405, 405),
    "mfa_generate_recovery_codes": (302, 302, 302, 302, 302),
    "mfa_download_recovery_codes": (302, 302, 404, 404, 302),
    "usersessions_list": (302, 302, 302, 302, 302),
    "usersessions_end": (302, 302, 404, 404, 404),
}
ARGS = {"account_reset_password_from_key": ["1", "abc-def"], "usersessions_end": [1]}
NOT_MOUNTED = ("signup", "email", "set_password", "inactive", "confirm_email", "request_login_code")


def address(name):
    return reverse(name, args=ARGS.get(name, []))


@pytest.fixture
def people(stranger, tom, minji):
    """A client of each, signed in long ago."""
    set_up(minji)
    clients = {name: Client() for name in PEOPLE}
    clients["halfway"].post(reverse("admin:login"), {"login": "minji", "password": "pw"})
    clients["stranger"].force_login(stranger)
    clients["tom"].force_login(tom)
    clients["kim"].force_login(minji)
    return clients


def test_every_address_lies_below_admin_and_has_a_row():
    names = {pattern.name for pattern in urls.urlpatterns}
    assert names == GET.keys() == POST.keys()
    assert {address(name)[:7] for name in names} == {"/admin/"}


@pytest.mark.parametrize("name", GET)
def test_get(people, name):
    assert tuple(people[who].get(address(name)).status_code for who in PEOPLE) == GET[name]


@pytest.mark.parametrize("name", POST)
def test_post(people, name):
    assert tuple(people[who].post(address(name)).status_code for who in PEOPLE) == POST[name]


@pytest.mark.parametrize("name", POST)
def test_post_needs_the_forms_token(minji, name):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(minji)
    assert strict.post(address(name)).status_code == 403


def test_what_the_desk_does_not_use_is_not_there(people):
    for name in NOT_MOUNTED:
        with pytest.raises(NoReverseMatch):
            reverse(f"account_{name}")
    paths = [
        "signup/",
        "account/signup/",
        "account/email/",
        "account/inactive/",
        "account/3rdparty/",
        "account/",
    ]
    paths += [
        "account/login/code/",
        "account/two-step/webauthn/",
        "account/two-step/trust/",
        "account/password/set/",
    ]
    assert {people["kim"].get(f"/admin/{path}").status_code for path in paths} == {404}
    assert people["kim"].get("/accounts/login/").status_code == 404


@pytest.mark.parametrize("name", GET)
def test_pages_are_private_and_hold_no_inline_code(people, name):
    for who in PEOPLE:
        response = people[who].get(address(name))
        assert response.headers["Cache-Control"] == "private, no-store"
        assert {cookie["path"] for cookie in response.cookies.values()} <= {"/admin/"}


@pytest.mark.parametrize("way", ["password_change", "password_change_done"])
def test_djangos_own_way_to_a_new_password_leads_to_this_one(people, way):
    leads = {"password_change": "account_change_password", "password_change_done": "admin:profile"}
    assert people["tom"].get(reverse(f"admin:{way}")).headers["Location"] == reverse(leads[way])


@pytest.mark.parametrize("who", ["tom", "kim"])
@pytest.mark.parametrize("number", ["0", "9" * 30, "9" * 400])
def test_odd_numbers_are_not_found(people, who, number):
    assert people[who].post(f"/admin/account/sessions/{number}/end/").status_code == 404


@pytest.mark.parametrize("key", ["zzzzzzzzzzzzz-abc", "1-set-password", "0-%00", "1-a%0Ab", "1-%ED%95%9C"])
def test_odd_keys_show_the_page_of_a_link_that_is_no_good(people, key):
    response = people["anonymous"].get(f"/admin/account/password/reset/key/{key}/")
    assert response.status_code in (200, 302, 404)
    if response.status_code == 200:
        assert response.context["token_fail"]


@pytest.mark.parametrize(
    "login", ["a\0b", "x" * 300, "한" * 300, "\ud800".encode(errors="surrogatepass"), ""]
)
def test_odd_names_show_the_form_again(people, login):
    for name in ("admin:login", "account_reset_password"):
        response = people["anonymous"].post(reverse(name), {"login": login, "email": login, "password": "pw"})
        assert response.status_code == 200
