"""What a page says of texts while they are typed: the same panels as after a save. Nothing is written here."""

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digest.desk.editor import preview_context
from digest.desk.findings import findings_context
from digest.desk.pages import whole_number
from digest.desk.places import queue_query
from digest.editing.checking import Checked
from digest.models import MAX_NOTE, Entry, Note
from digest.text.languages import LANGUAGES
from digest.text.lengths import length_label
from papers.safehtml import displayable

# Two notes of twice the longest, each character as an escape of six bytes.
MOST_BYTES = 500_000
PANELS = {
    "preview": "desk/editor/_readers.html",
    "rows": "desk/editor/_rows.html",
    "checks": "desk/editor/_checks.html",
    "terms": "desk/editor/_terms.html",
}


class BadTexts(Exception):
    """What was sent is not two texts."""


class LivePages:
    """Mixed into the entry's admin: one address below ``<entry>/``."""

    def live_urls(self) -> list[Any]:
        return [path("<int:pk>/live/", self.admin_site.admin_view(self.live_view), name="digest_entry_live")]

    @method_decorator(require_POST)
    def live_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """``ko`` and ``en`` as they are typed, as a form or as JSON; a missing one stands for what is stored.

        Answers lengths, the preview and what the checks say. 400 for anything but texts, 413 for too much of them.
        """
        entry: Entry = self.object_or_404(request, pk)
        notes = notes_of(entry)
        try:
            texts = {language: note.body for language, note in notes.items()} | typed_texts(request)
        except BadTexts:
            return JsonResponse({"error": _("Send the texts ko and en.")}, status=400)
        except RequestDataTooBig:
            return JsonResponse({"error": _("The text is too long.")}, status=413)
        return JsonResponse(live_answer(request, entry, notes, texts))


def notes_of(entry: Entry) -> dict[str, Note]:
    """The note of each language; an unsaved one where there is none. One query."""
    notes = {language: Note(entry=entry, language=language) for language in LANGUAGES}
    for note in entry.notes.all():
        note.entry = entry
        notes[note.language] = note
    return notes


def typed_texts(request: HttpRequest) -> dict[str, str]:
    """The texts of a POST, without characters that no note can hold. Raises BadTexts, RequestDataTooBig."""
    if whole_number(request.META.get("CONTENT_LENGTH")) > MOST_BYTES:
        raise RequestDataTooBig
    data: Any = request.POST
    if request.content_type == "application/json":
        try:
            data = json.loads(request.body)
        except (ValueError, RecursionError) as error:
            raise BadTexts from error
        if not isinstance(data, dict):
            raise BadTexts
    texts = {language: data[language] for language in LANGUAGES if language in data}
    if not all(isinstance(text, str) for text in texts.values()):
        raise BadTexts
    if any(len(text) > 2 * MAX_NOTE for text in texts.values()):
        raise RequestDataTooBig
    return {language: displayable(text) for language, text in texts.items()}


def live_answer(
    request: HttpRequest, entry: Entry, notes: dict[str, Note], texts: dict[str, str]
) -> dict[str, Any]:
    """The panels of the editor for these texts, as HTML by the id of the element they fill, and as data."""
    found = findings_context(request.user, entry, notes, texts)
    context = {
        **preview_context(entry, texts),
        **found,
        "entry": entry,
        "place": {"query": queue_query(request)},
    }
    return {
        "lengths": {language: length_label(texts[language], language) for language in LANGUAGES},
        "panels": {name: render_to_string(template, context, request) for name, template in PANELS.items()},
        "summary": found["checks_said"],
        "warned": found["warned"],
        "checks": {
            group.language: [_check(checked) for _l, checked in group.findings]
            for group in found["check_groups"]
        },
        "terms": [{"source": row.source, "targets": row.targets, "used": row.used} for row in found["terms"]],
    }


def _check(checked: Checked) -> dict[str, Any]:
    finding = checked.finding
    named = {"code": finding.code, "level": finding.level, "found": finding.found}
    return {**named, "message": checked.message, "dismissed": not checked.is_open}
