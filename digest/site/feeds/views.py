"""The feeds: an address is read, the rows are asked for, and one of three formats is written."""

import re
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.http import http_date

from digest.reading.feeds import FIRST, digest_page, paper_page, public_author
from digest.reading.tags import find_selection
from digest.site.editions import edition_of
from digest.site.feeds.addresses import CONTENT_TYPES, FeedAddress
from digest.site.feeds.atom import write_atom
from digest.site.feeds.building import build_feed
from digest.site.feeds.documents import Feed
from digest.site.feeds.json_feed import write_json
from digest.site.feeds.rss import write_rss
from digest.site.rendering import public_page
from digest.site.search_query import Asked

WRITERS: dict[str, Callable[[Feed], str]] = {"atom": write_atom, "rss": write_rss, "json": write_json}
PAGES = {"digests": digest_page, "papers": paper_page}
_KEY = re.compile("[0-9]{1,11}")


@public_page
def feed(request: HttpRequest, items: str, form: str) -> HttpResponse:
    """Everything."""
    return _answer(request, FeedAddress(edition_of(request), items, form))


@public_page
def tag_feed(request: HttpRequest, slug: str, items: str, form: str) -> HttpResponse:
    """A tag or an expression of tags; any spelling leads to the canonical one, as on the tag's page."""
    selection = find_selection(slug)
    if selection is None:
        raise Http404
    address = FeedAddress(edition_of(request), items, form, selection=selection)
    if selection.slug != slug:
        return HttpResponsePermanentRedirect(address.path(_before(request)))
    return _answer(request, address)


@public_page
def author_feed(request: HttpRequest, author_id: int, items: str, form: str) -> HttpResponse:
    """The papers of an author."""
    author = public_author(author_id)
    if author is None:
        raise Http404
    return _answer(request, FeedAddress(edition_of(request), items, form, author=author))


@public_page
def search_feed(request: HttpRequest, items: str, form: str) -> HttpResponse:
    """What a search finds, newest first: ``q`` and what narrows it as on the search page. Without words, nothing."""
    return _answer(request, FeedAddress(edition_of(request), items, form, asked=Asked.of(request.GET)))


def _answer(request: HttpRequest, address: FeedAddress) -> HttpResponse:
    before = _before(request)
    page = PAGES[address.items](address.scope, address.edition.languages, before)
    built = build_feed(address, page, before)
    response = HttpResponse(WRITERS[address.form](built), content_type=CONTENT_TYPES[address.form])
    # Programs on other sites may read it, too: nothing here depends on who asks.
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    if built.hub:
        response.headers["Link"] = f'<{built.hub}>; rel="hub", <{built.url}>; rel="self"'
    _date(request, response, page.updated.timestamp() if page.updated else None)
    return response


def _date(request: HttpRequest, response: HttpResponse, updated: float | None) -> None:
    """Last-Modified; a client's date counts only where it is the very same.

    What was unpublished leaves a feed older than it was. A client that holds the newer one and asks by date alone
    must get this one, and no 304.
    """
    modified = http_date(updated) if updated is not None else None
    if modified:
        response.headers["Last-Modified"] = modified
    if request.headers.get("If-Modified-Since") != modified:
        request.META.pop("HTTP_IF_MODIFIED_SINCE", None)


def _before(request: HttpRequest) -> int:
    """Where a page of the history begins; what is no order key is ignored."""
    given = request.GET.get("before", "")
    return int(given) if _KEY.fullmatch(given) else FIRST
