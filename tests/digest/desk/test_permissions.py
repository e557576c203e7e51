"""Who may open what at the desk: a row for every address, and a test that none is without one."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from digest.models import Event, ImportConflict, ImportFlag, ImportRun, SourceFile, Tag
from papers.models import Author
from tests.build import build_entry
from tests.digest.desk.conftest import dump
from tests.page import inline_code

PEOPLE = ("anonymous", "stranger", "tom", "paul", "boss")

# GET, for PEOPLE in order. 302 for the anonymous is the way to the sign-in page.
GET = {
    "accounts_user_add": (302, 403, 403, 403, 200),
    "accounts_user_change": (302, 403, 403, 403, 200),
    "accounts_user_changelist": (302, 403, 403, 403, 200),
    "accounts_user_delete": (302, 403, 403, 403, 200),
    "accounts_user_history": (302, 403, 403, 403, 200),
    "auth_user_password_change": (302, 403, 403, 403, 200),
    "digest_digest_add": (302, 403, 403, 200, 200),
    "digest_digest_change": (302, 403, 200, 200, 200),
    "digest_digest_changelist": (302, 403, 200, 200, 200),
    "digest_digest_delete": (302, 403, 403, 403, 403),
    "digest_digest_history": (302, 403, 200, 200, 200),
    "digest_digest_move": (302, 403, 403, 200, 200),
    "digest_digest_order": (302, 405, 405, 405, 405),
    "digest_digest_publish": (302, 403, 403, 200, 200),
    "digest_digest_unpublish": (302, 403, 403, 200, 200),
    "digest_entry_add": (302, 403, 403, 200, 200),
    "digest_entry_change": (302, 403, 200, 200, 200),
    "digest_entry_changelist": (302, 403, 200, 200, 200),
    "digest_entry_delete": (302, 403, 403, 200, 200),
    "digest_entry_history": (302, 403, 200, 200, 200),
    "digest_entry_note_history": (302, 403, 200, 200, 200),
    "digest_entry_note_restore": (302, 405, 405, 405, 405),
    "digest_entry_note_verb": (302, 405, 405, 405, 405),
    "digest_entry_preview": (302, 403, 200, 200, 200),
    "digest_entry_undelete": (302, 405, 405, 405, 405),
    "digest_event_add": (302, 403, 403, 403, 403),
    "digest_event_change": (302, 403, 403, 200, 200),
    "digest_event_changelist": (302, 403, 403, 200, 200),
    "digest_event_delete": (302, 403, 403, 403, 403),
    "digest_event_history": (302, 403, 403, 200, 200),
    "digest_importconflict_add": (302, 403, 403, 403, 403),
    "digest_importconflict_change": (302, 403, 403, 200, 200),
    "digest_importconflict_changelist": (302, 403, 403, 200, 200),
    "digest_importconflict_delete": (302, 403, 403, 403, 403),
    "digest_importconflict_history": (302, 403, 403, 200, 200),
    "digest_importconflict_resolve": (302, 405, 405, 405, 405),
    "digest_importflag_add": (302, 403, 403, 403, 403),
    "digest_importflag_change": (302, 403, 403, 200, 200),
    "digest_importflag_changelist": (302, 403, 403, 200, 200),
    "digest_importflag_delete": (302, 403, 403, 403, 403),
    "digest_importflag_history": (302, 403, 403, 200, 200),
    "digest_importrun_add": (302, 403, 403, 403, 403),
    "digest_importrun_change": (302, 403, 403, 200, 200),
    "digest_importrun_changelist": (302, 403, 403, 200, 200),
    "digest_importrun_delete": (302, 403, 403, 403, 403),
    "digest_importrun_history": (302, 403, 403, 200, 200),
    "digest_sourcefile_add": (302, 403, 403, 403, 403),
    "digest_sourcefile_change": (302, 403, 403, 403, 200),
    "digest_sourcefile_changelist": (302, 403, 403, 403, 200),
    "digest_sourcefile_delete": (302, 403, 403, 403, 403),
    "digest_sourcefile_history": (302, 403, 403, 403, 200),
    "digest_tag_add": (302, 403, 403, 200, 200),
    "digest_tag_change": (302, 403, 200, 200, 200),
    "digest_tag_changelist": (302, 403, 200, 200, 200),
    "digest_tag_delete": (302, 403, 403, 403, 403),
    "digest_tag_history": (302, 403, 200, 200, 200),
    "digest_tag_merge": (302, 403, 403, 200, 200),
    "digest_tag_rename": (302, 403, 403, 200, 200),
    "papers_author_add": (302, 403, 403, 403, 403),
    "papers_author_change": (302, 403, 200, 200, 200),
    "papers_author_changelist": (302, 403, 200, 200, 200),
    "papers_author_delete": (302, 403, 403, 403, 200),
    "papers_author_history": (302, 403, 200, 200, 200),
    "papers_author_merge": (302, 403, 403, 200, 200),
    "papers_author_split": (302, 403, 403, 200, 200),
    "papers_paper_add": (302, 403, 403, 200, 200),
    "papers_paper_change": (302, 403, 200, 200, 200),
    "papers_paper_changelist": (302, 403, 200, 200, 200),
    "papers_paper_delete": (302, 403, 403, 403, 200),
    "papers_paper_history": (302, 403, 200, 200, 200),
}

# POST without any field, for PEOPLE in order: 302 = carried out or refused with a message, 200 = the form again.
POST = {
    "accounts_user_add": (302, 403, 403, 403, 200),
    "accounts_user_change": (302, 403, 403, 403, 200),
    "accounts_user_delete": (302, 403, 403, 403, 200),
    "auth_user_password_change": (302, 403, 403, 403, 200),
    "digest_digest_add": (302, 403, 403, 200, 200),
    "digest_digest_change": (302, 403, 403, 302, 302),
    "digest_digest_delete": (302, 403, 403, 403, 403),
    "digest_digest_history": (302, 403, 200, 200, 200),
    "digest_digest_move": (302, 403, 403, 200, 200),
    "digest_digest_order": (302, 403, 403, 302, 302),
    "digest_digest_publish": (302, 403, 403, 200, 200),
    "digest_digest_unpublish": (302, 403, 403, 302, 302),
    "digest_entry_add": (302, 403, 403, 200, 200),
    "digest_entry_change": (302, 403, 200, 200, 200),
    "digest_entry_delete": (302, 403, 403, 302, 302),
    "digest_entry_history": (302, 403, 200, 200, 200),
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
def world(db):
    """One row of everything, and the arguments of every address."""
    entry = build_entry(title="<script>alert(1)</script>{{7*7}}", authors=["Kim"], en="Text", tags=["moe"])
    run = ImportRun.objects.create()
    file = SourceFile.objects.create(name="a.txt", sha256="0", content=b"x", digest=entry.digest, run=run)
    flag = ImportFlag.objects.create(source_file=file, line=1, reason="?")
    conflict = ImportConflict.objects.create(
        entry=entry, field="ko", base="a", ours="한국어 노트", incoming="b", source_file=file, line=1
    )
    event = Event.objects.create(
        verb="save", object_type="entry", object_id=entry.pk, object_label="<script>x"
    )
    return {
        "event": event.pk,
        "digest": entry.digest_id,
        "entry": entry.pk,
        "tag": Tag.objects.get().pk,
        "importrun": run.pk,
        "sourcefile": file.pk,
        "importflag": flag.pk,
        "importconflict": conflict.pk,
        "paper": entry.paper_id,
        "author": Author.objects.get().pk,
    }


def addresses():
    """Every named address of our models' admin pages."""
    found = {}
    for model, model_admin in admin.site._registry.items():
        if model._meta.app_label in ("digest", "papers", "accounts"):
            for pattern in model_admin.get_urls():
                if pattern.name:
                    found[pattern.name] = pattern
    return found


def address(name, world, people):
    model = name.split("_")[1]
    if name == "auth_user_password_change":
        return reverse(f"admin:{name}", args=[people["tom"].pk])
    if name.endswith(("_changelist", "_add")):
        return reverse(f"admin:{name}")
    args = [people["tom"].pk if model == "user" else world.get(model, 1)]
    if name == "digest_entry_note_verb":
        args += ["ko", "submit"]
    elif "_note_" in name:
        args += ["ko"]
    return reverse(f"admin:{name}", args=args)


def statuses(name, method, client, world, people):
    found = []
    for person in PEOPLE:
        client.logout()
        if people[person]:
            client.force_login(people[person])
        found.append(getattr(client, method)(address(name, world, people)).status_code)
    return tuple(found)


def test_every_address_has_a_row():
    assert addresses().keys() == GET.keys()
    assert POST.keys() <= GET.keys()


@pytest.mark.parametrize("name", GET)
def test_get(client, world, people, name):
    before = dump()
    assert statuses(name, "get", client, world, people) == GET[name]
    assert dump() == before


@pytest.mark.parametrize("name", POST)
def test_post(client, world, people, name):
    assert statuses(name, "post", client, world, people) == POST[name]


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


@pytest.mark.parametrize("name", GET)
def test_pages_hold_no_inline_code_and_escape_hostile_text(client, world, people, name):
    client.force_login(people["boss"])
    response = client.get(address(name, world, people))
    if response.status_code != 200:
        return
    assert inline_code(response) == []
    html = response.content.decode()
    assert "<script>alert(1)" not in html
    assert "script-src 'self';" in response.headers["Content-Security-Policy"]
    assert response.headers["Cache-Control"] == "private, no-store"


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
