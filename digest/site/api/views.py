"""The readers' API: what is written, and about what. Every view asks one question of ``reading`` and shapes the answer."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from rest_framework.request import Request

from digest.reading import api_notes, api_rows, narrowing
from digest.reading.api_rows import Place
from digest.reading.tags import find_selection
from digest.site.api import examples, takes
from digest.site.api.links import api_url
from digest.site.api.paging import ListView, OneView, titles_of
from digest.site.api.shapes import (
    DigestInListSerializer,
    DigestSerializer,
    EntrySerializer,
    PaperSerializer,
)
from digest.site.api.shapes_around import (
    AuthorSerializer,
    MentionSerializer,
    NoteSerializer,
    TagSerializer,
)

KEY = {"type": "integer", "minimum": 1, "maximum": 10**18 - 1}


class Digests(ListView):
    """The digests, by date.

    Each with its entries by name; the digest itself has them whole.
    """

    operation = "digests_list"
    parameters = takes.DigestTakes
    item = DigestInListSerializer
    example = examples.page(examples.DIGEST_IN_LIST)

    def found(self, rows: Any, given: dict[str, Any], place: Place) -> list[Any]:
        days = [given[name] for name in ("date_after", "date_before", "year")]
        digests = narrowing.digests_of(rows) if any(days) else narrowing.public_digests()
        if given["changed_since"] is not None:
            digests = narrowing.digests_changed_since(digests, given["changed_since"])
        return api_rows.digest_page(digests, place)

    def cursor_of(self, row: Any) -> str:
        return row.date.isoformat()


class Digest(OneView):
    """A digest, whole."""

    operation = "digests_get"
    path_parameters = {"date": {"type": "string", "format": "date"}}
    parameters = takes.OneDigest
    shape = DigestSerializer
    example = examples.DIGEST

    def one(self, date: datetime.date) -> Any:
        return api_rows.digest_by_date(date)

    def context(self, rows: Sequence[Any]) -> dict[str, Any]:
        return titles_of([entry for row in rows for entry in row.entries])


class Entries(ListView):
    """The entries, digest by digest.

    Each with its paper, both notes and its tags: by following `next` one reads the whole site.
    """

    operation = "entries_list"
    parameters = takes.EntryTakes
    item = EntrySerializer
    example = examples.page(examples.ENTRY)

    def found(self, rows: Any, given: dict[str, Any], place: Place) -> list[Any]:
        return api_rows.entry_page(rows, place)

    def cursor_of(self, row: Any) -> str:
        return str(row.order_key)

    def context(self, rows: Sequence[Any]) -> dict[str, Any]:
        return titles_of(rows)


class Entry(OneView):
    """An entry."""

    operation = "entries_get"
    path_parameters = {"entry_id": KEY}
    parameters = takes.OneEntry
    shape = EntrySerializer
    example = examples.ENTRY

    def one(self, entry_id: int) -> Any:
        return api_rows.entry_by_id(entry_id)

    def context(self, rows: Sequence[Any]) -> dict[str, Any]:
        return titles_of(rows)


class Papers(ListView):
    """The papers, the last one added first.

    Narrowed by their entries: one entry about a paper must be all that is asked.
    """

    operation = "papers_list"
    parameters = takes.PaperTakes
    item = PaperSerializer
    example = examples.page(examples.PAPER)

    def found(self, rows: Any, given: dict[str, Any], place: Place) -> list[Any]:
        beside = {"cursor", "page_size", "ordering", "fields"}
        narrowed = any(value is not None for name, value in given.items() if name not in beside)
        papers = narrowing.papers_of(rows) if narrowed else narrowing.public_papers()
        return api_rows.paper_page(papers, place)

    def cursor_of(self, row: Any) -> str:
        return str(row.paper.pk)


class Paper(OneView):
    """A paper with the entries about it."""

    operation = "papers_get"
    path_parameters = {"paper_id": KEY}
    parameters = takes.OnePaper
    shape = PaperSerializer
    example = examples.PAPER

    def one(self, paper_id: int) -> Any:
        return api_rows.paper_by_id(paper_id)


class Authors(ListView):
    """The people on the bylines of papers.

    Equal names on one byline are different people, told apart by `homonym`; across papers an equal name counts as one.
    """

    operation = "authors_list"
    parameters = takes.AuthorTakes
    item = AuthorSerializer
    example = examples.page(examples.AUTHOR)

    def found(self, rows: Any, given: dict[str, Any], place: Place) -> list[Any]:
        return api_rows.author_page(place, name=given["name"], paper=given["paper"])

    def cursor_of(self, row: Any) -> str:
        return str(row.author.pk)


class Author(OneView):
    """A person."""

    operation = "authors_get"
    path_parameters = {"author_id": KEY}
    parameters = takes.OneAuthor
    shape = AuthorSerializer
    example = examples.AUTHOR

    def one(self, author_id: int) -> Any:
        return api_rows.author_by_id(author_id)


class Tags(ListView):
    """The tags by their addresses, with how many entries carry each."""

    operation = "tags_list"
    parameters = takes.TagTakes
    item = TagSerializer
    example = examples.page(examples.TAG)
    descending = False

    def found(self, rows: Any, given: dict[str, Any], place: Place) -> list[Any]:
        return api_rows.tag_page(place)

    def cursor_of(self, row: Any) -> str:
        return row.tag.slug


class Tag(OneView):
    """A tag. Its old addresses lead to the present one."""

    operation = "tags_get"
    path_parameters = {"slug": {"type": "string", "minLength": 1, "maxLength": 200}}
    parameters = takes.OneTag
    shape = TagSerializer
    example = examples.TAG

    def get(self, request: Request, slug: str) -> HttpResponse:
        selection = find_selection(slug)
        if selection is None or selection.tag is None:
            raise Http404
        if selection.slug == slug:
            return super().get(request, tag=selection.tag)
        query = request.query_params.urlencode()
        address = api_url("tag", selection.slug) + (f"?{query}" if query else "")
        return HttpResponsePermanentRedirect(address, headers={"Cache-Control": "public, max-age=60"})

    def one(self, tag: Any) -> Any:
        return api_rows.tag_row(tag)


class Notes(ListView):
    """The notes one by one, those of an entry in Korean first."""

    operation = "notes_list"
    parameters = takes.NoteTakes
    item = NoteSerializer
    example = examples.page(examples.NOTE)

    def found(self, rows: Any, given: dict[str, Any], place: Place) -> list[Any]:
        return api_notes.note_page(rows, given["language"], place)

    def cursor_of(self, row: Any) -> str:
        return f"{row.key.order_key}-{row.key.language}"

    def context(self, rows: Sequence[Any]) -> dict[str, Any]:
        return titles_of([row.entry for row in rows])


class Mentions(ListView):
    """Which notes cite which papers, by arXiv link or by title, the last written first.

    A work that is not discussed here is known by its arXiv id alone.
    """

    operation = "mentions_list"
    parameters = takes.MentionTakes
    item = MentionSerializer
    example = examples.page(examples.MENTION)

    def found(self, rows: Any, given: dict[str, Any], place: Place) -> list[Any]:
        asked = {name: given[name] for name in ("paper", "arxiv_id", "entry", "language")}
        return api_notes.mention_page(place, **asked)

    def cursor_of(self, row: Any) -> str:
        return str(row.key)
