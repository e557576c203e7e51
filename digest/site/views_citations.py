"""Files for reference managers, below the address of the page whose papers they hold: ``…/cite.bib``, ``…/cite.rdf``."""

import datetime
import re
from collections.abc import Iterable

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from digest.reading import citing
from digest.reading.authors import public_author
from digest.reading.papers import paper_entries
from digest.reading.tags import find_selection
from digest.site.editions import edition_of
from digest.site.rendering import public_page, reverse_in
from digest.site.search_query import Asked
from digest.site.works import read_works, works_of
from papers.citations import DEFAULT_STYLE, STYLES, Work, citation_key, form_of, write_file
from papers.identifiers import slugify_title

_NUMBERS = re.compile(r"[1-9][0-9]{0,17}(?:,[1-9][0-9]{0,17})*")


@public_page
def cite_paper(request: HttpRequest, paper_id: int, slug: str, format: str) -> HttpResponseBase:
    """One paper; a wrong slug leads to the right one."""
    entries = paper_entries(paper_id)
    if not entries:
        raise Http404
    (work,) = works_of(edition_of(request), [entries], with_notes=format == "rdf")
    right_slug = slugify_title(work.plain_title)
    if slug != right_slug:
        return _moved(request, "cite_paper", paper_id, right_slug, format)
    return answer(request, format, [[work]], citation_key(work), several=False)


@public_page
def cite_digest(request: HttpRequest, date: datetime.date, format: str) -> HttpResponseBase:
    """The papers of a digest, in its order."""
    return _file(request, format, citing.of_digest(date), date.isoformat())


@public_page
def cite_tag(request: HttpRequest, slug: str, format: str) -> HttpResponseBase:
    """The papers of a tag or an expression of tags; any spelling leads to the canonical one."""
    selection = find_selection(slug)
    if selection is None:
        raise Http404
    if selection.slug != slug:
        return _moved(request, "cite_tag", selection.slug, format)
    return _file(request, format, citing.of_selection(selection), slug)


@public_page
def cite_author(request: HttpRequest, author_id: int, slug: str, format: str) -> HttpResponseBase:
    """The papers of an author; a wrong slug leads to the right one."""
    author = public_author(author_id)
    if author is None:
        raise Http404
    right_slug = slugify_title(author.name)
    if slug != right_slug:
        return _moved(request, "cite_author", author_id, right_slug, format)
    return _file(request, format, citing.of_author(author), slug)


@public_page
def cite_search(request: HttpRequest, format: str) -> HttpResponseBase:
    """The papers that a search finds, asked for as on its page; of more than a thousand the newest."""
    asked = Asked.of(request.GET)
    if not asked.q and not asked.chosen:
        return refusal(_("Say what to look for: ?q=words."))
    return _file(request, format, citing.of_search(asked.q, asked.narrowed()), "search")


@public_page
def cite(request: HttpRequest, format: str) -> HttpResponseBase:
    """Every paper of the site, or those of ``?papers=1,2,3`` in that order."""
    if "papers" not in request.GET:
        return _file(request, format, citing.whole_site(), "")
    given = request.GET["papers"]
    if not _NUMBERS.fullmatch(given):
        return refusal(_("Give the numbers of papers with commas between them: ?papers=1,2,3."))
    numbers = [int(number) for number in given.split(",")]
    if len(numbers) > citing.MOST_LISTED:
        return refusal(_("Give at most {most} papers.").format(most=citing.MOST_LISTED))
    return _file(request, format, citing.of_list(numbers), "reading-list")


def answer(
    request: HttpRequest,
    format: str,
    parts: Iterable[list[Work]],
    name: str,
    *,
    several: bool = True,
    stamp: str = "",
) -> HttpResponseBase:
    """Works as a file. With a ``stamp``, which is then its ETag, it is sent while it is being written."""
    style = request.GET.get("style", DEFAULT_STYLE)
    if format == "txt" and style not in STYLES:
        return refusal(_("There is no such style; known: {styles}.").format(styles=", ".join(STYLES)))
    form = form_of(format, style)
    pieces = write_file(form, parts, several=several)
    response: HttpResponseBase
    if stamp:
        # The head of it costs no reading: a generator that nobody asks does nothing.
        response = StreamingHttpResponse(() if request.method == "HEAD" else pieces)
        response.headers["ETag"] = f'"{stamp}"'
    else:
        response = HttpResponse("".join(pieces))
    response.headers["Content-Type"] = form.media_type
    # Text is for reading and copying right there; the others are for programs.
    disposition = content_disposition_header(format != "txt", f"{name}.{format}")
    response.headers["Content-Disposition"] = disposition or ""
    return open_to_programs(response)


def refusal(words: str, status: int = 400) -> HttpResponse:
    """Plain words for whoever wrote the address."""
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")


def open_to_programs(response: HttpResponseBase) -> HttpResponseBase:
    """For pages of other sites, too, because nothing here depends on who asks; not for the results of search engines."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _file(request: HttpRequest, format: str, scope: citing.Scope, name: str) -> HttpResponseBase:
    """The papers of a scope; one that holds none answers like an address that never was."""
    if not scope.papers:
        raise Http404
    works = read_works(edition_of(request), scope, with_notes=format == "rdf")
    return answer(request, format, works, f"naranhi-{name}" if name else "naranhi", stamp=scope.stamp)


def _moved(request: HttpRequest, name: str, *args: object) -> HttpResponse:
    path = reverse_in(edition_of(request), name, *args)
    query = request.GET.urlencode()
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
