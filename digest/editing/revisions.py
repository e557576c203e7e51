"""Making a revision: the only code that changes a note's words."""

import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from digest.editing.errors import Refused
from digest.models import MAX_NOTE, Entry, Note, NoteRevision, Reference
from digest.text.clean import normalise_note
from digest.text.markup import NoteLink, note_links
from papers.fields import validate_characters


def lock_note(entry: Entry, language: str) -> Note:
    """The note's row, made if missing, locked until the transaction ends. Call inside ``transaction.atomic``.

    SQLite has no row locks; there the transaction is IMMEDIATE, so no one else writes meanwhile.
    """
    note: Note
    note, _created = Note.objects.select_for_update().get_or_create(entry=entry, language=language)
    note.entry = entry
    return note


def source_sig_rev(entry: Entry) -> int | None:
    """The last significant revision of the entry's source note, or None if there is no source text."""
    source = Note.objects.filter(entry=entry, language=entry.source_language, rev__gt=0).first()
    return source.sig_rev if source else None


def normal_body(body: str) -> str:
    """A typed text in its stored form. Raises ValidationError for what no column takes, and for one far too long."""
    if len(body) > 2 * MAX_NOTE:  # before normalising, whose time grows with the length
        raise ValidationError(_("A note holds at most %(limit)d characters."), params={"limit": MAX_NOTE})
    body = normalise_note(body)
    validate_characters(body)  # before it is looked up: a query takes no NUL either
    return body


def body_at(note: Note, rev: int) -> str:
    """The text of revision ``rev``; empty for 0. Raises Refused for a number the note never had."""
    if rev == note.rev:
        return str(note.body)
    if rev == 0:
        return ""
    revision = NoteRevision.objects.filter(note=note.pk, rev=rev).first()
    if revision is None:
        raise Refused(_("This note has no such revision; reload the page."), code="unknown_revision")
    return str(revision.body)


def write_revision(
    note: Note,
    body: str,
    *,
    author: User | None,
    now: datetime.datetime,
    origin: str = NoteRevision.Origin.EDIT,
    minor: bool = False,
) -> NoteRevision:
    """Give ``note`` its next revision with ``body`` (already normalised) and save both; state is the caller's.

    ``sig_rev`` follows unless the edit is minor; a first revision is never minor.
    """
    minor = minor and note.rev > 0
    revision = NoteRevision(
        note=note, rev=note.rev + 1, body=body, author=author, origin=origin, minor=minor, created_at=now
    )
    revision.full_clean(exclude=["note"], validate_constraints=False)
    note.body = body
    note.rev = revision.rev
    note.sig_rev = note.sig_rev if minor else revision.rev
    note.updated_at = now
    note.full_clean(exclude=["entry", "live"], validate_constraints=False)
    note.save()
    revision.save()
    write_references(revision)
    return revision


def write_references(revision: NoteRevision) -> None:
    """Store what the revision cites, for "mentioned in"."""
    Reference.objects.bulk_create(references_of(revision))


def references_of(revision: NoteRevision) -> list[Reference]:
    """What the revision cites, not yet stored; an address or title too long for its column is left out."""
    return [
        Reference(
            revision=revision,
            kind=link.kind,
            arxiv_id=link.arxiv_id,
            title_key=link.title_key,
            url=link.url,
        )
        for link in storable_links(note_links(revision.body))
    ]


def storable_links(links: list[NoteLink]) -> list[NoteLink]:
    """``links`` without an address or a title that is too long for its column."""
    return [link for link in links if len(link.url) <= 2_000 and len(link.title_key) <= 500]


def set_live(note: Note, revision: NoteRevision | None, now: datetime.datetime) -> None:
    """Point readers at ``revision`` (None: at nothing). The caller syncs the entry's publication window."""
    note.live = revision
    note.live_at = now if revision else None
    note.save(update_fields=["live", "live_at"])
