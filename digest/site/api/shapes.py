"""What goes out. Every field is written out here: nothing of a row is shown because it happens to be there."""

import datetime
from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from digest.reading.api_rows import DigestRow, PaperRow
from digest.reading.entries import PublicEntry
from digest.site.api.links import api_url, pages, paper_pages, web_link
from digest.text.languages import LANGUAGES
from digest.text.markup import note_html
from papers.identifiers import arxiv_url, normalise_doi
from papers.models import Paper
from papers.tex import tex_to_text


class Moment(serializers.DateTimeField):
    """A moment in UTC."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default_timezone=datetime.UTC, **kwargs)


class Sparse(serializers.Serializer):
    """A resource; with ``only``, these of its fields and no others."""

    def __init__(self, *args: Any, only: Sequence[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(only or self.fields):
            self.fields.pop(name)


class PagesSerializer(serializers.Serializer):
    """The page in each edition: both languages side by side, Korean, English."""

    both = serializers.URLField()
    ko = serializers.URLField()
    en = serializers.URLField()


class BylineSerializer(serializers.Serializer):
    """A name as printed on the paper, and the key of the person."""

    id = serializers.IntegerField(source="author.pk")
    name = serializers.CharField()


class TagNameSerializer(serializers.Serializer):
    """A tag, without its counts."""

    slug = serializers.CharField()
    name = serializers.CharField()
    label_ko = serializers.CharField(allow_blank=True)


class NoteTextSerializer(serializers.Serializer):
    """The words of a live note: as they are stored, and as HTML that is safe to show, formulas in MathML."""

    language = serializers.ChoiceField(choices=LANGUAGES)
    markdown = serializers.CharField()
    html = serializers.CharField()


class PaperTitleSerializer(serializers.Serializer):
    """A paper by name: ``title`` is plain text, ``title_tex`` as stored."""

    id = serializers.IntegerField(source="pk")
    url = serializers.SerializerMethodField()
    title = serializers.SerializerMethodField()
    title_tex = serializers.CharField(source="title")
    arxiv_id = serializers.CharField(allow_null=True)

    def get_url(self, paper: Paper) -> str:
        return api_url("paper", paper.pk)

    def get_title(self, paper: Paper) -> str:
        return tex_to_text(paper.title)


class PaperFacts(serializers.Serializer):
    """What a paper is; for an object with ``paper`` and ``authors``."""

    id = serializers.IntegerField(source="paper.pk")
    url = serializers.SerializerMethodField()
    kind = serializers.ChoiceField(source="paper.kind", choices=Paper.Kind.values)
    title = serializers.SerializerMethodField()
    title_tex = serializers.CharField(source="paper.title")
    authors = BylineSerializer(many=True)
    abstract = serializers.SerializerMethodField()
    abstract_tex = serializers.CharField(source="paper.abstract", allow_blank=True)
    arxiv_id = serializers.CharField(source="paper.arxiv_id", allow_null=True)
    arxiv_url = serializers.SerializerMethodField()
    doi = serializers.SerializerMethodField()
    doi_url = serializers.SerializerMethodField()
    link = serializers.SerializerMethodField()
    project_url = serializers.SerializerMethodField()
    code_url = serializers.SerializerMethodField()

    def get_url(self, row: Any) -> str:
        return api_url("paper", row.paper.pk)

    def get_title(self, row: Any) -> str:
        return tex_to_text(row.paper.title)

    def get_abstract(self, row: Any) -> str:
        return tex_to_text(row.paper.abstract)

    def get_arxiv_url(self, row: Any) -> str | None:
        return arxiv_url(row.paper.arxiv_id) if row.paper.arxiv_id else None

    def get_doi(self, row: Any) -> str | None:
        return row.paper.doi or None

    def get_doi_url(self, row: Any) -> str | None:
        doi = normalise_doi(row.paper.doi)
        return f"https://doi.org/{doi}" if doi else None

    def get_link(self, row: Any) -> str | None:
        return web_link(row.paper.url)

    def get_project_url(self, row: Any) -> str | None:
        return web_link(row.paper.project_url)

    def get_code_url(self, row: Any) -> str | None:
        return web_link(row.paper.code_url)


class PaperInEntrySerializer(PaperFacts):
    """The paper an entry is about."""

    pages = serializers.SerializerMethodField()

    @extend_schema_field(PagesSerializer)
    def get_pages(self, row: Any) -> dict[str, str]:
        return paper_pages(row.paper)


class EntryTitleSerializer(serializers.Serializer):
    """An entry by name: where it stands, the key and the title of its paper, the languages of its notes."""

    id = serializers.IntegerField(source="entry_id")
    url = serializers.SerializerMethodField()
    date = serializers.DateField()
    position = serializers.IntegerField()
    paper = serializers.IntegerField(source="paper.pk")
    title = serializers.SerializerMethodField()
    languages = serializers.SerializerMethodField()
    published = Moment()
    changed = Moment()

    def get_url(self, entry: PublicEntry) -> str:
        return api_url("entry", entry.entry_id)

    def get_title(self, entry: PublicEntry) -> str:
        return tex_to_text(entry.paper.title)

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(choices=LANGUAGES)))
    def get_languages(self, entry: PublicEntry) -> list[str]:
        return [code for code in LANGUAGES if code in entry.notes]


class EntrySerializer(Sparse):
    """One item of a digest: a paper, and what the editors say about it."""

    id = serializers.IntegerField(source="entry_id")
    url = serializers.SerializerMethodField()
    date = serializers.DateField()
    position = serializers.IntegerField()
    published = Moment()
    changed = Moment()
    paper = PaperInEntrySerializer(source="*")
    notes = serializers.SerializerMethodField()
    tags = TagNameSerializer(many=True)
    pages = serializers.SerializerMethodField()

    def get_url(self, entry: PublicEntry) -> str:
        return api_url("entry", entry.entry_id)

    @extend_schema_field(NoteTextSerializer(many=True))
    def get_notes(self, entry: PublicEntry) -> list[dict[str, str]]:
        return [self._note(code, entry.notes[code]) for code in LANGUAGES if code in entry.notes]

    def _note(self, language: str, body: str) -> dict[str, str]:
        return {"language": language, "markdown": body, "html": note_html(body, self.context.get("titles"))}

    @extend_schema_field(PagesSerializer)
    def get_pages(self, entry: PublicEntry) -> dict[str, str]:
        return entry_pages(entry)


class DigestFacts(Sparse):
    """A dated issue, by its date."""

    date = serializers.DateField()
    url = serializers.SerializerMethodField()
    published = Moment()
    changed = Moment()
    pages = serializers.SerializerMethodField()

    def get_url(self, row: DigestRow) -> str:
        return api_url("digest", row.date)

    @extend_schema_field(PagesSerializer)
    def get_pages(self, row: DigestRow) -> dict[str, str]:
        return pages("digest", row.date)


class DigestInListSerializer(DigestFacts):
    """A dated issue with its entries by name."""

    entries = EntryTitleSerializer(many=True)


class DigestSerializer(DigestFacts):
    """A dated issue, whole."""

    entries = EntrySerializer(many=True)


class PaperSerializer(Sparse, PaperFacts):
    """A discussed work with the entries about it, newest first."""

    tags = TagNameSerializer(many=True)
    published = Moment()
    changed = Moment()
    entries = EntryTitleSerializer(many=True)
    pages = serializers.SerializerMethodField()

    @extend_schema_field(PagesSerializer)
    def get_pages(self, row: PaperRow) -> dict[str, str]:
        return paper_pages(row.paper)


def entry_pages(entry: PublicEntry) -> dict[str, str]:
    """Where an entry stands in its digest."""
    return pages("digest", entry.date, anchor=f"#e{entry.position}")
