"""Why a verb was refused. Each carries a short message for the person who tried."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from digest.models import Note


class Refused(ValidationError):
    """The verb does not apply now: wrong state, missing text, missing approval. Nothing was written."""


class NotAllowed(Refused):
    """The user may not do this; the same act by someone else could succeed."""


class Unacknowledged(Refused):
    """Publishing is possible, but translations are missing or stale: publish again with acknowledge=True."""


class StaleRevision(Refused):
    """The text moved on since the editor opened it. Holds all three texts, so that nothing typed is lost.

    ``base`` is what the editor started from, ``theirs`` what is stored now, ``mine`` what was submitted.
    """

    def __init__(self, note: Note, base: str, theirs: str, mine: str) -> None:
        message = _(
            "Someone else saved this note while you were editing it. Your text is kept below; merge the two."
        )
        super().__init__(message, code="stale_revision")
        self.note = note
        self.base = base
        self.theirs = theirs
        self.mine = mine
