"""From a button to a verb of digest.editing, and from its refusal to a message."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import may_publish, may_write
from digest.editing import workflow
from digest.editing.adopting import adopt_suggestion, is_unread
from digest.editing.transitions import VERB_LABELS, available_verbs
from digest.models import Event, Note

# Every verb takes the note, the user, the revision shown on the page and the form's other fields.
NoteVerb = Callable[[Note, User, int, Mapping[str, str]], Any]

NOTE_VERBS: dict[str, NoteVerb] = {
    "submit": lambda note, by, rev, fields: workflow.submit(
        note=note, by=by, rev=rev, acknowledge=fields.get("acknowledge") == "1"
    ),
    "pull_back": lambda note, by, rev, _f: workflow.pull_back(note=note, by=by, rev=rev),
    "request_changes": lambda note, by, rev, fields: workflow.request_changes(
        note=note, by=by, rev=rev, comment=fields.get("comment", "")
    ),
    "approve": lambda note, by, rev, _f: workflow.approve(note=note, by=by, rev=rev),
    "approve_own": lambda note, by, rev, _f: workflow.approve(note=note, by=by, rev=rev, own=True),
    "publish": lambda note, by, rev, _f: workflow.publish_note(note=note, by=by, rev=rev),
    "unpublish": lambda note, by, _r, _f: workflow.unpublish_note(note=note, by=by),
    "adopt": lambda note, by, rev, _f: adopt_suggestion(note=note, by=by, rev=rev),
    "confirm": lambda note, by, rev, _f: workflow.confirm_translation(note=note, by=by, rev=rev),
}

LABELS = {
    **VERB_LABELS,
    "unpublish": _("Unpublish note"),
    "confirm": _("Still correct"),
    "adopt": _("I have read it"),
}

DONE = {
    "submit": _("Submitted for review."),
    "pull_back": _("Pulled back; it is a draft again."),
    "request_changes": _("Changes requested."),
    "approve": _("Approved."),
    "approve_own": _("Approved as your own review."),
    "publish": _("Published."),
    "unpublish": _("Unpublished; readers no longer see this note."),
    "adopt": _("The suggestion is your text now; it can go to review."),
    "confirm": _("The translation is confirmed as still correct."),
}

# What an Event's verb is called; those of a note have the labels of their buttons.
EVENT_LABELS = {
    **LABELS,
    "add": _("Add"),
    "change": _("Change"),
    "arrange": _("Reorder"),
    "move": _("Move"),
    "delete": _("Delete"),
    "undelete": _("Bring back"),
    "tag": _("Tags"),
    "rename": _("Rename"),
    "merge": _("Merge"),
    "resolve": _("Resolve"),
    "publish": _("Publish"),
    "unpublish": _("Unpublish"),
    "confirm_translation": _("Still correct"),
    "import_created": _("Import"),
    "import_updated": _("Import"),
    "daily_mail": _("Daily e-mail"),
    "daily_mail_failed": _("Daily e-mail not sent"),
    "assign": _("Assign"),
    "comment": _("Comment"),
    "reopen": _("Reopen"),
    "dismiss_check": _("Dismiss check"),
    "undo_dismissal": _("Count check again"),
}
LONGEST_HISTORY = 200


def described(events: QuerySet[Event], limit: int = LONGEST_HISTORY) -> list[Event]:
    """The last events with ``label``, the verb in words."""
    rows = list(events.select_related("actor", "revision__note")[:limit])
    for event in rows:
        event.label = EVENT_LABELS.get(event.verb, event.verb)
    return rows


def attempt(request: HttpRequest, verb: Callable[[], Any], done: str, about: str = "") -> bool:
    """Call a verb. Its refusal becomes an error message, its success the message ``done`` if any; answers which."""
    prefix = f"{about}: " if about else ""
    try:
        verb()
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, f"{prefix}{text}")
        return False
    if done:
        messages.success(request, f"{prefix}{done}")
    return True


def buttons(note: Note, user: User, *, stale: bool) -> list[tuple[str, str]]:
    """(verb, label) of what ``user`` may do with a note as it stands, saving apart."""
    if not note.pk or note.rev == 0:
        return []
    verbs = [verb for verb in available_verbs(note, user) if verb != "save"]
    published = note.live is not None and note.live.rev == note.rev
    if "publish" in verbs and (published or note.entry.digest.publish_at is None):
        verbs.remove("publish")
    if note.live is not None and may_publish(user):
        verbs.append("unpublish")
    if "submit" in verbs and is_unread(note):
        verbs.append("adopt")
    if stale and may_write(user, note.language):
        verbs.append("confirm")
    return [(verb, str(LABELS[verb])) for verb in verbs]
