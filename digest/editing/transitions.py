"""The states of a note's working copy: one table that buttons, bulk actions and commands all read."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import may_publish, may_review, may_review_own, may_write
from digest.editing.errors import NotAllowed, Refused
from digest.models import Note, NoteRevision

Guard = Callable[[Note, User], bool]


def current_revision(note: Note) -> NoteRevision | None:
    """The revision that the working copy equals, or None before the first save."""
    return note.revisions.filter(rev=note.rev).first()


def _writer(note: Note, user: User) -> bool:
    return may_write(user, note.language)


def _reviewer(note: Note, user: User) -> bool:
    return may_review(user, note.language)


def _other_reviewer(note: Note, user: User) -> bool:
    revision = current_revision(note)
    return revision is not None and revision.author_id != user.pk and may_review(user, note.language)


def _own_reviewer(note: Note, user: User) -> bool:
    revision = current_revision(note)
    return revision is not None and revision.author_id == user.pk and may_review_own(user, note.language)


def _publisher(note: Note, user: User) -> bool:
    return may_publish(user)


# (state, verb) -> (next state, who may). A pair that is not here does not exist.
TRANSITIONS: dict[tuple[str, str], tuple[str, Guard]] = {
    ("draft", "save"): ("draft", _writer),
    ("review", "save"): ("review", _writer),
    ("changes", "save"): ("changes", _writer),
    ("approved", "save"): ("draft", _writer),
    ("draft", "submit"): ("review", _writer),
    ("changes", "submit"): ("review", _writer),
    ("review", "pull_back"): ("draft", _writer),
    ("review", "request_changes"): ("changes", _reviewer),
    ("review", "approve"): ("approved", _other_reviewer),
    ("review", "approve_own"): ("approved", _own_reviewer),
    ("approved", "publish"): ("approved", _publisher),
}

VERB_LABELS = {
    "save": _("Save"),
    "submit": _("Submit for review"),
    "pull_back": _("Pull back"),
    "request_changes": _("Request changes"),
    "approve": _("Approve"),
    "approve_own": _("Approve my own text"),
    "publish": _("Publish note"),
}


def available_verbs(note: Note, user: User) -> list[str]:
    """The verbs that ``user`` may use on ``note`` as it stands, in the order of the table."""
    return [
        verb
        for (state, verb), (_next, guard) in TRANSITIONS.items()
        if state == note.state and guard(note, user)
    ]


def next_state(note: Note, verb: str, user: User) -> str:
    """Where ``verb`` leads. Raises Refused if it does not apply in this state, NotAllowed if not for ``user``."""
    found = TRANSITIONS.get((note.state, verb))
    if found is None:
        raise Refused(
            _("“%(verb)s” is not possible while the note is “%(state)s”."),
            code="wrong_state",
            params={"verb": VERB_LABELS[verb], "state": note.get_state_display()},
        )
    state, guard = found
    if not guard(note, user):
        raise NotAllowed(_not_allowed_reason(note, verb, user), code="not_allowed")
    return state


def _not_allowed_reason(note: Note, verb: str, user: User) -> str:
    if verb == "approve" and may_review(user, note.language):
        return str(_("You wrote this revision; someone else must approve it."))
    return str(_("Your roles do not allow this in this language."))
