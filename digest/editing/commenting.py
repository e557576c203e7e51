"""What editors say to each other about a note, or about a phrase quoted from it."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import may_publish, may_review, may_write
from digest.editing.errors import NotAllowed, Refused
from digest.editing.events import record
from digest.editing.revisions import lock_note
from digest.editing.transitions import current_revision
from digest.models import Comment, Note, NoteRevision
from digest.text.clean import normalise_note


def may_comment(user: User, note: Note) -> bool:
    """True for who may write or review notes in its language, and for publishers."""
    return may_write(user, note.language) or may_review(user, note.language) or may_publish(user)


@transaction.atomic
def add_comment(*, note: Note, by: User, body: str, quote: str = "") -> Comment:
    """Say ``body`` about the note as it stands, or about the phrase ``quote`` of it.

    The quote is kept as it was given: the text on the screen may be ahead of the saved one. Raises NotAllowed;
    Refused without words or without a text to speak of; ValidationError for text that cannot be stored.
    """
    _require(by, note)
    body = normalise_note(body)
    if not body:
        raise Refused(_("Write the comment first."), code="empty_comment")
    note = lock_note(note.entry, note.language)
    revision = current_revision(note)
    if revision is None:
        raise Refused(_("There is no text yet."), code="empty")
    now = timezone.now()
    comment = write_comment(note, revision, body, quote=normalise_note(quote), by=by, now=now)
    record("comment", comment, by=by, now=now, revision=revision, comment=body)
    return comment


def write_comment(
    note: Note, revision: NoteRevision, body: str, *, by: User, now: datetime.datetime, quote: str = ""
) -> Comment:
    """The row of a comment, without right, event or transaction, for a verb that has seen to all three."""
    comment = Comment(note=note, revision=revision, body=body, quote=quote, author=by, created_at=now)
    comment.full_clean(exclude=["note", "revision", "author"], validate_constraints=False)
    comment.save()
    return comment


@transaction.atomic
def resolve_comment(*, comment: Comment, by: User) -> Comment:
    """Mark a comment as seen to. One that is resolved already stays as it is, with who resolved it first."""
    comment = _locked(comment, by)
    if comment.resolved_at is None:
        comment.resolved_at, comment.resolved_by = timezone.now(), by
        _save(comment, "resolve", by)
    return comment


@transaction.atomic
def reopen_comment(*, comment: Comment, by: User) -> Comment:
    """Mark a comment as not seen to after all. An open one stays as it is."""
    comment = _locked(comment, by)
    if comment.resolved_at is not None:
        comment.resolved_at = comment.resolved_by = None
        _save(comment, "reopen", by)
    return comment


def _require(user: User, note: Note) -> None:
    if not may_comment(user, note):
        raise NotAllowed(_("Your roles do not allow this in this language."), code="not_allowed")


def _locked(comment: Comment, by: User) -> Comment:
    comment = Comment.objects.select_for_update(of=("self",)).select_related("note").get(pk=comment.pk)
    _require(by, comment.note)
    return comment


def _save(comment: Comment, verb: str, by: User) -> None:
    comment.save(update_fields=["resolved_at", "resolved_by"])
    record(verb, comment, by=by, now=timezone.now(), revision=comment.revision)
