"""The rows. Import them from here."""

from digest.models.comment import MAX_COMMENT, Comment
from digest.models.digest import Digest
from digest.models.dismissal import MAX_FOUND, CheckDismissal
from digest.models.entry import MAX_POSITION, Entry, order_key
from digest.models.event import Event
from digest.models.note import MAX_NOTE, Note, NoteRevision, Reference
from digest.models.notification import Notification
from digest.models.provenance import ImportBase, ImportConflict, ImportFlag, ImportRun, SourceFile
from digest.models.public import published_authors, published_authorships, published_papers
from digest.models.related import MOST_RELATED, Related
from digest.models.search import LostQuery, SearchIndex, SearchTerm
from digest.models.session import EditSession
from digest.models.tag import Tag, TagAlias, TaggedEntry
from digest.models.term import Term
from digest.models.version import PublicVersion, next_opening, public_version

__all__ = [
    "MAX_COMMENT",
    "MAX_FOUND",
    "MAX_NOTE",
    "MAX_POSITION",
    "MOST_RELATED",
    "CheckDismissal",
    "Comment",
    "Digest",
    "EditSession",
    "Entry",
    "Event",
    "ImportBase",
    "ImportConflict",
    "ImportFlag",
    "ImportRun",
    "LostQuery",
    "Note",
    "NoteRevision",
    "Notification",
    "PublicVersion",
    "Reference",
    "Related",
    "SearchIndex",
    "SearchTerm",
    "SourceFile",
    "Tag",
    "TagAlias",
    "TaggedEntry",
    "Term",
    "next_opening",
    "order_key",
    "public_version",
    "published_authors",
    "published_authorships",
    "published_papers",
]
