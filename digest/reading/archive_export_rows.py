"""The public site as plain records, table by table, in an order that depends on nothing but them. docs/archive.md.

A bounded number of rows is in memory at a time. ``now`` is one moment for all tables, so that they fit together.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db.models import Prefetch

from digest.models import (
    Digest,
    Entry,
    Reference,
    Related,
    SearchTerm,
    Tag,
    published_authors,
    published_authorships,
    published_papers,
)
from digest.models.entry import EntryQuerySet
from digest.text.site_archive import moment_text
from papers.citations import Work
from papers.models import Paper

BATCH = 200
Record = dict[str, Any]


def published_digests(now: datetime.datetime) -> Iterator[list[Digest]]:
    """All public digests, oldest first, in batches."""
    digests = Digest.objects.published(now).order_by("date")
    batch = list(digests[:BATCH])
    while batch:
        yield batch
        batch = list(digests.filter(date__gt=batch[-1].date)[:BATCH])


def published_entries(now: datetime.datetime) -> Iterator[Entry]:
    """All public entries with what readers see of them, in the order of their digests."""
    for digests in published_digests(now):
        yield from _of_digests(digests, now).for_page()


def cited_works(now: datetime.datetime) -> Iterator[Work]:
    """All public papers as they are cited, in the order of their numbers."""
    for papers in _paper_batches(now):
        for paper in papers:
            yield Work(
                pk=paper.pk,
                title=paper.title,
                names=tuple(byline.printed_name for byline in paper.authorships.all()),
                kind=paper.kind,
                arxiv_id=paper.arxiv_id or "",
                doi=paper.doi,
                url=paper.url,
            )


def _of_digests(digests: list[Digest], now: datetime.datetime) -> EntryQuerySet:
    return Entry.objects.published(now).filter(digest__in=digests).order_by("digest__date", "position", "pk")


def _paper_batches(now: datetime.datetime, *, bylines: bool = True) -> Iterator[list[Paper]]:
    papers = published_papers(now).order_by("pk")
    if bylines:
        papers = papers.prefetch_related(
            Prefetch("authorships", published_authorships(now).order_by("position"))
        )
    batch = list(papers[:BATCH])
    while batch:
        yield batch
        batch = list(papers.filter(pk__gt=batch[-1].pk)[:BATCH])


def _authors(now: datetime.datetime) -> Iterator[Record]:
    for row in published_authors(now).order_by("pk").values("id", "name", "homonym").iterator():
        yield dict(row)


def _papers(now: datetime.datetime) -> Iterator[Record]:
    columns = ("id", "kind", "title", "abstract", "arxiv_id", "doi", "url", "project_url", "code_url")
    for papers in _paper_batches(now):
        for paper in papers:
            record = {column: getattr(paper, column) for column in columns}
            bylines = paper.authorships.all()
            yield record | {
                "authors": [{"id": byline.author_id, "name": byline.printed_name} for byline in bylines]
            }


def _tags(now: datetime.datetime) -> Iterator[Record]:
    """Sorted here: the two databases do not sort text alike."""
    tags = Tag.objects.published(now).prefetch_related("aliases")
    for tag in sorted(tags, key=lambda tag: tag.slug):
        record = {name: getattr(tag, name) for name in ("id", "slug", "name", "label_ko", "description")}
        yield record | {"aliases": sorted(alias.slug for alias in tag.aliases.all())}


def _entries(now: datetime.datetime) -> Iterator[Record]:
    for digests in published_digests(now):
        yield from _entry_records(_of_digests(digests, now), now)


def _entry_records(entries: EntryQuerySet, now: datetime.datetime) -> Iterator[Record]:
    """The numbers of references are public, too: a program pages through them."""
    references: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    cited = (
        Reference.objects.published(now).filter(revision__note__entry__in=entries.order_by()).order_by("pk")
    )
    for pk, entry_id, language in cited.values_list(
        "pk", "revision__note__entry", "revision__note__language"
    ):
        references[entry_id][language].append(pk)
    for entry in entries.for_page():
        yield {
            "id": entry.pk,
            "date": entry.digest.date.isoformat(),
            "position": entry.position,
            "paper": entry.paper_id,
            "source_language": entry.source_language,
            "publish_at": moment_text(entry.publish_at),
            "unpublish_at": moment_text(entry.unpublish_at),
            "changed_at": moment_text(entry.changed_at),
            "tags": [tagging.tag.slug for tagging in entry.tagged_entries.all()],
            "notes": live_notes(entry),
            "references": references[entry.pk],
        }


def live_notes(entry: Entry) -> dict[str, str]:
    """The words readers see, Korean first. ``entry``: from ``published_entries``."""
    bodies = {note.language: note.live.body for note in entry.notes.all()}
    return {language: bodies[language] for language in ("ko", "en") if language in bodies}


def _related(now: datetime.datetime) -> Iterator[Record]:
    """The lists as they are kept, where both papers are public: they depend on the order of publications."""
    for papers in _paper_batches(now, bylines=False):
        lists: dict[int, list[Record]] = defaultdict(list)
        rows = Related.objects.published(now).filter(paper__in=papers).order_by("paper", "-score", "other")
        for row in rows:
            parts = {"tags": row.tags, "mentions": row.mentions, "text": row.text}
            lists[row.paper_id].append({"paper": row.other_id, **parts})
        for paper, found in lists.items():
            yield {"paper": paper, "related": found}


def _search_terms(now: datetime.datetime) -> Iterator[Record]:
    """Every group, because anybody may type one of its forms; what editors noted beside it is theirs."""
    for forms in SearchTerm.objects.groups():
        yield {"forms": forms}


# Digests are written by archive_export, which knows the names of their files.
RECORDS: Mapping[str, Callable[[datetime.datetime], Iterator[Record]]] = {
    "authors": _authors,
    "papers": _papers,
    "tags": _tags,
    "entries": _entries,
    "related": _related,
    "search_terms": _search_terms,
}
