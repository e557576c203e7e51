"""Small middlewares: the headers every answer carries, the language an address asks for, no cookies for readers."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from digest.site.api.problems import allow_other_sites, below_api

Handler = Callable[[HttpRequest], HttpResponse]


def security_headers(get_response: Handler) -> Handler:
    """Content-Security-Policy from SECURE_CSP (Django 6's name), and what SecurityMiddleware lacks."""
    policy = "; ".join(
        f"{directive} {' '.join(sources)}" for directive, sources in settings.SECURE_CSP.items()
    )

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        if below_api(request.path_info):
            # Here and not in the views, so that a 304 and a redirect have them, too.
            allow_other_sites(response)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if request.path_info.startswith("/admin/"):
            response.headers["Cache-Control"] = "private, no-store"
        return response

    return middleware


def edition_language(get_response: Handler) -> Handler:
    """Activate the interface language by the path alone: English under /en/, else Korean.

    Only the desk reads the language cookie or Accept-Language; a public address is the same for everyone.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/admin/"):
            language = translation.get_language_from_request(request)
        else:
            language = "en" if request.path_info.startswith("/en/") else "ko"
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def no_cookies(get_response: Handler) -> Handler:
    """Below /admin/ alone there are cookies. A public answer cannot depend on one that never arrives.

    Without this the session of a request that brings an unknown one is looked up, and its cookie taken away, by whoever
    first asks for it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/admin/"):
            request.META.pop("HTTP_COOKIE", None)
        return get_response(request)

    return middleware
