"""unAPI (version 1, http://unapi.info/specs/): how Zotero gets a paper of a page whole, with both notes as child notes."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from digest.reading.papers import paper_entries
from digest.site.editions import edition_of
from digest.site.rendering import public_page
from digest.site.views_citations import answer, open_to_programs, refusal
from digest.site.works import works_of
from papers.citations import citation_key, form_of

# The names that clients look for, the fullest first, and what they are among our files.
FORMATS = {"rdf_zotero": "rdf", "bibtex": "bib", "ris": "ris"}
_PAPER = re.compile("paper:([1-9][0-9]{0,17})")


@public_page
def unapi(request: HttpRequest) -> HttpResponseBase:
    """The formats there are; with ``?id=paper:12`` those of the paper; with ``&format=`` the paper itself."""
    identifier, name = request.GET.get("id", ""), request.GET.get("format", "")
    if not identifier:
        return refusal(_("Say of what: ?id=paper:12.")) if name else _formats("", 200)
    match = _PAPER.fullmatch(identifier)
    entries = paper_entries(int(match[1])) if match else []
    if not entries:
        raise Http404
    if not name:
        return _formats(format_html(' id="{}"', identifier), 300)
    if name not in FORMATS:
        words = _("There is no such format; known: {formats}.").format(formats=", ".join(FORMATS))
        return refusal(words, 406)
    (work,) = works_of(edition_of(request), [entries], with_notes=name == "rdf_zotero")
    return answer(request, FORMATS[name], [[work]], citation_key(work), several=False)


def _formats(attribute: str, status: int) -> HttpResponseBase:
    """The types are named without parameters: the document itself says its encoding."""
    rows = [(name, form_of(format).media_type.split(";")[0]) for name, format in FORMATS.items()]
    listed = format_html_join("", '<format name="{}" type="{}"/>\n', rows)
    body = format_html(
        '<?xml version="1.0" encoding="UTF-8"?>\n<formats{}>\n{}</formats>\n', attribute, listed
    )
    return open_to_programs(HttpResponse(body, status=status, content_type="application/xml"))
