"""The verbs of a digest: publish, schedule, unpublish; and the windows its entries carry."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import may_publish
from digest.editing.errors import NotAllowed, Refused, Unacknowledged
from digest.editing.events import record
from digest.editing.indexing import index_papers
from digest.editing.relating import relate_papers
from digest.editing.revisions import set_live
from digest.models import Digest, Entry, Note
from digest.text.languages import other_language


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing a digest lacks: a short line for people that begins with the entry's position, and whose it is.

    ``language`` is that of the note to look at. ``entry_id`` is None for the digest as a whole.
    """

    text: str
    entry_id: int | None = None
    language: str = ""
    kind: str = ""

    @property
    def key(self) -> str:
        """Names the lack in a form, so that exactly what was shown is acknowledged."""
        return f"{self.entry_id}:{self.language}:{self.kind}"

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Readiness:
    """What stands in the way of publishing a digest (``blocking``) and what readers would miss (``gaps``)."""

    blocking: list[Lack]
    gaps: list[Lack]

    def unacknowledged(self, acknowledge: bool | Collection[str]) -> list[Lack]:
        """The gaps that ``acknowledge`` leaves out: True covers all, a collection those whose keys it holds."""
        if isinstance(acknowledge, bool):
            return [] if acknowledge else self.gaps
        return [gap for gap in self.gaps if gap.key not in acknowledge]


def sync_entry_window(entry: Entry) -> None:
    """Carry the digest's window onto the entry if readers may see it: not deleted, and a live note.

    Then the search index and the paper's relations, which depend on what readers see.
    """
    _sync_windows(Entry.objects.filter(pk=entry.pk), entry.digest)
    index_papers([entry.paper_id])
    relate_papers([entry.paper_id])


def sync_digest_windows(digest: Digest) -> None:
    """The same for every entry of the digest, in two statements; their papers are related together."""
    entries = Entry.objects.filter(digest=digest)
    _sync_windows(entries, digest)
    papers = list(entries.values_list("paper", flat=True))
    index_papers(papers)
    relate_papers(papers)


def _sync_windows(entries: QuerySet[Entry], digest: Digest) -> None:
    live = Exists(Note.objects.filter(entry=OuterRef("pk"), live__isnull=False))
    entries.update(publish_at=None, unpublish_at=None)
    if digest.publish_at is not None:
        shown = entries.filter(live, deleted_at__isnull=True)
        shown.update(publish_at=digest.publish_at, unpublish_at=digest.unpublish_at)


def readiness(digest: Digest) -> Readiness:
    """What publishing would find, without writing anything. Four queries."""
    blocking: list[Lack] = []
    gaps: list[Lack] = []
    rows = digest.entries.alive().order_by("position", "pk").select_related("paper")
    entries = list(rows.prefetch_related("notes"))
    if not entries:
        blocking.append(Lack(str(_("The digest has no entries."))))
    stale = set(Note.objects.stale().filter(entry__digest=digest).values_list("pk", flat=True))
    for entry in entries:
        label = f"{entry.position}. {entry.paper.title[:60]}"
        notes = {note.language: note for note in entry.notes.all()}
        if not any(_publishable(note) for note in notes.values()):
            text = _("%(entry)s: no approved note.") % {"entry": label}
            blocking.append(Lack(text, entry.pk, entry.source_language, "no_note"))
        other = other_language(entry.source_language)
        translation = notes.get(other)
        if translation is None or not _publishable(translation):
            text = _("%(entry)s: no approved translation.") % {"entry": label}
            gaps.append(Lack(text, entry.pk, other, "no_translation"))
        elif translation.pk in stale:
            text = _("%(entry)s: the source changed after the translation.") % {"entry": label}
            gaps.append(Lack(text, entry.pk, other, "stale"))
    return Readiness(blocking, gaps)


def _publishable(note: Note) -> bool:
    return note.live_id is not None or (note.state == Note.State.APPROVED and note.rev > 0)


@transaction.atomic
def publish_digest(
    *,
    digest: Digest,
    by: User,
    publish_at: datetime.datetime | None = None,
    unpublish_at: datetime.datetime | None = None,
    acknowledge: bool | Collection[str] = False,
) -> Digest:
    """Publish now, or at ``publish_at``; every approved note becomes live, drafts stay at the desk.

    ``acknowledge`` is True for whatever is missing, or the keys of the gaps that were shown. Raises NotAllowed;
    Refused when an entry has neither an approved nor a live note; Unacknowledged, listing the missing and stale
    translations that are not acknowledged.
    """
    if not may_publish(by):
        raise NotAllowed(_("Only a publisher may do this."), code="not_allowed")
    digest = Digest.objects.select_for_update().get(pk=digest.pk)
    ready = readiness(digest)
    if ready.blocking:
        raise Refused([lack.text for lack in ready.blocking], code="not_ready")
    if missing := ready.unacknowledged(acknowledge):
        raise Unacknowledged([gap.text for gap in missing], code="unacknowledged")
    now = timezone.now()
    publish_at = publish_at or now
    go_live(digest, publish_at=publish_at, unpublish_at=unpublish_at, now=now)
    record("publish", digest, by=by, now=now, publish_at=publish_at.isoformat(), gaps=len(ready.gaps))
    return digest


def go_live(
    digest: Digest,
    *,
    publish_at: datetime.datetime,
    now: datetime.datetime,
    unpublish_at: datetime.datetime | None = None,
) -> None:
    """Set the window and point every approved note at its current revision. Call inside a transaction.

    Raises ValidationError if ``unpublish_at`` is not after ``publish_at``.
    """
    if unpublish_at is not None and unpublish_at <= publish_at:
        raise Refused(_("The end must come after the beginning."), code="window")
    digest.publish_at, digest.unpublish_at = publish_at, unpublish_at
    digest.save()
    new = list(digest.entries.filter(public_hash="", changed_at=None).values_list("pk", flat=True))
    approved = Note.objects.filter(
        entry__digest=digest, entry__deleted_at__isnull=True, state=Note.State.APPROVED
    )
    for note in approved.select_related("live"):
        if note.rev and (note.live is None or note.live.rev != note.rev):
            set_live(note, note.revisions.get(rev=note.rev), now)
    sync_digest_windows(digest)
    # What comes out with its digest has not changed since: an import dates a digest of 2019 back to its day.
    Entry.objects.filter(pk__in=new).update(changed_at=None)


@transaction.atomic
def unpublish_digest(*, digest: Digest, by: User) -> Digest:
    """Take the digest away from readers at once, or cancel its schedule; nothing is lost."""
    if not may_publish(by):
        raise NotAllowed(_("Only a publisher may do this."), code="not_allowed")
    digest = Digest.objects.select_for_update().get(pk=digest.pk)
    if digest.publish_at is None:
        raise Refused(_("The digest is not published."), code="not_published")
    digest.publish_at = digest.unpublish_at = None
    digest.save()
    sync_digest_windows(digest)
    record("unpublish", digest, by=by, now=timezone.now())
    return digest
