"""A machine's translation as a first draft. That a person must read it first, see adopting.py."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import may_write
from digest.editing.errors import NotAllowed, Refused
from digest.editing.glossary import term_pairs
from digest.editing.providers import Glossary, configured_provider
from digest.editing.revisions import normal_body
from digest.editing.workflow import save_note
from digest.models import MAX_NOTE, Entry, Note, NoteRevision
from digest.text.languages import other_language
from digest.text.terms import find_terms


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``body`` is what the machine wrote; ``note`` the draft it became, None where there was a text already."""

    body: str
    note: Note | None


def suggest_translation(*, entry: Entry, language: str, by: User, rev: int) -> Suggestion:
    """Have the source note translated; where there is no text yet (``rev`` 0), store that as a draft.

    Its revision is of origin *suggestion*, under the name of who asked. The service is asked outside any
    transaction; if someone wrote meanwhile, StaleRevision holds both texts. Raises NotAllowed; Refused when
    suggestions are off, there is no source text, or the service gives no usable answer.
    """
    if not may_write(by, language):
        raise NotAllowed(_("You may not write notes in this language."), code="not_allowed")
    provider = configured_provider()
    if provider is None:
        raise Refused(_("Suggestions are switched off."), code="off")
    source, note = _source_and_note(entry, language)
    if rev != (note.rev if note else 0):
        raise Refused(_("The text has moved on; reload the page."), code="moved_on")
    terms = _terms_in(source.body, source.language)
    body = _storable(provider.translate(source.body, source.language, language, terms))
    if rev:
        return Suggestion(body, None)
    stored = save_note(
        entry=entry,
        language=language,
        body=body,
        by=by,
        rev=0,
        source_rev=source.sig_rev,
        origin=NoteRevision.Origin.SUGGESTION,
    )
    return Suggestion(body, stored)


def _source_and_note(entry: Entry, language: str) -> tuple[Note, Note | None]:
    notes = {note.language: note for note in Note.objects.filter(entry=entry)}
    source = notes.get(entry.source_language)
    if language == entry.source_language or source is None or not source.body:
        raise Refused(_("There is no source text to translate."), code="no_source")
    return source, notes.get(language)


def _terms_in(text: str, language: str) -> Glossary:
    """The glossary's pairs for words of the text, source first."""
    found = {match.term: None for match in find_terms(text, language, term_pairs())}
    return [(term.side(language), term.side(other_language(language))) for term in found]


def _storable(text: str) -> str:
    body = normal_body(text)
    if not body or len(body) > MAX_NOTE:
        raise Refused(_("The suggestion service answered with far too much."), code="provider")
    return body
