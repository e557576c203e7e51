"""When something that readers see changed last."""

import datetime
from collections.abc import Sequence

from django.db.models import Min

from digest.models import Entry
from digest.reading.entries import PublicEntry


def digest_changed(entries: Sequence[PublicEntry], moved: datetime.datetime | None) -> datetime.datetime:
    """The last change of a digest: of one of its ``entries``, or ``moved`` (Digest.changed_at), when one left it."""
    changed = max(entry.changed for entry in entries)
    return max(changed, moved) if moved else changed


def next_opening(now: datetime.datetime) -> datetime.datetime:
    """When the clock alone changes what readers see: the next window that opens or closes, or the end of this hour.

    The hour is for what a page says of today.
    """
    ahead = [
        Entry.objects.filter(**{f"{name}__gt": now}).aggregate(next=Min(name))["next"]
        for name in ("publish_at", "unpublish_at")
    ]
    hour = now.replace(minute=0, second=0, microsecond=0) + datetime.timedelta(hours=1)
    return min([hour, *filter(None, ahead)])
