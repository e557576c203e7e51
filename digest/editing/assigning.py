"""Who is to write or review a note next, and by when."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import may_review, may_write
from digest.editing.errors import NotAllowed, Refused
from digest.editing.events import record
from digest.editing.revisions import lock_note
from digest.models import Note


def may_take(user: User, note: Note) -> bool:
    """True for who writes or reviews notes in its language: such a person can be its assignee."""
    return user.is_active and (may_write(user, note.language) or may_review(user, note.language))


def may_assign(user: User, note: Note, assignee: User | None) -> bool:
    """True for oneself in a language one writes or reviews; for anyone with the right ``assign_note``.

    Without that right, only the present assignee may give the note back to nobody (None).
    """
    if user.has_perm("digest.assign_note"):
        return True
    if assignee is None:
        return note.assignee_id == user.pk
    return assignee.pk == user.pk and may_take(user, note)


@transaction.atomic
def assign(
    *, note: Note, assignee: User | None, due_on: datetime.date | None, by: User, was: User | None
) -> Note:
    """Give a note to someone, or to nobody; ``was`` is the assignee that the page showed.

    A translation that nobody has begun gets its row here (revision 0), so that it can wait for its translator.
    Nothing is written where nothing changes. Raises NotAllowed; Refused if someone else was assigned meanwhile,
    if ``assignee`` may neither write nor review this language, or if a due date is given without anyone.
    """
    there = Note.objects.filter(entry=note.entry, language=note.language)
    if assignee is None and due_on is None and not there.exists():
        return note  # nobody for a note that is not there: no row for that
    note = lock_note(note.entry, note.language)
    if note.assignee_id != (was.pk if was else None):
        raise Refused(_("Someone else was assigned meanwhile; look again."), code="moved_on")
    if not may_assign(by, note, assignee):
        raise NotAllowed(_("Your roles do not allow this."), code="not_allowed")
    if assignee is not None and not may_take(assignee, note):
        raise Refused(
            _("%(person)s may neither write nor review notes in this language."),
            code="wrong_language",
            params={"person": assignee},
        )
    if assignee is None and due_on is not None:
        raise Refused(_("A due date needs someone to keep it."), code="nobody")
    if (note.assignee_id, note.due_on) == (assignee.pk if assignee else None, due_on):
        return note
    note.assignee, note.due_on = assignee, due_on
    note.save(update_fields=["assignee", "due_on"])
    due = due_on.isoformat() if due_on else ""
    record("assign", note, by=by, now=timezone.now(), assignee=str(assignee or ""), due_on=due)
    return note
