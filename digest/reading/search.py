"""Searching what is published: a page of entries with marked words, counts to narrow by, and a way on from nothing.

The index says which entries match; every word shown comes from their published rows, so an index that is behind can
lose an entry and never show a hidden one. Where no index can answer, the newest entries are looked through instead.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Case, IntegerField, When

from digest.index import open_index
from digest.index.base import Facets, Index
from digest.index.synonyms import Expansion, TermTable, read_term_table
from digest.models import Entry, Tag, published_authors
from digest.reading.entries import PublicEntry, read_full
from digest.reading.search_plain import plain_hits
from digest.text.analysis.analyze import RULES
from digest.text.analysis.highlight import Pieces, marked, snippet
from digest.text.analysis.query import Filters, Query, parse_query
from digest.text.languages import LANGUAGES, language_of
from digest.text.markup import note_text
from papers.tex import tex_to_text

PER_PAGE = 20
MOST_PAGES = 100
MOST_PER_PAGE = 50
SORTS = ("relevance", "newest")
# Values of a facet that are offered. A chosen one is always among them.
OFFERED = 12


@dataclass(frozen=True, slots=True)
class Chosen:
    """What narrows a search besides its text, one value a facet: a tag's slug, a year, an author's key, a language."""

    tags: str = ""
    years: str = ""
    authors: str = ""
    languages: str = ""

    def filters(self) -> Filters:
        return Filters(
            tags=(self.tags,) if self.tags else (),
            years=(int(self.years),) if self.years else (),
            author_ids=(int(self.authors),) if self.authors else (),
            languages=(self.languages,) if self.languages else (),
        )


@dataclass(frozen=True, slots=True)
class Snippet:
    """Some words of an entry in one language, in pieces of which the hits are marked."""

    language: str
    pieces: Pieces
    abstract: bool = False

    @property
    def hit(self) -> bool:
        return any(hit for _, hit in self.pieces)


@dataclass(frozen=True, slots=True)
class Found:
    """One result. ``title`` and ``names`` are in pieces where a word of them was found, else empty."""

    entry: PublicEntry
    title: Pieces
    names: list[Pieces]
    texts: list[Snippet]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet, as addresses write it and as readers read it, and how many papers it leaves."""

    value: str
    label: str
    label_ko: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Results:
    """One page of results.

    ``asked``: there was something to look for. ``capped``: there are more than ``total``. ``plain``: no index could
    answer. ``cut``: the query was too long. ``instead``: a query that finds something where this one finds nothing.
    ``author``: the name of the chosen one, if readers know somebody by that key.
    """

    asked: bool = False
    found: list[Found] = field(default_factory=list)
    total: int = 0
    capped: bool = False
    page: int = 1
    pages: int = 0
    facets: dict[str, list[Choice]] = field(default_factory=dict)
    expansions: list[Expansion] = field(default_factory=list)
    instead: str = ""
    plain: bool = False
    cut: bool = False
    author: str = ""


@dataclass(frozen=True, slots=True)
class _Page:
    languages: Sequence[str]
    page: int
    size: int
    sort: str
    engine: str

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size


def search(
    text: str,
    *,
    languages: Sequence[str] = LANGUAGES,
    page: int = 1,
    size: int = PER_PAGE,
    sort: str = "relevance",
    chosen: Chosen | None = None,
) -> Results:
    """What ``text`` finds, narrowed by ``chosen`` besides the operators that the text itself holds.

    ``languages``: those whose notes are shown, in this order. ``page`` from 1 to 100, ``size`` at most 50.
    """
    index = open_index("public")
    ready = index.state() == "ready"
    engine = (index.engine() if ready else None) or RULES
    table = read_term_table(engine)
    typed = parse_query(text, table.synonyms, engine)
    chosen = chosen or Chosen()
    query = replace(typed, filters=both(typed.filters, chosen.filters()))
    if not query.clauses and query.filters == Filters():
        return Results(cut=query.cut)
    wanted = _Page(languages, min(page, MOST_PAGES), min(size, MOST_PER_PAGE), sort, engine)
    if not ready:
        return _named(_plain(text, query, wanted), chosen)
    return _named(_indexed(index, text, query, wanted, chosen, table), chosen)


def _named(results: Results, chosen: Chosen) -> Results:
    people = published_authors().filter(pk=int(chosen.authors)) if chosen.authors else ()
    return replace(results, author="".join(map(str, people)))


def both(typed: Filters, chosen: Filters) -> Filters:
    """All of both. Of years and languages one is enough, so there a chosen one takes the place of the typed."""
    return replace(
        typed,
        tags=tuple(dict.fromkeys(typed.tags + chosen.tags)),
        author_ids=chosen.author_ids,
        years=chosen.years or typed.years,
        languages=chosen.languages or typed.languages,
    )


def _indexed(
    index: Index, text: str, query: Query, wanted: _Page, chosen: Chosen, table: TermTable
) -> Results:
    hits = index.search(query, sort=wanted.sort, offset=wanted.offset, limit=wanted.size)
    results = Results(
        asked=True,
        found=_found(hits.ids, query, wanted),
        total=hits.total,
        capped=hits.capped,
        page=wanted.page,
        pages=min(-(-hits.total // wanted.size), MOST_PAGES),
        expansions=table.expansions(text),
        cut=query.cut,
    )
    if not hits.total:
        return replace(results, instead=_instead(index, text, query, table, wanted.engine))
    counted = _facets(index.facets(query), chosen)
    ours = chosen.filters()
    # One that the text itself narrows is left out: its counts would not hold. Names narrow no people.
    narrowed = {"authors": "author_ids"}
    held = [
        name
        for name in counted
        if getattr(query.filters, narrowed.get(name, name)) == getattr(ours, narrowed.get(name, name))
    ]
    return replace(results, facets={name: counted[name] for name in held if counted[name]})


def _plain(text: str, query: Query, wanted: _Page) -> Results:
    """Without counts to narrow by: they would be counts of the newest only."""
    matching = plain_hits(text, query)
    total = matching.count()
    page = matching[wanted.offset : wanted.offset + wanted.size]
    return Results(
        asked=True,
        found=_found(list(page.values_list("pk", flat=True)), query, wanted),
        total=total,
        page=wanted.page,
        pages=-(-total // wanted.size),
        plain=True,
        cut=query.cut,
    )


def _found(ids: Sequence[int], query: Query, wanted: _Page) -> list[Found]:
    """The published entries among ``ids``, in that order."""
    places = [When(pk=pk, then=place) for place, pk in enumerate(ids)]
    if not places:
        return []
    entries = Entry.objects.published().filter(pk__in=ids)
    in_order = entries.order_by(Case(*places, output_field=IntegerField()))
    return [_result(entry, query, wanted) for entry in read_full(in_order)]


def _result(entry: PublicEntry, query: Query, wanted: _Page) -> Found:
    title = _joined(marked(tex_to_text(entry.paper.title), query, wanted.engine))
    names = [_joined(marked(byline.name, query, wanted.engine)) for byline in entry.authors]
    return Found(
        entry=entry,
        title=title if _hit(title) else [],
        names=[pieces for pieces in names if _hit(pieces)],
        texts=_texts(entry, query, wanted, elsewhere=_hit(title) or any(map(_hit, names))),
    )


def _texts(entry: PublicEntry, query: Query, wanted: _Page, *, elsewhere: bool) -> list[Snippet]:
    """The notes in the reader's languages; where nothing is marked, also the other note or the abstract that is."""

    def said(language: str, text: str, *, abstract: bool = False) -> Snippet:
        return Snippet(language, _joined(snippet(text, query, engine=wanted.engine)), abstract)

    notes = {code: said(code, note_text(text)) for code, text in entry.notes.items()}
    shown = [notes[code] for code in wanted.languages if code in notes]
    if any(text.hit for text in shown) or (elsewhere and shown):
        return shown
    others = [note for code, note in notes.items() if code not in wanted.languages]
    if entry.paper.abstract:
        abstract = tex_to_text(entry.paper.abstract)
        others.append(said(language_of(abstract), abstract, abstract=True))
    hit = [text for text in others if text.hit]
    return [*shown, *(hit[:1] if hit or shown else others[-1:])]


def _hit(pieces: Pieces) -> bool:
    return any(hit for _, hit in pieces)


def _joined(pieces: Pieces) -> Pieces:
    """Marked neighbours as one mark: 배치 크기, not 배치 and 크기."""
    found: Pieces = []
    for text, hit in pieces:
        if hit and len(found) > 1 and found[-1] == (" ", False) and found[-2][1]:
            found[-2:] = [(f"{found[-2][0]} {text}", True)]
        elif found and found[-1][1] == hit:
            found[-1] = (found[-1][0] + text, hit)
        else:
            found.append((text, hit))
    return found


def _instead(index: Index, text: str, query: Query, table: TermTable, engine: str) -> str:
    """``text`` with its unknown words replaced by the nearest known ones, if that finds anything."""
    corrected = text
    for word in query.words[:4]:
        near = index.near_terms(word)
        if near and near[0] != word:
            corrected = corrected.replace(word, near[0], 1)
    if corrected == text:
        return ""
    again = replace(parse_query(corrected, table.synonyms, engine), filters=query.filters)
    return corrected if index.search(again, sort="newest", limit=1, among=1).total else ""


def _facets(facets: Facets, chosen: Chosen) -> dict[str, list[Choice]]:
    slugs = [*(slug for slug, _ in facets.tags[:OFFERED]), chosen.tags]
    tags = {tag.slug: tag for tag in Tag.objects.published().filter(slug__in=slugs)}
    keys = [pk for pk, _ in facets.authors[:OFFERED]]
    keys += [int(chosen.authors)] if chosen.authors else []
    people = published_authors().in_bulk(keys)
    counted = {
        "tags": [(slug, tags[slug].name, tags[slug].label_ko, n) for slug, n in facets.tags if slug in tags],
        "years": [(str(year), str(year), "", n) for year, n in facets.years],
        "authors": [(str(pk), str(people[pk]), "", n) for pk, n in facets.authors if pk in people],
        "languages": [(code, code, "", n) for code, n in facets.languages],
    }
    return {name: _choices(rows, getattr(chosen, name)) for name, rows in counted.items()}


def _choices(rows: Iterable[tuple[str, str, str, int]], chosen: str) -> list[Choice]:
    choices = [Choice(*row, chosen=row[0] == chosen) for row in rows]
    first = choices[:OFFERED]
    return first + [choice for choice in choices[OFFERED:] if choice.chosen]
