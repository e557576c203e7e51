"""The twins of the pages by date: the latest digest, one day, a week, a month, a year, all of them."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digest.reading.archive import Month, Year
from digest.reading.trends import Trends
from digest.site.editions import Edition
from digest.site.twins.entries import excerpts, whole
from digest.site.twins.words import (
    Blocks,
    bullets,
    closing,
    counts,
    dated,
    digest_link,
    digest_row,
    heading,
    neighbour_links,
    paper_link,
    papers_counted,
    said,
    section,
    tag_link,
    url,
)
from digest.templatetags.charts import often, titles_count, weeks_of
from digest.text import markdown

Context = Mapping[str, Any]
FIRST_TITLES = 3
DIGESTS = gettext_lazy("Digests")


def home(edition: Edition, context: Context) -> Blocks:
    date = context["date"]
    blocks = [heading(1, said(edition, gettext_lazy("Latest digest")))]
    blocks.append(heading(2, markdown.link(dated(edition, date), url(edition, "digest", date))))
    blocks.append(papers_counted(len(context["entries"])))
    for entry in context["entries"]:
        blocks.append(heading(3, f"{entry.position}. {paper_link(edition, entry.paper)}"))
        blocks += excerpts(edition, entry)
    earlier = [digest_row(edition, row, FIRST_TITLES) for row in context["earlier"]]
    blocks += section(edition, gettext_lazy("Earlier digests"), bullets(earlier))
    every = markdown.link(_("All years"), url(edition, "archive"))
    blocks += section(edition, gettext_lazy("Archive"), _months(edition, context["ledger"]), every)
    return blocks + section(edition, gettext_lazy("Tag trends"), _often(edition, context["trends"]))


def digest(edition: Edition, context: Context) -> Blocks:
    entries = context["entries"]
    blocks = [heading(1, dated(edition, context["date"])), papers_counted(len(entries))]
    for entry in entries:
        blocks += whole(edition, entry, context["titles"])
    words = (_("Previous digest"), _("Next digest"))
    place = ("digest", lambda day: ([day], day.isoformat()))
    return blocks + closing(neighbour_links(edition, context["neighbours"], words, place))


def archive(edition: Edition, context: Context) -> Blocks:
    blocks = [heading(1, said(edition, gettext_lazy("Archive")))]
    for year in context["years"]:
        link = markdown.link(dated(edition, year.first, "year"), url(edition, "year", year.first.year))
        blocks += [heading(2, link), f"{counts(year.digests, year.entries)} · {_covered(year)}"]
        months = [_month(edition, month) for month in reversed(year.months) if month.days]
        blocks.append(bullets(months))
    return blocks if context["years"] else [*blocks, _("No digest has been published yet.")]


def year(edition: Edition, context: Context) -> Blocks:
    months = context["months"]
    total = counts(sum(len(month.days) for month in months), sum(month.entries for month in months))
    blocks = [heading(1, dated(edition, context["first"], "year")), total, _months(edition, months)]
    words = (_("Previous year"), _("Next year"))
    place = ("year", lambda day: ([day.year], str(day.year)))
    return blocks + closing(neighbour_links(edition, context["neighbours"], words, place))


def month(edition: Edition, context: Context) -> Blocks:
    rows = context["rows"]
    blocks = [heading(1, dated(edition, context["first"], "month"))]
    weeks = (monday.isocalendar() for monday in weeks_of(rows))
    links = [markdown.link(str(week.week), url(edition, "week", week.year, week.week)) for week in weeks]
    blocks += [f"{counts(len(rows), titles_count(rows))} · {_('Weeks:')} {', '.join(links)}"]
    words = (_("Previous month"), _("Next month"))
    place = ("month", lambda day: ([day.year, day.month], f"{day:%Y-%m}"))
    return [
        *blocks,
        *_rows(edition, rows),
        *closing(neighbour_links(edition, context["neighbours"], words, place)),
    ]


def week(edition: Edition, context: Context) -> Blocks:
    rows = context["rows"]
    blocks = [heading(1, dated(edition, context["first"], "week"))]
    blocks.append(counts(len(rows), titles_count(rows)))
    words = (_("Previous week"), _("Next week"))
    place = ("week", _week_place)
    return [
        *blocks,
        *_rows(edition, rows),
        *closing(neighbour_links(edition, context["neighbours"], words, place)),
    ]


def empty(edition: Edition, context: Context) -> Blocks:
    return [
        heading(1, said(edition, gettext_lazy("No digest has been published yet."))),
        _("The first digest will appear here."),
    ]


def _rows(edition: Edition, rows: Sequence[Any]) -> Blocks:
    return section(edition, DIGESTS, bullets(digest_row(edition, row) for row in rows))


def _month(edition: Edition, month: Month) -> str:
    link = markdown.link(f"{month.first:%Y-%m}", url(edition, "month", month.first.year, month.first.month))
    return f"{link}: {counts(len(month.days), month.entries)}"


def _months(edition: Edition, months: Sequence[Month]) -> str:
    """Months that have digests, with each of these."""
    items = []
    for month in months:
        if month.days:
            days = ", ".join(f"{digest_link(edition, day.date)} ({day.entries})" for day in month.days)
            items.append(f"{_month(edition, month)}\n  - {days}")
    return bullets(items)


def _week_place(day: datetime.date) -> tuple[list[int], str]:
    week = day.isocalendar()
    return [week.year, week.week], f"{week.year}-W{week.week:02}"


def _covered(year: Year) -> str:
    return _("Korean %(korean)s/%(total)s, English %(english)s/%(total)s") % {
        "korean": year.korean,
        "english": year.english,
        "total": year.entries,
    }


def _often(edition: Edition, trends: Trends) -> str:
    return bullets(
        f"{tag_link(edition, trend.name, trend.slug)}: {papers_counted(trend.total)}"
        for trend in often(trends)
    )
