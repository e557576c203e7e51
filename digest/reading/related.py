"""The papers listed beside a paper. The lists are made when something is published (editing/relating.py)."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from digest.models import MAX_POSITION, Entry, Related, Tag, TaggedEntry
from papers.models import Paper

SHOWN = 6


@dataclass(frozen=True, slots=True)
class RelatedPaper:
    """A related paper with the place and the tags of its newest published entry."""

    paper: Paper
    date: datetime.date
    position: int
    tags: tuple[Tag, ...]


def related_papers(paper_id: int) -> list[RelatedPaper]:
    """The nearest papers that readers may see, the nearest first. Two queries."""
    newest = Entry.objects.published().filter(paper=OuterRef("other")).order_by("-order_key")
    rows = list(
        Related.objects.published()
        .filter(paper=paper_id)
        .annotate(order_key=Subquery(newest.values("order_key")[:1]))
        .select_related("other")
        .order_by("-score", "other")[:SHOWN]
    )
    tags = defaultdict(list)
    keys = [row.order_key for row in rows]
    taggings = TaggedEntry.objects.published().filter(content_object__order_key__in=keys)
    for tagging in taggings.select_related("tag").order_by("pk"):
        tags[tagging.order_key].append(tagging.tag)
    return [RelatedPaper(row.other, *_place(row.order_key), tuple(tags[row.order_key])) for row in rows]


def _place(order_key: int) -> tuple[datetime.date, int]:
    """The date and the position that digest.models.order_key made the number from."""
    day, rest = divmod(order_key, 10_000)
    return datetime.date.fromordinal(day), MAX_POSITION - rest
