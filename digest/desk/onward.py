"""After a save: the verb that the main button also asked for, and the way to the next entry."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from digest.desk.editor import FORWARD
from digest.desk.entry_form import LANGUAGE_NAMES
from digest.desk.pages import whole_number
from digest.desk.places import editor_url, place_of, queue_query
from digest.desk.verbs import DONE, NOTE_VERBS, attempt
from digest.models import Entry, Note
from digest.text.languages import LANGUAGES


def after_save(request: HttpRequest, entry: Entry, saved: dict[str, int]) -> str:
    """Carry out ``_verb`` of the form, if it has one, and answer the address to go to.

    ``saved`` holds the revision of each text just saved: the verb means that one, else the one the page showed.
    A refused verb leaves the saved texts saved and its reason on the page.
    """
    stay = editor_url(entry.pk, queue_query(request))
    verb = request.POST.get("_verb")
    if verb is not None and not _carry_out(request, entry, verb, saved):
        return stay
    return place_of(request, entry).after if verb is not None or "_next" in request.POST else stay


def _carry_out(request: HttpRequest, entry: Entry, posted: str, saved: dict[str, int]) -> bool:
    """``posted`` is ``verb:language:revision``; only steps forward are taken from here."""
    verb, language, rev = [*posted.split(":"), "", ""][:3]
    if verb not in FORWARD or language not in LANGUAGES:
        messages.error(request, _("This button is not known; reload the page."))
        return False
    note = Note.objects.filter(entry=entry, language=language).first()
    if note is None:
        messages.error(request, _("There is no text yet."))
        return False
    note.entry = entry
    meant, about = saved.get(language, whole_number(rev)), LANGUAGE_NAMES[language]
    verb_now = partial(NOTE_VERBS[verb], note, request.user, meant, request.POST)
    return attempt(request, verb_now, str(DONE[verb]), about)
