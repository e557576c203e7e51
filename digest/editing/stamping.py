"""When the words that readers see of an entry changed last: what feeds, sitemaps and mirrors ask.

A fingerprint of those words is kept with the entry, so a write that changes none of them moves nothing, whoever made it.
"""

import hashlib
from collections.abc import Sequence

from django.utils import timezone

from digest.editing.sources import Source
from digest.models import Digest, Entry
from papers.models import Paper


def stamp_entries(entry_ids: Sequence[int], sources: Sequence[Source]) -> None:
    """Move ``changed_at`` of those entries whose public words are not what they were. One query and the writing.

    ``sources``: what the public index takes of them; an entry without one is not for readers. An entry that joins
    a digest counts as changed now (``publishing.go_live`` knows better of those that come out with it); one that
    leaves it changes the digest.
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
        if not stamp:
            left.add(entry.digest_id)
        else:
            entry.changed_at = now
        entry.public_hash = stamp
        changed.append(entry)
    Entry.objects.bulk_update(changed, ["public_hash", "changed_at"])
    if left:
        Digest.objects.filter(pk__in=left).update(changed_at=now)


def fingerprint(source: Source, paper: Paper) -> str:
    """32 hexadecimal digits that change with anything readers see of the entry. ``source``: of the public index."""
    links = (paper.kind, paper.arxiv_id, paper.doi, paper.url, paper.project_url, paper.code_url)
    seen = (source.order_key, links, source.author_ids, source.tags, sorted(source.texts.items()))
    return hashlib.blake2b(repr(seen).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
