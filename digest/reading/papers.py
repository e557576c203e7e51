"""A paper with all its notes, and an author with all their papers."""

from dataclasses import dataclass

from digest.models import Entry, published_authors, published_papers
from digest.reading.entries import PublicEntry, read_full, read_short
from papers.models import Author, Paper


@dataclass(frozen=True, slots=True)
class AuthorPage:
    """``entries`` holds each paper once, by its newest entry; ``same_name`` the other people of that name."""

    author: Author
    entries: list[PublicEntry]
    same_name: list[Author]


def paper_entries(paper_id: int) -> list[PublicEntry]:
    """All published entries about a paper, newest first; empty if the paper is not public."""
    return read_full(Entry.objects.published().filter(paper=paper_id).order_by("-order_key"))


def paper_by_arxiv_id(arxiv_id: str) -> Paper | None:
    """The public paper with this id, in the form ``papers.identifiers.normalise_arxiv_id`` gives."""
    return published_papers().filter(arxiv_id=arxiv_id).first()


def author_page(author_id: int) -> AuthorPage | None:
    """An author's public papers, newest first; None if there are none."""
    author = published_authors().filter(pk=author_id).first()
    if author is None:
        return None
    by_author = Entry.objects.published().filter(paper__authorships__author=author).order_by("-order_key")
    newest: dict[int, PublicEntry] = {}
    for entry in read_short(by_author):
        newest.setdefault(entry.paper.pk, entry)
    others = published_authors().filter(name_key=author.name_key).exclude(pk=author.pk).order_by("homonym")
    return AuthorPage(author, list(newest.values()), list(others))
