"""One member of the team: roles, what is assigned to them, what they did lately, and every verb they used."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from accounts.models import User
from digest.desk.pages import whole_number
from digest.desk.site import DeskSite
from digest.desk.statistics import last_twelve_months, may_see_everyone
from digest.desk.verbs import described
from digest.editing.statistics import work_done
from digest.models import Event, Note

PAGE = 50


def pages(site: DeskSite) -> list[Any]:
    return [path("people/<int:pk>/", site.admin_view(person_view), name="person")]


@require_safe
def person_view(request: HttpRequest, pk: int) -> HttpResponse:
    """For the person themselves, and for who may see the audit trail; ``?after=`` is the last event's key."""
    if pk != request.user.pk and not may_see_everyone(request):
        raise PermissionDenied
    person = User.objects.filter(pk=pk).first()
    if person is None:
        raise Http404
    events = Event.objects.filter(actor=person).order_by("-pk")
    if "after" in request.GET:
        events = events.filter(pk__lt=whole_number(request.GET["after"]))
    found = described(events, PAGE + 1)
    months = last_twelve_months()
    context = {
        **admin.site.each_context(request),
        "title": str(person),
        "person": person,
        "groups": list(person.groups.order_by("name")),
        "grants": list(person.grants.order_by("role", "language")),
        "assigned": _assigned(person),
        "months": months,
        "statistics": work_done(**months, only=person),
        "events": _linked(found[:PAGE]),
        "more_after": found[PAGE - 1].pk if len(found) > PAGE else None,
    }
    return TemplateResponse(request, "desk/person.html", context)


def _assigned(person: User) -> list[Note]:
    """The notes assigned to a person that are not approved yet, those due first at the top."""
    notes = Note.objects.filter(assignee=person).exclude(state=Note.State.APPROVED)
    notes = notes.select_related("entry__paper", "entry__digest")
    return list(notes.order_by(F("due_on").asc(nulls_last=True), "pk")[:PAGE])


def _linked(events: list[Event]) -> list[Event]:
    """With ``url``: the page of what each event is about, "" where there is none. One query for all notes."""
    notes = {event.object_id for event in events if event.object_type == "note"}
    entries = dict(Note.objects.filter(pk__in=notes).values_list("pk", "entry"))
    for event in events:
        if event.object_type == "note":
            pk = entries.get(event.object_id)
        elif event.object_type == "comment" and event.revision is not None:
            pk = event.revision.note.entry_id
        else:
            pk = event.object_id if event.object_type == "entry" else None
        event.url = reverse("admin:digest_entry_change", args=[pk]) if pk else ""
        if event.object_type == "digest":
            event.url = reverse("admin:digest_digest_change", args=[event.object_id])
    return events
