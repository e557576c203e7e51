"""What the two-language editor shows around its form's fields; it reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.forms import BoundField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from digest.desk.cards import NoteCard, note_cards
from digest.desk.entry_form import EntryForm
from digest.desk.findings import findings_context
from digest.desk.places import place_of, task_language
from digest.desk.talk import talk_context
from digest.desk.verbs import described
from digest.models import MAX_NOTE, Entry, Event, Note, NoteRevision
from digest.reading.mentions import titled_papers
from digest.templatetags.pages import slug
from digest.text.clean import normalise_note
from digest.text.compare import SAME, word_diff
from digest.text.languages import other_language
from digest.text.lengths import length_label, paragraphs

STEPS = {
    "draft": _("Draft"),
    "translate": _("Translation"),
    "review": _("Review"),
    "publish": _("Publication"),
}
# The verbs that take a note one step on, with the words of the button that also goes on to the next entry.
FORWARD = {
    "submit": _("Submit and next"),
    "approve": _("Approve and next"),
    "approve_own": _("Approve my own text and next"),
}
LAST_EVENTS = 6
_CONTEXT = 60  # characters of unchanged text that stay on each side of a change


@dataclass(frozen=True, slots=True)
class Side:
    """One language's half of the editor. ``field`` is None where the user may only read it."""

    card: NoteCard
    is_source: bool
    text: str
    field: BoundField | None
    minor: BoundField | None

    @property
    def length(self) -> str:
        return length_label(self.text, self.card.language)

    @property
    def may_start(self) -> bool:
        return self.field is not None and self.card.note.rev == 0


@dataclass(frozen=True, slots=True)
class Forward:
    """What the page's main button does: ``verb`` for revision ``rev`` of a language, then on to the next entry.

    ``form`` is the form it belongs to: the texts', or that of the verb alone for who may not save anything here.
    """

    verb: str
    language: str
    rev: int
    form: str
    label: Any


@dataclass(frozen=True, slots=True)
class Typed:
    """The two texts as they stand in the editor, in the shape that the renderer of the readers' pages takes."""

    notes: Mapping[str, str]


def editor_context(request: HttpRequest, entry: Entry, form: EntryForm, *, may_save: bool) -> dict[str, Any]:
    """The template's context but for the form; ``entry`` is as stored, ``form`` holds what was typed."""
    cards = note_cards(entry, request.user)
    sides = _sides(entry, form, cards)
    notes = {card.language: card.note for card in cards}
    texts = {side.card.language: side.text for side in sides}
    wanted = task_language(request) or entry.source_language
    return {
        "sides": sides,
        "place": place_of(request, entry),
        "steps": [(label, name == step_of(cards, entry)) for name, label in STEPS.items()],
        "forward": None if entry.deleted_at else _forward(sides, may_save, wanted),
        "may_save": may_save,
        "suggestions": bool(settings.SUGGESTIONS) and not entry.deleted_at,
        "changed_source": changed_source(entry, cards),
        "byline": [row.printed_name for row in entry.paper.authorships.order_by("position")],
        "tags": [row.tag.name for row in entry.tagged_entries.select_related("tag").order_by("pk")],
        "history": last_events(entry, notes),
        **preview_context(entry, texts),
        **findings_context(request.user, entry, notes, texts),
        **talk_context(request.user, entry, notes),
    }


def preview_context(entry: Entry, texts: Mapping[str, str]) -> dict[str, Any]:
    """Both texts for the readers' renderer, the source first, and paragraph by paragraph. One query at most."""
    order = (entry.source_language, other_language(entry.source_language))
    # A refused text can be far too long; what is beyond this could not be saved and is not drawn either.
    typed = Typed({language: texts.get(language, "")[: 2 * MAX_NOTE] for language in order})
    blocks = [paragraphs(typed.notes[language]) for language in order]
    named = titled_papers([typed])
    rows = max(map(len, blocks))
    return {
        "typed": typed,
        "languages": order,
        "titles": {key: reverse("site:paper", args=[p.pk, slug(p)]) for key, p in named.items()},
        "facing_paragraphs": [
            [
                (language, side[n] if n < len(side) else "")
                for language, side in zip(order, blocks, strict=True)
            ]
            for n in range(rows)
        ],
    }


def step_of(cards: list[NoteCard], entry: Entry) -> str:
    """The first of STEPS that is not done: source, then translation, then somebody's review, then publication."""
    by_language = {card.language: card for card in cards}
    source = by_language.pop(entry.source_language)
    (translation,) = by_language.values()
    unfinished = {Note.State.DRAFT, Note.State.CHANGES}
    if source.note.state in unfinished:
        return "draft"
    if translation.note.state in unfinished or translation.stale:
        return "translate"
    return "review" if Note.State.REVIEW in (source.note.state, translation.note.state) else "publish"


def changed_source(entry: Entry, cards: list[NoteCard]) -> dict[str, Any] | None:
    """For a translation that its source left behind: how the source changed since, and the card to confirm it by."""
    card = next((card for card in cards if card.stale), None)
    if card is None:
        return None
    source = next(card.note for card in cards if card.language == entry.source_language)
    then = NoteRevision.objects.filter(note=source, rev=card.note.source_rev).first()
    diff = shortened(word_diff(then.body, source.body)) if then else []
    verbs = {verb for verb, _label in card.buttons}
    return {"card": card, "diff": diff, "language": source.language, "may_confirm": "confirm" in verbs}


def shortened(diff: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A difference with the long unchanged runs cut to a few words around each change."""
    short = []
    for number, (kind, text) in enumerate(diff):
        if kind == SAME and len(text) > 3 * _CONTEXT:
            head = text[:_CONTEXT] if number else ""
            tail = text[-_CONTEXT:] if number < len(diff) - 1 else ""
            text = f"{head} … {tail}"
        short.append((kind, text))
    return short


def last_events(entry: Entry, notes: Mapping[str, Note]) -> list[Event]:
    """The newest few of what was done with the entry and its notes. One query."""
    ids = [note.pk for note in notes.values() if note.pk]
    mine = Q(object_type="entry", object_id=entry.pk) | Q(object_type="note", object_id__in=ids)
    return described(Event.objects.filter(mine), limit=LAST_EVENTS)


def _sides(entry: Entry, form: EntryForm, cards: list[NoteCard]) -> list[Side]:
    sides = []
    for card in sorted(cards, key=lambda card: card.language != entry.source_language):
        field = form[card.language] if card.language in form.fields else None
        typed = normalise_note(str(field.value() or "")) if field else card.note.body
        minor = form[f"{card.language}_minor"] if field and card.note.rev else None
        sides.append(Side(card, card.language == entry.source_language, typed, field, minor))
    return sides


def _forward(sides: list[Side], may_save: bool, wanted: str) -> Forward | None:
    """The first forward step that the user may take, in the language they came for if there is one."""
    for side in sorted(sides, key=lambda side: side.card.language != wanted):
        language, rev = side.card.language, side.card.note.rev
        verb = next((verb for verb, _label in side.card.buttons if verb in FORWARD), "")
        if side.may_start or (side.card.stale and side.field):
            verb = verb or "submit"
        if verb:
            form = "entry_form" if may_save else f"do-{verb}-{language}"
            return Forward(verb, language, rev, form, FORWARD[verb])
    return None
