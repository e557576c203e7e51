"""Where an entry stands among those its editor goes through: a queue's, or those of its digest."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from digest.editing.queues import QUEUES, Filter, Task, count, next_task, previous_task
from digest.models import Entry
from digest.text.languages import LANGUAGES


@dataclass(frozen=True, slots=True)
class Place:
    """The neighbours' addresses, "" where there is none, and ``home``, the list they all stand in.

    ``query`` is what every address of the page carries on, so that a verb or a save comes back to the same place.
    A queue has a ``label`` and a ``total``; its entries have no number, because they leave it when they are done.
    """

    home: str
    query: str
    total: int
    previous: str
    following: str
    position: int | None = None
    label: str = ""

    @property
    def after(self) -> str:
        """Where to go when this entry is done."""
        return self.following or self.home


def place_of(request: HttpRequest, entry: Entry) -> Place:
    """The entry's place in the queue that the address names, else in its digest."""
    name = request.GET.get("queue")
    return _in_queue(request, entry, name) if name in QUEUES else _in_digest(entry)


def editor_url(pk: int, query: str = "") -> str:
    """The address of an entry's editor; ``query`` begins with ``?`` or is empty."""
    return reverse("admin:digest_entry_change", args=[pk]) + query


def queue_query(request: HttpRequest) -> str:
    """The part of the address that names the queue the editor works through: ``?queue=…``, or nothing."""
    name = request.GET.get("queue")
    if name not in QUEUES:
        return ""
    where = Filter.from_query(request.GET)
    return _query(name, where, task_language(request))


def task_language(request: HttpRequest) -> str:
    """The language that the editor came for, ``task`` or ``lang`` of the address; "" if it names none."""
    asked = (request.GET.get(key) for key in ("task", "lang"))
    return next((code for code in asked if code in LANGUAGES), "")


def _in_queue(request: HttpRequest, entry: Entry, name: str) -> Place:
    """Seven queries at most: the queue's length, and the tasks before and behind."""
    where, user = Filter.from_query(request.GET), request.user
    language = task_language(request)
    # Without a language the entry as a whole is passed: Korean comes first, English last.
    before = previous_task(name, user, where, before=entry, language=language or LANGUAGES[0])
    behind = next_task(name, user, where, after=entry, language=language or LANGUAGES[-1])
    return Place(
        home=f"{reverse('admin:index')}?{where.query(queue=name)}",
        query=queue_query(request),
        total=count(name, user, where),
        previous=_task_url(before, name, where),
        following=_task_url(behind, name, where),
        label=str(QUEUES[name]),
    )


def _task_url(task: Task | None, name: str, where: Filter) -> str:
    return editor_url(task.entry.pk, _query(name, where, task.language)) if task else ""


def _query(name: str, where: Filter, language: str) -> str:
    return "?" + (where.query(queue=name, task=language) if language else where.query(queue=name))


def _in_digest(entry: Entry) -> Place:
    """One query."""
    alive = Entry.objects.alive().filter(digest=entry.digest_id).order_by("-order_key")
    order = list(alive.values_list("pk", flat=True))
    home = reverse("admin:digest_digest_change", args=[entry.digest_id])
    if entry.pk not in order:
        return Place(home, "", len(order), "", "")
    at = order.index(entry.pk)
    before = editor_url(order[at - 1]) if at else ""
    after = editor_url(order[at + 1]) if at + 1 < len(order) else ""
    return Place(home, "", len(order), before, after, position=at + 1)
