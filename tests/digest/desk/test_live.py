"""The panels for texts that are being typed: right, bounded, and without writing anything."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from digest.models import Term
from tests.build import build_entry
from tests.digest.desk.conftest import dump
from tests.page import inline_code

JSON = "application/json"


@pytest.fixture
def entry(db):
    Term.objects.create(ko="배치 크기", en="batch size")
    return build_entry(ko="배치 크기는 512입니다.", en="The batch size is 512.")


def url(entry):
    return reverse("admin:digest_entry_live", args=[entry.pk])


def ask(client, entry, **texts):
    response = client.post(url(entry), texts)
    assert response.status_code == 200
    return response.json()


def test_answer_says_all_of_the_typed_texts(door, tom, entry):
    answer = ask(door(tom), entry, en="The size is 511.\n\nMore.")
    assert answer["lengths"] == {"ko": "14자 · 1문단", "en": "5 words · 2 ¶"}
    assert [(check["code"], check["found"], check["level"]) for check in answer["checks"]["en"]] == [
        ("paragraphs", answer["checks"]["en"][0]["found"], "warning"),
        ("number_missing", "512", "warning"),
        ("number_added", "511", "warning"),
        ("term_missing", "배치 크기", "warning"),
    ]
    assert not any(check["dismissed"] for check in answer["checks"]["en"])
    assert answer["terms"] == [{"source": "배치 크기", "targets": ["batch size"], "used": False}]
    assert answer["warned"] == ["en"]
    assert "<p>The size is 511.</p><p>More.</p>" in answer["panels"]["preview"]
    assert answer["panels"].keys() == {"preview", "rows", "checks", "terms"}


def test_a_missing_text_stands_for_the_stored_one(door, tom, entry):
    answer = ask(door(tom), entry)
    assert answer["checks"] == {"en": [], "ko": []}
    assert answer["terms"][0]["used"] is True
    assert answer["warned"] == []


def test_json_says_the_same_as_a_form(door, tom, entry):
    client = door(tom)
    texts = {"ko": "글 512", "en": "Text"}
    as_json = client.post(url(entry), json.dumps(texts), content_type=JSON).json()
    as_form = ask(client, entry, **texts)
    for answer in (as_json, as_form):
        answer["panels"].pop("checks")  # its forms carry a token made anew
    assert as_json == as_form


def test_panels_are_those_of_the_page(door, boss, entry):
    client = door(boss)
    page = client.get(reverse("admin:digest_entry_change", args=[entry.pk])).content.decode()
    panels = ask(client, entry)["panels"]
    for name in ("preview", "terms", "rows"):
        assert panels[name].strip() in page


def test_preview_is_the_readers_renderer_and_safe(door, boss, entry):
    answer = ask(
        door(boss), entry, ko="<script>alert(1)</script> **굵게** $x^2$", en="[a](javascript:alert(1))"
    )
    preview = answer["panels"]["preview"]
    assert "<strong>굵게</strong>" in preview
    assert "<math" in preview
    assert "<script" not in preview
    assert "href" not in preview


@pytest.mark.parametrize("who", ["minji", "tom", "rina", "paul", "boss"])
def test_it_writes_nothing(door, request, entry, who):
    client = door(request.getfixturevalue(who))
    before = dump()
    ask(client, entry, ko="새 글", en="New")
    assert dump() == before
    assert client.get(url(entry)).status_code == 405


def test_strangers_and_the_anonymous_learn_nothing(client, stranger, entry):
    assert client.post(url(entry), {}).status_code == 302
    client.force_login(stranger)
    assert client.post(url(entry), {}).status_code == 403
    assert client.post(reverse("admin:digest_entry_live", args=[10**17]), {}).status_code == 403


def test_it_needs_the_forms_token(boss, entry):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(boss)
    assert strict.post(url(entry), {"ko": "x"}).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        b"x",
        b"[]",
        b'"text"',
        b"null",
        b'{"ko": 1}',
        b'{"en": null}',
        b'{"ko": ["x"]}',
        b"[" * 100000,
        b"\xff\xfe",
        b'{"ko": ',
    ],
)
def test_what_is_not_two_texts_is_refused(door, boss, entry, body):
    assert door(boss).post(url(entry), body, content_type=JSON).status_code == 400


def test_too_much_text_is_refused_before_it_is_looked_at(door, boss, entry):
    client = door(boss)
    assert client.post(url(entry), {"ko": "가" * 40_001}).status_code == 413
    assert client.post(url(entry), b" " * 500_001, content_type=JSON).status_code == 413
    assert client.post(url(entry), {"ko": "가" * 40_000}).status_code == 200


@pytest.mark.parametrize("odd", ["\x00", "\x0b", "\ud800", "\ufffe", "[[\x00]]", "[[\ud800]]", "\u202e"])
def test_characters_that_no_note_can_hold_do_no_harm(door, boss, entry, odd):
    response = door(boss).post(url(entry), json.dumps({"ko": f"글 {odd} 글", "en": odd}), content_type=JSON)
    assert response.status_code == 200


def test_a_missing_entry_is_not_found(door, boss):
    assert door(boss).post(reverse("admin:digest_entry_live", args=[1]), {}).status_code == 404


def test_panels_hold_no_inline_code(door, boss, entry):
    response = door(boss).post(url(entry), {"en": "Other 3"})
    response.content = "".join(response.json()["panels"].values()).encode()
    assert inline_code(response) == []


def test_the_same_queries_whatever_is_typed_and_found(door, boss, entry):
    client = door(boss)
    ask(client, entry)
    counts = []
    for texts in (
        {"en": "The batch size 1."},
        {"en": " ".join(map(str, range(900))), "ko": "배치 크기 " * 200},
    ):
        with CaptureQueriesContext(connection) as captured:
            ask(client, entry, **texts)
        counts.append(len(captured))
    # session, user, entry, notes, glossary, dismissals of the translation
    assert counts == [6, 6], [query["sql"] for query in captured]
