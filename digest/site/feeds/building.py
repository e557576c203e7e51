"""From the rows of a feed's page to the document that every format writes."""

from django.conf import settings
from django.utils.text import Truncator

from digest.reading.entries import PublicEntry
from digest.reading.feeds import FIRST, FeedItem, FeedPage
from digest.site.editions import Edition
from digest.site.feeds.addresses import FeedAddress, tag_uri
from digest.site.feeds.content import Titles, digest_html, languages_shown, paper_html
from digest.site.feeds.documents import NEVER, Feed, Item, Person
from digest.site.feeds.wording import digest_summary, digest_title, feed_subtitle, feed_title
from digest.site.paper_context import paper_path, title_links
from digest.site.rendering import reverse_in
from digest.text.languages import language_of
from digest.text.markup import note_text
from papers.identifiers import arxiv_url, slugify_title
from papers.safehtml import displayable
from papers.tex import tex_to_text

SUMMARY = 300


def build_feed(address: FeedAddress, page: FeedPage, before: int = FIRST) -> Feed:
    """The document of one page. No text of it holds a character that XML cannot."""
    titles = {
        key: settings.SITE_URL + path for key, path in title_links(address.edition, page.titled).items()
    }
    make = _digest_item if address.items == "digests" else _paper_item
    feed_id = address.feed_id()
    return Feed(
        id=feed_id,
        url=address.url(before),
        first=address.url(),
        previous="" if page.newer is None else address.url(page.newer),
        next="" if page.older is None else address.url(page.older),
        # A hub's topic is the feed, not a page of its history.
        hub="" if before else settings.NARANHI_WEBSUB_HUB,
        page_url=address.page_url(),
        title=displayable(feed_title(address)),
        subtitle=displayable(feed_subtitle(address)),
        language=address.edition.interface,
        author=Person(settings.SITE_NAME, settings.SITE_URL + address.edition.home),
        updated=page.updated or NEVER,
        items=[make(address, feed_id, item, titles) for item in page.items],
    )


def _paper_item(address: FeedAddress, feed_id: str, item: FeedItem, titles: Titles) -> Item:
    """The same in every feed of an edition: who follows two tags gets it once."""
    (entry,) = item.entries
    paper, edition = entry.paper, address.edition
    languages = languages_shown(item.entries, edition)
    return Item(
        id=tag_uri(f"{address.key}/entries/{entry.entry_id}"),
        url=settings.SITE_URL + paper_path(edition, paper),
        related=arxiv_url(paper.arxiv_id) if paper.arxiv_id else displayable(paper.url),
        title=displayable(tex_to_text(paper.title)),
        language=language_of(paper.title),
        summary=Truncator(note_text(entry.notes[languages[0]])).chars(SUMMARY),
        summary_language=languages[0],
        html=displayable(paper_html(entry, edition, titles)),
        content_language=languages[0] if len(languages) == 1 else "",
        published=item.published,
        updated=item.updated,
        authors=_authors(entry, edition),
        tags=tuple(displayable(tag.name) for tag in entry.tags),
    )


def _digest_item(address: FeedAddress, feed_id: str, item: FeedItem, titles: Titles) -> Item:
    """Of each feed its own: one on a tag holds a part of the digest."""
    edition, first = address.edition, item.entries[0]
    languages = languages_shown(item.entries, edition)
    summary = displayable(digest_summary(item.entries))
    tags = {tag.name: None for entry in item.entries for tag in entry.tags}
    return Item(
        id=f"{feed_id}/{first.date.isoformat()}",
        url=settings.SITE_URL + reverse_in(edition, "digest", first.date),
        related="",
        title=digest_title(first, address),
        language=edition.interface,
        summary=summary,
        summary_language=language_of(summary),
        html=displayable(digest_html(item.entries, edition, titles)),
        content_language=languages[0] if len(languages) == 1 else "",
        published=item.published,
        updated=item.updated,
        authors=(),
        tags=tuple(map(displayable, tags)),
    )


def _authors(entry: PublicEntry, edition: Edition) -> tuple[Person, ...]:
    """Every name of the byline, two equal ones as two people: their pages tell them apart."""
    return tuple(
        Person(
            displayable(byline.name),
            settings.SITE_URL
            + reverse_in(edition, "author", byline.author.pk, slugify_title(byline.author.name)),
        )
        for byline in entry.authors
    )
