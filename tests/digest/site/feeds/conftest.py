"""Feeds as programs read them: every address there is, parsed, and three validators."""

import json
from pathlib import Path

import pytest
from django.urls import reverse

from papers.models import Author
from tests.digest.site.conftest import site as site  # the same small site
from tests.indexed import build_indexes

HERE = Path(__file__).parent
EDITIONS = ("site", "ko", "en")
ITEMS = ("digests", "papers")
FORMS = ("atom", "rss", "json")
ATOM = "{http://www.w3.org/2005/Atom}"


def scopes():
    """{name of the address: (arguments, query)}: one of each scope."""
    author = Author.objects.order_by("pk").first()
    return {
        "feed": ([], ""),
        "tag_feed": (["moe,scaling-law"], ""),
        "author_feed": ([author.pk if author else 1], ""),
        "search_feed": ([], "?q=note"),
    }


def every_feed():
    """The addresses of every combination of edition, scope, items and format."""
    return [
        reverse(f"{edition}:{name}", args=[*arguments, items, form]) + query
        for edition in EDITIONS
        for name, (arguments, query) in scopes().items()
        for items in ITEMS
        for form in FORMS
    ]


@pytest.fixture
def indexed(site):
    build_indexes("public")


@pytest.fixture
def atom(client):
    """The root element of an Atom feed."""
    etree = pytest.importorskip("lxml.etree")

    def read(path):
        response = client.get(path)
        assert response.status_code == 200, path
        return etree.fromstring(response.content)

    return read


@pytest.fixture
def told(client):
    """A JSON feed as data."""

    def read(path):
        response = client.get(path)
        assert response.status_code == 200, path
        return json.loads(response.content)

    return read


@pytest.fixture(scope="session")
def faults():
    """Every fault of a feed by the rules of its format; none for a valid one."""
    etree, feedparser = pytest.importorskip("lxml.etree"), pytest.importorskip("feedparser")
    jsonschema = pytest.importorskip("jsonschema")
    grammar = etree.RelaxNG(etree.parse(HERE / "atom.rng"))
    schema = jsonschema.Draft202012Validator(json.loads((HERE / "feed.schema.json").read_text()))

    def check(path, body):
        if ".json" in path:
            found = json.loads(body)
            ids = [item["id"] for item in found["items"]]
            return [error.message for error in schema.iter_errors(found)] + repeated(ids)
        read = feedparser.parse(body)
        said = [str(read.bozo_exception)] if read.bozo else []
        root = etree.fromstring(body)
        if ".atom" in path:
            grammar.validate(root)
            return said + [str(error) for error in grammar.error_log] + atom_faults(root)
        return said + rss_faults(root)

    return check


def repeated(values):
    return [f"repeated: {value}" for value in set(values) if values.count(value) > 1]


def atom_faults(root):
    """What RFC 4287 asks for in words or in Schematron alone."""
    found = repeated([entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")])
    if root.find(f"{ATOM}author") is None and any(
        entry.find(f"{ATOM}author") is None for entry in root.iter(f"{ATOM}entry")
    ):
        found.append("4.1.1: an author for every entry")
    for holder in (root, *root.iter(f"{ATOM}entry")):
        links = [
            (link.get("rel"), link.get("type"), link.get("hreflang"))
            for link in holder.findall(f"{ATOM}link")
        ]
        found += repeated([link for link in links if link[0] == "alternate"])
        if holder.findtext(f"{ATOM}id", "").split(":")[0] not in ("tag", "http", "https"):
            found.append("4.2.6: an absolute id")
    return found


def rss_faults(root):
    """RSS 2.0 as its specification and the RSS Advisory Board's profile have it."""
    channel = root.find("channel")
    found = [name for name in ("title", "link", "description") if not channel.findtext(name)]
    found += ["version"] * (root.get("version") != "2.0")
    found += repeated([item.findtext("guid") for item in channel.findall("item")])
    for item in channel.findall("item"):
        if not (item.findtext("title") or item.findtext("description")):
            found.append("an item with neither title nor description")
        if item.find("guid").get("isPermaLink") != "false":
            found.append("a guid that is no address must say so")
        found += repeated([child.tag for child in item if not child.tag.endswith(("}creator", "category"))])
    once = [child.tag for child in channel if child.tag not in ("item", f"{ATOM}link")]
    selves = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    return found + repeated(once) + ["one atom:link to itself"] * (len(selves) != 1)
