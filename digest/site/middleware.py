"""Two small middlewares: the headers every answer carries, and the language an address asks for."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Handler = Callable[[HttpRequest], HttpResponse]


def security_headers(get_response: Handler) -> Handler:
    """Content-Security-Policy from SECURE_CSP (Django 6's name), and what SecurityMiddleware lacks."""
    policy = "; ".join(
        f"{directive} {' '.join(sources)}" for directive, sources in settings.SECURE_CSP.items()
    )

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
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
