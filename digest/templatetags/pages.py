"""What the readers' pages are put together from: headings and dates in two languages, facing notes, coverage."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from django import template
from django.utils import translation
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString

from digest.reading.entries import Byline, PublicEntry
from digest.templatetags.rendering import note_blocks, plain
from digest.text.languages import EN, KO, LANGUAGES, language_of
from papers.identifiers import arxiv_search_url, arxiv_url, slugify_title

register = template.Library()

# DESIGN: first six names, the rest behind "and n more", but only where more than eight would show.
NAMES_SHOWN, NAMES_ALLOWED = 6, 8
MOST_ROWS = 6  # the style sheet knows pairs of up to six facing paragraphs
FORMS = {
    "day": {KO: "Y년 n월 j일 l", EN: "l, j F Y"},
    "date": {KO: "Y년 n월 j일", EN: "j F Y"},
    "month": {KO: "Y년 n월", EN: "F Y"},
    "week": {KO: "o년 W주", EN: r"\W\e\e\k W, o"},
    "year": {KO: "Y년", EN: "Y"},
    "short": {KO: "n월", EN: "M"},
}


@dataclass(frozen=True, slots=True)
class Side:
    """One language's half of a pair; no ``blocks`` where there is no note in it."""

    language: str
    blocks: list[SafeString]


@dataclass(frozen=True, slots=True)
class Facing:
    """An entry's notes laid out. ``rows``: both sides have this many paragraphs, so n can face n."""

    sides: list[Side]
    rows: int

    @property
    def lone(self) -> bool:
        return len(self.sides) == 1


@register.simple_tag
def facing(entry: PublicEntry, languages: Iterable[str], titles: Mapping[str, str] | None = None) -> Facing:
    """The notes of an entry in the page's languages; an empty side where one has no note while another has.

    ``titles``: where ``[[Title]]`` leads, by title key; a page that gives none shows titles as plain words.
    """
    sides = [
        Side(language, note_blocks(entry.notes.get(language, ""), titles or None)) for language in languages
    ]
    if not any(side.blocks for side in sides):
        return Facing([], 0)
    counts = {len(side.blocks) for side in sides}
    rows = counts.pop() if len(sides) > 1 and len(counts) == 1 else 0
    return Facing(sides, rows if rows <= MOST_ROWS else 0)


@register.simple_tag
def excerpts(entry: PublicEntry, languages: Iterable[str]) -> list[tuple[str, str]]:
    """For lists: (language, body) of the notes there are. What is missing is not mentioned."""
    return [(language, entry.notes[language]) for language in languages if language in entry.notes]


@register.simple_tag
def shown_languages(edition: Any, languages: Iterable[str]) -> list[str]:
    """The languages a page lays out: a digest that has one only is set in one column, in every edition.

    An edition whose language has no note at all keeps it, and so shows abstracts in place of notes.
    """
    return [language for language in edition.languages if not edition.both or language in languages]


@register.simple_tag(takes_context=True)
def heading(context: Any, words: Any) -> SafeString:
    """Interface words; with both languages on the page like a museum's sign: 아카이브 *Archive*."""
    if not context["edition"].both:
        return format_html("{}", words)
    with translation.override(EN):
        english = str(words)
    return format_html('{} <span class="en" lang="en">{}</span>', words, english)


@register.simple_tag(takes_context=True)
def sides(context: Any, words: Any) -> list[tuple[str, str]]:
    """Interface words of paragraph length: (language, words) for each language of the edition."""
    said = []
    for code in context["edition"].languages:
        with translation.override(code):
            said.append((code, str(words)))
    return said


@register.simple_tag(takes_context=True)
def date_heading(context: Any, date: datetime.date, form: str = "day") -> SafeString:
    """A date in the forms of the edition's languages: ``day``, ``date`` (no weekday), ``month``, ``week``, ``year``."""
    edition = context["edition"]
    first = in_words(date, form, edition.interface)
    if not edition.both:
        return format_html("{}", first)
    return format_html('{} <span class="en" lang="en">{}</span>', first, in_words(date, form, EN))


@register.simple_tag(takes_context=True)
def date_words(context: Any, date: datetime.date, form: str = "day") -> str:
    """A date in the interface language alone."""
    return in_words(date, form, context["edition"].interface)


def in_words(date: datetime.date, form: str, language: str) -> str:
    """``2024년 10월 30일 수요일`` or ``Wednesday, 30 October 2024``."""
    with translation.override(language):
        return format_date(date, FORMS[form][language])


@register.filter
def language(text: str) -> str:
    """The language a run of stored text is to be marked with."""
    return language_of(text)


@register.filter
def slug(paper_or_author: Any) -> str:
    """The readable end of a paper's or an author's address."""
    title = getattr(paper_or_author, "title", None)
    return slugify_title(plain(title) if title else paper_or_author.name)


@register.filter
def shown_names(authors: Sequence[Byline]) -> Sequence[Byline]:
    """The names of a byline that stand open."""
    return authors if len(authors) <= NAMES_ALLOWED else authors[:NAMES_SHOWN]


@register.filter
def folded_names(authors: Sequence[Byline]) -> Sequence[Byline]:
    """The names of a byline that are folded away."""
    return () if len(authors) <= NAMES_ALLOWED else authors[NAMES_SHOWN:]


@register.filter
def arxiv_page(arxiv_id: str) -> str:
    """The abstract page at arXiv."""
    return arxiv_url(arxiv_id)


@register.filter
def arxiv_search(title: str) -> str:
    """arXiv's search for a title, for papers whose id nobody has entered."""
    return arxiv_search_url(plain(title))


@register.filter
def web_link(url: str) -> str:
    """The address if a browser may be sent there, else nothing: http and https only."""
    return url if url.lower().startswith(("https://", "http://")) else ""


@register.inclusion_tag("site/_coverage.html")
def coverage(covered: Sequence[tuple[bool, bool]]) -> dict[str, Any]:
    """The coverage glyph: a pair of bars for each entry, Korean left, English right, hollow where missing."""
    filled, hollow = [], []
    for entry, pair in enumerate(covered):
        for side, there in enumerate(pair):
            x = entry * 17 + side * 7
            filled.append(f"M{x} 0h6v12h-6z") if there else hollow.append(f"M{x}.5 .5h5v11h-5z")
    counts = {code: sum(pair[side] for pair in covered) for side, code in enumerate(LANGUAGES)}
    return {
        "width": len(covered) * 17 - 4,
        "filled": "".join(filled),
        "hollow": "".join(hollow),
        "total": len(covered),
        "korean": counts[KO],
        "english": counts[EN],
    }


@register.filter
def english_count(entries: Iterable[PublicEntry]) -> int:
    """How many of the entries have an English note."""
    return sum(EN in entry.notes for entry in entries)


class Keep(template.Node):
    """What ``{% keep name %}`` holds, shown and remembered."""

    def __init__(self, name: str, nodelist: template.NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        shown = self.nodelist.render(context)
        context[self.name] = " ".join(unescape(shown).split())
        return shown


@register.tag
def keep(parser: template.base.Parser, token: template.base.Token) -> Keep:
    """``{% keep name %}…{% endkeep %}``: a part of the page that is said again below, as plain text, as ``name``.

    A block cannot be written twice; this may hold one.
    """
    words = token.split_contents()
    if len(words) != 2:
        raise template.TemplateSyntaxError("keep takes a name")
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    return Keep(words[1], nodelist)
