"""One parsed seed onto one digest: which stored entry is meant, what is new, what is gone, in which order."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from digest.editing.arranging import add_entry, arrange_entries
from digest.editing.import_fields import EntryImport
from digest.editing.import_report import FileReport, SeedRefused
from digest.editing.publishing import go_live, sync_digest_windows
from digest.models import Digest, Entry, SourceFile
from digest.text.compare import similarity
from digest.text.languages import EN, KO
from digest.text.seeds import SeedDigest, SeedEntry
from papers.discovery import paper_links
from papers.identifiers import title_key
from papers.matching import match_paper, set_byline
from papers.models import Paper

# A title that vanished from the file and one that is new in it are one renamed entry above this ratio.
RENAME_SIMILARITY = 0.8


@dataclass(slots=True)
class DigestImport:
    """The import of one seed into one digest. Run it inside a transaction."""

    digest: Digest
    seed: SeedDigest
    source_file: SourceFile
    report: FileReport
    as_draft: bool
    now: datetime.datetime
    by: User | None = None

    def apply(self, *, created: bool) -> None:
        """Write all entries, then their order, then what readers see. Raises SeedRefused with the line."""
        stored = list(
            self.digest.entries.select_related("paper", "digest")
            .prefetch_related("import_bases")
            .order_by("position")
        )
        matched = self._match(stored)
        in_order = self._in_file_order(stored)
        present: list[Entry] = []
        for seed in self.seed.entries:
            entry = matched.get(seed.line)
            if entry is not None and entry.deleted_at is not None:
                self._notice(seed.line, f"“{seed.title}” was deleted here; it stays deleted")
                continue
            present.append(self._write_entry(seed, entry))
        self._report_vanished(stored, matched)
        if in_order:
            self.report.changes += arrange_entries(self.digest, _merge_order(stored, present))
        if created and not self.as_draft:
            go_live(self.digest, publish_at=midnight(self.digest.date), now=self.now)
        else:
            sync_digest_windows(self.digest)

    def _match(self, stored: list[Entry]) -> dict[int, Entry]:
        """Seed line → stored entry: by the title last imported, else by the present one, else by likeness."""
        by_key: dict[str, Entry] = {title_key(entry.paper.title): entry for entry in stored}
        by_key |= {title_key(title): entry for entry in stored if (title := _base_title(entry))}
        matched: dict[int, Entry] = {}
        for seed in self.seed.entries:
            entry = by_key.get(title_key(seed.title))
            if entry is not None and entry not in matched.values():
                matched[seed.line] = entry
        vanished = [entry for entry in stored if _base_title(entry) and entry not in matched.values()]
        for seed in self.seed.entries:
            if seed.line in matched or not vanished:
                continue
            best = max(vanished, key=lambda entry: similarity(_base_title(entry), seed.title))
            if similarity(_base_title(best), seed.title) > RENAME_SIMILARITY:
                matched[seed.line] = best
                vanished.remove(best)
        return matched

    def _write_entry(self, seed: SeedEntry, entry: Entry | None) -> Entry:
        try:
            if entry is None:
                entry = self._new_entry(seed)
            importing = EntryImport(
                entry, seed, self.source_file, self.report, self.as_draft, self.now, self.by
            )
            importing.apply()
        except ValidationError as error:
            raise SeedRefused(seed.line, f"“{seed.title[:60]}”: {' '.join(error.messages)}") from error
        return entry

    def _new_entry(self, seed: SeedEntry) -> Entry:
        paper = match_paper(seed.title, seed.authors) or self._new_paper(seed)
        if Entry.objects.filter(digest=self.digest, paper=paper).exists():
            raise SeedRefused(seed.line, f"“{seed.title}” stands twice in this digest; remove one of the two")
        self.report.changes += 1
        return add_entry(self.digest, paper, source_language=EN if seed.en and not seed.ko else KO)

    def _new_paper(self, seed: SeedEntry) -> Paper:
        links = paper_links(seed.abstract)
        paper = Paper(
            title=seed.title, abstract=seed.abstract, project_url=links.project, code_url=links.code
        )
        paper.full_clean(validate_constraints=False)
        paper.save()
        set_byline(paper, seed.authors)
        return paper

    def _report_vanished(self, stored: list[Entry], matched: dict[int, Entry]) -> None:
        for entry in stored:
            if _base_title(entry) and entry.deleted_at is None and entry not in matched.values():
                self._notice(1, f"“{entry.paper.title}” is gone from the file; it is kept here")

    def _in_file_order(self, stored: list[Entry]) -> bool:
        """True while nobody rearranged: then the file's order is taken, else ours stays."""
        lines = [base.line for entry in stored for base in entry.import_bases.all() if base.field == "title"]
        return lines == sorted(lines)

    def _notice(self, line: int, sentence: str) -> None:
        self.report.notices.append((line, sentence))


def midnight(date: datetime.date) -> datetime.datetime:
    """The start of ``date`` where the site lives (TIME_ZONE): when an imported digest counts as published."""
    return timezone.make_aware(datetime.datetime.combine(date, datetime.time()))


def _base_title(entry: Entry) -> str:
    return next((base.text for base in entry.import_bases.all() if base.field == "title"), "")


def _merge_order(stored: list[Entry], present: list[Entry]) -> list[Entry]:
    """The file's order, with entries the file does not name left behind the entry they stood behind."""
    order = list(present)
    previous: Entry | None = None
    for entry in stored:
        if entry.deleted_at is None and entry not in order:
            order.insert(order.index(previous) + 1 if previous in order else 0, entry)
        previous = entry if entry in order else previous
    return order
