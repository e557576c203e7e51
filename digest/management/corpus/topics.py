"""Tags and cited papers: both by rank, the first ones everywhere and most of them rare."""

from itertools import accumulate, product
from random import Random

from digest.management.corpus import words
from digest.text.tags import tag_slug

SPELLINGS = 370
FAMILIES = 29
CITED = 420
_COUNTS = ((1, 61), (2, 28), (3, 9), (4, 2))


def tag_names() -> list[str]:
    """The tags by rank: each its own address."""
    made = [f"{modifier}-{noun}" for noun, modifier in product(words.TAG_NOUNS, words.TAG_MODIFIERS)]
    names = words.TAG_WORDS[:24] + words.KOREAN_TAGS[:4] + words.TAG_WORDS[24:] + words.KOREAN_TAGS[4:] + made
    return list({tag_slug(name): name for name in names}.values())[: SPELLINGS - FAMILIES]


def other_spellings(names: list[str]) -> dict[str, str]:
    """A second spelling, by ``_`` or by case, for the first tags of two words: one tag, written by two people."""
    paired = [name for name in names if "-" in name and name.isascii()][:FAMILIES]
    return {
        name: name.replace("-", "_") if number % 3 else name.title() for number, name in enumerate(paired)
    }


class Topics:
    """Draws tags and citations with frequencies that fall with the rank (Zipf)."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._tags = tag_names()
        self._spellings = other_spellings(self._tags)
        self._tag_weights = _falling(len(self._tags))
        self._cited = list(dict.fromkeys(self._arxiv_id() for _ in range(CITED)))
        self._cited_weights = _falling(len(self._cited))

    def tags(self) -> tuple[str, ...]:
        """One to four different tags, some in their other spelling."""
        counts, weights = zip(*_COUNTS, strict=True)
        wanted = self._rng.choices(counts, weights)[0]
        chosen: dict[str, None] = {}
        while len(chosen) < wanted:
            chosen[self._rng.choices(self._tags, cum_weights=self._tag_weights)[0]] = None
        return tuple(self._spell(name) for name in chosen)

    def cited(self) -> list[str]:
        """The arXiv ids a note cites: none in three of four notes."""
        if self._rng.random() > 0.26:
            return []
        drawn = self._rng.choices(self._cited, cum_weights=self._cited_weights, k=self._rng.randint(1, 3))
        return list(dict.fromkeys(drawn))

    def _spell(self, name: str) -> str:
        return self._spellings.get(name, name) if self._rng.random() < 0.2 else name

    def _arxiv_id(self) -> str:
        year, month = self._rng.randint(15, 25), self._rng.randint(1, 12)
        return f"{year:02d}{month:02d}.{self._rng.randint(1, 19_999):05d}"


def _falling(count: int) -> list[float]:
    """Cumulative weights 1/(rank + 2)."""
    return list(accumulate(1 / (rank + 3) for rank in range(count)))
