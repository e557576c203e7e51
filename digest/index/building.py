"""Making an index: the first one of a new site, and a rebuild beside the one in use. Nobody waits for either.

A rebuild fills the other generation in short transactions, each checked against the rows under the index's lock. What
changes meanwhile is taken out of the new generation by whoever changes it (``Tables.put``), and the rebuild ends when
nothing is missing. ``building_done`` moves with every batch, so a rebuild that was killed goes on where it was.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from digest.index.asking import Asked
from digest.index.base import IndexRow
from digest.index.tables import where_sql
from digest.models import SearchIndex
from digest.text.analysis.analyze import ANALYZER


class Overtaken(Exception):
    """Another rebuild of the same index went on, finished or began anew meanwhile."""


class Built(Asked):
    """The index as a whole: ``sqlite.py`` and ``postgres.py`` begin here."""

    def supported(self) -> bool:
        """Whether this database can hold the index at all."""
        return True

    def tidy(self, generation: int) -> None:
        """Bring a filled generation into its final shape, before anybody asks it."""

    def verify(self, generation: int) -> None:
        """Let the database check its own structures. Raises DatabaseError."""

    @transaction.atomic
    def ensure(self) -> None:
        """See base.Index."""
        if not self.supported():
            return
        self.lock()
        record = self.record()
        if (record is None or not (record.live or record.building)) and not self.expected().exists():
            self.drop(2)
            self.create(1)
            self.tidy(1)
            SearchIndex.objects.update_or_create(
                pk=self.name, defaults={"live": 1, "analyzer": ANALYZER, "built_at": timezone.now()}
            )

    def distrust(self) -> None:
        """Say that the live generation is behind, since its rules are not at hand; only a rebuild helps."""
        SearchIndex.objects.filter(pk=self.name).update(analyzer="")

    @transaction.atomic
    def begin(self, analyzer: str) -> SearchIndex:
        """Go on with the rebuild that was interrupted, or begin one. Answers the bookkeeping row."""
        self.lock()
        record, _created = SearchIndex.objects.get_or_create(pk=self.name)
        if not self.generations()[1] or record.building_analyzer != analyzer:
            record.building = 2 if record.live == 1 else 1
            record.building_analyzer, record.building_done = analyzer, 0
            self.create(record.building)
            record.save()
        return record

    def add(self, record: SearchIndex, rows: Sequence[IndexRow], done: int) -> None:
        """Store a batch in the new generation and note how far it goes. Call inside a transaction, locked.

        Raises Overtaken.
        """
        mine = self._building(record).filter(building_done=record.building_done)
        if not mine.update(building_done=done):
            raise Overtaken(self.name)
        record.building_done = done
        self.replace(record.building, rows, [row.entry_id for row in rows])

    def missing(self, generation: int, limit: int) -> list[int]:
        """Entries that belong in the index and are not in this generation."""
        where, params = where_sql(self.expected())
        rows = self.run(
            generation,
            "SELECT digest_entry.id FROM digest_entry LEFT JOIN {row} ON {row}.entry_id = digest_entry.id "
            "WHERE {row}.entry_id IS NULL AND {where} ORDER BY digest_entry.id LIMIT %s",
            [*params, limit],
            where=where,
        )
        return [entry_id for (entry_id,) in rows]

    def finish(self, record: SearchIndex) -> bool:
        """Move the live pointer onto the new generation, unless something is missing yet. Raises Overtaken."""
        with transaction.atomic():
            self.lock()
            if self.missing(record.building, 1):
                return False
            moved = self._building(record).update(
                live=F("building"),
                analyzer=F("building_analyzer"),
                built_at=timezone.now(),
                building=0,
                building_analyzer="",
                building_done=0,
            )
            if not moved:
                raise Overtaken(self.name)
        return True

    def _building(self, record: SearchIndex) -> QuerySet[SearchIndex]:
        return SearchIndex.objects.filter(
            pk=self.name, building=record.building, building_analyzer=record.building_analyzer
        )

    @transaction.atomic
    def retire(self, generation: int) -> None:
        """Drop a generation that nobody asks or fills any more."""
        self.lock()
        if generation not in self.generations():
            self.drop(generation)
