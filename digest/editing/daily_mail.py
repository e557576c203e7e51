"""One e-mail a day with what waits for one person. docs/editorial-model.md, "Notifications"."""

import datetime
import smtplib
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from accounts.models import User
from accounts.zones import zone_of
from digest.editing.events import record
from digest.editing.notifying import Notice, notifications
from digest.editing.queues import Filter, Task, counts, tasks
from digest.models import Event, Note, NoteRevision, Notification

APART = datetime.timedelta(hours=20)
LISTED = 10
SENT, FAILED = "daily_mail", "daily_mail_failed"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What needs one person: counts, and the first few of each. ``newest`` is the last notification's key."""

    assigned: list[Note]
    assigned_count: int
    changes: list[Task]
    changes_count: int
    review: list[Task]
    review_count: int
    notices: list[Notice]
    notices_count: int
    newest: int

    @property
    def things(self) -> int:
        return self.assigned_count + self.changes_count + self.review_count + self.notices_count


class Undelivered(Exception):
    """The mail could not be handed over; the message says why. The person is due again at once."""


def mail_recipients() -> QuerySet[User]:
    """Who gets the daily e-mail if anything waits for them: active staff with an address who want it."""
    return (
        User.objects.filter(is_active=True, is_staff=True, daily_mail=True).exclude(email="").order_by("pk")
    )


def is_due(user: User, now: datetime.datetime) -> bool:
    """False for 20 hours after a mail was sent, or was about to be when the command was stopped."""
    events = Event.objects.filter(object_type="user", object_id=user.pk, verb__in=(SENT, FAILED))
    last = events.order_by("-pk").first()
    return last is None or last.verb == FAILED or now - last.at >= APART


def daily_mail(user: User, now: datetime.datetime) -> EmailMessage | None:
    """The mail to ``user`` as it would be sent now, None if nothing waits. Writes nothing."""
    waiting = waiting_for(user)
    return _message(user, waiting, now) if waiting.things else None


def send_daily_mail(user: User, now: datetime.datetime) -> bool:
    """Send ``user`` the day's mail if it is due and anything waits; answers whether it was sent.

    It counts as sent before it is handed over: whoever stops the command, nobody gets it twice. Raises
    Undelivered, after taking that back, if it could not be handed over.
    """
    waiting = waiting_for(user)
    if not waiting.things or not _claim(user, waiting, now):
        return False
    try:
        _message(user, waiting, now).send()
    except (OSError, smtplib.SMTPException, ValueError) as error:  # ValueError: no address at all
        _give_back(user, now)
        raise Undelivered(f"{type(error).__name__}: {error}"[:300]) from error
    return True


def waiting_for(user: User) -> Waiting:
    """What needs ``user``, who sees nothing without the right to see notes."""
    if not user.has_perm("digest.view_note"):
        return Waiting([], 0, [], 0, [], 0, [], 0, 0)
    everything = Filter()
    counted = counts(user, everything)
    assigned = assigned_to(user)
    unmailed = Notification.objects.filter(user=user, read_at__isnull=True, mailed_at__isnull=True)
    notices = notifications(user, unread=True, unmailed=True, limit=LISTED)
    return Waiting(
        assigned=list(assigned.select_related("entry__paper", "entry__digest")[:LISTED]),
        assigned_count=assigned.count(),
        changes=tasks("changes", user, everything, limit=LISTED),
        changes_count=counted.get("changes", 0),
        review=tasks("review", user, everything, limit=LISTED),
        review_count=counted.get("review", 0),
        notices=notices,
        notices_count=unmailed.count(),
        newest=notices[0].pk if notices else 0,
    )


def assigned_to(user: User) -> QuerySet[Note]:
    """Notes assigned to ``user`` that wait for them, those due first at the top.

    Not those that wait for somebody else: in review with the user's own text. Changes are a list of their own.
    """
    own = NoteRevision.objects.filter(note=OuterRef("pk"), rev=OuterRef("rev"), author=user)
    turn = Q(state=Note.State.DRAFT) | (Q(state=Note.State.REVIEW) & ~Exists(own))
    notes = Note.objects.filter(turn, assignee=user, entry__deleted_at__isnull=True)
    return notes.order_by(F("due_on").asc(nulls_last=True), "pk")


@transaction.atomic
def _claim(user: User, waiting: Waiting, now: datetime.datetime) -> bool:
    """Take the sending upon us, under the user's lock; False if another process did, or they want no mail any more."""
    fresh = mail_recipients().select_for_update().filter(pk=user.pk).first()
    if fresh is None or not is_due(user, now):
        return False
    told = Notification.objects.filter(user=user, read_at__isnull=True, mailed_at__isnull=True)
    told.filter(pk__lte=waiting.newest).update(mailed_at=now)
    record(SENT, user, by=None, now=now, day=now.astimezone(zone_of(user)).date().isoformat())
    return True


@transaction.atomic
def _give_back(user: User, now: datetime.datetime) -> None:
    Notification.objects.filter(user=user, mailed_at=now).update(mailed_at=None)
    record(FAILED, user, by=None, now=timezone.now())


def _message(user: User, waiting: Waiting, now: datetime.datetime) -> EmailMessage:
    profile = settings.SITE_URL + reverse("admin:profile")
    context = {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "user": user,
        "waiting": waiting,
        "today": now.astimezone(zone_of(user)).date(),
        "profile_url": profile,
    }
    with translation.override(settings.LANGUAGE_CODE):
        body = render_to_string("desk/daily_mail.txt", context)
    headers = {"Auto-Submitted": "auto-generated", "List-Unsubscribe": f"<{profile}>"}
    return EmailMessage(_subject(waiting.things), body, to=[user.email], headers=headers)


def _subject(things: int) -> str:
    """In both languages of the desk: nobody has said which one they read."""
    said = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said.append(
                ngettext("%(count)d thing for you", "%(count)d things for you", things) % {"count": things}
            )
    return f"[{settings.SITE_NAME}] {' · '.join(dict.fromkeys(said))}"
