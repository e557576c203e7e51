"""The pictures' addresses: one of the site, one of each digest, one of each paper, in every edition."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.cache import get_conditional_response

from digest.reading.archive import digest_of
from digest.reading.papers import paper_entries
from digest.site.cards.card import Card, version
from digest.site.cards.drawing import png
from digest.site.cards.making import digest_card, paper_card, site_card
from digest.site.editions import edition_of
from digest.site.rendering import public_page, reverse_in
from papers.identifiers import slugify_title
from papers.tex import tex_to_text


@public_page
def site(request: HttpRequest) -> HttpResponse:
    """The card of pages about no single paper or day."""
    return _picture(request, site_card(edition_of(request)))


@public_page
def digest(request: HttpRequest, date: datetime.date) -> HttpResponse:
    """The card of a day."""
    entries = digest_of(date)
    if not entries:
        raise Http404
    return _picture(request, digest_card(edition_of(request), date, entries))


@public_page
def paper(request: HttpRequest, paper_id: int, slug: str) -> HttpResponse:
    """The card of a paper; a wrong slug leads to the right one, as on its page."""
    entries = paper_entries(paper_id)
    if not entries:
        raise Http404
    right_slug = slugify_title(tex_to_text(entries[0].paper.title))
    if slug != right_slug:
        return HttpResponsePermanentRedirect(
            reverse_in(edition_of(request), "paper_card", paper_id, right_slug)
        )
    return _picture(request, paper_card(edition_of(request), entries))


def _picture(request: HttpRequest, card: Card) -> HttpResponse:
    """Its version is its ETag, so that who has the picture is answered before it is drawn."""
    etag = f'"{version(card)}"'
    response = get_conditional_response(request, etag) or HttpResponse(png(card), content_type="image/png")
    response.headers["ETag"] = etag
    # Other sites show it; that is what it is for.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
