"""The search as JSON, for programs: the same query language, facets and pages (docs/search.md)."""

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils.http import urlencode

from digest.reading import search as search_reading
from digest.site.editions import BOTH
from digest.site.paper_context import paper_path
from digest.site.rendering import public_page, reverse_in
from digest.site.search_query import READERS, Asked
from digest.text.analysis.highlight import Pieces
from digest.text.analysis.query import MAX_QUERY
from papers.tex import tex_to_text

NAMES = (*READERS, "page_size")
_SIZE = re.compile("[1-9][0-9]?")
EXPECTED = {
    "q": f"text of at most {MAX_QUERY} characters",
    "tag": "the address of a tag",
    "year": "a year, 2024",
    "author": "the number of an author",
    "lang": "ko or en",
    "sort": " or ".join(search_reading.SORTS),
    "page": f"a number from 1 to {search_reading.MOST_PAGES}",
    "page_size": f"a number from 1 to {search_reading.MOST_PER_PAGE}",
}


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """Results of a search; 400 as problem+json for a parameter that is unknown, given twice or no value."""
    given = request.GET
    errors = _errors(given)
    if errors:
        return _open(_problem(errors))
    asked = Asked.of(given)
    size = int(given.get("page_size", search_reading.PER_PAGE))
    results = search_reading.search(
        asked.q, page=asked.page, size=size, sort=asked.sort or "relevance", chosen=asked.narrowed()
    )
    extra = {"page_size": size} if "page_size" in given else {}
    return _open(JsonResponse(_told(asked, size, extra, results), json_dumps_params={"ensure_ascii": False}))


def _open(response: HttpResponse) -> HttpResponse:
    """For pages of other sites, too: nothing here depends on who asks."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _errors(given: QueryDict) -> list[dict[str, str]]:
    errors = []
    for name, values in given.lists():
        if name not in NAMES:
            known = ", ".join(NAMES)
            errors.append({"parameter": name[:100], "detail": f"There is no such parameter; known: {known}."})
        elif len(values) > 1:
            errors.append({"parameter": name, "detail": "Give this once."})
        elif not _valid(name, values[0]):
            errors.append({"parameter": name, "detail": f"Give {EXPECTED[name]}."})
    return errors


def _valid(name: str, value: str) -> bool:
    if name == "q":
        return len(value) <= MAX_QUERY
    if name == "sort":
        return value in search_reading.SORTS
    if name == "page":
        return READERS[name](value) is not None and int(value) <= search_reading.MOST_PAGES
    if name == "page_size":
        return _SIZE.fullmatch(value) is not None and int(value) <= search_reading.MOST_PER_PAGE
    return READERS[name](value) is not None


def _problem(errors: list[dict[str, str]]) -> HttpResponse:
    body = {
        "type": "about:blank",
        "title": "The request is not valid",
        "status": 400,
        "detail": "Look at the parameters named in errors.",
        "code": "invalid",
        "errors": errors,
    }
    return JsonResponse(body, status=400, content_type="application/problem+json")


def _told(asked: Asked, size: int, extra: dict[str, int], results: search_reading.Results) -> dict[str, Any]:
    def page_url(page: int) -> str:
        return f"{settings.SITE_URL}/api/v1/search/?{urlencode(asked.query(page=page) | extra)}"

    return {
        "query": asked.query(page=1),
        "total": results.total,
        "capped": results.capped,
        "index": "plain" if results.plain else "ready",
        "did_you_mean": results.instead or None,
        "expanded": [{"typed": each.typed, "also": list(each.others)} for each in results.expansions],
        "page": results.page,
        "page_size": size,
        "pages": results.pages,
        "next": page_url(results.page + 1) if results.page < results.pages else None,
        "previous": page_url(results.page - 1) if 1 < results.page <= results.pages + 1 else None,
        "facets": {name: [_choice(choice) for choice in choices] for name, choices in results.facets.items()},
        "results": [_result(found) for found in results.found],
    }


def _choice(choice: search_reading.Choice) -> dict[str, Any]:
    return {"value": choice.value, "label": choice.label, "count": choice.count, "chosen": choice.chosen}


def _result(found: search_reading.Found) -> dict[str, Any]:
    entry = found.entry
    paper = entry.paper
    digest = f"{reverse_in(BOTH, 'digest', entry.date)}#e{entry.position}"
    return {
        "date": entry.date.isoformat(),
        "position": entry.position,
        "digest_url": settings.SITE_URL + digest,
        "url": settings.SITE_URL + paper_path(BOTH, paper),
        "paper": {
            "id": paper.pk,
            "title": tex_to_text(paper.title),
            "arxiv_id": paper.arxiv_id or None,
            "authors": [byline.name for byline in entry.authors],
        },
        "tags": [tag.slug for tag in entry.tags],
        "languages": sorted(entry.notes),
        "title": _text(found.title) if found.title else None,
        "snippets": [
            {
                "field": "abstract" if text.abstract else "note",
                "language": text.language,
                **_text(text.pieces),
            }
            for text in found.texts
        ],
    }


def _text(pieces: Pieces) -> dict[str, Any]:
    """Plain text, and the [start, end) of each hit in it, counted in code points."""
    marks, place = [], 0
    for text, hit in pieces:
        if hit:
            marks.append([place, place + len(text)])
        place += len(text)
    return {"text": "".join(text for text, _ in pieces), "marks": marks}
