"""Titles, abstracts and notes, composed from the vocabulary by one random generator."""

from dataclasses import dataclass
from random import Random

from digest.management.corpus import sentences, words
from digest.text.clean import normalise_line, normalise_note

# The form after a final consonant, the form after a vowel.
_PARTICLES = {
    "은": ("은", "는"),
    "이": ("이", "가"),
    "을": ("을", "를"),
    "과": ("과", "와"),
    "으로": ("으로", "로"),
}
_CLOSED_ENDINGS = frozenset("lmn013678")
_RIEUL = 8


class Term(str):
    """A word that takes its particle: ``f"{Term('모델'):은}"`` is ``모델은``, ``f"{Term('코드'):은}"`` ``코드는``."""

    __slots__ = ()

    def __format__(self, particle: str) -> str:
        after_consonant, after_vowel = _PARTICLES.get(particle, (particle, particle))
        final = _final(self)
        closed = final > 0 and not (particle == "으로" and final == _RIEUL)
        return str(self) + (after_consonant if closed else after_vowel)


def _final(word: str) -> int:
    """The number of the final consonant, 0 for none; guessed from the letter for Latin words."""
    last = word[-1].lower()
    if "가" <= last <= "힣":
        return (ord(last) - ord("가")) % 28
    return int(last in _CLOSED_ENDINGS)


@dataclass(frozen=True, slots=True)
class Work:
    """What one paper is about, in both languages: the words that its patterns are filled with."""

    english: dict[str, str]
    korean: dict[str, str]


def invent_work(rng: Random) -> Work:
    """A topic, a method, data and measures, drawn once so that title, abstract and notes agree."""
    (topic, other), (method, method2) = rng.sample(words.TOPICS, 2), rng.sample(words.METHODS, 2)
    (data, data2), (metric, metric2) = rng.sample(words.DATA, 2), rng.sample(words.METRICS, 2)
    pairs = {"topic": topic, "other": other, "method": method, "method2": method2}
    pairs |= {"data": data, "data2": data2, "metric": metric, "metric2": metric2}
    coin = rng.choice(words.COIN_HEADS) + rng.choice(words.COIN_TAILS)
    english = {slot: pair[0] for slot, pair in pairs.items()} | {"coin": coin}
    english |= {slot.capitalize(): _headline(text) for slot, text in list(english.items())}
    english |= {"Topic": topic[0].capitalize(), "Adj": rng.choice(words.ADJECTIVES)}
    korean = {slot: Term(pair[1]) for slot, pair in pairs.items()} | {"coin": Term(coin)}
    return Work(english, korean)


def title(work: Work, rng: Random, *, release: bool) -> str:
    """A title in capitals; a product's name for a ``release``, now and then one with TeX in it."""
    patterns = sentences.RELEASE_TITLES if release else sentences.TITLES
    if not release and rng.random() < 0.02:
        patterns = sentences.TITLES_WITH_TEX
    slots = work.english | {"Topic": _headline(work.english["topic"]), "n": rng.randint(2, 70)}
    return normalise_line(rng.choice(patterns).format(**slots))


def abstract(work: Work, rng: Random, *, mathematics: bool) -> str:
    """Four to nine English sentences; ``mathematics`` puts formulas between them."""
    chosen = [rng.choice(sentences.ABSTRACT_OPENINGS)]
    chosen += rng.sample(sentences.ABSTRACT_MIDDLES, rng.randint(2, 5))
    chosen += rng.sample(sentences.ABSTRACT_RESULTS, rng.randint(1, 2))
    if rng.random() < 0.06:
        chosen.insert(-1, rng.choice(sentences.ABSTRACT_MARKUP))
    if rng.random() < 0.22:
        chosen.append(rng.choice(sentences.ABSTRACT_LINKS))
    filled = [pattern.format(**_numbers(rng), **_addresses(work), **work.english) for pattern in chosen]
    if mathematics:
        filled[2:2] = rng.sample(sentences.ABSTRACT_MATHEMATICS, rng.randint(1, 2))
    return normalise_line(" ".join(filled))


def notes(work: Work, rng: Random, cited: list[str]) -> tuple[str, str]:
    """A Korean and an English note that say the same, paragraph by paragraph, citing the arXiv ids ``cited``."""
    findings = rng.sample(sentences.FINDINGS, rng.randint(1, 7))
    paragraphs = [[rng.choice(sentences.OPENINGS), *findings[:3]]]
    if findings[3:]:
        paragraphs.append(findings[3:])
    if rng.random() < 0.45:
        paragraphs.append(rng.sample(sentences.OPINIONS, rng.randint(1, 2)))
    korean, english = [], []
    for pairs in paragraphs:
        both = [_fill(pair, work, rng) for pair in pairs]
        korean.append(" ".join(pair[0] for pair in both))
        english.append(" ".join(pair[1] for pair in both))
    for arxiv_id in cited:
        place = rng.randrange(len(korean))
        pair = _fill(rng.choice(sentences.MENTIONS), work, rng, arxiv_id)
        korean[place], english[place] = f"{korean[place]} {pair[0]}", f"{english[place]} {pair[1]}"
    for extra_korean, extra_english in (_list(work, rng), _link(work, rng)):
        korean += extra_korean
        english += extra_english
    return normalise_note("\n".join(korean)), normalise_note("\n".join(english))


def _list(work: Work, rng: Random) -> tuple[list[str], list[str]]:
    if rng.random() > 0.08:
        return [], []
    pairs = [_fill(pair, work, rng) for pair in rng.sample(sentences.FINDINGS, rng.randint(2, 4))]
    mark = rng.choice(["- {}", "* {}", "{n}. {}"])
    items = [
        [mark.format(text, n=n) for n, text in enumerate(side, start=1)] for side in zip(*pairs, strict=True)
    ]
    return [sentences.LIST_HEADS[0], *items[0]], [sentences.LIST_HEADS[1], *items[1]]


def _link(work: Work, rng: Random) -> tuple[list[str], list[str]]:
    """A bare link on a line of its own, as notes end now and then."""
    if rng.random() > 0.06:
        return [], []
    link = [_addresses(work)[rng.choice(["code", "project"])]]
    return link, link


def _fill(pair: tuple[str, str], work: Work, rng: Random, arxiv_id: str = "") -> tuple[str, str]:
    slots = _numbers(rng) | {"arxiv": arxiv_id}
    return pair[0].format(**slots, **work.korean), pair[1].format(**slots, **work.english)


def _numbers(rng: Random) -> dict[str, str]:
    return {"n": str(rng.randint(2, 48)), "m": f"{rng.uniform(0.4, 9.5):.1f}"}


def _addresses(work: Work) -> dict[str, str]:
    name = work.english["coin"].lower()
    return {"code": f"https://github.com/example/{name}", "project": f"https://{name}.example.org/"}


def _headline(text: str) -> str:
    small = ("a", "an", "of", "in", "the")
    return " ".join(word if word in small else word[0].upper() + word[1:] for word in text.split())
