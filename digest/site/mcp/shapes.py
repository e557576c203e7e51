"""What the tools answer besides Markdown, as data: one shape each, and those they share.

Without slots and defaults: the SDK reads the answers' schemas from the classes' own attributes.
"""

from dataclasses import dataclass

from django.conf import settings

from digest.reading.entries import PublicEntry
from digest.reading.search import Found, Snippet
from digest.site.editions import Edition
from digest.site.paper_context import paper_path
from digest.site.rendering import reverse_in
from digest.text import markdown
from papers.identifiers import arxiv_url
from papers.tex import tex_to_text


@dataclass(frozen=True)
class NoteText:
    """``text`` is Markdown."""

    language: str
    text: str


@dataclass(frozen=True)
class EntryData:
    """One paper as one digest discusses it. ``position`` is its place in the digest of ``date``."""

    date: str
    position: int
    digest_url: str
    paper_id: int
    title: str
    url: str
    authors: list[str]
    arxiv_id: str | None
    arxiv_url: str | None
    doi: str | None
    tags: list[str]
    notes: list[NoteText]
    abstract: str


@dataclass(frozen=True)
class DigestData:
    """A digest, and the dates of its neighbours."""

    date: str
    url: str
    entries: list[EntryData]
    previous: str | None
    next: str | None


@dataclass(frozen=True)
class PaperData:
    """A paper with every discussion of it, newest first. ``paper_id`` is null for one that notes only cite."""

    paper_id: int | None
    title: str
    url: str
    arxiv_id: str | None
    entries: list[EntryData]


@dataclass(frozen=True)
class Excerpt:
    """Some words around what was found, in Markdown with the words found in bold; of a note or the abstract."""

    language: str
    abstract: bool
    text: str


@dataclass(frozen=True)
class ResultData:
    """A result of a search."""

    paper_id: int
    title: str
    url: str
    date: str
    position: int
    authors: list[str]
    arxiv_id: str | None
    tags: list[str]
    excerpts: list[Excerpt]


@dataclass(frozen=True)
class SearchData:
    """A page of results. ``did_you_mean`` is a query that finds something where this one finds nothing."""

    query: str
    total: int
    page: int
    pages: int
    results: list[ResultData]
    did_you_mean: str | None


@dataclass(frozen=True)
class TagData:
    """A tag; ``slug`` is what addresses and ``tag:`` in a search call it."""

    slug: str
    name: str
    label_ko: str
    papers: int
    url: str


@dataclass(frozen=True)
class TagsData:
    """The most used tags that were asked for, and how many there are of these in all."""

    total: int
    tags: list[TagData]


@dataclass(frozen=True)
class DayData:
    """A digest in a list; ``titles`` only where a month is listed."""

    date: str
    papers: int
    url: str
    titles: list[str]


@dataclass(frozen=True)
class MonthData:
    """A month in a list."""

    month: str
    digests: int
    papers: int


@dataclass(frozen=True)
class DigestsData:
    """``months`` where years are listed, ``digests`` where a year or a month is."""

    months: list[MonthData]
    digests: list[DayData]


def page_url(edition: Edition, name: str, *args: object) -> str:
    """The absolute address of a page."""
    return f"{settings.SITE_URL}{reverse_in(edition, name, *args)}"


def entry_data(edition: Edition, entry: PublicEntry) -> EntryData:
    """An entry with its notes in the edition's languages."""
    paper = entry.paper
    return EntryData(
        date=entry.date.isoformat(),
        position=entry.position,
        digest_url=f"{page_url(edition, 'digest', entry.date)}#e{entry.position}",
        paper_id=paper.pk,
        title=tex_to_text(paper.title),
        url=settings.SITE_URL + paper_path(edition, paper),
        authors=[byline.name for byline in entry.authors],
        arxiv_id=paper.arxiv_id or None,
        arxiv_url=arxiv_url(paper.arxiv_id) if paper.arxiv_id else None,
        doi=paper.doi or None,
        tags=[tag.slug for tag in entry.tags],
        notes=[
            NoteText(code, markdown.note(entry.notes[code]))
            for code in edition.languages
            if code in entry.notes
        ],
        abstract=markdown.abstract(paper.abstract),
    )


def result_data(edition: Edition, found: Found) -> ResultData:
    """A result with the words that were found."""
    entry = entry_data(edition, found.entry)
    return ResultData(
        paper_id=entry.paper_id,
        title=entry.title,
        url=entry.url,
        date=entry.date,
        position=entry.position,
        authors=entry.authors,
        arxiv_id=entry.arxiv_id,
        tags=entry.tags,
        excerpts=[_excerpt(text) for text in found.texts],
    )


def _excerpt(text: Snippet) -> Excerpt:
    parts = (f"**{markdown.escape(words)}**" if hit else markdown.escape(words) for words, hit in text.pieces)
    return Excerpt(text.language, text.abstract, "".join(parts))
