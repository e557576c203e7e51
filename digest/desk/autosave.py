"""Autosave and presence: what the editor's script asks for and sends while someone types, as JSON.

Every answer is private and never stored (the desk's middleware says so), and no address here redirects a script
to the sign-in page: an ended session answers 401 with the page to sign in at, and the text stays where it is.
"""

import json
from collections.abc import Callable, Container
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.roles import may_write
from digest.desk.cards import Conflict, draft_conflict, tab_conflict
from digest.desk.pages import DeskPages, whole_number
from digest.desk.verbs import attempt
from digest.editing.drafting import (
    discard_draft,
    drafts_of,
    is_saved,
    mark_present,
    others_present,
    save_draft,
)
from digest.editing.errors import NotAllowed, StaleDraft
from digest.editing.revisions import body_at
from digest.models import EditSession, Entry, Note
from digest.text.languages import LANGUAGES

# Twice the longest note, each character as an escape of six bytes, and room for the numbers.
MOST_BYTES = 250_000
LARGEST = 2_000_000_000

View = Callable[..., HttpResponse]


class BadBody(Exception):
    """What was sent is not what this address takes."""


def as_json(view: View) -> View:
    """Refusals as JSON with their status: a script cannot follow a redirect or read an error page."""

    @wraps(view)
    def answer(admin: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not admin.admin_site.has_permission(request):
            return _signed_out(kwargs["pk"])
        try:
            return view(admin, request, *args, **kwargs)
        except BadBody as error:
            return JsonResponse({"error": str(error)}, status=400)
        except RequestDataTooBig:
            return JsonResponse({"error": _("The text is too long.")}, status=413)
        except (PermissionDenied, NotAllowed) as error:
            return JsonResponse({"error": " ".join(getattr(error, "messages", []))}, status=403)
        except Http404:
            return JsonResponse({"error": ""}, status=404)
        except ValidationError as error:
            return JsonResponse({"error": " ".join(error.messages)}, status=400)

    return answer


class DraftPages(DeskPages):
    """Mixed into the entry's admin: addresses below ``<entry>/drafts/<language>/`` and ``<entry>/presence/``."""

    def draft_urls(self) -> list[Any]:
        draft = "<int:pk>/drafts/<str:language>/"
        discard = self.admin_site.admin_view(self.discard_view)
        return [
            path(draft, self.draft_view, name="digest_entry_draft"),
            path(f"{draft}discard/", discard, name="digest_entry_draft_discard"),
            path("<int:pk>/presence/", self.presence_view, name="digest_entry_presence"),
        ]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST", "DELETE"]))
    @as_json
    def draft_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """One's own draft of a text: GET reads it, POST keeps it, DELETE throws it away."""
        entry = self._entry(request, pk, language)
        if request.method in ("GET", "HEAD"):
            return JsonResponse(_present(request, entry, language))
        if not may_write(request.user, language):
            raise PermissionDenied
        data = _body_of(request)
        if data.get("user") != request.user.pk:
            return _signed_out(pk)
        note = _note(entry, language)
        try:
            session = _write(request, entry, language, data)
        except StaleDraft as error:
            return JsonResponse(_told(request, error.session, note, data), status=409)
        return JsonResponse({"serial": session.serial, "draft_at": session.draft_at, "rev": note.rev})

    @method_decorator(require_POST)
    def discard_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """The banner's button, which works without script."""
        entry = self._entry(request, pk, language)
        serial = whole_number(request.POST.get("serial"))
        attempt(
            request,
            lambda: discard_draft(entry=entry, language=language, by=request.user, serial=serial),
            _("The draft is discarded."),
        )
        query = request.GET.copy()
        query.pop("draft", None)
        page = reverse("admin:digest_entry_change", args=[pk])
        return HttpResponseRedirect(f"{page}?{query.urlencode()}" if query else page)

    @method_decorator(require_POST)
    @as_json
    def presence_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say that I am here; answers who else is, and the revision of each note."""
        entry = self.object_or_404(request, pk)
        data = _body_of(request)
        if data.get("user") != request.user.pk:
            return _signed_out(pk)
        language = data.get("language")
        if language is not None and language not in LANGUAGES:
            raise BadBody(_("There is no such language."))
        mark_present(entry=entry, by=request.user, language=language)
        others = others_present(entry, request.user)
        revs = dict.fromkeys(LANGUAGES, 0) | dict(entry.notes.values_list("language", "rev"))
        return JsonResponse(
            {"others": [{"name": at.name, "languages": at.languages} for at in others], "revs": revs}
        )

    def _entry(self, request: HttpRequest, pk: int, language: str) -> Entry:
        entry: Entry = self.object_or_404(request, pk)
        if language not in LANGUAGES:
            raise Http404
        return entry


def unsaved_drafts(entry: Entry, user: User, *, but: Container[str] = ()) -> list[EditSession]:
    """For the banner: what ``user`` typed here and did not save, in languages other than ``but``."""
    drafts = {language: draft for language, draft in drafts_of(entry, user).items() if language not in but}
    if not drafts:
        return []
    notes = {note.language: note for note in entry.notes.filter(language__in=drafts)}
    found = []
    for language, draft in sorted(drafts.items()):
        note = notes.get(language) or Note(entry=entry, language=language)
        if not is_saved(note, draft.body, base_rev=draft.base_rev, by=user):
            found.append(draft)
    return found


def taken_drafts(request: HttpRequest, entry: Entry | None) -> dict[str, EditSession]:
    """The drafts that the address asks to go on with, by language: ``?draft=ko`` is the banner's button."""
    wanted = request.GET.getlist("draft")
    if entry is None or not wanted or request.method == "POST":
        return {}
    drafts = drafts_of(entry, request.user)
    return {language: draft for language, draft in drafts.items() if language in wanted}


def _signed_out(pk: int) -> HttpResponse:
    page = reverse("admin:digest_entry_change", args=[pk])
    login = f"{reverse('admin:login')}?{urlencode({'next': page})}"
    return JsonResponse({"login": login}, status=401)


def _note(entry: Entry, language: str) -> Note:
    note = Note.objects.filter(entry=entry, language=language).first() or Note(language=language)
    note.entry = entry
    return note


def _body_of(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that was sent. Raises BadBody for anything else, RequestDataTooBig before reading it."""
    if whole_number(request.META.get("CONTENT_LENGTH")) > MOST_BYTES:
        raise RequestDataTooBig
    try:
        data = json.loads(request.body)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise BadBody(_("Send a JSON object."))
    return data


def _number(data: dict[str, Any], name: str) -> int:
    value = data.get(name)
    if type(value) is not int or not 0 <= value <= LARGEST:
        raise BadBody(_("“%(name)s” must be a number.") % {"name": name})
    return value


def _write(request: HttpRequest, entry: Entry, language: str, data: dict[str, Any]) -> EditSession:
    known = {"entry": entry, "language": language, "by": request.user, "serial": _number(data, "serial")}
    if request.method == "DELETE":
        return discard_draft(**known)
    if not isinstance(data.get("body"), str):
        raise BadBody(_("“%(name)s” must be a text.") % {"name": "body"})
    source_rev = None if data.get("source_rev") is None else _number(data, "source_rev")
    return save_draft(**known, body=data["body"], base_rev=_number(data, "base_rev"), source_rev=source_rev)


def _present(request: HttpRequest, entry: Entry, language: str) -> dict[str, Any]:
    """The note and the draft as stored, the text at ``?rev=``, the panel if both changed, and a fresh CSRF token."""
    note = _note(entry, language)
    session = EditSession.objects.filter(entry=entry, language=language, user=request.user).first()
    draft = panel = None
    if session and session.draft_at:
        session.user = request.user
        if not is_saved(note, session.body, base_rev=session.base_rev, by=request.user):
            draft = {name: getattr(session, name) for name in ("body", "base_rev", "source_rev", "draft_at")}
            panel = _panel(request, draft_conflict(session, note))
    return {
        # Whoever signed in again in another tab has another token than this page, and is perhaps someone else.
        "csrf": get_token(request),
        "user": request.user.pk,
        "rev": note.rev,
        "text": note.body,
        "base": body_at(note, whole_number(request.GET.get("rev", str(note.rev)))),
        "serial": session.serial if session else 0,
        "draft": draft,
        "panel": panel,
    }


def _told(request: HttpRequest, session: EditSession, note: Note, data: dict[str, Any]) -> dict[str, Any]:
    """Another tab's draft, for the tab that was refused, with both texts side by side."""
    panel = None
    if session.draft_at and request.method == "POST":
        panel = _panel(request, tab_conflict(session, note, mine=data["body"], base_rev=data["base_rev"]))
    return {
        "serial": session.serial,
        "body": session.body,
        "base_rev": session.base_rev,
        "draft_at": session.draft_at,
        "panel": panel,
    }


def _panel(request: HttpRequest, conflict: Conflict | None) -> str | None:
    """The conflict panel as the page itself would hold it."""
    if conflict is None:
        return None
    return render_to_string("admin/digest/entry/_conflict.html", {"conflict": conflict}, request)
