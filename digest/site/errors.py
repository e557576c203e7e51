"""Answers where no page is: the same words in the edition of the address."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string

from digest.site.rendering import render_error


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render_error(request, "site/400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render_error(request, "site/403.html", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render_error(request, "site/404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """In both languages and without any context: whatever broke may be what the context is made from."""
    body = render_to_string("site/500.html")
    return HttpResponseServerError(body, headers={"Cache-Control": "no-store"})
