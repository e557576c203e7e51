"""Who may press what at the desk: a row for every address of ours that takes a POST. test_addresses.py has the GETs."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.digest.desk.conftest import dump, plant_world

PEOPLE = ("anonymous", "stranger", "tom", "paul", "boss")

# POST without any field, for PEOPLE in order: 302 for the anonymous is the way to the sign-in page; for others 302 = carried out or refused with a message, 200 = the form again.
POST = {
    "accounts_user_add": (302, 403, 403, 403, 200),
    "accounts_user_change": (302, 403, 403, 403, 200),
    "accounts_user_delete": (302, 403, 403, 403, 200),
    "auth_user_password_change": (302, 403, 403, 403, 200),
    "digest_digest_add": (302, 403, 403, 200, 200),
    "digest_digest_change": (302, 403, 403, 302, 302),
    "digest_digest_copy": (302, 405, 405, 405, 405),
    "digest_digest_delete": (302, 403, 403, 403, 403),
    "digest_digest_entry": (302, 403, 403, 200, 200),
    "digest_digest_history": (302, 403, 200, 200, 200),
    "digest_digest_move": (302, 403, 403, 200, 200),
    "digest_digest_order": (302, 403, 403, 302, 302),
    "digest_digest_publish": (302, 403, 403, 200, 200),
    "digest_digest_unpublish": (302, 403, 403, 302, 302),
    "digest_entry_add": (302, 403, 403, 200, 200),
    "digest_entry_change": (302, 403, 200, 200, 200),
    "digest_entry_comment": (302, 403, 404, 404, 404),
    "digest_entry_comment_settle": (302, 403, 302, 302, 302),
    "digest_entry_delete": (302, 403, 403, 302, 302),
    "digest_entry_history": (302, 403, 200, 200, 200),
    "digest_entry_draft": (401, 403, 403, 403, 400),
    "digest_entry_draft_discard": (302, 403, 302, 302, 302),
    "digest_entry_live": (302, 403, 200, 200, 200),
    "digest_entry_presence": (401, 403, 400, 400, 400),
    "digest_entry_note_assign": (302, 403, 302, 302, 302),
    "digest_entry_note_check": (302, 403, 302, 302, 302),
    "digest_entry_note_history": (302, 405, 405, 405, 405),
    "digest_entry_note_restore": (302, 403, 404, 404, 404),
    "digest_entry_note_verb": (302, 403, 302, 302, 302),
    "digest_entry_preview": (302, 405, 405, 405, 405),
    "digest_entry_undelete": (302, 403, 403, 302, 302),
    "digest_event_add": (302, 403, 403, 403, 403),
    "digest_event_change": (302, 403, 403, 403, 403),
    "digest_event_delete": (302, 403, 403, 403, 403),
    "digest_importconflict_add": (302, 403, 403, 403, 403),
    "digest_importconflict_change": (302, 403, 403, 200, 200),
    "digest_importconflict_delete": (302, 403, 403, 403, 403),
    "digest_importconflict_resolve": (302, 403, 403, 200, 200),
    "digest_importflag_add": (302, 403, 403, 403, 403),
    "digest_importflag_change": (302, 403, 403, 403, 403),
    "digest_importflag_delete": (302, 403, 403, 403, 403),
    "digest_importrun_add": (302, 403, 403, 403, 403),
    "digest_importrun_change": (302, 403, 403, 403, 403),
    "digest_importrun_delete": (302, 403, 403, 403, 403),
    "digest_sourcefile_add": (302, 403, 403, 403, 403),
    "digest_sourcefile_change": (302, 403, 403, 403, 403),
    "digest_sourcefile_delete": (302, 403, 403, 403, 403),
    "digest_tag_add": (302, 403, 403, 200, 200),
    "digest_tag_change": (302, 403, 403, 302, 302),
    "digest_tag_delete": (302, 403, 403, 403, 403),
    "digest_tag_merge": (302, 403, 403, 200, 200),
    "digest_tag_rename": (302, 403, 403, 200, 200),
    "digest_term_add": (302, 403, 200, 200, 200),
    "digest_term_change": (302, 403, 200, 200, 200),
    "digest_term_delete": (302, 403, 403, 200, 200),
    "digest_term_export": (302, 405, 405, 405, 405),
    "digest_term_import": (302, 403, 200, 200, 200),
    "digest_term_starter": (302, 403, 302, 302, 302),
    "papers_author_add": (302, 403, 403, 403, 403),
    "papers_author_change": (302, 403, 403, 200, 200),
    "papers_author_delete": (302, 403, 403, 403, 200),
    "papers_author_merge": (302, 403, 403, 200, 200),
    "papers_author_split": (302, 403, 403, 200, 200),
    "papers_paper_add": (302, 403, 403, 200, 200),
    "papers_paper_change": (302, 403, 403, 200, 200),
    "papers_paper_delete": (302, 403, 403, 403, 200),
}


@pytest.fixture
def people(stranger, tom, paul, boss):
    return {"anonymous": None, "stranger": stranger, "tom": tom, "paul": paul, "boss": boss}


@pytest.fixture
def world(boss):
    """One row of everything, and the arguments of every address."""
    return plant_world(boss)


def address(name, world, people):
    model = name.split("_")[1]
    if name == "auth_user_password_change":
        return reverse(f"admin:{name}", args=[people["tom"].pk])
    if name.endswith(("_changelist", "_add", "_export", "_import", "_starter")):
        return reverse(f"admin:{name}")
    args = [people["tom"].pk if model == "user" else world.get(model, 1)]
    if name == "digest_entry_note_verb":
        args += ["ko", "submit"]
    elif "_note_" in name or "_draft" in name:
        args += ["ko"]
    elif name == "digest_entry_comment_settle":
        args += [world["comment"], "resolve"]
    return reverse(f"admin:{name}", args=args)


def statuses(name, client, world, people):
    found = []
    for person in PEOPLE:
        client.logout()
        if people[person]:
            client.force_login(people[person])
        found.append(client.post(address(name, world, people)).status_code)
    return tuple(found)


@pytest.mark.parametrize("name", POST)
def test_post(client, world, people, name):
    assert statuses(name, client, world, people) == POST[name]


@pytest.mark.parametrize("name", [name for name in POST if POST[name][2] != 302])
def test_refused_post_writes_nothing(client, world, people, name):
    for person in ("anonymous", "stranger", "tom"):
        client.logout()
        if people[person]:
            client.force_login(people[person])
        before = dump()
        fields = {
            "rev": "1",
            "restore": "1",
            "resolution": "incoming",
            "name": "x",
            "target": "1",
            "date": "2020-01-01",
        }
        client.post(address(name, world, people), fields | {"now": "1", "acknowledge": "on", "post": "yes"})
        assert dump() == before


def test_stranger_finds_an_empty_desk(client, stranger, world):
    client.force_login(stranger)
    response = client.get(reverse("admin:index"))
    assert response.context["app_list"] == []


def test_language_switch_works_for_anyone_and_stays_on_the_desk(client, db):
    url = reverse("admin:setlang")
    response = client.post(url, {"language": "en", "next": "/admin/login/"})
    assert (response.status_code, response.headers["Location"]) == (302, "/admin/login/")
    cookie = response.cookies["desk_language"]
    assert (cookie.value, cookie["path"]) == ("en", "/admin/")
    assert client.get("/admin/login/").headers["Content-Language"] == "en"
    response = client.post(url, {"language": "en", "next": "https://example.org/"})
    assert response.headers["Location"] == "/"


def test_buttons_need_the_forms_token(boss, world):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(boss)
    before = dump()
    for name in POST:
        if name.startswith("digest_") and name.count("_") > 1:
            url = address(name, world, {"tom": boss})
            if POST[name][4] != 403:
                assert strict.post(url, {"rev": "1"}).status_code == 403
    assert dump() == before


def test_autocomplete_takes_the_right_to_look(client, people, world):
    url = reverse("admin:autocomplete")
    query = {"app_label": "digest", "model_name": "entry", "field_name": "paper", "term": "script"}
    found = []
    for person in PEOPLE:
        client.logout()
        if people[person]:
            client.force_login(people[person])
        found.append(client.get(url, query).status_code)
    assert found == [302, 403, 200, 200, 200]
