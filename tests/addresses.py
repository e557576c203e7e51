"""Every public address there is, made from entries. tests/test_public.py fails for one that is missing here."""

import datetime
from urllib.parse import urlencode

from django.conf import settings
from django.urls import URLPattern, get_resolver, reverse

from digest.reading.sitemap import PART
from papers.citations import FORMATS
from papers.identifiers import find_arxiv_ids, slugify_title
from tests.planted import TOKENS

EDITIONS = ("site", "ko", "en")


def dates(entries):
    return [{"date": entry.digest.date} for entry in entries]


def papers(entries):
    return [{"paper_id": e.paper.pk, "slug": slugify_title(e.paper.title)} for e in entries]


def authors(entries):
    found = [byline.author for entry in entries for byline in entry.paper.authorships.all()]
    return [{"author_id": author.pk, "slug": slugify_title(author.name)} for author in found]


def tags(entries):
    return [{"slug": tag.slug} for entry in entries for tag in entry.tags.all()]


def arxiv_ids(entries):
    """The papers' own ids, which lead to their pages, and those their notes cite, some of which have a page too."""
    own = [entry.paper.arxiv_id for entry in entries]
    cited = [number for e in entries for note in e.notes.all() for number in find_arxiv_ids(note.body)]
    return [{"arxiv_id": arxiv_id} for arxiv_id in dict.fromkeys(own + cited)]


def months(entries):
    return [{"year": entry.digest.date.year, "month": entry.digest.date.month} for entry in entries]


def years(entries):
    return [{"year": entry.digest.date.year} for entry in entries]


def weeks(entries):
    found = [entry.digest.date.isocalendar() for entry in entries]
    return [{"year": week.year, "week": week.week} for week in found]


def nothing(entries):
    return [{}]


def in_formats(make):
    """As files for reference managers: the first in every format, the others in RDF, which says most."""

    def made(entries):
        rows = make(entries)
        found = [row | {"format": format} for row in rows[:1] for format in FORMATS]
        return found + [row | {"format": "rdf"} for row in rows[1:]]

    return made


def author_ids(entries):
    return [{"author_id": made["author_id"]} for made in authors(entries)]


def as_feeds(make):
    """Each as feeds; every combination is asked in tests/digest/site/feeds/test_views.py."""
    kinds = [("digests", "atom"), ("papers", "rss"), ("papers", "json")]
    return lambda entries: [made | {"items": i, "form": form} for made in make(entries) for i, form in kinds]


# name of the address: (its arguments, made from entries; arguments of a page that never existed)
ADDRESSES = {
    "home": (nothing, None),
    "archive": (nothing, None),
    "year": (years, {"year": 1995}),
    "month": (months, {"year": 1995, "month": 1}),
    "week": (weeks, {"year": 1995, "week": 1}),
    "digest": (dates, {"date": datetime.date(1995, 1, 1)}),
    "paper": (papers, {"paper_id": 10**9, "slug": "x"}),
    "author": (authors, {"author_id": 10**9, "slug": "x"}),
    "arxiv": (arxiv_ids, {"arxiv_id": "9501.00001"}),
    "tags": (nothing, None),
    "tag": (tags, {"slug": "never-was"}),
    "trends": (nothing, None),
    "search": (nothing, None),
    "search_suggest": (nothing, None),
    "opensearch": (nothing, None),
    "about": (nothing, None),
    "feeds": (nothing, None),
    "feed": (as_feeds(nothing), None),
    "tag_feed": (as_feeds(tags), {"slug": "never-was", "items": "papers", "form": "atom"}),
    "author_feed": (as_feeds(author_ids), {"author_id": 10**9, "items": "papers", "form": "atom"}),
    "search_feed": (as_feeds(nothing), None),
    "reading_list": (nothing, None),
    "offline": (nothing, None),
    "cite_paper": (in_formats(papers), {"paper_id": 10**9, "slug": "x", "format": "bib"}),
    "cite_digest": (in_formats(dates), {"date": datetime.date(1995, 1, 1), "format": "bib"}),
    "cite_tag": (in_formats(tags), {"slug": "never-was", "format": "bib"}),
    "cite_author": (in_formats(authors), {"author_id": 10**9, "slug": "x", "format": "bib"}),
    "cite_search": (in_formats(nothing), None),
    "cite": (in_formats(nothing), None),
    "unapi": (nothing, None),
    "card": (nothing, None),
    "digest_card": (dates, {"date": datetime.date(1995, 1, 1)}),
    "paper_card": (papers, {"paper_id": 10**9, "slug": "x"}),
}
# The pages that have a twin in Markdown, below their own arguments (digest/site/twins/).
TWINNED = (
    *("home", "archive", "year", "month", "week", "digest", "paper", "author", "arxiv"),
    *("tags", "tag", "trends", "search", "about", "feeds"),
)
ADDRESSES |= {f"md:{name}": ADDRESSES[name] for name in TWINNED}
# What an address cannot do without.
QUERIES = dict.fromkeys(("cite_search", "search_feed"), "?q=lang:ko")  # finds something on every site


# Addresses there are once, not in each edition.
ROOTS = ["service_worker", "manifest"]
ROOTS += ["robots", "llms", "sitemap_index"]
ROOTS += ["favicon", "touch_icon"]
# What says something only of a page it is asked for; see embeds().
ASKED = ["oembed"]
# Files of the sitemap, which is in parts.
PARTED = ["sitemap"]
# What an operator builds or not; tests/digest/site/test_views_archive_file.py and tests/test_site_archive.py look into it.
FILES = ["archive_file"]
# The readers' API, once for all editions: as ADDRESSES.
API = {
    **dict.fromkeys(("root", "schema", "schema_json", "schema_yaml", "docs"), (nothing, None)),
    **dict.fromkeys(("digests", "entries", "papers", "authors", "tags"), (nothing, None)),
    **dict.fromkeys(("notes", "mentions", "trends", "search"), (nothing, None)),
    "digest": (dates, {"date": datetime.date(1995, 1, 1)}),
    "entry": (lambda entries: [{"entry_id": entry.pk} for entry in entries], {"entry_id": 10**9}),
    "paper": (lambda entries: [{"paper_id": entry.paper_id} for entry in entries], {"paper_id": 10**9}),
    "author": (
        lambda entries: [{"author_id": made["author_id"]} for made in authors(entries)],
        {"author_id": 10**9},
    ),
    "tag": (tags, {"slug": "never-was"}),
}
# Not for readers: below them nobody gets anything without signing in (tests/digest/desk/test_addresses.py).
CLOSED = ("admin/", "api/v1/desk/")


def public_patterns(resolver=None, namespace="", prefix="", within=""):
    """(namespace, name) of every address that is not closed; a namespace within one is part of the name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if route.startswith(CLOSED):
            continue
        if isinstance(pattern, URLPattern):
            yield namespace, within + pattern.name
        elif namespace and pattern.namespace:
            yield from public_patterns(pattern, namespace, route, f"{within}{pattern.namespace}:")
        else:
            yield from public_patterns(pattern, pattern.namespace or namespace, route, within)


def paths_of(entries, editions=EDITIONS):
    pages = [
        reverse(f"{edition}:{name}", kwargs=arguments) + QUERIES.get(name, "")
        for edition in editions
        for name, (make, _) in ADDRESSES.items()
        for arguments in make(entries)
    ]
    once = [*map(reverse, ROOTS), *sitemap_parts(entries), *searches(editions)]
    return pages + once + api_paths(entries) + embeds(entries, editions)


def embeds(entries, editions=EDITIONS):
    """What other sites are told in both formats of the pages that they may embed."""
    pages = [
        reverse(f"{edition}:{name}", kwargs=arguments)
        for edition in editions
        for name in ("digest", "paper")
        for arguments in ADDRESSES[name][0](entries)
    ]
    asked = [{"url": settings.SITE_URL + page, "format": form} for page in pages for form in ("json", "xml")]
    return [f"{reverse('oembed')}?{urlencode(query)}" for query in asked]


def api_paths(entries):
    """Every resource, and each list in pages of one, so that a crawl follows them to the end."""
    paths = [
        reverse(f"api:{name}", kwargs=arguments)
        for name, (make, _) in API.items()
        for arguments in make(entries)
    ]
    lists = ("digests", "entries", "papers", "authors", "tags", "notes", "mentions")
    return paths + [f"{reverse(f'api:{name}')}?page_size=1" for name in lists]


def sitemap_parts(entries):
    """The file of the pages there are once, and those that list these entries."""
    parts = {("pages", 1)} | {("digests", entry.digest.date.year) for entry in entries}
    parts |= {("papers", entry.paper_id // PART + 1) for entry in entries}
    parts |= {("tags", tag.pk // PART + 1) for entry in entries for tag in entry.tags.all()}
    parts |= {("authors", arguments["author_id"] // PART + 1) for arguments in authors(entries)}
    return [reverse("sitemap", args=[part]) for part in sorted(parts)]


def searches(editions=EDITIONS):
    """Searches by public words, and by tokens that are not typed to their end, through every door."""
    words = ["in both", "노트", "lang:ko", "kun", "tag:scaling-law", "title", "zq"]
    words += [token[:-2] for token in TOKENS.values()]
    return [f"{door}?{urlencode({'q': word})}" for door in search_doors(editions) for word in words]


def search_doors(editions=EDITIONS):
    names = ("search", "search_suggest")
    return [*(reverse(f"{edition}:{name}") for edition in editions for name in names), reverse("api:search")]
