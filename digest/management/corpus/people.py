"""Bylines: a few people who publish everywhere, and a long tail who appear once."""

import math
from random import Random

from digest.management.corpus import words

# How often the next name is somebody new: 15,000 names on 27,000 places.
_NEW = 0.56
_MEDIAN_AUTHORS = 6
_SPREAD = 0.7
_MOST_AUTHORS = 60
_CONSORTIA = (83, 97, 112, 140, 168, 194)


class Bylines:
    """Draws bylines. Somebody who is on many is likelier to be on the next, which gives the long tail."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._names: set[str] = set()
        self._places: list[str] = []

    def draw(self) -> tuple[str, ...]:
        """The names of one paper, in order; equal names are homonyms."""
        rng = self._rng
        if rng.random() < 0.015:
            return (rng.choice(words.COMPANIES),)
        size = self._size()
        names: dict[str, None] = {}
        while len(names) < size:
            names[self._name()] = None
        byline = list(names)
        self._places += byline
        if size > 2 and rng.random() < 0.006:
            place = rng.randrange(size)
            byline.insert(place, byline[place])
        return tuple(byline)

    def _size(self) -> int:
        if self._rng.random() < 0.002:
            return self._rng.choice(_CONSORTIA)
        size = round(self._rng.lognormvariate(math.log(_MEDIAN_AUTHORS), _SPREAD))
        return min(max(size, 1), _MOST_AUTHORS)

    def _name(self) -> str:
        if self._places and self._rng.random() > _NEW:
            return self._rng.choice(self._places)
        if self._rng.random() < 0.004:
            return self._rng.choice(words.KOREAN_NAMES)
        name = self._new_name()
        while name in self._names:
            name = self._new_name()
        self._names.add(name)
        return name

    def _new_name(self) -> str:
        rng = self._rng
        given, family = rng.choice(words.GIVEN_NAMES), rng.choice(words.FAMILY_NAMES)
        chance = rng.random()
        if chance < 0.25:
            given += f" {rng.choice('ABCDEFGHJKLMNPRSTW')}."
        elif chance < 0.55:
            given += f" {rng.choice(words.GIVEN_NAMES)}"
        elif chance < 0.6:
            family += f"-{rng.choice(words.FAMILY_NAMES[45:57])}"
        return f"{given} {family}"
