"""How the desk stands as a whole, for the side of its first page. Reads only; every function is a fixed number of queries."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from digest.editing.drafting import HERE
from digest.models import Digest, EditSession, Entry, ImportConflict, Note
from digest.text.languages import LANGUAGES, other_language


@dataclass(frozen=True, slots=True)
class Coverage:
    """A digest's entries: for each, in digest order, ``(Korean, English)`` as "there", "stale" or "missing"."""

    digest: Digest
    entries: tuple[tuple[str, str], ...] = ()
    translated: int = 0


def coverage(digests: Sequence[Digest]) -> dict[int, Coverage]:
    """The coverage of each digest, by its id. Two queries, which read no text."""
    wanted = {digest.pk: digest for digest in digests}
    alive = Entry.objects.alive().filter(digest__in=wanted).order_by("-order_key")
    entries = list(alive.values_list("pk", "digest", "source_language"))
    written = Note.objects.filter(entry__digest__in=wanted, rev__gt=0)
    notes = {
        (row[0], row[1]): row[2:] for row in written.values_list("entry", "language", "sig_rev", "source_rev")
    }
    found: dict[int, list[tuple[str, str]]] = {pk: [] for pk in wanted}
    translated = dict.fromkeys(wanted, 0)
    for entry, digest, source in entries:
        sides = [_side(notes, entry, language, source) for language in LANGUAGES]
        found[digest].append((sides[0], sides[1]))
        translated[digest] += (entry, other_language(source)) in notes
    return {pk: Coverage(digest, tuple(found[pk]), translated[pk]) for pk, digest in wanted.items()}


def _side(
    notes: dict[tuple[int, str], tuple[int, int | None]], entry: int, language: str, source: str
) -> str:
    """One note's state; Note.objects.stale() in memory."""
    own, original = notes.get((entry, language)), notes.get((entry, source))
    if own is None:
        return "missing"
    behind = language != source and original and own[1] is not None and own[1] < original[0]
    return "stale" if behind else "there"


def present_at(
    entries: Collection[int], user: User, now: datetime.datetime | None = None
) -> dict[int, list[str]]:
    """The names of the others who had each of these entries open within the last minute. One query."""
    since = (now or timezone.now()) - HERE
    rows = EditSession.objects.filter(entry__in=entries, seen_at__gte=since).exclude(user=user)
    found: dict[int, list[str]] = {}
    for row in rows.select_related("user").order_by("user__username"):
        names = found.setdefault(row.entry_id, [])
        if (name := row.user.get_full_name() or row.user.username) not in names:
            names.append(name)
    return found


def open_conflicts_of(entries: Collection[int]) -> dict[int, list[ImportConflict]]:
    """The undecided import conflicts of these entries. One query."""
    found: dict[int, list[ImportConflict]] = {}
    for conflict in ImportConflict.objects.filter(entry__in=entries, resolved_at__isnull=True).order_by("pk"):
        found.setdefault(conflict.entry_id, []).append(conflict)
    return found


def drafts_left(user: User, limit: int = 5) -> list[EditSession]:
    """What ``user`` typed and did not save, the latest first. One query."""
    rows = EditSession.objects.filter(user=user, draft_at__isnull=False, entry__deleted_at__isnull=True)
    return list(rows.select_related("entry__paper", "entry__digest").order_by("-draft_at")[:limit])


def next_digest() -> Digest | None:
    """The latest digest that is still a draft. One query."""
    return Digest.objects.filter(publish_at__isnull=True).order_by("-date").first()
