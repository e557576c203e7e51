"""What a search box offers while one types: tags, authors and papers whose names hold every word, the last one unfinished.

Titles and names are English for the most part; for who types Korean there are the words of the notes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from digest.index import open_index
from digest.index.base import Index
from digest.index.terms import author_facts
from digest.models import Entry, Tag
from digest.text.analysis.analyze import analyze
from digest.text.analysis.fold import fold_word
from digest.text.analysis.query import Clause, Phrase, Query
from digest.text.analysis.suggest import Typed, last_word_ranges
from papers.identifiers import slugify_title
from papers.tex import tex_to_text

LIMIT = 8
# Words that the unfinished one may become, and hits in whose titles and names they are looked for.
CANDIDATES = 12
LOOKED_AT = 24
# What of the newest hits is ranked: of a word that many texts hold, the next letter will tell more than the ranking.
RANKED = 300
MOST_TAGS, MOST_AUTHORS, MOST_WORDS = 3, 3, 4


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``kind`` is the name of the address it leads to, ``place`` its arguments; of ``search``, the query."""

    kind: Literal["tag", "author", "paper", "search"]
    label: str
    place: tuple[str | int, ...]


def suggest(text: str, limit: int = LIMIT) -> list[Suggestion]:
    """At most ``limit`` suggestions of what readers may see: tags first, then authors, papers, and words to search for."""
    typed = last_word_ranges(text)
    if not typed.whole and not typed.last:
        return []
    tags = _tags(typed)[:MOST_TAGS]
    index = open_index("public")
    engine = index.engine()
    # One Latin letter begins too much to be worth the looking; one syllable is a word.
    if engine is None or (len(text.strip()) == 1 and text.strip().isascii()):
        return tags[:limit]
    words = index.terms_between(typed.last, CANDIDATES) if typed.last else []
    if typed.last and not words:
        return tags[:limit]
    authors = _authors(index, typed, _query(typed, words, engine, names=True))[:MOST_AUTHORS]
    papers = _papers(index, typed, _query(typed, words, engine))
    found = [*tags, *authors, *papers][:limit]
    return [*found, *_searches(index, typed, words, engine, limit - len(found))]


def _tags(typed: Typed) -> list[Suggestion]:
    rows = Tag.objects.published().order_by("slug").values_list("slug", "name", "label_ko")
    found = [(slug, name, label) for slug, name, label in rows if _fits(f"{name} {label}", typed)]
    # The shortest is the one that most of what was typed is of.
    found.sort(key=lambda row: (len(row[1]), row[0]))
    return [Suggestion("tag", f"{name} {label}".strip(), (slug,)) for slug, name, label in found]


def _papers(index: Index, typed: Typed, query: Query) -> list[Suggestion]:
    ids = index.search(query, limit=LOOKED_AT, among=RANKED).ids
    columns = ("pk", "paper", "paper__title")
    rows = {pk: rest for pk, *rest in Entry.objects.published().filter(pk__in=ids).values_list(*columns)}
    titles = {paper: tex_to_text(title) for paper, title in (rows[pk] for pk in ids if pk in rows)}
    return [
        Suggestion("paper", title, (paper, slugify_title(title)))
        for paper, title in titles.items()
        if _fits(title, typed)
    ]


def _authors(index: Index, typed: Typed, query: Query) -> list[Suggestion]:
    """Names are indexed as such, too, so that common words of titles do not crowd them out."""
    ids = index.search(query, sort="newest", limit=LOOKED_AT, among=LOOKED_AT).ids
    people = Entry.objects.published().filter(pk__in=ids, paper__authorships__isnull=False)
    columns = ("paper__authorships__author", "paper__authorships__author__name")
    counted: dict[tuple[int, str], int] = {}
    for pk, name in people.order_by().values_list(*columns):
        if _fits(name, typed):
            counted[pk, name] = counted.get((pk, name), 0) + 1
    people_first = sorted(counted, key=lambda person: (-counted[person], person[1], person[0]))
    return [Suggestion("author", name, (pk, slugify_title(name))) for pk, name in people_first]


def _searches(index: Index, typed: Typed, words: Sequence[str], engine: str, room: int) -> list[Suggestion]:
    """The most frequent words that the last one may become, where all of them together find something."""
    found = []
    for word in words[: min(MOST_WORDS, room)]:
        query = _query(typed, [word], engine)
        if not typed.whole or index.search(query, sort="newest", limit=1, among=1).total:
            found.append(Suggestion("search", " ".join((*typed.whole, word)), ()))
    return found


def _query(typed: Typed, words: Sequence[str], engine: str, *, names: bool = False) -> Query:
    """Every whole word, and any of those that the last one may become."""
    clauses = [Clause(tuple(_ways([word], engine, names=names))) for word in typed.whole]
    if typed.last:
        clauses.append(Clause(tuple(dict.fromkeys(_ways(words, engine, names=names)))))
    return Query(tuple(clause for clause in clauses if clause.ways))


def _ways(words: Iterable[str], engine: str, *, names: bool) -> Iterable[Phrase]:
    for word in words:
        terms = tuple(token.main for token in analyze(word, engine))
        if terms:
            yield Phrase(author_facts(terms) if names else terms)


def _fits(label: str, typed: Typed) -> bool:
    """Whether every whole word is one of the label's, and the last may become one."""
    held = _words(label)
    if not held.issuperset(typed.whole):
        return False
    return not typed.last or any(low <= word <= high for word in held for low, high in typed.last)


@lru_cache(maxsize=20_000)
def _words(label: str) -> frozenset[str]:
    """The words of a label: as written, without their particles, their stems."""
    return frozenset(
        word
        for token in analyze(label)
        for word in (fold_word(label[token.start : token.end]), token.main, *token.others)
    )
