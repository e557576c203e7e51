"""A machine's text is nobody's until a person has read it: the rule, and the way to say so."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import may_write
from digest.editing.errors import NotAllowed, Refused
from digest.editing.events import record
from digest.editing.revisions import lock_note, write_revision
from digest.editing.transitions import current_revision
from digest.models import Note, NoteRevision


def is_unread(note: Note) -> bool:
    """True while the note's text is a suggestion that nobody has changed or adopted."""
    if note.rev != 1:  # a suggestion is stored only where there was no text
        return False
    revision = current_revision(note)
    return revision is not None and revision.origin == NoteRevision.Origin.SUGGESTION


def refuse_unread(note: Note) -> None:
    """Raise Refused while the note's text is a machine's alone; ``workflow.submit`` asks here."""
    if is_unread(note):
        raise Refused(
            _("A machine wrote this text. Correct it, or say that you have read it."),
            code="unread_suggestion",
        )


@transaction.atomic
def adopt_suggestion(*, note: Note, by: User, rev: int) -> Note:
    """“I have read it”: the suggestion, word for word, becomes ``by``'s own text in a new revision.

    Raises NotAllowed; Refused if the text moved on or is no suggestion.
    """
    if not may_write(by, note.language):
        raise NotAllowed(_("You may not write notes in this language."), code="not_allowed")
    note = lock_note(note.entry, note.language)
    if note.rev != rev or not is_unread(note):
        raise Refused(_("The text has moved on; reload the page."), code="moved_on")
    now = timezone.now()
    revision = write_revision(note, note.body, author=by, now=now, minor=True)
    record("adopt", note, by=by, now=now, revision=revision)
    return note
