"""What waits at the desk, and for whom: docs/editorial-model.md, "Queues". Reads only.

A task is a text to look at: an entry in one language.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from digest.editing.queue_filter import NOBODY, ORDERS, Filter
from digest.editing.queue_pages import Place, Row, row_before, rows_after
from digest.editing.queue_rows import Rows, incomplete, open_to, reach_of, rows_of
from digest.models import Entry, Note
from papers.models import Authorship, Paper

__all__ = ["NOBODY", "ORDERS", "QUEUES", "Filter", "Place", "Task", "counts", "missing_counts", "next_task"]
__all__ += ["count", "previous_task", "tasks"]

QUEUES: dict[str, str | Promise] = {
    "translate": _("To translate"),
    "stale": _("Source changed"),
    "review": _("To review"),
    "changes": _("Changes requested"),
    "mine": _("Assigned to me"),
    "unpublished": _("To publish"),
    "conflicts": _("Import conflicts"),
    "metadata": _("Missing details"),
    "all": _("All"),
}


@dataclass(frozen=True, slots=True)
class Task:
    """A text to look at. ``note`` is None where there is none yet.

    The entry has its paper, digest, and notes with their assignees. ``missing`` names what the paper lacks.
    """

    entry: Entry
    language: str
    note: Note | None
    missing: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        return Place(self.entry.order_key, self.language)

    @property
    def source(self) -> Note | None:
        """The source text, if there is one."""
        return _note(self.entry, self.entry.source_language)


def counts(user: User, where: Filter) -> dict[str, int]:
    """How many tasks wait in each queue open to ``user``; one query a queue."""
    reach = reach_of(user)
    return {name: rows_of(name, reach, where).count() for name in open_to(reach)}


def count(name: str, user: User, where: Filter) -> int:
    """How many tasks wait in one queue; none in one that is not open to ``user``."""
    return _open(name, user, where).count()


def missing_counts() -> dict[str, int]:
    """How many of the papers that entries discuss lack each detail; one query."""
    discussed = Paper.objects.filter(Exists(Entry.objects.alive().filter(paper=OuterRef("pk"))))
    return discussed.aggregate(
        **{name: Count("pk", filter=lacking) for name, lacking in incomplete().items()}
    )


def tasks(name: str, user: User, where: Filter, *, after: Place | None = None, limit: int = 50) -> list[Task]:
    """Up to ``limit`` tasks of a queue, from the one behind ``after`` on; at most four queries beside those for rights.

    A queue that is not open to ``user`` is empty. Raises KeyError for a name that is none.
    """
    found = _open(name, user, where)
    return _loaded(rows_after(found, after, limit, newest=where.order == "newest"))


def next_task(name: str, user: User, where: Filter, *, after: Entry, language: str) -> Task | None:
    """The task behind ``after`` in ``language``, which may have left the queue; None at the end."""
    following = tasks(name, user, where, after=Place(after.order_key, language), limit=1)
    return following[0] if following else None


def previous_task(name: str, user: User, where: Filter, *, before: Entry, language: str) -> Task | None:
    """The task in front of ``before`` in ``language``, which may have left the queue; None at the beginning."""
    found = _open(name, user, where)
    row = row_before(found, Place(before.order_key, language), newest=where.order == "newest")
    return next(iter(_loaded([row] if row else [])), None)


def _open(name: str, user: User, where: Filter) -> Rows:
    reach = reach_of(user)
    found = rows_of(name, reach, where)
    return found if name in open_to(reach) else found.none()


def _loaded(rows: Sequence[Row]) -> list[Task]:
    """The entries of a page with all that it shows, in two queries."""
    if not rows:
        return []
    byline = Authorship.objects.filter(paper=OuterRef("paper"))
    entries = Entry.objects.filter(pk__in=[row.entry_id for row in rows]).annotate(has_authors=Exists(byline))
    notes = Prefetch("notes", Note.objects.select_related("assignee"))
    by_pk: dict[int, Any] = entries.select_related("paper", "digest").prefetch_related(notes).in_bulk()
    return [_task(by_pk[row.entry_id], row.language) for row in rows if row.entry_id in by_pk]


def _task(entry: Any, language: str) -> Task:
    paper = entry.paper
    lacks = {"arxiv_id": not paper.arxiv_id, "abstract": not paper.abstract, "authors": not entry.has_authors}
    asked = paper.kind == Paper.Kind.PAPER
    return Task(
        entry, language, _note(entry, language), tuple(name for name in lacks if asked and lacks[name])
    )


def _note(entry: Entry, language: str) -> Note | None:
    return next((note for note in entry.notes.all() if note.language == language), None)
