"""A feed before it has a format: what all three say, in plain data."""

import datetime
from dataclasses import dataclass

# The moment of a feed in which nothing has happened yet. Not the present one: every request would change its bytes.
NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True)
class Person:
    """Who wrote something. ``url``: their page here."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item. All texts are plain Unicode but ``html``, which is safe and self-contained.

    ``language``: of the title; ``summary_language`` of the summary; ``content_language``: of the content, "" where it
    is in both. ``related``: the work itself, elsewhere.
    """

    id: str
    url: str
    related: str
    title: str
    language: str
    summary: str
    summary_language: str
    html: str
    content_language: str
    published: datetime.datetime
    updated: datetime.datetime
    authors: tuple[Person, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """One page of a feed. ``url``: its own; ``page_url``: for people; ``hub``, ``next``, ``previous``: "" if none."""

    id: str
    url: str
    first: str
    previous: str
    next: str
    hub: str
    page_url: str
    title: str
    subtitle: str
    language: str
    author: Person
    updated: datetime.datetime
    items: list[Item]


def moment(value: datetime.datetime) -> str:
    """RFC 3339 in UTC: ``2024-10-30T00:00:00Z``, with the microseconds there are."""
    return value.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
