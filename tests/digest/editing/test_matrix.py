"""Every step of the workflow × state × language × person, three ways in: the verb, the desk's button, the API.

The tables say in names what docs/editorial-model.md says in words; nothing here asks the code who may do what.
A step that is allowed leads where the table says; one that is not changes no row.
"""

import json
import logging

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import assign_role
from accounts.tokens import make_token
from digest.desk.verbs import NOTE_VERBS
from digest.editing import workflow
from digest.editing.assigning import assign
from digest.editing.publishing import publish_digest, unpublish_digest
from digest.editing.transitions import TRANSITIONS
from digest.models import Comment, Digest, Entry, Event, Note, NoteRevision
from tests.build import build_entry
from tests.page import form_data

pytestmark = pytest.mark.django_db

# A star says that this person wrote the revision in question; otherwise Minji wrote the Korean, Tom the English.
# Left held every role and is deactivated. Solo is a one-person team: writes and reviews both languages, and may
# approve their own.
PEOPLE = ["minji", "tom", "rina", "rina*", "paul", "stranger", "boss", "boss*", "left", "solo", "solo*"]

# Where each verb leads, from which state.
LEADS = {
    "save": {"draft": "draft", "review": "review", "changes": "changes", "approved": "draft"},
    "submit": {"draft": "review", "changes": "review"},
    "pull_back": {"review": "draft"},
    "request_changes": {"review": "changes"},
    "approve": {"review": "approved"},
    "approve_own": {"review": "approved"},
    "publish": {"approved": "approved"},
    "unpublish": {state: state for state in ("draft", "review", "changes", "approved")},
    "confirm": {state: state for state in ("draft", "review", "changes", "approved")},
    "adopt": {},  # only for a machine's first text, which there is none of here
}
WRITERS = {"ko": "minji rina rina* boss boss* solo solo*", "en": "tom boss boss* solo solo*"}
PUBLISHERS = dict.fromkeys(("ko", "en"), "paul boss boss*")
MAY = {
    "save": WRITERS,
    "submit": WRITERS,
    "pull_back": WRITERS,
    "request_changes": dict.fromkeys(("ko", "en"), "rina rina* boss boss* solo solo*"),
    "approve": dict.fromkeys(("ko", "en"), "rina boss solo"),
    "approve_own": dict.fromkeys(("ko", "en"), "boss* solo*"),
    "publish": PUBLISHERS,
    "unpublish": PUBLISHERS,
    "confirm": {"ko": "", "en": WRITERS["en"]},  # the Korean note is the source
    "adopt": {"ko": "", "en": ""},
}
# The event each leaves, where it has another name.
EVENTS = {"confirm": "confirm_translation"}

STATES = ("draft", "review", "changes", "approved")
TEXTS = {
    "ko": (
        "모델이 커질수록 손실이 준다.",
        "모델이 커질수록 손실은 더 준다.",
        "모델이 커지면 손실이 줄어든다.",
    ),
    "en": (
        "The loss falls as models grow.",
        "The loss falls further as models grow.",
        "The larger the model, the lower the loss.",
    ),
}


@pytest.fixture
def team(minji, tom, rina, paul, stranger, boss, monkeypatch):
    everything = [("writer", ["ko", "en"]), ("reviewer", ["ko", "en"]), ("publisher", [])]
    left = User.objects.create_user("left", password="pw", is_staff=True)
    solo = User.objects.create_user("solo", password="pw", is_staff=True)
    for role, languages in everything:
        assign_role(left, role, languages)
    for role, languages in everything[:2]:
        assign_role(solo, role, languages)
    solo.user_permissions.add(Permission.objects.get(codename="self_review_note"))
    team = {user.username: user for user in (minji, tom, rina, paul, stranger, boss, left, solo)}
    for user in team.values():
        user.client = Client()
        user.client.force_login(user)
        user.key = make_token(user=user, name="matrix", days=1)[1]
    User.objects.filter(username="left").update(is_active=False)
    left.is_active = False
    # A thousand refusals would otherwise be formatted a thousand times, each with its traceback.
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    return team


def build_world(team, state, author=None):
    """A published entry, both notes live at revision 1 and at revision 2 in ``state``, the English one stale."""
    entry = build_entry(ko=TEXTS["ko"][0], en=TEXTS["en"][0])
    for note, writer in zip(entry.notes.order_by("-language"), ("minji", "tom"), strict=True):
        text = TEXTS[note.language][1]
        author_of_it = team[author or writer]
        NoteRevision.objects.create(note=note, rev=2, body=text, author=author_of_it)
        Note.objects.filter(pk=note.pk).update(body=text, rev=2, sig_rev=2, state=state)
    return entry


def rows():
    """All that a step may touch."""
    models = (Note, NoteRevision, Event, Comment, Entry, Digest)
    return [list(model.objects.order_by("pk").values_list()) for model in models]


def cells():
    return [(verb, language, name) for verb in LEADS for language in ("ko", "en") for name in PEOPLE]


# -- the three ways in: each tries a verb and answers whether it says that it was done -------------------


def by_verb(user, note, verb):
    about = {"note": note, "by": user, "rev": 2}
    calls = {
        "save": lambda: workflow.save_note(
            entry=note.entry, language=note.language, body=TEXTS[note.language][2], by=user, rev=2
        ),
        "submit": lambda: workflow.submit(**about),
        "pull_back": lambda: workflow.pull_back(**about),
        "request_changes": lambda: workflow.request_changes(**about, comment="왜?"),
        "approve": lambda: workflow.approve(**about),
        "approve_own": lambda: workflow.approve(**about, own=True),
        "publish": lambda: workflow.publish_note(**about),
        "unpublish": lambda: workflow.unpublish_note(note=note, by=user),
        "confirm": lambda: workflow.confirm_translation(**about),
        "adopt": lambda: NOTE_VERBS["adopt"](note, user, 2, {}),
    }
    try:
        calls[verb]()
    except ValidationError:
        return False
    return True


def by_button(user, note, verb):
    """The desk says how it went by a message only, so this one is judged by the rows alone."""
    if verb == "save":
        url = reverse("admin:digest_entry_change", args=[note.entry_id])
        form = {"paper": note.entry.paper_id, "source_language": "ko", "tag_names": ""}
        form |= {f"initial-{name}": value for name, value in form.items()}
        form |= {"ko": TEXTS["ko"][1], "ko_rev": 2, "en": TEXTS["en"][1], "en_rev": 2, "source_seen": 2}
        response = user.client.post(url, {**form, note.language: TEXTS[note.language][2], "_continue": "1"})
    else:
        url = reverse("admin:digest_entry_note_verb", args=[note.entry_id, note.language, verb])
        response = user.client.post(url, {"rev": "2", "comment": "왜?", "acknowledge": "1"})
    assert response.status_code in (200, 302, 403)


def by_api(user, note, verb):
    url = f"/api/v1/desk/entries/{note.entry_id}/notes/{note.language}/"
    sent = {"rev": 2, "body": TEXTS[note.language][2]} if verb == "save" else {"rev": 2, "comment": "왜?"}
    response = user.client.generic(
        "PUT" if verb == "save" else "POST",
        url if verb == "save" else f"{url}{verb}/",
        json.dumps(sent),
        content_type="application/json",
        headers={"Authorization": f"Bearer {user.key}"},
    )
    assert response.status_code in (200, 401, 403, 409)
    return response.status_code == 200


WAYS = {"verb": by_verb, "button": by_button, "api": by_api}


# -- the matrix -----------------------------------------------------------------------------------------


def test_the_tables_name_every_verb_and_state():
    assert set(LEADS) == set(MAY) == {"save", *NOTE_VERBS}
    assert {(state, verb, new) for verb, leads in LEADS.items() for state, new in leads.items()} >= {
        (state, verb, new) for (state, verb), (new, _guard) in TRANSITIONS.items()
    }
    assert set(STATES) == set(Note.State.values)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    "way", ["verb", *(pytest.param(door, marks=pytest.mark.once) for door in ("button", "api"))]
)
def test_every_step_is_as_the_tables_say(team, way, state):
    wrong = []
    # Who wrote it matters in review alone. The verbs prove that in every state; the doors call the same verbs.
    everywhere = way == "verb" or state == "review"
    for author in (None, "rina", "boss", "solo") if everywhere else (None,):
        with transaction.atomic():
            entry = build_world(team, state, author)
            before = rows()
            for verb, language, name in cells():
                person, star, _rest = name.partition("*")
                if (person if star else None) == author:
                    found = outcome(WAYS[way], team[person], entry, language, verb, before)
                    expected = expectation(verb, state, language, name)
                    wrong += [] if found == expected else [(verb, language, name, found, expected)]
            transaction.set_rollback(True)
    assert wrong == []


def expectation(verb, state, language, name):
    """None: nothing happens. Else the new state, the revision, the live one, the one the source is at, the event."""
    if name not in MAY[verb][language].split() or state not in LEADS[verb]:
        return None
    rev = 3 if verb == "save" else 2
    live = {"publish": 2, "unpublish": None}.get(verb, 1)
    rendered = None if language == "ko" else 2 if verb in ("save", "confirm") else 1
    return LEADS[verb][state], rev, live, rendered, EVENTS.get(verb, verb), name.removesuffix("*")


def outcome(way, user, entry, language, verb, before):
    """What the step did, taken back afterwards; a word for anything that is neither all nor nothing."""
    with transaction.atomic():
        note = Note.objects.select_related("entry__digest", "entry__paper").get(
            entry=entry, language=language
        )
        said = way(user, note, verb)
        after = rows()
        note = Note.objects.select_related("live").get(pk=note.pk)
        last = Event.objects.order_by("pk").last()
        new = Event.objects.count() - len(before[2])
        transaction.set_rollback(True)
    if after == before:
        return "said it was done" if said else None
    if said is False or new != 1:
        return f"said {said}, wrote {new} events"
    live = note.live.rev if note.live else None
    return note.state, note.rev, live, note.source_rev, last.verb, last.actor.username


# -- assignment, and digests ----------------------------------------------------------------------------

TAKES = {"ko": "minji rina boss solo", "en": "tom rina boss solo"}
GIVES = "rina paul boss solo"  # to somebody else


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("way", ["verb", "button"])
def test_every_assignment_is_as_the_tables_say(team, way, language):
    entry = build_world(team, "draft")
    before = rows()
    done = {"takes": [], "gives": []}
    for name, user in team.items():
        for kind, assignee in (("takes", user), ("gives", team["solo"])):
            with transaction.atomic():
                assign_by(way, user, entry, language, assignee)
                note = entry.notes.get(language=language)
                if note.assignee == assignee:
                    done[kind].append(name)
                else:
                    assert rows() == before
                transaction.set_rollback(True)
    expected = {"takes": TAKES[language], "gives": GIVES}
    assert {kind: sorted(names) for kind, names in done.items()} == {
        kind: sorted(names.split()) for kind, names in expected.items()
    }


def assign_by(way, user, entry, language, assignee):
    if way == "button":
        url = reverse("admin:digest_entry_note_assign", args=[entry.pk, language])
        assert user.client.post(url, {"assignee": assignee.pk}).status_code in (302, 403)
        return
    note = Note.objects.select_related("entry").get(entry=entry, language=language)
    try:
        assign(note=note, assignee=assignee, due_on=None, by=user, was=None)
    except ValidationError:
        return


@pytest.mark.parametrize("step", ["publish", "unpublish"])
@pytest.mark.parametrize("way", ["verb", "button"])
def test_only_publishers_publish_and_unpublish_digests(team, way, step):
    entry = build_world(team, "approved")
    digest = entry.digest
    if step == "publish":
        Digest.objects.update(publish_at=None)
        Entry.objects.update(publish_at=None)
        Note.objects.filter(language="en").update(source_rev=2)
    before, done = rows(), []
    for name, user in team.items():
        with transaction.atomic():
            digest_by(way, user, digest, step)
            digest.refresh_from_db()
            if (digest.publish_at is not None) == (step == "publish"):
                done.append(name)
            else:
                assert rows() == before
            transaction.set_rollback(True)
    assert sorted(done) == ["boss", "paul"]


def digest_by(way, user, digest, step):
    if way == "button":
        url = reverse(f"admin:digest_digest_{step}", args=[digest.pk])
        assert user.client.post(url, {"now": "1"}).status_code in (302, 403)
        return
    verb = publish_digest if step == "publish" else unpublish_digest
    try:
        verb(digest=digest, by=user)
    except ValidationError:
        return


# -- tampered requests ----------------------------------------------------------------------------------


@pytest.fixture
def entry(team):
    return build_world(team, "draft")


def address(entry, language="ko", verb="submit"):
    return f"/admin/digest/entry/{entry.pk}/notes/{language}/do/{verb}/"


@pytest.mark.parametrize(
    ("language", "verb", "status"),
    [
        ("en", "submit", 302),  # not hers: a message says so
        ("fr", "submit", 404),
        ("%00", "submit", 404),
        ("ko", "save", 404),
        ("ko", "delete", 404),
        ("ko", "Submit", 404),
        ("ko", "__init__", 404),
        ("ko", "confirm_translation", 404),
        ("ko", "approve", 302),
    ],
)
def test_a_tampered_address_changes_nothing(team, entry, language, verb, status):
    before = rows()
    response = team["minji"].client.post(address(entry, language, verb), {"rev": "2"})
    assert (response.status_code, rows()) == (status, before)


@pytest.mark.parametrize("rev", ["", "1", "3", "7", "-2", "2.0", "two", "٢", "9" * 400, "2\x00"])
def test_only_the_present_revision_is_meant(team, entry, rev):
    other = build_world(team, "draft")
    Note.objects.filter(entry=other).update(rev=7, sig_rev=7)
    before = rows()
    assert team["minji"].client.post(address(entry), {"rev": rev}).status_code == 302
    assert rows() == before


def test_the_state_is_no_field(team, entry):
    client = team["minji"].client
    client.post(address(entry), {"rev": "2", "state": "approved", "live": "2", "verb": "approve"})
    assert entry.notes.get(language="ko").state == "review"
    page = reverse("admin:digest_entry_change", args=[entry.pk])
    sent = form_data(client.get(page), "entry_form") | {"ko": TEXTS["ko"][2], "_continue": "1"}
    client.post(
        page, sent | {"state": "approved", "ko_state": "approved", "rev": "9", "live": "2", "author": "1"}
    )
    note = entry.notes.get(language="ko")
    assert (note.state, note.rev, note.live.rev) == ("review", 3, 1)


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete"])
def test_only_a_post_is_a_step(team, entry, method):
    before = rows()
    for verb in NOTE_VERBS:
        response = getattr(team["boss"].client, method)(address(entry, verb=verb) + "?rev=2")
        assert response.status_code == 405
    assert rows() == before


def test_a_post_without_the_forms_token_is_no_step(team, entry):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(team["boss"])
    before = rows()
    urls = [address(entry, verb=verb) for verb in NOTE_VERBS]
    urls += [f"/admin/api/v1/desk/entries/{entry.pk}/notes/ko/{verb}/" for verb in NOTE_VERBS]
    for url in urls:
        sent = (
            {"data": {"rev": 2}, "content_type": "application/json"}
            if "/api/" in url
            else {"data": {"rev": 2}}
        )
        assert strict.post(url, **sent).status_code == 403
    assert rows() == before


def test_a_step_on_a_deleted_entry_shows_readers_nothing(team):
    entry = build_world(team, "approved")
    Entry.objects.filter(pk=entry.pk).update(publish_at=None, deleted_at=timezone.now())
    before = rows()
    for user in team.values():
        user.client.post(address(entry, verb="publish"), {"rev": "2"})
        assert by_api(user, entry.notes.get(language="ko"), "publish") is False
    assert rows() == before
