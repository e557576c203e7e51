"""Public papers to cite: which ones a page means, and their facts and live notes, read in chunks."""

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Sum

from digest.models import Entry
from digest.models.entry import EntryQuerySet
from digest.reading.entries import PublicEntry, read_full
from digest.reading.periods import keys_of
from digest.reading.search import Chosen
from digest.reading.search_entries import matching_entries
from digest.reading.tags import Selection, selected_entries
from digest.text.languages import language_of
from papers.citations import Work
from papers.models import Author

CHUNK = 200
MOST_FOUND = 1_000
MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class Scope:
    """The papers a page means, each once: numbers only, so that the whole site fits into little memory.

    ``stamp`` changes whenever something that readers see of them does; scopes that are read at once have none.
    """

    papers: Sequence[int]
    stamp: str = ""


def whole_site() -> Scope:
    """Every public paper, by its newest entry, newest first."""
    return _scope(Entry.objects.published())


def of_paper(paper_id: int) -> Scope:
    """One paper, if it is public."""
    return _scope(Entry.objects.published().filter(paper=paper_id))


def of_digest(day: date) -> Scope:
    """The papers of a digest, in its order."""
    return _scope(Entry.objects.published().filter(order_key__range=keys_of(day, day)))


def of_selection(selection: Selection) -> Scope:
    """The papers of a tag or an expression of tags, newest first."""
    return _scope(selected_entries(selection))


def of_author(author: Author) -> Scope:
    """The papers of an author, newest first."""
    return _scope(Entry.objects.published().filter(paper__authorships__author=author))


def of_search(text: str, chosen: Chosen) -> Scope:
    """The papers that a search finds, newest first; of more than a thousand the newest."""
    return _scope(matching_entries(text, chosen), most=MOST_FOUND)


def of_list(paper_ids: Sequence[int]) -> Scope:
    """Those papers that are public, in the given order; of the others nothing is said."""
    entries = Entry.objects.published().filter(paper__in=paper_ids)
    public = set(entries.order_by().values_list("paper", flat=True).distinct())
    return _stamped(array("q", dict.fromkeys(paper for paper in paper_ids if paper in public)))


def read_chunks(scope: Scope) -> Iterator[list[list[PublicEntry]]]:
    """For each paper its published entries, newest first, in chunks of 200 papers; four queries a chunk.

    A paper that stopped being public since the scope was made is left out.
    """
    for start in range(0, len(scope.papers), CHUNK):
        wanted = list(scope.papers[start : start + CHUNK])
        found: dict[int, list[PublicEntry]] = {paper: [] for paper in wanted}
        for entry in read_full(Entry.objects.published().filter(paper__in=wanted).order_by("-order_key")):
            found[entry.paper.pk].append(entry)
        yield [entries for entries in found.values() if entries]


def work_of(entries: Sequence[PublicEntry], *, source: str = "", notes: Iterable[str] = ()) -> Work:
    """A paper as it is cited. ``entries``: published ones about it, newest first, at least one.

    ``source`` and ``notes`` as ``papers.citations.Work`` has them.
    """
    newest = entries[0]
    paper = newest.paper
    tags = {tag.slug: tag.name for entry in entries for tag in entry.tags}
    return Work(
        pk=paper.pk,
        title=paper.title,
        names=tuple(byline.name for byline in newest.authors),
        kind=paper.kind,
        arxiv_id=paper.arxiv_id or "",
        doi=paper.doi,
        url=paper.url,
        abstract=paper.abstract,
        language=language_of(paper.title),
        tags=tuple(tags.values()),
        source=source,
        notes=tuple(notes),
    )


def _scope(entries: EntryQuerySet, most: int | None = None) -> Scope:
    """In the order of their entries, newest first. Rows are read as they come, and one number of each is kept."""
    papers, seen = array("q"), set[int]()
    for paper in entries.order_by("-order_key").values_list("paper", flat=True).iterator():
        if paper in seen:
            continue
        if len(papers) == most:
            break
        seen.add(paper)
        papers.append(paper)
    return _stamped(papers)


def _stamped(papers: "array[int]") -> Scope:
    """With a stamp of the papers, and of the last change of anything public, because notes link to other papers."""
    if len(papers) <= CHUNK:
        return Scope(papers)
    public = Entry.objects.published().aggregate(Count("pk"), Sum("pk"), Max("publish_at"), Max("changed_at"))
    seen = repr(sorted(public.items())).encode()
    return Scope(papers, hashlib.blake2b(papers.tobytes() + seen, digest_size=16).hexdigest())
