"""The first page of the desk: what waits, in tabs, with the state of the digests beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from digest.desk.entry_form import LANGUAGE_NAMES
from digest.desk.entry_list import note_state
from digest.desk.filters import STATUS_LABELS
from digest.desk.places import editor_url
from digest.desk.queue_assign import bulk_form
from digest.desk.queue_form import FilterForm, team_names
from digest.desk.queue_side import side_context
from digest.editing.overview import Coverage, coverage, open_conflicts_of, present_at
from digest.editing.queues import QUEUES, Filter, Place, Task, counts, tasks
from digest.models import Digest, ImportConflict
from digest.text.languages import LANGUAGES
from digest.text.lengths import length_label

PAGE = 50
# Opened first if anything waits in it: what others wait for comes before what one may pick.
FIRST = ("changes", "review", "translate", "stale", "unpublished", "mine", "conflicts", "metadata", "all")
ACTIONS: dict[str, str | Promise] = {
    "translate": _("Translate"),
    "stale": _("Compare"),
    "review": _("Review"),
    "changes": _("Revise"),
    "mine": _("Open"),
    "unpublished": _("Look and publish"),
    "conflicts": _("Open"),
    "metadata": _("Open"),
    "all": _("Open"),
}
MISSING: dict[str, str | Promise] = {
    "arxiv_id": _("arXiv id"),
    "abstract": _("abstract"),
    "authors": _("authors"),
}
# Queues of entries as a whole: both notes are named, and there is no one text to assign.
WHOLE = ("conflicts", "metadata", "all")
URGENT = ("stale", "changes", "conflicts")


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    label: str | Promise
    count: int
    url: str
    current: bool
    urgent: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A task with all that its line says. ``states`` are (language, its name, the note's state)."""

    task: Task
    url: str
    states: list[tuple[str, str, str]]
    length: str
    missing: list[str | Promise]
    conflicts: list[ImportConflict]
    others: list[str]
    overdue: bool

    @property
    def ticket(self) -> str:
        """What a form says to mean this text, and whose it was when the page was made."""
        note = self.task.note
        holder = note.assignee_id if note and note.assignee_id else ""
        return f"{self.task.entry.pk}:{self.task.language}:{holder}"


@dataclass(frozen=True, slots=True)
class Group:
    """The tasks of one digest that stand on the page."""

    digest: Digest
    status: str | Promise
    coverage: Coverage
    rows: list[Row]


def queue_context(request: HttpRequest) -> dict[str, Any]:
    """For admin/index.html: the tabs, one page of the chosen queue, and the side. No tabs for a person without a role."""
    user, where = request.user, Filter.from_query(request.GET)
    waiting = counts(user, where)
    if not waiting:
        return {"tabs": []}
    name = _chosen(request, waiting)
    found = tasks(name, user, where, after=_place(request.GET.get("after", "")), limit=PAGE + 1)
    team = team_names()
    recent = list(Digest.objects.order_by("-date")[:6])
    cover = coverage([*recent, *(task.entry.digest for task in found)])
    return {
        "tabs": _tabs(name, waiting, where),
        "queue": name,
        "queue_label": QUEUES[name],
        "action": ACTIONS[name],
        "groups": _groups(name, found[:PAGE], cover, user, where),
        "more": _more(name, found, where),
        "begun": "after" in request.GET,
        "start": f"?{where.query(queue=name)}",
        "filtered": where != Filter(order=where.order),
        "form": FilterForm.of(where, user, team),
        "bulk": None if name in WHOLE else bulk_form(user, team),
        **side_context(user, [cover[digest.pk] for digest in recent], "metadata" in waiting),
    }


def _chosen(request: HttpRequest, waiting: Mapping[str, int]) -> str:
    """The queue of the address; else the first in which something waits."""
    name = request.GET.get("queue", "")
    if name in waiting:
        return name
    return next((name for name in FIRST if waiting.get(name)), next(iter(waiting)))


def _tabs(chosen: str, waiting: Mapping[str, int], where: Filter) -> list[Tab]:
    return [
        Tab(
            name=name,
            label=QUEUES[name],
            count=count,
            url=f"?{where.query(queue=name)}",
            current=name == chosen,
            urgent=name in URGENT and count > 0,
        )
        for name, count in waiting.items()
    ]


def _place(text: str) -> Place | None:
    """``7392840000-en`` from an address; None for anything else, which is the beginning."""
    key, _dash, language = text.partition("-")
    if key.isascii() and key.isdecimal() and len(key) < 15 and language in LANGUAGES:
        return Place(int(key), language)
    return None


def _more(name: str, found: Sequence[Task], where: Filter) -> str:
    """The address of the next page, or ""."""
    if len(found) <= PAGE:
        return ""
    last = found[PAGE - 1].place
    return f"?{where.query(queue=name, after=f'{last.order_key}-{last.language}')}"


def _groups(
    name: str, shown: Sequence[Task], cover: Mapping[int, Coverage], user: User, where: Filter
) -> list[Group]:
    """By digest, in the order of the page. One query for who is at them, one for conflicts where they are the matter."""
    pks = [task.entry.pk for task in shown]
    others = present_at(pks, user)
    conflicts = open_conflicts_of(pks) if name == "conflicts" else {}
    groups = []
    for digest, its in groupby(shown, lambda task: task.entry.digest):
        rows = []
        for task in its:
            pk, query = task.entry.pk, where.query(queue=name, task=task.language)
            url = editor_url(pk, f"?{query}")
            rows.append(_row(name, task, url, conflicts.get(pk, []), others.get(pk, [])))
        groups.append(Group(digest, STATUS_LABELS[digest.status], cover[digest.pk], rows))
    return groups


def _row(name: str, task: Task, url: str, conflicts: list[ImportConflict], others: list[str]) -> Row:
    note, source = task.note, task.source
    # Of what is to be translated the state is plain: there is no text. Only the language may be news.
    languages = LANGUAGES if name in WHOLE else (task.language,)
    # That no arXiv id is known is no news to a translator: it is said where it can be mended.
    told = task.missing if name in WHOLE else [lack for lack in task.missing if lack != "arxiv_id"]
    return Row(
        task=task,
        url=url,
        states=[
            (code, LANGUAGE_NAMES[code], "" if name == "translate" else note_state(task.entry, code))
            for code in languages
        ],
        length=length_label(source.body, source.language) if source and source.rev else "",
        missing=[MISSING[lack] for lack in told],
        conflicts=conflicts,
        others=others,
        overdue=bool(note and note.due_on and note.due_on < timezone.localdate()),
    )
