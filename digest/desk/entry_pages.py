"""Pages and buttons of one note: its verbs, its history with differences, restoring, and the draft preview."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from digest.desk.entry_form import LANGUAGE_NAMES
from digest.desk.pages import DeskPages, whole_number
from digest.desk.places import editor_url, place_of, queue_query
from digest.desk.verbs import DONE, NOTE_VERBS, attempt, described
from digest.editing.workflow import restore_revision
from digest.models import Entry, Event, Note
from digest.text.compare import word_diff
from digest.text.languages import LANGUAGES


class NotePages(DeskPages):
    """Mixed into the entry's admin: addresses below ``<entry>/notes/<language>/``."""

    def note_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        note = "<int:pk>/notes/<str:language>/"
        return [
            path("<int:pk>/preview/", wrap(self.preview_view), name="digest_entry_preview"),
            path(f"{note}history/", wrap(self.note_history_view), name="digest_entry_note_history"),
            path(f"{note}restore/", wrap(self.restore_view), name="digest_entry_note_restore"),
            path(f"{note}do/<str:verb>/", wrap(self.note_verb_view), name="digest_entry_note_verb"),
        ]

    def note_or_404(self, request: HttpRequest, pk: int, language: str) -> Note:
        """The entry's note in that language; an unsaved one where there is none yet."""
        entry = self.object_or_404(request, pk)
        if language not in LANGUAGES:
            raise Http404
        note = Note.objects.filter(entry=entry, language=language).select_related("live").first()
        note = note or Note(entry=entry, language=language)
        note.entry = entry
        return note

    def to_editor(self, request: HttpRequest, pk: int, fragment: str = "") -> HttpResponse:
        """Back to the entry's page, at the place in the queue that the form's address carried."""
        return HttpResponseRedirect(editor_url(pk, queue_query(request)) + fragment)

    @method_decorator(require_POST)
    def note_verb_view(self, request: HttpRequest, pk: int, language: str, verb: str) -> HttpResponse:
        """Call one verb for the revision that the page showed, and say how it went."""
        note = self.note_or_404(request, pk, language)
        if verb not in NOTE_VERBS or not note.pk:
            raise Http404
        act, rev, about = NOTE_VERBS[verb], _posted_rev(request), LANGUAGE_NAMES[language]
        done = attempt(request, partial(act, note, request.user, rev, request.POST), str(DONE[verb]), about)
        if done and "_next" in request.POST:
            return HttpResponseRedirect(place_of(request, note.entry).after)
        return self.to_editor(request, pk)

    @method_decorator(require_safe)
    def note_history_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """Every saved text, what was done with it, and the difference between any two."""
        note = self.note_or_404(request, pk, language)
        revisions = (
            list(note.revisions.select_related("author", "reviewed_by").order_by("-rev")) if note.pk else []
        )
        events = Event.objects.filter(object_type="note", object_id=note.pk or 0)
        context = self.page_context(request, note.entry, _("Note history"))
        context |= {
            "note": note,
            "language_name": LANGUAGE_NAMES[language],
            "revisions": revisions,
            "events": described(events),
            **_compared(revisions, request),
        }
        return TemplateResponse(request, "admin/digest/entry/note_history.html", context)

    @method_decorator(require_POST)
    def restore_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """Make an old text the working copy again, as a new revision."""
        note = self.note_or_404(request, pk, language)
        old = whole_number(request.POST.get("restore"))
        if not note.pk or not note.revisions.filter(rev=old).exists():
            raise Http404
        rev = _posted_rev(request)
        attempt(
            request,
            partial(restore_revision, note=note, restore=old, by=request.user, rev=rev),
            _("Restored as a new revision."),
            LANGUAGE_NAMES[language],
        )
        return HttpResponseRedirect(reverse("admin:digest_entry_note_history", args=[pk, language]))

    @method_decorator(require_safe)
    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The working copies as readers would see them; never cached (security_headers says no-store)."""
        entry: Entry = self.object_or_404(request, pk)
        notes = {note.language: note for note in entry.notes.all()}
        context = self.page_context(request, entry, _("Draft preview"))
        context |= {
            "byline": [row.printed_name for row in entry.paper.authorships.order_by("position")],
            "tags": [row.tag.name for row in entry.tagged_entries.select_related("tag").order_by("pk")],
            "sides": [(language, LANGUAGE_NAMES[language], notes.get(language)) for language in LANGUAGES],
        }
        return TemplateResponse(request, "admin/digest/entry/preview.html", context)


def _posted_rev(request: HttpRequest) -> int:
    return whole_number(request.POST.get("rev"))


def _compared(revisions: list[Any], request: HttpRequest) -> dict[str, Any]:
    """The two revisions that the address asks for, or the last and the one before it, and their difference."""
    by_rev = {revision.rev: revision for revision in revisions}
    new = by_rev.get(whole_number(request.GET.get("new"))) or (revisions[0] if revisions else None)
    old = by_rev.get(whole_number(request.GET.get("old"))) or (by_rev.get(new.rev - 1) if new else None)
    if new is None:
        return {"old": None, "new": None, "diff": []}
    return {"old": old, "new": new, "diff": word_diff(old.body if old else "", new.body)}
