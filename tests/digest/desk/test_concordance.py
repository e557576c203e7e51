"""How a phrase was translated before."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from digest.desk.concordance import earlier_translations
from digest.editing.arranging import delete_entry
from digest.editing.workflow import save_note
from tests.build import build_entry

URL = "/admin/concordance/"


def found(phrase, **options):
    return [(pair.language, pair.found, pair.other) for pair in earlier_translations(phrase, **options)]


def test_the_paragraph_that_holds_the_phrase_faces_its_own_number(db):
    build_entry(ko="첫 문단.\n\n배치 크기가 커진다.", en="First.\n\nThe Batch Size grows.")
    assert found("배치 크기") == [("ko", "배치 크기가 커진다.", "The Batch Size grows.")]
    assert found("batch size") == [("en", "The Batch Size grows.", "배치 크기가 커진다.")]


def test_the_whole_other_note_stands_where_paragraphs_do_not_match(db):
    build_entry(ko="하나.\n\n배치 크기.", en="One. Batch size.")
    assert found("배치 크기") == [("ko", "배치 크기.", "One. Batch size.")]


def test_newest_first_at_most_ten_and_not_the_entry_at_hand(db):
    entries = [build_entry(f"2024-10-{day:02}", ko=f"배치 {day}", en=f"batch {day}") for day in range(1, 14)]
    pairs = earlier_translations("배치", without=entries[-1].pk)
    assert [pair.entry for pair in pairs] == entries[-2:-12:-1]


def test_an_entry_that_holds_it_in_both_languages_is_one_pair(db):
    entries = [
        build_entry(f"2024-10-{day:02}", ko="Transformer다", en="A transformer") for day in range(1, 13)
    ]
    pairs = earlier_translations("TRANSFORMER")
    assert [pair.entry for pair in pairs] == entries[:1:-1]


def test_drafts_deleted_entries_and_lone_notes_are_no_models(boss, minji):
    build_entry(ko="배치 초안", en="draft", public=False)
    build_entry(ko="배치 혼자")
    delete_entry(entry=build_entry(ko="배치 삭제", en="deleted"), by=boss)
    assert found("배치") == []


def test_what_readers_see_stands_while_its_next_version_is_a_draft(minji):
    entry = build_entry(ko="배치 공개", en="live batch")
    save_note(entry=entry, language="ko", body="배치 초안", by=minji, rev=1)
    assert found("배치") == [("ko", "배치 공개", "live batch")]
    assert found("초안") == []


@pytest.mark.parametrize("phrase", ["%", "_", "50%", "\\"])
def test_signs_of_the_query_language_are_letters(db, phrase):
    build_entry(ko=f"앞 {phrase} 뒤", en="x")
    build_entry(ko="없다", en="none")
    assert [pair[1] for pair in found(phrase)] == [f"앞 {phrase} 뒤"]


def test_one_query_for_any_number(db):
    for day in range(1, 9):
        build_entry(f"2024-10-{day:02}", ko="배치", en="batch")
    with CaptureQueriesContext(connection) as captured:
        assert (
            len([pair.entry.paper.title + str(pair.entry.digest) for pair in earlier_translations("배치")])
            == 8
        )
    assert len(captured) == 1


def test_page_works_without_script(door, tom):
    entry = build_entry(title="Scaling laws", ko="**배치** 크기", en="Batch size")
    html = door(tom).get(URL, {"q": " 배치 "}).content.decode()
    assert reverse("admin:digest_entry_change", args=[entry.pk]) in html
    assert "배치 크기" in html
    assert "Batch size" in html
    assert (
        reverse("admin:digest_entry_change", args=[entry.pk])
        not in door(tom).get(URL, {"q": "배치", "entry": entry.pk}).content.decode()
    )


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"q": ""},
        {"q": "a"},
        {"q": "x" * 101},
        {"q": "a\x00b"},
        {"q": "가나", "entry": "9" * 400},
        {"q": "  \n "},
        {"q": "없는 말", "entry": "x"},
        {"q": "�".encode("utf-8", "surrogatepass")},
    ],
)
def test_odd_questions_get_a_page(door, tom, query):
    response = door(tom).get(URL, query)
    assert (response.status_code, response.context["pairs"] or []) == (200, [])


def test_who_may_not_read_notes_may_not_search_them(client, stranger, db):
    assert client.get(URL).status_code == 302
    client.force_login(stranger)
    assert client.get(URL, {"q": "배치"}).status_code == 403


def test_it_only_answers_reading(door, tom):
    assert door(tom).post(URL, {"q": "배치"}).status_code == 405
