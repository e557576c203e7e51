"""What of an entry an index stores: a stream of terms for each field, and the further terms that also find it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import NamedTuple

from digest.text.analysis.analyze import RULES, analyze, scan
from digest.text.analysis.english import surface
from digest.text.analysis.fold import compose
from digest.text.analysis.korean import VERB, Piece, is_hangul

# An index with positions has room for so many; a note of the greatest length stays far below.
MAX_TERMS = 12_000
_WORD = re.compile(r"\w{2,}")


@dataclass(frozen=True, slots=True)
class TermDoc:
    """The terms of one entry, in the order of the text, so that phrases can be counted. ``extra`` finds, but has no order."""

    title: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    note_ko: tuple[str, ...] = ()
    note_en: tuple[str, ...] = ()
    abstract: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()


TEXT_FIELDS = tuple(field.name for field in fields(TermDoc) if field.name != "extra")


class FieldTerms(NamedTuple):
    """One text, analysed: its main terms in order, the further ones of each word once, the words as readers type them."""

    mains: tuple[str, ...]
    others: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]


def field_terms(text: str, engine: str = RULES) -> FieldTerms:
    """What ``term_doc`` and ``surfaces`` say of one text, at the price of one reading."""
    composed, places = compose(text)
    mains: list[str] = []
    others: dict[tuple[str, ...], None] = {}
    seen: dict[str, tuple[Piece, ...]] = {}
    for _place, word, pieces in scan(composed, engine):
        seen[word] = pieces
        for _start, _end, main, further in pieces:
            mains.append(main)
            if further:
                others[further] = None
    if places is not None or len(mains) > MAX_TERMS:
        return _field_terms_by_place(text, engine)
    words = {_surface(word[start:end], main) for word in seen for start, end, main, _further in seen[word]}
    return FieldTerms(tuple(mains), tuple(others), tuple(words - {""}))


def _field_terms_by_place(text: str, engine: str) -> FieldTerms:
    """The same by tokens, whose places are those of the original: for a text that is folded first, and one too long."""
    tokens = analyze(text, engine)
    kept = tokens[:MAX_TERMS]
    words = {_surface(text[token.start : token.end], token.main) for token in tokens}
    others = dict.fromkeys(token.others for token in kept if token.others)
    return FieldTerms(tuple(token.main for token in kept), tuple(others), tuple(words - {""}))


def join_terms(found: Mapping[str, FieldTerms], extra: str = "", engine: str = RULES) -> TermDoc:
    """The terms of one entry from those of its fields; ``extra`` as in ``term_doc``.

    The further terms of a word stay together, in order and once a word, so that the pairs of 프리트레이닝 are a phrase.
    """
    streams = {name: found[name].mains for name in TEXT_FIELDS if name in found}
    further = dict.fromkeys(others for name in TEXT_FIELDS if name in found for others in found[name].others)
    further |= {(token.main, *token.others): None for token in analyze(extra, engine)}
    flat = [term for others in further for term in others]
    return TermDoc(**streams, extra=tuple(flat[:MAX_TERMS]))


def term_doc(texts: Mapping[str, str], engine: str = RULES) -> TermDoc:
    """The terms of ``texts``, by the names of ``TEXT_FIELDS``; a field that is missing is empty.

    The text ``extra`` (a paper's arXiv id, its venue) finds the entry without being part of a field.
    """
    found = {name: field_terms(texts[name], engine) for name in TEXT_FIELDS if name in texts}
    return join_terms(found, texts.get("extra", ""), engine)


def surfaces(text: str, engine: str = RULES) -> set[str]:
    """The words of ``text`` as readers would type them, for did-you-mean: Latin ones folded but whole, Korean stems.

    A stem would be shown as a word that nobody writes (``alignment``: ``align``).
    """
    return set(field_terms(text, engine).words)


@lru_cache(maxsize=100_000)
def _surface(written: str, main: str) -> str:
    """One word as readers type it; empty for what is no word, or a verb's stem."""
    korean = "" if main.startswith(VERB) else main
    word = korean if is_hangul(main) else surface(written)
    return word if _WORD.fullmatch(word) and not word.isdecimal() else ""
