"""Which writer stands for which template: a page is its reading and either of the two."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digest.site.editions import Edition
from digest.site.rendering import reverse_in
from digest.site.twins import dates, found, papers, tags
from digest.site.twins.words import (
    NAMES,
    Blocks,
    bullets,
    heading,
    in_languages,
    other_versions,
    said,
    section,
)
from digest.text import markdown

Context = Mapping[str, Any]
Writer = Callable[[Edition, Context], Blocks]


def about(edition: Edition, context: Context) -> Blocks:
    blocks = [heading(1, said(edition, gettext_lazy("About")))]
    for each in context["sections"]:
        blocks.append(heading(2, said(edition, each.heading)))
        for words in each.paragraphs:
            blocks += in_languages(edition, words)
    file = markdown.link("archive.zip", f"{settings.SITE_URL}{reverse('archive_file')}")
    offered = file if context["archive"] else ""
    return blocks + section(edition, gettext_lazy("Everything at once"), offered)


def feeds(edition: Edition, context: Context) -> Blocks:
    """The feeds on everything, and how the address of any other is made."""
    names = {"both": _("Side by side"), **NAMES}
    kinds = {"digests": _("An item for each digest"), "papers": _("An item for each paper")}
    main = []
    for key, items, addresses in context["main"]:
        links = ", ".join(markdown.link(form, settings.SITE_URL + path) for form, path in addresses)
        main.append(f"{names[key]}, {kinds[items]}: {links}")
    start = f"{settings.SITE_URL}{reverse_in(edition, 'feeds')}"
    patterns = {
        _("Tag"): "tags/moe/papers.atom",
        _("Author"): "authors/12/papers.atom",
        _("Search"): "search/papers.atom?q=moe",
    }
    others = bullets(f"{name}: {markdown.code(start + pattern)}" for name, pattern in patterns.items())
    blocks = [heading(1, said(edition, gettext_lazy("Feeds")))]
    blocks += section(edition, gettext_lazy("Everything"), bullets(main))
    blocks += section(edition, gettext_lazy("One of your own"), others)
    built = context["built"].address
    return blocks + ([f"{_('The address of this feed:')} <{built.url()}>"] if built else [])


WRITERS: dict[str, Writer] = {
    "site/home.html": dates.home,
    "site/empty.html": dates.empty,
    "site/digest.html": dates.digest,
    "site/archive.html": dates.archive,
    "site/year.html": dates.year,
    "site/month.html": dates.month,
    "site/week.html": dates.week,
    "site/paper.html": papers.paper,
    "site/cited.html": papers.cited,
    "site/author.html": papers.author,
    "site/tags.html": tags.tags,
    "site/tag.html": tags.tag,
    "site/trends.html": tags.trends,
    "site/search.html": found.search,
    "site/about.html": about,
    "site/feeds.html": feeds,
}


def write(template: str, context: Context) -> str:
    """The Markdown of a page by its template and what it was to be filled with; one newline at its end."""
    title, *rest = WRITERS[template](context["edition"], context)
    return "\n\n".join(block for block in [title, other_versions(context), *rest] if block) + "\n"
