"""What the entry page shows beside the form: each note's state, buttons and, after a refused save, the texts."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from accounts.models import User
from digest.desk.entry_form import LANGUAGE_NAMES
from digest.desk.verbs import buttons
from digest.editing.errors import StaleRevision
from digest.models import Entry, Note
from digest.text.compare import merge_paragraphs, word_diff
from digest.text.languages import LANGUAGES


@dataclass(frozen=True, slots=True)
class NoteCard:
    """One note's status for the page."""

    language: str
    label: str
    note: Note
    stale: bool
    buttons: list[tuple[str, str]]

    @property
    def live_rev(self) -> int | None:
        return self.note.live.rev if self.note.live else None

    @property
    def ahead(self) -> bool:
        """True if readers see an older text than the desk."""
        return self.live_rev is not None and self.live_rev != self.note.rev


@dataclass(frozen=True, slots=True)
class Conflict:
    """The texts of a save that was refused because someone else saved first."""

    language: str
    label: str
    rev: int
    theirs: str
    diff: list[tuple[str, str]]
    merged: str | None


def stale_languages(notes: dict[str, Note], source_language: str) -> set[str]:
    """The translations among an entry's notes that their source left behind; Note.objects.stale() in memory."""
    source = notes.get(source_language)
    if source is None:
        return set()
    return {
        language
        for language, note in notes.items()
        if note is not source and note.source_rev is not None and note.source_rev < source.sig_rev
    }


def note_cards(entry: Entry, user: User) -> list[NoteCard]:
    """A card for each language, also where there is no note yet."""
    notes = {note.language: note for note in entry.notes.select_related("live")}
    stale = stale_languages(notes, entry.source_language)
    cards = []
    for language in LANGUAGES:
        note = notes.get(language) or Note(entry=entry, language=language)
        note.entry = entry
        is_stale = language in stale
        actions = [] if entry.deleted_at else buttons(note, user, stale=is_stale)
        cards.append(NoteCard(language, LANGUAGE_NAMES[language], note, is_stale, actions))
    return cards


def conflicts(problems: dict[str, ValidationError]) -> list[Conflict]:
    """For each refused text: what the others changed, their text whole, and the merge where there is one."""
    return [
        Conflict(
            language=language,
            label=LANGUAGE_NAMES[language],
            rev=error.note.rev,
            theirs=error.theirs,
            diff=word_diff(error.base, error.theirs),
            merged=merge_paragraphs(error.base, error.mine, error.theirs),
        )
        for language, error in problems.items()
        if isinstance(error, StaleRevision)
    ]
