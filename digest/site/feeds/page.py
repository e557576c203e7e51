"""The page that explains the feeds and builds their addresses: a form that is asked with GET and needs no script."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from digest.reading.feeds import namesakes, public_author
from digest.reading.tags import find_selection
from digest.site.editions import BOTH, ENGLISH, KOREAN, Edition, edition_of
from digest.site.feeds.addresses import CONTENT_TYPES, ITEMS, FeedAddress
from digest.site.rendering import public_page, render
from digest.site.search_query import FACETS, READERS, Asked, clean
from papers.models import Author

NAMED = {"both": BOTH, "ko": KOREAN, "en": ENGLISH}
SCOPES = ("all", "tag", "author", "search")
FORMS = tuple(CONTENT_TYPES)
FORM_NAMES = {"atom": "Atom", "rss": "RSS", "json": "JSON Feed"}
_ID = re.compile("[1-9][0-9]{0,17}")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the form says. ``tag``, ``author`` and ``asked`` are kept as typed, whichever of them counts."""

    edition: str
    items: str
    form: str
    scope: str
    tag: str = ""
    author: str = ""
    asked: Asked = field(default_factory=Asked)

    @classmethod
    def of(cls, given: QueryDict, edition: Edition) -> "Wish":
        """What is no value of its parameter is left out, as everywhere: an address is never wrong."""
        here = next(key for key, each in NAMED.items() if each == edition)
        return cls(
            edition=_one_of(given, "edition", tuple(NAMED), here),
            items=_one_of(given, "items", ITEMS, "papers"),
            form=_one_of(given, "form", FORMS, "atom"),
            scope=_one_of(given, "scope", SCOPES, "all"),
            tag=clean(str(given.get("tag", ""))).removeprefix("#"),
            author=clean(str(given.get("author", "")), 200),
            asked=_asked(given),
        )

    @property
    def narrowed(self) -> dict[str, str]:
        """What narrows the search besides its text: no field shows it, so it is carried along."""
        return {f"in_{name}": value for name, value in self.asked.chosen.items()}

    def query(self, author: str | None = None) -> dict[str, str]:
        """The parameters of this, or of this with another author, without what is empty."""
        changed = self if author is None else replace(self, author=author)
        names = ("edition", "items", "form", "scope", "tag", "author")
        told = {name: getattr(changed, name) for name in names} | {"q": self.asked.q} | self.narrowed
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True, slots=True)
class Built:
    """The feed that was asked for, or why there is none, or the people it may be about."""

    address: FeedAddress | None = None
    problem: str = ""
    people: list[Author] = field(default_factory=list)


@public_page
def feeds(request: HttpRequest) -> HttpResponse:
    """What a feed is, the main ones, and any other by the form; with ``scope`` in the address also the one it builds."""
    wish = Wish.of(request.GET, edition_of(request))
    asked = "scope" in request.GET
    built = _build(wish) if asked else Built()
    context: dict[str, Any] = {"wish": wish, "built": built, "main": _main(), "keys": tuple(NAMED)}
    context["forms"] = FORM_NAMES
    context["people"] = [(person, urlencode(wish.query(author=str(person.pk)))) for person in built.people]
    response = render(request, "site/feeds.html", context, query=wish.query() if asked else None)
    if asked:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _build(wish: Wish) -> Built:
    place = NAMED[wish.edition], wish.items, wish.form
    if wish.scope == "tag":
        selection = find_selection(wish.tag)
        if selection is None:
            return Built(problem=_("There is no such tag."))
        return Built(FeedAddress(*place, selection=selection))
    if wish.scope == "author":
        people = _people(wish.author)
        if not people:
            return Built(problem=_("There is no author of this name."))
        if len(people) > 1:
            return Built(people=people)
        return Built(FeedAddress(*place, author=people[0]))
    if wish.scope == "search":
        if not wish.asked.query():
            return Built(problem=_("Give something to search for."))
        return Built(FeedAddress(*place, asked=wish.asked))
    return Built(FeedAddress(*place))


def _people(typed: str) -> list[Author]:
    """By name as people type it, by number as author pages link here."""
    if _ID.fullmatch(typed):
        author = public_author(int(typed))
        return [author] if author else []
    return namesakes(typed) if typed else []


def _asked(given: QueryDict) -> Asked:
    """The search: its text as ``q``; what narrows it under names that the form does not use itself."""
    named = {name: given[f"in_{name}"] for name in FACETS if f"in_{name}" in given}
    named |= {"q": given["q"]} if "q" in given else {}
    read = {name: READERS[name](str(value)) for name, value in named.items()}
    return Asked(**{name: value for name, value in read.items() if value is not None})


def _main() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(edition, items, [(format, address)]) of the feeds on everything."""
    return [
        (key, items, [(FORM_NAMES[form], FeedAddress(edition, items, form).url()) for form in FORMS])
        for key, edition in NAMED.items()
        for items in ITEMS
    ]


def _one_of(given: QueryDict, name: str, allowed: tuple[str, ...], default: str) -> str:
    value = given.get(name, default)
    return value if value in allowed else default
