"""What a page says of a work to programs: Highwire and Dublin Core ``<meta>`` elements, and COinS."""

from urllib.parse import urlencode

from papers.citations.work import Work, one_line
from papers.citations.zotero import OTHER_TYPE, ZOTERO_TYPES

# COinS stand beside every entry of a digest: a byline of two hundred would weigh more than the page. unAPI gives all.
MOST_COINS_NAMES = 3


def head_metas(work: Work) -> list[tuple[str, str]]:
    """The ``<meta>`` elements of a page about one work, as (name, content) in order.

    Google Scholar wants title, authors and publication date; the date is left out where it is not known, and no PDF
    is named, because it would have to lie below the page. The ``z:`` names are Zotero's: without them it makes a
    journal article in the language of the page. Of two neighbouring equal ``citation_author`` Zotero keeps one, of two
    ``DC.creator`` both.
    """
    names = [name.inverted for name in work.people]
    found = [("citation_title", work.plain_title)]
    found += [("citation_author", name) for name in names]
    found += [("citation_publication_date", "/".join(work.date))]
    found += [("citation_doi", work.any_doi), ("citation_arxiv_id", work.arxiv_id)]
    found += [("citation_language", work.language), ("citation_abstract", work.plain_abstract)]
    found += [("citation_keywords", "; ".join(map(one_line, work.tags)))]
    found += [("z:itemType", ZOTERO_TYPES.get(work.kind, OTHER_TYPE))]
    if work.arxiv_id:
        found += [("z:repository", "arXiv"), ("z:archiveID", f"arXiv:{work.arxiv_id}")]
    found += [("DC.title", work.plain_title), *(("DC.creator", name) for name in names)]
    found += [("DC.date", "-".join(work.date)), ("DC.language", work.language)]
    return [(name, content) for name, content in found if content]


def coins(work: Work) -> str:
    """The title of a ``span.Z3988``: the first names (MOST_COINS_NAMES), then no more."""
    fields = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", ZOTERO_TYPES.get(work.kind, OTHER_TYPE)),
        ("rft.title", work.plain_title),
        *(("rft.au", name.inverted) for name in work.people[:MOST_COINS_NAMES]),
        ("rft.date", "-".join(work.date)),
        ("rft.language", work.language),
        ("rft_id", f"info:doi/{work.any_doi}" if work.any_doi else ""),
        ("rft_id", work.address),
    ]
    # A space as "+", not "%20": a third fewer bytes on a digest.
    return urlencode([(name, value) for name, value in fields if value], safe=":/,")
