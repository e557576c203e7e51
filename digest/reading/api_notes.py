"""Notes one by one, and what they cite, for programs; in pages as in ``api_rows``."""

from dataclasses import dataclass, replace

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When

from digest.models import Entry, Note, Reference, published_papers
from digest.models.entry import EntryQuerySet
from digest.models.note import ReferenceQuerySet
from digest.reading.api_rows import Place
from digest.reading.entries import PublicEntry, read_full, read_short
from digest.text.languages import LANGUAGES
from papers.models import Paper


@dataclass(frozen=True, slots=True)
class NoteKey:
    """The place of a note among all: by its entry, and of one entry Korean first."""

    order_key: int
    language: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """The live note of an entry in one language."""

    entry: PublicEntry
    language: str

    @property
    def key(self) -> NoteKey:
        return NoteKey(self.entry.order_key, self.language)


@dataclass(frozen=True, slots=True)
class MentionRow:
    """A note in ``language`` on ``entry`` cites a work: a public paper, or where there is none its arXiv id."""

    key: int
    entry: PublicEntry
    language: str
    paper: Paper | None
    arxiv_id: str


def note_page(entries: EntryQuerySet, language: str | None, place: Place) -> list[NoteRow]:
    """The notes of published entries; ``place.start`` is a NoteKey. Four queries."""
    written = Note.objects.published().filter(entry=OuterRef("pk"))
    shown = [language] if language else LANGUAGES
    start: NoteKey | None = place.start
    # The entry of the note before may have another one, so it is read once more.
    step = 1 if place.descending else -1
    around = replace(place, start=start and start.order_key + step, size=place.size + 1)
    found = read_full(around.cut(entries.filter(Exists(written.filter(language__in=shown))), "order_key"))
    rows = [NoteRow(entry, code) for entry in found for code in shown if code in entry.notes]
    return [row for row in rows if not _done(row.key, start)][: place.size + 1]


def _done(key: NoteKey, start: NoteKey | None) -> bool:
    """Whether a note stands on the page before: of the same entry, and not behind it."""
    if start is None or key.order_key != start.order_key:
        return False
    return LANGUAGES.index(key.language) <= LANGUAGES.index(start.language)


def mention_page(
    place: Place,
    *,
    paper: int | None = None,
    arxiv_id: str | None = None,
    entry: int | None = None,
    language: str | None = None,
) -> list[MentionRow]:
    """What live notes cite, by key. Four queries, and one more where ``paper`` is asked for."""
    cited = _citing_others()
    if paper is not None:
        cited = _of_paper(cited, published_papers().filter(pk=paper).first())
    if arxiv_id is not None:
        cited = cited.filter(~Q(arxiv_id=""), arxiv_id=arxiv_id)
    if entry is not None:
        cited = cited.filter(revision__note__entry=entry)
    if language is not None:
        cited = cited.filter(revision__note__language=language)
    columns = ("pk", "revision__note__entry", "revision__note__language", "cited", "arxiv_id")
    found = list(place.cut(cited, "pk").values_list(*columns))
    citing = Entry.objects.published().filter(pk__in={row[1] for row in found}).order_by("-order_key")
    entries = {each.entry_id: each for each in read_short(citing, tags=False)}
    papers = published_papers().in_bulk({row[3] for row in found if row[3]})
    return [
        MentionRow(key, entries[pk], code, papers.get(work), number)
        for key, pk, code, work, number in found
        if pk in entries
    ]


def _citing_others() -> ReferenceQuerySet:
    """With ``cited``, the public paper that is meant. A title that none bears is a word, not a citation.

    Where two public papers bear one title, it means the first of them. A note does not cite the paper it is on.
    """
    public = published_papers().order_by("pk").values("pk")
    by_id = Subquery(public.filter(arxiv_id=OuterRef("arxiv_id"))[:1])
    by_title = Subquery(public.filter(title_key=OuterRef("title_key"))[:1])
    # The kind first: whoever filters then works out ``cited`` for titles alone, which are few.
    own = "revision__note__entry__paper"
    other_id = Q(kind=Reference.Kind.ARXIV) & (
        Q(**{f"{own}__arxiv_id__isnull": True}) | ~Q(arxiv_id=F(f"{own}__arxiv_id"))
    )
    other_title = Q(kind=Reference.Kind.TITLE) & Q(cited__isnull=False) & ~Q(cited=F(own))
    cited: ReferenceQuerySet = (
        Reference.objects.published()
        .annotate(cited=Case(When(kind=Reference.Kind.ARXIV, then=by_id), default=by_title))
        .filter(other_id | other_title)
    )
    return cited


def _of_paper(cited: ReferenceQuerySet, paper: Paper | None) -> ReferenceQuerySet:
    """By the indexes of ids and titles first: ``cited`` is worked out for each row it is asked of."""
    if paper is None:
        return cited.none()
    named = Q(~Q(title_key=""), title_key=paper.title_key)
    if paper.arxiv_id:
        named |= Q(~Q(arxiv_id=""), arxiv_id=paper.arxiv_id)
    return cited.filter(named, cited=paper.pk)
