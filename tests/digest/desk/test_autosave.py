"""What the editor's script asks for and sends, the banner that works without it, and the conflict panel."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from digest.desk.autosave import MOST_BYTES
from digest.editing.drafting import drafts_of, mark_present, save_draft
from digest.editing.workflow import save_note
from digest.models import EditSession, Note, NoteRevision
from tests.build import build_entry
from tests.digest.desk.conftest import dump, note_of
from tests.page import form_data, message_texts, read_forms

JSON = "application/json"


@pytest.fixture
def entry(db):
    return build_entry(ko="첫 문단.\n\n둘째 문단.", en="First.\n\nSecond.")


def address(entry, language="ko"):
    return reverse("admin:digest_entry_draft", args=[entry.pk, language])


def page_of(entry):
    return reverse("admin:digest_entry_change", args=[entry.pk])


def send(client, entry, user, body, *, language="ko", **data):
    data = {"user": user.pk, "base_rev": 1, "source_rev": None, "serial": 0, "body": body, **data}
    return client.post(address(entry, language), data, JSON)


def keep(entry, by, body, *, base_rev=1, serial=0, language="ko"):
    return save_draft(
        entry=entry,
        language=language,
        by=by,
        body=body,
        base_rev=base_rev,
        source_rev=1,
        serial=serial,
    )


# -- keeping and reading -----------------------------------------------------------------------------------


def test_a_draft_is_kept_read_and_thrown_away(door, minji, entry):
    client = door(minji)
    kept = send(client, entry, minji, "쓰던 글", source_rev=1)
    draft = drafts_of(entry, minji)["ko"]
    moment = draft.draft_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    assert kept.json() == {"serial": 1, "draft_at": moment, "rev": 1}
    found = client.get(address(entry)).json()
    found.pop("csrf")
    assert found == {
        "user": minji.pk,
        "rev": 1,
        "text": "첫 문단.\n\n둘째 문단.",
        "base": "첫 문단.\n\n둘째 문단.",
        "serial": 1,
        "draft": {"body": "쓰던 글", "base_rev": 1, "source_rev": 1, "draft_at": moment},
        "panel": None,
    }
    gone = client.delete(address(entry), json.dumps({"user": minji.pk, "serial": 1}), JSON)
    assert (gone.status_code, gone.json()) == (200, {"serial": 2, "draft_at": None, "rev": 1})
    assert client.get(address(entry)).json()["draft"] is None


def test_an_autosave_changes_nothing_but_the_drafts(door, minji, entry):
    client = door(minji)
    before = dump()
    assert send(client, entry, minji, "쓰던 글").status_code == 200
    after = dump()
    assert len(after.pop("digest.EditSession")) == 1
    before.pop("digest.EditSession")
    assert after == before


def test_nobody_reads_anothers_draft(door, minji, rina, boss, entry):
    keep(entry, minji, "민지만의 글")
    for other in (rina, boss):
        answer = door(other).get(address(entry))
        assert answer.json()["draft"] is None
        assert "민지만의" not in answer.content.decode()
        assert "민지만의" not in door(other).get(page_of(entry)).content.decode()


def test_a_second_tab_gets_both_texts(door, minji, entry):
    client = door(minji)
    send(client, entry, minji, "첫 문단 A.\n\n둘째 문단.")
    refused = send(client, entry, minji, "첫 문단.\n\n둘째 문단 B.")
    answer = refused.json()
    assert refused.status_code == 409
    assert (answer["serial"], answer["body"], answer["base_rev"]) == (1, "첫 문단 A.\n\n둘째 문단.", 1)
    assert answer["draft_at"]
    panel = answer["panel"]
    assert 'data-conflict="ko"' in panel
    assert 'data-serial="1"' in panel
    assert "첫 문단 A.\n\n둘째 문단 B.</textarea>" in panel
    assert drafts_of(entry, minji)["ko"].body == "첫 문단 A.\n\n둘째 문단."


def test_discarding_what_moved_on_is_told(door, minji, entry):
    keep(entry, minji, "쓰던 글")
    answer = door(minji).delete(address(entry), json.dumps({"user": minji.pk, "serial": 0}), JSON)
    assert (answer.status_code, answer.json()["body"], answer.json()["panel"]) == (409, "쓰던 글", None)
    assert drafts_of(entry, minji)


def test_a_draft_on_an_older_revision_comes_with_the_three_texts(door, minji, rina, entry):
    client = door(minji)
    send(client, entry, minji, "민지의 첫 문단.\n\n둘째 문단.")
    save_note(entry=entry, language="ko", body="첫 문단.\n\n리나의 둘째 문단.", by=rina, rev=1)
    answer = client.get(address(entry), {"rev": 1}).json()
    assert (answer["rev"], answer["base"]) == (2, "첫 문단.\n\n둘째 문단.")
    panel = answer["panel"]
    assert "<ins>리나의 </ins>" in panel
    assert "<ins>민지의 </ins>" in panel
    assert 'data-text="base">첫 문단.\n\n둘째 문단.</pre>' in panel
    assert "민지의 첫 문단.\n\n리나의 둘째 문단.</textarea>" in panel
    assert "rina" in panel
    # The next autosave says that the note has moved.
    assert send(client, entry, minji, "민지의 글", serial=1).json()["rev"] == 2


def test_a_draft_that_is_saved_by_now_is_no_draft(door, minji, rina, entry):
    keep(entry, minji, "같은 글")
    save_note(entry=entry, language="ko", body="같은 글", by=rina, rev=1)
    answer = door(minji).get(address(entry)).json()
    assert (answer["draft"], answer["panel"], answer["serial"]) == (None, None, 1)
    assert door(minji).get(page_of(entry)).context["drafts"] == []


def test_hostile_text_is_escaped_in_the_panel(door, minji, rina, entry):
    keep(entry, minji, "<img src=x onerror=alert(1)></pre></textarea>")
    save_note(entry=entry, language="ko", body="<script>alert(2)</script>", by=rina, rev=1)
    panel = door(minji).get(address(entry)).json()["panel"]
    assert "<img" not in panel
    assert "<script" not in panel
    assert panel.count("</textarea>") <= 1


# -- who may, and what is refused --------------------------------------------------------------------------


def test_an_ended_session_is_told_in_json(client, minji, entry):
    login = f"{reverse('admin:login')}?next={page_of(entry).replace('/', '%2F')}"
    for answer in (
        client.get(address(entry)),
        send(client, entry, minji, "글"),
        client.delete(address(entry), "{}", JSON),
        client.post(reverse("admin:digest_entry_presence", args=[entry.pk]), "{}", JSON),
    ):
        assert (answer.status_code, answer.json()) == (401, {"login": login})
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_another_user_in_the_same_browser_writes_nothing(door, minji, rina, entry):
    before = dump()
    client = door(rina)
    assert send(client, entry, minji, "민지의 글").status_code == 401
    beat = reverse("admin:digest_entry_presence", args=[entry.pk])
    assert client.post(beat, {"user": minji.pk}, JSON).status_code == 401
    assert dump() == before


def test_only_writers_of_the_language_send(door, minji, tom, paul, stranger, entry):
    before = dump()
    found = [send(door(user), entry, user, "글").status_code for user in (tom, paul, stranger)]
    assert found == [403, 403, 403]
    assert send(door(minji), entry, minji, "Text", language="en").status_code == 403
    assert door(stranger).get(address(entry)).json() == {"error": ""}
    assert dump() == before


def test_unknown_texts_are_not_found(door, minji, entry):
    client = door(minji)
    for pk, language in ((entry.pk, "de"), (999_999, "ko"), (10**30, "ko")):
        url = reverse("admin:digest_entry_draft", args=[pk, language])
        assert (client.get(url).status_code, client.post(url, {}, JSON).status_code) == (404, 404)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"\xff",
        b"[" * 100_000,
        b'{"user": "1"}',
    ],
)
def test_what_is_no_json_object_is_refused(door, minji, entry, body):
    answer = door(minji).post(address(entry), body, JSON)
    assert answer.status_code in (400, 401)
    assert not EditSession.objects.exists()


@pytest.mark.parametrize(
    "odd",
    [
        {"body": None},
        {"body": ["글"]},
        {"body": "글\x00"},
        {"body": "글\ud800"},
        {"body": "글\ufffe"},
        {"body": "가" * 20_001},
        {"body": "가" * 40_001},
        {"serial": -1},
        {"serial": "0"},
        {"serial": True},
        {"serial": 1.0},
        {"serial": 10**400},
        {"base_rev": None},
        {"base_rev": 2},
        {"base_rev": 2_000_000_001},
        {"source_rev": "x"},
        {"source_rev": -5},
    ],
)
def test_odd_values_are_refused_in_words(door, minji, entry, odd):
    data = {"user": minji.pk, "base_rev": 1, "source_rev": None, "serial": 0, "body": "글", **odd}
    answer = door(minji).post(address(entry), json.dumps(data), JSON)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert not EditSession.objects.exists()


def test_a_body_beyond_any_note_is_refused_before_it_is_read(door, minji, entry):
    answer = send(door(minji), entry, minji, "a" * MOST_BYTES)
    assert answer.status_code == 413
    assert send(door(minji), entry, minji, "가" * 20_000).status_code == 200


def test_a_draft_needs_the_token(minji, entry):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(minji)
    assert send(strict, entry, minji, "글").status_code == 403
    token = strict.get(address(entry)).json()["csrf"]
    data = {"user": minji.pk, "base_rev": 1, "source_rev": None, "serial": 0, "body": "글"}
    assert strict.post(address(entry), data, JSON, headers={"X-CSRFToken": token}).status_code == 200


def test_reading_writes_nothing(door, minji, entry):
    keep(entry, minji, "글")
    client = door(minji)
    before = dump()
    for query in ({}, {"rev": "1"}, {"rev": "0"}, {"rev": "x"}, {"rev": "9" * 400}):
        assert client.get(address(entry), query).status_code in (200, 400)
    assert client.head(address(entry)).status_code == 200
    client.get(page_of(entry), {"draft": ["ko", "en", "xx"]})
    assert dump() == before


# -- presence ----------------------------------------------------------------------------------------------


def test_a_heartbeat_tells_who_else_is_here_and_where_the_notes_stand(door, minji, rina, entry):
    url = reverse("admin:digest_entry_presence", args=[entry.pk])
    mark_present(entry=entry, by=rina, language="en")
    save_note(entry=entry, language="ko", body="새 글", by=rina, rev=1)
    answer = door(minji).post(url, {"user": minji.pk, "language": "ko"}, JSON)
    assert answer.json() == {"others": [{"name": "rina", "languages": ["en"]}], "revs": {"ko": 2, "en": 1}}
    assert EditSession.objects.filter(user=minji, language="ko", draft_at=None).count() == 1
    assert EditSession.objects.get(user=minji).seen_at <= timezone.now()


def test_presence_before_the_first_note_counts_from_zero(door, minji):
    entry = build_entry(ko="", public=False)
    url = reverse("admin:digest_entry_presence", args=[entry.pk])
    answer = door(minji).post(url, {"user": minji.pk}, JSON)
    assert answer.json() == {"others": [], "revs": {"ko": 0, "en": 0}}


def test_odd_heartbeats_are_refused(door, minji, paul, entry):
    url = reverse("admin:digest_entry_presence", args=[entry.pk])
    client = door(minji)
    for language in ("de", 5, ["ko"], {"a": 1}):
        assert client.post(url, {"user": minji.pk, "language": language}, JSON).status_code == 400
    assert client.get(url).status_code == 405
    # Whoever only looks is told, and leaves no trace.
    mark_present(entry=entry, by=minji)
    assert door(paul).post(url, {"user": paul.pk}, JSON).json()["others"] == [
        {"name": "minji", "languages": ["ko"]}
    ]
    assert not EditSession.objects.filter(user=paul).exists()


# -- without script ----------------------------------------------------------------------------------------


def test_the_banner_offers_the_draft_and_takes_it_up(door, minji, entry, edit):
    keep(entry, minji, "쓰던 글")
    client = door(minji)
    page = client.get(page_of(entry), {"queue": "mine"})
    assert [draft.body for draft in page.context["drafts"]] == ["쓰던 글"]
    assert form_data(page, "entry_form")["ko"] == "첫 문단.\r\n\r\n둘째 문단."
    taken = client.get(page_of(entry), {"queue": "mine", "draft": "ko"})
    data = form_data(taken, "entry_form")
    assert (data["ko"], data["ko_rev"], data["ko_draft"]) == ("쓰던 글", "1", "1")
    assert (taken.context["drafts"], taken.context["conflicts"]) == ([], [])
    assert edit(client, entry, taken).status_code == 302
    assert (note_of(entry, "ko").body, drafts_of(entry, minji)) == ("쓰던 글", {})


def test_the_banner_discards_and_keeps_the_place(door, minji, entry):
    keep(entry, minji, "쓰던 글")
    client = door(minji)
    page = client.get(page_of(entry), {"queue": "mine", "draft": "en"})
    (form,) = [form for form in read_forms(page) if "/discard/" in form["action"]]
    answer = client.post(form["action"], {"serial": form["data"]["serial"]})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{page_of(entry)}?queue=mine")
    assert drafts_of(entry, minji) == {}


@pytest.mark.parametrize("serial", ["", "0", "x", "9" * 400])
def test_a_stale_discard_keeps_the_draft_and_says_so(door, minji, entry, serial):
    keep(entry, minji, "쓰던 글")
    url = reverse("admin:digest_entry_draft_discard", args=[entry.pk, "ko"])
    answer = door(minji).post(url, {"serial": serial}, follow=True)
    assert len(message_texts(answer)) == 1
    assert drafts_of(entry, minji)["ko"].body == "쓰던 글"


def test_a_saved_form_that_did_not_take_the_draft_up_leaves_it(door, minji, entry, edit):
    keep(entry, minji, "쓰던 글")
    assert edit(door(minji), entry, ko="다른 글").status_code == 302
    assert drafts_of(entry, minji)["ko"].body == "쓰던 글"


def test_a_refused_form_keeps_the_draft(door, minji, rina, entry, edit):
    client = door(minji)
    page = client.get(page_of(entry))
    keep(entry, minji, "민지의 글")
    save_note(entry=entry, language="ko", body="리나의 글", by=rina, rev=1)
    assert edit(client, entry, page, ko="민지의 글", ko_draft="1").status_code == 409
    assert drafts_of(entry, minji)["ko"].body == "민지의 글"


def test_a_draft_taken_up_over_a_newer_text_shows_the_conflict_at_once(door, minji, rina, entry, edit):
    keep(entry, minji, "민지의 첫 문단.\n\n둘째 문단.")
    save_note(entry=entry, language="ko", body="첫 문단.\n\n리나의 둘째 문단.", by=rina, rev=1)
    client = door(minji)
    page = client.get(page_of(entry), {"draft": "ko"})
    (conflict,) = page.context["conflicts"]
    assert (conflict.base_rev, conflict.rev) == (1, 2)
    assert conflict.saved.author == rina
    # Saving without a decision is refused; with the tick it is the merge that is saved.
    assert edit(client, entry, page).status_code == 409
    assert edit(client, entry, page, ko_take="merged").status_code == 302
    assert note_of(entry, "ko").body == "민지의 첫 문단.\n\n리나의 둘째 문단."
    assert drafts_of(entry, minji) == {}


# -- the panel of a refused save ---------------------------------------------------------------------------


def test_the_panel_has_all_three_texts_and_says_who_saved(door, minji, rina, entry, edit):
    client = door(minji)
    page = client.get(page_of(entry))
    save_note(entry=entry, language="ko", body="첫 문단.\n\n리나의 둘째 문단.", by=rina, rev=1)
    response = edit(client, entry, page, ko="민지의 첫 문단.\n\n둘째 문단.")
    (conflict,) = response.context["conflicts"]
    assert (conflict.base, conflict.theirs, conflict.mine) == (
        "첫 문단.\n\n둘째 문단.",
        "첫 문단.\n\n리나의 둘째 문단.",
        "민지의 첫 문단.\n\n둘째 문단.",
    )
    assert (conflict.saved.author, conflict.saved.rev) == (rina, 2)
    html = response.content.decode()
    for text in (conflict.base, conflict.theirs, conflict.mine):
        assert f">{text}</pre>" in html
    assert edit(client, entry, response, ko_take="merged").status_code == 302
    assert note_of(entry, "ko").body == "민지의 첫 문단.\n\n리나의 둘째 문단."


def test_both_languages_conflict_at_once(door, boss, minji, tom, entry, edit):
    client = door(boss)
    page = client.get(page_of(entry))
    save_note(entry=entry, language="ko", body="첫 문단.\n\n민지.", by=minji, rev=1)
    save_note(entry=entry, language="en", body="First.\n\nTom.", by=tom, rev=1)
    mine = {"ko": "보스.\n\n둘째 문단.", "en": "Boss.\n\nSecond."}
    response = edit(client, entry, page, **mine)
    assert [(c.language, c.merged) for c in response.context["conflicts"]] == [
        ("ko", "보스.\n\n민지."),
        ("en", "Boss.\n\nTom."),
    ]
    # One merge taken, the other text kept as typed.
    assert edit(client, entry, response, en_take="merged").status_code == 302
    assert (note_of(entry, "ko").body, note_of(entry, "en").body) == (mine["ko"], "Boss.\n\nTom.")


def test_a_merge_of_a_text_that_moved_again_is_refused_again(door, minji, rina, entry, edit):
    client = door(minji)
    page = client.get(page_of(entry))
    save_note(entry=entry, language="ko", body="첫 문단.\n\n리나.", by=rina, rev=1)
    response = edit(client, entry, page, ko="민지.\n\n둘째 문단.")
    save_note(entry=entry, language="ko", body="첫 문단.\n\n리나 또.", by=rina, rev=2)
    again = edit(client, entry, response, ko_take="merged")
    assert again.status_code == 409
    assert again.context["conflicts"][0].mine == "민지.\n\n리나."
    assert NoteRevision.objects.filter(note__language="ko").count() == 3


def test_unchanged_texts_never_conflict(door, minji, rina, entry, edit):
    client = door(minji)
    page = client.get(page_of(entry))
    keep(entry, minji, "첫 문단.\r\n\r\n둘째 문단. ")
    save_note(entry=entry, language="ko", body="리나의 글", by=rina, rev=1)
    assert edit(client, entry, page).status_code == 302
    assert client.get(page_of(entry)).context["drafts"] == []
    assert Note.objects.get(language="ko").body == "리나의 글"
