"""What the indexes add to a transaction: a changed entry, one that becomes public, one that is taken away."""

import time
from contextlib import ExitStack
from random import Random

from django.db import transaction
from django.utils import timezone

from bench.search_clock import Samples
from bench.search_texts import invent_texts
from digest.editing.indexing import index_entries
from digest.management.progress import Progress
from digest.models import Entry, Note, NoteRevision
from digest.models.entry import EntryQuerySet

# Taking away may be slow, so after so many seconds a few are enough.
BUDGET, FEWEST = 20.0, 5


def measure_updates(times: int) -> dict[str, Samples]:
    """Samples by verb, each of ``times`` entries spread over the archive, all in turn.

    ``changed`` is a corrected live note (``committing`` the end of that transaction, index and all), ``published``
    a draft that becomes public, ``unpublished`` the way back. Both indexes are written.
    """
    found = {name: Samples() for name in ("changed", "committing", "published", "unpublished")}
    live, drafts = (
        _spread(Entry.objects.published(), times),
        _spread(Entry.objects.filter(publish_at=None), times),
    )
    progress = Progress(times)
    begun = time.monotonic()
    for number in range(times):
        _change(live[number % len(live)], number, found)
        if number < FEWEST or time.monotonic() - begun < BUDGET:
            _publish(drafts[number % len(drafts)], found)
        progress.step()
    progress.close()
    return found


def _spread(entries: EntryQuerySet, times: int) -> list[int]:
    keys = list(entries.order_by("order_key").values_list("pk", flat=True))
    return keys[:: max(1, len(keys) // times)][:times]


def _change(entry: int, number: int, found: dict[str, Samples]) -> None:
    """A new text of the Korean note, live at once. A savepoint's end makes FTS5 write what it collected."""
    note = Note.objects.select_related("live").get(entry=entry, language="ko")
    fresh = invent_texts(Random(f"changed {number}"), 0, []).ko
    body = f"{note.body[: len(note.body) // 2]} {fresh}"
    with ExitStack() as outer:
        outer.enter_context(transaction.atomic())
        revision = NoteRevision.objects.create(note=note, rev=note.rev + 1, body=body)
        live = {"live": revision, "live_at": timezone.now()}
        Note.objects.filter(pk=note.pk).update(body=body, rev=revision.rev, **live)
        found["changed"].time(lambda: _index(entry))
        found["committing"].time(outer.close)


def _publish(entry: int, found: dict[str, Samples]) -> None:
    notes = Note.objects.filter(entry=entry)
    first = list(NoteRevision.objects.filter(note__entry=entry, rev=1).values_list("note", "pk"))
    with transaction.atomic():
        for note, revision in first:
            notes.filter(pk=note).update(live=revision, live_at=timezone.now())
        Entry.objects.filter(pk=entry).update(publish_at=timezone.now())
        found["published"].time(lambda: _index(entry))
    with transaction.atomic():
        Entry.objects.filter(pk=entry).update(publish_at=None)
        found["unpublished"].time(lambda: _index(entry))
    notes.update(live=None, live_at=None)


def _index(entry: int) -> None:
    with transaction.atomic():
        index_entries([entry])
