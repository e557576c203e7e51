"""What of an entry goes into the search indexes, and when: in the transaction that changes it.

The public index takes the live texts of every entry that has a publication window, also one that has not opened yet,
because no job runs when it does; whoever asks is shown what the clock allows. The editors' index takes the working
copies of all entries. Call these before ``relate_papers``: both hold a lock until the end, always in that order.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from django.db import DatabaseError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digest.editing.errors import Refused
from digest.index import open_index
from digest.index.base import IndexRow
from digest.index.building import Built
from digest.models import Entry, Note, TaggedEntry
from digest.text.analysis.analyze import analyzer_id
from digest.text.analysis.documents import TermDoc, surfaces, term_doc
from papers.models import Authorship

LONGEST_WORD = 40  # what anybody would take as a suggestion


@dataclass(slots=True)
class Source:
    """What one entry gives to one index, before analysis: texts by field, and its facts."""

    entry_id: int
    order_key: int
    timed: bool
    texts: dict[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    author_ids: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()

    def content_hash(self, engine: str) -> str:
        """Changes with whatever the index stores of the entry, and with the rules of analysis."""
        facts = (analyzer_id(engine), self.order_key, self.tags, self.author_ids, self.languages)
        text = repr((facts, sorted(self.texts.items())))
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def index_entries(entry_ids: Iterable[int]) -> None:
    """Bring both indexes up to date with these entries. Ten queries and those of the writing, whatever their number.

    Raises Refused if an index cannot be written; the transaction of the change then takes everything back.
    """
    ids = sorted(set(entry_ids))
    made: dict[str, IndexRow] = {}  # a note without a newer draft is analysed once for both
    if ids:
        _update(open_index("public"), ids, made)
        _update(open_index("editor"), ids, made)


def index_papers(paper_ids: Iterable[int]) -> None:
    """The same for every entry on these papers, in whatever digest."""
    index_entries(Entry.objects.filter(paper__in=list(paper_ids)).values_list("pk", flat=True))


def index_drafts(entry_ids: Iterable[int]) -> None:
    """Bring the editors' index up to date where nothing changed for readers."""
    ids = sorted(set(entry_ids))
    if ids:
        _update(open_index("editor"), ids, {})


@transaction.atomic
def _index_again(ids: list[int]) -> None:
    """What another transaction was indexing at the same moment, now that this one's rows are there to be read."""
    _update(open_index("editor"), ids, {}, wait=True)


def _update(index: Built, ids: list[int], made: dict[str, IndexRow], *, wait: bool = False) -> None:
    try:
        mine = index.claim(ids, wait=wait)
        if len(mine) < len(ids):
            rest = partial(_index_again, sorted(set(ids) - set(mine)))
            transaction.on_commit(rest, robust=True)
        if any(index.generations()):  # without one, a rebuild will take everything from the rows
            _write(index, mine, made)
    except DatabaseError as error:
        if _is_busy(error):
            raise
        raise Refused(
            _("The search index cannot be written, so nothing was saved. Run manage.py rebuild_search."),
            code="index_broken",
        ) from error


def _write(index: Built, ids: list[int], made: dict[str, IndexRow]) -> None:
    """Put what changed, delete what does not belong there any more."""
    engine = index.engine()
    if engine is None:
        index.delete(ids)
        index.distrust()
        return
    sources = find_sources(index, ids)
    stored = index.stored_hashes(ids)
    index.delete(set(stored) - {source.entry_id for source in sources})
    rows = []
    for source in sources:
        content_hash = source.content_hash(engine)
        if stored.get(source.entry_id) != (content_hash, source.timed):
            if content_hash not in made:
                made[content_hash] = make_row(source, engine)
            rows.append(replace(made[content_hash], timed=source.timed))
    index.put(rows)


def _is_busy(error: DatabaseError) -> bool:
    """True for a lock that was not given in time: that may happen to every table and says nothing of this one."""
    return isinstance(error, OperationalError) and (
        connection.vendor == "postgresql" or "locked" in str(error)
    )


def find_sources(index: Built, entry_ids: Sequence[int]) -> list[Source]:
    """The sources of those entries that belong in the index, by primary key. Four queries."""
    rows = list(index.expected().filter(pk__in=entry_ids).select_related("paper").order_by("pk"))
    notes = _notes(entry_ids, live=index.public)
    tags = _tags(entry_ids)
    people = _people({entry.paper_id for entry in rows})
    now = timezone.now()
    sources = []
    for entry in rows:
        timed = index.public and (
            entry.unpublish_at is not None or entry.publish_at is None or entry.publish_at > now
        )
        source = Source(entry.pk, entry.order_key, timed)
        _fill(source, entry, notes[entry.pk], tags[entry.pk], people[entry.paper_id])
        sources.append(source)
    return sources


def _fill(
    source: Source,
    entry: Entry,
    notes: dict[str, str],
    tags: list[tuple[str, str, str]],
    people: list[tuple[int, str, str]],
) -> None:
    paper = entry.paper
    names = [name for _pk, printed, person in people for name in dict.fromkeys((printed, person))]
    source.tags = tuple(slug for _name, slug, _label in tags)
    source.author_ids = tuple(pk for pk, _printed, _person in people)
    source.languages = tuple(sorted(notes))
    source.texts = {
        # The id behind the title: searching for it finds the paper itself before those that cite it.
        "title": f"{paper.title}\narXiv:{paper.arxiv_id}" if paper.arxiv_id else paper.title,
        "tags": "\n".join(" ".join(dict.fromkeys(filter(None, tag))) for tag in tags),
        "authors": "\n".join(dict.fromkeys(names)),
        "note_ko": notes.get("ko", ""),
        "note_en": notes.get("en", ""),
        "abstract": paper.abstract,
    }


def _notes(entry_ids: Sequence[int], *, live: bool) -> dict[int, dict[str, str]]:
    notes = Note.objects.filter(entry__in=entry_ids)
    if live:
        rows = notes.filter(live__isnull=False).values_list("entry", "language", "live__body")
    else:
        rows = notes.filter(rev__gt=0).values_list("entry", "language", "body")
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for entry_id, language, body in rows:
        found[entry_id][language] = body
    return found


def _tags(entry_ids: Sequence[int]) -> dict[int, list[tuple[str, str, str]]]:
    rows = TaggedEntry.objects.filter(content_object__in=entry_ids).order_by("pk")
    found: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for entry_id, *tag in rows.values_list("content_object", "tag__name", "tag__slug", "tag__label_ko"):
        found[entry_id].append((tag[0], tag[1], tag[2]))
    return found


def _people(paper_ids: Iterable[int]) -> dict[int, list[tuple[int, str, str]]]:
    rows = Authorship.objects.filter(paper__in=list(paper_ids)).order_by("paper", "position")
    found: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    for paper_id, author_id, printed, name in rows.values_list(
        "paper", "author", "printed_name", "author__name"
    ):
        found[paper_id].append((author_id, printed, name))
    return found


def make_row(source: Source, engine: str) -> IndexRow:
    """The row of a source: its terms, and the words as people write them, for suggestions."""
    return join_row(source, analyse(source.texts, engine), engine)


def analyse(texts: dict[str, str], engine: str) -> tuple[TermDoc, tuple[str, ...]]:
    """The expensive part, which needs no database."""
    found = {word for text in texts.values() for word in surfaces(text, engine)}
    return term_doc(texts, engine), tuple(sorted(word for word in found if len(word) <= LONGEST_WORD))


def join_row(source: Source, analysed: tuple[TermDoc, tuple[str, ...]], engine: str) -> IndexRow:
    """A source and its analysis as a row."""
    doc, words = analysed
    return IndexRow(
        entry_id=source.entry_id,
        order_key=source.order_key,
        doc=doc,
        tags=source.tags,
        author_ids=source.author_ids,
        languages=source.languages,
        words=words,
        timed=source.timed,
        content_hash=source.content_hash(engine),
    )
