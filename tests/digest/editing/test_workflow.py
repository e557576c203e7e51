"""The verbs of a note. The team is in tests/conftest.py: Minji writes, Tom translates, Rina reviews, Paul publishes."""

import pytest

from digest.editing.arranging import delete_entry
from digest.editing.errors import NotAllowed, Refused, StaleRevision
from digest.editing.publishing import publish_digest
from digest.editing.transitions import TRANSITIONS, available_verbs
from digest.editing.workflow import (
    approve,
    confirm_translation,
    publish_note,
    pull_back,
    request_changes,
    restore_revision,
    save_note,
    submit,
    unpublish_note,
)
from digest.models import Entry, Event, Note, NoteRevision, Reference
from tests.build import build_entry


@pytest.fixture
def entry(db):
    return build_entry(public=False, ko="")


def write(entry, by, body, language="ko", **options):
    note = Note.objects.filter(entry=entry, language=language).first()
    options.setdefault("rev", note.rev if note else 0)
    return save_note(entry=entry, language=language, body=body, by=by, **options)


def approved(entry, writer, reviewer, body="노트", language="ko"):
    note = write(entry, writer, body, language)
    submit(note=note, by=writer, rev=note.rev)
    return approve(note=note, by=reviewer, rev=note.rev)


def test_save_makes_a_numbered_revision_and_an_event(entry, minji):
    note = write(entry, minji, "첫 글 https://arxiv.org/abs/2408.16357에서")
    note = write(entry, minji, "둘째 글")
    assert (note.rev, note.sig_rev, note.state, note.body) == (2, 2, "draft", "둘째 글")
    assert [(r.rev, r.body, r.author) for r in note.revisions.order_by("rev")] == [
        (1, "첫 글 https://arxiv.org/abs/2408.16357에서", minji),
        (2, "둘째 글", minji),
    ]
    assert list(Reference.objects.values_list("revision__rev", "kind", "arxiv_id")) == [
        (1, "arxiv", "2408.16357")
    ]
    assert list(Event.objects.order_by("pk").values_list("verb", "actor", "revision__rev")) == [
        ("save", minji.pk, 1),
        ("save", minji.pk, 2),
    ]


def test_save_of_browser_line_ends_is_no_change(entry, minji):
    note = write(entry, minji, "첫 문단\n\n둘째 문단")
    again = write(entry, minji, "첫 문단 \r\n\r\n\r\n둘째 문단\r\n", rev=note.rev)
    assert again.rev == 1
    assert NoteRevision.objects.count() == 1


def test_save_from_an_old_revision_is_refused_with_three_texts(entry, minji, rina):
    write(entry, minji, "처음")
    write(entry, rina, "리나의 글")
    with pytest.raises(StaleRevision) as refusal:
        write(entry, minji, "민지의 글", rev=1)
    error = refusal.value
    assert (error.base, error.theirs, error.mine) == ("처음", "리나의 글", "민지의 글")
    assert Note.objects.get().body == "리나의 글"
    assert NoteRevision.objects.count() == 2


@pytest.mark.parametrize("body", ["처음", "처음\r\n", "리나의 글"])
def test_save_that_changes_nothing_is_never_a_conflict(entry, minji, rina, body):
    write(entry, minji, "처음")
    write(entry, rina, "리나의 글")
    assert write(entry, minji, body, rev=1).body == "리나의 글"
    assert NoteRevision.objects.count() == 2


def test_save_of_a_revision_that_never_was_is_refused(entry, minji):
    write(entry, minji, "처음")
    with pytest.raises(Refused):
        write(entry, minji, "다음", rev=7)


@pytest.mark.parametrize("body", ["", " \r\n "])
def test_save_of_nothing_is_refused_and_makes_no_note(entry, minji, body):
    with pytest.raises(Refused):
        write(entry, minji, body)
    assert not Note.objects.exists()


@pytest.mark.parametrize("body", ["a\x0bb", "a\x00b", "a\uffffb", "가" * 20_001, "가" * 5_000_000])
def test_save_of_text_no_feed_or_database_can_carry_is_refused(entry, minji, body):
    with pytest.raises(Exception) as refusal:
        write(entry, minji, body)
    assert type(refusal.value).__name__ == "ValidationError"
    assert not NoteRevision.objects.exists()


@pytest.mark.parametrize("who", ["tom", "paul", "stranger"])
def test_save_needs_a_grant_for_the_language(entry, request, who):
    with pytest.raises(NotAllowed):
        write(entry, request.getfixturevalue(who), "글")
    assert not Note.objects.exists()


def test_a_deactivated_writer_may_nothing(entry, minji):
    minji.is_active = False
    with pytest.raises(NotAllowed):
        write(entry, minji, "글")


def test_minor_edit_leaves_translations_alone(entry, minji, tom):
    write(entry, minji, "원문")
    write(entry, tom, "The translation", "en")
    write(entry, minji, "원문.", minor=True)
    assert not Note.objects.stale().exists()
    write(entry, minji, "다른 원문")
    assert [note.language for note in Note.objects.stale()] == ["en"]


def test_first_revision_is_never_minor(entry, minji):
    note = write(entry, minji, "원문", minor=True)
    assert (note.sig_rev, note.revisions.get().minor) == (1, False)


def test_saving_a_translation_brings_it_up_to_date_and_minor_does_not(entry, minji, tom):
    write(entry, minji, "원문")
    write(entry, tom, "Translation", "en")
    write(entry, minji, "새 원문")
    write(entry, tom, "Translation.", "en", minor=True)
    assert Note.objects.stale().exists()
    write(entry, tom, "New translation", "en")
    assert not Note.objects.stale().exists()


def test_saving_a_translation_of_the_source_one_saw_stays_stale(entry, minji, tom):
    write(entry, minji, "원문")
    write(entry, minji, "새 원문")
    write(entry, tom, "Translation", "en", source_rev=1)
    assert Note.objects.stale().exists()


def test_still_correct_makes_no_revision(entry, minji, tom):
    write(entry, minji, "원문")
    note = write(entry, tom, "Translation", "en")
    write(entry, minji, "새 원문")
    note = confirm_translation(note=note, by=tom, rev=1)
    assert (note.rev, note.source_rev) == (1, 2)
    assert not Note.objects.stale().exists()


def test_english_can_be_the_source(db, minji, tom):
    entry = build_entry(public=False, ko="", source_language="en")
    note = write(entry, tom, "Written first", "en")
    assert note.source_rev is None
    assert write(entry, minji, "옮긴 글").source_rev == 1


def test_review_story_ends_approved_with_the_reviewer_on_the_revision(entry, minji, rina):
    note = write(entry, minji, "글")
    assert submit(note=note, by=minji, rev=1).state == "review"
    assert request_changes(note=note, by=rina, rev=1, comment="숫자를 확인해 주세요").state == "changes"
    note = write(entry, minji, "고친 글")
    assert note.state == "changes"
    submit(note=note, by=minji, rev=2)
    assert approve(note=note, by=rina, rev=2).state == "approved"
    revision = NoteRevision.objects.get(rev=2)
    assert (revision.reviewed_by, revision.self_review) == (rina, False)
    assert revision.reviewed_at is not None
    assert Event.objects.get(verb="request_changes").detail == {"comment": "숫자를 확인해 주세요"}


def test_author_cannot_approve_their_own_revision(entry, rina):
    note = write(entry, rina, "리나의 글")
    submit(note=note, by=rina, rev=1)
    with pytest.raises(NotAllowed):
        approve(note=note, by=rina, rev=1)
    with pytest.raises(NotAllowed):
        approve(note=note, by=rina, rev=1, own=True)
    assert Note.objects.get().state == "review"


def test_one_person_team_approves_openly(entry, boss):
    note = write(entry, boss, "혼자 쓴 글")
    submit(note=note, by=boss, rev=1)
    approve(note=note, by=boss, rev=1, own=True)
    revision = NoteRevision.objects.get()
    assert (revision.reviewed_by, revision.self_review) == (boss, True)


def test_approval_names_the_revision_and_is_refused_if_it_moved(entry, minji, rina):
    note = write(entry, minji, "글")
    submit(note=note, by=minji, rev=1)
    write(entry, minji, "몰래 바꾼 글")
    with pytest.raises(Refused) as refusal:
        approve(note=note, by=rina, rev=1)
    assert refusal.value.code == "moved_on"


def test_edit_after_approval_inherits_nothing(entry, minji, rina):
    note = approved(entry, minji, rina)
    note = write(entry, minji, "승인 뒤에 고친 글")
    assert note.state == "draft"
    assert NoteRevision.objects.get(rev=2).reviewed_by is None


@pytest.mark.parametrize("verb", [submit, pull_back, approve, publish_note])
def test_verb_out_of_turn_is_refused(entry, boss, verb):
    note = write(entry, boss, "글")
    if verb is submit:
        submit(note=note, by=boss, rev=1)
    with pytest.raises(Refused):
        verb(note=note, by=boss, rev=1)


def test_request_changes_needs_a_reason(entry, minji, rina):
    note = write(entry, minji, "글")
    submit(note=note, by=minji, rev=1)
    with pytest.raises(Refused):
        request_changes(note=note, by=rina, rev=1, comment="  ")


def test_restore_is_a_new_revision(entry, minji):
    write(entry, minji, "하나")
    note = write(entry, minji, "둘")
    note = restore_revision(note=note, restore=1, by=minji, rev=2)
    assert (note.rev, note.body) == (3, "하나")
    assert NoteRevision.objects.get(rev=3).origin == "restore"


def test_editing_never_changes_what_readers_see(entry, minji, rina, paul):
    note = approved(entry, minji, rina, "읽히는 글")
    publish_digest(digest=entry.digest, by=paul, acknowledge=True)
    write(entry, minji, "고치는 중")
    note.refresh_from_db()
    assert (note.live.body, note.body) == ("읽히는 글", "고치는 중")
    submit(note=note, by=minji, rev=2)
    approve(note=note, by=rina, rev=2)
    note.refresh_from_db()
    assert note.live.body == "읽히는 글"
    publish_note(note=note, by=paul, rev=2)
    note.refresh_from_db()
    assert note.live.body == "고치는 중"


def test_publish_note_needs_a_published_digest_and_a_publisher(entry, minji, rina, paul):
    note = approved(entry, minji, rina)
    with pytest.raises(NotAllowed):
        publish_note(note=note, by=minji, rev=1)
    with pytest.raises(Refused) as refusal:
        publish_note(note=note, by=paul, rev=1)
    assert refusal.value.code == "digest_not_published"


def test_unpublish_last_note_takes_the_entry_away(entry, minji, rina, paul):
    note = approved(entry, minji, rina)
    publish_digest(digest=entry.digest, by=paul, acknowledge=True)
    assert Entry.objects.published().exists()
    unpublish_note(note=note, by=paul)
    assert not Entry.objects.published().exists()
    with pytest.raises(Refused):
        unpublish_note(note=note, by=paul)


def test_publish_note_on_a_deleted_entry_is_refused(entry, minji, rina, paul):
    note = approved(entry, minji, rina)
    publish_digest(digest=entry.digest, by=paul, acknowledge=True)
    delete_entry(entry=entry, by=paul)
    note.refresh_from_db()
    with pytest.raises(Refused):
        publish_note(note=note, by=paul, rev=1)


@pytest.mark.parametrize(
    ("state", "who", "verbs"),
    [
        ("draft", "minji", ["save", "submit"]),
        ("draft", "rina", ["save", "submit"]),
        ("draft", "tom", []),
        ("review", "minji", ["save", "pull_back"]),
        ("review", "rina", ["save", "pull_back", "request_changes", "approve"]),
        ("approved", "paul", ["publish"]),
        ("approved", "minji", ["save"]),
        ("approved", "stranger", []),
    ],
)
def test_available_verbs_by_person_and_state(entry, minji, request, state, who, verbs):
    note = write(entry, minji, "글")
    note.state = state
    assert available_verbs(note, request.getfixturevalue(who)) == verbs


def test_transition_table_leads_only_to_known_states():
    assert {state for state, _verb in TRANSITIONS} | {new for new, _guard in TRANSITIONS.values()} == set(
        Note.State.values
    )
