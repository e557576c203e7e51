"""Unsaved text and presence: one row for each person at each text, never a revision, never a state.

A draft is what someone typed and did not save. Nobody else reads it, readers never; it ends when its text is saved
or when its author discards it, and in no other way. No Event is written: nothing of the note has happened yet.
"""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import may_review, may_write
from digest.editing.errors import NotAllowed, StaleDraft
from digest.editing.revisions import body_at, normal_body
from digest.models import EditSession, Entry, Note, NoteRevision
from digest.text.languages import LANGUAGES

HERE = datetime.timedelta(seconds=60)
FORGOTTEN = datetime.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Present:
    """Someone who has the entry open, and the texts they are at."""

    name: str
    languages: tuple[str, ...]


@transaction.atomic
def save_draft(
    *,
    entry: Entry,
    language: str,
    by: User,
    body: str,
    base_rev: int,
    source_rev: int | None,
    serial: int,
    now: datetime.datetime | None = None,
) -> EditSession:
    """Keep what ``by`` has typed so far, in place of the draft with ``serial`` (0: the first one).

    ``base_rev`` is the revision it was begun from, ``source_rev`` the source's sig_rev in view. A text that is
    saved already ends the draft (``draft_at`` is None in the answer). Raises NotAllowed; StaleDraft if another
    tab of the same person kept another text since; ValidationError for text that cannot be stored.
    """
    if not may_write(by, language):
        raise NotAllowed(_("You may not write notes in this language."), code="not_allowed")
    body = normal_body(body)
    note = Note.objects.filter(entry=entry, language=language).first() or Note(entry=entry, language=language)
    saved = is_saved(note, body, base_rev=base_rev, by=by)
    session = _locked(entry, language, by)
    if serial != session.serial:
        # The answer to this very text was lost on its way, or there is nothing left to keep.
        if session.body == body if session.draft_at else saved:
            return session
        raise StaleDraft(session)
    if saved:
        return _emptied(session)
    session.body, session.base_rev, session.source_rev = body, base_rev, source_rev
    session.draft_at = session.seen_at = now or timezone.now()
    session.serial += 1
    session.clean_fields(exclude=["entry", "user", "language"])
    session.save()
    return session


@transaction.atomic
def discard_draft(*, entry: Entry, language: str, by: User, serial: int) -> EditSession:
    """Throw one's own draft with ``serial`` away. Raises StaleDraft if it has moved on; none is no error."""
    session = _locked(entry, language, by)
    if session.draft_at is None:
        return session
    if serial != session.serial:
        raise StaleDraft(session)
    return _emptied(session)


def end_draft(*, entry: Entry, language: str, by: User, body: str, serial: int | None) -> None:
    """For save_note, in its transaction: the draft of ``by`` that says ``body``, or has ``serial``, is saved now.

    Any other draft is text of another tab, or of a page without script that did not take it up: it stays.
    The serial grows, so that an autosave still on its way cannot bring the old text back.
    """
    own = EditSession.objects.filter(entry=entry, language=language, user=by)
    same = Q(body=body, draft_at__isnull=False)
    grown = same if serial is None else same | Q(serial=serial)
    own.filter(grown).update(body="", draft_at=None, serial=F("serial") + 1)


def drafts_of(entry: Entry, user: User) -> dict[str, EditSession]:
    """What ``user`` left unsaved at the entry, by language. One query."""
    rows = EditSession.objects.filter(entry=entry, user=user, draft_at__isnull=False)
    return {row.language: row for row in rows}


def is_saved(note: Note, body: str, *, base_rev: int, by: User) -> bool:
    """True if ``body`` is no unsaved text: the note's present one, what it was begun from, or saved by ``by`` since.

    Raises Refused for a ``base_rev`` that the note never had.
    """
    if body in (note.body, body_at(note, base_rev)):
        return True
    return NoteRevision.objects.filter(note=note.pk, rev__gt=base_rev, author=by, body=body).exists()


@transaction.atomic
def mark_present(
    *, entry: Entry, by: User, language: str | None = None, now: datetime.datetime | None = None
) -> None:
    """Say that ``by`` has the entry open, at the text in ``language`` (None: all that they work on).

    Someone who neither writes nor reviews here leaves no mark. Whoever comes to a text also sweeps up what they
    left behind elsewhere more than a week ago, drafts excepted.
    """
    now = now or timezone.now()
    for mine in LANGUAGES if language is None else (language,):
        if not (may_write(by, mine) or may_review(by, mine)):
            continue
        if not EditSession.objects.filter(entry=entry, language=mine, user=by).update(seen_at=now):
            EditSession.objects.filter(user=by, draft_at__isnull=True, seen_at__lt=now - FORGOTTEN).delete()
            session = EditSession(entry=entry, language=mine, user=by, seen_at=now)
            EditSession.objects.bulk_create([session], ignore_conflicts=True)


def others_present(entry: Entry, user: User, now: datetime.datetime | None = None) -> list[Present]:
    """Who else had the entry open within the last minute, by name. One query."""
    since = (now or timezone.now()) - HERE
    rows = EditSession.objects.filter(entry=entry, seen_at__gte=since).exclude(user=user)
    found: dict[User, list[str]] = {}
    for row in rows.select_related("user").order_by("user__username", "-language"):
        found.setdefault(row.user, []).append(row.language)
    return [Present(who.get_full_name() or who.username, tuple(at)) for who, at in found.items()]


def _locked(entry: Entry, language: str, by: User) -> EditSession:
    """The person's row at this text, made if missing, locked until the transaction ends."""
    session, _created = EditSession.objects.select_for_update().get_or_create(
        entry=entry, language=language, user=by
    )
    return session


def _emptied(session: EditSession) -> EditSession:
    if session.draft_at is not None:
        session.body, session.draft_at = "", None
        session.serial += 1
        session.save(update_fields=["body", "draft_at", "serial"])
    return session
