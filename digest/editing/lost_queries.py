"""Taking in what readers searched for and did not find.

The public site cannot write rows, so it appends each such query, cleaned, to a file (``NARANHI_LOST_QUERIES``);
from there an editor's button or a command counts them here. Nothing about who searched is in either.
"""

import datetime
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import transaction

from accounts.models import User
from digest.editing.locking import lock_catalogue
from digest.editing.rights import require
from digest.models import LostQuery
from digest.text.lost_queries import MAX_FILE, clean_query

# The rarest and oldest go first; what is searched for again comes back.
MOST_ROWS = 5_000


@transaction.atomic
def take_in(*, by: User | None) -> int:
    """Count the queries of the file and empty it; how many there were. ``by``: None for a command.

    Raises NotAllowed. A file that was read and could not be stored is read again the next time.
    """
    if by is not None:
        require(by, "digest.change_lostquery")
    if not settings.NARANHI_LOST_QUERIES:
        return 0
    lock_catalogue()  # of two at once, the second finds nothing left
    written = Path(settings.NARANHI_LOST_QUERIES)
    taken = written.with_name(f"{written.name}.taken")
    if not taken.exists():
        # Writers notice that the name is gone, and begin a new file.
        with suppress(FileNotFoundError):
            os.replace(written, taken)
    if not taken.exists():
        return 0
    found = list(_lines(taken))
    _store(found)
    taken.unlink(missing_ok=True)
    return len(found)


def _lines(path: Path) -> Iterator[tuple[datetime.date, str]]:
    """(day, text) of every line that is one; other lines are left out."""
    with path.open("rb") as file:
        lines = file.read(2 * MAX_FILE).decode("utf-8", "replace").split("\n")
    for line in lines:
        day, _, text = line.partition(" ")
        text = clean_query(text)
        with suppress(ValueError):
            if text:
                yield datetime.date.fromisoformat(day), text


def _store(found: list[tuple[datetime.date, str]]) -> None:
    counted: dict[str, tuple[int, datetime.date]] = {}
    for day, text in found:
        count, last = counted.get(text, (0, day))
        counted[text] = count + 1, max(last, day)
    known = LostQuery.objects.select_for_update().in_bulk(list(counted), field_name="text")
    for text, (count, last) in counted.items():
        row = known.get(text)
        if row is None:
            known[text] = LostQuery(text=text, count=count, last_day=last)
        else:
            row.count, row.last_day = row.count + count, max(row.last_day, last)
    LostQuery.objects.bulk_create([row for row in known.values() if not row.pk], batch_size=500)
    LostQuery.objects.bulk_update(
        [row for row in known.values() if row.pk], ["count", "last_day"], batch_size=500
    )
    spare = LostQuery.objects.order_by("-count", "-last_day", "text").values_list("pk", flat=True)[MOST_ROWS:]
    LostQuery.objects.filter(pk__in=list(spare)).delete()


@transaction.atomic
def forget(*, queries: list[LostQuery], by: User) -> None:
    """Take queries off the list: answered, or nonsense. Raises NotAllowed."""
    require(by, "digest.delete_lostquery")
    LostQuery.objects.filter(pk__in=[query.pk for query in queries]).delete()
