"""The forms that find each other in a search, and the verbs that change them. Nothing else writes them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from digest.editing.errors import Refused
from digest.editing.events import record
from digest.editing.locking import lock_catalogue
from digest.editing.rights import require
from digest.editing.versioning import move_public_version
from digest.index.synonyms import terms_of
from digest.models import SearchTerm

STARTER = Path(__file__).with_name("starter_search_terms.txt")
FIELDS = ("forms", "note")
# Every query reads the whole table.
MOST_GROUPS = 2_000


def make_valid(term: SearchTerm) -> None:
    """Bring ``term`` into its normal form. Raises ValidationError, by field, for what cannot stand.

    A form is in one group alone, whatever its case and spacing: otherwise two groups would become one unasked.
    """
    term.note = " ".join(term.note.split())
    term.full_clean(validate_unique=False, validate_constraints=False)
    ours: dict[tuple[str, ...], str] = {}
    for form in term.forms.split("\n"):
        terms = terms_of(form)
        if not terms:
            raise _fault(_("“%(form)s” holds nothing to search for."), "empty", form=form)
        ours.setdefault(terms, form)
    if len(ours) < 2:
        raise _fault(_("These forms are the same to a search; give two that differ."), "same")
    for group in SearchTerm.objects.exclude(pk=term.pk):
        for form in group.forms.split("\n"):
            mine = ours.get(terms_of(form))
            if mine is not None:
                raise _fault(
                    _("“%(form)s” is in the group %(group)s already."), "twice", form=mine, group=group
                )


def _fault(message: Any, code: str, **params: object) -> ValidationError:
    return ValidationError({"forms": ValidationError(message, code=code, params=params)})


@transaction.atomic
def save_search_term(*, term: SearchTerm, by: User) -> SearchTerm:
    """Add ``term``, or write the changed fields of a known one; unchanged, nothing is written.

    Raises NotAllowed; Refused when the table is full; ValidationError by field for forms that cannot stand.
    """
    require(by, "digest.change_searchterm" if term.pk else "digest.add_searchterm")
    return _save(term, by)


def _save(term: SearchTerm, by: User | None) -> SearchTerm:
    lock_catalogue()
    if not term.pk and SearchTerm.objects.count() >= MOST_GROUPS:
        raise Refused(_("There are too many groups; delete some first."), code="full")
    make_valid(term)
    before = SearchTerm.objects.filter(pk=term.pk).values(*FIELDS).first() if term.pk else None
    after = {name: getattr(term, name) for name in FIELDS}
    if before == after:
        return term
    term.save()
    move_public_version()
    changed = [name for name in FIELDS if before is None or before[name] != after[name]]
    record("change" if before else "add", term, by=by, now=timezone.now(), fields=changed)
    return term


@transaction.atomic
def delete_search_terms(*, terms: Iterable[SearchTerm], by: User) -> None:
    """Take groups out. Their forms stay in the history. Raises NotAllowed."""
    require(by, "digest.delete_searchterm")
    for term in terms:
        before = {name: getattr(term, name) for name in FIELDS}
        record("delete", term, by=by, now=timezone.now(), before=before)
        term.delete()
    move_public_version()


@transaction.atomic
def add_starter_search_terms(*, by: User) -> int:
    """Fill an empty table with common forms of the field; how many groups. Raises NotAllowed; Refused if there are some."""
    require(by, "digest.add_searchterm")
    lock_catalogue()
    if SearchTerm.objects.exists():
        raise Refused(_("There are search terms already."), code="not_empty")
    return _add_starter(by)


@transaction.atomic
def equip_new_site() -> int:
    """The same where a new site gets its first digests; 0 if there are terms already."""
    lock_catalogue()
    return 0 if SearchTerm.objects.exists() else _add_starter(None)


def _add_starter(by: User | None) -> int:
    lines = STARTER.read_text(encoding="utf-8").splitlines()
    for line in lines:
        _save(SearchTerm(forms="\n".join(line.split(" | "))), by)
    return len(lines)
