"""What the address of a search asks for, read from its parameters and written back in one order."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Self

from django.http import QueryDict

from digest.reading.search import MOST_PAGES, SORTS, Chosen
from digest.text.analysis.query import MAX_QUERY
from digest.text.languages import LANGUAGES
from digest.text.tags import tag_slug
from papers.characters import forbidden_character

FACETS = ("tag", "year", "author", "lang")
_YEAR = re.compile("[0-9]{4}")
_NUMBER = re.compile("[1-9][0-9]{0,2}")
_KEY = re.compile("[1-9][0-9]{0,9}")


@dataclass(frozen=True, slots=True)
class Asked:
    """Empty is what an address does not say. ``q`` is what was typed; the others narrow and order."""

    q: str = ""
    tag: str = ""
    year: str = ""
    author: str = ""
    lang: str = ""
    sort: str = ""
    page: int = 1

    @classmethod
    def of(cls, given: QueryDict) -> Self:
        """What is no value of its parameter is left out: an address is never wrong."""
        read = {name: READERS[name](given[name]) for name in READERS if name in given}
        return cls(**{name: value for name, value in read.items() if value is not None})

    def narrowed(self) -> Chosen:
        """What the parameters narrow by."""
        return Chosen(tags=self.tag, years=self.year, authors=self.author, languages=self.lang)

    def query(self, **changes: Any) -> dict[str, Any]:
        """The parameters of this, changed; a change begins at the first page again."""
        changed = replace(self, **({"page": 1} | changes)) if changes else self
        values = {name: getattr(changed, name) for name in READERS}
        return {name: value for name, value in values.items() if value and (name, value) != ("page", 1)}

    @property
    def chosen(self) -> dict[str, str]:
        """The facets that narrow this."""
        return {name: getattr(self, name) for name in FACETS if getattr(self, name)}


def clean(text: str, longest: int = MAX_QUERY + 1) -> str:
    """One line without characters that no stored text holds; a query that is cut says so by its length."""
    text = text[: 4 * longest]
    if forbidden_character(text):
        text = "".join(" " if forbidden_character(character) else character for character in text)
    return " ".join(text.split())[:longest]


def _one_of(*allowed: str) -> Callable[[str], str | None]:
    return lambda text: text if text in allowed else None


def _page(text: str) -> int | None:
    return min(int(text), MOST_PAGES) if _NUMBER.fullmatch(text) else None


# None for what is no value. In the order in which addresses name them.
READERS: dict[str, Callable[[str], Any]] = {
    "q": clean,
    "tag": lambda text: tag_slug(clean(text)) or None,
    "year": lambda text: text if _YEAR.fullmatch(text) and text != "0000" else None,
    "author": lambda text: text if _KEY.fullmatch(text) else None,
    "lang": _one_of(*LANGUAGES),
    "sort": lambda text: text if text in SORTS[1:] else None,
    "page": _page,
}
