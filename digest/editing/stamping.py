"""When the words that readers see of an entry changed last: what feeds, sitemaps and mirrors ask.

A fingerprint of those words is kept with the entry, so a write that changes none of them moves nothing, whoever made it.
"""

import hashlib
from collections.abc import Sequence

from django.utils import timezone

from digest.editing.sources import Source
from digest.editing.versioning import move_public_version
from digest.models import Digest, Entry
from digest.text.languages import LANGUAGES
from papers.models import Paper

DIGITS = 28
# What entries have that were public before there were fingerprints (migration 0007).
UNKNOWN = "before"


def stamp_entries(entry_ids: Sequence[int], sources: Sequence[Source]) -> None:
    """Move ``changed_at`` of those entries whose public words are not what they were. One query and the writing.

    ``sources``: what the public index takes of them; an entry without one is not for readers. An entry that joins
    a digest counts as changed now (``publishing.go_live`` knows better of those that come out with it); one that
    leaves it, or loses its note in a language, changes the digest.
    """
    now = timezone.now()
    shown = {source.entry_id: source for source in sources}
    rows = list(Entry.objects.filter(pk__in=entry_ids).select_related("paper"))
    changed, left = [], set()
    for entry in rows:
        source = shown.get(entry.pk)
        stamp = fingerprint(source, entry.paper) if source else ""
        if stamp == entry.public_hash:
            continue
        if stamp:
            entry.changed_at = now
        if set(languages_in(entry.public_hash)) - set(languages_in(stamp)):
            left.add(entry.digest_id)
        entry.public_hash = stamp
        changed.append(entry)
    Entry.objects.bulk_update(changed, ["public_hash", "changed_at"])
    if changed:
        move_public_version()
    if left:
        Digest.objects.filter(pk__in=left).update(changed_at=now)


def fingerprint(source: Source, paper: Paper) -> str:
    """28 hexadecimal digits that change with anything readers see of the entry, and its languages; never over 32 characters.

    ``source``: of the public index.
    """
    links = (paper.kind, paper.arxiv_id, paper.doi, paper.url, paper.project_url, paper.code_url)
    seen = (source.order_key, links, source.author_ids, source.tags, sorted(source.texts.items()))
    digits = hashlib.blake2b(repr(seen).encode("utf-8", "surrogatepass"), digest_size=DIGITS // 2).hexdigest()
    return digits + "".join(source.languages)


def languages_in(stamp: str) -> tuple[str, ...]:
    """Of what was public; before there were fingerprints, all."""
    return tuple(language for language in LANGUAGES if language in stamp[DIGITS:] or stamp == UNKNOWN)
