"""New digests by the hundred: what importing them one by one would leave, row for row, in a few statements a table.

Only what asks for no decision comes this way: no digest of that date, no file of that name, papers that are new or say
what the file says. All else is NotPlain and goes field by field (import_digest.py), which is also what finds the words
for a refusal. tests/digest/editing/test_import_batch.py holds the two ways against each other, table by table.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from digest.editing.bulk_rows import Value, new_keys, write_rows
from digest.editing.import_catalogue import chunks
from digest.editing.import_digest import midnight
from digest.editing.import_plan import NewDigest, NewEntry, NewSeed
from digest.editing.import_report import CREATED
from digest.editing.indexing import Made, index_new
from digest.editing.relating import lock_relations, relate_papers
from digest.editing.relating_batch import BatchArchive, is_simple
from digest.editing.relating_rows import Last
from digest.editing.revisions import storable_links
from digest.editing.stamping import fingerprint
from digest.editing.versioning import move_public_version
from digest.index import open_index
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
from digest.text.analysis.documents import FieldTerms
from digest.text.languages import EN, KO
from papers.models import Author, Authorship, Paper


@dataclass(slots=True)
class BatchImport:
    """Writes a plan. Run it inside the transaction that planned it."""

    plan: list[NewDigest]
    run: ImportRun
    as_draft: bool
    now: datetime.datetime
    entries: list[NewEntry] = field(init=False)
    people: list[Author] = field(init=False)
    tags: list[Tag] = field(init=False)
    archive: BatchArchive | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.entries = [entry for digest in self.plan for entry in digest.entries]

    def apply(self) -> None:
        """Rows, then what is made of them, in the order of locks: both search indexes, the relations."""
        self._number()
        self._write_papers()
        self._write_digests()
        self._write_notes()
        self._write_entries()
        self._relate()
        for digest in self.plan:
            self._report(digest)

    def _relate(self) -> None:
        """Digest by digest, each as if those after it were not there yet."""
        for digest in self.plan:
            if self.archive is not None:
                self.archive.relate(digest)
            elif papers := [e.work.paper.pk for e in digest.entries if e.publish_at or not e.is_new_paper]:
                relate_papers(papers, until=Last("pk", digest.entries[-1].pk))
        if self.archive is not None:
            self.archive.write()

    def _number(self) -> None:
        """Hand out every key, in the order in which rows are made one by one."""
        _give_keys(Paper, (entry.work.paper for entry in self.entries))
        people = (author for entry in self.entries for author, _name in entry.work.byline)
        self.people = _give_keys(Author, people)
        self.tags = _give_keys(Tag, (tag for entry in self.entries for tag in entry.tags))
        _give_keys(Digest, self.plan)
        for digest, key in zip(self.plan, new_keys(SourceFile, len(self.plan)), strict=True):
            digest.source_pk = key
        _give_keys(Entry, self.entries)
        count = sum(bool(entry.seed.ko) + bool(entry.seed.en) for entry in self.entries)
        keys = iter(new_keys(Note, count))
        for digest in self.plan:
            publish_at = None if self.as_draft else midnight(digest.file.digest.date)
            for position, entry in enumerate(digest.entries, start=1):
                entry.order_key = order_key(digest.file.digest.date, position)
                both = ((KO, entry.seed.ko), (EN, entry.seed.en))
                entry.bodies = [(next(keys), language, body) for language, body in both if body]
                links = digest.file.read.links
                entry.links = [storable_links(links[body]) for _key, _language, body in entry.bodies]
                entry.publish_at = publish_at if entry.bodies else None

    def _write_papers(self) -> None:
        new = [entry.work for entry in self.entries if entry.is_new_paper]
        columns = ("id", "title", "title_key", "abstract", "project_url", "code_url")
        write_rows(Paper, columns, ([getattr(work.paper, name) for name in columns] for work in new))
        people = ((author.pk, author.name, author.name_key, author.homonym) for author in self.people)
        write_rows(Author, ("id", "name", "name_key", "homonym"), people)
        places = (
            (work.paper.pk, author.pk, position, printed)
            for work in new
            for position, (author, printed) in enumerate(work.byline, start=1)
        )
        write_rows(Authorship, ("paper_id", "author_id", "position", "printed_name"), places)
        write_rows(Tag, ("id", "name", "slug"), ((tag.pk, tag.name, tag.slug) for tag in self.tags))

    def _write_digests(self) -> None:
        days = ((d.pk, d.file.digest.date, self._opening(d)) for d in self.plan)
        write_rows(Digest, ("id", "date", "publish_at"), days)
        files = (
            (digest.source_pk, digest.file.name, digest.file.sha256, digest.file.content, digest.pk)
            for digest in self.plan
        )
        write_rows(SourceFile, ("id", "name", "sha256", "content", "digest_id"), files, run_id=self.run.pk)
        flags = ((d.source_pk, *place) for d in self.plan for place in _warnings(d.file))
        write_rows(ImportFlag, ("source_file_id", "line", "reason"), flags)
        events = (
            (digest.pk, digest.file.digest.date.isoformat(), {"file": digest.file.name})
            for digest in self.plan
        )
        columns = ("object_id", "object_label", "detail")
        verb = f"import_{CREATED}"
        write_rows(Event, columns, events, at=self.now, verb=verb, object_type="digest")

    def _opening(self, digest: NewDigest) -> datetime.datetime | None:
        return None if self.as_draft else midnight(digest.file.digest.date)

    def _write_entries(self) -> None:
        """And both indexes, because an entry's row says what the public one holds of it."""
        public = open_index("public")
        public.claim([entry.pk for entry in self.entries])
        self._read_names_again()
        now = timezone.now()
        lock_relations()
        if not self.as_draft and is_simple(self.plan, now):
            self.archive = BatchArchive(self.entries)
        shown = [entry for entry in self.entries if entry.publish_at is not None]
        sources = [entry.source(timed=bool(entry.publish_at and entry.publish_at > now)) for entry in shown]
        stamps = {
            entry.pk: fingerprint(source, entry.work.paper)
            for entry, source in zip(shown, sources, strict=True)
        }
        self._write_entry_rows(stamps)
        if shown:
            move_public_version()
        terms: dict[str, FieldTerms] = {}
        for digest in self.plan:
            terms |= digest.file.read.terms
        made: Made = {}
        index_new(public, sources, terms, made)
        drafts = [entry.source(timed=False) for entry in self.entries]
        index_new(open_index("editor"), drafts, terms, made)

    def _read_names_again(self) -> None:
        """Somebody may have renamed a tag or a person until we held the index, and not have seen our entries."""
        if connection.vendor == "sqlite":  # nobody else writes
            return
        tags = {tag.pk: tag for entry in self.entries for tag in entry.tags}
        for pk, name, slug, label in _columns(Tag, tags, "name", "slug", "label_ko"):
            tags[pk].name, tags[pk].slug, tags[pk].label_ko = name, slug, label
        people = {author.pk: author for entry in self.entries for author, _name in entry.work.byline}
        for pk, name in _columns(Author, people, "name"):
            people[pk].name = name

    def _write_entry_rows(self, stamps: dict[int, str]) -> None:
        rows = (
            (
                entry.pk,
                digest.pk,
                entry.work.paper.pk,
                position,
                entry.source_language,
                entry.order_key,
                entry.publish_at,
                stamps.get(entry.pk, ""),
            )
            for digest in self.plan
            for position, entry in enumerate(digest.entries, start=1)
        )
        columns = ("id", "digest_id", "paper_id", "position", "source_language", "order_key", "publish_at")
        write_rows(Entry, (*columns, "public_hash"), rows)
        tagged = ((tag.pk, entry.pk, entry.order_key) for entry in self.entries for tag in entry.tags)
        write_rows(TaggedEntry, ("tag_id", "content_object_id", "order_key"), tagged)
        bases = (row for digest in self.plan for row in _bases(digest))
        write_rows(ImportBase, ("entry_id", "field", "text", "line", "source_file_id"), bases)

    def _write_notes(self) -> None:
        """Revision n is that of note n; what the import writes is approved and live, or a draft."""
        bodies = [(entry, *note) for entry in self.entries for note in entry.bodies]
        revisions = new_keys(NoteRevision, len(bodies))
        notes = (
            (
                pk,
                entry.pk,
                language,
                body,
                None if language == entry.source_language else 1,
                None if self.as_draft else revision,
            )
            for revision, (entry, pk, language, body) in zip(revisions, bodies, strict=True)
        )
        columns = ("id", "entry_id", "language", "body", "source_rev", "live_id")
        same: dict[str, Value] = {"rev": 1, "sig_rev": 1, "updated_at": self.now}
        same["state"] = Note.State.DRAFT if self.as_draft else Note.State.APPROVED
        same["live_at"] = None if self.as_draft else self.now
        write_rows(Note, columns, notes, **same)
        texts = ((key, note[1], note[3]) for key, note in zip(revisions, bodies, strict=True))
        same = {"rev": 1, "origin": NoteRevision.Origin.IMPORT, "created_at": self.now}
        write_rows(NoteRevision, ("id", "note_id", "body"), texts, **same)
        links = (found for entry in self.entries for found in entry.links)
        rows = (
            (key, link.kind, link.arxiv_id, link.title_key, link.url)
            for key, found in zip(revisions, links, strict=True)
            for link in found
        )
        write_rows(Reference, ("revision_id", "kind", "arxiv_id", "title_key", "url"), rows)

    def _report(self, digest: NewDigest) -> None:
        """Counts what one by one would have been counted: the entry, each text, its tags, what is doubtful."""
        report = digest.file.report
        report.status = CREATED
        report.changes = len(_warnings(digest.file)) + sum(
            1 + len(entry.bodies) + bool(entry.tags) for entry in digest.entries
        )


Keyed = TypeVar("Keyed", bound=Any)


def _give_keys(model: type[Model], rows: Iterable[Keyed]) -> list[Keyed]:
    """Number those of ``rows`` that have no key yet, each once, in order; answers them."""
    new = list({id(row): row for row in rows if not row.pk}.values())
    for row, key in zip(new, new_keys(model, len(new)), strict=True):
        row.pk = key
    return new


def _columns(model: type[Model], keys: Iterable[int], *names: str) -> Iterator[tuple[Any, ...]]:
    rows = (model._default_manager.filter(pk__in=part).values_list("pk", *names) for part in chunks(keys))
    return chain.from_iterable(rows)


def _warnings(file: NewSeed) -> list[tuple[int, str]]:
    """Where the grammar was in doubt, each place once."""
    found = (problem for problem in file.report.problems if problem.severity == "warning")
    return sorted({(problem.line, problem.reason[:500]) for problem in found})


def _bases(digest: NewDigest) -> Iterator[tuple[Value, ...]]:
    """What the file says of each field that it gives."""
    for entry in digest.entries:
        seed = entry.seed
        texts = {
            "title": seed.title,
            "authors": "\n".join(seed.authors),
            "abstract": seed.abstract,
            KO: seed.ko,
            EN: seed.en,
            "tags": " ".join(seed.tags),
        }
        for name, text in texts.items():
            if text:
                yield entry.pk, name, text, seed.lines.get(name, seed.line), digest.source_pk
