"""Folding: one spelling for what readers take for the same characters, without losing where they stood."""

import re
import unicodedata

# Latin letters that Unicode does not decompose into a letter and an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss"}
)
_LATIN_MARKS = re.compile("([A-Za-z])[\u0300-\u036f]+")
# Everything that composes with, or is sorted among, what stands before it. Characters beyond are rarer than mistakes.
_MARKS = re.escape("".join(mark for mark in map(chr, range(0x1E944)) if unicodedata.combining(mark)))
_JOINS = rf"[{_MARKS}\u1160-\u11ff\ufe00-\ufe0f]"
# A character with the marks, or the conjoining jamo, that belong to it. Sorting marks takes a time that grows with
# their number squared, so a run of more than a word can have is cut.
_CLUSTER = re.compile(f".{_JOINS}{{0,16}}", re.DOTALL)
_LONG_RUN = re.compile(f"{_JOINS}{{17}}")
_MOST = 4  # ½ is three characters; U+FDFA would be eighteen
# Lone jamo stay as typed: NFKC would compose the ㄱㅏ of two keystrokes.
_LONE_JAMO = re.compile("[\u3131-\u318e]")


def compose(text: str) -> tuple[str, list[int] | None]:
    """NFKC of ``text``, and for each of its characters (and its end) the place in ``text``; None: the same places."""
    if text.isascii() or (not _LONG_RUN.search(text) and unicodedata.is_normalized("NFKC", text)):
        return text, None
    parts: list[str] = []
    places: list[int] = []
    for match in _CLUSTER.finditer(text):
        part = match[0]
        if not part.isascii() and not _LONE_JAMO.match(part):
            folded = unicodedata.normalize("NFKC", part)
            part = folded if len(folded) <= _MOST * len(part) else part
        parts.append(part)
        places += [match.start()] * len(part)
    places.append(len(text))
    return "".join(parts), places


def fold_word(word: str) -> str:
    """One Latin word in lower case without accents: ``Veličković`` gives ``velickovic``, ``Łukasz`` ``lukasz``."""
    if word.isascii():
        return word.lower()
    bare = _LATIN_MARKS.sub(r"\1", unicodedata.normalize("NFD", word.casefold()))
    return unicodedata.normalize("NFC", bare.translate(_LETTERS))
