"""The twin of the search: results with the words that were found in bold, and every way on."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from digest.reading.search import Found, Results
from digest.site.editions import Edition
from digest.site.twins.entries import place
from digest.site.twins.words import (
    NAMES,
    Blocks,
    bullets,
    closing,
    heading,
    papers_counted,
    said,
    section,
    tag_link,
    tag_links,
    twin_url,
    url,
)
from digest.text import markdown
from digest.text.analysis.highlight import Pieces
from papers.identifiers import slugify_title
from papers.tex import tex_to_text

Context = Mapping[str, Any]


def search(edition: Edition, context: Context) -> Blocks:
    """Without a query: how to search, and tags to begin with."""
    asked, results = context["asked"], context["results"]
    words = said(edition, gettext_lazy("Search"))
    blocks = [heading(1, f"{words}: {markdown.escape(asked.q)}" if asked.q else words)]
    blocks.append(" · ".join(_chosen(each) for each in context["chosen"]))
    if results.plain:
        blocks.append(
            _(
                "Search is being rebuilt. Until it is ready, only the newest papers are looked through, word by word."
            )
        )
    if results.cut:
        blocks.append(_("The query is long; only its first words were used."))
    if results.found:
        return [*blocks, *_results(edition, context, results)]
    if results.total:
        first = markdown.link(_("First page"), twin_url(context["first_path"]))
        return [*blocks, f"{_('Nothing further here.')} {first}"]
    if results.asked:
        blocks += _nothing(context, results)
    popular = bullets(
        f"{tag_link(edition, tag.name, tag.slug)}: {papers_counted(tag.entries)}"
        for tag in context["popular"]
    )
    return [
        *blocks,
        *_help(edition, context["searching"]),
        *section(edition, gettext_lazy("Frequent tags"), popular),
    ]


def _results(edition: Edition, context: Context, results: Results) -> Blocks:
    blocks = [_total(results)]
    for found in results.found:
        blocks += _found(edition, found)
    ways = [(_("Previous"), context["previous_path"]), (_("Next"), context["next_path"])]
    links = [markdown.link(word, twin_url(path)) for word, path in ways if path]
    page = _("Page %(page)s of %(pages)s") % {"page": results.page, "pages": results.pages}
    blocks += closing(" · ".join([page, *links]))
    facets = bullets(
        f"{facet['title']}: {', '.join(_choice(each) for each in facet['choices'])}"
        for facet in context["facets"]
    )
    return blocks + section(edition, gettext_lazy("Narrow the results"), facets)


def _total(results: Results) -> str:
    if results.capped:
        words = _("More than %(n)s papers, the newest of which are ranked here.")
    else:
        words = ngettext("Found in %(n)s paper.", "Found in %(n)s papers.", results.total)
    return words % {"n": results.total}


def _found(edition: Edition, found: Found) -> Blocks:
    entry = found.entry
    label = _marked(found.title) if found.title else markdown.title(entry.paper.title)
    target = url(edition, "paper", entry.paper.pk, slugify_title(tex_to_text(entry.paper.title)))
    blocks = [heading(2, markdown.link(label, target)), place(edition, entry)]
    blocks.append(", ".join(map(_marked, found.names)))
    for text in found.texts:
        name = _("Abstract") if text.abstract else NAMES[text.language]
        blocks.append(f"{name}: {_marked(text.pieces)}")
    return [*blocks, tag_links(edition, entry.tags)]


def _marked(pieces: Pieces) -> str:
    parts = (f"**{markdown.escape(text)}**" if hit else markdown.escape(text) for text, hit in pieces)
    return " ".join("".join(parts).split())


def _chosen(each: Mapping[str, Any]) -> str:
    without = markdown.link(_("Remove:").rstrip(":"), twin_url(each["path"]))
    return f"{each['title']}: {markdown.escape(each['label'])} ({without})"


def _choice(each: Mapping[str, Any]) -> str:
    label = markdown.link(markdown.escape(each["label"]), twin_url(each["path"]))
    return f"**{label}** {each['count']}" if each["chosen"] else f"{label} {each['count']}"


def _nothing(context: Context, results: Results) -> Blocks:
    blocks = [_("No paper matches this search.")]
    if results.instead:
        instead = markdown.link(markdown.escape(results.instead), twin_url(context["instead_path"]))
        blocks.append(f"{_('Did you mean:')} {instead}")
    if context["chosen"]:
        blocks.append(markdown.link(_("Search without the filters"), twin_url(context["unfiltered_path"])))
    return blocks


def _help(edition: Edition, told: Iterable[tuple[str, Any]]) -> Blocks:
    rows = bullets(f"{markdown.code(typed)}: {words}" for typed, words in told)
    return section(edition, gettext_lazy("How to search"), rows)
