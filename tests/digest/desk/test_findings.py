"""Checks and terms beside the texts, and letting a check stand."""

import pytest
from django.urls import reverse

from digest.desk.findings import TermRow, findings_context, term_rows
from digest.models import CheckDismissal, Note
from digest.text.terms import TermPair
from tests.build import build_entry
from tests.digest.desk.conftest import dump, note_of
from tests.page import form_data, message_texts


@pytest.fixture
def entry(db):
    return build_entry(ko="속도는 512입니다. https://example.org/a", en="It is fast.", public=False)


def change_url(entry):
    return reverse("admin:digest_entry_change", args=[entry.pk])


def check_url(entry, language="en"):
    return reverse("admin:digest_entry_note_check", args=[entry.pk, language])


def context(user, entry, **texts):
    notes = {note.language: note for note in entry.notes.all()}
    notes = {
        language: notes.get(language) or Note(entry=entry, language=language) for language in ("ko", "en")
    }
    for note in notes.values():
        note.entry = entry
    stored = {language: note.body for language, note in notes.items()}
    return findings_context(user, entry, notes, stored | texts)


def test_errors_come_first_and_what_is_in_order_is_named(boss, entry):
    found = context(boss, entry)
    english, korean = found["check_groups"]
    assert [(checked.finding.code, checked.is_error) for _label, checked in english.findings] == [
        ("link_missing", True),
        ("number_missing", False),
    ]
    assert (english.language, korean.language, korean.findings) == ("en", "ko", [])
    labels = {label for label, _checked in english.findings}
    assert labels.isdisjoint(english.passed)
    assert len(english.passed) == len(set(english.passed)) > 4
    assert found["warned"] == ["en"]


def test_a_text_not_begun_is_not_checked(boss, entry):
    assert [group.language for group in context(boss, entry, en=" \n")["check_groups"]] == ["ko"]
    assert context(boss, entry, ko="", en="")["check_groups"] == []


def test_typed_texts_count_not_stored_ones(boss, entry):
    found = context(boss, entry, en="The speed is 512, see https://example.org/a now.")
    assert found["check_groups"][0].findings == []
    assert found["warned"] == []


def test_summary_counts_what_is_open(boss, entry, client):
    client.force_login(boss)
    client.cookies["desk_language"] = "en"
    html = client.get(change_url(entry)).content.decode()
    assert '<p class="visually-hidden" id="checks-said" role="status">Checks: 1 error, 1 warning.</p>' in html


def test_terms_of_the_source_show_their_translations_and_whether_one_is_used():
    terms = [
        TermPair("배치 크기", "batch size"),
        TermPair("학습", "training"),
        TermPair("학습", "learning"),
        TermPair("모델", "model"),
    ]
    rows = term_rows("학습할 때 배치 크기와 학습", "Learning with batches", "ko", terms)
    assert rows == [
        TermRow("학습", ["training", "learning"], used=True),
        TermRow("배치 크기", ["batch size"], used=False),
    ]
    assert term_rows("A Batch Size", "배치 크기", "en", terms) == [
        TermRow("batch size", ["배치 크기"], used=True)
    ]


def test_check_is_dismissed_with_a_reason_and_counted_again(door, tom, entry):
    client = door(tom)
    url = check_url(entry)
    data = form_data(client.get(change_url(entry)), url) | {"reason": "의도한 것"}
    assert data["code"] == "link_missing"
    assert client.post(url, data).headers["Location"] == change_url(entry) + "#checks"
    dismissal = CheckDismissal.objects.get()
    assert (dismissal.found, dismissal.reason, dismissal.by) == (data["found"], "의도한 것", tom)
    page = client.get(change_url(entry))
    assert [checked.is_open for _label, checked in page.context["check_groups"][0].findings] == [True, False]
    assert "의도한 것" in page.content.decode()
    client.post(url, {"code": data["code"], "found": data["found"], "undo": "1"})
    assert not CheckDismissal.objects.exists()


def test_only_who_writes_or_reviews_the_language_dismisses(door, minji, paul, entry):
    for user in (minji, paul):
        client = door(user)
        page = client.get(change_url(entry))
        assert check_url(entry) not in page.content.decode()
        before = dump()
        client.post(check_url(entry), {"code": "number_missing", "found": "512", "reason": "x"})
        assert dump() == before
        assert message_texts(client.get(change_url(entry)))


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"code": "number_missing", "found": "512"},
        {"code": "number_missing", "found": "512", "reason": " "},
        {"code": "number_missing", "found": "512", "reason": "x" * 301},
        {"code": "number_missing", "found": "512", "reason": "a\x00b"},
        {"code": "number_missing", "found": "513", "reason": "x"},
        {"code": "x" * 400, "found": "\x00", "reason": "x"},
        {"code": "number_missing", "found": "512", "undo": "1"},
    ],
)
def test_odd_dismissals_write_nothing(door, boss, entry, fields):
    client = door(boss)
    before = dump()
    assert client.post(check_url(entry), fields).status_code == 302
    assert client.post(check_url(entry, "ja"), fields).status_code == 404
    assert dump() == before
    assert note_of(entry, "en").rev == 1
