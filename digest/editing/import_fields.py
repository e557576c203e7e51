"""One entry of a seed onto its rows, field by field, by the three-way rule."""

import datetime
from dataclasses import dataclass, field

from accounts.models import User
from accounts.roles import may_write
from digest.editing.import_report import FileReport, SeedRefused
from digest.editing.revisions import lock_note, set_live, source_sig_rev, write_revision
from digest.editing.tagging import set_tags
from digest.editing.threeway import Outcome, compare_field, merge_tags
from digest.models import Entry, ImportBase, ImportConflict, Note, NoteRevision, SourceFile
from digest.text.languages import EN, KO
from digest.text.seeds import SeedEntry
from papers.identifiers import title_key
from papers.matching import byline, set_byline
from papers.models import Paper

TEXT_FIELDS = ("title", "authors", "abstract", KO, EN)
LABELS = {
    "title": "title",
    "authors": "authors",
    "abstract": "abstract",
    KO: "Korean note",
    EN: "English note",
}


@dataclass(slots=True)
class EntryImport:
    """The import of one seed entry into one stored entry."""

    entry: Entry
    seed: SeedEntry
    source_file: SourceFile
    report: FileReport
    as_draft: bool
    now: datetime.datetime
    by: User | None = None
    bases: dict[str, ImportBase] = field(default_factory=dict)
    open_conflicts: set[str] = field(default_factory=set)
    new_bases: list[ImportBase] = field(default_factory=list)

    def apply(self) -> None:
        """Compare and write every field; conflicts are stored and reported, never applied."""
        # An editor may be saving at this moment: paper fields are compared and written under the row's lock.
        self.entry.paper = Paper.objects.select_for_update().get(pk=self.entry.paper_id)
        self.bases = {base.field: base for base in self.entry.import_bases.all()}
        waiting = ImportConflict.objects.filter(entry=self.entry, resolved_at__isnull=True)
        self.open_conflicts = set(waiting.values_list("field", flat=True))
        for name in TEXT_FIELDS:
            self._apply_text(name)
        self._apply_tags()
        ImportBase.objects.bulk_create(
            self.new_bases,
            update_conflicts=True,
            unique_fields=["entry", "field"],
            update_fields=["text", "source_file", "line"],
        )

    def _apply_text(self, name: str) -> None:
        incoming = _incoming(self.seed, name)
        base = self.bases.get(name)
        ours = _ours(self.entry, name)
        outcome = compare_field(base.text if base else None, ours, incoming)
        if outcome is Outcome.CONFLICT:
            self._open_conflict(name, base.text if base else "", ours, incoming)
        elif outcome is Outcome.EMPTIED:
            self._notice(name, f"the {LABELS[name]} is gone from the file; ours is kept")
        elif outcome in (Outcome.TAKE, Outcome.REBASE):
            if outcome is Outcome.TAKE:
                if name in (KO, EN) and lock_note(self.entry, name).body != ours:
                    self._apply_text(name)  # an editor saved between reading and locking; compare again
                    return
                self._write(name, incoming)
            self._set_base(name, incoming)
            self._close_conflict(name)

    def _write(self, name: str, incoming: str) -> None:
        paper = self.entry.paper
        self.report.changes += 1
        if name in (KO, EN):
            self._write_note(name, incoming)
        elif name == "authors":
            set_byline(paper, incoming.split("\n"))
        else:
            setattr(paper, name, incoming)
            paper.title_key = title_key(paper.title)
            paper.full_clean(validate_constraints=False)
            paper.save()

    def _write_note(self, language: str, body: str) -> None:
        """Imported text is an approved, live revision, or with ``as_draft`` a draft.

        Its author is the person who imports, so that four eyes hold for pasted text too; a command has none.
        """
        if self.by is not None and not may_write(self.by, language):
            reason = f"the {LABELS[language]} differs from ours, and you may not write notes in this language"
            raise SeedRefused(self._line(language), reason)
        note = lock_note(self.entry, language)
        note.state = Note.State.DRAFT if self.as_draft else Note.State.APPROVED
        if language != self.entry.source_language:
            source = _ours(self.entry, self.entry.source_language)
            if note.source_rev is None or source == _incoming(self.seed, self.entry.source_language):
                note.source_rev = source_sig_rev(self.entry)
        revision = write_revision(note, body, author=self.by, now=self.now, origin=NoteRevision.Origin.IMPORT)
        if not self.as_draft:
            set_live(note, revision, self.now)

    def _apply_tags(self) -> None:
        incoming = list(self.seed.tags)
        base = self.bases.get("tags")
        before = base.text.split() if base else []
        if incoming == before:
            return
        if before and not incoming:
            self._notice("tags", "the tags are gone from the file; ours are kept")
            return
        ours = [row.tag.name for row in self.entry.tagged_entries.select_related("tag").order_by("pk")]
        if set_tags(self.entry, merge_tags(before, ours, incoming)):
            self.report.changes += 1
        self._set_base("tags", " ".join(incoming))

    def _line(self, name: str) -> int:
        return self.seed.lines.get(name, self.seed.line)

    def _notice(self, name: str, sentence: str) -> None:
        self.report.notices.append((self._line(name), f"entry {self.entry.position}: {sentence}"))

    def _set_base(self, name: str, text: str) -> None:
        base = ImportBase(
            entry=self.entry, field=name, text=text, source_file=self.source_file, line=self._line(name)
        )
        self.new_bases.append(base)

    def _open_conflict(self, name: str, base: str, ours: str, incoming: str) -> None:
        ImportConflict.objects.update_or_create(
            entry=self.entry,
            field=name,
            resolved_at=None,
            defaults={
                "base": base,
                "ours": ours,
                "incoming": incoming,
                "source_file": self.source_file,
                "line": self._line(name),
                "opened_at": self.now,
            },
        )
        sentence = f"entry {self.entry.position}: {LABELS[name]} changed here and in the file; ours is kept"
        self.report.conflicts.append((self._line(name), sentence))

    def _close_conflict(self, name: str) -> None:
        if name in self.open_conflicts:
            ImportConflict.objects.filter(entry=self.entry, field=name, resolved_at__isnull=True).update(
                resolved_at=self.now, resolution=ImportConflict.Resolution.INCOMING
            )


def _incoming(seed: SeedEntry, name: str) -> str:
    return "\n".join(seed.authors) if name == "authors" else str(getattr(seed, name))


def _ours(entry: Entry, name: str) -> str:
    if name in (KO, EN):
        note = Note.objects.filter(entry=entry, language=name).first()
        return note.body if note else ""
    return "\n".join(byline(entry.paper)) if name == "authors" else str(getattr(entry.paper, name))
