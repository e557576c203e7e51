"""Why a verb was refused. Each carries a short message for the person who tried."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from digest.models import EditSession, Note


class Refused(ValidationError):
    """The verb does not apply now: wrong state, missing text, missing approval. Nothing was written."""


class NotAllowed(Refused):
    """The user may not do this; the same act by someone else could succeed."""


class Unacknowledged(Refused):
    """The verb is possible, but something is missing, stale or doubtful: call it again with acknowledge=True."""


class StaleRevision(Refused):
    """The text moved on since the editor opened it. Holds all three texts, so that nothing typed is lost.

    ``base`` is what the editor started from, ``theirs`` what is stored now, ``mine`` what was submitted;
    ``base_rev`` is the number of the first of them.
    """

    def __init__(self, note: Note, base: str, theirs: str, mine: str, base_rev: int) -> None:
        message = _(
            "Someone else saved this note while you were editing it. Your text is kept below; merge the two."
        )
        super().__init__(message, code="stale_revision")
        self.note = note
        self.base_rev = base_rev
        self.base = base
        self.theirs = theirs
        self.mine = mine


class StaleDraft(Refused):
    """The same person typed another text elsewhere. ``session`` holds it, as stored now, with its serial."""

    def __init__(self, session: EditSession) -> None:
        super().__init__(_("You have other unsaved text of this note in another tab."), code="stale_draft")
        self.session = session
