"""When something that readers see changed last."""

import datetime
from collections.abc import Sequence

from digest.reading.entries import PublicEntry


def digest_changed(entries: Sequence[PublicEntry], moved: datetime.datetime | None) -> datetime.datetime:
    """The last change of a digest: of one of its ``entries``, or ``moved`` (Digest.changed_at), when one left it."""
    changed = max(entry.changed for entry in entries)
    return max(changed, moved) if moved else changed
