"""An entry as readers see it: the live words only, ready for any page."""

import datetime
from dataclasses import dataclass

from django.db.models import Prefetch

from digest.models import Entry, Note, Tag, TaggedEntry
from digest.models.entry import EntryQuerySet
from papers.models import Author, Paper


@dataclass(frozen=True, slots=True)
class Byline:
    """One name of a paper's byline, as printed there, and the author behind it."""

    name: str
    author: Author


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """What readers may see of an entry. ``notes`` maps a language to the body of its live revision.

    ``published``: since when; ``changed``: when what they see was changed last, ``published`` if never. Pages are made from this and never from a Note: ``note.body`` is the editors' working copy.
    """

    entry_id: int
    published: datetime.datetime
    changed: datetime.datetime
    date: datetime.date
    position: int
    order_key: int
    paper: Paper
    notes: dict[str, str]
    tags: tuple[Tag, ...]
    authors: tuple[Byline, ...]


def read_full(entries: EntryQuerySet) -> list[PublicEntry]:
    """Published entries with notes, tags and authors, in four queries however many there are."""
    return [_public(entry, tags=True, authors=True) for entry in entries.for_page()]


def read_short(entries: EntryQuerySet, *, tags: bool = True) -> list[PublicEntry]:
    """Published entries for a list: without authors, and without ``tags`` too if told so; three queries or two."""
    notes = Note.objects.published().select_related("live").only("entry_id", "language", "live__body")
    prefetches = [Prefetch("notes", notes)]
    if tags:
        taggings = TaggedEntry.objects.published().select_related("tag").order_by("pk")
        prefetches.append(Prefetch("tagged_entries", taggings))
    rows = entries.select_related("paper", "digest").prefetch_related(*prefetches)
    return [_public(entry, tags=tags, authors=False) for entry in rows]


def languages_of(entries: list[PublicEntry]) -> frozenset[str]:
    """The languages at least one of the entries has a live note in."""
    return frozenset(language for entry in entries for language in entry.notes)


def _public(entry: Entry, *, tags: bool, authors: bool) -> PublicEntry:
    bylines = entry.paper.authorships.all() if authors else ()
    published = entry.publish_at
    return PublicEntry(
        entry_id=entry.pk,
        published=published,
        changed=max(published, entry.changed_at or published),
        date=entry.digest.date,
        position=entry.position,
        order_key=entry.order_key,
        paper=entry.paper,
        notes={note.language: note.live.body for note in entry.notes.all()},
        tags=tuple(tagging.tag for tagging in entry.tagged_entries.all()) if tags else (),
        authors=tuple(Byline(byline.printed_name, byline.author) for byline in bylines),
    )
