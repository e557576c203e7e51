"""The publication window as a condition: the one place that spells out "public at this moment"."""

import datetime

from django.db.models import Q
from django.utils import timezone


def in_window(now: datetime.datetime | None = None, prefix: str = "") -> Q:
    """Rows whose ``publish_at`` has come and whose ``unpublish_at`` has not, at ``now`` (default: this moment).

    ``prefix`` is a lookup path to the entry that carries the window, for example ``"entry__"``.
    """
    now = now or timezone.now()
    open_ended = Q(**{f"{prefix}unpublish_at__isnull": True})
    return Q(**{f"{prefix}publish_at__lte": now}) & (open_ended | Q(**{f"{prefix}unpublish_at__gt": now}))
