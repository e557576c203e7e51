"""The readers' pages: each asks ``reading`` once and hands plain data to a template."""

import datetime

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)

from digest.reading import archive as archive_reading
from digest.reading import authors as author_reading
from digest.reading import mentions as mentions_reading
from digest.reading import papers as paper_reading
from digest.reading import trends as trend_reading
from digest.reading.archive_offer import current_offer
from digest.reading.entries import languages_of
from digest.site.editions import edition_of
from digest.site.metadata import author_web, digest_web, home_web, paper_web
from digest.site.paper_context import paper_context, paper_path, title_links
from digest.site.rendering import public_page, render, reverse_in
from digest.site.said import ABOUT
from papers.identifiers import normalise_arxiv_id, slugify_title
from papers.tex import tex_to_text


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The latest digest in short, the rows of the ones before it, the year so far, and what its tags did."""
    days = archive_reading.recent_days()
    if not days:
        return render(request, "site/empty.html")
    latest = days[0].date
    entries, earlier = archive_reading.latest_digest(latest)
    months = trend_reading.last_months(days[-1].date, latest)
    context = {"date": latest, "entries": entries, "earlier": earlier}
    context["ledger"] = archive_reading.ledger([day for day in days if day.date.year == latest.year])
    context["trends"] = trend_reading.tag_trends(months)
    context["web"] = home_web(edition_of(request))
    languages = languages_of(entries)
    return render(request, "site/home.html", context | {"languages": languages}, languages=languages)


@public_page
def digest(request: HttpRequest, date: datetime.date) -> HttpResponse:
    """One day's digest, whole."""
    entries = archive_reading.digest_of(date)
    if not entries:
        raise Http404
    languages = languages_of(entries)
    context = {"date": date, "entries": entries, "languages": languages}
    context["neighbours"] = archive_reading.neighbours(date, date)
    context["web"] = digest_web(edition_of(request), date, entries)
    context["titles"] = title_links(edition_of(request), mentions_reading.titled_papers(entries))
    return render(request, "site/digest.html", context, languages=languages)


@public_page
def paper(request: HttpRequest, paper_id: int, slug: str) -> HttpResponse:
    """A paper, every note about it over time, and the papers and notes around it."""
    entries = paper_reading.paper_entries(paper_id)
    if not entries:
        raise Http404
    found = entries[0].paper
    right_slug = slugify_title(tex_to_text(found.title))
    if slug != right_slug:
        return HttpResponsePermanentRedirect(reverse_in(edition_of(request), "paper", paper_id, right_slug))
    context = paper_context(edition_of(request), found, entries)
    context["web"] = paper_web(edition_of(request), entries)
    return render(request, "site/paper.html", context, languages=context["languages"])


@public_page
def arxiv(request: HttpRequest, arxiv_id: str) -> HttpResponse:
    """From an arXiv id to the page of the public paper that has it; else the notes that cite the id."""
    normalised = normalise_arxiv_id(arxiv_id)
    if normalised is None:
        raise Http404
    edition = edition_of(request)
    found = paper_reading.paper_by_arxiv_id(normalised)
    if found is not None:
        return HttpResponseRedirect(paper_path(edition, found))
    citing = mentions_reading.entries_citing(normalised)
    if not citing:
        raise Http404
    if arxiv_id != normalised:
        return HttpResponsePermanentRedirect(reverse_in(edition, "arxiv", normalised))
    languages = languages_of(citing)
    context = {"arxiv_id": normalised, "entries": citing, "languages": languages}
    context["titles"] = title_links(edition, mentions_reading.titled_papers(citing))
    return render(request, "site/cited.html", context, languages=languages)


@public_page
def author(request: HttpRequest, author_id: int, slug: str) -> HttpResponse:
    """An author's papers by year, their co-authors and tags, and the other people of that name."""
    page = author_reading.author_page(author_id)
    if page is None:
        raise Http404
    right_slug = slugify_title(page.author.name)
    path = reverse_in(edition_of(request), "author", author_id, right_slug)
    if slug != right_slug:
        return HttpResponsePermanentRedirect(path)
    context = {"page": page, "web": author_web(edition_of(request), page, path)}
    return render(request, "site/author.html", context, languages=languages_of(page.entries))


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """What this is, how the notes are made, and what the site is made of."""
    return render(request, "site/about.html", {"sections": ABOUT, "archive": current_offer()})
