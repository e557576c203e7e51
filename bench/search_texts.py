"""Title, abstract and notes of one invented paper: the sentences of ``digest.management.corpus``, with rarer words in them."""

from dataclasses import dataclass
from random import Random

from bench.search_words import ENGLISH, KOREAN, draw, english_word, korean_word
from digest.management.corpus import prose
from digest.management.corpus.prose import Term, Work

# What a paper is about, beside the words that all papers share.
_OWN_SLOTS = 3
_ENGLISH_SENTENCES = (
    "Its {0} rests on the {1} of {2}, not on {3} {4}.",
    "We trace {0} and {1} back to {2} {3} under {4}.",
    "Neither {0} nor {1} explains the {2} between {3} and {4}.",
)
_KOREAN_SENTENCES = (
    "{0:은} {1:을} 다루고 {2:과} {3:을} 비교합니다.",
    "{0}의 {1:이} {2:으로} 이어진다는 점에서 {3:과} 다르네요.",
    "{0:을} 줄이면 {1:에서} {2:이} {3:으로} 바뀐다고 합니다.",
)


@dataclass(frozen=True, slots=True)
class Texts:
    """``en`` is empty for two of three."""

    title: str
    abstract: str
    ko: str
    en: str


def invent_texts(rng: Random, number: int, cited: list[str]) -> Texts:
    """The texts of paper ``number``, whose title no other has."""
    work = _work(rng)
    title = f"{prose.title(work, rng, release=False)} {english_word(number).capitalize()}"
    abstract = prose.abstract(work, rng, mathematics=rng.random() < 0.12)
    korean, english = prose.notes(work, rng, cited)
    return Texts(
        title,
        "" if rng.random() < 0.1 else f"{abstract} {_english(rng)} {_english(rng)}",
        f"{korean} {_korean(rng)}",
        f"{english} {_english(rng)}" if rng.random() < 1 / 3 else "",
    )


def _work(rng: Random) -> Work:
    work = prose.invent_work(rng)
    english, korean = dict(work.english), dict(work.korean)
    for slot in rng.sample(["topic", "other", "method", "method2", "data", "data2", "metric"], _OWN_SLOTS):
        english[slot] = f"{_rare_english(rng)} {_rare_english(rng)}"
        english[slot.capitalize()] = english[slot].title()
        korean[slot] = Term(f"{_rare_korean(rng)} {_rare_korean(rng)}")
    return Work(english, korean)


def _english(rng: Random) -> str:
    return rng.choice(_ENGLISH_SENTENCES).format(*(_rare_english(rng) for _ in range(5)))


def _korean(rng: Random) -> str:
    return rng.choice(_KOREAN_SENTENCES).format(*(Term(_rare_korean(rng)) for _ in range(4)))


def _rare_english(rng: Random) -> str:
    return english_word(draw(rng, ENGLISH))


def _rare_korean(rng: Random) -> str:
    return korean_word(draw(rng, KOREAN))
