"""Checks and terms beside the texts, for what is stored and for what is being typed; and letting a check stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.roles import may_review, may_write
from digest.desk.entry_form import LANGUAGE_NAMES
from digest.desk.verbs import attempt
from digest.editing.checking import CHECK_LABELS, Checked, check_note, dismiss_check, undo_dismissal
from digest.editing.glossary import term_pairs
from digest.models import Entry, Note
from digest.text.languages import other_language
from digest.text.terms import TermPair, find_terms, rendered_terms

# Labels that name a fault and would read as one although nothing was found.
_FAULTS = {"same_as_source", "hangul"}


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """What the checks say of one text; ``passed`` names what they looked at and found in order."""

    language: str
    label: str
    findings: list[tuple[str, Checked]]
    passed: list[str]
    may_dismiss: bool

    @property
    def open(self) -> list[Checked]:
        return [checked for _label, checked in self.findings if checked.is_open]


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term of the source, what the glossary has for it, and whether the translation holds any of that."""

    source: str
    targets: list[str]
    used: bool


def findings_context(
    user: User, entry: Entry, notes: Mapping[str, Note], texts: Mapping[str, str]
) -> dict[str, Any]:
    """Checks of both texts and terms of the source. Three queries: the glossary, and dismissals of each note."""
    source = entry.source_language
    terms = term_pairs()
    groups = []
    for language in (other_language(source), source):
        if texts[language].strip():
            found = check_note(notes[language], source_body=texts[source], body=texts[language], terms=terms)
            groups.append(_group(user, notes[language], found, pair=language != source))
    return {
        "check_groups": groups,
        "checks_said": _summary(groups),
        "warned": [group.language for group in groups if any(not checked.is_error for checked in group.open)],
        "terms": term_rows(texts[source], texts[other_language(source)], source, terms),
    }


def term_rows(source: str, translation: str, language: str, terms: list[TermPair]) -> list[TermRow]:
    """The terms of a text in ``language`` in order, each once, with all translations that the glossary has."""
    there = list(dict.fromkeys(match.term for match in find_terms(source, language, terms)))
    target = other_language(language)
    used = rendered_terms(translation, target, there)
    rows: dict[str, list[TermPair]] = {}
    for term in there:
        rows.setdefault(term.side(language), []).append(term)
    return [
        TermRow(word, [term.side(target) for term in pairs], not used.isdisjoint(pairs))
        for word, pairs in rows.items()
    ]


def _group(user: User, note: Note, found: list[Checked], *, pair: bool) -> CheckGroup:
    labelled = [(str(CHECK_LABELS[checked.finding.code]), checked) for checked in found]
    labelled.sort(key=lambda each: not each[1].is_open)
    wrong = {label for label, _checked in labelled}
    passed = [str(label) for code, label in CHECK_LABELS.items() if code not in _FAULTS] if pair else []
    return CheckGroup(
        language=note.language,
        label=LANGUAGE_NAMES[note.language],
        findings=labelled,
        passed=[label for label in dict.fromkeys(passed) if label not in wrong],
        may_dismiss=may_write(user, note.language) or may_review(user, note.language),
    )


def _summary(groups: list[CheckGroup]) -> str:
    """For those who hear the page: how much is open, in one sentence."""
    found = [checked for group in groups for checked in group.open]
    if not found:
        return _("Checks: nothing open.")
    errors = sum(checked.is_error for checked in found)
    warnings = len(found) - errors
    parts = []
    if errors:
        parts.append(ngettext("%(count)d error", "%(count)d errors", errors) % {"count": errors})
    if warnings:
        parts.append(ngettext("%(count)d warning", "%(count)d warnings", warnings) % {"count": warnings})
    return _("Checks: %(found)s.") % {"found": ", ".join(parts)}


class FindingPages:
    """Mixed into the entry's admin: one address below ``<entry>/notes/<language>/``."""

    def finding_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.check_view)
        return [path("<int:pk>/notes/<str:language>/check/", view, name="digest_entry_note_check")]

    @method_decorator(require_POST)
    def check_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """Let a finding of the saved text stand for a reason, or with ``undo`` count it again."""
        note = self.note_or_404(request, pk, language)
        which = {name: request.POST.get(name, "") for name in ("code", "found")}
        if "undo" in request.POST:
            verb = partial(undo_dismissal, note=note, by=request.user, **which)
            attempt(request, verb, _("The check counts again."))
        else:
            reason = request.POST.get("reason", "")
            verb = partial(dismiss_check, note=note, by=request.user, reason=reason, **which)
            attempt(request, verb, _("The check is dismissed."))
        return self.to_editor(request, pk, "#checks")
