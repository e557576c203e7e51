"""The records of an archive as rows, checked like everything that is typed: full_clean first, then the database.

Each function takes a batch of one table with the numbers of its lines, and raises Damaged for the first that is unfit.
"""

import datetime
import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import Model

from digest.editing.revisions import references_of
from digest.editing.search_terms import MOST_GROUPS, make_valid
from digest.editing.site_import_file import Damaged
from digest.models import (
    MAX_POSITION,
    Digest,
    Entry,
    ImportRun,
    Note,
    NoteRevision,
    Reference,
    Related,
    SearchTerm,
    SourceFile,
    Tag,
    TagAlias,
    TaggedEntry,
    order_key,
)
from digest.text.seeds import parse_seed
from digest.text.site_archive import SEEDS, table_file
from digest.text.tags import tag_slug
from papers.identifiers import name_key
from papers.models import Author, Authorship, Paper

Record = dict[str, Any]
Lines = list[tuple[int, Record]]
# A row and the line it comes from.
Row = tuple[int, Model]
# Set elsewhere, or looked up together for the whole batch.
_NOT_CLEANED = (
    "paper",
    "author",
    "digest",
    "entry",
    "note",
    "live",
    "tag",
    "content_object",
    "other",
    "run",
    "revision",
)


@dataclass(slots=True)
class Rows:
    """Stores batches. ``run`` is the import they belong to, ``now`` its moment."""

    run: ImportRun
    now: datetime.datetime
    digest_ids: dict[datetime.date, int] = field(default_factory=dict)
    tag_ids: dict[str, int] = field(default_factory=dict)
    unnumbered: list[Reference] = field(default_factory=list)

    def authors(self, lines: Lines) -> None:
        self._store("authors", [(n, Author(**row, name_key=name_key(row["name"]))) for n, row in lines])

    def papers(self, lines: Lines) -> None:
        """Papers and their bylines; ``clean`` makes the key of a title."""
        self._require("papers", lines, Author, lambda row: [each["id"] for each in row["authors"]])
        papers, bylines = [], []
        for number, row in lines:
            names = row.pop("authors")
            papers.append((number, Paper(**row)))
            for place, each in enumerate(names, start=1):
                author = Authorship(
                    paper_id=row["id"], author_id=each["id"], position=place, printed_name=each["name"]
                )
                bylines.append((number, author))
        self._store("papers", papers)
        self._store("papers", bylines)

    def digests(self, lines: Lines) -> None:
        """What the archive's file for a digest is called is looked at later, with the file."""
        rows = [(n, Digest(**{key: row[key] for key in row if key != "file"})) for n, row in lines]
        self._store("digests", rows)
        self.digest_ids |= {row.date: row.pk for _n, row in rows}

    def tags(self, lines: Lines) -> None:
        for number, row in lines:
            for slug in (row["slug"], *row["aliases"]):
                if tag_slug(slug) != slug:
                    self._refuse("tags", number, f"{slug[:100]!r} cannot be the address of a tag")
        tags = [(n, Tag(**{key: row[key] for key in row if key != "aliases"})) for n, row in lines]
        self._store("tags", tags)
        self.tag_ids |= {tag.slug: tag.pk for _n, tag in tags}
        aliases = [
            (n, TagAlias(slug=slug, tag_id=self.tag_ids[row["slug"]]))
            for n, row in lines
            for slug in row["aliases"]
        ]
        self._store("tags", aliases)

    def entries(self, lines: Lines) -> None:
        """Entries with their tags in order, and their notes: approved, live, and cited anew."""
        self._require("entries", lines, Paper, lambda row: [row["paper"]])
        self._store("entries", [(number, self._entry(number, row)) for number, row in lines])
        self._store("entries", [row for number, record in lines for row in self._taggings(number, record)])
        self._notes(lines)

    def _entry(self, number: int, row: Record) -> Entry:
        digest = self.digest_ids.get(row["date"])
        if digest is None:
            self._refuse("entries", number, f"there is no digest of {row['date']}")
        if row["position"] > MAX_POSITION:
            self._refuse("entries", number, f"position: at most {MAX_POSITION}")
        plain = ("id", "position", "source_language", "publish_at", "unpublish_at", "changed_at")
        return Entry(
            **{name: row[name] for name in plain},
            digest_id=digest,
            paper_id=row["paper"],
            order_key=order_key(row["date"], row["position"]),
        )

    def _taggings(self, number: int, row: Record) -> list[Row]:
        key = order_key(row["date"], row["position"])
        found: list[Row] = []
        for slug in row["tags"]:
            if slug not in self.tag_ids:
                self._refuse("entries", number, f"there is no tag {slug[:100]!r}")
            found.append(
                (number, TaggedEntry(tag_id=self.tag_ids[slug], content_object_id=row["id"], order_key=key))
            )
        return found

    def _notes(self, lines: Lines) -> None:
        """A translation counts as made from the source as it is: what else the desk knew is not public."""
        notes: list[tuple[int, Note]] = []
        for number, row in lines:
            for language, body in row["notes"].items():
                translated = language != row["source_language"] and row["source_language"] in row["notes"]
                note = Note(
                    entry_id=row["id"], language=language, body=body, state=Note.State.APPROVED, rev=1, sig_rev=1,
                    source_rev=1 if translated else None, updated_at=self.now,
                )  # fmt: skip
                notes.append((number, note))
        self._store("entries", notes)
        revisions = [
            (n, NoteRevision(note=note, rev=1, body=note.body, origin="import", created_at=self.now))
            for n, note in notes
        ]
        self._store("entries", revisions)
        for (_n, note), (_m, revision) in zip(notes, revisions, strict=True):
            note.live, note.live_at = revision, self.now
        self._references(lines, [revision for _n, revision in revisions])
        Note.objects.bulk_update([note for _n, note in notes], ["live", "live_at"])

    def _references(self, lines: Lines, revisions: list[NoteRevision]) -> None:
        """Found in the words again, under the numbers they had; other rules of finding them get new numbers."""
        numbers = {row["id"]: (line, row["references"]) for line, row in lines}
        rows: list[Row] = []
        for revision in revisions:
            line, known = numbers[revision.note.entry_id]
            found, given = references_of(revision), known.get(revision.note.language, [])
            if len(found) != len(given):
                self.unnumbered += found
                continue
            for reference, number in zip(found, given, strict=True):
                reference.pk = number
                rows.append((line, reference))
        self._store("entries", rows)

    def finish(self) -> None:
        """What has no number of its own. Call it when the database counts on from those of the archive."""
        Reference.objects.bulk_create(self.unnumbered, batch_size=500)

    def related(self, lines: Lines) -> None:
        named = lambda row: [row["paper"], *(each["paper"] for each in row["related"])]  # noqa: E731
        self._require("related", lines, Paper, named)
        rows = []
        for number, row in lines:
            for each in row["related"]:
                parts = {name: each[name] for name in ("tags", "mentions", "text")}
                score = round(sum(parts.values()), 4)
                rows.append(
                    (number, Related(paper_id=row["paper"], other_id=each["paper"], score=score, **parts))
                )
        self._store("related", rows)

    def search_terms(self, lines: Lines) -> None:
        """One at a time, because each is compared with all before it, as at the desk."""
        for number, row in lines:
            if number > MOST_GROUPS:
                self._refuse("search_terms", number, f"at most {MOST_GROUPS} groups are kept")
            term = SearchTerm(forms="\n".join(row["forms"]))
            try:
                make_valid(term)
            except ValidationError as error:
                self._refuse("search_terms", number, " ".join(error.messages), error)
            term.save()

    def seed(self, number: int, date: datetime.date, name: str, content: bytes) -> None:
        """Keep the file of a digest, so that it is written again as it was.

        Not what each field said in it: these are the words readers saw, not those of the file before editors changed
        them. So an older file that is imported later opens conflicts and overwrites nothing.
        """
        parsed = parse_seed(content).digest
        entries = Entry.objects.filter(digest=self.digest_ids[date]).count()
        if parsed is None or parsed.date != date or len(parsed.entries) != entries:
            self._refuse("digests", number, f"{SEEDS}{name} does not hold the {entries} entries of {date}")
        sha256 = hashlib.sha256(content).hexdigest()
        file = SourceFile(
            name=name, sha256=sha256, content=content, digest_id=self.digest_ids[date], run=self.run
        )
        self._store("digests", [(number, file)])

    def _require(self, table: str, lines: Lines, model: type[Model], named: Any) -> None:
        """Refuse the first line that names a row that is not there. One query."""
        wanted = {pk for _n, row in lines for pk in named(row)}
        known = set(model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True))
        for number, row in lines:
            if missing := set(named(row)) - known:
                self._refuse(table, number, f"there is no {model._meta.model_name} {min(missing)}")

    def _store(self, table: str, rows: Collection[tuple[int, Model]]) -> None:
        """Check each row by itself, then all of them in the database; what clashes is found line by line."""
        for number, row in rows:
            try:
                row.full_clean(exclude=_NOT_CLEANED, validate_unique=False, validate_constraints=False)
            except ValidationError as error:
                self._refuse(table, number, _sentence(error), error)
        try:
            with transaction.atomic():
                _create(rows)
        except (IntegrityError, DataError, ValidationError):
            for number, row in rows:
                try:
                    with transaction.atomic():
                        _create([(number, row)])
                except ValidationError as error:  # some fields check at the last door alone
                    self._refuse(table, number, " ".join(error.messages), error)
                except (IntegrityError, DataError) as error:
                    reason = str(error).strip().splitlines()[0]
                    self._refuse(table, number, f"clashes with an earlier line or a rule: {reason}", error)
            raise

    def _refuse(self, table: str, number: int, reason: str, error: Exception | None = None) -> NoReturn:
        raise Damaged(table_file(table), reason, number) from error


def _create(rows: Iterable[tuple[int, Model]]) -> None:
    rows = list(rows)
    if rows:
        type(rows[0][1])._default_manager.bulk_create([row for _n, row in rows], batch_size=500)


def _sentence(error: ValidationError) -> str:
    found: Mapping[str, list[str]] = error.message_dict
    return "; ".join(f"{name}: {' '.join(messages)}" for name, messages in found.items())
