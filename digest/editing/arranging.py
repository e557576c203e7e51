"""The order of a digest's entries, adding, deleting and bringing back."""

import datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from digest.editing.errors import Refused
from digest.editing.events import record
from digest.editing.indexing import index_drafts, index_entries
from digest.editing.publishing import sync_entry_window
from digest.editing.relating import relate_papers
from digest.editing.rights import require
from digest.models import MAX_POSITION, Digest, Entry, TaggedEntry, order_key
from papers.models import Paper


@transaction.atomic
def add_digest(*, date: datetime.date, by: User) -> Digest:
    """A new digest without entries, not yet public. Raises ValidationError if one has that date."""
    require(by, "digest.add_digest")
    digest = Digest(date=date)
    digest.full_clean()
    digest.save()
    record("add", digest, by=by, now=timezone.now())
    return digest


def add_entry(digest: Digest, paper: Paper, *, source_language: str = "ko", by: User | None = None) -> Entry:
    """A new entry at the end of the digest (after deleted ones too), not yet public.

    ``by`` is None for an import: no right is asked for and no Event written.
    """
    if by is not None:
        require(by, "digest.add_entry")
    last = digest.entries.aggregate(last=Max("position"))["last"] or 0
    if last >= MAX_POSITION:
        raise Refused(_("A digest holds at most %(limit)d entries."), params={"limit": MAX_POSITION})
    entry = Entry(
        digest=digest,
        paper=paper,
        position=last + 1,
        source_language=source_language,
        order_key=order_key(digest.date, last + 1),
    )
    entry.full_clean(exclude=["digest", "paper"], validate_constraints=False)
    entry.save()
    if by is not None:
        record("add", entry, by=by, now=timezone.now())
        index_drafts([entry.pk])
    return entry


@transaction.atomic
def change_entry(*, entry: Entry, paper: Paper, source_language: str, by: User) -> Entry:
    """Correct which paper an entry discusses, or which of its notes is the source.

    Raises Refused if another entry of the digest, deleted or not, discusses that paper.
    """
    require(by, "digest.change_entry")
    entry = Entry.objects.select_for_update().select_related("digest", "paper").get(pk=entry.pk)
    before = {"paper": entry.paper.title, "source_language": entry.source_language}
    papers = {entry.paper_id, paper.pk}
    if Entry.objects.filter(digest=entry.digest, paper=paper).exclude(pk=entry.pk).exists():
        raise Refused(_("This digest has an entry on this paper already."), code="twice")
    entry.paper, entry.source_language = paper, source_language
    entry.full_clean(exclude=["digest", "paper"], validate_constraints=False)
    after = {"paper": paper.title, "source_language": source_language}
    if after != before:
        entry.save()
        if len(papers) > 1:
            index_entries([entry.pk])
            relate_papers(papers)
        record("change", entry, by=by, now=timezone.now(), before=before, after=after)
    return entry


@transaction.atomic
def arrange_entries(
    digest: Digest, entries: list[Entry], *, by: User | None = None, seen: list[int] | None = None
) -> bool:
    """Give ``entries`` the positions 1, 2, 3 …; all others of the digest (deleted ones) follow them.

    Also right after the digest's date changed. Answers whether anything had to be written. ``seen`` is the order
    the editor started from, as primary keys: Refused (code ``moved_on``) if it is no longer the present one. Order
    keys are unique, so they step aside to negative numbers first: no database swaps two in one statement.
    """
    if by is not None:
        require(by, "digest.change_digest")
    if seen is not None:
        digest = Digest.objects.select_for_update().get(pk=digest.pk)
        if seen != present_order(digest):
            raise Refused(
                _("The entries changed since the page was shown; look at the order again."), code="moved_on"
            )
    listed = {entry.pk for entry in entries}
    rest = [
        entry
        for entry in Entry.objects.filter(digest=digest).order_by("position", "pk")
        if entry.pk not in listed
    ]
    moved = []
    for position, entry in enumerate([*entries, *rest], start=1):
        key = order_key(digest.date, position)
        if entry.position != position or entry.order_key != key:
            entry.position, entry.order_key = position, key
            moved.append(entry)
    if moved:
        pks = [entry.pk for entry in moved]
        Entry.objects.filter(pk__in=pks).update(order_key=-F("pk"))
        Entry.objects.bulk_update(moved, ["position", "order_key"])
        for entry in moved:
            TaggedEntry.objects.filter(content_object=entry).update(order_key=entry.order_key)
        if by is not None:
            record("arrange", digest, by=by, now=timezone.now(), order=[entry.pk for entry in entries])
            index_entries(pks)  # an import indexes its whole digest at the end
    return bool(moved)


def present_order(digest: Digest) -> list[int]:
    """The primary keys of the digest's living entries in order: the lock token of an order."""
    return list(digest.entries.alive().order_by("position", "pk").values_list("pk", flat=True))


@transaction.atomic
def delete_entry(*, entry: Entry, by: User, now: datetime.datetime | None = None) -> Entry:
    """Take an entry out of its digest: readers and lists forget it at once, an import never brings it back."""
    require(by, "digest.delete_entry")
    now = now or timezone.now()
    entry = Entry.objects.select_for_update().select_related("digest", "paper").get(pk=entry.pk)
    if entry.deleted_at is None:
        entry.deleted_at, entry.deleted_by = now, by
        entry.publish_at = entry.unpublish_at = None
        entry.save()
        index_entries([entry.pk])
        relate_papers([entry.paper_id])
        record("delete", entry, by=by, now=now)
    return entry


@transaction.atomic
def undelete_entry(*, entry: Entry, by: User) -> Entry:
    """Bring a deleted entry back, as public as its digest and notes allow."""
    require(by, "digest.delete_entry")
    entry = Entry.objects.select_for_update().select_related("digest", "paper").get(pk=entry.pk)
    if entry.deleted_at is not None:
        entry.deleted_at = entry.deleted_by = None
        entry.save()
        sync_entry_window(entry)
        record("undelete", entry, by=by, now=timezone.now())
    return entry


@transaction.atomic
def move_digest(*, digest: Digest, date: datetime.date, by: User) -> Digest:
    """Change a digest's date, which is its address and its entries' place in every list.

    Raises ValidationError if another digest has that date.
    """
    require(by, "digest.change_digest")
    before = digest.date
    digest.date = date
    digest.full_clean()
    digest.save()
    arrange_entries(digest, list(digest.entries.alive().order_by("position", "pk")))
    index_entries(digest.entries.values_list("pk", flat=True))
    record("move", digest, by=by, now=timezone.now(), before=before.isoformat(), after=date.isoformat())
    return digest
