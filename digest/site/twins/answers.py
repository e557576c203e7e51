"""The answer at a twin's address: the page's own view, its template left aside for a writer of Markdown.

So a twin reads what its page reads, with as many queries, is there when the page is, and leads on where it does.
"""

from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from digest.site.rendering import ERROR_AGE, PageResponse, View
from digest.site.twins.paths import twin_path
from digest.site.twins.writers import write

CONTENT_TYPE = "text/markdown; charset=utf-8"


def twin(page: View) -> View:
    """The view of a page's twin."""

    @wraps(page)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = page(request, *args, **kwargs)
        except Http404:
            return _missing()
        if isinstance(response, PageResponse):
            return _markdown(response)
        if "Location" in response.headers:
            response.headers["Location"] = twin_path(response.headers["Location"])
        return response

    return answer


def _markdown(response: PageResponse) -> HttpResponse:
    """Search engines are to keep the page, not the twin."""
    context = response.page_context
    return HttpResponse(
        write(response.page_template, context),
        content_type=CONTENT_TYPE,
        headers={
            "Cache-Control": response.headers["Cache-Control"],
            "Content-Language": ", ".join(_languages(context)),
            "Link": f'<{context["canonical"]}>; rel="canonical"',
            "X-Robots-Tag": "noindex",
        },
    )


def _languages(context: dict[str, Any]) -> list[str]:
    """The interface's language, and of the edition's others those that the page has notes in."""
    edition = context["edition"]
    offered = {version.edition.interface for version in context["versions"] if version.offered}
    return [code for code in edition.languages if code == edition.interface or code in offered]


def _missing() -> HttpResponse:
    """Nothing hidden is told from what never was: the same bytes for every address of an edition."""
    return HttpResponse(
        f"# {_('There is no page at this address.')}\n",
        status=404,
        content_type=CONTENT_TYPE,
        headers={"Cache-Control": f"public, max-age={ERROR_AGE}"},
    )
