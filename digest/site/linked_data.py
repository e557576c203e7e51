"""What search engines read of a page: schema.org as plain dictionaries, which the template writes as JSON-LD.

A note is a ``Review`` of somebody else's work; the work has one ``@id`` in all editions. Texts are not repeated here:
they stand on the page.
"""

import datetime
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from digest.reading.authors import AuthorPage
from digest.reading.changes import digest_changed
from digest.reading.entries import PublicEntry, languages_of
from digest.site.editions import BOTH, Edition
from digest.site.paper_context import paper_path
from digest.site.rendering import reverse_in
from digest.templatetags.pages import in_words
from digest.text.languages import language_of
from papers.citations.work import split_name
from papers.identifiers import arxiv_url
from papers.models import Paper
from papers.tex import tex_to_text

Node = dict[str, Any]

# What schema.org calls the kinds of papers.models.Paper.
KINDS = {
    "paper": "ScholarlyArticle",
    "post": "BlogPosting",
    "release": "CreativeWork",
    "other": "CreativeWork",
}


def absolute(path: str) -> str:
    """The whole address of a path of this site."""
    return f"{settings.SITE_URL}{path}"


def home_data(edition: Edition, logo: str) -> Node:
    """The site, and how to search it."""
    search = f"{absolute(reverse_in(edition, 'search'))}?q={{words}}"
    return _document(
        {
            "@type": "WebSite",
            "@id": f"{absolute('/')}#site",
            "name": settings.SITE_NAME,
            "url": absolute(edition.home),
            "inLanguage": list(edition.languages),
            "publisher": _publisher() | {"url": absolute("/"), "logo": logo},
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": search},
                "query-input": "required name=words",
            },
        }
    )


def digest_data(edition: Edition, date: datetime.date, entries: Sequence[PublicEntry]) -> Node:
    """An issue of a periodical, whose parts are reviews; each is to be found at its number on the page."""
    name = in_words(date, "date", edition.interface)
    issue = {
        "@type": ["PublicationIssue", "CollectionPage"],
        "@id": absolute(reverse_in(edition, "digest", date)),
        "name": name,
        "isPartOf": {"@type": "Periodical", "name": settings.SITE_NAME, "url": absolute(edition.home)},
        **_dates(date, max(entry.published for entry in entries), digest_changed(entries, None)),
        **_languages(edition, entries),
        "hasPart": [
            {"@id": f"#e{entry.position}", "@type": "Review", "itemReviewed": {"@id": work_id(entry.paper)}}
            for entry in entries
        ],
    }
    return _document(issue)


def paper_data(edition: Edition, entries: Sequence[PublicEntry]) -> Node:
    """The work itself, and a review of it for each note this edition shows. ``entries``: newest first."""
    newest = entries[0]
    work = _work(newest)
    reviews = [
        _review(edition, entry, language)
        for entry in entries
        for language in edition.languages
        if language in entry.notes
    ]
    day = (in_words(newest.date, "date", edition.interface), reverse_in(edition, "digest", newest.date))
    return _document(work, *reviews, _crumbs(work["name"], _archive(edition), day))


def author_data(edition: Edition, page: AuthorPage, path: str) -> Node:
    """A page about a name, which several people may share; so nothing identifies the person any further."""
    name = page.author.name
    profile = {
        "@type": "ProfilePage",
        "@id": absolute(path),
        "mainEntity": _person(name) | {"@id": f"{absolute(path)}#author"},
        "hasPart": [{"@id": work_id(entry.paper)} for entry in page.entries],
    }
    return _document(profile, _crumbs(name, (settings.SITE_NAME, edition.home)))


def tag_data(edition: Edition, name: str, path: str) -> Node:
    """The collection of what has a tag."""
    page = {
        "@type": "CollectionPage",
        "@id": absolute(path),
        "name": name,
        "about": {"@type": "DefinedTerm", "name": name},
        "isPartOf": {"@id": f"{absolute('/')}#site"},
    }
    return _document(page, _crumbs(name, (gettext("Tags"), reverse_in(edition, "tags"))))


def work_id(paper: Paper) -> str:
    """What names the work itself, beside the pages about it."""
    return f"{absolute(paper_path(BOTH, paper))}#work"


def _document(*nodes: Node) -> Node:
    """One node stands alone, several side by side."""
    context = {"@context": "https://schema.org"}
    return context | nodes[0] if len(nodes) == 1 else context | {"@graph": list(nodes)}


def _work(entry: PublicEntry) -> Node:
    """Only what is known: an empty field is left out."""
    paper = entry.paper
    ids = {"arXiv": paper.arxiv_id, "DOI": paper.doi}
    title = tex_to_text(paper.title)
    same = [
        arxiv_url(paper.arxiv_id) if paper.arxiv_id else "",
        f"https://doi.org/{quote(paper.doi)}" if paper.doi else "",
        paper.url,
    ]
    known = {
        "name": title,
        "inLanguage": language_of(title),
        "author": [_person(byline.name) for byline in entry.authors],
        "sameAs": [address for address in same if address],
        "identifier": [
            {"@type": "PropertyValue", "propertyID": name, "value": value}
            for name, value in ids.items()
            if value
        ],
    }
    named = {"@type": KINDS[paper.kind], "@id": work_id(paper)}
    return named | {name: value for name, value in known.items() if value}


def _review(edition: Edition, entry: PublicEntry, language: str) -> Node:
    address = f"{absolute(reverse_in(edition, 'digest', entry.date))}#e{entry.position}"
    return {
        "@type": "Review",
        "url": address,
        "itemReviewed": {"@id": work_id(entry.paper)},
        "inLanguage": language,
        **_dates(entry.date, entry.published, entry.changed),
        "author": _publisher(),
        "publisher": _publisher(),
    }


def _person(name: str) -> Node:
    """A person, or a group where the printed name says so."""
    return {"@type": "Person" if split_name(name).given else "Organization", "name": name}


def _publisher() -> Node:
    return {"@type": "Organization", "@id": f"{absolute('/')}#publisher", "name": settings.SITE_NAME}


def _archive(edition: Edition) -> tuple[str, str]:
    return gettext("Digests"), reverse_in(edition, "archive")


def _crumbs(here: str, *above: tuple[str, str]) -> Node:
    """The way to this page, which ends with its own name."""
    steps: list[Node] = [
        {"@type": "ListItem", "position": number, "name": name, "item": absolute(path)}
        for number, (name, path) in enumerate(above, start=1)
    ]
    last = {"@type": "ListItem", "position": len(steps) + 1, "name": here}
    return {"@type": "BreadcrumbList", "itemListElement": [*steps, last]}


def _languages(edition: Edition, entries: Sequence[PublicEntry]) -> Node:
    """Those the page shows notes in; an edition whose language has none shows abstracts and names no language."""
    written = languages_of(list(entries))
    shown = [language for language in edition.languages if language in written]
    return {"inLanguage": shown} if shown else {}


def _dates(date: datetime.date, published: datetime.datetime, changed: datetime.datetime) -> Node:
    """The day of the digest, and in the site's own time when the words changed after they had appeared."""
    dates = {"datePublished": date.isoformat()}
    if changed > published:
        dates["dateModified"] = timezone.localtime(changed).isoformat(timespec="seconds")
    return dates
