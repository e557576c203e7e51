"""The verbs of a note: the only writer of states. docs/editorial-model.md says what each means for people.

Every verb takes the acting user as ``by`` and the revision it means as ``rev``; it locks the row, checks, writes
and records an Event in one transaction, or raises an error of ``editing.errors`` and writes nothing.
"""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import may_publish, may_write
from digest.editing.adopting import refuse_unread
from digest.editing.checking import refuse_open_errors, refuse_unlooked_at
from digest.editing.commenting import write_comment
from digest.editing.drafting import end_draft
from digest.editing.errors import NotAllowed, Refused, StaleRevision
from digest.editing.events import record
from digest.editing.indexing import index_drafts
from digest.editing.publishing import sync_entry_window
from digest.editing.revisions import body_at, lock_note, normal_body, set_live, source_sig_rev, write_revision
from digest.editing.transitions import current_revision, next_state
from digest.models import Entry, Note, NoteRevision
from digest.text.clean import normalise_note


@transaction.atomic
def save_note(
    *,
    entry: Entry,
    language: str,
    body: str,
    by: User,
    rev: int,
    minor: bool = False,
    source_rev: int | None = None,
    origin: str = NoteRevision.Origin.EDIT,
    draft: int | None = None,
    now: datetime.datetime | None = None,
) -> Note:
    """Save an editor's text as the note's next revision; readers see nothing of it.

    ``rev`` is the revision the editor started from (0: no note yet). An unchanged text writes nothing and is
    never a conflict. ``source_rev`` is the source's sig_rev that the translator saw (default: the present one).
    ``draft`` is the serial of the autosaved draft that grew into this text: it ends here, unless it has moved on.
    Raises NotAllowed; StaleRevision with all three texts when both sides changed; ValidationError for unfit text.
    """
    if not may_write(by, language):
        raise NotAllowed(_("You may not write notes in this language."), code="not_allowed")
    now = now or timezone.now()
    body = normal_body(body)
    if not body:
        raise Refused(_("A note cannot be emptied; withdraw it instead."), code="empty")
    note = lock_note(entry, language)
    base = body_at(note, rev)
    if body not in (note.body, base) and note.rev != rev:
        raise StaleRevision(note, base=base, theirs=note.body, mine=body, base_rev=rev)
    end_draft(entry=entry, language=language, by=by, body=body, serial=draft)
    if body in (note.body, base):
        return note
    note.state = next_state(note, "save", by)
    if not note.is_source and (not minor or note.rev == 0):
        note.source_rev = source_rev if source_rev is not None else source_sig_rev(entry)
    revision = write_revision(note, body, author=by, now=now, origin=origin, minor=minor)
    record("save", note, by=by, now=now, revision=revision, minor=revision.minor, origin=origin)
    index_drafts([entry.pk])
    return note


def restore_revision(*, note: Note, restore: int, by: User, rev: int, minor: bool = False) -> Note:
    """Make the text of revision ``restore`` the working copy again, as a new revision."""
    old = note.revisions.get(rev=restore)
    return save_note(
        entry=note.entry,
        language=note.language,
        body=old.body,
        by=by,
        rev=rev,
        minor=minor,
        origin=NoteRevision.Origin.RESTORE,
    )


@transaction.atomic
def submit(*, note: Note, by: User, rev: int, acknowledge: bool = False) -> Note:
    """Ask for review.

    Raises Refused (``checks_failed``) while the checks find errors, and Unacknowledged for open warnings unless
    ``acknowledge`` says that the writer looked at them.
    """
    refuse_unread(note)
    note = _move(note, "submit", by=by, rev=rev)
    refuse_unlooked_at(note, acknowledge=acknowledge)  # raising takes the move back
    return note


@transaction.atomic
def pull_back(*, note: Note, by: User, rev: int) -> Note:
    """Take a note out of review to go on writing."""
    return _move(note, "pull_back", by=by, rev=rev)


@transaction.atomic
def request_changes(*, note: Note, by: User, rev: int, comment: str) -> Note:
    """Send a note back with the reason, which its author reads in the history and among the open comments."""
    comment = normalise_note(comment)
    if not comment:
        raise Refused(_("Say what should change."), code="comment_required")
    note = _move(note, "request_changes", by=by, rev=rev, comment=comment)
    revision = note.revisions.get(rev=rev)
    write_comment(note, revision, comment, by=by, now=note.updated_at)  # its event is the verb's
    return note


@transaction.atomic
def approve(*, note: Note, by: User, rev: int, own: bool = False) -> Note:
    """Approve revision ``rev``. ``own`` says openly that the reviewer wrote it and needs the right to do so.

    Raises Refused (``checks_failed``) while the checks find errors; warnings do not stand in the way.
    """
    verb = "approve_own" if own else "approve"
    note = _locked(note, rev)
    note.state = next_state(note, verb, by)
    refuse_open_errors(note)
    now = timezone.now()
    revision = note.revisions.get(rev=note.rev)
    revision.reviewed_by, revision.reviewed_at, revision.self_review = by, now, own
    revision.save(update_fields=["reviewed_by", "reviewed_at", "self_review"])
    _save_state(note, now)
    record(verb, note, by=by, now=now, revision=revision)
    return note


@transaction.atomic
def confirm_translation(*, note: Note, by: User, rev: int) -> Note:
    """“Still correct”: the translation also renders the source as it is now. No new revision."""
    if not may_write(by, note.language):
        raise NotAllowed(_("You may not write notes in this language."), code="not_allowed")
    note = _locked(note, rev)
    if note.is_source or note.rev == 0:
        raise Refused(_("Only a translation can be confirmed."), code="not_a_translation")
    now = timezone.now()
    note.source_rev = source_sig_rev(note.entry)
    note.updated_at = now
    note.save(update_fields=["source_rev", "updated_at"])
    record(
        "confirm_translation",
        note,
        by=by,
        now=now,
        revision=current_revision(note),
        source_rev=note.source_rev,
    )
    return note


@transaction.atomic
def publish_note(*, note: Note, by: User, rev: int) -> Note:
    """Let readers of a published (or scheduled) digest see the approved revision ``rev``."""
    note = _locked(note, rev)
    next_state(note, "publish", by)
    if note.entry.digest.publish_at is None:
        raise Refused(_("The digest is not published; publish the digest."), code="digest_not_published")
    if note.entry.deleted_at:
        raise Refused(_("The entry is deleted; bring it back first."), code="entry_deleted")
    now = timezone.now()
    revision = note.revisions.get(rev=note.rev)
    set_live(note, revision, now)
    sync_entry_window(note.entry)
    record("publish", note, by=by, now=now, revision=revision)
    return note


@transaction.atomic
def unpublish_note(*, note: Note, by: User) -> Note:
    """Take a note away from readers at once; the text stays at the desk."""
    if not may_publish(by):
        raise NotAllowed(_("Only a publisher may do this."), code="not_allowed")
    note = lock_note(note.entry, note.language)
    if note.live is None:
        raise Refused(_("Readers do not see this note."), code="not_live")
    now = timezone.now()
    revision = note.live
    set_live(note, None, now)
    sync_entry_window(note.entry)
    record("unpublish", note, by=by, now=now, revision=revision)
    return note


def _locked(note: Note, rev: int) -> Note:
    """The row, locked, if its text is still revision ``rev``; otherwise Refused."""
    note = lock_note(note.entry, note.language)
    if note.rev != rev:
        raise Refused(
            _("The text has moved on to revision %(rev)d; read it and try again."),
            code="moved_on",
            params={"rev": note.rev},
        )
    return note


def _save_state(note: Note, now: datetime.datetime) -> None:
    note.updated_at = now
    note.save(update_fields=["state", "updated_at"])


def _move(note: Note, verb: str, *, by: User, rev: int, **detail: str) -> Note:
    note = _locked(note, rev)
    if not note.body:
        raise Refused(_("There is no text yet."), code="empty")
    note.state = next_state(note, verb, by)
    now = timezone.now()
    _save_state(note, now)
    record(verb, note, by=by, now=now, revision=current_revision(note), **detail)
    return note
