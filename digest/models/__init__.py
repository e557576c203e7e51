"""The rows. Import them from here."""

from digest.models.digest import Digest
from digest.models.entry import MAX_POSITION, Entry, order_key
from digest.models.event import Event
from digest.models.note import MAX_NOTE, Note, NoteRevision, Reference
from digest.models.provenance import ImportBase, ImportConflict, ImportFlag, ImportRun, SourceFile
from digest.models.public import published_authors, published_papers
from digest.models.related import MOST_RELATED, Related
from digest.models.tag import Tag, TagAlias, TaggedEntry

__all__ = [
    "MAX_NOTE",
    "MAX_POSITION",
    "MOST_RELATED",
    "Digest",
    "Entry",
    "Event",
    "ImportBase",
    "ImportConflict",
    "ImportFlag",
    "ImportRun",
    "Note",
    "NoteRevision",
    "Reference",
    "Related",
    "SourceFile",
    "Tag",
    "TagAlias",
    "TaggedEntry",
    "order_key",
    "published_authors",
    "published_papers",
]
