"""What every twin is made of: words in the edition's languages, dates, absolute links that stay among the twins."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digest.reading.archive import DigestRow, Neighbours
from digest.reading.authors import CoAuthor
from digest.reading.entries import Byline
from digest.site.editions import Edition
from digest.site.rendering import Version, reverse_in
from digest.site.twins.paths import twin_path
from digest.templatetags.pages import in_words
from digest.text import markdown
from digest.text.languages import EN, KO
from papers.identifiers import slugify_title
from papers.models import Author, Paper
from papers.tex import tex_to_text

NAMES = {KO: "한국어", EN: "English"}
Blocks = list[str]


def heading(level: int, words: str) -> str:
    """``words`` is inline Markdown. A ``#`` at the end would be taken for the heading's own."""
    return f"{'#' * level} " + (f"{words[:-1]}\\#" if words.endswith("#") else words)


def said(edition: Edition, words: Any) -> str:
    """Interface words, lazy ones; with both languages on the page as ``초록 · Abstract``."""
    if not edition.both:
        return markdown.escape(str(words))
    with translation.override(EN):
        english = str(words)
    return markdown.escape(f"{words} · {english}")


def in_languages(edition: Edition, words: Any) -> Blocks:
    """Interface words of paragraph length, once in each language of the edition."""
    paragraphs = []
    for code in edition.languages:
        with translation.override(code):
            paragraphs.append(markdown.plain(str(words)))
    return paragraphs


def dated(edition: Edition, date: datetime.date, form: str = "day") -> str:
    """A date in the words of the edition's languages."""
    first = in_words(date, form, edition.interface)
    return f"{first} · {in_words(date, form, EN)}" if edition.both else first


def url(edition: Edition, name: str, *args: Any, **query: Any) -> str:
    """The absolute address of a page's twin within the edition."""
    address = reverse_in(edition, name, *args) + (f"?{urlencode(query)}" if query else "")
    return twin_url(address)


def twin_url(address: str) -> str:
    """The absolute address of the twin of the page at this path."""
    return f"{settings.SITE_URL}{twin_path(address)}"


def paper_link(edition: Edition, paper: Paper) -> str:
    """A paper by its title."""
    target = url(edition, "paper", paper.pk, slugify_title(tex_to_text(paper.title)))
    return markdown.link(markdown.title(paper.title), target)


def author_link(edition: Edition, author: Author | CoAuthor, name: str = "") -> str:
    """An author by their own name, or by the one printed on a paper."""
    target = url(edition, "author", author.pk, slugify_title(author.name))
    return markdown.link(markdown.escape(name or author.name), target)


def digest_link(edition: Edition, date: datetime.date) -> str:
    """A digest by its date."""
    return markdown.link(date.isoformat(), url(edition, "digest", date))


def tag_link(edition: Edition, name: str, slug: str) -> str:
    """A tag, or an expression of tags, by a name."""
    return markdown.link(markdown.escape(name), url(edition, "tag", slug))


def tag_links(edition: Edition, tags: Iterable[Any]) -> str:
    """``Tags: [a](…), [b](…)``; nothing without tags."""
    links = ", ".join(tag_link(edition, tag.name, tag.slug) for tag in tags)
    return f"{_('Tags')}: {links}" if links else ""


def names(authors: Sequence[Byline]) -> str:
    """A byline as printed."""
    return markdown.plain(", ".join(byline.name for byline in authors))


def papers_counted(count: int) -> str:
    return ngettext("%(counter)s paper", "%(counter)s papers", count) % {"counter": count}


def digests_counted(count: int) -> str:
    return ngettext("%(counter)s digest", "%(counter)s digests", count) % {"counter": count}


def counts(digests: int, papers: int) -> str:
    return f"{digests_counted(digests)} · {papers_counted(papers)}"


def bullets(items: Iterable[str]) -> str:
    """A list; each item is inline Markdown, or lines of it."""
    return "\n".join(f"- {item}" for item in items)


def section(edition: Edition, words: Any, *blocks: str, level: int = 2) -> Blocks:
    """A heading and what stands below it; nothing at all where nothing does."""
    filled = [block for block in blocks if block]
    return [heading(level, said(edition, words)), *filled] if filled else []


def closing(*blocks: str) -> Blocks:
    """What stands below the page's matter, parted from it by a rule; nothing where there is nothing."""
    filled = [block for block in blocks if block]
    return ["---", *filled] if filled else []


def digest_row(edition: Edition, row: DigestRow, most: int | None = None) -> str:
    """An item for a digest in a list: its date, how many papers, and their titles."""
    shown = row.titles[:most]
    item = [f"{digest_link(edition, row.date)}: {papers_counted(len(row.titles))}"]
    item += [f"  - {markdown.line(markdown.title(title))}" for title in shown]
    more = len(row.titles) - len(shown)
    if more > 0:
        words = ngettext("and %(counter)s more paper", "and %(counter)s more papers", more)
        item.append(f"  - {words % {'counter': more}}")
    return "\n".join(item)


def neighbour_links(
    edition: Edition, found: Neighbours, words: tuple[str, str], place: tuple[str, Any]
) -> str:
    """The way to the neighbours. ``place``: the name of their page, and its arguments and label from a date."""
    name, of = place
    items = []
    for word, day in zip(words, (found.previous, found.next), strict=True):
        if day:
            arguments, label = of(day.date)
            items.append(f"{word}: {markdown.link(label, url(edition, name, *arguments))}")
    return bullets(items)


def other_versions(context: Mapping[str, Any]) -> str:
    """The page itself, and the twins of its other editions that hold words in their language."""
    parts = [f"<{context['canonical']}>"]
    for version in context["versions"]:
        if version.offered and not version.current:
            parts.append(markdown.link(_version_name(version), twin_url(version.path)))
    return " · ".join(parts)


def _version_name(version: Version) -> str:
    return _("Side by side") if version.edition.both else NAMES[version.edition.interface]
