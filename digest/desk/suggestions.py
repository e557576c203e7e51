"""The button that asks a machine for a translation. It stores a first draft, or only shows what it would write."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digest.desk.entry_form import LANGUAGE_NAMES
from digest.desk.pages import whole_number
from digest.desk.places import editor_url, queue_query
from digest.desk.site import DeskSite
from digest.editing.errors import StaleRevision
from digest.editing.suggesting import suggest_translation
from digest.models import Entry, Note
from digest.text.compare import word_diff
from digest.text.languages import LANGUAGES


def pages(site: DeskSite) -> list[Any]:
    address = "digest/entry/<int:pk>/notes/<str:language>/suggest/"
    return [path(address, site.admin_view(suggest_view), name="digest_entry_suggest")]


@require_POST
def suggest_view(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Ask for a translation. Stored or refused: back to the editor with a message; else the page to compare."""
    if not request.user.has_perm("digest.view_entry"):
        raise PermissionDenied
    entry = Entry.objects.select_related("digest", "paper").filter(pk=pk).first()
    if entry is None or language not in LANGUAGES:
        raise Http404
    rev = whole_number(request.POST.get("rev"))
    try:
        found = suggest_translation(entry=entry, language=language, by=request.user, rev=rev)
    except StaleRevision as late:
        return _comparison(request, late.note, late.mine)
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
    else:
        if found.note is None:
            return _comparison(request, Note.objects.get(entry=entry, language=language), found.body)
        messages.success(
            request, _("A machine wrote this draft. Read it and correct it before it goes to review.")
        )
    return HttpResponseRedirect(editor_url(pk, queue_query(request)))


def _comparison(request: HttpRequest, note: Note, body: str) -> HttpResponse:
    """The stored text beside the suggestion, which is kept nowhere."""
    context = {
        **admin.site.each_context(request),
        "title": _("Suggested translation"),
        "entry": note.entry,
        "note": note,
        "language_name": LANGUAGE_NAMES[note.language],
        "body": body,
        "diff": word_diff(note.body, body),
        "back": editor_url(note.entry_id, queue_query(request)),
    }
    return TemplateResponse(request, "desk/suggestion.html", context)
