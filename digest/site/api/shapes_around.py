"""What goes out around the entries: people, tags, single notes, mentions, trends, refusals. As explicit as ``shapes``."""

from urllib.parse import urlencode

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from digest.reading.api_notes import MentionRow, NoteRow
from digest.reading.api_rows import AuthorRow, TagRow
from digest.site.api.links import api_url, author_pages, pages
from digest.site.api.shapes import (
    EntryTitleSerializer,
    Moment,
    PagesSerializer,
    PaperTitleSerializer,
    Sparse,
    entry_pages,
)
from digest.text.languages import LANGUAGES
from digest.text.markup import note_html
from papers.identifiers import arxiv_url


class AuthorSerializer(Sparse):
    """A person. Of several people of one name, ``homonym`` counts from 1; ``papers`` counts what readers see."""

    id = serializers.IntegerField(source="author.pk")
    url = serializers.SerializerMethodField()
    name = serializers.CharField(source="author.name")
    homonym = serializers.IntegerField(source="author.homonym")
    papers = serializers.IntegerField()
    papers_url = serializers.SerializerMethodField()
    pages = serializers.SerializerMethodField()

    def get_url(self, row: AuthorRow) -> str:
        return api_url("author", row.author.pk)

    def get_papers_url(self, row: AuthorRow) -> str:
        return f"{api_url('papers')}?author={row.author.pk}"

    @extend_schema_field(PagesSerializer)
    def get_pages(self, row: AuthorRow) -> dict[str, str]:
        return author_pages(row.author)


class TagSerializer(Sparse):
    """A tag; ``entries`` counts those that readers see, ``first`` and ``last`` are their days."""

    slug = serializers.CharField(source="tag.slug")
    url = serializers.SerializerMethodField()
    name = serializers.CharField(source="tag.name")
    label_ko = serializers.CharField(source="tag.label_ko", allow_blank=True)
    description = serializers.CharField(source="tag.description", allow_blank=True)
    entries = serializers.IntegerField()
    first = serializers.DateField()
    last = serializers.DateField()
    entries_url = serializers.SerializerMethodField()
    pages = serializers.SerializerMethodField()

    def get_url(self, row: TagRow) -> str:
        return api_url("tag", row.tag.slug)

    def get_entries_url(self, row: TagRow) -> str:
        return f"{api_url('entries')}?{urlencode({'tag': row.tag.slug})}"

    @extend_schema_field(PagesSerializer)
    def get_pages(self, row: TagRow) -> dict[str, str]:
        return pages("tag", row.tag.slug)


class NoteSerializer(Sparse):
    """A live note by itself. ``changed`` is its entry's."""

    entry = serializers.IntegerField(source="entry.entry_id")
    entry_url = serializers.SerializerMethodField()
    date = serializers.DateField(source="entry.date")
    position = serializers.IntegerField(source="entry.position")
    language = serializers.ChoiceField(choices=LANGUAGES)
    markdown = serializers.SerializerMethodField()
    html = serializers.SerializerMethodField()
    published = Moment(source="entry.published")
    changed = Moment(source="entry.changed")
    paper = PaperTitleSerializer(source="entry.paper")
    pages = serializers.SerializerMethodField()

    def get_entry_url(self, row: NoteRow) -> str:
        return api_url("entry", row.entry.entry_id)

    def get_markdown(self, row: NoteRow) -> str:
        return row.entry.notes[row.language]

    def get_html(self, row: NoteRow) -> str:
        return note_html(row.entry.notes[row.language], self.context.get("titles"))

    @extend_schema_field(PagesSerializer)
    def get_pages(self, row: NoteRow) -> dict[str, str]:
        return entry_pages(row.entry)


class MentionSerializer(Sparse):
    """A note on ``entry`` cites a work: ``paper`` if readers find it here, else its arXiv id alone."""

    id = serializers.IntegerField(source="key")
    language = serializers.ChoiceField(choices=LANGUAGES)
    entry = EntryTitleSerializer()
    paper = PaperTitleSerializer(allow_null=True)
    arxiv_id = serializers.SerializerMethodField()
    arxiv_url = serializers.SerializerMethodField()

    def get_arxiv_id(self, row: MentionRow) -> str | None:
        return (row.paper.arxiv_id if row.paper else row.arxiv_id) or None

    def get_arxiv_url(self, row: MentionRow) -> str | None:
        arxiv_id = self.get_arxiv_id(row)
        return arxiv_url(arxiv_id) if arxiv_id else None


class TrendSerializer(serializers.Serializer):
    """How many entries carried a tag in each of the months, and in all of them."""

    slug = serializers.CharField()
    name = serializers.CharField()
    label_ko = serializers.CharField(allow_blank=True)
    total = serializers.IntegerField()
    counts = serializers.ListField(child=serializers.IntegerField())


class TrendsSerializer(Sparse):
    """Tag counts by month. ``months`` are oldest first; ``tags`` the most used first."""

    months = serializers.ListField(child=serializers.RegexField("^[0-9]{4}-[0-9]{2}$"))
    tags = TrendSerializer(many=True)


class FaultSerializer(serializers.Serializer):
    """One parameter that is wrong."""

    parameter = serializers.CharField()
    code = serializers.ChoiceField(choices=["unknown", "repeated", "invalid"])
    detail = serializers.CharField()
    detail_ko = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    """Why there is no answer (RFC 9457), in English and Korean; ``code`` is for programs and stays the same."""

    type = serializers.CharField()
    title = serializers.CharField()
    title_ko = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    detail_ko = serializers.CharField()
    code = serializers.CharField()
    errors = FaultSerializer(many=True, required=False)
