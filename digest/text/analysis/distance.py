"""Did-you-mean: the known words that a mistyped one may have been meant for.

Never for a short word: most are abbreviations that are right as they stand (RAG, ViT), and everything is near them.
"""

import unicodedata
from collections.abc import Iterable

from digest.text.analysis.english import surface
from digest.text.analysis.fold import compose
from digest.text.analysis.korean import is_hangul

try:
    from rapidfuzz.distance.OSA import distance as _fast_distance  # type: ignore[import-not-found, unused-ignore]
except ImportError:  # an optional speed-up, see docs/search.md
    _fast_distance = None  # type: ignore[assignment, unused-ignore]

LEAST_LATIN = 5  # letters
LEAST_KOREAN = 3  # syllables
LEAST_LATIN_FOR_TWO = 6  # letters from which two slips are forgiven
LEAST_KOREAN_FOR_TWO = 10  # jamo, which is four syllables
_LONGEST = 40


def near(word: str, candidates: Iterable[str], limit: int = 3) -> list[str]:
    """The candidates at most a slip or two from ``word``, nearest first, then alphabetical; the word itself is none.

    A slip is a letter too many, missing, wrong, or swapped with its neighbour; Korean counts by jamo.
    """
    typed = spelling(word)
    most = slips(word)
    if not most:
        return []
    found = []
    for candidate in candidates:
        other = spelling(candidate)
        if other == typed or not may_be_near(typed, other):
            continue
        away = distance(typed, other, most)
        if away <= most:
            found.append((away, candidate))
    return [candidate for _away, candidate in sorted(found)[:limit]]


def slips(word: str) -> int:
    """How many slips are forgiven in ``word``: none in a short one, in a number, or in a word of two scripts."""
    folded = surface(compose(word)[0])
    if not folded.isalpha() or len(folded) > _LONGEST:
        return 0
    korean = [is_hangul(letter) for letter in folded]
    if not any(korean):
        return 0 if len(folded) < LEAST_LATIN else 1 + (len(folded) >= LEAST_LATIN_FOR_TWO)
    if not all(korean) or len(folded) < LEAST_KOREAN:
        return 0
    return 1 + (len(spelling(word)) >= LEAST_KOREAN_FOR_TWO)


def spelling(word: str) -> str:
    """The keys of a word: folded Latin letters, or the jamo of Korean syllables."""
    folded = surface(compose(word)[0])
    return unicodedata.normalize("NFD", folded) if is_hangul(folded) else folded


def may_be_near(typed: str, other: str) -> bool:
    """What an index can ask of candidates by letter and length before the distance is counted."""
    return typed[:1] == other[:1] and abs(len(typed) - len(other)) <= 2


def distance(left: str, right: str, most: int) -> int:
    """The restricted Damerau-Levenshtein distance, or any greater number than ``most`` if it is greater."""
    if _fast_distance is not None:
        return int(_fast_distance(left, right, score_cutoff=most))
    return slow_distance(left, right, most)


def slow_distance(left: str, right: str, most: int) -> int:
    """``distance`` without rapidfuzz."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        previous, row, older = row, [i], before
        for j, b in enumerate(right, 1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a != b))
            if older and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        before = previous
        if min(row) > most and min(previous) > most:
            return most + 1
    return row[-1]
