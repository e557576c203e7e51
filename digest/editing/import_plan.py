"""Which of the new digests can be stored as they are, and as what."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from digest.editing.import_catalogue import Catalogue, NotPlain, Work
from digest.editing.import_report import FileReport
from digest.editing.sources import Source, fill_source
from digest.models import Digest, SourceFile, Tag
from digest.text.languages import EN, KO
from digest.text.markup import NoteLink
from digest.text.seed_prepare import PreparedSeed
from digest.text.seeds import Problem, SeedDigest, SeedEntry, SeedFile


@dataclass(slots=True, eq=False)
class NewSeed:
    """A file on its way in, and what is said of it. ``prepared`` is None for one that says what it said last time."""

    name: str
    content: bytes
    sha256: str
    report: FileReport
    prepared: PreparedSeed | None = None

    @property
    def read(self) -> PreparedSeed:
        return self.prepared or PreparedSeed(SeedFile(None, ()))

    @property
    def is_readable(self) -> bool:
        return self.read.file.ok

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.read.file.problems

    @property
    def digest(self) -> SeedDigest:
        """Raises ValueError for a file that holds none."""
        if self.read.file.digest is None:
            raise ValueError(f"{self.name} holds no digest")
        return self.read.file.digest


@dataclass(slots=True, eq=False)
class NewEntry:
    """An entry as it will be stored. ``bodies`` are (note key, language, text), ``links`` those of each."""

    seed: SeedEntry
    work: Work
    tags: list[Tag]
    is_new_paper: bool
    pk: int = 0
    order_key: int = 0
    publish_at: datetime.datetime | None = None
    bodies: list[tuple[int, str, str]] = field(default_factory=list)
    links: list[list[NoteLink]] = field(default_factory=list)

    @property
    def source_language(self) -> str:
        return EN if self.seed.en and not self.seed.ko else KO

    def source(self, timed: bool) -> Source:
        """What the entry gives to a search index."""
        people = [(author.pk, printed, author.name) for author, printed in self.work.byline]
        return fill_source(
            Source(self.pk, self.order_key, timed),
            self.work.paper,
            {language: body for _pk, language, body in self.bodies},
            [(tag.name, tag.slug, tag.label_ko) for tag in self.tags],
            people,
        )


@dataclass(slots=True, eq=False)
class NewDigest:
    file: NewSeed
    entries: list[NewEntry]
    pk: int = 0
    source_pk: int = 0


def plan_batch(files: Sequence[NewSeed]) -> list[NewDigest]:
    """The leading ones of ``files`` that can be stored as they are; up to the first that is NotPlain.

    Call inside a transaction that holds the catalogue, so that what is planned stays true until it is written.
    """
    dates = [file.digest.date for file in files]
    known = set(Digest.objects.filter(date__in=dates).values_list("date", flat=True))
    names = set(SourceFile.objects.filter(name__in=[f.name for f in files]).values_list("name", flat=True))
    catalogue = Catalogue([entry for file in files for entry in file.digest.entries])
    plan: list[NewDigest] = []
    seen: set[int] = set()
    for file in files:
        if file.digest.date in known or file.name in names:
            break
        try:
            plan.append(NewDigest(file, _plan_entries(file.digest, catalogue, seen)))
        except NotPlain:
            break
    return plan


def _plan_entries(seed: SeedDigest, catalogue: Catalogue, seen: set[int]) -> list[NewEntry]:
    entries: list[NewEntry] = []
    here: set[int] = set()
    for entry in seed.entries:
        work = catalogue.work(entry)
        if id(work) in here:  # stands twice in this digest
            raise NotPlain
        here.add(id(work))
        is_new = work.paper.pk is None and id(work) not in seen
        entries.append(NewEntry(entry, work, catalogue.tags(entry), is_new))
    seen |= here
    return entries
