"""Who may open what: every address below /admin/ and the editors' API, by GET, for each member of the team.

The addresses come from the URLconf: one without a row here fails, and so does a row without an address.
"""

import logging
import re

import pytest
from django.contrib.auth.models import Group
from django.urls import URLPattern, get_resolver

from accounts.tokens import make_token
from tests.digest.desk.conftest import dump, plant_world
from tests.page import inline_code

PEOPLE = ("anonymous", "stranger", "tom", "minji", "rina", "paul", "boss")

# What PEOPLE get, in order, and where. 302: for the anonymous the way to sign in, else the way on. 401: the API's way to
# say it. 404 for everybody: nothing there, or nothing to it (two steps that are not set up). 405: takes a POST.
ROWS = {
    (200, 200, 200, 200, 200, 200, 200): """
        admin/account/password/reset/
        admin/account/password/reset/sent/
        admin/^account/password/reset/key/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>.{1,100})/$
        admin/account/password/reset/done/
    """,
    (200, 302, 302, 302, 302, 302, 302): """
        admin/login/
    """,
    (302, 200, 200, 200, 200, 200, 200): """
        admin/logout/
        admin/account/confirm/
        admin/account/password/
        admin/account/two-step/
        admin/account/sessions/
        admin/profile/
        admin/
        admin/jsi18n/
    """,
    (302, 302, 302, 302, 302, 302, 302): """
        admin/account/two-step/code/
        admin/account/two-step/confirm/
        admin/account/two-step/set-up/
        admin/account/two-step/recovery-codes/new/
        admin/i18n/setlang/
        admin/password_change/
        admin/password_change/done/
        admin/auth/group/<path:object_id>/
        admin/accounts/user/<path:object_id>/
        admin/papers/paper/<path:object_id>/
        admin/papers/author/<path:object_id>/
        admin/digest/digest/<path:object_id>/
        admin/digest/entry/<path:object_id>/
        admin/digest/term/<path:object_id>/
        admin/digest/searchterm/<path:object_id>/
        admin/digest/lostquery/<path:object_id>/
        admin/digest/importconflict/<path:object_id>/
        admin/digest/importflag/<path:object_id>/
        admin/digest/importrun/<path:object_id>/
        admin/digest/sourcefile/<path:object_id>/
        admin/digest/event/<path:object_id>/
        admin/digest/tag/<path:object_id>/
    """,
    (302, 403, 200, 200, 200, 200, 200): """
        admin/concordance/
        admin/notifications/
        admin/people/<int:pk>/
        admin/statistics/
        admin/statistics/csv/
        admin/profile/tokens/
        admin/papers/paper/
        admin/papers/paper/<path:object_id>/history/
        admin/papers/paper/<path:object_id>/change/
        admin/papers/author/
        admin/papers/author/<path:object_id>/history/
        admin/papers/author/<path:object_id>/change/
        admin/digest/digest/<int:pk>/copy/
        admin/digest/digest/
        admin/digest/digest/<path:object_id>/history/
        admin/digest/digest/<path:object_id>/change/
        admin/digest/entry/<int:pk>/preview/
        admin/digest/entry/<int:pk>/notes/<str:language>/history/
        admin/digest/entry/
        admin/digest/entry/<path:object_id>/history/
        admin/digest/entry/<path:object_id>/change/
        admin/digest/searchterm/
        admin/digest/searchterm/add/
        admin/digest/searchterm/<path:object_id>/history/
        admin/digest/searchterm/<path:object_id>/change/
        admin/digest/lostquery/
        admin/digest/lostquery/<path:object_id>/history/
        admin/digest/lostquery/<path:object_id>/change/
        admin/digest/term/export/
        admin/digest/term/import/
        admin/digest/term/
        admin/digest/term/add/
        admin/digest/term/<path:object_id>/history/
        admin/digest/term/<path:object_id>/change/
        admin/digest/tag/
        admin/digest/tag/<path:object_id>/history/
        admin/digest/tag/<path:object_id>/change/
    """,
    (302, 403, 403, 200, 200, 200, 200): """
        admin/compose/
        admin/papers/paper/add/
        admin/papers/author/<int:pk>/merge/
        admin/papers/author/<int:pk>/split/
        admin/digest/digest/<int:pk>/entry/
        admin/digest/digest/add/
        admin/digest/entry/add/
        admin/digest/importconflict/
        admin/digest/importconflict/<path:object_id>/history/
        admin/digest/importconflict/<path:object_id>/change/
        admin/digest/importflag/
        admin/digest/importflag/<path:object_id>/history/
        admin/digest/importflag/<path:object_id>/change/
        admin/digest/importrun/
        admin/digest/importrun/<path:object_id>/history/
        admin/digest/importrun/<path:object_id>/change/
        admin/digest/event/
        admin/digest/event/<path:object_id>/history/
        admin/digest/event/<path:object_id>/change/
    """,
    (302, 403, 403, 403, 200, 200, 200): """
        admin/digest/term/<path:object_id>/delete/
        admin/digest/searchterm/<path:object_id>/delete/
        admin/digest/lostquery/<path:object_id>/delete/
    """,
    (302, 403, 403, 403, 403, 200, 200): """
        admin/digest/digest/<int:pk>/publish/
        admin/digest/digest/<int:pk>/unpublish/
        admin/digest/digest/<int:pk>/move/
        admin/digest/entry/<path:object_id>/delete/
        admin/digest/tag/<int:pk>/rename/
        admin/digest/tag/<int:pk>/merge/
        admin/digest/tag/add/
    """,
    (302, 403, 403, 403, 403, 403, 200): """
        admin/auth/group/
        admin/auth/group/add/
        admin/auth/group/<path:object_id>/history/
        admin/auth/group/<path:object_id>/delete/
        admin/auth/group/<path:object_id>/change/
        admin/accounts/user/<id>/password/
        admin/accounts/user/
        admin/accounts/user/add/
        admin/accounts/user/<path:object_id>/history/
        admin/accounts/user/<path:object_id>/delete/
        admin/accounts/user/<path:object_id>/change/
        admin/papers/paper/<path:object_id>/delete/
        admin/papers/author/<path:object_id>/delete/
        admin/digest/sourcefile/
        admin/digest/sourcefile/<path:object_id>/history/
        admin/digest/sourcefile/<path:object_id>/change/
    """,
    (302, 403, 403, 403, 403, 403, 403): """
        admin/digest/lostquery/add/
        admin/autocomplete/
        admin/papers/author/add/
        admin/digest/digest/<path:object_id>/delete/
        admin/digest/importconflict/add/
        admin/digest/importconflict/<path:object_id>/delete/
        admin/digest/importflag/add/
        admin/digest/importflag/<path:object_id>/delete/
        admin/digest/importrun/add/
        admin/digest/importrun/<path:object_id>/delete/
        admin/digest/sourcefile/add/
        admin/digest/sourcefile/<path:object_id>/delete/
        admin/digest/event/add/
        admin/digest/event/<path:object_id>/delete/
        admin/digest/tag/<path:object_id>/delete/
    """,
    (302, 404, 200, 200, 200, 200, 200): """
        admin/^(?P<app_label>auth|accounts|digest|papers)/$
    """,
    (302, 404, 404, 404, 404, 404, 404): """
        admin/account/two-step/turn-off/
        admin/account/two-step/recovery-codes/
        admin/account/two-step/recovery-codes/file/
        admin/r/<path:content_type_id>/<path:object_id>/
        admin/(?P<url>.*)$
    """,
    (302, 405, 405, 405, 405, 405, 405): """
        admin/compose/lines/
        admin/notifications/read/
        admin/queue/assign/
        admin/digest/entry/<int:pk>/notes/<str:language>/suggest/
        admin/profile/tokens/<int:pk>/revoke/
        admin/digest/digest/<int:pk>/order/
        admin/digest/entry/<int:pk>/undelete/
        admin/digest/entry/<int:pk>/notes/<str:language>/restore/
        admin/digest/entry/<int:pk>/notes/<str:language>/do/<str:verb>/
        admin/digest/entry/<int:pk>/drafts/<str:language>/discard/
        admin/digest/entry/<int:pk>/comments/
        admin/digest/entry/<int:pk>/comments/<int:number>/<str:do>/
        admin/digest/entry/<int:pk>/notes/<str:language>/assign/
        admin/digest/entry/<int:pk>/live/
        admin/digest/entry/<int:pk>/notes/<str:language>/check/
        admin/digest/term/starter/
        admin/digest/searchterm/starter/
        admin/digest/lostquery/take-in/
        admin/digest/importconflict/<int:pk>/resolve/
    """,
    (401, 403, 200, 200, 200, 200, 200): """
        api/v1/desk/me/
        api/v1/desk/queue/
        api/v1/desk/queue/counts/
        api/v1/desk/entries/<int:pk>/
        api/v1/desk/entries/<int:pk>/notes/<str:language>/revisions/
        admin/api/v1/desk/me/
        admin/api/v1/desk/queue/
        admin/api/v1/desk/queue/counts/
        admin/api/v1/desk/entries/<int:pk>/
        admin/api/v1/desk/entries/<int:pk>/notes/<str:language>/revisions/
        admin/digest/entry/<int:pk>/drafts/<str:language>/
    """,
    (401, 403, 404, 404, 404, 404, 404): """
        api/v1/desk/
        admin/api/v1/desk/
    """,
    (401, 403, 405, 405, 405, 405, 405): """
        api/v1/desk/entries/<int:pk>/notes/<str:language>/
        api/v1/desk/entries/<int:pk>/notes/<str:language>/<str:verb>/
        admin/api/v1/desk/entries/<int:pk>/notes/<str:language>/
        admin/api/v1/desk/entries/<int:pk>/notes/<str:language>/<str:verb>/
    """,
    (405, 405, 405, 405, 405, 405, 405): """
        admin/account/sessions/<int:pk>/end/
        admin/digest/entry/<int:pk>/presence/
    """,
}


def addresses(resolver=None, prefix=""):
    """The route of every address of the desk, whoever's: our pages, Django's and allauth's."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            if route.startswith(("admin/", "api/v1/desk/")):
                yield route
        else:
            yield from addresses(pattern, route)


@pytest.fixture
def people(stranger, tom, minji, rina, paul, boss):
    found = (None, stranger, tom, minji, rina, paul, boss)
    return dict(zip(PEOPLE, found, strict=True))


@pytest.fixture
def world(people):
    """One row of everything, by the name of its model."""
    return plant_world(people["rina"]) | {
        "user": people["tom"].pk,
        "group": Group.objects.get(name="writer").pk,
        "token": make_token(user=people["tom"], name="x", days=1)[0].pk,
    }


# What stands for the parts of a route that are no row's key.
WORDS = {
    "<str:language>": "ko",
    "<str:verb>": "submit",
    "<str:do>": "resolve",
    "<path:content_type_id>/<path:object_id>": "0/0",
    "(?P<app_label>auth|accounts|digest|papers)": "digest",
    "(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>.{1,100})": "1-x",
    "(?P<url>.*)": "nowhere/",
}
# Whose key stands in routes that do not name a model.
KEYS = {"people": "user", "tokens": "token", "comments": "comment", "entries": "entry", "sessions": "user"}
SIGNS = re.compile(r"[\^$]")
KEY = re.compile(r"(\w+)/<[^>]+>")


def path_of(route, world):
    """A real address of the route. Fails for a part that stands for nothing known."""
    for part, word in WORDS.items():
        route = route.replace(part, word)
    filled = KEY.sub(lambda found: f"{found[1]}/{world[KEYS.get(found[1], found[1])]}", SIGNS.sub("", route))
    query = "?name=all" if filled.endswith("/queue/") else ""
    assert "<" not in filled, route
    return f"/{filled}{query}"


@pytest.fixture
def knock(client, people, world, monkeypatch):
    """``knock("tom")`` answers what Tom gets at each address."""
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)

    def go(person):
        user = people[person]
        key = make_token(user=user, name="y", days=1)[1] if user else ""
        before, answers = dump(), {}
        for route in sorted(set(addresses())):
            client.logout()  # some addresses sign out
            if user:
                client.force_login(user)
            headers = {"Authorization": f"Bearer {key}"} if user and route.startswith("api/") else {}
            answers[route] = client.get(path_of(route, world), headers=headers)
        assert dump() == before
        return answers

    return go


def expected():
    return {route: statuses for statuses, routes in ROWS.items() for route in routes.split()}


def test_every_address_has_a_row_and_every_row_an_address():
    assert sorted(expected()) == sorted(set(addresses()))


@pytest.mark.parametrize("person", PEOPLE)
def test_get_is_as_the_rows_say_and_writes_nothing(knock, person):
    answers = knock(person)
    place = PEOPLE.index(person)
    found = {route: answer.status_code for route, answer in answers.items() if route in expected()}
    assert found == {route: statuses[place] for route, statuses in expected().items() if route in answers}
    assert [route for route, answer in answers.items() if problem(answer)] == []


def problem(answer):
    """What no answer of the desk may be: kept by a cache, scripted inline, or hostile text come alive."""
    if answer.headers["Cache-Control"] != "private, no-store":
        return "kept"
    if "script-src 'self';" not in answer.headers["Content-Security-Policy"]:
        return "open to scripts"
    if answer.headers["Content-Type"].startswith("text/html") and not answer.streaming:
        return inline_code(answer) or "<script>alert(1)" in answer.content.decode()
    return None
