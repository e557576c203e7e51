"""Carrying a valid entry form to the verbs: everything or nothing, with every refusal collected."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from digest.desk.entry_form import EntryForm
from digest.editing.arranging import add_entry, change_entry
from digest.editing.composing import find_or_add_paper, refuse_twice
from digest.editing.errors import Refused
from digest.editing.locking import lock_catalogue
from digest.editing.revisions import source_sig_rev
from digest.editing.tagging import set_tags
from digest.editing.threeway import merge_tags
from digest.editing.workflow import save_note
from digest.models import Digest, Entry, TaggedEntry
from papers.models import Paper


class Refusals(Exception):
    """What the verbs refused, by form field. Raised inside the transaction, so nothing of the form is written."""

    def __init__(self, by_field: dict[str, ValidationError]) -> None:
        super().__init__(", ".join(by_field))
        self.by_field = by_field


@transaction.atomic
def save_changes(form: EntryForm, by: User) -> dict[str, int]:
    """Write what ``by`` changed of an existing entry; answers the revision of each text saved. Raises Refusals."""
    entry = Entry.objects.select_related("digest", "paper").get(pk=form.instance.pk)
    problems: dict[str, ValidationError] = {}
    changed = set(form.changed_data)
    if changed & {"paper", "source_language"}:
        paper = form.cleaned_data["paper"] if "paper" in changed else entry.paper
        language = (
            form.cleaned_data["source_language"] if "source_language" in changed else entry.source_language
        )
        old = entry
        _try(
            problems, "paper", partial(change_entry, entry=old, paper=paper, source_language=language, by=by)
        )
        entry = Entry.objects.select_related("digest", "paper").get(pk=old.pk)
    saved = _save_texts(form, entry, by, problems)
    if problems:
        raise Refusals(problems)
    return saved


@transaction.atomic
def save_new(form: EntryForm, by: User) -> Entry:
    """Add an entry with its notes and tags, and its paper if it is new. Raises Refusals."""
    problems: dict[str, ValidationError] = {}
    # First, as an import takes it: the other way round the two wait for each other.
    lock_catalogue()
    # Two people adding at once must not take the same position.
    digest = Digest.objects.select_for_update().get(pk=form.cleaned_data["digest"].pk)
    try:
        paper = form.cleaned_data["paper"] or _typed_paper(form, by)
        refuse_twice(digest, paper)
        entry = add_entry(digest, paper, source_language=form.cleaned_data["source_language"], by=by)
    except ValidationError as error:
        field = "paper" if form.cleaned_data["paper"] else "new_title"
        raise Refusals({field: ValidationError(error.messages)}) from error
    _save_texts(form, entry, by, problems)
    if problems:
        raise Refusals(problems)
    return entry


def _save_texts(
    form: EntryForm, entry: Entry, by: User, problems: dict[str, ValidationError]
) -> dict[str, int]:
    data = form.cleaned_data
    edited = form.edited_languages()
    saved = {}
    for language in edited:
        save = {
            "body": data[language],
            "rev": data.get(f"{language}_rev") or 0,
            "minor": data.get(f"{language}_minor", False),
            "draft": data.get(f"{language}_draft"),
            "source_rev": None if entry.source_language in edited else _source_seen(form, entry),
        }
        note = _try(problems, language, partial(save_note, entry=entry, language=language, by=by, **save))
        # An untouched text over a colleague's newer one is no conflict, but it is not what stands there either.
        if note is not None and note.body == data[language]:
            saved[language] = note.rev
    if "tag_names" in form.changed_data:
        rows = TaggedEntry.objects.filter(content_object=entry).select_related("tag").order_by("pk")
        names = merge_tags(form.base_tags(), [row.tag.name for row in rows], data["tag_names"])
        _try(problems, "tag_names", partial(_set_tags, entry, names, by))
    return saved


def _source_seen(form: EntryForm, entry: Entry) -> int | None:
    """The source's revision that the translator had in view, at most the present one; None: the present one."""
    seen = form.cleaned_data.get("source_seen")
    present = source_sig_rev(entry)
    if not seen or present is None or "source_language" in form.changed_data:
        return None
    return min(seen, present)


def _set_tags(entry: Entry, names: list[str], by: User) -> None:
    lock_catalogue()
    set_tags(entry, names, by=by)


def _try(problems: dict[str, ValidationError], field: str, verb: Callable[[], Any]) -> Any:
    """Call a verb; keep its refusal for the field, so that the other fields are checked as well."""
    try:
        with transaction.atomic():
            return verb()
    except Refused as error:
        problems[field] = error
    except ValidationError as error:
        # Errors of a model name the model's fields, which this form does not have.
        problems[field] = ValidationError(error.messages)
    return None


def _typed_paper(form: EntryForm, by: User) -> Paper:
    """The paper of the typed title and authors: the known one if there is one, else a new row."""
    data = form.cleaned_data
    return find_or_add_paper(
        title=data["new_title"], authors=data["new_authors"], abstract=data["new_abstract"], by=by
    )


@transaction.atomic
def add_tags(entry: Entry, names: list[str], by: User) -> None:
    """Give an entry these tags besides its own."""
    rows = TaggedEntry.objects.filter(content_object=entry).select_related("tag").order_by("pk")
    _set_tags(entry, merge_tags([], [row.tag.name for row in rows], names), by)
