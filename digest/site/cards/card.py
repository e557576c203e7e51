"""What a card says, as plain words; its version; and where it is found. Drawing it is another matter."""

import hashlib
from dataclasses import dataclass

# Raise it when cards are drawn otherwise than before: their addresses change, and so every copy kept elsewhere.
LOOK = 1
WIDTH, HEIGHT = 1200, 630


@dataclass(frozen=True, slots=True)
class SiteCard:
    """The site itself: its name and what it is, in each of the edition's languages."""

    site: str
    said: tuple[str, ...]

    @property
    def words(self) -> str:
        return " · ".join((self.site, *self.said))


@dataclass(frozen=True, slots=True)
class DigestCard:
    """A day: ``dates`` in the edition's languages, its first titles, and how many papers there are in words."""

    site: str
    month: str
    day: str
    dates: tuple[str, ...]
    count: str
    titles: tuple[str, ...]

    @property
    def words(self) -> str:
        return " · ".join((self.site, *self.dates, self.count, *self.titles))


@dataclass(frozen=True, slots=True)
class PaperCard:
    """A paper: its title, first names, tags, the beginning of its notes, and the day of the newest one.

    ``others``: the words for ``{names} and {number} more``, where not all of ``authors`` are shown.
    """

    site: str
    date: str
    title: str
    names: tuple[str, ...]
    authors: int
    others: str
    notes: tuple[str, ...]
    tags: tuple[str, ...]

    @property
    def words(self) -> str:
        return " · ".join((self.site, self.title, *self.names, self.date, *self.notes, *self.tags))


Card = SiteCard | DigestCard | PaperCard


def version(card: Card) -> str:
    """Ten letters that change whenever the picture does: part of its address, and its ETag."""
    return hashlib.sha256(f"{LOOK} {card!r}".encode()).hexdigest()[:10]
