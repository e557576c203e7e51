"""Telling people of the events that concern them, and what they were told.

docs/editorial-model.md, "Notifications", says who hears of what. ``events.record`` calls ``tell`` for every verb.
"""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import Exists, Model, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from digest.models import Comment, Event, Note, NoteRevision, Notification

LONGEST_EXCERPT = 300

# Who hears of an event, as a condition on users.
Rule = Callable[[Event, Note, Model], Q]

TEXTS: dict[str, str | Promise] = {
    "submit": _("%(actor)s submitted a note assigned to you."),
    "request_changes": _("%(actor)s asks for changes to your text."),
    "approve": _("%(actor)s approved your text."),
    "publish": _("%(actor)s published your text."),
    "unpublish": _("%(actor)s took your text away from readers."),
    "assign": _("%(actor)s assigned this note to you."),
    "comment": _("%(actor)s wrote a comment."),
    "resolve": _("%(actor)s resolved your comment."),
    "save": _("%(actor)s changed the source of your translation."),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """A notification in words. ``excerpt`` is what was said with it: a comment, the reason for changes."""

    pk: int
    at: datetime.datetime
    text: str
    excerpt: str
    note: Note | None
    unread: bool


def tell(event: Event, subject: Model) -> None:
    """Write a Notification for each active person whom ``event`` on ``subject`` concerns, but never its actor.

    At most three queries, none for events that concern nobody. Call inside the event's transaction.
    """
    note = _note_of(subject)
    if note is None:
        return
    if event.verb == "save":
        note = _translation_left_behind(event, note)
        rule: Rule | None = _translator
    else:
        rule = _RULES.get(event.verb)
    if note is None or rule is None:
        return
    concerned = User.objects.filter(rule(event, note, subject), ~_person(event.actor_id), is_active=True)
    Notification.objects.bulk_create(
        [Notification(user=user, event=event, note=note, created_at=event.at) for user in concerned]
    )


def unread_count(user: User) -> int:
    """How many notifications ``user`` has not read; one query of the index of unread ones."""
    return Notification.objects.filter(user=user, read_at__isnull=True).count()


def notifications(
    user: User, *, unread: bool = False, unmailed: bool = False, after: int | None = None, limit: int = 50
) -> list[Notice]:
    """What ``user`` was told, the newest first, in one query; the next page comes ``after`` the last one's pk.

    ``unread`` and ``unmailed`` keep only those. Each note has its entry, paper and digest.
    """
    rows = Notification.objects.filter(user=user)
    if unread:
        rows = rows.filter(read_at__isnull=True)
    if unmailed:
        rows = rows.filter(mailed_at__isnull=True)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    related = rows.select_related("event__actor", "note__entry__paper", "note__entry__digest")
    return [_notice(row) for row in related.order_by("-pk")[:limit]]


def mark_read(*, by: User, ids: Collection[int] | None = None, until: int | None = None) -> int:
    """Mark ``by``'s own notifications read: those in ``ids``, or all up to ``until``; answers how many were unread.

    ``until`` keeps what arrived after the page was shown unread. Ids of others' notifications change nothing.
    """
    rows = Notification.objects.filter(user=by, read_at__isnull=True)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    if until is not None:
        rows = rows.filter(pk__lte=until)
    return rows.update(read_at=timezone.now())


def _note_of(subject: Model) -> Note | None:
    if isinstance(subject, Comment):
        return subject.note
    return subject if isinstance(subject, Note) else None


def _translation_left_behind(event: Event, note: Note) -> Note | None:
    """The translation that a save of its source made stale, if readers see it or are about to."""
    if not note.is_source or event.detail.get("minor"):
        return None
    finished = Q(live__isnull=False) | Q(state=Note.State.APPROVED)
    siblings = Note.objects.filter(finished, entry=note.entry_id, source_rev__lt=note.sig_rev)
    return siblings.exclude(pk=note.pk).first()


def _person(pk: int | None) -> Q:
    """That one; nobody for None, which then costs no query."""
    return Q(pk__in=[] if pk is None else [pk])


def _author(event: Event, note: Note, subject: Model) -> Q:
    """Who wrote the revision that the event is about."""
    return _person(event.revision.author_id if event.revision else None)


def _last_author(event: Event, note: Note, subject: Model) -> Q:
    """Who wrote the note's last revision that was not imported."""
    written = NoteRevision.objects.filter(note=note, author__isnull=False).order_by("-rev")
    return Q(pk=Subquery(written.values("author")[:1]))


def _translator(event: Event, note: Note, subject: Model) -> Q:
    """The last author, unless the same news waits unread: a source may be saved ten times in an hour."""
    told = Notification.objects.filter(
        user=OuterRef("pk"), note=note, event__verb="save", read_at__isnull=True
    )
    return _last_author(event, note, subject) & ~Q(Exists(told))


def _assignee(event: Event, note: Note, subject: Model) -> Q:
    return _person(note.assignee_id)


def _in_the_thread(event: Event, note: Note, subject: Model) -> Q:
    said = Comment.objects.filter(note=note)
    return (
        _last_author(event, note, subject) | _assignee(event, note, subject) | Q(pk__in=said.values("author"))
    )


def _commenter(event: Event, note: Note, subject: Model) -> Q:
    return _person(subject.author_id if isinstance(subject, Comment) else None)


_RULES: dict[str, Rule] = {
    "submit": _assignee,
    "request_changes": _author,
    "approve": _author,
    "publish": _author,
    "unpublish": _author,
    "assign": _assignee,
    "comment": _in_the_thread,
    "resolve": _commenter,
}


def _notice(row: Notification) -> Notice:
    event = row.event
    actor = str(event.actor) if event.actor else str(_("Someone"))
    said = event.detail.get("comment")
    if event.object_type == "comment":
        said = said or event.object_label
    return Notice(
        pk=row.pk,
        at=row.created_at,
        text=str(TEXTS.get(event.verb, event.verb)) % {"actor": actor},
        excerpt=str(said or "")[:LONGEST_EXCERPT],
        note=row.note,
        unread=row.read_at is None,
    )
