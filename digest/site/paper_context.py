"""What the page of a paper shows around its notes, put together from several readings."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from digest.reading.entries import PublicEntry, languages_of
from digest.reading.mentions import cited_in, mentions_of
from digest.reading.related import related_papers
from digest.site.editions import Edition
from digest.site.rendering import reverse_in
from papers.citations import bibtex, ris
from papers.identifiers import slugify_title
from papers.models import Paper
from papers.tex import tex_to_text


def paper_path(edition: Edition, paper: Paper) -> str:
    """The address of a paper's page within an edition."""
    return reverse_in(edition, "paper", paper.pk, slugify_title(tex_to_text(paper.title)))


def title_links(edition: Edition, papers: Mapping[str, Paper]) -> dict[str, str]:
    """Title key → address, for the ``[[Title]]`` links of notes."""
    return {key: paper_path(edition, paper) for key, paper in papers.items()}


def paper_context(edition: Edition, paper: Paper, entries: list[PublicEntry]) -> dict[str, Any]:
    """For ``site/paper.html``. ``entries``: all published ones about the paper, newest first, at least one."""
    tags = list({tag.slug: tag for entry in entries for tag in entry.tags}.values())
    names = [byline.name for byline in entries[0].authors]
    cites, titled = cited_in(entries, paper)
    mentions, more_mentions = mentions_of(paper)
    newest = entries[0]
    source = f"{settings.SITE_NAME}, {newest.date.isoformat()}, no. {newest.position}"
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
        "bibtex": bibtex(paper, names, note=source),
        "ris": ris(paper, names, keywords=[tag.name for tag in tags]),
    }
