"""A paper as other people's programs get it from this site: its facts, where it was discussed, the notes of an edition."""

from collections.abc import Iterator, Mapping, Sequence

from django.conf import settings
from django.utils.html import format_html

from digest.reading.citing import Scope, read_chunks, work_of
from digest.reading.entries import PublicEntry
from digest.reading.mentions import titled_papers
from digest.site.editions import Edition
from digest.site.paper_context import source_of, title_links
from digest.site.rendering import reverse_in
from digest.text.markup import note_html
from papers.citations import Work

LANGUAGE_NAMES = {"ko": "한국어", "en": "English"}


def read_works(edition: Edition, scope: Scope, *, with_notes: bool) -> Iterator[list[Work]]:
    """The works of a scope, in chunks."""
    for chunk in read_chunks(scope):
        yield works_of(edition, chunk, with_notes=with_notes)


def works_of(edition: Edition, papers: Sequence[Sequence[PublicEntry]], *, with_notes: bool) -> list[Work]:
    """A work for the entries of each paper. Notes cost their rendering and a query, so only RDF asks for them."""
    links: dict[str, str] = {}
    if with_notes:
        titled = titled_papers(entry for entries in papers for entry in entries)
        links = {key: settings.SITE_URL + path for key, path in title_links(edition, titled).items()}
    return [
        work_of(
            entries,
            source=source_of(entries[0]),
            notes=_notes(edition, entries, links) if with_notes else (),
        )
        for entries in papers
    ]


def _notes(edition: Edition, entries: Sequence[PublicEntry], links: Mapping[str, str]) -> list[str]:
    """Every live note in the edition's languages, under a line that says where it stands."""
    return [
        _heading(edition, entry, language) + note_html(entry.notes[language], links)
        for entry in entries
        for language in edition.languages
        if language in entry.notes
    ]


def _heading(edition: Edition, entry: PublicEntry, language: str) -> str:
    address = f"{settings.SITE_URL}{reverse_in(edition, 'digest', entry.date)}#e{entry.position}"
    words = f"{source_of(entry)} ({LANGUAGE_NAMES[language]})"
    return format_html('<p><a href="{}">{}</a></p>', address, words)
