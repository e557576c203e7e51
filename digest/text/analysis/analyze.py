"""Text into a stream of tokens with their places, the same for a note and for a query.

Rules and their measurements: docs/search.md. A token has one main term, which phrases count, and further terms that
also find it. ``analyzer_id`` names the rules; it is stored with an index, whose terms it must match.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from digest.text.analysis import english, korean, mecab
from digest.text.analysis.fold import compose
from digest.text.analysis.korean import Piece
from papers.identifiers import normalise_arxiv_id

VERSION = 1  # goes up with every change of what a text's terms are
RULES, MECAB = "rules", "mecab"
ENGINES = {RULES: korean.pieces, MECAB: mecab.pieces}


def analyzer_id(engine: str = RULES) -> str:
    """The name of the rules with one of ``ENGINES`` for Korean; raises KeyError for another."""
    return f"{VERSION}-{ENGINES[engine] and engine}"


ANALYZER = analyzer_id()

_ARXIV = (
    r"(?P<arxiv>(?:https?://)?(?:(?:www|export|browse)\.)?arxiv\.org/(?:abs|pdf|html|format|ps|src|e-print)/"
    r"(?:[a-z.-]{1,20}/)?[0-9][0-9.]{6,9}(?:v[0-9]{1,3})?(?:\.pdf)?"
    r"|arxiv(?::[ \t]?|[ \t])(?:[a-z.-]{1,20}/)?[0-9][0-9.]{6,9}(?:v[0-9]{1,3})?"
    r"|(?<![0-9.])[0-9]{4}\.[0-9]{4,5}(?:v[0-9]{1,3})?(?![0-9.]*[0-9])"
    r"|(?<![a-z])[a-z-]{2,9}(?:\.[a-z]{2})?/[0-9]{7}(?![0-9]))"
)
_LETTER = r"[^\W_\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]"  # a letter or digit that is not Hangul
_NUMBERED = rf"{_LETTER}+(?:(?<=[0-9])[.,](?=[0-9]){_LETTER}+)*"  # also 3.5, 1,000 and 1.4B
_WORD = rf"(?P<word>[cC]\+\+|[cCfF]\#|{_NUMBERED}(?:[-'’]{_NUMBERED})*)"
_FORMS = r"(?:https?://(?!(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html)))|\\[A-Za-z]+\*?|%s(?P<hangul>[\uac00-\ud7a3]+)|%s"
_TOKEN = re.compile(_FORMS % (f"{_ARXIV}|", _WORD), re.IGNORECASE)
# Most texts cite nothing, and looking for an id at each of their words is half of the work.
_MAY_CITE = re.compile(r"arxiv|[0-9]{4}\.[0-9]{4}|/[0-9]{7}", re.IGNORECASE)
_TOKEN_UNCITED = re.compile(_FORMS % ("", _WORD), re.IGNORECASE)
_PREFIX = re.compile("arxiv[: \\t]+", re.IGNORECASE)
_PARTS = re.compile("[^-]+")
_OPENING = "([{<“‘「『…"
_LONE_PARTICLES = frozenset("은는을를의이가에와과도만로인나들")


class Token(NamedTuple):
    """One word of a text. ``start`` and ``end`` mark, in the original text, the part that its main term stands for."""

    start: int
    end: int
    main: str
    others: tuple[str, ...] = ()


def analyze(text: str, engine: str = RULES) -> list[Token]:
    """The tokens of ``text`` in order. Time grows with the length alone.

    Raises KeyError for an unknown engine, mecab.EngineMissing for one that is not installed.
    """
    composed, places = compose(text)
    found = [
        Token(start + a, start + b, main, others)
        for start, _word, pieces in scan(composed, engine)
        for a, b, main, others in pieces
    ]
    if places is None:
        return found
    return [Token(places[t.start], _end(places, t.end), t.main, t.others) for t in found]


def scan(composed: str, engine: str = RULES) -> Iterator[tuple[int, str, tuple[Piece, ...]]]:
    """(place, word, its pieces) of each word of a text that ``compose`` gave; equal words have equal pieces."""
    korean_pieces = ENGINES[engine]
    pattern = _TOKEN if _MAY_CITE.search(composed) else _TOKEN_UNCITED
    for match in pattern.finditer(composed):
        kind = match.lastgroup
        if kind == "word":
            yield match.start(), match[0], _latin_pieces(match[0])
        elif kind == "hangul":
            if not _only_inflects(composed, match.start(), match[0]):
                yield match.start(), match[0], korean_pieces(match[0])
        elif kind == "arxiv":
            yield match.start(), match[0], _arxiv_pieces(match[0])


def _end(places: list[int], end: int) -> int:
    """Where the character before ``end`` ends in the original, which may have been one for several (½)."""
    while places[end] == places[end - 1]:
        end += 1
    return places[end]


def _only_inflects(text: str, start: int, word: str) -> bool:
    """True for a particle: one that stands right behind a Latin word, a formula or a bracket, or all alone."""
    before = text[start - 1 : start]
    attached = bool(before) and not before.isspace() and before not in _OPENING
    return word in _LONE_PARTICLES or (attached and korean.hangs_on(word))


def _arxiv_pieces(text: str) -> tuple[Piece, ...]:
    arxiv_id = normalise_arxiv_id(_PREFIX.sub("", text))
    if arxiv_id:
        return ((0, len(text), f"arxiv:{arxiv_id.lower()}", ()),)
    parts = re.finditer(r"[A-Za-z0-9.]*[A-Za-z0-9]", text)
    return tuple((part.start(), part.end(), english.stem(part[0]), ()) for part in parts)


@lru_cache(maxsize=100_000)
def _latin_pieces(word: str) -> tuple[Piece, ...]:
    """A word; of a hyphened one its parts, the first of which also answers to the whole written as one."""
    parts = [(0, word)]
    if "-" in word:
        parts = [(match.start(), match[0]) for match in _PARTS.finditer(word)]
    found = []
    for number, (place, part) in enumerate(parts):
        main, others = english.terms(part)
        if number == 0 and 1 < len(parts) < 5:
            others = tuple(dict.fromkeys([*others, english.terms("".join(text for _, text in parts))[0]]))
        found.append((place, place + len(part), main, others))
    return tuple(found)
