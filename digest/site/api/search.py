"""The search for programs: the same query language, facets and pages as on the page (docs/search.md)."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils.http import urlencode
from django_filters import FilterSet
from rest_framework.request import Request
from rest_framework.response import Response

from digest.reading import search as search_reading
from digest.site.api import examples
from digest.site.api import parameters as p
from digest.site.api.base import ApiView
from digest.site.api.links import api_url
from digest.site.api.parameters import Takes
from digest.site.api.problems import Said
from digest.site.api.shapes_search import SearchSerializer
from digest.site.editions import BOTH
from digest.site.paper_context import paper_path
from digest.site.rendering import reverse_in
from digest.site.search_query import READERS, Asked
from digest.text.analysis.highlight import Pieces
from digest.text.analysis.query import MAX_QUERY
from digest.text.languages import LANGUAGES
from papers.tex import tex_to_text

LARGEST_AUTHOR = 10**10 - 1


def _query() -> dict[str, Any]:
    said = Said(f"Give at most {MAX_QUERY} characters.", f"{MAX_QUERY}자까지 적으세요.")
    return {
        "read": lambda text: READERS["q"](text) if len(text) <= MAX_QUERY else None,
        "schema": {"type": "string", "maxLength": MAX_QUERY},
        "expected": said,
        "about": 'What to look for: words, "phrases", -excluded, tag:, author:, year:, lang:, before:, after:.',
    }


class SearchTakes(FilterSet):
    q = Takes(_query())
    tag = Takes(p.text(MAX_QUERY, "Of this tag; one that nothing bears finds nothing."))
    year = Takes(p.number(1000, 9999, "Of this year."))
    author = Takes(p.number(1, LARGEST_AUTHOR, "By this author."))
    lang = Takes(p.choice(LANGUAGES, "With a note in this language."))
    sort = Takes(p.choice(search_reading.SORTS, "By relevance unless given."))
    page = Takes(p.number(1, search_reading.MOST_PAGES, "The page."))
    page_size = Takes(p.number(1, search_reading.MOST_PER_PAGE, "Results on a page; 20 unless given."))


class Search(ApiView):
    """Entries found by words, ranked, with the words marked.

    Korean and English words find each other's notes; the same query language as on the page of the search.
    """

    operation = "search"
    group = "overview"
    parameters = SearchTakes
    shape = SearchSerializer
    example = examples.SEARCH

    def get(self, request: Request) -> Response:
        self.asked(request)
        given = request.query_params
        asked = Asked.of(given)
        if "tag" in given and not asked.tag:
            # Signs alone are no tag: a slug that there cannot be, so that the search is not widened instead.
            asked = replace(asked, tag="-")
        size = int(given.get("page_size", search_reading.PER_PAGE))
        results = search_reading.search(
            asked.q, page=asked.page, size=size, sort=asked.sort or "relevance", chosen=asked.narrowed()
        )
        extra = {"page_size": size} if "page_size" in given else {}
        return Response(_told(asked, size, extra, results))


def _told(asked: Asked, size: int, extra: dict[str, int], results: search_reading.Results) -> dict[str, Any]:
    address = api_url("search")

    def page_url(page: int) -> str:
        return f"{address}?{urlencode(asked.query(page=page) | extra)}"

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
