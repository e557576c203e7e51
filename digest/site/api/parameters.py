"""The parameters of addresses: how each is read, what it may be, and how the OpenAPI document says so.

One object says all three, so the document cannot promise what the site refuses.
"""

import datetime
import re
from collections.abc import Callable, Iterable
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError

from digest.models.entry import EntryQuerySet
from digest.site.api.problems import Said
from papers.characters import forbidden_character
from papers.identifiers import normalise_arxiv_id

LARGEST_KEY = 10**18 - 1
LONGEST_PAGE, USUAL_PAGE = 100, 20
_KEY = re.compile("[1-9][0-9]{0,17}")
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile("[1-9][0-9]{3}-(0[1-9]|1[0-2])")
# A space where a plus was meant: an address that is not encoded reads so.
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?)([Zz]|[+ -][0-9]{2}:[0-9]{2})"
)
# Narrower than papers.identifiers only in form: an id of an archive that never was is one that nothing has.
_ARXIV = r"([0-9]{4}\.[0-9]{4,5}|[a-z-]{2,9}(\.[A-Z]{2})?/[0-9]{7})(v[1-9][0-9]{0,2})?"
_MICROSECONDS = 6

Narrowing = Callable[[EntryQuerySet, Any], EntryQuerySet]


class Parameter(forms.Field):
    """``read`` gives the value of a text, or None where it is none; an empty text is a value like any other."""

    def __init__(
        self, *, read: Callable[[str], Any], schema: dict[str, Any], expected: Said, about: str, **kwargs: Any
    ) -> None:
        super().__init__(required=False, widget=forms.TextInput)
        self.read, self.schema, self.expected, self.about = read, schema, expected, about

    def to_python(self, value: str | None) -> Any:
        if value is None:
            return None
        found = self.read(value)
        if found is None:
            raise ValidationError("", code="invalid")
        return found


class Takes(django_filters.Filter):
    """A parameter, and how it narrows rows; without ``by`` it narrows nothing and the view looks at it itself."""

    field_class = Parameter

    def __init__(self, parameter: dict[str, Any], by: Narrowing | None = None, about: str = "") -> None:
        super().__init__(label="", **(parameter | ({"about": about} if about else {})))
        self.by = by

    def filter(self, qs: EntryQuerySet, value: Any) -> EntryQuerySet:
        return qs if value is None or self.by is None else self.by(qs, value)


def number(least: int = 1, most: int = LARGEST_KEY, about: str = "") -> dict[str, Any]:
    """A whole number in plain digits."""
    schema: dict[str, Any] = {"type": "integer", "minimum": least, "maximum": most}

    def read(text: str) -> int | None:
        return int(text) if _KEY.fullmatch(text) and least <= int(text) <= most else None

    said = Said(f"Give a whole number from {least} to {most}.", f"{least}부터 {most}까지의 정수를 적으세요.")
    return {"read": read, "schema": schema, "expected": said, "about": about}


def choice(options: Iterable[str], about: str = "") -> dict[str, Any]:
    """One word of several."""
    words = tuple(options)
    said = Said(f"Give one of: {', '.join(words)}.", f"다음 중 하나를 적으세요: {', '.join(words)}.")
    return {
        "read": lambda text: text if text in words else None,
        "schema": {"type": "string", "enum": list(words)},
        "expected": said,
        "about": about,
    }


def some_of(options: Iterable[str], about: str = "") -> dict[str, Any]:
    """Several words of a list, with commas between them; read as a list without repetitions."""
    words = tuple(options)

    def read(text: str) -> list[str] | None:
        parts = text.split(",")
        return list(dict.fromkeys(parts)) if set(parts) <= set(words) else None

    said = Said(
        f"Give one or more of these, with commas between them: {', '.join(words)}.",
        f"다음 중 하나 이상을 쉼표로 나누어 적으세요: {', '.join(words)}.",
    )
    schema = {"type": "array", "items": {"type": "string", "enum": list(words)}, "minItems": 1}
    return {"read": read, "schema": schema, "expected": said, "about": about}


def text(longest: int, about: str = "") -> dict[str, Any]:
    """Any words; characters that no stored text holds become ones that match nothing."""

    def read(given: str) -> str | None:
        if not 0 < len(given) <= longest:
            return None
        return "".join("\ufffd" if forbidden_character(character) else character for character in given)

    schema = {"type": "string", "minLength": 1, "maxLength": longest}
    said = Said(f"Give 1 to {longest} characters.", f"1자에서 {longest}자까지 적으세요.")
    return {"read": read, "schema": schema, "expected": said, "about": about}


def yes_no(about: str = "") -> dict[str, Any]:
    return {
        "read": {"true": True, "false": False}.get,
        "schema": {"type": "boolean"},
        "expected": Said("Give true or false.", "true나 false를 적으세요."),
        "about": about,
    }


def day(about: str = "") -> dict[str, Any]:
    def read(text: str) -> datetime.date | None:
        return _parsed(datetime.date.fromisoformat, text) if _DAY.fullmatch(text) else None

    schema = {"type": "string", "format": "date"}
    said = Said("Give a day that exists: 2024-10-30.", "있는 날짜를 적으세요: 2024-10-30.")
    return {"read": read, "schema": schema, "expected": said, "about": about}


def month(about: str = "") -> dict[str, Any]:
    """A month, read as its first day."""

    def read(text: str) -> datetime.date | None:
        return datetime.date.fromisoformat(f"{text}-01") if _MONTH.fullmatch(text) else None

    schema = {"type": "string", "pattern": f"^{_MONTH.pattern}$"}
    said = Said("Give a month: 2024-10.", "달을 적으세요: 2024-10.")
    return {"read": read, "schema": schema, "expected": said, "about": about}


def moment(about: str = "") -> dict[str, Any]:
    """A moment with its offset (RFC 3339), in UTC."""

    def read(text: str) -> datetime.datetime | None:
        match = _MOMENT.fullmatch(text)
        if match is None:
            return None
        clock, _dot, fraction = match[1].upper().partition(".")
        offset = match[2].upper().replace(" ", "+")
        whole = _parsed(datetime.datetime.fromisoformat, f"{clock}.{fraction[:_MICROSECONDS]:0<6}{offset}")
        return whole and _in_utc(whole)

    schema = {"type": "string", "format": "date-time"}
    said = Said(
        "Give a moment with its offset: 2024-10-30T00:00:00Z.",
        "시차를 붙인 시각을 적으세요: 2024-10-30T00:00:00Z.",
    )
    return {"read": read, "schema": schema, "expected": said, "about": about}


def arxiv(about: str = "") -> dict[str, Any]:
    """An arXiv id, with or without version."""
    pattern = re.compile(_ARXIV)
    schema = {"type": "string", "pattern": f"^{_ARXIV}$"}
    said = Said("Give an arXiv id: 2408.16357.", "arXiv 번호를 적으세요: 2408.16357.")
    return {
        "read": lambda text: (normalise_arxiv_id(text) or text) if pattern.fullmatch(text) else None,
        "schema": schema,
        "expected": said,
        "about": about,
    }


def _parsed(parse: Callable[[str], Any], text: str) -> Any:
    """None for a day or an hour that does not exist."""
    try:
        return parse(text)
    except ValueError:
        return None


def _in_utc(moment: datetime.datetime) -> datetime.datetime:
    """At either end of time an offset may lead out of it."""
    try:
        return moment.astimezone(datetime.UTC)
    except OverflowError:
        return moment.replace(tzinfo=datetime.UTC)
