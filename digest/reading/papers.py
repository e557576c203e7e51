"""A paper with all its notes."""

from digest.models import Entry, published_papers
from digest.reading.entries import PublicEntry, read_full
from papers.models import Paper


def paper_entries(paper_id: int) -> list[PublicEntry]:
    """All published entries about a paper, newest first; empty if the paper is not public."""
    return read_full(Entry.objects.published().filter(paper=paper_id).order_by("-order_key"))


def paper_by_arxiv_id(arxiv_id: str) -> Paper | None:
    """The public paper with this id, in the form ``papers.identifiers.normalise_arxiv_id`` gives."""
    return published_papers().filter(arxiv_id=arxiv_id).first()
