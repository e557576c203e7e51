"""How much of everything there is, and when: the shape of the corpus, measured on nine years of a real one."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from random import Random

from digest.management.corpus.people import Bylines
from digest.management.corpus.prose import abstract, invent_work, notes, title
from digest.management.corpus.topics import Topics
from digest.text.seeds import MAX_ENTRIES, SeedDigest, SeedEntry
from digest.text.tags import tag_slug
from papers.identifiers import name_key, title_key

LAST_DAY = datetime.date(2026, 3, 31)
# Notes were Korean only before this day; from the second on, most are written in English.
ENGLISH_FROM = datetime.date(2023, 9, 1)
ENGLISH_FIRST_FROM = datetime.date(2025, 9, 1)
_YEARS = {
    2017: 70,
    2018: 110,
    2019: 110,
    2020: 120,
    2021: 120,
    2022: 110,
    2023: 160,
    2024: 200,
    2025: 230,
    2026: 60,
}
_SIZES = {1: 18, 2: 25, 3: 24, 4: 15, 5: 9, 6: 5, 7: 3, 8: 1}
MOST_DENSITY = MAX_ENTRIES // max(_SIZES)


@dataclass(frozen=True, slots=True)
class Totals:
    """What an import of the corpus must come to. ``authors`` counts homonyms apart, ``tags`` spellings as one."""

    digests: int
    entries: int
    papers: int
    authors: int
    tags: int
    korean: int
    english: int


def working_days() -> dict[datetime.date, int]:
    """Every day that may have a digest, with its weight."""
    first = datetime.date(min(_YEARS), 1, 1)
    days = (first + datetime.timedelta(days=number) for number in range((LAST_DAY - first).days + 1))
    return {day: _YEARS[day.year] for day in days if day.weekday() < 5}


MOST_DIGESTS = len(working_days())


def make_digests(digests: int, seed: int, density: int = 1) -> Iterator[SeedDigest]:
    """``digests`` invented digests, oldest first; the same for the same three numbers.

    ``density``: how many times as many entries a digest has as a real one, for archives larger than any there is. The
    shape is otherwise the same: tags and cited papers stay as many, so each is met more often. Raises ValueError for
    more than MOST_DIGESTS, one digest a working day, and for a density that makes a digest too long for one file.
    """
    if not 1 <= digests <= MOST_DIGESTS:
        raise ValueError(f"from 1 to {MOST_DIGESTS} digests, one a working day; not {digests}")
    if not 1 <= density <= MOST_DENSITY:
        raise ValueError(f"a density from 1 to {MOST_DENSITY}, not {density}")
    rng = Random(f"naranhi {seed}")  # noqa: S311 - nothing secret
    maker = _Maker(rng, density)
    for date in _dates(digests, rng):
        yield maker.digest(date)


def count_totals(digests: Iterable[SeedDigest]) -> Totals:
    """Count digests as the importer would store them."""
    digests = list(digests)
    entries = [entry for digest in digests for entry in digest.entries]
    people = {
        (name_key(name), entry.authors[: place + 1].count(name))
        for entry in entries
        for place, name in enumerate(entry.authors)
    }
    return Totals(
        digests=len(digests),
        entries=len(entries),
        papers=len({title_key(entry.title) for entry in entries}),
        authors=len(people),
        tags=len({tag_slug(tag) for entry in entries for tag in entry.tags}),
        korean=sum(bool(entry.ko) for entry in entries),
        english=sum(bool(entry.en) for entry in entries),
    )


def _dates(digests: int, rng: Random) -> list[datetime.date]:
    """Days drawn without putting back, in proportion to their year's weight (Efraimidis and Spirakis)."""
    keys = {day: rng.random() ** (1 / weight) for day, weight in working_days().items()}
    return sorted(sorted(keys, key=keys.__getitem__)[-digests:])


class _Maker:
    """Holds what entries share: the people, the tags, the titles already taken."""

    def __init__(self, rng: Random, density: int) -> None:
        self._rng = rng
        self._density = density
        self._bylines = Bylines(rng)
        self._topics = Topics(rng)
        self._titles: set[str] = set()
        self._papers: list[SeedEntry] = []

    def digest(self, date: datetime.date) -> SeedDigest:
        size = self._rng.choices(list(_SIZES), list(_SIZES.values()))[0] * self._density
        entries: dict[str, SeedEntry] = {}
        while len(entries) < size:
            entry = self._entry(date)
            entries.setdefault(title_key(entry.title), entry)
        self._papers += entries.values()
        return SeedDigest(date=date, entries=tuple(entries.values()))

    def _entry(self, date: datetime.date) -> SeedEntry:
        rng = self._rng
        work = invent_work(rng)
        korean, english = notes(work, rng, self._topics.cited())
        korean, english = self._languages(date, korean, english)
        tags = self._topics.tags() if rng.random() > 0.09 else ()
        if self._papers and rng.random() < 0.01:
            # An older paper comes up again; what is printed on it is the same.
            return replace(rng.choice(self._papers), ko=korean, en=english, tags=tags)
        release = rng.random() < 0.12
        name = title(work, rng, release=release)
        while title_key(name) in self._titles:
            work = invent_work(rng)
            name = title(work, rng, release=release)
        self._titles.add(title_key(name))
        bare = release or rng.random() < 0.03
        text = abstract(work, rng, mathematics=rng.random() < 0.12)
        authors = () if bare else self._bylines.draw()
        return SeedEntry(name, authors, "" if bare or rng.random() < 0.03 else text, korean, english, tags)

    def _languages(self, date: datetime.date, korean: str, english: str) -> tuple[str, str]:
        chance = self._rng.random()
        if date < ENGLISH_FROM:
            return korean, ""
        if date < ENGLISH_FIRST_FROM:
            return korean, english if chance < 0.97 else ""
        return korean if chance < 0.4 else "", english
