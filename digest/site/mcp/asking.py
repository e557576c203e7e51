"""A page as it is answered on the web, without the web: its view is called, its template left aside.

Whatever a tool says has therefore been through the readers' door: what no page shows, no tool can.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from django.http import Http404, HttpRequest, QueryDict
from django.urls import NoReverseMatch, resolve
from django.utils import translation
from django.utils.http import urlencode

from digest.site.editions import EDITIONS, Edition
from digest.site.rendering import PageResponse, reverse_in
from digest.site.twins.writers import write

# A wrong slug leads to the right one, an arXiv id to a paper: never further.
MOST_REDIRECTS = 2


class Page:
    """A page of an edition: its ``context``, what is told of it, and its twin as text."""

    def __init__(self, template: str, context: Mapping[str, Any]) -> None:
        self._template = template
        self.context = context

    @property
    def url(self) -> str:
        """The page itself."""
        return str(self.context["canonical"])

    def markdown(self, **changes: Any) -> str:
        """The twin, with parts of its context ``changes``."""
        with translation.override(self.context["edition"].interface):
            return write(self._template, {**self.context, **changes})


def edition_named(language: str) -> Edition:
    """``both``, ``ko`` or ``en``."""
    return next(each for each in EDITIONS if language == ("both" if each.both else each.interface))


def ask(edition: Edition, name: str, *args: Any, **query: Any) -> Page | None:
    """The page of this name and these arguments in an edition; None if readers are told that there is none."""
    try:
        path = reverse_in(edition, name, *args)
        for _ in range(MOST_REDIRECTS + 1):
            response = _answer(edition, unquote(path), query)
            if isinstance(response, PageResponse):
                return Page(response.page_template, response.page_context)
            path = urlsplit(response.headers["Location"]).path
    except (Http404, NoReverseMatch):
        pass
    return None


def _answer(edition: Edition, path: str, query: Mapping[str, Any]) -> Any:
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = path
    request.GET = QueryDict(urlencode(query))
    request.resolver_match = match = resolve(path)
    with translation.override(edition.interface):
        return match.func(request, *match.args, **match.kwargs)
