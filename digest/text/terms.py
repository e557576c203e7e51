"""Glossary terms in running text: Korean with particles and free spacing, English in any case and number. Pure.

A text is read word by word; words are joined and looked up in one dictionary, so time grows with the text alone:
``"배치크기가"``, ``"Batch-Sizes"`` and ``"batch size"`` all meet the pair 배치 크기 / batch size.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from digest.text.analysis.word_lists import word_lists
from digest.text.languages import EN, KO, has_hangul

_WORD = re.compile("[가-힣]+|[^\\W_가-힣]+")
# What may stand between the words of a term. A line end is none: a term does not run over paragraphs.
_GAPS = frozenset(["", " ", "-", "\u00a0", "\u2010", "\u2011", "\u2013"])
_SPACES = frozenset([" ", "\u00a0"])
# Below this many letters, words apart are no term written as one: "a I" is not AI.
_SHORTEST_APART = {True: 4, False: 8}  # Hangul, other letters

_MORE_PARTICLES = ["이라거나", "라거나", "거나", "이냐", "냐", "인지", "인가", "이자", "적인", "적으로", "적", "상"]  # fmt: skip
_LISTED = [particle for listed in word_lists("korean_particles").values() for particle in listed]
_PARTICLES = sorted({*_LISTED, *_MORE_PARTICLES}, key=len, reverse=True)
_LIGHT_VERB = (
    "(?:하|한|할|함|합|해|했|되|된|될|됨|됩|돼|됐|시키|시킨|시킬|시킴|시켜|시켰|당하|당한|받)[가-힣]{0,6}"
)
_REST = re.compile(f"(?:{'|'.join(_PARTICLES)}){{1,3}}|{_LIGHT_VERB}")
_LONGEST_REST = 10

_SIBILANT = ("s", "x", "z", "ch", "sh")


@dataclass(frozen=True, slots=True)
class TermPair:
    """A word of this desk in both languages. ``forbidden``: forms, in either, that must not stand for it."""

    ko: str
    en: str
    note: str = ""
    forbidden: tuple[str, ...] = ()

    def side(self, language: str) -> str:
        return self.ko if language == KO else self.en


class TermMatch(NamedTuple):
    """``text[start:end]`` is ``term``, without a particle."""

    start: int
    end: int
    term: TermPair


class _Word(NamedTuple):
    start: int
    end: int
    folded: str


class _Form(NamedTuple):
    """One spelling of a term: the gaps between its words, and what it stands for."""

    gaps: tuple[str, ...]
    term: TermPair


@dataclass(slots=True)
class _Index:
    """Spellings by their letters, and every beginning of one that a longer spelling goes on from."""

    forms: dict[str, list[_Form]] = field(default_factory=dict)
    beginnings: set[str] = field(default_factory=set)
    longest: int = 0

    def add(self, letters: str, form: _Form) -> None:
        self.forms.setdefault(letters, []).append(form)
        self.longest = max(self.longest, len(letters))
        end = len(letters) - 1
        while end and letters[:end] not in self.beginnings:
            self.beginnings.add(letters[:end])
            end -= 1


class _Hit(NamedTuple):
    start: int
    end: int
    next_word: int
    forms: list[_Form]


def is_particle(rest: str) -> bool:
    """True if ``rest`` may follow a noun in its word: ``"에서는"``, ``"들이"``, ``"된"``; false for ``"률"``."""
    return len(rest) <= _LONGEST_REST and _REST.fullmatch(rest) is not None


def find_terms(text: str, language: str, terms: Iterable[TermPair]) -> list[TermMatch]:
    """Where the terms stand in a text of that language, in order; of overlapping ones the longest.

    Pairs that share a word match at the same place, one TermMatch each.
    """
    index = _index(tuple(terms), language, verbs=False)
    return [
        TermMatch(hit.start, hit.end, term)
        for hit in _scan(text, index)
        for term in dict.fromkeys(form.term for form in hit.forms)
    ]


def rendered_terms(text: str, language: str, terms: Sequence[TermPair]) -> set[TermPair]:
    """The terms that a translation into ``language`` holds, also inside a longer term or as a verb (*trained*).

    Korean notes often keep an English term as it is, so there its English side counts as well.
    """
    found: set[TermPair] = set()
    for side in (KO, EN) if language == KO else (EN,):
        index = _index(tuple(terms), side, verbs=side == EN)
        found |= {form.term for hit in _scan(text, index, overlapping=True) for form in hit.forms}
    return found


def forbidden_forms(text: str, terms: Sequence[TermPair]) -> list[tuple[str, TermPair]]:
    """(words as they stand in the text, term) for each forbidden form, in order. Spaces and hyphens count here.

    So *pre-training* can be forbidden for *pretraining*.
    """
    index = _forbidden_index(tuple(terms))
    return [
        (text[hit.start : hit.end], form.term) for hit in _scan(text, index, exact=True) for form in hit.forms
    ]


def same_letters(first: str, second: str) -> bool:
    """True if two terms are one but for case, spaces and hyphens."""
    return _letters(_words(first)) == _letters(_words(second))


@lru_cache(maxsize=16)
def _index(terms: tuple[TermPair, ...], language: str, *, verbs: bool) -> _Index:
    index = _Index()
    for term in terms:
        _add_forms(index, term.side(language), term, verbs=verbs)
    return index


@lru_cache(maxsize=8)
def _forbidden_index(terms: tuple[TermPair, ...]) -> _Index:
    index = _Index()
    for term in terms:
        for form in term.forbidden:
            _add_forms(index, form, term, verbs=False)
    return index


def _add_forms(index: _Index, spelling: str, term: TermPair, *, verbs: bool) -> None:
    words = _words(spelling)
    if not words:
        return
    form = _Form(_gaps(spelling, words), term)
    last = words[-1].folded
    for inflected in [last] if has_hangul(last) else _inflections(last, verbs=verbs):
        index.add(_letters(words[:-1]) + inflected, form)


def _scan(text: str, index: _Index, *, overlapping: bool = False, exact: bool = False) -> Iterator[_Hit]:
    """Hits from left to right; the longest at each place and no overlap, or every one."""
    words = _words(text)
    at = 0
    while at < len(words):
        read = (
            _fitting(text, words[at : hit.next_word], hit, exact) for hit in _hits_at(text, words, at, index)
        )
        hits = [hit for hit in read if hit.forms]
        if overlapping:
            yield from hits
        elif hits:
            yield hits[-1]
        at = hits[-1].next_word if hits and not overlapping else at + 1


def _hits_at(text: str, words: list[_Word], at: int, index: _Index) -> Iterator[_Hit]:
    """Everything in the dictionary that begins with word ``at``, the shortest first."""
    joined = ""
    for number in range(at, len(words)):
        word = words[number]
        if number > at and text[words[number - 1].end : word.start] not in _GAPS:
            return
        for length in _ends(word.folded, index.longest - len(joined)):
            forms = index.forms.get(joined + word.folded[:length])
            if forms and (
                length == len(word.folded) or is_particle(word.folded[length:][: _LONGEST_REST + 1])
            ):
                end = word.end if length == len(word.folded) else word.start + length
                yield _Hit(words[at].start, end, number + 1, forms)
        joined += word.folded
        if joined not in index.beginnings:
            return


def _ends(word: str, most: int) -> Iterable[int]:
    """Where in a word a term may end: a Hangul word may go on with a particle."""
    if has_hangul(word[:1]):
        return range(1, min(len(word), most) + 1)
    return (len(word),) if len(word) <= most else ()


def _fitting(text: str, found: list[_Word], hit: _Hit, exact: bool) -> _Hit:
    """The hit with those forms only that allow its words to stand apart as they do."""
    gaps = _gaps(text, found)
    if exact:
        return hit._replace(forms=[form for form in hit.forms if form.gaps == gaps])
    letters = sum(len(word.folded) for word in found)
    if letters >= _SHORTEST_APART[has_hangul(found[0].folded)] or _SPACES.isdisjoint(gaps):
        return hit
    return hit._replace(forms=[form for form in hit.forms if len(form.gaps) >= len(gaps)])


def _words(text: str) -> list[_Word]:
    return [_Word(match.start(), match.end(), match[0].lower()) for match in _WORD.finditer(text)]


def _gaps(text: str, words: list[_Word]) -> tuple[str, ...]:
    return tuple(text[a.end : b.start] for a, b in pairwise(words))


def _letters(words: Iterable[_Word]) -> str:
    return "".join(word.folded for word in words)


def _inflections(word: str, *, verbs: bool) -> set[str]:
    """Singular and plural of an English word, whichever it is; with ``verbs`` also what it is as a verb."""
    forms = {word, _plural(word)}
    if word.endswith("ies") and len(word) > 4:
        forms.add(word[:-3] + "y")
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 2:
        singular = word[:-2] if word.endswith("es") and word[:-2].endswith(_SIBILANT) else word[:-1]
        forms |= {singular, _plural(singular)}
    return forms | _verb_forms(word) if verbs else forms


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in ("", "a", "e", "i", "o", "u"):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(_SIBILANT) else "s")


def _verb_forms(word: str) -> set[str]:
    """*training*: train, trains, trained; *quantization*: quantize, quantized … A form that is no word harms nobody."""
    if word.endswith(("ization", "isation")):
        stems = [word[:-7] + "iz", word[:-7] + "is"]
        return {stem + ending for stem in stems for ending in ("e", "es", "ed", "ing")}
    if word.endswith("ing") and len(word) > 5:
        stem = word[:-3]
        bare = stem[:-1] if stem[-1:] == stem[-2:-1] else stem
        return {stem + "ed", stem + "e", stem + "es", stem, stem + "s", bare, bare + "s"}
    return set()
