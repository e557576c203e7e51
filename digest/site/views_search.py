"""The readers' search: results, suggestions as one types, and the description for browsers."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from digest.reading import search as search_reading
from digest.reading.citing import MOST_FOUND
from digest.reading.suggestions import Suggestion, suggest
from digest.reading.tags import tag_counts
from digest.site.editions import Edition, edition_of
from digest.site.lost import note_lost
from digest.site.rendering import public_page, render, reverse_in
from digest.site.said import SEARCHING
from digest.site.search_query import Asked, clean
from digest.text.languages import language_of

TITLES = {"tag": _("Tags"), "year": _("Year"), "author": _("Authors"), "lang": _("Language of the notes")}
# The facets of the results by the parameter that each sets.
SETS = {"tags": "tag", "years": "year", "authors": "author", "languages": "lang"}
LANGUAGE_NAMES = {"ko": "한국어", "en": "English"}
POPULAR = 8


@public_page
def search(request: HttpRequest) -> HttpResponse:
    """Results of ``?q=``, narrowed by ``tag``, ``year``, ``author`` and ``lang``; without any of these, how to search.

    Results are without number, so search engines are asked to leave them out.
    """
    asked = Asked.of(request.GET)
    edition = edition_of(request)
    results = search_reading.search(
        asked.q,
        languages=edition.languages,
        page=asked.page,
        sort=asked.sort or "relevance",
        chosen=asked.narrowed(),
    )
    context = {
        "asked": asked,
        "results": results,
        "searching": SEARCHING,
        **_ways_on(edition, asked, results),
    }
    context["cite_query"] = f"?{urlencode(asked.query(page=1, sort=''))}"
    context["cite_most"] = MOST_FOUND if results.total > MOST_FOUND else 0
    if not results.total:
        context["popular"] = tag_counts()[:POPULAR]
    if results.asked and not results.total and not results.plain and not asked.chosen:
        note_lost(asked.q)
    response = render(request, "site/search.html", context, query=asked.query())
    if results.asked:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _ways_on(edition: Edition, asked: Asked, results: search_reading.Results) -> dict[str, Any]:
    """Every link of the page that leads to another search."""

    def path(**changes: Any) -> str:
        query = urlencode(asked.query(**changes))
        return reverse_in(edition, "search") + (f"?{query}" if query else "")

    names = {"author": results.author}
    chosen = [
        {"path": path(**{name: ""}), "title": TITLES[name], **_label(name, names.get(name) or value)}
        for name, value in asked.chosen.items()
    ]
    found = {"chosen": chosen, "unfiltered_path": path(tag="", year="", author="", lang="")}
    found["facets"] = [
        {"title": TITLES[SETS[name]], "choices": [_choice(SETS[name], choice, path) for choice in choices]}
        for name, choices in results.facets.items()
    ]
    found["orders"] = [
        {"label": label, "path": path(sort=sort), "chosen": asked.sort == sort}
        for sort, label in (("", _("By relevance")), ("newest", _("Newest first")))
    ]
    found["first_path"] = path(page=1)
    found["previous_path"] = path(page=asked.page - 1) if asked.page > 1 else ""
    found["next_path"] = path(page=asked.page + 1) if asked.page < results.pages else ""
    found["instead_path"] = path(q=results.instead)
    if results.expansions:
        exact = results.expansions[0].typed
        found |= {"exact": exact, "exact_path": path(q=asked.q.replace(exact, f'"{exact}"', 1))}
    return found


def _choice(name: str, choice: search_reading.Choice, path: Any) -> dict[str, Any]:
    leads_to = path(**{name: "" if choice.chosen else choice.value})
    label = _label(name, choice.label)
    return {"path": leads_to, "count": choice.count, "chosen": choice.chosen, **label}


def _label(name: str, value: str) -> dict[str, str]:
    if name == "lang":
        return {"label": LANGUAGE_NAMES[value], "language": value}
    if name == "year":
        return {"label": value, "language": ""}
    return {"label": f"#{value}" if name == "tag" else value, "language": language_of(value)}


@public_page
def search_suggest(request: HttpRequest) -> HttpResponse:
    """JSON for the search box; with ``format=opensearch`` in the form that browsers ask for."""
    typed = clean(request.GET.get("q", ""))
    edition = edition_of(request)
    offers = [
        {
            "kind": offer.kind,
            "label": offer.label,
            "lang": language_of(offer.label),
            "url": _url(edition, offer),
        }
        for offer in suggest(typed)
    ]
    if request.GET.get("format") == "opensearch":
        labels, urls = [offer["label"] for offer in offers], [settings.SITE_URL + o["url"] for o in offers]
        data: Any = [typed, labels, [""] * len(labels), urls]
        response = JsonResponse(data, safe=False, content_type="application/x-suggestions+json")
    else:
        response = JsonResponse(
            {"query": typed, "suggestions": offers}, json_dumps_params={"ensure_ascii": False}
        )
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _url(edition: Edition, offer: Suggestion) -> str:
    path = reverse_in(edition, offer.kind, *offer.place)
    return f"{path}?{urlencode({'q': offer.label})}" if offer.kind == "search" else path


@public_page
def opensearch(request: HttpRequest) -> HttpResponse:
    """The OpenSearch description, by which browsers offer this search in their own box."""
    edition = edition_of(request)
    request.current_app = edition.namespace
    # OpenSearch 1.1: at most sixteen characters.
    name = settings.SITE_NAME if edition.both else f"{settings.SITE_NAME} {edition.interface}"
    context = {"edition": edition, "site_url": settings.SITE_URL, "short_name": name[:16]}
    body = render_to_string("site/opensearch.xml", context, request)
    return HttpResponse(body, content_type="application/opensearchdescription+xml")
