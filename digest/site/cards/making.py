"""The cards of this site's pages, from what the pages hold anyway: no query is made for a card's address."""

import datetime
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.utils.translation import gettext, ngettext, override

from digest.reading.entries import PublicEntry
from digest.site.cards.card import Card, DigestCard, PaperCard, SiteCard, version
from digest.site.cards.words import drawable
from digest.site.editions import Edition
from digest.site.rendering import reverse_in
from digest.templatetags.pages import in_words
from digest.text.languages import EN
from digest.text.markup import note_text
from papers.tex import tex_to_text

_TITLES, _NAMES, _TAGS = 6, 8, 6
# Of a note, what may fill three lines; a part of a note is read, because a page asks for this at every view.
_NOTE, _READ = 300, 1_000


def site_card(edition: Edition) -> SiteCard:
    """For pages about no single paper or day."""
    return SiteCard(_site(), tuple(map(_tagline, edition.languages)))


def digest_card(edition: Edition, date: datetime.date, entries: Sequence[PublicEntry]) -> DigestCard:
    """For the page of a day with these entries."""
    languages = (edition.interface, EN) if edition.both else (edition.interface,)
    count = ngettext("%(counter)s paper", "%(counter)s papers", len(entries)) % {"counter": len(entries)}
    return DigestCard(
        site=_site(),
        month=f"{date:%m}",
        day=f"{date:%d}",
        dates=tuple(in_words(date, "day", language) for language in languages),
        count=count,
        titles=tuple(_title(entry, 160) for entry in entries[:_TITLES]),
    )


def paper_card(edition: Edition, entries: Sequence[PublicEntry]) -> PaperCard:
    """For the page of a paper; ``entries`` about it newest first. Of each language's newest note the beginning."""
    newest = entries[0]
    bodies = (newest_note(entries, language) for language in edition.languages)
    tags = {tag.slug: tag.name for entry in entries for tag in entry.tags}
    return PaperCard(
        site=_site(),
        date=f"{newest.date:%Y.%m.%d}",
        title=_title(newest, 300),
        names=_drawable((byline.name for byline in newest.authors[:_NAMES]), 60),
        authors=len(newest.authors),
        others=gettext("{names} and {number} more"),
        notes=_drawable((note_text(body[:_READ]) for body in bodies), _NOTE),
        tags=_drawable(list(tags.values())[:_TAGS], 40),
    )


def newest_note(entries: Sequence[PublicEntry], language: str) -> str:
    """The newest note in a language, empty if there is none."""
    return next((entry.notes[language] for entry in entries if language in entry.notes), "")


def address(edition: Edition, card: Card, name: str, **arguments: object) -> str:
    """The whole address of a card's picture; it changes with the picture, so copies may be kept for long."""
    return f"{settings.SITE_URL}{reverse_in(edition, name, **arguments)}?v={version(card)}"


def _site() -> str:
    return drawable(settings.SITE_NAME, 60)


def _tagline(language: str) -> str:
    with override(language):
        return gettext("A digest of machine-learning papers, in Korean and English.")


def _drawable(texts: Iterable[str], most: int) -> tuple[str, ...]:
    """Those of which anything can be drawn."""
    return tuple(filter(None, (drawable(text, most) for text in texts)))


def _title(entry: PublicEntry, most: int) -> str:
    return drawable(tex_to_text(entry.paper.title), most) or f"#{entry.position}"
