"""The twins of the pages by tag: all tags, the entries of an expression, and the trends."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digest.reading.tags import PeriodCount, Selection, TagCount, TagPage
from digest.site.editions import Edition
from digest.site.twins.entries import short
from digest.site.twins.words import (
    Blocks,
    bullets,
    closing,
    heading,
    papers_counted,
    said,
    section,
    tag_link,
    url,
)
from digest.templatetags.charts import by_letter
from digest.text import markdown
from digest.text.languages import KO

Context = Mapping[str, Any]
TAGS = gettext_lazy("Tags")
# Cells of a table end at a bar.
_CELL = str.maketrans({"|": "\\|"})


def tags(edition: Edition, context: Context) -> Blocks:
    """Every tag with its count; by the alphabet under its letters."""
    found = context["tags"]
    blocks = [heading(1, said(edition, TAGS))]
    if not found:
        return [*blocks, _("No digest has been published yet.")]
    if not context["by_name"]:
        return [*blocks, bullets(_counted(edition, tag) for tag in found)]
    for letter, group in by_letter({"edition": edition}, found):
        blocks += [heading(2, markdown.escape(letter)), bullets(_counted(edition, tag) for tag in group)]
    return blocks


def tag(edition: Edition, context: Context) -> Blocks:
    """The entries of a tag or an expression, with ways on and ways to narrow it."""
    selection, page, place = context["selection"], context["page"], context["place"]
    blocks = [heading(1, _expression(selection)), *_about_tag(edition, selection)]
    if not page.total:
        return [*blocks, _nothing(selection)]
    span = f"{page.first.isoformat()} – {page.last.isoformat()}"
    blocks.append(f"{papers_counted(page.total)} · {span}")
    if not place:
        blocks += section(edition, gettext_lazy("Papers by month"), _periods(page.months, "%Y-%m"))
        years = _periods(page.years, "%Y") if len(page.years) > 1 else ""
        blocks += section(edition, gettext_lazy("Papers by year"), years)
    blocks.append(heading(2, said(edition, gettext_lazy("Notes"))))
    for entry in page.entries:
        blocks += short(edition, entry)
    if not page.entries:
        blocks.append(_("Nothing further here."))
    blocks += closing(_paging(edition, selection, page))
    alongside = bullets(_alongside(edition, each) for each in context["alongside"])
    return blocks + section(edition, gettext_lazy("Tags alongside"), alongside)


def trends(edition: Edition, context: Context) -> Blocks:
    """How often the most used tags were used, month by month, and what each year has."""
    found = context["trends"]
    months = [f"{month:%Y-%m}" for month in found.months]
    blocks = [heading(1, said(edition, gettext_lazy("Trends")))]
    rows = [
        [tag_link(edition, trend.name, trend.slug).translate(_CELL), trend.total, *trend.counts]
        for trend in context["shown"]
    ]
    table = _table([_("Tags"), _("Papers"), *months], rows) if rows else _("No tag was used in these months.")
    blocks += section(edition, gettext_lazy("Tag trends"), table)
    years = [[_year(edition, first), *counts] for first, *counts in context["years"]]
    names = [_("Year"), _("Papers"), _("In Korean"), _("In English"), _("Tag trends")]
    rows = [
        [*row, _year_trends(edition, first)]
        for row, (first, *_counts) in zip(years, context["years"], strict=True)
    ]
    return blocks + section(edition, gettext_lazy("Papers and translations by year"), _table(names, rows))


def _table(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def _year(edition: Edition, first: datetime.date) -> str:
    return markdown.link(str(first.year), url(edition, "year", first.year))


def _year_trends(edition: Edition, first: datetime.date) -> str:
    query = {"from": f"{first.year}-01", "to": f"{first.year}-12"}
    return markdown.link(str(first.year), url(edition, "trends", **query))


def _counted(edition: Edition, tag: TagCount) -> str:
    label = f" {markdown.escape(tag.label_ko)}" if tag.label_ko and edition.interface == KO else ""
    return f"{tag_link(edition, tag.name, tag.slug)}{label}: {papers_counted(tag.entries)}"


def _expression(selection: Selection) -> str:
    """``#moe + #llm − #survey or #agent``."""
    branches = []
    for branch in selection.branches:
        required = " + ".join(f"#{tag.name}" for tag in branch.required)
        branches.append(required + "".join(f" − #{tag.name}" for tag in branch.excluded))
    # Not the closing mark of a heading, nor its opening one.
    return markdown.line(markdown.escape(f" {_('or')} ".join(branches)))


def _about_tag(edition: Edition, selection: Selection) -> Blocks:
    tag = selection.tag
    if tag is None:
        return []
    label = markdown.plain(tag.label_ko) if tag.label_ko and edition.interface == KO else ""
    return [label, "\n\n".join(map(markdown.plain, tag.description.split("\n\n")))]


def _nothing(selection: Selection) -> str:
    if selection.expression.contradicts_itself:
        return _("No paper can both have and not have the same tag, so this page stays empty.")
    return _("No paper has these tags together yet.")


def _periods(counts: Sequence[PeriodCount], form: str) -> str:
    return ", ".join(f"{each.first.strftime(form)}: {each.entries}" for each in counts)


def _paging(edition: Edition, selection: Selection, page: TagPage) -> str:
    ways = []
    if page.older:
        ways.append(markdown.link(_("Older"), url(edition, "tag", selection.slug, before=page.older)))
    if page.newer:
        ways.append(markdown.link(_("Newer"), url(edition, "tag", selection.slug, after=page.newer)))
    return " · ".join(ways)


def _alongside(edition: Edition, tag: Any) -> str:
    ways = [(_("and"), tag.both), (_("not"), tag.without)]
    links = ", ".join(tag_link(edition, word, slug) for word, slug in ways if slug)
    counted = f"{tag_link(edition, tag.name, tag.slug)}: {papers_counted(tag.entries)}"
    return f"{counted} ({links})" if links else counted
