"""What a feed and its items are called, as readers see it in their list of subscriptions."""

from django.conf import settings
from django.utils.translation import gettext as _

from digest.reading.entries import PublicEntry
from digest.site.feeds.addresses import FeedAddress
from digest.templatetags.pages import in_words
from papers.tex import tex_to_text

NAMES = {"ko": "한국어", "en": "English"}
TITLES_NAMED = 5


def feed_title(address: FeedAddress) -> str:
    """``나란히: #moe, 논문 (한국어)``: what the feed is about, what it has items for, and its language if it has one."""
    each = _("Digests") if address.items == "digests" else _("Papers")
    about = _about(address)
    words = f"{settings.SITE_NAME}: {about}, {each}" if about else f"{settings.SITE_NAME}: {each}"
    return words if address.edition.both else f"{words} ({NAMES[address.edition.interface]})"


def feed_subtitle(address: FeedAddress) -> str:
    """A sentence on what comes in this feed."""
    if address.items == "digests":
        return _("An item for each digest, with the notes on its papers.")
    return _("An item for each paper, with the notes on it.")


def digest_title(entry: PublicEntry, address: FeedAddress) -> str:
    """The day of a digest."""
    return in_words(entry.date, "day", address.edition.interface)


def digest_summary(entries: tuple[PublicEntry, ...]) -> str:
    """The first titles of a digest."""
    titles = " · ".join(tex_to_text(entry.paper.title) for entry in entries[:TITLES_NAMED])
    return f"{titles} …" if len(entries) > TITLES_NAMED else titles


def _about(address: FeedAddress) -> str:
    if address.selection:
        tag = address.selection.tag
        return f"#{tag.name}" if tag else address.selection.slug
    if address.author:
        return str(address.author)
    if address.asked:
        words = [address.asked.q, *address.asked.chosen.values()]
        return _("Search: %(words)s") % {"words": " ".join(filter(None, words))}
    return ""
