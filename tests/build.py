"""Rows for tests, in one call each. They take the same short cuts in every test: no workflow, no history."""

import datetime
import itertools

from django.utils import timezone

from digest.editing.importing import Importer
from digest.editing.revisions import write_references
from digest.models import Digest, Entry, Note, NoteRevision, Tag, TaggedEntry, order_key
from digest.text.tags import tag_slug
from papers.identifiers import name_key, title_key
from papers.models import Author, Authorship, Paper

_numbers = itertools.count(1)


def build_paper(title=None, authors=(), **fields):
    title = title or f"Paper {next(_numbers)}"
    paper = Paper.objects.create(title=title, title_key=title_key(title), **fields)
    for position, name in enumerate(authors, start=1):
        homonym = list(authors[:position]).count(name)
        author, _ = Author.objects.get_or_create(
            name_key=name_key(name), homonym=homonym, defaults={"name": name}
        )
        Authorship.objects.create(paper=paper, author=author, position=position, printed_name=name)
    return paper


def build_digest(date="2024-10-30", *, public=True, **fields):
    """A digest whose window opened at midnight UTC of its date; ``public=False`` leaves it a draft."""
    date = datetime.date.fromisoformat(str(date))
    opened = datetime.datetime.combine(date, datetime.time(), datetime.UTC)
    if public:
        fields.setdefault("publish_at", opened)
    digest, _ = Digest.objects.get_or_create(date=date, defaults=fields)
    return digest


def build_note(entry, language, body, *, live=True, **fields):
    """A note with one approved revision, live unless told otherwise."""
    fields = {"rev": 1, "sig_rev": 1, **fields}
    fields.setdefault("state", "approved" if live else "draft")
    if language != entry.source_language:
        fields.setdefault("source_rev", 1)
    note = Note.objects.create(entry=entry, language=language, body=body, **fields)
    revision = NoteRevision.objects.create(note=note, rev=1, body=body, origin="import")
    write_references(revision)
    if live:
        note.live, note.live_at = revision, timezone.now()
        note.save(update_fields=["live", "live_at"])
    return note


def build_entry(
    date="2024-10-30",
    *,
    title=None,
    authors=(),
    ko="한국어 노트",
    en="",
    tags=(),
    public=True,
    paper=None,
    **fields,
):
    """An entry at the end of the digest of ``date``; its notes are live where ``public``."""
    digest = build_digest(date, public=public)
    paper_fields = {key: fields.pop(key) for key in list(fields) if key in PAPER_FIELDS}
    paper = paper or build_paper(title, authors, **paper_fields)
    position = fields.pop("position", digest.entries.count() + 1)
    if public:
        fields.setdefault("publish_at", digest.publish_at)
        fields.setdefault("unpublish_at", digest.unpublish_at)
    key = order_key(digest.date, position)
    entry = Entry.objects.create(digest=digest, paper=paper, position=position, order_key=key, **fields)
    for language, body in (("ko", ko), ("en", en)):
        if body:
            build_note(entry, language, body, live=public)
    for name in tags:
        tag, _ = Tag.objects.get_or_create(slug=tag_slug(name), defaults={"name": name})
        TaggedEntry.objects.create(tag=tag, content_object=entry, order_key=key)
    return entry


PAPER_FIELDS = ("abstract", "arxiv_id", "doi", "url", "project_url", "code_url", "kind")


def import_files(files, **options):
    """Import (name, content) pairs that hold no errors into a database that has none of them."""
    importer = Importer(**options)
    statuses = {report.status for report in importer.run(files)}
    importer.finish()
    assert statuses == {"created"}
