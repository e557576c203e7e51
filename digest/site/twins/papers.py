"""The twins of the pages of a paper, of a paper that notes cite, and of an author."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from digest.reading.authors import CoAuthor
from digest.reading.mentions import Cited
from digest.reading.related import RelatedPaper
from digest.site.editions import Edition
from digest.site.twins.entries import abstract, notes, paper_links, place, short
from digest.site.twins.words import (
    Blocks,
    author_link,
    bullets,
    dated,
    digest_link,
    heading,
    paper_link,
    papers_counted,
    said,
    section,
    tag_link,
    tag_links,
    url,
)
from digest.templatetags.charts import by_year
from digest.text import markdown
from papers.identifiers import arxiv_url
from papers.models import Author

Context = Mapping[str, Any]


def paper(edition: Edition, context: Context) -> Blocks:
    found, entries = context["paper"], context["entries"]
    authors = ", ".join(author_link(edition, byline.author, byline.name) for byline in context["authors"])
    blocks = [heading(1, markdown.title(found.title)), authors, paper_links(found)]
    blocks += [tag_links(edition, context["tags"]), *abstract(edition, found, level=2)]
    blocks.append(heading(2, said(edition, gettext_lazy("Notes"))))
    for entry in entries:
        blocks.append(heading(3, place(edition, entry)))
        blocks += notes(edition, entry, context["titles"], level=4)
    related = bullets(_related(edition, row) for row in context["related"])
    blocks += section(edition, gettext_lazy("Related papers"), related)
    cites = bullets(_cited(edition, work) for work in context["cites"])
    blocks += section(edition, gettext_lazy("Mentioned in these notes"), cites)
    mentions = [
        f"{digest_link(edition, each.date)}: {markdown.title(each.title)}" for each in context["mentions"]
    ]
    older = _("Older mentions are not listed.") if context["more_mentions"] else ""
    blocks += section(edition, gettext_lazy("Mentioned in"), bullets(mentions), older)
    return blocks + section(edition, gettext_lazy("Cite"), *_citation(context))


def cited(edition: Edition, context: Context) -> Blocks:
    """A paper without notes of its own: the passages of the notes that cite it."""
    arxiv_id, entries = context["arxiv_id"], context["entries"]
    told = ngettext(
        "No note of its own yet; mentioned once.",
        "No note of its own yet; mentioned %(counter)s times.",
        len(entries),
    )
    blocks = [heading(1, f"arXiv:{arxiv_id}"), told % {"counter": len(entries)}]
    blocks += [f"<{arxiv_url(arxiv_id)}>", heading(2, said(edition, gettext_lazy("Mentioned in")))]
    for entry in entries:
        blocks += [heading(3, paper_link(edition, entry.paper)), place(edition, entry)]
        blocks += [tag_links(edition, entry.tags), *notes(edition, entry, context["titles"], level=4)]
    return blocks


def author(edition: Edition, context: Context) -> Blocks:
    page = context["page"]
    same = [author_link(edition, other, _numbered(other)) for other in page.same_name]
    name = _numbered(page.author) if same or page.author.homonym > 1 else page.author.name
    shared = _("Collected by name: people of the same name may share this page.")
    blocks = [heading(1, markdown.escape(name)), f"{papers_counted(len(page.entries))} · {shared}"]
    blocks.append(f"{_('Others of the same name:')} {', '.join(same)}" if same else "")
    for first, entries in by_year(page):
        blocks.append(heading(2, dated(edition, first, "year")))
        for entry in entries:
            blocks += short(edition, entry)
    people = bullets(
        f"{author_link(edition, person, _numbered(person) if person.homonym > 1 else '')}: "
        f"{papers_counted(person.papers)}"
        for person in page.coauthors
    )
    blocks += section(edition, gettext_lazy("Co-authors"), people)
    tags = (f"{tag_link(edition, tag.name, tag.slug)}: {papers_counted(count)}" for tag, count in page.tags)
    return blocks + section(edition, gettext_lazy("Tags"), bullets(tags))


def _citation(context: Context) -> Blocks:
    """BibTeX, and the files for reference managers, which lie below the page."""
    files = [("cite.bib", "BibTeX"), *context["cite_files"]]
    links = " · ".join(markdown.link(name, f"{context['canonical']}{file}") for file, name in files)
    return [markdown.fenced(context["bibtex"], "bibtex"), links]


def _related(edition: Edition, row: RelatedPaper) -> str:
    tags = ", ".join(tag_link(edition, tag.name, tag.slug) for tag in row.tags)
    return f"{digest_link(edition, row.date)}: {paper_link(edition, row.paper)}{' · ' if tags else ''}{tags}"


def _cited(edition: Edition, work: Cited) -> str:
    if work.paper is not None:
        return paper_link(edition, work.paper)
    return markdown.link(f"arXiv:{work.arxiv_id}", url(edition, "arxiv", work.arxiv_id))


def _numbered(person: Author | CoAuthor) -> str:
    return f"{person.name} ({person.homonym})"
