"""One way from a template to an answer: its edition, its other versions, and how long it may be kept."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from digest.site.editions import EDITIONS, Edition, edition_of
from digest.text.languages import LANGUAGES

View = Callable[..., HttpResponse]
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


def public_page(view: View) -> View:
    """GET and HEAD only. Nothing here reads a cookie or takes a form, so there is no token to ask for either."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
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
    versions = _versions(request, frozenset(languages), query)
    page = {"versions": versions, "canonical": next(version.url for version in versions if version.current)}
    return HttpResponse(_to_string(request, template, page | (context or {})))


def render_error(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """An error page: the same bytes for every address of an edition, so it tells nothing about what is hidden."""
    versions = [
        Version(e, e.home, settings.SITE_URL + e.home, e == edition_of(request), False) for e in EDITIONS
    ]
    body = _to_string(request, template, {"versions": versions})
    return HttpResponse(body, status=status, headers={"Cache-Control": f"public, max-age={ERROR_AGE}"})


def reverse_in(edition: Edition, name: str, *args: Any, **kwargs: Any) -> str:
    """The path of a page within an edition."""
    return reverse(f"{edition.namespace}:{name}", args=args, kwargs=kwargs)


def _to_string(request: HttpRequest, template: str, context: dict[str, Any]) -> str:
    edition = edition_of(request)
    # Error pages have no resolver match; with this {% url 'site:…' %} stays in the edition there too.
    request.current_app = edition.namespace
    return render_to_string(
        template, {"edition": edition, "site_name": settings.SITE_NAME} | context, request
    )


def _versions(request: HttpRequest, languages: frozenset[str], query: dict[str, Any] | None) -> list[Version]:
    match = request.resolver_match
    suffix = f"?{urlencode(query)}" if query else ""
    versions = []
    for edition in EDITIONS:
        path = reverse_in(edition, match.url_name, *match.args, **match.kwargs) + suffix
        offered = edition.both or edition.interface in languages
        current = edition == edition_of(request)
        versions.append(Version(edition, path, settings.SITE_URL + path, current, offered))
    return versions
