"""What the entry page shows beside the form: each note's state, buttons and, after a refused save, the texts."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from accounts.models import User
from digest.desk.entry_form import LANGUAGE_NAMES
from digest.desk.verbs import buttons
from digest.editing.drafting import is_saved
from digest.editing.errors import StaleRevision
from digest.editing.revisions import body_at, normal_body
from digest.models import EditSession, Entry, Note, NoteRevision
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
    """Two texts that grew from one: ``base``, ``theirs`` (stored) and ``mine`` (typed). Nothing was overwritten.

    ``session`` is set where ``theirs`` is one's own unsaved text of another tab; otherwise it is revision ``rev``.
    """

    note: Note
    base_rev: int
    base: str
    theirs: str
    mine: str
    session: EditSession | None = None

    @property
    def language(self) -> str:
        return self.note.language

    @property
    def label(self) -> str:
        return LANGUAGE_NAMES[self.note.language]

    @property
    def rev(self) -> int:
        return self.note.rev

    @property
    def source_seen(self) -> int | None:
        """What a translator has seen of the source once this panel was read; None for a translation."""
        return self.note.sig_rev if self.note.is_source else None

    @property
    def saved(self) -> NoteRevision | None:
        """The revision that came in between: who saved it, and when."""
        revisions = NoteRevision.objects.filter(note=self.note.pk, rev=self.note.rev)
        return revisions.select_related("author").first()

    @property
    def their_changes(self) -> list[tuple[str, str]]:
        return word_diff(self.base, self.theirs)

    @property
    def my_changes(self) -> list[tuple[str, str]]:
        return word_diff(self.base, self.mine)

    @property
    def merged(self) -> str | None:
        """Both changes in one text, or None where the order or the wording would be a guess."""
        return merge_paragraphs(self.base, self.mine, self.theirs)


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
    """For each text of a form that was refused because someone else saved first: all three texts."""
    return [
        Conflict(error.note, error.base_rev, error.base, error.theirs, error.mine)
        for error in problems.values()
        if isinstance(error, StaleRevision)
    ]


def draft_conflict(session: EditSession, note: Note) -> Conflict | None:
    """The draft against the note where the note was saved since the draft was begun; None where all is well."""
    if session.base_rev == note.rev or is_saved(
        note, session.body, base_rev=session.base_rev, by=session.user
    ):
        return None
    base = body_at(note, session.base_rev)
    return Conflict(note, session.base_rev, base, note.body, session.body)


def draft_conflicts(drafts: dict[str, EditSession], notes: dict[str, Note]) -> list[Conflict]:
    """A conflict for each draft whose note has moved on since it was begun."""
    found = [
        draft_conflict(draft, notes[language]) for language, draft in drafts.items() if language in notes
    ]
    return [conflict for conflict in found if conflict]


def tab_conflict(session: EditSession, note: Note, *, mine: str, base_rev: int) -> Conflict:
    """The draft of another tab against what the same person typed in this one."""
    return Conflict(note, base_rev, body_at(note, base_rev), session.body, normal_body(mine), session)
