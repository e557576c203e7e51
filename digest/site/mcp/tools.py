"""What a language model may ask, and the answer twice: as a page's Markdown, and as data."""

import datetime
import re
from dataclasses import dataclass
from typing import Any

from digest.reading.archive import Month, recent_days
from digest.reading.search import MOST_PAGES
from digest.site.editions import Edition
from digest.site.mcp.asking import Page, ask, edition_named
from digest.site.mcp.shapes import (
    DayData,
    DigestData,
    DigestsData,
    MonthData,
    PaperData,
    SearchData,
    TagData,
    TagsData,
    entry_data,
    page_url,
    result_data,
)
from digest.site.search_query import clean
from digest.text.tags import tag_slug
from papers.identifiers import normalise_arxiv_id
from papers.tex import tex_to_text

_OURS = re.compile(r"(?:.*/papers/)?([1-9][0-9]{0,17})(?:/.*)?")


class NotThereError(Exception):
    """There is nothing to answer with; the message says what else to ask."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``data`` is one of the shapes."""

    markdown: str
    data: Any


def search(query: str, language: str, page: int, sort: str) -> Answer:
    """A page of results for the site's own query language."""
    edition = edition_named(language)
    asked = {"q": clean(query)} | ({"page": page} if page > 1 else {})
    found = _found(ask(edition, "search", **asked, **({"sort": sort} if sort != "relevance" else {})))
    results = found.context["results"]
    data = SearchData(
        query=found.context["asked"].q,
        total=results.total,
        page=results.page,
        pages=min(results.pages, MOST_PAGES),
        results=[result_data(edition, each) for each in results.found],
        did_you_mean=results.instead or None,
    )
    return Answer(found.markdown(), data)


def get_digest(date: datetime.date | None, language: str) -> Answer:
    """A digest whole; without a date the latest."""
    edition = edition_named(language)
    if date is None:
        days = recent_days()
        if not days:
            raise NotThereError("No digest has been published yet.")
        date = days[0].date
    page = _found(
        ask(edition, "digest", date), f"There is no digest of {date}. list_digests names those there are."
    )
    near = page.context["neighbours"]
    data = DigestData(
        date=date.isoformat(),
        url=page.url,
        entries=[entry_data(edition, entry) for entry in page.context["entries"]],
        previous=near.previous.date.isoformat() if near.previous else None,
        next=near.next.date.isoformat() if near.next else None,
    )
    return Answer(page.markdown(), data)


def get_paper(paper: str, language: str) -> Answer:
    """A paper with every note about it, by its number here or by its arXiv id; either may be within an address."""
    edition = edition_named(language)
    page = _paper_page(edition, paper.strip())
    found = page.context.get("paper")
    arxiv_id = found.arxiv_id if found else page.context["arxiv_id"]
    data = PaperData(
        paper_id=found.pk if found else None,
        title=tex_to_text(found.title) if found else f"arXiv:{arxiv_id}",
        url=page.url,
        arxiv_id=arxiv_id or None,
        entries=[entry_data(edition, entry) for entry in page.context["entries"]],
    )
    return Answer(page.markdown(), data)


def list_tags(contains: str, limit: int, language: str) -> Answer:
    """The most used tags, all or those whose name or Korean label holds some words."""
    edition = edition_named(language)
    page = _found(ask(edition, "tags"))
    words = contains.casefold().strip()
    wanted = [words, tag_slug(words) or words]
    found = [
        tag
        for tag in page.context["tags"]
        if any(word in name for word in wanted for name in (tag.name.casefold(), tag.slug, tag.label_ko))
    ]
    if contains and not found:
        raise NotThereError(f"No tag holds {contains!r}. Without `contains` the most used are listed.")
    shown = found[:limit]
    tags = [
        TagData(tag.slug, tag.name, tag.label_ko, tag.entries, page_url(edition, "tag", tag.slug))
        for tag in shown
    ]
    return Answer(page.markdown(tags=shown), TagsData(len(found), tags))


def list_digests(year: int | None, month: int | None, language: str) -> Answer:
    """All years with their months; a year with its digests; a month with the titles of their papers."""
    edition = edition_named(language)
    if month is not None:
        if year is None:
            raise NotThereError("A month needs its year.")
        return _month(edition, year, month)
    if year is not None:
        return _year(edition, year)
    page = _found(ask(edition, "archive"))
    months = [month for each in page.context["years"] for month in reversed(each.months)]
    return Answer(page.markdown(), DigestsData(_months(months), []))


def _month(edition: Edition, year: int, month: int) -> Answer:
    page = _found(ask(edition, "month", year, month), f"There is no digest in {year}-{month:02}.")
    days = [
        DayData(
            row.date.isoformat(),
            len(row.titles),
            page_url(edition, "digest", row.date),
            [tex_to_text(title) for title in row.titles],
        )
        for row in page.context["rows"]
    ]
    return Answer(page.markdown(), DigestsData([], days))


def _year(edition: Edition, year: int) -> Answer:
    page = _found(ask(edition, "year", year), f"There is no digest in {year}.")
    months = page.context["months"]
    days = [
        DayData(day.date.isoformat(), day.entries, page_url(edition, "digest", day.date), [])
        for month in months
        for day in reversed(month.days)
    ]
    return Answer(page.markdown(), DigestsData(_months(months), days))


def _months(months: list[Month]) -> list[MonthData]:
    return [
        MonthData(f"{month.first:%Y-%m}", len(month.days), month.entries) for month in months if month.days
    ]


def _paper_page(edition: Edition, paper: str) -> Page:
    missing = f"There is no paper {paper!r} here. search finds papers by words."
    ours = _OURS.fullmatch(paper)
    if ours:
        return _found(ask(edition, "paper", int(ours[1]), "paper"), missing)
    arxiv_id = normalise_arxiv_id(paper)
    return _found(ask(edition, "arxiv", arxiv_id) if arxiv_id else None, missing)


def _found(page: Page | None, missing: str = "There is nothing at this address.") -> Page:
    if page is None:
        raise NotThereError(missing)
    return page
