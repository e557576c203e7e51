"""Taking or giving several tasks of the queue at once: each by the verb, each with its own answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.models import User
from digest.desk.entry_form import LANGUAGE_NAMES
from digest.desk.pages import whole_number
from digest.desk.verbs import attempt
from digest.editing.assigning import assign, may_take
from digest.editing.queues import Filter
from digest.models import Entry, Note
from digest.text.languages import LANGUAGES

MOST = 100


class BulkForm(forms.Form):
    """To whom and by when. Nobody is a choice; for oneself there is a button."""

    assignee = forms.ModelChoiceField(
        User.objects.filter(is_active=True), label=_("Assign to"), required=False, empty_label=_("nobody")
    )
    due_on = forms.DateField(
        label=_("Due on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


@dataclass(frozen=True, slots=True)
class Ticket:
    """A chosen row: the text it means, and whose that was when the page was made (0: nobody's)."""

    entry: int
    language: str
    was: int


def pages(site: admin.AdminSite) -> list[URLPattern]:
    return [path("queue/assign/", site.admin_view(assign_view), name="queue_assign")]


def bulk_form(user: User, team: Mapping[int, str]) -> BulkForm | None:
    """The form for those who may give tasks to others; one without ``assignee`` for those who may only take."""
    gives = user.has_perm("digest.assign_note")
    if not gives and not any(may_take(user, Note(language=language)) for language in LANGUAGES):
        return None
    form = BulkForm(auto_id="bulk_%s", label_suffix="")
    if not gives:
        del form.fields["assignee"]
        return form
    form.fields["assignee"].choices = [("", _("nobody")), *team.items()]
    return form


@require_POST
def assign_view(request: HttpRequest) -> HttpResponse:
    """Give the chosen tasks to the chosen person, or with ``take`` to oneself; back to the queue they came from."""
    if not request.user.has_perm("digest.view_note"):
        raise PermissionDenied
    form = BulkForm(request.POST)
    tickets = [ticket for text in request.POST.getlist("task")[:MOST] if (ticket := _read(text))]
    if not form.is_valid():
        for texts in form.errors.values():
            messages.error(request, texts[0])
    elif not tickets:
        messages.warning(request, _("Choose at least one row."))
    else:
        chosen = request.user if "take" in request.POST else form.cleaned_data["assignee"]
        _assign_all(request, tickets, chosen, form)
    where = Filter.from_query(request.GET)
    query = where.query(queue=request.GET.get("queue", ""))
    return HttpResponseRedirect(f"{reverse('admin:index')}?{query}")


def _assign_all(request: HttpRequest, tickets: list[Ticket], chosen: User | None, form: BulkForm) -> None:
    entries = Entry.objects.alive().select_related("paper", "digest").prefetch_related("notes")
    by_pk = entries.in_bulk([ticket.entry for ticket in tickets])
    holders = User.objects.in_bulk([ticket.was for ticket in tickets])
    due_on = form.cleaned_data["due_on"] if chosen else None
    for ticket in tickets:
        entry = by_pk.get(ticket.entry)
        if entry is None:
            messages.error(request, _("An entry is no longer there."))
            continue
        found = {note.language: note for note in entry.notes.all()}
        note = found.get(ticket.language) or Note(entry=entry, language=ticket.language)
        was = holders.get(ticket.was)
        verb = partial(assign, note=note, assignee=chosen, due_on=due_on, by=request.user, was=was)
        about = f"{entry.digest} {entry.paper} ({LANGUAGE_NAMES[ticket.language]})"
        attempt(request, verb, str(_("Assigned.") if chosen else _("Given back.")), about)


def _read(text: str) -> Ticket | None:
    """``12:en:7`` as Row.ticket writes it; None for anything else."""
    entry, language, was = [*text.split(":"), "", ""][:3]
    if language not in LANGUAGES:
        return None
    return Ticket(whole_number(entry), language, max(whole_number(was), 0))
