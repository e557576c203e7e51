"""The resources: what they show, what they write, and how they refuse."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from digest.editing.workflow import approve, publish_note, save_note
from digest.models import Note, NoteRevision
from tests.build import build_entry
from tests.digest.desk.api.conftest import API, problem, written

MINJI = {"username": "minji", "name": ""}


# -- reading --------------------------------------------------------------------------------------------


def test_me_says_who_and_what_they_may(caller, rina):
    rina.time_zone = "Europe/Berlin"
    rina.save()
    found = caller(rina).get("me/").json()
    token = found.pop("token")
    assert (token["name"], token["expires_at"][-1]) == ("tests", "Z")
    assert found == {
        "username": "rina",
        "name": "",
        "roles": ["reviewer", "writer"],
        "grants": [
            {"role": "reviewer", "language": "ko"},
            {"role": "reviewer", "language": "en"},
            {"role": "writer", "language": "ko"},
        ],
        "may": {"write": ["ko"], "review": ["ko", "en"], "publish": False},
        "zones": {"own": "Europe/Berlin", "site": "Asia/Seoul"},
    }


def test_pair_shows_the_paper_and_both_notes(caller, rina, entry):
    found = caller(rina).get(f"entries/{entry.pk}/").json()
    notes = found.pop("notes")
    assert found == {
        "id": entry.pk,
        "url": f"/admin/digest/entry/{entry.pk}/change/",
        "digest": {"id": entry.digest_id, "date": "2024-10-30", "status": "draft"},
        "position": 1,
        "source_language": "ko",
        "deleted": False,
        "tags": ["moe"],
        "paper": {
            "id": entry.paper_id,
            "kind": "paper",
            "title": "Scaling",
            "authors": ["Kun Xu", "A. Lee"],
            "abstract": "We scale.",
            "arxiv_id": None,
            "doi": "",
            "url": "",
            "project_url": "",
            "code_url": "",
        },
    }
    assert notes["ko"].pop("updated_at")
    assert notes["ko"] == {
        "language": "ko",
        "state": "review",
        "body": "둘째 글",
        "rev": 2,
        "sig_rev": 2,
        "source_rev": None,
        "stale": False,
        "live_rev": None,
        "assignee": None,
        "due_on": None,
        "verbs": ["save", "pull_back", "request_changes", "approve"],
        "checks": [],
    }
    english = notes["en"]
    assert [english[key] for key in ("state", "rev", "source_rev", "stale", "verbs")] == [
        "draft",
        1,
        1,
        True,
        [],
    ]


def test_pair_shows_what_the_checks_find(caller, tom, entry):
    save_note(entry=entry, language="en", body="한글 left over", by=tom, rev=1)
    checks = caller(tom).get(f"entries/{entry.pk}/").json()["notes"]["en"]["checks"]
    assert {"code", "level", "found", "message"} == checks[0].keys()
    assert "hangul" in [one["code"] for one in checks]
    assert "Korean is left in the English text: 한글" in [one["message"] for one in checks]


def test_note_that_is_not_there_yet_can_be_begun(caller, tom):
    entry = build_entry(public=False)
    found = caller(tom).get(f"entries/{entry.pk}/").json()["notes"]["en"]
    assert [found[key] for key in ("body", "rev", "state", "verbs", "updated_at")] == [
        "",
        0,
        "draft",
        ["save"],
        None,
    ]


@pytest.mark.parametrize("who", ["minji", "tom", "rina", "paul", "boss"])
def test_any_role_reads_the_drafts_of_both_languages(caller, request, entry, who):
    notes = caller(request.getfixturevalue(who)).get(f"entries/{entry.pk}/").json()["notes"]
    assert {language: note["body"] for language, note in notes.items()} == {"ko": "둘째 글", "en": "First"}


def test_revisions_come_newest_first_a_page_at_a_time(caller, minji, rina, entry):
    for rev in range(2, 5):
        save_note(entry=entry, language="ko", body=f"글 {rev + 1}", by=minji, rev=rev)
    call, path = caller(rina), f"entries/{entry.pk}/notes/ko/revisions/"
    first = call.get(path, limit=2).json()
    assert [row["rev"] for row in first["results"]] == [5, 4]
    assert first["next"] == f"{API}{path}?before=4&limit=2"
    second = call.get(path, before=4, limit=3).json()
    assert [row["rev"] for row in second["results"]] == [3, 2, 1]
    assert second["next"] is None
    row = second["results"][-1]
    assert row.pop("created_at")
    assert row == {
        "rev": 1,
        "body": "첫 글",
        "author": MINJI,
        "origin": "edit",
        "minor": False,
        "live": False,
        "reviewed_by": None,
        "reviewed_at": None,
        "self_review": False,
    }
    assert call.get(f"entries/{entry.pk}/notes/en/revisions/").json()["next"] is None


def test_queue_lists_what_waits_with_a_way_on(caller, tom):
    entries = [build_entry("2024-10-30", public=False) for _ in range(3)]
    call = caller(tom)
    first = call.get("queue/", name="translate", language="en", limit=2).json()
    row = first["results"][0]
    assert row == {
        "entry": entries[0].pk,
        "url": f"/admin/digest/entry/{entries[0].pk}/change/",
        "digest": "2024-10-30",
        "position": 1,
        "title": entries[0].paper.title,
        "source_language": "ko",
        "language": "en",
        "missing": ["arxiv_id", "abstract", "authors"],
        "note": None,
    }
    second = call("GET", first["next"].removeprefix(API)).json()
    found = [one["entry"] for page in (first, second) for one in page["results"]]
    assert found == [entry.pk for entry in entries]
    assert second["next"] is None


def test_queue_is_narrowed_by_plain_parameters(caller, rina, entry):
    call = caller(rina)
    other = build_entry("2024-10-10", public=False)
    build_entry("2024-10-10", public=False, tags=["moe"])
    assert [one["entry"] for one in call.get("queue/", name="review").json()["results"]] == [entry.pk]
    assert call.get("queue/", name="review", language="en").json()["results"] == []
    whole = {"name": "all", "order": "newest"}
    assert len(call.get("queue/", **whole).json()["results"]) == 3
    assert len(call.get("queue/", **whole, tag="moe").json()["results"]) == 2
    assert len(call.get("queue/", **whole, digest="2024-10-10").json()["results"]) == 2
    Note.objects.filter(entry=other).update(assignee=rina)
    for assignee in ("me", "rina"):
        found = call.get("queue/", **whole, assignee=assignee).json()["results"]
        assert [(one["entry"], one["note"]["assignee"]["username"]) for one in found] == [(other.pk, "rina")]
    assert len(call.get("queue/", **whole, assignee="none").json()["results"]) == 2


def test_counts_name_the_open_queues(caller, tom, paul, entry):
    assert caller(tom).get("queue/counts/").json() == {
        "translate": 0,
        "stale": 1,
        "changes": 0,
        "mine": 0,
        "all": 1,
    }
    assert "unpublished" in caller(paul).get("queue/counts/").json()


# -- writing --------------------------------------------------------------------------------------------


def test_save_makes_a_revision_and_answers_the_note(caller, minji, entry):
    call, path = caller(minji), f"entries/{entry.pk}/notes/ko/"
    response = call("PUT", path, {"body": "셋째 글\r\n", "rev": 2})
    assert response.status_code == 200
    assert [response.json()[key] for key in ("body", "rev", "sig_rev", "state")] == [
        "셋째 글",
        3,
        3,
        "review",
    ]
    response = call("PUT", path, {"body": "셋째 글.", "minor": True}, If_Match='"3"')
    assert [response.json()[key] for key in ("rev", "sig_rev")] == [4, 3]
    assert (
        call("PUT", path, {"body": "셋째 글.", "rev": 1}).json()["rev"] == 4
    )  # changes nothing: no conflict
    assert NoteRevision.objects.filter(note__entry=entry, note__language="ko").count() == 4


def test_save_of_a_translation_says_which_source_it_renders(caller, tom, entry):
    call, path = caller(tom), f"entries/{entry.pk}/notes/en/"
    assert call("PUT", path, {"body": "One", "rev": 1, "source_rev": 1}).json()["stale"] is True
    assert call("PUT", path, {"body": "Two", "rev": 2, "source_rev": 2}).json()["stale"] is False
    # Nobody has seen a later source than there is.
    assert call("PUT", path, {"body": "Three", "rev": 3, "source_rev": 9_999}).json()["source_rev"] == 2
    assert call("PUT", path, {"body": "Four", "rev": 4}).json()["source_rev"] == 2


def test_save_begins_a_note(caller, tom):
    entry = build_entry(public=False)
    response = caller(tom)("PUT", f"entries/{entry.pk}/notes/en/", {"body": "A note", "rev": 0})
    assert (response.status_code, response.json()["rev"]) == (200, 1)


def test_save_over_somebody_elses_comes_back_with_all_texts(caller, minji, rina, entry):
    base = "하나\n\n둘"
    save_note(entry=entry, language="ko", body=base, by=minji, rev=2)
    save_note(entry=entry, language="ko", body="하나 리나\n\n둘", by=rina, rev=3)
    before = written()
    call, path = caller(minji), f"entries/{entry.pk}/notes/ko/"
    response = call("PUT", path, {"body": "하나\n\n둘 민지", "rev": 3})
    assert problem(response) == (409, "stale_revision")
    told = response.json()
    assert {
        key: told[key] for key in ("base", "theirs", "mine", "merged", "base_rev", "rev", "language")
    } == {
        "base": base,
        "theirs": "하나 리나\n\n둘",
        "mine": "하나\n\n둘 민지",
        "merged": "하나 리나\n\n둘 민지",
        "base_rev": 3,
        "rev": 4,
        "language": "ko",
    }
    assert call("PUT", path, {"body": "하나 민지\n\n둘", "rev": 3}).json()["merged"] is None
    assert written() == before


@pytest.mark.parametrize(
    ("sent", "header", "refusal"),
    [
        ({}, None, (428, "rev_required")),
        ({"rev": None}, None, (400, "invalid")),
        ({"rev": 2}, '"1"', (400, "if_match")),
        ({}, "2", (400, "if_match")),
        ({}, "*", (400, "if_match")),
        ({}, 'W/"2"', (400, "if_match")),
        ({}, '"' + "9" * 400 + '"', (400, "if_match")),
        ({}, '"9"', (409, "unknown_revision")),
        ({"rev": 9}, None, (409, "unknown_revision")),
    ],
)
def test_save_names_the_revision_it_means(caller, minji, entry, sent, header, refusal):
    before = written()
    headers = {"If_Match": header} if header else {}
    response = caller(minji)("PUT", f"entries/{entry.pk}/notes/ko/", {"body": "x", **sent}, **headers)
    assert problem(response) == refusal
    assert written() == before


def test_verbs_are_those_of_the_desk(caller, rina, paul, minji, entry):
    path = f"entries/{entry.pk}/notes/ko/"
    review, write, publish = caller(rina), caller(minji), caller(paul)
    assert problem(review("POST", path + "request_changes/", {"rev": 2})) == (422, "comment_required")
    answer = review("POST", path + "request_changes/", {"rev": 2, "comment": "왜?"}).json()
    assert answer["state"] == "changes"
    assert problem(write("POST", path + "approve/", {"rev": 2})) == (409, "wrong_state")
    assert write("POST", path + "submit/", {}, If_Match='"2"').json()["state"] == "review"
    assert problem(write("POST", path + "approve/", {"rev": 2})) == (403, "not_allowed")
    assert problem(review("POST", path + "approve/", {"rev": 1})) == (409, "moved_on")
    assert problem(review("POST", path + "approve/", {})) == (428, "rev_required")
    assert review("POST", path + "approve/", {"rev": 2}).json()["state"] == "approved"
    assert problem(publish("POST", path + "publish/", {"rev": 2})) == (409, "digest_not_published")


def test_submit_is_refused_while_checks_fail_and_acknowledged_after_warnings(caller, tom, minji, entry):
    save_note(entry=entry, language="ko", body="12명이 https://example.org/a 에서", by=minji, rev=2)
    call, path = caller(tom), f"entries/{entry.pk}/notes/en/"
    call("PUT", path, {"body": "Twelve people there at the place", "rev": 1})
    assert problem(call("POST", path + "submit/", {"rev": 2, "acknowledge": True})) == (422, "checks_failed")
    call("PUT", path, {"body": "13 people at https://example.org/a", "rev": 2})
    assert problem(call("POST", path + "submit/", {"rev": 3})) == (422, "warnings")
    assert call("POST", path + "submit/", {"rev": 3, "acknowledge": True}).json()["state"] == "review"


def test_publish_moves_what_readers_see(caller, rina, paul, client):
    entry = build_entry(ko="처음")
    note = entry.notes.get()
    note.state, note.body, note.rev, note.sig_rev = "review", "다음", 2, 2
    note.save()
    NoteRevision.objects.create(note=note, rev=2, body="다음")
    approve(note=note, by=rina, rev=2)
    call, path = caller(paul), f"entries/{entry.pk}/notes/ko/"
    assert call("POST", path + "publish/", {"rev": 2}).json()["live_rev"] == 2
    assert call("POST", path + "unpublish/", {"rev": 2}).json()["live_rev"] is None
    assert problem(call("POST", path + "unpublish/", {"rev": 2})) == (409, "not_live")
    publish_note(note=Note.objects.get(), by=paul, rev=2)


# -- tampered and hostile -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "entries/{pk}9/"),
        ("GET", "entries/0/"),
        ("GET", "entries/" + "9" * 400 + "/"),
        ("GET", "entries/" + "9" * 5000 + "/"),
        ("GET", "entries/-1/"),
        ("GET", "entries/{pk}"),
        ("GET", "entries/{pk}/notes/fr/revisions/"),
        ("PUT", "entries/{pk}/notes/fr/"),
        ("PUT", "entries/{pk}/notes/%00/"),
        ("PUT", "entries/{pk}9/notes/ko/"),
        ("POST", "entries/{pk}/notes/ko/save/"),
        ("POST", "entries/{pk}/notes/ko/delete/"),
        ("POST", "entries/{pk}/notes/ko/__class__/"),
        ("POST", "entries/{pk}/notes/ko/Submit/"),
        ("POST", "entries/{pk}9/notes/ko/submit/"),
        ("POST", "login/"),
        ("POST", "../admin/"),
    ],
)
def test_what_is_not_there_is_not_found(caller, boss, entry, method, path):
    before = written()
    response = caller(boss)(method, path.format(pk=entry.pk), {"rev": 2, "body": "x"})
    assert problem(response) == (404, "not_found")
    assert written() == before


def test_verb_on_a_note_that_is_not_there_is_not_found(caller, boss):
    entry = build_entry(public=False)
    assert problem(caller(boss)("POST", f"entries/{entry.pk}/notes/en/submit/", {"rev": 0})) == (
        404,
        "not_found",
    )


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("me/", "GET, HEAD, OPTIONS"),
        ("queue/", "GET, HEAD, OPTIONS"),
        ("queue/counts/", "GET, HEAD, OPTIONS"),
        ("entries/{pk}/", "GET, HEAD, OPTIONS"),
        ("entries/{pk}/notes/ko/", "PUT, OPTIONS"),
        ("entries/{pk}/notes/ko/submit/", "POST, OPTIONS"),
        ("entries/{pk}/notes/ko/revisions/", "GET, HEAD, OPTIONS"),
    ],
)
def test_every_other_method_is_refused_and_writes_nothing(caller, boss, entry, path, methods):
    call, path, before = caller(boss), path.format(pk=entry.pk), written()
    options = call("OPTIONS", path)
    assert (options.status_code, options.headers["Allow"], options.content) == (204, methods, b"")
    for method in {"GET", "PUT", "POST", "PATCH", "DELETE", "TRACE", "BREW"} - set(methods.split(", ")):
        response = call(method, path, {"rev": 2, "body": "x"})
        assert problem(response) == (405, "method_not_allowed")
        assert response.headers["Allow"] == methods
    assert written() == before


def test_head_is_get_without_the_body(caller, rina, entry):
    call = caller(rina)
    response = call("HEAD", f"entries/{entry.pk}/")
    assert (response.status_code, response.content) == (200, b"")


# -- every answer ---------------------------------------------------------------------------------------


def test_answers_are_kept_nowhere_and_shared_with_nobody(caller, rina, entry):
    response = caller(rina)("GET", f"entries/{entry.pk}/", Origin="https://example.org")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert [name for name in response.headers if name.startswith("Access-Control")] == []
    assert "ETag" not in response.headers
    assert "Last-Modified" not in response.headers
    assert "Set-Cookie" not in str(response.headers) + str(response.cookies)
    assert response.headers["Content-Type"] == "application/json"
    again = caller(rina)("GET", f"entries/{entry.pk}/", Accept="text/html")
    assert again.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("language", "detail"),
    [
        ("en", "Your roles do not allow this."),
        ("ko", "맡은 역할로는 할 수 없습니다."),
        ("fr", "맡은 역할로는 할 수 없습니다."),
    ],
)
def test_problems_speak_the_language_asked_for(caller, stranger, language, detail):
    response = caller(stranger, language=language).get("me/")
    assert response.headers["Content-Language"] == ("en" if language == "en" else "ko")
    assert "Accept-Language" in response.headers["Vary"]
    assert response.json()["detail"] == detail


def queries_of(call, path, **parameters):
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert call.get(path, **parameters).status_code == 200
    return len(found)


def test_a_queue_takes_as_many_queries_for_fifty_rows_as_for_one(caller, tom):
    call = caller(tom)
    call.get("me/")  # notes the day the token was used
    build_entry(public=False)
    # The token with its user; the rights: own, of groups, in each language for the queue and for being open;
    # the rows, the entries, their notes.
    one = queries_of(call, "queue/", name="translate")
    for _ in range(49):
        build_entry(public=False)
    assert queries_of(call, "queue/", name="translate", limit=50) == one
    assert one <= 16


def test_a_pair_takes_as_many_queries_for_fifty_revisions_as_for_one(caller, minji, entry):
    call = caller(minji)
    call.get("me/")
    path = f"entries/{entry.pk}/"
    one = queries_of(call, path), queries_of(call, f"{path}notes/ko/revisions/", limit=100)
    for rev in range(2, 52):
        save_note(entry=entry, language="ko", body=("둘째 글", "셋째 글")[rev % 2 - 1], by=minji, rev=rev)
    assert (queries_of(call, path), queries_of(call, f"{path}notes/ko/revisions/", limit=100)) == one
