"""An entry in a twin: whole in a digest and on its paper's page, in short in a list."""

from collections.abc import Mapping

from django.conf import settings
from django.template.defaultfilters import truncatechars
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digest.reading.entries import PublicEntry
from digest.site.editions import Edition
from digest.site.twins.paths import twin_path
from digest.site.twins.words import (
    NAMES,
    Blocks,
    digest_link,
    heading,
    names,
    paper_link,
    section,
    tag_links,
)
from digest.templatetags.pages import web_link
from digest.text import markdown
from digest.text.languages import EN
from digest.text.markup import note_text
from papers.identifiers import arxiv_url
from papers.models import Paper
from papers.tex import tex_to_text

EXCERPT = 320
ABSTRACT = gettext_lazy("Abstract")


def whole(edition: Edition, entry: PublicEntry, titles: Mapping[str, str]) -> Blocks:
    """An entry of a digest."""
    blocks = [
        heading(2, f"{entry.position}. {paper_link(edition, entry.paper)}"),
        names(entry.authors),
        paper_links(entry.paper),
        tag_links(edition, entry.tags),
        *notes(edition, entry, titles, level=3),
        *abstract(edition, entry.paper, level=3),
    ]
    return [block for block in blocks if block]


def notes(edition: Edition, entry: PublicEntry, titles: Mapping[str, str], level: int) -> Blocks:
    """The notes in the edition's languages, each under the name of its language. What is missing is said so."""
    twins = {key: settings.SITE_URL + twin_path(address) for key, address in titles.items()}
    blocks = []
    for language in edition.languages:
        body = entry.notes.get(language)
        blocks.append(heading(level, NAMES[language]))
        blocks.append(markdown.note(body, twins) if body else f"*{_untranslated(language)}*")
    return blocks


def abstract(edition: Edition, paper: Paper, level: int) -> Blocks:
    """The abstract under its heading, if there is one."""
    return section(edition, ABSTRACT, markdown.abstract(paper.abstract), level=level)


def paper_links(paper: Paper) -> str:
    """The paper elsewhere."""
    places = [(_("Project"), paper.project_url), (_("Code"), paper.code_url), (_("Link"), paper.url)]
    if paper.arxiv_id:
        places.append((f"arXiv:{paper.arxiv_id}", arxiv_url(paper.arxiv_id)))
    if paper.doi:
        places.append((f"doi:{paper.doi}", f"https://doi.org/{paper.doi}"))
    links = [markdown.link(markdown.escape(name), place) for name, place in places if web_link(place)]
    return " · ".join(links)


def short(edition: Edition, entry: PublicEntry) -> Blocks:
    """An entry in a list: where it is, and the beginning of its notes, or of the abstract where there are none."""
    blocks = [
        heading(3, paper_link(edition, entry.paper)),
        f"{place(edition, entry)}{_after(tag_links(edition, entry.tags))}",
        *excerpts(edition, entry),
    ]
    return [block for block in blocks if block]


def place(edition: Edition, entry: PublicEntry) -> str:
    """``[2024-10-30](…) no. 3 of the digest``."""
    number = _("no. %(position)s of the digest") % {"position": entry.position}
    return f"{digest_link(edition, entry.date)}, {number}"


def excerpts(edition: Edition, entry: PublicEntry) -> Blocks:
    """The beginnings of the notes that there are in the edition's languages, else of the abstract."""
    texts = {
        NAMES[code]: note_text(entry.notes[code]) for code in edition.languages if code in entry.notes
    } or {_("Abstract"): tex_to_text(entry.paper.abstract)}
    return [f"{name}: {markdown.plain(truncatechars(text, EXCERPT))}" for name, text in texts.items() if text]


def _untranslated(language: str) -> str:
    if language == EN:
        return _("This note has not been translated yet.")
    return _("This note has not been translated into Korean yet.")


def _after(words: str) -> str:
    return f" · {words}" if words else ""
