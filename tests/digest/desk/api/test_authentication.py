"""Who may call: everybody else learns nothing, not even what there is."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import ApiToken
from accounts.tokens import make_token
from digest.models import Event, NoteRevision
from tests.digest.desk.api.conftest import API, Caller

PATHS = [
    "me/",
    "queue/?name=all",
    "queue/counts/",
    "entries/1/",
    "entries/1/notes/ko/revisions/",
    "nowhere/",
    "",
]
WRITES = [("PUT", "entries/1/notes/ko/"), ("POST", "entries/1/notes/ko/submit/"), ("DELETE", "entries/1/")]


def refusal(response):
    return response.status_code, response.json()["code"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("mount", ["/api/v1/desk/", "/admin/api/v1/desk/"])
def test_without_a_key_every_address_says_401_and_nothing_else(client, entry, mount, path):
    response = client.get(mount + path)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="desk"'
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.json() == client.get(mount + "me/").json()


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_without_a_key_nothing_is_written(client, entry, method, path):
    before = Event.objects.count()
    assert client.generic(method, API + path, "{}", content_type="application/json").status_code == 401
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer naranhi_",
        "Bearer naranhi_x",
        "Token x y z",
        "Bearer \u00e9",
        "Bearer " + "x" * 5_000,
    ],
)
def test_a_wrong_key_is_no_key(client, db, header):
    response = client.get(API + "me/", headers={"Authorization": header, "Accept-Language": "en"})
    assert refusal(response) == (401, "authentication_failed")
    assert response.json()["detail"] == "This token is not valid."


@pytest.mark.parametrize("header", ["Basic bWluamk6cHc=", "minji pw", ""])
def test_a_password_opens_nothing(client, minji, header):
    assert client.get(API + "me/", headers={"Authorization": header}).status_code == 401
    assert client.post(API + "login/", {"username": "minji", "password": "pw"}).status_code == 401


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "Token"])
def test_a_key_opens_the_door_under_either_name(client, minji, scheme):
    _token, key = make_token(user=minji, name="x", days=1)
    assert client.get(API + "me/", headers={"Authorization": f"{scheme} {key}"}).json()["username"] == "minji"


def test_an_expired_a_revoked_and_a_departed_persons_key_are_dead(caller, minji):
    call = caller(minji)
    assert call.get("me/").status_code == 200
    past = timezone.now() - datetime.timedelta(seconds=1)
    ApiToken.objects.update(expires_at=past)
    assert call.get("me/").status_code == 401
    ApiToken.objects.update(expires_at=timezone.now() + datetime.timedelta(days=1))
    minji.is_active = False
    minji.save()
    assert call.get("me/").status_code == 401
    minji.is_active = True
    minji.save()
    assert call.get("me/").status_code == 200
    ApiToken.objects.all().delete()
    assert call.get("me/").status_code == 401


def test_rights_are_asked_at_each_call(caller, entry, minji):
    call, path = caller(minji), f"entries/{entry.pk}/notes/ko/"
    minji.grants.all().delete()
    assert refusal(call("PUT", path, {"body": "셋째 글", "rev": 2})) == (403, "not_allowed")
    minji.is_staff = False
    minji.save()
    assert refusal(call.get("me/")) == (403, "permission_denied")
    assert NoteRevision.objects.filter(note__language="ko").count() == 2


def test_a_stranger_is_told_the_same_about_every_address(caller, stranger, entry):
    call = caller(stranger)
    answers = [call.get(path) for path in (*PATHS, f"entries/{entry.pk}/", "entries/999/")]
    assert {refusal(response) for response in answers} == {(403, "permission_denied")}


@pytest.mark.parametrize("mount", ["/api/v1/desk/", "/admin/api/v1/desk/"])
def test_who_must_sign_in_with_two_steps_and_does_not_is_refused(client, caller, paul, settings, mount):
    call = caller(paul)
    settings.NARANHI_MFA_REQUIRED = ["publisher"]
    response = client.get(mount + "me/", headers=call.headers)
    assert refusal(response) == (403, "second_factor_missing")


def test_a_session_counts_below_admin_alone(client, minji):
    client.force_login(minji)
    assert client.get("/admin/api/v1/desk/me/").json()["username"] == "minji"
    # Carried elsewhere by hand, the cookie would escape the limits of a session.
    client.cookies["sessionid"]["path"] = "/"
    assert client.get("/api/v1/desk/me/").status_code == 401


def test_a_session_needs_the_csrf_token_and_a_key_does_not(entry, rina, caller):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(rina)
    path = f"/admin/api/v1/desk/entries/{entry.pk}/notes/ko/approve/"
    before = Event.objects.count()
    answer = strict.post(path, {"rev": 2}, content_type="application/json")
    assert refusal(answer) == (403, "csrf")
    assert Event.objects.count() == before
    token = strict.get("/admin/login/?next=/admin/") and strict.get("/admin/").cookies["csrftoken"].value
    headers = {"X-CSRFToken": token}
    assert strict.post(path, {"rev": 2}, content_type="application/json", headers=headers).status_code == 200
    call = Caller(Client(enforce_csrf_checks=True), caller(rina).headers["Authorization"][7:])
    assert call("POST", f"entries/{entry.pk}/notes/ko/approve/", {"rev": 2}).status_code == 409


def test_each_person_has_a_limit_of_their_own(caller, minji, rina, settings):
    settings.NARANHI_API_RATE = "3/minute"
    call, other = caller(minji), caller(rina)
    assert [call.get("me/").status_code for _ in range(4)] == [200, 200, 200, 429]
    response = call.get("me/")
    assert refusal(response) == (429, "throttled")
    assert 0 < int(response.headers["Retry-After"]) <= 61
    assert other.get("me/").status_code == 200
