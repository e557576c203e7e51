"""The glossary: its pairs for the checks, and the verbs that change it. Nothing else writes terms."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from digest.editing.errors import Refused
from digest.editing.events import record
from digest.editing.locking import lock_catalogue
from digest.editing.rights import require
from digest.models import Term
from digest.text.clean import normalise_line
from digest.text.terms import TermPair

# Between the forbidden forms of a CSV cell, so none may hold it.
SEPARATOR = "|"
FIELDS = ("ko", "en", "note", "forbidden")


def term_pairs() -> list[TermPair]:
    """The whole glossary, in order. One query."""
    rows = Term.objects.values_list("ko", "en", "note", "forbidden")
    return [TermPair(ko, en, note, tuple(forbidden.splitlines())) for ko, en, note, forbidden in rows]


def forms_of(text: str) -> str:
    """Forbidden forms as stored: one a line, each once."""
    return "\n".join(dict.fromkeys(filter(None, map(normalise_line, text.splitlines()))))


def find_term(ko: str, en: str) -> Term | None:
    """The pair of these words, whatever their case: as the database compares, so that its constraint never speaks."""
    rows = Term.objects.annotate(lower_ko=Lower("ko"), lower_en=Lower("en"))
    return rows.filter(lower_ko=Lower(Value(ko)), lower_en=Lower(Value(en))).first()


@transaction.atomic
def save_term(*, term: Term, by: User) -> Term:
    """Add ``term``, or write the changed fields of a known one; unchanged, nothing is written.

    Raises NotAllowed; Refused for a pair that exists already; ValidationError by field for text that cannot stand.
    """
    require(by, "digest.change_term" if term.pk else "digest.add_term")
    lock_catalogue()
    _normalise(term)
    refuse_separator(term.forbidden)
    term.full_clean(validate_unique=False, validate_constraints=False)
    same = find_term(term.ko, term.en)
    if same is not None and same.pk != term.pk:
        raise Refused(_("This pair is in the glossary already."), code="twice")
    write_term(term, by=by)
    return term


def write_term(term: Term, *, by: User) -> None:
    """Store a valid term in its normal form, if anything of it changed. Rights are the caller's."""
    before = Term.objects.filter(pk=term.pk).values(*FIELDS).first() if term.pk else None
    after = {name: getattr(term, name) for name in FIELDS}
    if before == after:
        return
    term.save()
    changed = [name for name in FIELDS if before is None or before[name] != after[name]]
    record("change" if before else "add", term, by=by, now=timezone.now(), fields=changed)


@transaction.atomic
def delete_term(*, term: Term, by: User) -> None:
    """Take a pair out of the glossary. Its words stay in the history."""
    require(by, "digest.delete_term")
    record("delete", term, by=by, now=timezone.now(), before={name: getattr(term, name) for name in FIELDS})
    term.delete()


@transaction.atomic
def delete_terms(*, terms: Iterable[Term], by: User) -> None:
    """Take several pairs out."""
    for term in terms:
        delete_term(term=term, by=by)


def refuse_separator(forbidden: str) -> None:
    """Raise ValidationError if a form holds the sign that separates forms in a CSV file."""
    if SEPARATOR in forbidden:
        raise ValidationError({"forbidden": _("A form cannot hold “|”.")}, code="separator")


def _normalise(term: Term) -> None:
    term.ko, term.en, term.note = map(normalise_line, (term.ko, term.en, term.note))
    term.forbidden = forms_of(term.forbidden)
