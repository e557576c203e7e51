"""What of an entry goes into the search indexes, and when: in the transaction that changes it.

The public index takes the live texts of every entry that has a publication window, also one that has not opened yet,
because no job runs when it does; whoever asks is shown what the clock allows. The editors' index takes the working
copies of all entries. Call these before ``relate_papers``: both hold a lock until the end, always in that order.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from django.db import DatabaseError, OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _

from digest.editing.errors import Refused
from digest.editing.sources import Source, find_sources
from digest.editing.stamping import stamp_entries
from digest.index import open_index
from digest.index.base import IndexRow
from digest.index.building import Built
from digest.models import Entry
from digest.text.analysis.documents import FieldTerms, TermDoc, field_terms, join_terms

# Rows by the hash of what they were made of.
Made = dict[str, IndexRow]
LONGEST_WORD = 40  # what anybody would take as a suggestion


def index_entries(entry_ids: Iterable[int]) -> None:
    """Bring both indexes, and the moment of the last change, up to date with these entries.

    Eleven queries and those of the writing, whatever their number. Raises Refused if an index cannot be written;
    the transaction of the change then takes everything back.
    """
    ids = sorted(set(entry_ids))
    made: Made = {}  # a note without a newer draft is analysed once for both
    if ids:
        # While the public index is held, so that of two writers the second reads what the first wrote.
        stamp_entries(ids, _update(open_index("public"), ids, made))
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


def _update(index: Built, ids: list[int], made: Made, *, wait: bool = False) -> list[Source]:
    """Write those of ``ids`` that this transaction may; answers what belongs in the index of them."""
    with _refusing():
        mine = index.claim(ids, wait=wait)
        if len(mine) < len(ids):
            rest = partial(_index_again, sorted(set(ids) - set(mine)))
            transaction.on_commit(rest, robust=True)
        sources = find_sources(index, mine)
        if any(index.generations()):  # without one, a rebuild will take everything from the rows
            _write(index, sources, mine, made)
    return sources


def _write(index: Built, sources: list[Source], ids: list[int], made: Made) -> None:
    """Put what changed, delete what does not belong there any more."""
    engine = index.engine()
    if engine is None:
        index.delete(ids)
        index.distrust()
        return
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


def index_new(index: Built, sources: Sequence[Source], terms: Mapping[str, FieldTerms], made: Made) -> None:
    """Put entries in that no index has seen yet. ``terms``: texts analysed already; ``made``: rows made already.

    Call with the index claimed. Raises as ``index_entries`` does.
    """
    with _refusing():
        if not sources or not any(index.generations()):
            return
        engine = index.engine()
        if engine is None:
            index.distrust()
            return
        rows = []
        for source in sources:
            content_hash = source.content_hash(engine)
            if content_hash not in made:
                fields = {
                    name: terms.get(text) or field_terms(text, engine) for name, text in source.texts.items()
                }
                made[content_hash] = join_row(source, join_fields(fields), engine, content_hash)
            rows.append(replace(made[content_hash], timed=source.timed))
        index.put(rows)


@contextmanager
def _refusing() -> Iterator[None]:
    """Raise Refused where an index cannot be written; its transaction then takes everything back."""
    try:
        yield
    except DatabaseError as error:
        if _is_busy(error):
            raise
        raise Refused(
            _("The search index cannot be written, so nothing was saved. Run manage.py rebuild_search."),
            code="index_broken",
        ) from error


def _is_busy(error: DatabaseError) -> bool:
    """True for a lock that was not given in time: that may happen to every table and says nothing of this one."""
    return isinstance(error, OperationalError) and (
        connection.vendor == "postgresql" or "locked" in str(error)
    )


def make_row(source: Source, engine: str) -> IndexRow:
    """The row of a source: its terms, and the words as people write them, for suggestions."""
    return join_row(source, analyse(source.texts, engine), engine)


def analyse(texts: dict[str, str], engine: str) -> tuple[TermDoc, tuple[str, ...]]:
    """The expensive part, which needs no database."""
    return join_fields({name: field_terms(text, engine) for name, text in texts.items()})


def join_fields(fields: dict[str, FieldTerms]) -> tuple[TermDoc, tuple[str, ...]]:
    """The same of texts that were analysed one by one."""
    found = {word for terms in fields.values() for word in terms.words}
    return join_terms(fields), tuple(sorted(word for word in found if len(word) <= LONGEST_WORD))


def join_row(
    source: Source, analysed: tuple[TermDoc, tuple[str, ...]], engine: str, content_hash: str = ""
) -> IndexRow:
    """A source and its analysis as a row. ``content_hash``: if the caller has worked it out already."""
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
        content_hash=content_hash or source.content_hash(engine),
    )
