"""Telling an authors line ``(Ada Lovelace, Kim Chulsoo)`` from any other line in parentheses.

Notes hold parenthesised lines too, ``(The paper says so.)`` or ``(https://…)``, so the content decides, and
the answer has degrees: how sure we are says whether a line may open a new entry by itself.
"""

import re
from collections import Counter
from dataclasses import dataclass
from enum import Enum, IntEnum, auto
from functools import lru_cache

from digest.text.clean import normalise_line
from digest.text.languages import has_hangul

# fmt: off
# Parts of a name that stand behind a comma: "John Smith, Jr." is one person, "OpenAI, Inc." one company.
_SUFFIXES = frozenset({
    "Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV", "Inc.", "Inc", "Ltd.", "Ltd",
    "LLC", "Corp.", "Corp", "Co.", "Ph.D.", "PhD", "M.D.", "MD",
})
# Words written small inside names of people and of institutions.
_PARTICLES = frozenset({
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "das", "do", "dos", "du", "la", "le", "les", "el", "al",
    "bin", "bint", "ibn", "ben", "ter", "ten", "zu", "zum", "zur", "af", "av", "y", "e", "i", "and", "et", "of", "for", "the", "at", "in", "on", "to", "und",
})
# fmt: on
_NOT_IN_NAMES = re.compile(r"://|www\.|[?!;:=<>|\"“”…]")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_KOREAN_SENTENCE_END = re.compile(r"(?:다|요|죠|음|함|됨|까)$")
_STRUCTURE = re.compile(r"[(),]")


class Certainty(IntEnum):
    """How surely a parenthesised line lists names; the order is meant to be compared."""

    NO = 0
    DOUBTFUL = 1
    LIKELY = 2
    CERTAIN = 3


class _Part(Enum):
    FULL_NAME = auto()  # two to five capitalised words
    NAME = auto()  # one word, or a Korean name
    SMALL = auto()  # short, with words written small: "bell hooks" or "see appendix"
    ODD = auto()  # may be an institution, may be something else
    NOT_A_NAME = auto()


@dataclass(frozen=True, slots=True)
class Byline:
    """A line that opens with a parenthesis. ``closed`` is False when the parenthesis runs on past its end."""

    names: tuple[str, ...]
    certainty: Certainty
    closed: bool
    has_gap: bool


def read_byline(text: str) -> Byline | None:
    """Read a stripped line; None if it is not wholly one parenthesis (``(A) and (B)``, ``Foo (Bar)``)."""
    if not text.startswith("("):
        return None
    pieces, end = _split(text)
    closed = end is not None
    if closed and end != len(text) - 1:
        return None
    names: list[str] = []
    parts: list[_Part] = []
    for whole, outer in pieces:
        name = normalise_line(whole)
        if name in _SUFFIXES and names:
            names[-1] += f", {name}"
        elif name:
            names.append(name)
            parts.append(_judge(outer.strip() or name))
    has_gap = bool(names) and any(not whole.strip() for whole, _ in pieces)
    return Byline(tuple(names), _certainty(parts), closed, has_gap)


def _split(text: str) -> tuple[list[tuple[str, str]], int | None]:
    """Cut at the commas of the outer parenthesis: [(piece, piece without nested parentheses)], closing index."""
    pieces: list[tuple[str, str]] = []
    outer: list[str] = []
    depth, start, resume = 0, 1, 1
    for match in _STRUCTURE.finditer(text):
        here, char = match.start(), match.group()
        if depth == 1:
            outer.append(text[resume:here])
            resume = here + 1
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            resume = here + 1
        if depth == 0 or (char == "," and depth == 1):
            pieces.append((text[start:here], " ".join(outer)))
            outer, start = [], here + 1
        if depth == 0:
            return pieces, here
    pieces.append((text[start:], " ".join([*outer, text[resume:]])))
    return pieces, None


@lru_cache(maxsize=20_000)
def _judge(text: str) -> _Part:
    words = text.split()
    if len(words) > 8 or _NOT_IN_NAMES.search(text) or not any(char.isalpha() for char in text):
        return _Part.NOT_A_NAME
    if text.endswith(".") and not _ends_in_abbreviation(words):
        return _Part.NOT_A_NAME
    if has_hangul(text):
        return _judge_korean(words)
    small = sum(map(_is_small, words))
    if small:
        prose = len(words) > 3 and small * 2 >= len(words)
        return _Part.NOT_A_NAME if prose else _Part.SMALL
    if len(words) > 5 or any(_YEAR.fullmatch(word) for word in words):
        return _Part.ODD
    return _Part.FULL_NAME if len(words) > 1 else _Part.NAME


def _judge_korean(words: list[str]) -> _Part:
    sentence = _KOREAN_SENTENCE_END.search(words[-1]) and (len(words) > 1 or len(words[-1]) > 4)
    if sentence or len(words) > 4:
        return _Part.NOT_A_NAME
    spaced_name = len(words) == 2 and all(len(word) <= 3 for word in words)
    return _Part.NAME if (len(words) == 1 and len(words[0]) <= 10) or spaced_name else _Part.ODD


def _ends_in_abbreviation(words: list[str]) -> bool:
    letters = words[-1].replace(".", "")
    known = words[-1] in _SUFFIXES or words[-1] == "al."
    return known or (len(words) > 1 and len(letters) <= 3 and letters[:1].isupper())


def _is_small(word: str) -> bool:
    letters = [char for char in word if char.isalpha()]
    return (
        bool(letters)
        and letters[0].islower()
        and word not in _PARTICLES
        and not any(map(str.isupper, letters))
    )


def _certainty(parts: list[_Part]) -> Certainty:
    """One odd name among many is still a list of names; one odd name alone is not."""
    count = Counter(parts)
    full = count[_Part.FULL_NAME]
    if count[_Part.NOT_A_NAME]:
        mostly_names = full >= 2 and count[_Part.NOT_A_NAME] * 4 <= len(parts)
        return Certainty.DOUBTFUL if mostly_names else Certainty.NO
    odd = count[_Part.SMALL] + count[_Part.ODD]
    if odd > 0 and full < 4 * odd:
        return Certainty.LIKELY if full >= 2 * odd else Certainty.DOUBTFUL
    if len(parts) >= 2 and full * 2 >= len(parts):
        return Certainty.CERTAIN
    return Certainty.LIKELY if parts else Certainty.DOUBTFUL
