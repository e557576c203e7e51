"""Numbers as figures without script or inline style: classes of the style sheet, and attributes of SVG."""

import calendar
import datetime
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import Any

from django import template

from digest.reading.archive import DigestRow
from digest.reading.authors import AuthorPage
from digest.reading.entries import PublicEntry
from digest.reading.tags import TagCount
from digest.reading.trends import Trend, Trends
from digest.text.alphabet import dictionary_key, letter_of

register = template.Library()

SHADES = 4
STEP = 5
WIDTH, HEIGHT, GAP = 180, 30, 3
LEDGER_ON_PHONES = 3
OFTEN, ONCE = 8, 24


@register.filter
def shade(entries: int) -> int:
    """The ledger's shade of a day: 1–2, 3–4, 5–6, 7 or more papers are 1, 2, 3, 4."""
    return min((entries + 1) // 2, SHADES)


@register.filter
def length_of_month(month: datetime.date) -> int:
    """How many days a month has."""
    return calendar.monthrange(month.year, month.month)[1]


@register.filter
def height(count: int, peak: int) -> int:
    """A bar's height in per cent of the highest, in the steps of five that the style sheet knows; 0 only for 0."""
    return -(-100 * count // (peak * STEP)) * STEP if count else 0


@register.filter
def peak(counts: Iterable[Any]) -> int:
    """The highest ``entries`` of a row of bars."""
    return max((each.entries for each in counts), default=0)


@register.filter
def titles_count(rows: Iterable[DigestRow]) -> int:
    """How many entries the digests of a list hold."""
    return sum(len(row.titles) for row in rows)


@register.filter
def weeks_of(rows: Iterable[DigestRow]) -> list[datetime.date]:
    """The Mondays of the weeks that have a digest of the list, oldest first."""
    return sorted({row.date - datetime.timedelta(days=row.date.weekday()) for row in rows})


@register.filter
def months_of(rows: Iterable[DigestRow]) -> list[datetime.date]:
    """The first days of the months that have a digest of the list, oldest first."""
    return sorted({row.date.replace(day=1) for row in rows})


@register.filter
def old_months(months: Sequence[Any]) -> list[datetime.date]:
    """The months of a ledger that a phone leaves out: all but the newest three that have a digest."""
    return [month.first for month in months if month.days][LEDGER_ON_PHONES:]


@register.inclusion_tag("site/_bars.html")
def bars(counts: Sequence[int], peak: int, label: str = "") -> dict[str, Any]:
    """Small bars side by side, ``peak`` as high as the figure; a line where the count is 0.

    Without a ``label`` the figure is decoration: its numbers stand in words beside it.
    """
    columns = max(len(counts), 1)
    gap = min(GAP, WIDTH / columns / 4)
    step = (WIDTH + gap) / columns
    filled, empty = [], []
    for number, count in enumerate(counts):
        tall = (HEIGHT - 1) * count / peak if count else 1
        box = f"M{number * step:.1f} {HEIGHT - tall:.1f}h{step - gap:.1f}v{tall:.1f}h-{step - gap:.1f}z"
        (filled if count else empty).append(box)
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "filled": "".join(filled),
        "empty": "".join(empty),
        "label": label,
    }


@register.filter
def firsts(counts: Iterable[Any]) -> list[datetime.date]:
    """The first days of a row of bars."""
    return [each.first for each in counts]


@register.filter
def last_year(months: Sequence[datetime.date]) -> int:
    """The year in which a range of months ends."""
    return months[-1].year


@register.inclusion_tag("site/_share.html")
def share(part: int, whole: int, label: str) -> dict[str, Any]:
    """A part of a whole as one bar, in whole per cent; full only where nothing is missing."""
    return {"percent": 100 * part // whole if whole else 0, "label": label}


@register.filter
def often(trends: Trends) -> list[Trend]:
    """The tags the front page draws: the eight most used, each more than once."""
    return trends.often(OFTEN)


@register.filter
def once(trends: Trends) -> list[Trend]:
    """The tags the front page names in a line: those used once."""
    return trends.once(ONCE)


@register.simple_tag
def month_counts(trends: Trends, trend: Trend) -> list[tuple[datetime.date, int]]:
    """The months of a trend with its counts, for the table behind the figure."""
    return list(zip(trends.months, trend.counts, strict=True))


@register.simple_tag
def with_lines(tags: Iterable[TagCount], trends: Trends) -> list[tuple[TagCount, int, str]]:
    """Tags, how often each was used in the range, and that as a line; 0 and nothing if it was not."""
    by_slug = {trend.slug: trend for trend in trends.tags}
    found = []
    for tag in tags:
        trend = by_slug.get(tag.slug)
        found.append((tag, trend.total, line(trend.counts, trends.peak)) if trend else (tag, 0, ""))
    return found


def line(counts: Sequence[int], peak: int) -> str:
    """A path 14 high through the counts, 6 apart, with whole numbers only: an index holds hundreds of them."""
    heights = [14 * count // peak for count in counts]
    steps = [f"l6 {before - after}" for before, after in pairwise(heights)]
    return f"M1 {15 - heights[0]}{''.join(steps) or 'h6'}"


@register.simple_tag(takes_context=True)
def by_letter(context: Any, tags: Iterable[TagCount]) -> list[tuple[str, list[TagCount]]]:
    """Tags under the letters of both alphabets; with a Korean interface by their Korean label if they have one.

    An English page begins with the Latin letters, a Korean one with the consonants.
    """
    korean = context["edition"].interface == "ko"

    def word(tag: TagCount) -> str:
        return tag.label_ko or tag.name if korean else tag.name

    def place(tag: TagCount) -> tuple[bool, tuple[int, str, str], str]:
        key = dictionary_key(word(tag))
        return korean and key[0] != 2, key, tag.slug

    ordered = sorted(tags, key=place)
    return [(letter, list(group)) for letter, group in groupby(ordered, lambda tag: letter_of(word(tag)))]


@register.filter
def by_year(page: AuthorPage) -> list[tuple[datetime.date, list[PublicEntry]]]:
    """An author's papers under the years of their digests, newest first."""
    grouped = groupby(page.entries, lambda entry: entry.date.replace(month=1, day=1))
    return [(year, list(group)) for year, group in grouped]
