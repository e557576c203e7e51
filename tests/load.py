"""Thousands of seeds into rows in seconds: what an import into an empty database leaves behind, row for row.

For tests and benchmarks only. ``tests/test_load.py`` proves it equal to the importer on whole tables.
"""

import hashlib

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from digest.editing.import_digest import midnight
from digest.editing.relating import relate_papers
from digest.editing.relating_rows import Last
from digest.models import (
    Digest,
    Entry,
    Event,
    ImportBase,
    ImportFlag,
    ImportRun,
    Note,
    NoteRevision,
    Reference,
    SourceFile,
    Tag,
    TaggedEntry,
    order_key,
)
from digest.text.markup import note_links
from digest.text.seeds import parse_seed
from digest.text.tags import clean_tag, tag_slug
from papers.discovery import paper_links
from papers.identifiers import name_key, title_key
from papers.models import Author, Authorship, Paper

FIELDS = ("title", "authors", "abstract", "ko", "en", "tags")
# Each table after those it points at.
ORDER = (ImportRun, Digest, SourceFile, ImportFlag, Paper, Author, Authorship, Entry, Note, NoteRevision)
ORDER += (Reference, Tag, TaggedEntry, ImportBase, Event)


@transaction.atomic
def load_files(files, now=None, *, relate=False):
    """Load ``(name, content)`` pairs, one digest each, without errors, into a database that has no digests.

    ``relate`` finds related papers as an import in the order of dates would, which takes most of the time;
    ``tests.hardest`` does it for the few that a test asks about.
    """
    loader = _Loader(now or timezone.now())
    for name, content in files:
        loader.add_file(name, content)
    loader.store()
    if relate:
        loader.relate()


class _Loader:
    """Gathers unsaved rows, then writes table by table."""

    def __init__(self, now):
        self.now = now
        self.rows = {model: [] for model in ORDER}
        self.papers, self.people, self.tags = {}, {}, {}
        self.run = self._add(ImportRun, started_at=now, finished_at=now)

    def store(self):
        self.run.counts = {"created": len(self.rows[Digest])}
        for model in ORDER:
            if model is Event:
                for event, digest in zip(self.rows[Event], self.rows[Digest], strict=True):
                    event.object_id = digest.pk
            model.objects.bulk_create(self.rows[model], batch_size=2_000)
        newest = NoteRevision.objects.filter(note=OuterRef("pk"), rev=OuterRef("rev"))
        Note.objects.update(live=Subquery(newest.values("pk")), live_at=F("updated_at"))

    def relate(self):
        for digest in sorted(self.rows[Digest], key=lambda digest: digest.date):
            entries = [entry for entry in self.rows[Entry] if entry.digest is digest]
            newest = max(entry.order_key for entry in entries)
            relate_papers(
                [entry.paper.pk for entry in entries], now=self.now, until=Last("order_key", newest)
            )

    def add_file(self, name, content):
        parsed = parse_seed(content)
        seed = parsed.digest
        digest = self._add(Digest, date=seed.date, publish_at=midnight(seed.date))
        sha256 = hashlib.sha256(content).hexdigest()
        file = self._add(SourceFile, name=name, sha256=sha256, content=content, digest=digest, run=self.run)
        for place in sorted({(problem.line, problem.reason[:500]) for problem in parsed.problems}):
            self._add(ImportFlag, source_file=file, line=place[0], reason=place[1])
        for position, entry in enumerate(seed.entries, start=1):
            self._add_entry(digest, file, position, entry)
        detail = {"file": name}
        about = {"object_type": "digest", "object_id": 0, "object_label": str(digest)}
        self._add(Event, at=self.now, verb="import_created", detail=detail, **about)

    def _add_entry(self, digest, file, position, seed):
        paper = self.papers.get(title_key(seed.title)) or self._paper(seed)
        key = order_key(digest.date, position)
        source = "en" if seed.en and not seed.ko else "ko"
        shown = digest.publish_at if seed.ko or seed.en else None
        entry = self._add(
            Entry,
            digest=digest,
            paper=paper,
            position=position,
            order_key=key,
            source_language=source,
            publish_at=shown,
        )
        for language, body in (("ko", seed.ko), ("en", seed.en)):
            if body:
                self._note(entry, language, body)
        names = {}
        for name in seed.tags:
            names.setdefault(tag_slug(name), clean_tag(name))
        for slug, name in names.items():
            self._add(TaggedEntry, content_object=entry, tag=self._tag(slug, name), order_key=key)
        texts = vars_of(seed)
        for field in (field for field in FIELDS if texts[field]):
            line = seed.lines.get(field, seed.line)
            self._add(ImportBase, entry=entry, field=field, text=texts[field], source_file=file, line=line)

    def _paper(self, seed):
        links = paper_links(seed.abstract)
        paper = self._add(
            Paper,
            title=seed.title,
            title_key=title_key(seed.title),
            abstract=seed.abstract,
            project_url=links.project,
            code_url=links.code,
        )
        keys = [name_key(name) for name in seed.authors]
        for position, name in enumerate(seed.authors, start=1):
            homonym = keys[:position].count(keys[position - 1])
            key = (keys[position - 1], homonym)
            if key not in self.people:
                self.people[key] = self._add(Author, name=name, name_key=key[0], homonym=homonym)
            author = self.people[key]
            self._add(Authorship, paper=paper, author=author, position=position, printed_name=name)
        self.papers[title_key(seed.title)] = paper
        return paper

    def _note(self, entry, language, body):
        texts = {"body": body, "rev": 1}
        source_rev = None if language == entry.source_language else 1
        note = self._add(
            Note,
            entry=entry,
            language=language,
            state="approved",
            sig_rev=1,
            source_rev=source_rev,
            updated_at=self.now,
            **texts,
        )
        revision = self._add(NoteRevision, note=note, origin="import", created_at=self.now, **texts)
        for link in note_links(body):
            if len(link.url) <= 2_000 and len(link.title_key) <= 500:
                named = {"arxiv_id": link.arxiv_id, "title_key": link.title_key, "url": link.url}
                self._add(Reference, revision=revision, kind=link.kind, **named)

    def _tag(self, slug, name):
        if slug not in self.tags:
            self.tags[slug] = self._add(Tag, name=name, slug=slug)
        return self.tags[slug]

    def _add(self, model, **fields):
        row = model(**fields)
        self.rows[model].append(row)
        return row


def vars_of(seed):
    """The six fields of a seed entry as the texts an import remembers."""
    texts = {field: getattr(seed, field) for field in ("title", "abstract", "ko", "en")}
    return texts | {"authors": "\n".join(seed.authors), "tags": " ".join(seed.tags)}
