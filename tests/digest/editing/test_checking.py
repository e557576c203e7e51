"""The checks of stored notes: what is found, who may dismiss it, and what stands in the way of review."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from digest.editing.checking import (
    CHECK_LABELS,
    check_note,
    dismiss_check,
    message_of,
    open_findings,
    undo_dismissal,
)
from digest.editing.errors import NotAllowed, Refused, Unacknowledged
from digest.editing.workflow import approve, save_note, submit
from digest.models import CheckDismissal, Event, Note, NoteRevision, Term
from digest.text.checks import CHECKS, check_pair
from digest.text.terms import TermPair
from tests.build import build_entry, build_note
from tests.digest.text.pairs import SEED_PAIRS

KO = "배치 크기를 5배로 한 결과. (https://example.org/a)"
EN = "The result of a batch size that is larger by a factor of 5. (https://example.org/a)"
WARNING = EN.replace("factor of 5", "factor of 6")
ERROR = EN.replace("https://example.org/a", "")


@pytest.fixture
def entry(db):
    return build_entry(ko=KO, public=False)


@pytest.fixture
def written(entry, tom):
    """Tom's translation of some text, saved."""

    def write(body):
        rev = Note.objects.filter(entry=entry, language="en").values_list("rev", flat=True).first() or 0
        return save_note(entry=entry, language="en", body=body, by=tom, rev=rev)

    return write


def said(note, **texts):
    return [(checked.finding.code, checked.finding.found) for checked in check_note(note, **texts)]


NUMBERS = [("number_missing", "5"), ("number_added", "6")]


def test_note_is_compared_with_the_source_that_is_stored(written):
    assert said(written(EN)) == []
    assert said(written(WARNING)) == NUMBERS


def test_texts_that_someone_types_stand_in_for_the_stored_ones(written):
    note = written(EN)
    assert said(note, body=WARNING) == NUMBERS
    assert said(note, source_body=KO.replace("5배", "7배")) == [
        ("number_missing", "7"),
        ("number_added", "5"),
    ]
    assert said(note, source_body="", body=WARNING) == []
    assert said(note, terms=[TermPair("배치 크기", "batch dimension")]) == [("term_missing", "배치 크기")]


def test_glossary_of_the_desk_counts(written):
    note = written(EN)
    Term.objects.create(ko="배치 크기", en="batch dimension", forbidden="batch size\n묶음")
    assert said(note) == [("term_forbidden", "batch size")]
    Term.objects.create(ko="배치 크기", en="batch size")
    assert said(note) == []


def test_source_note_is_looked_at_by_itself(entry):
    note = entry.notes.get(language="ko")
    assert said(note) == []
    assert said(note, body="글\x0b") == [("control_character", "U+000B")]
    english = build_entry("2024-10-31", ko="", public=False, source_language="en")
    assert said(build_note(english, "en", "An english text, 한글", live=False)) == [("hangul", "한글")]


def test_english_source_is_rendered_in_korean(db):
    entry = build_entry(ko="", public=False, source_language="en")
    build_note(entry, "en", EN, live=False)
    assert said(build_note(entry, "ko", KO.replace("5배", "몇 배"), live=False)) == [("number_missing", "5")]


def test_errors_come_before_warnings(written):
    note = written("짧다")
    levels = [checked.finding.level for checked in check_note(note)]
    assert levels == sorted(levels)
    assert set(levels) == {"error", "warning"}


@pytest.mark.parametrize("terms", [0, 30])
def test_queries_of_a_check_do_not_grow(written, terms, django_assert_num_queries):
    note = written(WARNING + " 한글 " * terms)
    Term.objects.bulk_create(Term(ko=f"말{n}", en=f"word{n}") for n in range(terms))
    with django_assert_num_queries(3):  # the source note, the glossary, the dismissals
        check_note(note)
    with django_assert_num_queries(2):  # the glossary, the dismissals
        check_note(note, source_body=KO)
    with django_assert_num_queries(1):  # the dismissals
        check_note(note, source_body=KO, terms=[])
    with django_assert_num_queries(0):  # nothing found, nothing dismissed
        check_note(note, source_body=KO, body=EN, terms=[])


def test_every_check_has_a_label_and_a_sentence():
    assert CHECK_LABELS.keys() == CHECKS.keys()
    findings = [
        finding
        for pair in (SEED_PAIRS[0], SEED_PAIRS[2])
        for source, translated in [
            (f"{pair.ko} $x$ 99 2401.02954 [[A]] #b \n\nc", f"{pair.en[:30]} 남은 98 wrong\x00"),
            (pair.ko, pair.ko),
        ]
        for finding in check_pair(
            source,
            translated,
            source_language="ko",
            terms=[
                TermPair("모델", "y", forbidden=("wrong",)),
                TermPair("배치 크기", "z"),
                TermPair("과제", "q"),
            ],
        )
    ]
    assert {finding.code for finding in findings} == CHECKS.keys()
    with translation.override("en"):
        sentences = {message_of(finding) for finding in findings}
    assert sentences >= {
        "The number 99 is missing.",
        "Character U+0000 at position 43 cannot be stored; remove it.",
        "The glossary has “q” for “과제”.",
        "Instead of “wrong” the glossary has “y” for “모델”.",
    }
    assert not any("%(" in sentence for sentence in sentences)


def test_text_with_percent_signs_is_said_as_it_stands(english, written):
    source = KO + " https://a.example/%d%s?%(y)s"
    [checked] = check_note(written(EN), source_body=source)
    assert checked.message == f"The link {checked.finding.found} is missing."
    assert "%d" in checked.message


# -- dismissing -----------------------------------------------------------------------------------------


def dismiss(note, by, code="number_added", found="6", reason="The paper says 6.", **changes):
    return dismiss_check(note=note, by=by, **{"code": code, "found": found, "reason": reason, **changes})


def test_dismissed_finding_is_no_longer_open_and_says_who_let_it_stand(written, tom):
    note = written(WARNING)
    dismiss(note, tom, reason="  The paper \n says 6. ")
    missing, added = check_note(note)
    assert missing.is_open
    assert (added.dismissal.by, added.dismissal.reason) == (tom, "The paper says 6.")
    assert [checked.finding.found for checked in open_findings(note)] == ["5"]
    event = Event.objects.get(verb="dismiss_check")
    assert (event.actor, event.revision.rev) == (tom, 1)
    assert event.detail == {"code": "number_added", "found": "6", "comment": "The paper says 6."}


def test_dismissal_holds_for_later_revisions_and_comes_back_with_the_finding(written, tom):
    dismiss(written(WARNING), tom)
    assert open_findings(written(EN)) == []
    assert [checked.finding.found for checked in open_findings(written(WARNING + " Indeed."))] == ["5"]


def test_dismissing_twice_is_dismissing_once(written, tom, rina):
    note = written(WARNING)
    first = dismiss(note, tom)
    assert dismiss(note, rina, reason="Another reason") == first
    assert CheckDismissal.objects.get().reason == "The paper says 6."
    assert Event.objects.filter(verb="dismiss_check").count() == 1


def test_undone_dismissal_counts_again(written, tom, rina):
    note = written(WARNING)
    dismiss(note, tom)
    undo_dismissal(note=note, code="number_added", found="6", by=rina)
    assert len(open_findings(note)) == 2
    assert Event.objects.filter(verb="undo_dismissal", actor=rina).count() == 1
    with pytest.raises(Refused) as refused:
        undo_dismissal(note=note, code="number_added", found="6", by=rina)
    assert refused.value.code == "not_dismissed"


@pytest.mark.parametrize("person", ["minji", "paul", "stranger"])
def test_only_who_writes_or_reviews_the_language_may_dismiss(written, person, request, tom):
    note = written(WARNING)
    by = request.getfixturevalue(person)
    with pytest.raises(NotAllowed):
        dismiss(note, by)
    dismiss(note, tom)
    with pytest.raises(NotAllowed):
        undo_dismissal(note=note, code="number_added", found="6", by=by)
    assert CheckDismissal.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " \n"}, "reason_required"),
        ({"reason": "x" * 301}, "max_length"),
        ({"code": "no_check"}, "not_found"),
        ({"code": "paragraphs"}, "not_found"),
        ({"found": "7"}, "not_found"),
        ({"found": "\x00" * 500}, "not_found"),
    ],
)
def test_refused_dismissal_writes_nothing(written, tom, changes, code):
    note = written(WARNING)
    with pytest.raises(Refused) as refused:
        dismiss(note, tom, **changes)
    assert refused.value.code == code
    assert not CheckDismissal.objects.exists()
    assert not Event.objects.filter(verb="dismiss_check").exists()


def test_reason_with_a_control_character_is_refused(written, tom):
    with pytest.raises(Exception, match="U\\+0001"):
        dismiss(written(WARNING), tom, reason="a\x01b")
    assert not CheckDismissal.objects.exists()


# -- review ---------------------------------------------------------------------------------------------


def test_clean_note_goes_to_review_without_a_word(written, tom, rina):
    note = submit(note=written(EN), by=tom, rev=1)
    assert note.state == "review"
    assert approve(note=note, by=rina, rev=1).state == "approved"


def test_warnings_are_to_be_looked_at_before_review(written, tom, rina):
    note = written(WARNING)
    with pytest.raises(Unacknowledged) as refused:
        submit(note=note, by=tom, rev=1)
    assert refused.value.code == "warnings"
    assert "5" in refused.value.messages[0]
    assert Note.objects.get(pk=note.pk).state == "draft"
    assert not Event.objects.filter(verb="submit").exists()
    assert submit(note=note, by=tom, rev=1, acknowledge=True).state == "review"
    assert approve(note=note, by=rina, rev=1).state == "approved"


def test_dismissed_warnings_need_no_acknowledgement(written, tom):
    note = written(WARNING)
    dismiss(note, tom)
    dismiss(note, tom, code="number_missing", found="5")
    assert submit(note=note, by=tom, rev=1).state == "review"


def test_errors_stand_in_the_way_of_review_whatever_is_acknowledged(written, tom):
    note = written(ERROR)
    for acknowledge in (False, True):
        with pytest.raises(Refused) as refused:
            submit(note=note, by=tom, rev=1, acknowledge=acknowledge)
        assert refused.value.code == "checks_failed"
    assert "https://example.org/a" in refused.value.messages[0]
    dismiss(note, tom, code="link_missing", found="https://example.org/a")
    assert submit(note=note, by=tom, rev=1).state == "review"


def test_errors_that_came_since_stand_in_the_way_of_approval(written, entry, tom, rina, minji):
    note = submit(note=written(EN), by=tom, rev=1)
    save_note(entry=entry, language="ko", body=KO + " https://example.org/b", by=minji, rev=1)
    with pytest.raises(Refused) as refused:
        approve(note=note, by=rina, rev=1)
    assert refused.value.code == "checks_failed"
    assert Note.objects.get(pk=note.pk).state == "review"
    assert NoteRevision.objects.get(note=note).reviewed_by is None
    dismiss(note, rina, code="link_missing", found="https://example.org/b")
    assert approve(note=note, by=rina, rev=1).state == "approved"


def test_many_findings_are_named_briefly(written, tom):
    with pytest.raises(Unacknowledged) as refused:
        submit(note=written(EN + " 11 12 13 14 15"), by=tom, rev=1)
    assert "14" not in refused.value.messages[0]
    assert "2" in refused.value.messages[0]


def test_rights_are_asked_before_checks(written, minji):
    with pytest.raises(NotAllowed):
        submit(note=written(ERROR), by=minji, rev=1)


def test_submitting_takes_the_same_queries_however_much_is_found(written, tom):
    submit(note=written(EN), by=tom, rev=1)  # Tom's rights are remembered from here on
    counts = []
    for body in (EN + " 5.", WARNING, WARNING + " 한글 7 8 9"):
        Note.objects.update(state="draft")
        note = written(body)
        with CaptureQueriesContext(connection) as captured:
            submit(note=note, by=tom, rev=note.rev, acknowledge=True)
        counts.append(len(captured))
    # The last question, for dismissals, is asked only where something is found.
    assert counts == [counts[0], counts[0] + 1, counts[0] + 1]
