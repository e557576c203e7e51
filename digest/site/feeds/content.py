"""The HTML of an item: what a digest's page shows of its entries, whole, for readers that have none of our styles.

Every address is absolute and every run of words carries its language. Mathematics is MathML, as everywhere here.
"""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digest.reading.entries import PublicEntry
from digest.site.editions import Edition
from digest.site.paper_context import paper_path
from digest.site.rendering import reverse_in
from digest.templatetags.pages import folded_names, in_words, shown_names, web_link
from digest.templatetags.rendering import abstract_html, note_blocks, title_html
from digest.text.languages import language_of
from papers.identifiers import arxiv_url

# Title key → absolute address.
Titles = Mapping[str, str]
Link = tuple[str, str, str]


def paper_html(entry: PublicEntry, edition: Edition, titles: Titles) -> SafeString:
    """An entry by itself: its byline, its notes, the abstract folded away, where else to go."""
    date = in_words(entry.date, "date", edition.interface)
    digest = settings.SITE_URL + reverse_in(edition, "digest", entry.date) + f"#e{entry.position}"
    links = [*_links(entry, edition), (digest, edition.interface, _("Digest of %(date)s") % {"date": date})]
    parts = [_byline(entry, edition), *_notes(entry, edition, titles), _abstract(entry, edition)]
    return _joined([*parts, _link_line(links)])


def digest_html(entries: Iterable[PublicEntry], edition: Edition, titles: Titles) -> SafeString:
    """The entries of a digest under their titles. Abstracts are a click away, as on its page."""
    parts: list[SafeString] = []
    for entry in entries:
        parts += [_heading(entry, edition), _byline(entry, edition), *_notes(entry, edition, titles)]
        parts.append(_link_line(_links(entry, edition)))
    return _joined(parts)


def languages_shown(entries: Iterable[PublicEntry], edition: Edition) -> list[str]:
    """The edition's languages that the entries have notes in."""
    held = {language for entry in entries for language in entry.notes}
    return [language for language in edition.languages if language in held]


def _heading(entry: PublicEntry, edition: Edition) -> SafeString:
    paper = entry.paper
    return format_html(
        '<h2 lang="{}"><a href="{}">{}</a></h2>',
        language_of(paper.title),
        settings.SITE_URL + paper_path(edition, paper),
        title_html(paper.title),
    )


def _byline(entry: PublicEntry, edition: Edition) -> SafeString:
    names = ", ".join(byline.name for byline in shown_names(entry.authors))
    if not names:
        return _joined(())
    folded = len(folded_names(entry.authors))
    if not folded:
        return format_html('<p lang="en">{}</p>', names)
    more = ngettext("and %(counter)s more", "and %(counter)s more", folded) % {"counter": folded}
    return format_html('<p lang="en">{}, <span lang="{}">{}</span></p>', names, edition.interface, more)


def _notes(entry: PublicEntry, edition: Edition, titles: Titles) -> list[SafeString]:
    return [
        format_html('<div lang="{}">{}</div>', language, _joined(_blocks(entry.notes[language], titles)))
        for language in languages_shown([entry], edition)
    ]


def _blocks(body: str, titles: Titles) -> list[SafeString]:
    """Titles only where there are some: own addresses cost each block a sanitiser of its own."""
    return note_blocks(body, titles if "[[" in body else None)


def _abstract(entry: PublicEntry, edition: Edition) -> SafeString:
    abstract = entry.paper.abstract
    if not abstract:
        return _joined(())
    return format_html(
        '<details><summary lang="{}">{}</summary><div lang="{}">{}</div></details>',
        edition.interface,
        _("Abstract"),
        language_of(abstract),
        abstract_html(abstract),
    )


def _links(entry: PublicEntry, edition: Edition) -> list[Link]:
    """(address, language, label) of the work itself and what belongs to it."""
    paper = entry.paper
    known = edition.interface
    links = [(paper.project_url, known, _("Project")), (paper.code_url, known, _("Code"))]
    links += [(paper.url, known, _("Link"))]
    found = [link for link in links if web_link(link[0])]
    if paper.arxiv_id:
        found.insert(0, (arxiv_url(paper.arxiv_id), "en", f"arXiv:{paper.arxiv_id}"))
    return found


def _link_line(links: list[Link]) -> SafeString:
    if not links:
        return _joined(())
    line = [format_html('<a href="{}" lang="{}">{}</a>', *link) for link in links]
    return format_html("<p>{}</p>", format_html_join(" · ", "{}", ((link,) for link in line)))


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))
