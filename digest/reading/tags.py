"""Tags: all of them with counts, and the entries that an expression of tags means, page by page."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q

from digest.models import Entry, Tag, TaggedEntry
from digest.models.entry import EntryQuerySet
from digest.models.tag import TaggedEntryQuerySet
from digest.reading.entries import PublicEntry, read_short
from digest.reading.periods import months_before, months_between, ordinal_of
from digest.text.tag_expressions import (
    Alternative,
    Expression,
    format_expression,
    narrowed,
    parse_expression,
    with_slugs,
)
from digest.text.tags import tag_slug

PER_PAGE = 30
ALONGSIDE = 20
MONTHS = 12
COLUMNS = ("tag__slug", "tag__name", "tag__label_ko")


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag in the index; ``entries`` counts what readers see."""

    slug: str
    name: str
    label_ko: str
    entries: int


@dataclass(frozen=True, slots=True)
class Branch:
    """One alternative of a selection, with its tags."""

    required: tuple[Tag, ...]
    excluded: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """A canonical expression and the public tags it names."""

    expression: Expression
    branches: tuple[Branch, ...]

    @property
    def slug(self) -> str:
        """The address all its spellings lead to."""
        return format_expression(self.expression)

    @property
    def tag(self) -> Tag | None:
        """The tag, if the selection is one tag and nothing else."""
        return self.branches[0].required[0] if self.expression.single else None

    @property
    def tags(self) -> tuple[Tag, ...]:
        """Every tag it names, once."""
        named = [tag for branch in self.branches for tag in branch.required + branch.excluded]
        return tuple({tag.pk: tag for tag in named}.values())


@dataclass(frozen=True, slots=True)
class Alongside:
    """A tag on entries of a selection. ``both``, ``without``: addresses of the selection narrowed by it, if any."""

    slug: str
    name: str
    label_ko: str
    entries: int
    both: str | None
    without: str | None


@dataclass(frozen=True, slots=True)
class PeriodCount:
    """How many entries a period has; ``first`` is its first day."""

    first: datetime.date
    entries: int


@dataclass(frozen=True, slots=True)
class TagPage:
    """One page of a selection's entries, newest first.

    ``months`` are the twelve up to the last entry, ``years`` all, both oldest first, empty ones in between too.
    ``older`` and ``newer`` are the order keys to go on below and above, where there is something.
    """

    total: int
    first: datetime.date | None
    last: datetime.date | None
    months: list[PeriodCount]
    years: list[PeriodCount]
    entries: list[PublicEntry]
    older: int | None
    newer: int | None


def tag_counts() -> list[TagCount]:
    """Every public tag, the most used first."""
    counted = TaggedEntry.objects.published().values_list(*COLUMNS).annotate(entries=Count("pk"))
    return [TagCount(*row) for row in counted.order_by("-entries", "tag__slug")]


def find_selection(address: str) -> Selection | None:
    """What the last part of a tag's address means: an expression, else one tag by any spelling of its name.

    ``MoE+llm`` is two tags if there are such; ``c++`` is none (it ends in empty terms), so it is the tag
    ``c-plus-plus``. None if a tag in it is not public: hidden and unknown tags answer alike. The selection's
    ``slug`` may differ from the address; then that is where to go.
    """
    expression = parse_expression(address)
    if expression is not None:
        tags = _named(expression.terms)
        if tags is not None:
            return _selection(expression, tags)
    # A name with a "+" or "," of its own; one with neither has been looked for above.
    if "+" in address or "," in address:
        tags = _named([address])
        if tags is not None:
            return _selection(Expression((Alternative((address,)),)), tags)
    return None


def tag_page(selection: Selection, before: int | None = None, after: int | None = None) -> TagPage:
    """Entries with an order key below ``before``, or the last ones above ``after``, or the newest.

    Keyset paging: an entry published while someone pages neither repeats nor hides another.
    """
    taggings = _taggings(selection)
    days = taggings.annotate(day=ordinal_of()).values_list("day").order_by("day")
    counted = list(days.annotate(Count("order_key", distinct=True), Min("order_key"), Max("order_key")))
    if not counted:
        return TagPage(0, None, None, [], [], [], None, None)
    entries = _page(taggings, before, after)
    dates = [(datetime.date.fromordinal(day), count) for day, count, _, _ in counted]
    oldest, newest = counted[0][2], counted[-1][3]
    return TagPage(
        total=sum(count for _, count in dates),
        first=dates[0][0],
        last=dates[-1][0],
        months=_by_month(dates),
        years=_by_year(dates),
        entries=entries,
        older=entries[-1].order_key if entries and entries[-1].order_key > oldest else None,
        newer=entries[0].order_key if entries and entries[0].order_key < newest else None,
    )


def selected_entries(selection: Selection) -> EntryQuerySet:
    """The published entries of a selection, newest first."""
    keys = _taggings(selection).values("order_key")
    return Entry.objects.published().filter(order_key__in=keys).order_by("-order_key")


def tags_alongside(selection: Selection) -> list[Alongside]:
    """The other tags on a selection's entries, the most frequent first, and the ways to narrow it by them."""
    entries = _taggings(selection).values("content_object")
    counted = (
        TaggedEntry.objects.published()
        .filter(content_object__in=entries)
        .exclude(tag__in=selection.tags)
        .values_list(*COLUMNS)
        .annotate(entries=Count("pk"))
        .order_by("-entries", "tag__slug")
    )
    return [
        Alongside(
            *row,
            both=_narrowed(selection, row[0], excluded=False),
            without=_narrowed(selection, row[0], excluded=True),
        )
        for row in counted[:ALONGSIDE]
    ]


def _named(spellings: Iterable[str]) -> dict[str, Tag] | None:
    """The public tag that each spelling means; None if one means none. One query where all are addresses."""
    spellings = set(spellings)
    found = {tag.slug: tag for tag in Tag.objects.published().filter(slug__in=spellings)}
    if spellings <= found.keys():
        return found
    return _named_loosely(spellings)


def _named_loosely(spellings: set[str]) -> dict[str, Tag] | None:
    """By other spellings and old addresses too. A tag that bears a name wins over one that bore it once."""
    wanted = {spelling: [s for s in (spelling, tag_slug(spelling)) if s] for spelling in spellings}
    slugs = {slug for candidates in wanted.values() for slug in candidates}
    matching = Tag.objects.published().filter(Q(slug__in=slugs) | Q(aliases__slug__in=slugs))
    # A row for each old address of a tag: the filter's own join is the one annotated.
    rows = list(matching.annotate(alias=F("aliases__slug")))
    own, old = {tag.slug: tag for tag in rows}, {tag.alias: tag for tag in rows}
    found = {}
    for spelling, candidates in wanted.items():
        tags = [names[slug] for names in (own, old) for slug in reversed(candidates) if slug in names]
        if not tags:
            return None
        found[spelling] = tags[0]
    return found


def _selection(expression: Expression, tags: dict[str, Tag]) -> Selection:
    canonical = with_slugs(expression, {spelling: tag.slug for spelling, tag in tags.items()})
    by_slug = {tag.slug: tag for tag in tags.values()}
    branches = [
        Branch(
            tuple(by_slug[slug] for slug in each.required),
            tuple(by_slug[slug] for slug in each.excluded),
        )
        for each in canonical.alternatives
    ]
    return Selection(canonical, tuple(branches))


def _taggings(selection: Selection) -> TaggedEntryQuerySet:
    """The taggings by the first tag of each alternative whose entry meets the rest of it.

    An entry that several alternatives hold for may come more than once; its order key tells.
    """
    taggings = TaggedEntry.objects.published()
    conditions = [_condition(branch) for branch in selection.branches]
    possible = [condition for condition in conditions if condition is not None]
    if not possible:
        return taggings.none()
    meant = possible[0]
    for condition in possible[1:]:
        meant |= condition
    return taggings.filter(meant)


def _condition(branch: Branch) -> Q | None:
    if not set(branch.required).isdisjoint(branch.excluded):
        return None
    first, *others = branch.required
    condition = Q(tag=first)
    for tag in others:
        condition &= Q(_carries(tag))
    for tag in branch.excluded:
        condition &= ~Q(_carries(tag))
    return condition


def _carries(tag: Tag) -> Exists:
    """Whether the entry of a tagging has this tag too: one look at the unique index of tag and entry."""
    return Exists(TaggedEntry.objects.published().filter(tag=tag, content_object=OuterRef("content_object")))


def _page(taggings: TaggedEntryQuerySet, before: int | None, after: int | None) -> list[PublicEntry]:
    """Filter and order on the tagging's own key: for one tag that is a range of the index tagged_tag_order."""
    keys = taggings.order_by("-order_key")
    if before is not None:
        keys = keys.filter(order_key__lt=before)
    elif after is not None:
        keys = keys.filter(order_key__gt=after).order_by("order_key")
    keys = keys.values("order_key").distinct()[:PER_PAGE]
    return read_short(Entry.objects.published().filter(order_key__in=keys).order_by("-order_key"))


def _by_month(days: list[tuple[datetime.date, int]]) -> list[PeriodCount]:
    last = days[-1][0]
    counts = dict.fromkeys(months_between(max(days[0][0], months_before(last, MONTHS)), last), 0)
    for day, count in days:
        if day.replace(day=1) in counts:
            counts[day.replace(day=1)] += count
    return [PeriodCount(*month) for month in counts.items()]


def _by_year(days: list[tuple[datetime.date, int]]) -> list[PeriodCount]:
    counts = dict.fromkeys(range(days[0][0].year, days[-1][0].year + 1), 0)
    for day, count in days:
        counts[day.year] += count
    return [PeriodCount(datetime.date(year, 1, 1), count) for year, count in counts.items()]


def _narrowed(selection: Selection, slug: str, *, excluded: bool) -> str | None:
    expression = narrowed(selection.expression, slug, excluded=excluded)
    return format_expression(expression) if expression else None
