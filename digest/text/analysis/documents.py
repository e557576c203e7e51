"""What of an entry an index stores: a stream of terms for each field, and the further terms that also find it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from digest.text.analysis.analyze import RULES, Token, analyze
from digest.text.analysis.english import surface
from digest.text.analysis.korean import VERB, is_hangul

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


def term_doc(texts: Mapping[str, str], engine: str = RULES) -> TermDoc:
    """The terms of ``texts``, by the names of ``TEXT_FIELDS``; a field that is missing is empty.

    The text ``extra`` (a paper's arXiv id, its venue) finds the entry without being part of a field. The further terms of
    a word stay together, in order and once a word, so that the pairs of 프리트레이닝 are a phrase.
    """
    streams: dict[str, tuple[str, ...]] = {}
    extra: dict[tuple[str, ...], None] = {}
    for name in TEXT_FIELDS:
        tokens = analyze(texts.get(name, ""), engine)[:MAX_TERMS]
        streams[name] = tuple(token.main for token in tokens)
        extra |= {token.others: None for token in tokens if token.others}
    extra |= {(token.main, *token.others): None for token in analyze(texts.get("extra", ""), engine)}
    flat = [term for others in extra for term in others]
    return TermDoc(**streams, extra=tuple(flat[:MAX_TERMS]))


def surfaces(text: str, engine: str = RULES) -> set[str]:
    """The words of ``text`` as readers would type them, for did-you-mean: Latin ones folded but whole, Korean stems.

    A stem would be shown as a word that nobody writes (``alignment``: ``align``).
    """
    found = {_surface(text, token) for token in analyze(text, engine)}
    return {word for word in found if _WORD.fullmatch(word) and not word.isdecimal()}


def _surface(text: str, token: Token) -> str:
    if is_hangul(token.main):
        return "" if token.main.startswith(VERB) else token.main
    return surface(text[token.start : token.end])
