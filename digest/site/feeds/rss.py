"""A feed as RSS 2.0, with the modules that readers know: the content, an author each, its own address, the last change."""

from email.utils import format_datetime
from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.utils.xmlutils import SimplerXMLGenerator

from digest.site.feeds.atom import NAMESPACE, NO_ATTRIBUTES, PROGRAM, relations
from digest.site.feeds.documents import Feed, Item, moment

TYPE = "application/rss+xml"
MODULES = {
    "xmlns:atom": NAMESPACE,
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
}


def write_rss(feed: Feed) -> str:
    """The whole document."""
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement("rss", AttributesImpl({"version": "2.0"} | MODULES))
    xml.startElement("channel", NO_ATTRIBUTES)
    xml.addQuickElement("title", feed.title)
    xml.addQuickElement("link", feed.page_url)
    xml.addQuickElement("description", feed.subtitle)
    xml.addQuickElement("language", feed.language)
    xml.addQuickElement("lastBuildDate", format_datetime(feed.updated))
    xml.addQuickElement("generator", PROGRAM)
    for rel, href in relations(feed):
        kind = {} if rel == "hub" else {"type": TYPE}
        xml.addQuickElement("atom:link", None, {"rel": rel, **kind, "href": href})
    for item in feed.items:
        _item(xml, item)
    xml.endElement("channel")
    xml.endElement("rss")
    xml.endDocument()
    return out.getvalue()


def _item(xml: SimplerXMLGenerator, item: Item) -> None:
    xml.startElement("item", NO_ATTRIBUTES)
    xml.addQuickElement("guid", item.id, {"isPermaLink": "false"})
    xml.addQuickElement("title", item.title)
    xml.addQuickElement("link", item.url)
    xml.addQuickElement("pubDate", format_datetime(item.published))
    xml.addQuickElement("atom:updated", moment(item.updated))
    for author in item.authors:
        xml.addQuickElement("dc:creator", author.name)
    for tag in item.tags:
        xml.addQuickElement("category", tag)
    xml.addQuickElement("description", item.summary)
    xml.addQuickElement("content:encoded", item.html)
    xml.endElement("item")
