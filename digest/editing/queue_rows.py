"""The query of each queue. A row is a task: ``task_key`` (the entry's order key), ``task_language``, ``task_entry``.

Two shapes: queues of notes ask the notes' table, queues of entries ask the entries'. All leave deleted entries out.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, Expression, F, OuterRef, Q, QuerySet, Value, When

from accounts.models import User
from accounts.roles import may_publish, may_review, may_write
from digest.editing.queue_filter import NOBODY, Filter
from digest.models import MAX_POSITION, Entry, ImportConflict, Note, NoteRevision, TaggedEntry, order_key
from digest.text.languages import EN, KO, LANGUAGES, other_language
from papers.models import Authorship, Paper

Rows = QuerySet[Any]
Query = Callable[["Reach", Filter], Rows]

# The language of an entry's translation.
_TARGET = Case(When(source_language=KO, then=Value(EN)), default=Value(KO))


@dataclass(frozen=True, slots=True)
class Reach:
    """A person, and the languages they may write and review: asked once for all queues."""

    user: User
    writes: tuple[str, ...]
    reviews: tuple[str, ...]


def reach_of(user: User) -> Reach:
    """Four queries at most, and those of the user's permissions."""
    writes = tuple(language for language in LANGUAGES if may_write(user, language))
    return Reach(user, writes, tuple(language for language in LANGUAGES if may_review(user, language)))


def open_to(reach: Reach) -> list[str]:
    """The names of the queues in which someone can do something, in the order of the page."""
    user, works = reach.user, bool(reach.writes or reach.reviews)
    rights = {
        "translate": bool(reach.writes),
        "stale": bool(reach.writes),
        "review": bool(reach.reviews),
        "changes": bool(reach.writes),
        "mine": works,
        "unpublished": may_publish(user),
        "conflicts": user.has_perm("digest.change_importconflict"),
        "metadata": user.has_perm("papers.change_paper"),
        "all": user.has_perm("digest.view_entry"),
    }
    return [name for name, allowed in rights.items() if allowed]


def rows_of(name: str, reach: Reach, where: Filter) -> Rows:
    """The tasks of a queue, unordered. Raises KeyError for a name that is none."""
    return _QUERIES[name](reach, where)


def incomplete() -> dict[str, Q]:
    """What a work of kind "paper" may lack, as conditions on it; a post or a release has no such details to ask for."""
    paper = Q(kind=Paper.Kind.PAPER)
    return {
        "arxiv_id": paper & Q(arxiv_id__isnull=True),
        "abstract": paper & Q(abstract=""),
        "authors": paper & ~Q(Exists(Authorship.objects.filter(paper=OuterRef("pk")))),
    }


def _languages(may: Collection[str], where: Filter) -> list[str]:
    """Of these languages those that the filter leaves."""
    return [language for language in may if where.language in (None, language)]


def _translate(reach: Reach, where: Filter) -> Rows:
    """Entries with a source text and no translation, in the languages the user writes."""
    notes = Note.objects.filter(entry=OuterRef("pk"))
    source = notes.filter(language=OuterRef("source_language"), rev__gt=0)
    translation = notes.exclude(language=OuterRef("source_language"))
    sources = [other_language(code) for code in _languages(reach.writes, where)]
    # First what leaves more out: most sources have a text.
    waiting = (~Exists(translation.filter(rev__gt=0)), Exists(source))
    found = Entry.objects.filter(*waiting, source_language__in=sources)
    return _entries(found, where, _TARGET, translation)


def _stale(reach: Reach, where: Filter) -> Rows:
    """Translations whose source has changed since."""
    return _notes(Note.objects.stale(), where, _languages(reach.writes, where))


def _review(reach: Reach, where: Filter) -> Rows:
    """Notes that wait for a second pair of eyes: not those of whoever wrote the text."""
    found = Note.objects.filter(~Exists(_written_by(reach.user)), state=Note.State.REVIEW)
    return _notes(found, where, _languages(reach.reviews, where))


def _changes(reach: Reach, where: Filter) -> Rows:
    """Notes sent back to the one who wrote the last revision, or to whom they are assigned."""
    concerned = Q(Exists(_written_by(reach.user))) | Q(assignee=reach.user)
    found = Note.objects.filter(concerned, state=Note.State.CHANGES)
    return _notes(found, where, _languages(reach.writes, where))


def _mine(reach: Reach, where: Filter) -> Rows:
    """What is assigned to the user and not finished; a translation not begun is assigned as a note without text."""
    return _notes(
        Note.objects.filter(~Q(state=Note.State.APPROVED), assignee=reach.user),
        where,
        _languages(LANGUAGES, where),
    )


def _unpublished(reach: Reach, where: Filter) -> Rows:
    """Approved texts that readers do not see as they stand."""
    shown = NoteRevision.objects.filter(note=OuterRef("pk"), rev=OuterRef("rev"), pk=OuterRef("live"))
    # A first revision that is live at all is live as it stands; the rest of the archive is not looked up.
    hidden = Q(live__isnull=True) | Q(~Exists(shown), rev__gt=1)
    return _notes(Note.objects.filter(hidden, state=Note.State.APPROVED), where, _languages(LANGUAGES, where))


def _conflicts(reach: Reach, where: Filter) -> Rows:
    """Entries that an import and an editor both changed, in the language asked for if one is."""
    waiting = ImportConflict.objects.filter(resolved_at__isnull=True)
    if where.language:
        waiting = waiting.filter(field=where.language)
    return _whole_entries(Entry.objects.filter(pk__in=waiting.values("entry")), where)


def _metadata(reach: Reach, where: Filter) -> Rows:
    """Entries whose paper lacks something."""
    lacks = incomplete()
    papers = Paper.objects.filter(
        lacks["arxiv_id"] | lacks["abstract"] | lacks["authors"], pk=OuterRef("paper")
    )
    # Not by a join, which would carry every abstract along.
    return _whole_entries(Entry.objects.filter(Exists(papers)), where)


def _all(reach: Reach, where: Filter) -> Rows:
    return _whole_entries(Entry.objects.all(), where)


_QUERIES: dict[str, Query] = {
    "translate": _translate,
    "stale": _stale,
    "review": _review,
    "changes": _changes,
    "mine": _mine,
    "unpublished": _unpublished,
    "conflicts": _conflicts,
    "metadata": _metadata,
    "all": _all,
}


def _written_by(user: User) -> QuerySet[NoteRevision]:
    """The note's present revision, if ``user`` wrote it."""
    return NoteRevision.objects.filter(note=OuterRef("pk"), rev=OuterRef("rev"), author=user)


def _whole_entries(found: QuerySet[Entry], where: Filter) -> Rows:
    """Tasks that concern an entry as a whole: named by the language asked for, else by that of the source."""
    notes = Note.objects.filter(entry=OuterRef("pk"))
    if where.language:
        return _entries(found, where, Value(where.language), notes.filter(language=where.language))
    return _entries(found, where, F("source_language"), notes)


def _entries(found: QuerySet[Entry], where: Filter, language: Expression | F, notes: QuerySet[Note]) -> Rows:
    """One task an entry. ``notes`` are those (of OuterRef pk) whose assignee the filter means."""
    found = found.filter(deleted_at__isnull=True)
    if where.assignee == NOBODY:
        found = found.filter(~Exists(notes.filter(assignee__isnull=False)))
    elif isinstance(where.assignee, int):
        found = found.filter(Exists(notes.filter(assignee=where.assignee)))
    return _narrowed(
        found.annotate(task_key=F("order_key"), task_language=language, task_entry=F("pk")), where
    )


def _notes(found: QuerySet[Note], where: Filter, languages: Collection[str]) -> Rows:
    """One task a note, in these languages."""
    found = found.filter(entry__deleted_at__isnull=True)
    if len(languages) < len(LANGUAGES):
        found = found.filter(language__in=languages)
    if where.assignee == NOBODY:
        found = found.filter(assignee__isnull=True)
    elif isinstance(where.assignee, int):
        found = found.filter(assignee=where.assignee)
    return _narrowed(
        found.annotate(task_key=F("entry__order_key"), task_language=F("language"), task_entry=F("entry")),
        where,
    )


def _narrowed(found: Rows, where: Filter) -> Rows:
    """By digest, as a range of order keys, and by tag, as one list made once."""
    if where.digest:
        bounds = (order_key(where.digest, MAX_POSITION), order_key(where.digest, 0))
        found = found.filter(task_key__range=bounds)
    if where.tag:
        tagged = TaggedEntry.objects.filter(tag__slug=where.tag)
        found = found.filter(task_entry__in=tagged.values("content_object"))
    return found
