"""What is cited: the facts known of a work, and what follows from them. No Django."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from papers.identifiers import arxiv_url
from papers.safehtml import displayable
from papers.tex import tex_to_text

# The first digits of an arXiv id, new form or old, are year and month of submission.
_ARXIV_MONTH = re.compile(r"(?:[^/]+/)?([0-9]{2})(0[1-9]|1[0-2])")
# From the archive's first year on; years are told in two digits.
_FIRST_YEAR = 91
_GROUP_WORDS = """
ai collaboration community company consortium corporation foundation group inc institute lab laboratory labs
research team university
"""
_GROUPS = frozenset(_GROUP_WORDS.split())
_FAMILY_BEGINS = frozenset(
    ("al", "bin", "da", "de", "del", "della", "den", "der", "di", "du", "la", "le", "ter", "van", "von")
)


class Name(NamedTuple):
    """A printed name in its two parts: ``("Laurens", "van der Maaten")``. A group is all family."""

    given: str
    family: str

    @property
    def inverted(self) -> str:
        """``van der Maaten, Laurens``."""
        return f"{self.family}, {self.given}" if self.given else self.family

    @property
    def direct(self) -> str:
        """``Laurens van der Maaten``."""
        return f"{self.given} {self.family}" if self.given else self.family


@dataclass(frozen=True, slots=True)
class Work:
    """A paper, post or release as other people's reference lists need it. Nothing is said that is not known.

    ``title`` and ``abstract`` may hold TeX, as they are stored; ``names`` are as printed, in order. ``source``: where
    readers met it, ``Naranhi, 2024-10-10, no. 6``; ``notes``: what is said about it, each as safe HTML.
    """

    pk: int
    title: str
    names: tuple[str, ...] = ()
    kind: str = "paper"
    arxiv_id: str = ""
    doi: str = ""
    url: str = ""
    abstract: str = ""
    language: str = "en"
    tags: tuple[str, ...] = ()
    source: str = ""
    notes: tuple[str, ...] = ()

    @property
    def plain_title(self) -> str:
        return one_line(tex_to_text(self.title))

    @property
    def plain_abstract(self) -> str:
        return one_line(tex_to_text(self.abstract))

    @property
    def people(self) -> list[Name]:
        """The byline, every name of it: two people of one name are two."""
        return [split_name(name) for name in self.names]

    @property
    def any_doi(self) -> str:
        """arXiv registers a DOI for every paper it holds."""
        return one_line(self.doi) or (f"10.48550/arXiv.{self.arxiv_id}" if self.arxiv_id else "")

    @property
    def address(self) -> str:
        return arxiv_url(self.arxiv_id) if self.arxiv_id else one_line(self.url)

    @property
    def date(self) -> tuple[str, ...]:
        """Year and month that the arXiv id tells, ``("2024", "10")``; else nothing: no other date is known."""
        match = _ARXIV_MONTH.match(self.arxiv_id)
        if match is None:
            return ()
        return f"{'19' if int(match[1]) >= _FIRST_YEAR else '20'}{match[1]}", match[2]

    @property
    def year(self) -> str:
        return self.date[0] if self.date else ""


def one_line(text: str) -> str:
    """``text`` without control characters and with single spaces: what every format can hold."""
    return " ".join(displayable(" ".join(text.split())).split())


def split_name(name: str) -> Name:
    """Given and family name; a team or firm has no given one, nor has ``김 민지``."""
    words = one_line(name).split(" ")
    # In a script without capitals names are written in an order that a printed one does not tell.
    if _is_group(words) or not _has_capitals(name):
        return Name("", " ".join(words))
    family = len(words) - 1
    while family > 1 and words[family - 1].casefold() in _FAMILY_BEGINS:
        family -= 1
    return Name(" ".join(words[:family]), " ".join(words[family:]))


def _has_capitals(text: str) -> bool:
    """Whether its letters come in two cases at all."""
    return text.upper() != text.lower()


def _is_group(words: list[str]) -> bool:
    """One word, a comma, an "and", or a word like Team."""
    folded = " ".join(words).casefold().replace(",", " , ").split()
    return len(folded) < 2 or bool({"and", ",", "&"} & set(folded)) or not _GROUPS.isdisjoint(folded)
