"""What the addresses may hold. ``to_python`` parses, so a date that does not exist is a 404, never a 500."""

import datetime
from functools import cache

from django.urls import register_converter
from django.urls.converters import StringConverter

from papers.characters import forbidden_character
from papers.citations import FORMATS


class RowId:
    """A primary key: at most 18 digits, so that no database sees a number it cannot hold."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Date:
    """``2024-10-30``."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> datetime.date:
        return datetime.date.fromisoformat(value)

    def to_url(self, value: datetime.date) -> str:
        return value.isoformat()


class Year:
    """``2024``; the year 0000 does not exist."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        return datetime.date(int(value), 1, 1).year

    def to_url(self, value: int) -> str:
        return f"{value:04}"


class Month:
    """``01`` to ``12``."""

    regex = "0[1-9]|1[0-2]"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:02}"


class Week:
    """``w01`` to ``w53``, an ISO week; whether the year has it is for the view to find out."""

    regex = "w(?:0[1-9]|[1-4][0-9]|5[0-3])"

    def to_python(self, value: str) -> int:
        return int(value[1:])

    def to_url(self, value: int) -> str:
        return f"w{value:02}"


class Words:
    """One path segment in any script: a tag's slug, a title's. Refuses what no stored text may hold."""

    regex = "[^/]{1,300}"

    def to_python(self, value: str) -> str:
        if forbidden_character(value):
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        return value


class ArxivId:
    """An arXiv id as people paste it, old form with a slash and version included; the view normalises it."""

    regex = "[A-Za-z.-]{1,20}/[0-9]{7}(?:v[0-9]{1,3})?|[0-9]{4}\\.[0-9]{4,5}(?:v[0-9]{1,3})?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class FeedItems(StringConverter):
    """What a feed has its items for."""

    regex = "digests|papers"


class FeedForm(StringConverter):
    """The format of a feed, as the ending of its address."""

    regex = "atom|rss|json"


class CiteFormat(StringConverter):
    """The format of a file for reference managers, as the ending of its address."""

    regex = "|".join(FORMATS)


@cache
def register() -> None:
    """Make the converters known to ``path()`` under short names; once, whichever URLconf is read first."""
    names = {
        "row": RowId,
        "date": Date,
        "year": Year,
        "month": Month,
        "week": Week,
        "words": Words,
        "arxiv": ArxivId,
        "items": FeedItems,
        "form": FeedForm,
        "cite": CiteFormat,
    }
    for name, converter in names.items():
        register_converter(converter, name)
