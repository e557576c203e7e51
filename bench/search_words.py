"""Invented words and names by number, none kept in memory: a vocabulary as long-tailed as that of people."""

import math
from random import Random

from digest.management.corpus import words

ENGLISH, KOREAN = 60_000, 30_000  # words there are
_CONSONANTS, _VOWELS = "bdfghjklmnprstvwyz", "aeiou"
_SYLLABLES = [consonant + vowel for consonant in _CONSONANTS for vowel in _VOWELS]
# None that is a particle, an ending or a verb's stem: rules of grammar would cut a word that nobody knows.
_HANGUL = (
    "강갈검골국군남녹눈단담동람랑막맥목문민박밤백별봉북빛산삼샘석설성솔송수숲신쌍악암약양연옥왕용월육종준창천청초촌춘"
    "칠탄탑통판풍학향현호홍화황흑"
)
_GIVEN = list(dict.fromkeys(words.GIVEN_NAMES))
_FAMILIES = list(dict.fromkeys(words.FAMILY_NAMES))
_INITIALS = "ABCDEFGHIJKLMNOPRSTUVWYZ"
_MOST_OF_A_BYLINE, _CONSORTIUM = 12, 194


def draw(rng: Random, size: int) -> int:
    """A rank below ``size``, the n-th as often as 1/n (Zipf)."""
    return int(size ** rng.random()) - 1


def english_word(rank: int) -> str:
    """Two syllables for the frequent, three for the rest; no two ranks give one word."""
    count = len(_SYLLABLES)
    if rank < count**2:
        return _spell(rank * 7 % count**2, 2, _SYLLABLES)
    return _spell(rank * 48_271 % count**3, 3, _SYLLABLES)


def korean_word(rank: int) -> str:
    """The same of Hangul syllables."""
    count = len(_HANGUL)
    if rank < count**2:
        return _spell(rank * 11 % count**2, 2, _HANGUL)
    return _spell(rank * 7_919 % count**3, 3, _HANGUL)


def _spell(number: int, length: int, syllables: str | list[str]) -> str:
    return "".join(syllables[number // len(syllables) ** place % len(syllables)] for place in range(length))


def author_name(number: int) -> str:
    """The name of author ``number``; every third has one of the common family names, the others one of their own."""
    if number % 3:
        # The n tells them from the common ones: Tanaka is three of our syllables.
        return f"{_GIVEN[number % len(_GIVEN)]} {english_word(10_000 + number).capitalize()}n"
    rest, family = divmod(number // 3, len(_FAMILIES))
    rest, given = divmod(rest, len(_GIVEN))
    initials = ""
    while rest:
        rest, initial = divmod(rest - 1, len(_INITIALS))
        initials += f" {_INITIALS[initial]}."
    return f"{_GIVEN[given]}{initials} {_FAMILIES[family]}"


def byline(rng: Random, number: int, pool: int) -> list[int]:
    """The authors of paper ``number``: mostly three to eight of ``pool``, some of them on many; every 500th a consortium."""
    size = min(max(round(rng.lognormvariate(math.log(5), 0.5)), 1), _MOST_OF_A_BYLINE)
    if number % 500 == 499:
        size = min(_CONSORTIUM, pool // 2)
    people: dict[int, None] = {}
    while len(people) < size:
        people[int(pool * rng.random() ** 2)] = None
    return list(people)
