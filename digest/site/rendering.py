"""One way from a template to an answer: its edition, its other versions, and how long it may be kept."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import ResolverMatch, reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from digest.site.editions import EDITIONS, Edition, edition_of
from digest.site.twins.paths import WITHOUT, twin_path
from digest.text.languages import LANGUAGES

View = Callable[..., HttpResponseBase]
PAGE_AGE = 60
ERROR_AGE = 10


@dataclass(frozen=True, slots=True)
class Version:
    """This page in one edition. ``offered``: named in hreflang, because it holds words in that language."""

    edition: Edition
    path: str
    url: str
    current: bool
    offered: bool


class PageResponse(TemplateResponse):
    """A page not yet written out. Its twin writes the same ``page_context`` as Markdown in the template's place."""

    def __init__(self, request: HttpRequest, template: str, context: dict[str, Any]) -> None:
        super().__init__(request, template, context)
        self.page_template, self.page_context = template, context


def public_page(view: View) -> View:
    """GET and HEAD only. Nothing here reads a cookie or takes a form, so there is no token to ask for either."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", f"public, max-age={PAGE_AGE}")
        return response

    return csrf_exempt(require_safe(answer))


def render(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    languages: Iterable[str] = LANGUAGES,
    query: dict[str, Any] | None = None,
) -> HttpResponse:
    """A page of the site. ``languages``: those its notes are written in; ``query``: what belongs to its address."""
    edition = edition_of(request)
    request.current_app = edition.namespace
    versions = _versions(request, frozenset(languages), query)
    current = next(version for version in versions if version.current)
    twin = "" if _place(request).url_name in WITHOUT else twin_path(current.path)
    page = {"versions": versions, "canonical": current.url, "twin": twin}
    return PageResponse(request, template, _surroundings(edition) | page | (context or {}))


def render_error(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """An error page: the same bytes for every address of an edition, so it tells nothing about what is hidden."""
    edition = edition_of(request)
    # Error pages have no resolver match; with this {% url 'site:…' %} stays in the edition there too.
    request.current_app = edition.namespace
    versions = [Version(e, e.home, settings.SITE_URL + e.home, e == edition, False) for e in EDITIONS]
    body = render_to_string(template, _surroundings(edition) | {"versions": versions}, request)
    return HttpResponse(body, status=status, headers={"Cache-Control": f"public, max-age={ERROR_AGE}"})


def reverse_in(edition: Edition, name: str, *args: Any, **kwargs: Any) -> str:
    """The path of a page within an edition."""
    return reverse(f"{edition.namespace}:{name}", args=args, kwargs=kwargs)


def _surroundings(edition: Edition) -> dict[str, Any]:
    return {"edition": edition, "site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}


def _place(request: HttpRequest) -> ResolverMatch:
    """Where in the URLconf a page is: a view is never called without."""
    return cast(ResolverMatch, request.resolver_match)


def _versions(request: HttpRequest, languages: frozenset[str], query: dict[str, Any] | None) -> list[Version]:
    match = _place(request)
    suffix = f"?{urlencode(query)}" if query else ""
    versions = []
    for edition in EDITIONS:
        path = reverse_in(edition, match.url_name or "", *match.args, **match.kwargs) + suffix
        offered = edition.both or edition.interface in languages
        current = edition == edition_of(request)
        versions.append(Version(edition, path, settings.SITE_URL + path, current, offered))
    return versions
