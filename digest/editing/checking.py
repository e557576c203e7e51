"""The checks of stored notes: findings in words, with what editors let stand, and who may do that."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.roles import may_review, may_write
from digest.editing.errors import NotAllowed, Refused, Unacknowledged
from digest.editing.events import record
from digest.editing.glossary import term_pairs
from digest.editing.revisions import lock_note
from digest.editing.transitions import current_revision
from digest.models import CheckDismissal, Note
from digest.text.checks import CHECKS, Finding, check_pair, check_text
from digest.text.clean import normalise_line
from digest.text.terms import TermPair

LONGEST_REASON = 300
# More would not help anyone who reads a message.
_MOST_NAMED = 3

CHECK_LABELS = {
    "control_character": gettext_lazy("Characters"),
    "link_missing": gettext_lazy("Links"),
    "arxiv_missing": gettext_lazy("arXiv ids"),
    "math_missing": gettext_lazy("Formulas"),
    "mention_missing": gettext_lazy("Mentions"),
    "tag_missing": gettext_lazy("Tags"),
    "same_as_source": gettext_lazy("Not translated"),
    "length": gettext_lazy("Length"),
    "paragraphs": gettext_lazy("Paragraphs"),
    "number_missing": gettext_lazy("Numbers"),
    "number_added": gettext_lazy("Numbers"),
    "hangul": gettext_lazy("Korean in the English text"),
    "term_missing": gettext_lazy("Terms"),
    "term_forbidden": gettext_lazy("Terms"),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """A finding, in words of the active language, and who let it stand, if anyone did."""

    finding: Finding
    message: str
    dismissal: CheckDismissal | None

    @property
    def is_open(self) -> bool:
        return self.dismissal is None

    @property
    def is_error(self) -> bool:
        return self.finding.level == "error"


def check_note(
    note: Note,
    *,
    source_body: str | None = None,
    body: str | None = None,
    terms: Sequence[TermPair] | None = None,
) -> list[Checked]:
    """What the checks find in a note, errors first, dismissed findings included.

    ``source_body`` and ``body`` stand in for the stored texts while someone types, ``terms`` for the glossary
    when many notes are checked. At most three queries: the source note, the glossary, the dismissals. A source
    note has nothing to be compared with and is only looked at by itself.
    """
    text = note.body if body is None else body
    if note.is_source:
        found = check_text(text, note.language)
    else:
        source = _source_body(note) if source_body is None else source_body
        pairs = term_pairs() if terms is None else terms
        found = check_pair(source, text, source_language=note.entry.source_language, terms=pairs)
    dismissed = _dismissals(note) if found else {}
    checked = [
        Checked(finding, message_of(finding), dismissed.get((finding.code, finding.found)))
        for finding in found
    ]
    return sorted(checked, key=lambda each: not each.is_error)


def open_findings(note: Note) -> list[Checked]:
    """What the checks find in the stored note and nobody has dismissed."""
    return [checked for checked in check_note(note) if checked.is_open]


def refuse_open_errors(note: Note) -> list[Checked]:
    """The open warnings of a note. Raises Refused (``checks_failed``) if there are open errors."""
    findings = open_findings(note)
    errors = [checked for checked in findings if checked.is_error]
    if errors:
        raise Refused(
            _("Correct this first, or dismiss it with a reason: %(findings)s"),
            code="checks_failed",
            params={"findings": _named(errors)},
        )
    return findings


def refuse_unlooked_at(note: Note, *, acknowledge: bool) -> None:
    """Raise Refused for open errors, and Unacknowledged (``warnings``) for open warnings unless ``acknowledge``."""
    warnings = refuse_open_errors(note)
    if warnings and not acknowledge:
        raise Unacknowledged(
            _("Look at the warnings first: %(findings)s"),
            code="warnings",
            params={"findings": _named(warnings)},
        )


@transaction.atomic
def dismiss_check(*, note: Note, code: str, found: str, reason: str, by: User) -> CheckDismissal:
    """Let a finding of the stored text stand, with the reason. It holds for later revisions, too.

    Dismissing again changes nothing. Raises NotAllowed; Refused without a reason, for one that is too long, and
    for what no check finds in this note.
    """
    note = _locked_for(note, by)
    reason = normalise_line(reason)
    if not reason:
        raise Refused(_("Give a reason."), code="reason_required")
    if len(reason) > LONGEST_REASON:
        raise Refused(
            _("A reason holds at most %(limit)d characters."),
            code="max_length",
            params={"limit": LONGEST_REASON},
        )
    checked = _found_by(note, code, found)
    if checked is None:
        raise Refused(_("The checks do not find this in the saved text."), code="not_found")
    if checked.dismissal:
        return checked.dismissal
    dismissal = CheckDismissal(note=note, code=code, found=found, reason=reason, by=by, at=timezone.now())
    dismissal.full_clean(exclude=["note", "by"], validate_constraints=False)
    dismissal.save()
    _record("dismiss_check", note, dismissal, by)
    return dismissal


@transaction.atomic
def undo_dismissal(*, note: Note, code: str, found: str, by: User) -> None:
    """Let a finding count again. Raises NotAllowed; Refused if it was not dismissed."""
    note = _locked_for(note, by)
    dismissal = _dismissals(note).get((code, found))
    if dismissal is None:
        raise Refused(_("This check is not dismissed."), code="not_dismissed")
    _record("undo_dismissal", note, dismissal, by)
    dismissal.delete()


def message_of(finding: Finding) -> str:
    """A finding as one sentence of the active language."""
    return _MESSAGES[finding.code](finding.found, finding.detail)


def _source_body(note: Note) -> str:
    source = (
        Note.objects.filter(entry=note.entry_id, language=note.entry.source_language).only("body").first()
    )
    return source.body if source else ""


def _dismissals(note: Note) -> dict[tuple[str, str], CheckDismissal]:
    if not note.pk:
        return {}
    rows = CheckDismissal.objects.filter(note=note).select_related("by")
    return {(row.code, row.found): row for row in rows}


def _found_by(note: Note, code: str, found: str) -> Checked | None:
    if code not in CHECKS:
        return None
    return next(
        (each for each in check_note(note) if (each.finding.code, each.finding.found) == (code, found)), None
    )


def _locked_for(note: Note, by: User) -> Note:
    if not (may_write(by, note.language) or may_review(by, note.language)):
        raise NotAllowed(_("Your roles do not allow this in this language."), code="not_allowed")
    return lock_note(note.entry, note.language)


def _record(verb: str, note: Note, dismissal: CheckDismissal, by: User) -> None:
    detail = {"code": dismissal.code, "found": dismissal.found, "comment": dismissal.reason}
    record(verb, note, by=by, now=timezone.now(), revision=current_revision(note), **detail)


def _named(findings: list[Checked]) -> str:
    """The first messages, and how many more there are."""
    named = " ".join(checked.message for checked in findings[:_MOST_NAMED])
    rest = len(findings) - _MOST_NAMED
    if rest <= 0:
        return named
    return named + " " + ngettext("And %(count)d more.", "And %(count)d more.", rest) % {"count": rest}


def _length(_found: str, detail: dict[str, Any]) -> str:
    """Too short or too long, in words."""
    if detail["ratio"] < detail["low"]:
        text = _("The translation is %(ratio)s times as long as the source; at least %(low)s is usual.")
    else:
        text = _("The translation is %(ratio)s times as long as the source; at most %(high)s is usual.")
    return text % detail


def _use(detail: dict[str, Any]) -> str:
    return ", ".join(f"“{form}”" for form in detail["use"])


# Called with the active language: a sentence is put together when it is shown.
_MESSAGES: dict[str, Callable[[str, dict[str, Any]], str]] = {
    "control_character": lambda found, detail: (
        _("Character %(code)s at position %(position)d cannot be stored; remove it.")
        % {"code": found, "position": detail["position"]}
    ),
    "link_missing": lambda found, _d: _("The link %(found)s is missing.") % {"found": found},
    "arxiv_missing": lambda found, _d: _("The arXiv id %(found)s is missing.") % {"found": found},
    "math_missing": lambda found, _d: _("The formula %(found)s is missing.") % {"found": found},
    "mention_missing": lambda found, _d: _("The mention %(found)s is missing.") % {"found": found},
    "tag_missing": lambda found, _d: _("The tag %(found)s is missing.") % {"found": found},
    "same_as_source": lambda _f, _d: _("The translation is the same as the source."),
    "length": _length,
    "paragraphs": lambda _f, detail: (
        _("Paragraphs and list items: %(source)d in the source, %(translation)d in the translation.") % detail
    ),
    "number_missing": lambda found, _d: _("The number %(found)s is missing.") % {"found": found},
    "number_added": lambda found, _d: _("The number %(found)s is not in the source.") % {"found": found},
    "hangul": lambda found, _d: _("Korean is left in the English text: %(found)s") % {"found": found},
    "term_missing": lambda found, detail: (
        _("The glossary has %(use)s for “%(found)s”.") % {"found": found, "use": _use(detail)}
    ),
    "term_forbidden": lambda found, detail: (
        _("Instead of “%(found)s” the glossary has %(use)s for “%(term)s”.")
        % {"found": found, "use": _use(detail), "term": detail["term"]}
    ),
}
