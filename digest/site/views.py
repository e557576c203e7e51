"""The readers' pages: each asks ``reading`` once and hands plain data to a template."""

import datetime
import re

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)

from digest.reading import archive as archive_reading
from digest.reading import papers as paper_reading
from digest.reading import tags as tag_reading
from digest.reading.entries import languages_of
from digest.site.editions import edition_of
from digest.site.rendering import public_page, render, reverse_in
from papers.identifiers import normalise_arxiv_id, slugify_title
from papers.tex import tex_to_text

_KEY = re.compile("[0-9]{1,11}")


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The latest digest in short, and the rows of the ones before it."""
    entries, earlier = archive_reading.latest_digest()
    if not entries:
        return render(request, "site/empty.html")
    context = {"date": entries[0].date, "entries": entries, "earlier": earlier}
    return render(request, "site/home.html", context | {"languages": languages_of(entries)})


@public_page
def digest(request: HttpRequest, date: datetime.date) -> HttpResponse:
    """One day's digest, whole."""
    entries = archive_reading.digest_of(date)
    if not entries:
        raise Http404
    languages = languages_of(entries)
    context = {"date": date, "entries": entries, "languages": languages}
    context["neighbours"] = archive_reading.neighbours(date, date)
    return render(request, "site/digest.html", context, languages=languages)


@public_page
def archive(request: HttpRequest) -> HttpResponse:
    """Every year and month with its counts."""
    return render(request, "site/archive.html", {"years": archive_reading.all_months()})


@public_page
def year(request: HttpRequest, year: int) -> HttpResponse:
    """The days of a year that have a digest, by month."""
    months = archive_reading.year_months(year)
    if not months:
        raise Http404
    neighbours = archive_reading.neighbours(*archive_reading.year_range(year))
    return render(request, "site/year.html", {"year": year, "months": months, "neighbours": neighbours})


@public_page
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The digests of a month with the titles of their entries."""
    first, last = archive_reading.month_range(year, month)
    rows = archive_reading.month_rows(first, last)
    if not rows:
        raise Http404
    context = {"first": first, "rows": rows, "neighbours": archive_reading.neighbours(first, last)}
    return render(request, "site/month.html", context)


@public_page
def paper(request: HttpRequest, paper_id: int, slug: str) -> HttpResponse:
    """A paper and every note about it over time."""
    entries = paper_reading.paper_entries(paper_id)
    if not entries:
        raise Http404
    found = entries[0].paper
    right_slug = slugify_title(tex_to_text(found.title))
    if slug != right_slug:
        return HttpResponsePermanentRedirect(reverse_in(edition_of(request), "paper", paper_id, right_slug))
    languages = languages_of(entries)
    tags = list({tag.slug: tag for entry in entries for tag in entry.tags}.values())
    context = {"paper": found, "authors": entries[0].authors, "tags": tags, "entries": entries}
    return render(request, "site/paper.html", context | {"languages": languages}, languages=languages)


@public_page
def arxiv(request: HttpRequest, arxiv_id: str) -> HttpResponse:
    """From an arXiv id to the page of the public paper that has it."""
    normalised = normalise_arxiv_id(arxiv_id)
    found = paper_reading.paper_by_arxiv_id(normalised) if normalised else None
    if found is None:
        raise Http404
    slug = slugify_title(tex_to_text(found.title))
    return HttpResponseRedirect(reverse_in(edition_of(request), "paper", found.pk, slug))


@public_page
def author(request: HttpRequest, author_id: int, slug: str) -> HttpResponse:
    """An author's papers, newest first, and the other people of that name."""
    page = paper_reading.author_page(author_id)
    if page is None:
        raise Http404
    right_slug = slugify_title(page.author.name)
    if slug != right_slug:
        return HttpResponsePermanentRedirect(reverse_in(edition_of(request), "author", author_id, right_slug))
    return render(request, "site/author.html", {"page": page})


@public_page
def tags(request: HttpRequest) -> HttpResponse:
    """Every tag with its count."""
    return render(request, "site/tags.html", {"tags": tag_reading.tag_counts()})


@public_page
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """A tag's entries, newest first, 30 a page; ``?before=`` is the order key to go on below."""
    found = tag_reading.find_tag(slug)
    if found is None:
        meant = tag_reading.find_tag_by_spelling(slug)
        if meant is None:
            raise Http404
        return HttpResponsePermanentRedirect(reverse_in(edition_of(request), "tag", meant.slug))
    given = request.GET.get("before", "")
    before = int(given) if _KEY.fullmatch(given) else None
    page = tag_reading.tag_page(found, before)
    if page is None:
        raise Http404
    query = {"before": before} if before is not None else None
    return render(request, "site/tag.html", {"tag": found, "page": page, "before": before}, query=query)
