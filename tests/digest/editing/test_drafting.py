"""Drafts and presence: what is kept, when it ends, who is told of whom, and that nothing of the note moves."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import assign_role
from digest.editing.drafting import (
    Present,
    discard_draft,
    drafts_of,
    mark_present,
    others_present,
    save_draft,
)
from digest.editing.errors import NotAllowed, Refused, StaleDraft, StaleRevision
from digest.editing.workflow import restore_revision, save_note
from digest.models import EditSession, Event, Note, NoteRevision
from tests.build import build_entry, build_note

NOW = datetime.datetime(2026, 3, 1, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def entry(db):
    return build_entry(ko="처음", en="First")


def keep(entry, by, body, *, serial=0, base_rev=1, language="ko", **fields):
    fields = {"source_rev": None, **fields}
    return save_draft(
        entry=entry, language=language, by=by, body=body, base_rev=base_rev, serial=serial, **fields
    )


def stored(entry, by, language="ko"):
    """The draft as (text, serial), or None."""
    draft = drafts_of(entry, by).get(language)
    return draft and (draft.body, draft.serial)


def content():
    return [list(model.objects.order_by("pk").values()) for model in (Note, NoteRevision, Event)]


def test_a_draft_is_kept_in_its_stored_form_and_nothing_of_the_note_moves(entry, minji):
    before = content()
    draft = keep(entry, minji, "하나\r\n둘  ", source_rev=1, now=NOW)
    assert (draft.body, draft.base_rev, draft.source_rev, draft.serial) == ("하나\n\n둘", 1, 1, 1)
    assert (draft.draft_at, draft.seen_at) == (NOW, NOW)
    assert content() == before


def test_drafts_of_one_text_are_one_row(entry, minji):
    for serial, body in enumerate(("하", "하나", "하나 둘")):
        assert keep(entry, minji, body, serial=serial).serial == serial + 1
    assert EditSession.objects.count() == 1
    assert stored(entry, minji) == ("하나 둘", 3)


def test_a_draft_needs_no_note_and_makes_none(minji):
    entry = build_entry(ko="", public=False)
    assert keep(entry, minji, "새 글", base_rev=0).base_rev == 0
    assert not Note.objects.exists()


def test_an_emptied_text_is_a_draft_too(entry, minji):
    keep(entry, minji, "")
    assert stored(entry, minji) == ("", 1)


def test_drafts_are_each_persons_and_each_languages_own(entry, minji, rina, boss):
    keep(entry, minji, "민지")
    keep(entry, rina, "리나")
    keep(entry, boss, "Boss", language="en")
    assert {language: row.body for language, row in drafts_of(entry, minji).items()} == {"ko": "민지"}
    assert {language: row.body for language, row in drafts_of(entry, boss).items()} == {"en": "Boss"}


@pytest.mark.parametrize("typed", ["처음", "처음\r\n", "  처음 "])
def test_typing_the_text_back_ends_the_draft(entry, minji, typed):
    keep(entry, minji, "다른 글")
    draft = keep(entry, minji, typed, serial=1)
    assert (draft.draft_at, draft.body, draft.serial) == (None, "", 2)
    assert drafts_of(entry, minji) == {}


def test_an_older_base_typed_back_ends_the_draft_too(entry, minji, rina):
    keep(entry, minji, "민지의 글")
    save_note(entry=entry, language="ko", body="리나의 글", by=rina, rev=1)
    keep(entry, minji, "처음", serial=1)
    assert drafts_of(entry, minji) == {}


def test_a_text_i_saved_since_is_not_unsaved_although_someone_saved_after_me(entry, minji, rina):
    save_note(entry=entry, language="ko", body="민지의 글", by=minji, rev=1)
    save_note(entry=entry, language="ko", body="리나의 글", by=rina, rev=2)
    assert keep(entry, minji, "민지의 글").draft_at is None
    # Somebody else's words of that time are unsaved words of mine.
    assert keep(entry, rina, "민지의 글").body == "민지의 글"


def test_an_older_base_is_kept_as_it_is(entry, minji, rina):
    save_note(entry=entry, language="ko", body="리나의 글", by=rina, rev=1)
    draft = keep(entry, minji, "민지의 글", base_rev=1)
    assert (draft.body, draft.base_rev) == ("민지의 글", 1)


def test_a_second_tab_never_overwrites_the_first(entry, minji):
    keep(entry, minji, "첫째 탭")
    with pytest.raises(StaleDraft) as refused:
        keep(entry, minji, "둘째 탭")
    assert (refused.value.session.body, refused.value.session.serial) == ("첫째 탭", 1)
    # Nor does one that went back to the saved text.
    with pytest.raises(StaleDraft):
        keep(entry, minji, "처음")
    assert stored(entry, minji) == ("첫째 탭", 1)
    assert keep(entry, minji, "둘을 합침", serial=1).serial == 2


def test_the_same_text_sent_twice_is_no_conflict(entry, minji):
    keep(entry, minji, "답이 사라진 글")
    again = keep(entry, minji, "답이 사라진 글\r\n")
    assert (again.body, again.serial) == ("답이 사라진 글", 1)


def test_saving_ends_the_draft_that_grew_into_the_text(entry, minji):
    keep(entry, minji, "고친")
    save_note(entry=entry, language="ko", body="고친 글", by=minji, rev=1, draft=1)
    assert drafts_of(entry, minji) == {}


def test_saving_ends_the_draft_that_says_the_same(entry, minji):
    keep(entry, minji, "고친 글")
    save_note(entry=entry, language="ko", body="고친 글\r\n", by=minji, rev=1)
    assert drafts_of(entry, minji) == {}


def test_saving_keeps_a_draft_of_another_tab(entry, minji):
    keep(entry, minji, "다른 탭의 글")
    save_note(entry=entry, language="ko", body="이 탭의 글", by=minji, rev=1)
    save_note(entry=entry, language="ko", body="이 탭의 글 둘", by=minji, rev=2, draft=0)
    assert stored(entry, minji) == ("다른 탭의 글", 1)


def test_saving_ends_nobody_elses_draft_and_no_other_language(entry, boss, rina):
    keep(entry, rina, "글")
    keep(entry, boss, "글")
    keep(entry, boss, "Text", language="en")
    save_note(entry=entry, language="ko", body="글", by=boss, rev=1, draft=1)
    assert stored(entry, rina) == ("글", 1)
    assert drafts_of(entry, boss).keys() == {"en"}


def test_an_autosave_that_arrives_after_the_save_does_not_bring_the_text_back(entry, minji):
    mark_present(entry=entry, by=minji)
    save_note(entry=entry, language="ko", body="고친 글", by=minji, rev=1, draft=0)
    with pytest.raises(StaleDraft) as refused:
        keep(entry, minji, "고친")
    assert refused.value.session.draft_at is None
    assert keep(entry, minji, "고친 글").draft_at is None


def test_a_refused_save_keeps_the_draft(entry, minji, rina, tom):
    save_note(entry=entry, language="ko", body="리나의 글", by=rina, rev=1)
    keep(entry, minji, "민지의 글")
    with pytest.raises(StaleRevision) as refused:
        save_note(entry=entry, language="ko", body="민지의 글", by=minji, rev=1, draft=1)
    assert (refused.value.base_rev, refused.value.base) == (1, "처음")
    for body in ("", "가" * 20_001, "나\ufffe"):
        with pytest.raises(ValidationError):
            save_note(entry=entry, language="ko", body=body, by=minji, rev=2, draft=1)
    minji.grants.all().delete()
    with pytest.raises(NotAllowed):
        save_note(entry=entry, language="ko", body="민지의 글", by=minji, rev=2, draft=1)
    assert stored(entry, minji) == ("민지의 글", 1)


def test_an_unchanged_save_ends_the_draft_it_grew_from(entry, minji):
    keep(entry, minji, "버린 글")
    save_note(entry=entry, language="ko", body="처음", by=minji, rev=1, draft=1)
    assert drafts_of(entry, minji) == {}
    assert Note.objects.get(language="ko").rev == 1


def test_restoring_an_old_revision_keeps_the_draft(entry, minji):
    save_note(entry=entry, language="ko", body="둘째", by=minji, rev=1)
    keep(entry, minji, "쓰던 글", base_rev=2)
    restore_revision(note=Note.objects.get(language="ko"), restore=1, by=minji, rev=2)
    assert stored(entry, minji) == ("쓰던 글", 1)


def test_only_writers_of_the_language_keep_drafts(entry, minji, tom, stranger):
    for user in (tom, stranger):
        with pytest.raises(NotAllowed):
            keep(entry, user, "글")
    with pytest.raises(NotAllowed):
        keep(entry, minji, "Text", language="en")
    assert not EditSession.objects.exists()


@pytest.mark.parametrize("body", ["가" * 20_001, "가" * 40_001, "글\x00", "글\ufffe", "글\x0b자"])
def test_what_cannot_be_stored_is_refused_and_the_draft_stays(entry, minji, body):
    keep(entry, minji, "글")
    with pytest.raises(ValidationError):
        keep(entry, minji, body, serial=1)
    assert stored(entry, minji) == ("글", 1)


def test_a_base_the_note_never_had_is_refused(entry, minji):
    for base_rev in (2, 999):
        with pytest.raises(Refused) as refused:
            keep(entry, minji, "글", base_rev=base_rev)
        assert refused.value.code == "unknown_revision"
    with pytest.raises(Refused):
        keep(build_entry(ko="", public=False), minji, "글", base_rev=1)


def test_discarding_takes_the_serial(entry, minji, rina):
    keep(entry, minji, "글")
    keep(entry, rina, "글")
    with pytest.raises(StaleDraft):
        discard_draft(entry=entry, language="ko", by=minji, serial=0)
    session = discard_draft(entry=entry, language="ko", by=minji, serial=1)
    assert (session.draft_at, session.body, session.serial) == (None, "", 2)
    assert stored(entry, rina) == ("글", 1)
    # Twice is no error, and a serial of before the discarding does not bring the text back.
    discard_draft(entry=entry, language="ko", by=minji, serial=1)
    with pytest.raises(StaleDraft):
        keep(entry, minji, "글", serial=1)


def test_others_present_are_those_of_the_last_minute(entry, minji, tom, rina, paul):
    rina.first_name = "Rina"
    rina.save()
    elsewhere = build_entry(ko="다른")
    mark_present(entry=entry, by=minji, language="ko", now=NOW)
    mark_present(entry=entry, by=rina, now=NOW)
    mark_present(entry=entry, by=tom, language="en", now=NOW - datetime.timedelta(seconds=61))
    mark_present(entry=elsewhere, by=tom, now=NOW)
    assert others_present(entry, minji, NOW) == [Present("Rina", ("ko", "en"))]
    assert others_present(entry, paul, NOW) == [Present("minji", ("ko",)), Present("Rina", ("ko", "en"))]
    assert others_present(entry, minji, NOW + datetime.timedelta(seconds=61)) == []


def test_two_people_of_one_name_are_two(entry, minji, tom, paul):
    for user in (minji, tom):
        user.first_name = "Kim"
        user.save()
        mark_present(entry=entry, by=user)
    assert others_present(entry, paul) == [Present("Kim", ("ko",)), Present("Kim", ("en",))]


def test_presence_is_for_those_who_work_on_the_text(entry, minji, paul, stranger, roles):
    for user in (paul, stranger):
        mark_present(entry=entry, by=user)
    mark_present(entry=entry, by=minji, language="en")
    assert not EditSession.objects.exists()
    assign_role(stranger, "reviewer", ["en"])
    mark_present(entry=entry, by=type(stranger).objects.get(pk=stranger.pk))
    assert list(EditSession.objects.values_list("user__username", "language")) == [("stranger", "en")]


def test_presence_touches_no_draft(entry, minji):
    keep(entry, minji, "글", now=NOW)
    mark_present(entry=entry, by=minji, now=NOW + datetime.timedelta(minutes=5))
    row = EditSession.objects.get()
    assert (row.body, row.serial, row.draft_at) == ("글", 1, NOW)
    assert row.seen_at == NOW + datetime.timedelta(minutes=5)


def test_what_i_left_behind_a_week_ago_is_swept_up_but_never_a_draft(entry, minji, rina):
    long_ago = timezone.now() - datetime.timedelta(days=8)
    entries = [build_entry(ko="하나"), build_entry(ko="둘"), build_entry(ko="셋")]
    mark_present(entry=entries[0], by=minji, now=long_ago)
    keep(entries[1], minji, "쓰던 글", now=long_ago)
    mark_present(entry=entries[2], by=rina, language="ko", now=long_ago)
    mark_present(entry=entry, by=minji)
    assert set(EditSession.objects.values_list("entry", "user__username")) == {
        (entry.pk, "minji"),
        (entries[1].pk, "minji"),
        (entries[2].pk, "rina"),
    }


def test_reading_drafts_and_presence_takes_one_query_each(minji, rina):
    found = []
    for notes in (1, 2):
        entry = build_entry(ko="글", en="" if notes == 1 else "Text")
        for user in (minji, rina)[:notes]:
            mark_present(entry=entry, by=user)
            keep(entry, user, "다른 글")
        with CaptureQueriesContext(connection) as captured:
            drafts_of(entry, minji)
            others_present(entry, minji)
        found.append(len(captured))
    # the person's drafts; who else is there, with their names
    assert found == [2, 2]


def test_keeping_a_draft_takes_the_same_queries_however_long_the_history(minji):
    found = []
    for revisions in (1, 6):
        entry = build_entry(ko="")
        build_note(entry, "ko", "글 0", live=False)
        for rev in range(1, revisions):
            save_note(entry=entry, language="ko", body=f"글 {rev}", by=minji, rev=rev)
        minji.has_perm("digest.write_note")
        with CaptureQueriesContext(connection) as captured:
            keep(entry, minji, "새 글", base_rev=revisions)
        found.append(len([q for q in captured if "SAVEPOINT" not in q["sql"]]))
    # grant, note, own revisions since, the row (look, make), draft
    assert found == [6, 6]
