"""Zotero RDF, the format that loses nothing on the way into Zotero: notes come along as child notes."""

import re
from html import escape

from papers.citations.work import Name, Work, one_line
from papers.safehtml import displayable

# What Zotero calls the kinds of works; Highwire metadata and COinS use the same words.
ZOTERO_TYPES = {"paper": "preprint", "post": "blogPost", "release": "webpage"}
OTHER_TYPE = "document"
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:bib="http://purl.org/net/biblio#"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:foaf="http://xmlns.com/foaf/0.1/">
"""
TAIL = "</rdf:RDF>\n"
_FORMULA = re.compile(
    r'<math[^>]*>(?:(?!</math>).)*?<annotation encoding="application/x-tex">(?P<tex>[^<]*)</annotation></semantics></math>',
    re.DOTALL,
)


def zotero_rdf(work: Work) -> str:
    """One item and its notes, to stand between ``HEAD`` and ``TAIL``.

    The item is named by its number here: two works may have one address, and one resource is one item.
    """
    item = f"paper-{work.pk}"
    memos = [f"{item}-note-{number}" for number in range(1, len(work.notes) + 1)]
    lines = [_element("z:itemType", ZOTERO_TYPES.get(work.kind, OTHER_TYPE))]
    if work.names:
        lines += ["<bib:authors><rdf:Seq>", *map(_person, work.people), "</rdf:Seq></bib:authors>"]
    lines += [f'<dcterms:isReferencedBy rdf:resource="#{memo}"/>' for memo in memos]
    lines += [_element("dc:subject", one_line(tag)) for tag in work.tags]
    lines += [_element("dc:title", work.plain_title), _element("dcterms:abstract", work.plain_abstract)]
    lines += [_element("dc:date", "-".join(work.date)), _element("z:language", work.language)]
    if work.arxiv_id:
        lines += [_element("z:repository", "arXiv"), _element("z:archiveID", f"arXiv:{work.arxiv_id}")]
    if work.any_doi:
        lines.append(_element("dc:identifier", f"DOI {work.any_doi}"))
    if work.address:
        value = _element("rdf:value", work.address)
        lines.append(f"<dc:identifier><dcterms:URI>{value}</dcterms:URI></dc:identifier>")
    inner = "\n".join(f"  {line}" for line in lines if line)
    notes = [_memo(memo, note) for memo, note in zip(memos, work.notes, strict=True)]
    return "\n".join([f'<rdf:Description rdf:about="#{item}">', inner, "</rdf:Description>", *notes]) + "\n"


def zotero_note(html: str) -> str:
    """Safe HTML as Zotero's notes want it: formulas as TeX, which they draw themselves, and not as MathML."""
    return _FORMULA.sub(r'<span class="math">$\g<tex>$</span>', html)


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text, quote=False)}</{name}>" if text else ""


def _person(name: Name) -> str:
    """A ``foaf:Person`` of a surname alone is shown in one field: how Zotero keeps groups."""
    parts = _element("foaf:surname", name.family) + _element("foaf:givenName", name.given)
    return f"  <rdf:li><foaf:Person>{parts}</foaf:Person></rdf:li>"


def _memo(name: str, html: str) -> str:
    value = _element("rdf:value", displayable(zotero_note(html)))
    return f'<bib:Memo rdf:about="#{name}">{value}</bib:Memo>'
