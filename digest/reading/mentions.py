"""Who mentions a paper and whom its notes mention: only in words readers see, only papers they see."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Exists, Q

from digest.models import Entry, Reference, published_papers
from digest.reading.entries import PublicEntry, read_short
from digest.text.markup import NoteLink, cited_titles, lines_citing, note_links
from papers.models import Paper

# Newest first. A page that lists more says that there are older ones.
MOST_MENTIONS = 50


@dataclass(frozen=True, slots=True)
class Mention:
    """An entry whose notes mention the paper of the page."""

    date: datetime.date
    position: int
    title: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A work that a paper's notes mention: a public paper, or where there is none its arXiv id."""

    paper: Paper | None
    arxiv_id: str = ""


def mentions_of(paper: Paper) -> tuple[list[Mention], bool]:
    """Published entries on other papers that mention this one by arXiv id or title; are there older ones? One query."""
    # Where two public papers bear one title, a title means the first of them.
    first = published_papers().filter(title_key=paper.title_key, pk__lt=paper.pk)
    named = Q(~Q(title_key=""), ~Exists(first), title_key=paper.title_key)
    if paper.arxiv_id:
        named |= _by_arxiv_id(paper.arxiv_id)
    citing = Reference.objects.published().filter(named).values("revision__note__entry")
    entries = Entry.objects.published().filter(pk__in=citing).exclude(paper=paper).order_by("-order_key")
    columns = ("digest__date", "position", "paper__title")
    found = [Mention(*row) for row in entries.values_list(*columns)[: MOST_MENTIONS + 1]]
    return found[:MOST_MENTIONS], len(found) > MOST_MENTIONS


def entries_citing(arxiv_id: str) -> list[PublicEntry]:
    """Published entries whose notes link to an arXiv paper, newest first; of the notes, the passages that do.

    Three queries.
    """
    citing = Reference.objects.published().filter(_by_arxiv_id(arxiv_id)).values("revision__note__entry")
    entries = Entry.objects.published().filter(pk__in=citing).order_by("-order_key")
    return [_only_citing(entry, arxiv_id) for entry in read_short(entries[:MOST_MENTIONS])]


def cited_in(entries: Iterable[PublicEntry], paper: Paper) -> tuple[list[Cited], dict[str, Paper]]:
    """What the notes of one paper mention, in order, itself left out; and the papers by title key. One query at most.

    A title that no public paper has is left out: it is a word of the note, not an address.
    """
    links = dict.fromkeys(
        link for entry in entries for body in entry.notes.values() for link in note_links(body)
    )
    by_id, by_key = _public_papers(links)
    cited: dict[int | str, Cited] = {}
    for link in links:
        work = by_id.get(link.arxiv_id) or by_key.get(link.title_key)
        if work is not None:
            cited[work.pk] = Cited(work)
        elif link.arxiv_id:
            cited[link.arxiv_id] = Cited(None, link.arxiv_id)
    cited.pop(paper.pk, None)
    return list(cited.values()), by_key


def titled_papers(entries: Iterable[PublicEntry]) -> dict[str, Paper]:
    """The public papers that ``[[Title]]`` in these notes means, by title key. One query, or none without such links."""
    keys = {key for entry in entries for body in entry.notes.values() for key in cited_titles(body)}
    return _public_papers([NoteLink("title", "", "", key) for key in keys])[1]


def _public_papers(links: Iterable[NoteLink]) -> tuple[dict[str, Paper], dict[str, Paper]]:
    ids = {link.arxiv_id for link in links if link.arxiv_id}
    keys = {link.title_key for link in links if link.title_key}
    if not ids and not keys:
        return {}, {}
    by_id: dict[str, Paper] = {}
    by_key: dict[str, Paper] = {}
    for paper in published_papers().filter(Q(arxiv_id__in=ids) | Q(title_key__in=keys)).order_by("pk"):
        if paper.arxiv_id in ids:
            by_id[paper.arxiv_id] = paper
        if paper.title_key in keys:
            by_key.setdefault(paper.title_key, paper)
    return by_id, by_key


def _by_arxiv_id(arxiv_id: str) -> Q:
    """The empty id is excluded aloud: the index holds no empty ones."""
    return Q(~Q(arxiv_id=""), arxiv_id=arxiv_id)


def _only_citing(entry: PublicEntry, arxiv_id: str) -> PublicEntry:
    passages = {language: lines_citing(body, arxiv_id) for language, body in entry.notes.items()}
    return replace(entry, notes={language: passage for language, passage in passages.items() if passage})
