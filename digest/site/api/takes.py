"""The parameters of each resource. What is not written out here is refused: no path into a row can be asked by."""

import re
from typing import Any

from django_filters import FilterSet
from rest_framework.serializers import Serializer

from digest.reading import narrowing
from digest.reading.api_notes import NoteKey
from digest.site.api import parameters as p
from digest.site.api.parameters import Takes
from digest.site.api.problems import Said
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
    TrendsSerializer,
)
from digest.text.languages import LANGUAGES
from papers.models import Paper

ORDERS = ("newest", "oldest")
LONGEST_TAG, LONGEST_NAME = 300, 200
USUAL_TRENDS, MOST_TRENDS = 50, 500
_FIELDS = "Of each result these fields alone, with commas between them."
_NEXT = "Where the page begins: take it from `next`, as it stands."
_NOTE_KEY = re.compile("([1-9][0-9]{0,17})-(ko|en)")


def fields_of(shape: type[Serializer]) -> Takes:
    """Sparse fields: the names of a resource's own."""
    return Takes(p.some_of(shape().fields, _FIELDS))


def cursor(parameter: dict[str, Any]) -> Takes:
    return Takes(parameter, about=_NEXT)


def _note_key() -> dict[str, Any]:
    def read(text: str) -> NoteKey | None:
        match = _NOTE_KEY.fullmatch(text)
        return NoteKey(int(match[1]), match[2]) if match else None

    schema = {"type": "string", "pattern": f"^{_NOTE_KEY.pattern}$"}
    said = Said("Take this from next, as it stands.", "next에 있는 그대로 적으세요.")
    return {"read": read, "schema": schema, "expected": said, "about": _NEXT}


class Paged(FilterSet):
    """What every list takes."""

    page_size = Takes(p.number(1, p.LONGEST_PAGE, f"Results on a page; {p.USUAL_PAGE} unless given."))


class InOrder(Paged):
    """A list from either end."""

    ordering = Takes(p.choice(ORDERS, "Which come first; the newest unless given."))


class OfDays(InOrder):
    """By the date of the digest, both ends included."""

    date_after = Takes(p.day("This day or later."), narrowing.from_day)
    date_before = Takes(p.day("This day or earlier."), narrowing.to_day)
    year = Takes(p.number(1000, 9999, "A year, 2024."), narrowing.of_year)


class OfEntries(OfDays):
    """By what stands in an entry."""

    tag = Takes(
        p.text(LONGEST_TAG, "A tag's address, or an expression: `a+b` both, `a,b` either, `a+-b` without."),
        narrowing.tagged,
    )
    author = Takes(p.number(about="The key of an author."), narrowing.by_author)
    arxiv_id = Takes(p.arxiv("The paper's own id."), narrowing.on_arxiv)
    kind = Takes(p.choice(Paper.Kind.values, "The kind of work."), narrowing.of_kind)
    changed_since = Takes(p.moment("Published or changed at this moment or later."), narrowing.changed_since)


class OfLanguages(OfEntries):
    """By the languages of the notes."""

    language = Takes(p.choice(LANGUAGES, "With a note in this language."), narrowing.written_in)
    has_ko = Takes(p.yes_no("With or without a Korean note."), narrowing.with_korean)
    has_en = Takes(p.yes_no("With or without an English note."), narrowing.with_english)


class EntryTakes(OfLanguages):
    paper = Takes(p.number(about="The key of a paper."), narrowing.of_paper)
    cursor = cursor(p.number())
    fields = fields_of(EntrySerializer)


class PaperTakes(OfLanguages):
    """Papers by their entries: one entry must be all that is asked."""

    cursor = cursor(p.number())
    fields = fields_of(PaperSerializer)


class NoteTakes(OfEntries):
    paper = Takes(p.number(about="The key of a paper."), narrowing.of_paper)
    language = Takes(p.choice(LANGUAGES, "Notes in this language alone."))
    cursor = cursor(_note_key())
    fields = fields_of(NoteSerializer)


class DigestTakes(OfDays):
    changed_since = Takes(
        p.moment("With an entry published or changed at this moment or later, or from which one was taken.")
    )
    cursor = cursor(p.day())
    fields = fields_of(DigestInListSerializer)


class AuthorTakes(InOrder):
    name = Takes(p.text(LONGEST_NAME, "A whole name; case and width do not matter."))
    paper = Takes(p.number(about="The key of a paper."))
    cursor = cursor(p.number())
    fields = fields_of(AuthorSerializer)


class TagTakes(Paged):
    cursor = cursor(p.text(LONGEST_TAG))
    fields = fields_of(TagSerializer)


class MentionTakes(InOrder):
    paper = Takes(p.number(about="The key of the paper that is cited."))
    arxiv_id = Takes(p.arxiv("The arXiv id that is cited, also of a paper not discussed here."))
    entry = Takes(p.number(about="The key of the entry that cites."))
    language = Takes(p.choice(LANGUAGES, "Cited in the note in this language."))
    cursor = cursor(p.number())
    fields = fields_of(MentionSerializer)


class _Trends(FilterSet):
    top = Takes(p.number(1, MOST_TRENDS, f"So many tags, the most used first; {USUAL_TRENDS} unless given."))
    tag = Takes(p.text(LONGEST_TAG, "The address of one tag."))
    fields = fields_of(TrendsSerializer)


# ``from`` is a word of Python, so the ends are added by name.
_ENDS = {
    "from": Takes(p.month("The first month; twelve months up to the last unless given.")),
    "to": Takes(p.month("The last month; that of the newest digest unless given.")),
}
TrendTakes = type("TrendTakes", (_Trends,), _ENDS)


class OneEntry(FilterSet):
    fields = fields_of(EntrySerializer)


class OneDigest(FilterSet):
    fields = fields_of(DigestSerializer)


class OnePaper(FilterSet):
    fields = fields_of(PaperSerializer)


class OneAuthor(FilterSet):
    fields = fields_of(AuthorSerializer)


class OneTag(FilterSet):
    fields = fields_of(TagSerializer)


class DocumentTakes(FilterSet):
    format = Takes(p.choice(("json", "yaml"), "The form of the document."))
