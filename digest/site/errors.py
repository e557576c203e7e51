"""Answers where no page is: the same words in the edition of the address."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string

from digest.site.api.problems import below_api, problem_page
from digest.site.rendering import render_error


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """In both languages and without any context: whatever broke may be what the context is made from."""
    if below_api(request.path_info):
        return problem_page(500)
    body = render_to_string("site/500.html")
    return HttpResponseServerError(body, headers={"Cache-Control": "no-store"})


def _error(request: HttpRequest, status: int) -> HttpResponse:
    """A page of the edition; for programs, below their own addresses, a problem."""
    if below_api(request.path_info):
        return problem_page(status)
    return render_error(request, f"site/{status}.html", status)
