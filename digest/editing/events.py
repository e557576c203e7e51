"""The audit row of a verb, written in the verb's own transaction."""

import datetime
from typing import Any

from django.db.models import Model

from accounts.models import User
from digest.editing.notifying import tell
from digest.models import Event, NoteRevision


def record(
    verb: str,
    subject: Model,
    *,
    by: User | None,
    now: datetime.datetime,
    revision: NoteRevision | None = None,
    **detail: Any,
) -> Event:
    """Write that ``by`` did ``verb`` to ``subject``, and tell those it concerns; ``detail`` must be JSON-serialisable."""
    event = Event.objects.create(
        at=now,
        actor=by,
        verb=verb,
        object_type=subject._meta.model_name or "",
        object_id=subject.pk,
        object_label=str(subject)[:300],
        revision=revision,
        detail=detail,
    )
    tell(event, subject)
    return event
