"""What the page of a paper shows around its notes, put together from several readings."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from digest.reading.citing import work_of
from digest.reading.entries import PublicEntry, languages_of
from digest.reading.mentions import cited_in, mentions_of
from digest.reading.related import related_papers
from digest.site.editions import Edition
from digest.site.rendering import reverse_in
from papers.citations import bibtex, head_metas
from papers.identifiers import slugify_title
from papers.models import Paper
from papers.tex import tex_to_text

# Beside the BibTeX that the page shows: what is copied and saved from its citing part, below the page's own address.
CITE_FILES = (
    ("cite.ris", "RIS"),
    ("cite.json", "CSL-JSON"),
    ("cite.rdf", "Zotero RDF"),
    ("cite.txt", "APA"),
    ("cite.txt?style=chicago", "Chicago"),
    ("cite.txt?style=ieee", "IEEE"),
)


def paper_path(edition: Edition, paper: Paper) -> str:
    """The address of a paper's page within an edition."""
    return reverse_in(edition, "paper", paper.pk, slugify_title(tex_to_text(paper.title)))


def title_links(edition: Edition, papers: Mapping[str, Paper]) -> dict[str, str]:
    """Title key → address, for the ``[[Title]]`` links of notes."""
    return {key: paper_path(edition, paper) for key, paper in papers.items()}


def source_of(entry: PublicEntry) -> str:
    """Where readers met a paper, as reference lists note it: ``Naranhi, 2024-10-10, no. 6``."""
    return f"{settings.SITE_NAME}, {entry.date.isoformat()}, no. {entry.position}"


def paper_context(edition: Edition, paper: Paper, entries: list[PublicEntry]) -> dict[str, Any]:
    """For ``site/paper.html``. ``entries``: all published ones about the paper, newest first, at least one."""
    tags = list({tag.slug: tag for entry in entries for tag in entry.tags}.values())
    cites, titled = cited_in(entries, paper)
    mentions, more_mentions = mentions_of(paper)
    newest = entries[0]
    work = work_of(entries, source=source_of(newest))
    return {
        "paper": paper,
        "authors": newest.authors,
        "tags": tags,
        "entries": entries,
        "languages": languages_of(entries),
        "titles": title_links(edition, titled),
        "cites": cites,
        "mentions": mentions,
        "more_mentions": more_mentions,
        "related": related_papers(paper.pk),
        "bibtex": bibtex(work),
        "cite_files": CITE_FILES,
        "metas": head_metas(work),
    }
