"""A feed as Atom (RFC 4287), its history as paged feeds (RFC 5005).

Django's syndication framework writes one author an item, knows neither content, nor paging, nor a language for each
item, and leaves out ``updated`` (its Atom does not validate); of it only the escaping generator is left.
"""

from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.utils.xmlutils import SimplerXMLGenerator

from digest.site.feeds.documents import Feed, Item, Person, moment

NO_ATTRIBUTES: "AttributesImpl[str]" = AttributesImpl({})
NAMESPACE = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml"
PROGRAM = "Naranhi"


def write_atom(feed: Feed) -> str:
    """The whole document."""
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement("feed", AttributesImpl({"xmlns": NAMESPACE, "xml:lang": feed.language}))
    xml.addQuickElement("id", feed.id)
    xml.addQuickElement("title", feed.title)
    xml.addQuickElement("subtitle", feed.subtitle)
    xml.addQuickElement("updated", moment(feed.updated))
    _person(xml, feed.author)
    xml.addQuickElement("link", None, {"rel": "alternate", "type": "text/html", "href": feed.page_url})
    for rel, href in relations(feed):
        kind = {} if rel == "hub" else {"type": TYPE}
        xml.addQuickElement("link", None, {"rel": rel, **kind, "href": href})
    xml.addQuickElement("generator", PROGRAM)
    for item in feed.items:
        _entry(xml, item)
    xml.endElement("feed")
    xml.endDocument()
    return out.getvalue()


def relations(feed: Feed) -> list[tuple[str, str]]:
    """Where a feed leads besides its page: (relation, address). A hub knows the first page alone."""
    found = [("self", feed.url), ("first", feed.first), ("previous", feed.previous), ("next", feed.next)]
    return [(rel, href) for rel, href in [*found, ("hub", feed.hub)] if href]


def _entry(xml: SimplerXMLGenerator, item: Item) -> None:
    xml.startElement("entry", NO_ATTRIBUTES)
    xml.addQuickElement("id", item.id)
    xml.addQuickElement("title", item.title, {"xml:lang": item.language})
    xml.addQuickElement("published", moment(item.published))
    xml.addQuickElement("updated", moment(item.updated))
    for author in item.authors:
        _person(xml, author)
    xml.addQuickElement("link", None, {"rel": "alternate", "type": "text/html", "href": item.url})
    if item.related:
        xml.addQuickElement("link", None, {"rel": "related", "href": item.related})
    for tag in item.tags:
        xml.addQuickElement("category", None, {"term": tag})
    said = {"xml:lang": item.content_language} if item.content_language else {}
    xml.addQuickElement("summary", item.summary, {"xml:lang": item.summary_language})
    xml.addQuickElement("content", item.html, {"type": "html"} | said)
    xml.endElement("entry")


def _person(xml: SimplerXMLGenerator, person: Person) -> None:
    xml.startElement("author", NO_ATTRIBUTES)
    xml.addQuickElement("name", person.name)
    xml.addQuickElement("uri", person.url)
    xml.endElement("author")
