"""Tags: all of them with counts, one by any of its spellings, and its entries page by page."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q

from digest.models import Entry, Tag, TaggedEntry
from digest.reading.entries import PublicEntry, read_short
from digest.text.tags import tag_slug

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag in the index; ``entries`` counts what readers see."""

    slug: str
    name: str
    label_ko: str
    entries: int


@dataclass(frozen=True, slots=True)
class TagPage:
    """One page of a tag's entries, newest first. ``older`` is the ``before`` of the next page, if there is one."""

    total: int
    first: datetime.date
    last: datetime.date
    entries: list[PublicEntry]
    older: int | None


def tag_counts() -> list[TagCount]:
    """Every public tag, the most used first."""
    columns = ("tag__slug", "tag__name", "tag__label_ko")
    counted = TaggedEntry.objects.published().values_list(*columns).annotate(entries=Count("pk"))
    return [TagCount(*row) for row in counted.order_by("-entries", "tag__slug")]


def find_tag(slug: str) -> Tag | None:
    """The public tag at exactly this address."""
    return Tag.objects.published().filter(slug=slug).first()


def find_tag_by_spelling(slug: str) -> Tag | None:
    """The public tag that another spelling or an old address means: ``Scaling_Law`` finds ``scaling-law``."""
    spellings = [spelling for spelling in (slug, tag_slug(slug)) if spelling]
    meant = Q(slug__in=spellings) | Q(aliases__slug__in=spellings)
    # A tag that bears the name itself wins over one that bore it once.
    found = {tag.slug: tag for tag in Tag.objects.published().filter(meant)}
    return found.get(tag_slug(slug)) or next(iter(found.values()), None)


def tag_page(tag: Tag, before: int | None) -> TagPage | None:
    """Entries with an order key below ``before`` (None: from the newest); None if the tag has no entry at all.

    Keyset paging: an entry published while someone pages neither repeats nor hides another.
    """
    taggings = TaggedEntry.objects.published().filter(tag=tag)
    total = taggings.aggregate(Count("pk"), Min("order_key"), Max("order_key"))
    if not total["pk__count"]:
        return None
    on_tag = Q(tagged_entries__tag=tag)
    if before is not None:
        on_tag &= Q(tagged_entries__order_key__lt=before)
    # Filter and order on the tagging's own key: together they are one range of the index tagged_tag_order.
    ordered = Entry.objects.published().filter(on_tag).order_by("-tagged_entries__order_key")
    entries = read_short(ordered[: PER_PAGE + 1])
    shown = entries[:PER_PAGE]
    return TagPage(
        total=total["pk__count"],
        first=_date(total["order_key__min"]),
        last=_date(total["order_key__max"]),
        entries=shown,
        older=shown[-1].order_key if len(entries) > PER_PAGE else None,
    )


def _date(order_key: int) -> datetime.date:
    return datetime.date.fromordinal(order_key // 10_000)
