"""What Zotero makes of a page, by the rules of its translators as they were measured on its own translation server.

unAPI wins over COinS, COinS over embedded metadata. Only what our pages use of these rules is here.
"""

import re
from html.parser import HTMLParser
from urllib.parse import parse_qsl
from xml.etree import ElementTree

RDF, Z = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.zotero.org/namespaces/export#"
NAMES = {
    "rdf": RDF,
    "z": Z,
    "bib": "http://purl.org/net/biblio#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}
# Formats of unAPI by preference.
WANTED = ("rdf_zotero", "ris", "bibtex")


class Page(HTMLParser):
    """What of a page the translators look at: ``<meta>`` names only within ``html > head``."""

    def __init__(self, html):
        super().__init__()
        self.language, self.in_head = "", False
        self.metas, self.coins, self.ids, self.server = [], [], [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        classes = (attrs.get("class") or "").split()
        if tag == "html":
            self.language = attrs.get("lang", "")
        elif tag in ("head", "body"):
            self.in_head = tag == "head"
        elif tag == "meta" and self.in_head and "name" in attrs:
            self.metas.append((attrs["name"], attrs.get("content", "")))
        elif tag == "link" and attrs.get("rel") == "unapi-server":
            self.server = attrs["href"]
        elif tag == "span" and "Z3988" in classes:
            self.coins.append(attrs["title"])
        elif tag == "abbr" and "unapi-id" in classes:
            self.ids.append(attrs["title"])


def translate(html, fetch, *, without=()):
    """(translator, items): one item is saved at once, several are offered as choices. ``fetch(address) -> bytes``."""
    page = Page(html)
    if "unapi" not in without and page.server and page.ids:
        offered = ElementTree.fromstring(fetch(f"{page.server}?id={page.ids[0]}"))
        names = [each.get("name") for each in offered.findall("format")]
        if next(name for name in WANTED if name in names) == "rdf_zotero":
            files = [fetch(f"{page.server}?id={each}&format=rdf_zotero") for each in page.ids]
            return "unAPI", [item for file in files for item in read_rdf(file)]
    if "coins" not in without and page.coins:
        return "COinS", [read_coins(each) for each in page.coins]
    return "Embedded Metadata", [read_embedded(page)]


def read_rdf(file):
    """The items of a Zotero RDF file, their notes as child notes."""
    root = ElementTree.fromstring(file)
    memos = {
        memo.get(f"{{{RDF}}}about"): memo.findtext("rdf:value", "", NAMES)
        for memo in root.findall("bib:Memo", NAMES)
    }
    return [_item(node, memos) for node in root.findall("rdf:Description", NAMES)]


def _item(node, memos):
    def text(path):
        return node.findtext(path, None, NAMES)

    identifiers = node.findall("dc:identifier", NAMES)
    people = node.findall("bib:authors/rdf:Seq/rdf:li/foaf:Person", NAMES)
    linked = [each.get(f"{{{RDF}}}resource") for each in node.findall("dcterms:isReferencedBy", NAMES)]
    doi = [
        each.text.removeprefix("DOI ") for each in identifiers if each.text and each.text.startswith("DOI ")
    ]
    item = {
        "title": text("dc:title"),
        "creators": [
            (one.findtext("foaf:givenName", "", NAMES), one.findtext("foaf:surname", "", NAMES))
            for one in people
        ],
        "tags": [each.text for each in node.findall("dc:subject", NAMES)],
        "abstractNote": text("dcterms:abstract"),
        "date": text("dc:date"),
        "DOI": doi[0] if doi else None,
        "url": text("dc:identifier/dcterms:URI/rdf:value"),
        "notes": [memos[name] for name in linked],
    }
    # Whatever stands in Zotero's own namespace is a field of that name.
    item |= {each.tag.removeprefix(f"{{{Z}}}"): each.text for each in node if each.tag.startswith(f"{{{Z}}}")}
    return {name: value for name, value in item.items() if value is not None}


def read_coins(title):
    """A context object; ``rft.type`` is Zotero's own name of the type."""
    fields = parse_qsl(title, keep_blank_values=True)
    assert ("ctx_ver", "Z39.88-2004") in fields
    assert ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc") in fields
    one = dict(fields)
    ids = [value for name, value in fields if name == "rft_id"]
    item = {
        "itemType": one["rft.type"],
        "title": one["rft.title"],
        "creators": [_clean_author(value) for name, value in fields if name == "rft.au"],
        "date": one.get("rft.date"),
        "language": one.get("rft.language"),
        "DOI": next((each.removeprefix("info:doi/") for each in ids if each.startswith("info:doi/")), None),
        "url": next((each for each in ids if each.startswith("http")), None),
    }
    return {name: value for name, value in item.items() if value is not None}


def read_embedded(page):
    """Highwire names with Zotero's and Dublin Core. Dublin Core keeps what Highwire loses of a byline."""
    one = {}
    for name, content in page.metas:
        one.setdefault(name, content)
    highwire = _without_neighbouring_equals([v for name, v in page.metas if name == "citation_author"])
    dublin = [value for name, value in page.metas if name == "DC.creator"]
    item = {
        "itemType": one.get("z:itemType", "journalArticle"),
        "title": one.get("citation_title"),
        "creators": [_clean_author(name) for name in (dublin if len(dublin) > len(highwire) else highwire)],
        "abstractNote": one.get("citation_abstract"),
        "date": one.get("citation_publication_date"),
        "DOI": one.get("citation_doi"),
        "language": one.get("citation_language", page.language),
        "repository": one.get("z:repository"),
        "archiveID": one.get("z:archiveID"),
        "tags": re.split("; ", one["citation_keywords"]) if "citation_keywords" in one else None,
    }
    return {name: value for name, value in item.items() if value is not None}


def _without_neighbouring_equals(names):
    return [name for place, name in enumerate(names) if not place or name != names[place - 1]]


def _clean_author(name):
    family, comma, given = name.partition(", ")
    if comma:
        return given, family
    first, _, last = name.rpartition(" ")
    return first, last
