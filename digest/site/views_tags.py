"""The readers' pages by tag: all tags, the entries of one or of an expression, and the trends."""

import datetime
import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from digest.reading import archive as archive_reading
from digest.reading import tags as tag_reading
from digest.reading import trends as trend_reading
from digest.reading.entries import languages_of
from digest.site.editions import edition_of
from digest.site.metadata import tag_web
from digest.site.rendering import public_page, render, reverse_in

_KEY = re.compile("[0-9]{1,11}")
_MONTH = re.compile("([0-9]{4})-(0[1-9]|1[0-2])")
TRENDS_SHOWN = 16


@public_page
def tags(request: HttpRequest) -> HttpResponse:
    """Every tag with its count and its last year; by count, or with ``?order=name`` by the alphabet."""
    by_name = request.GET.get("order") == "name"
    counts = tag_reading.tag_counts()
    span = trend_reading.span()
    trends = trend_reading.tag_trends(trend_reading.last_months(*span)) if span else None
    context = {"tags": counts, "trends": trends, "by_name": by_name}
    return render(request, "site/tags.html", context, query={"order": "name"} if by_name else None)


@public_page
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """The entries of a tag or an expression of tags, newest first, 30 a page.

    ``?before=`` and ``?after=`` are order keys to go on below or above. Any spelling leads to the canonical
    one. Expressions are without number, so search engines are asked to leave them out.
    """
    selection = tag_reading.find_selection(slug)
    if selection is None:
        raise Http404
    if selection.slug != slug:
        return HttpResponsePermanentRedirect(reverse_in(edition_of(request), "tag", selection.slug))
    place = _place(request)
    page = tag_reading.tag_page(selection, **place)
    alongside = tag_reading.tags_alongside(selection) if page.total else []
    context = {"selection": selection, "tag": selection.tag, "page": page, "alongside": alongside}
    if selection.tag is not None:
        context["web"] = tag_web(edition_of(request), selection.tag.name, selection.slug)
    languages = languages_of(page.entries)
    response = render(request, "site/tag.html", context | {"place": place}, languages=languages, query=place)
    if selection.tag is None:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@public_page
def trends(request: HttpRequest) -> HttpResponse:
    """The most used tags month by month, ``?from=2024-01&to=2024-12`` or the last twelve; and the years."""
    span = trend_reading.span()
    if span is None:
        return render(request, "site/empty.html")
    given = {name: _first_day(request.GET.get(name, "")) for name in ("from", "to")}
    months = trend_reading.chosen_months(*span, given["from"], given["to"])
    found = trend_reading.tag_trends(months)
    years = range(span[1].year, span[0].year - 1, -1)
    context = {"trends": found, "shown": found.tags[:TRENDS_SHOWN], "span": span}
    context["years"] = [
        (datetime.date(year, 1, 1), *counts)
        for year, counts in archive_reading.coverage_by_year(years).items()
    ]
    query = {name: f"{day:%Y-%m}" for name, day in given.items() if day}
    return render(request, "site/trends.html", context, query=query)


def _place(request: HttpRequest) -> dict[str, int]:
    """Where to go on; what is no order key is ignored, and ``before`` wins."""
    for name in ("before", "after"):
        given = request.GET.get(name, "")
        if _KEY.fullmatch(given):
            return {name: int(given)}
    return {}


def _first_day(text: str) -> datetime.date | None:
    """The month that ``2024-10`` means; None for anything else, the year 0000 too."""
    match = _MONTH.fullmatch(text)
    return datetime.date(int(match[1]), int(match[2]), 1) if match and match[1] != "0000" else None
