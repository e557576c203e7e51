"""Related papers, made when something is published and never while a reader waits. docs/editorial-model.md says why.

Candidates are bounded, so a digest costs the same however large the archive is; so is the number of queries. Only
what readers see counts: an entry in its window, a live note. A scheduled paper is compared too, because no job runs
when its hour comes, but it changes nothing about the others until then.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from heapq import nlargest
from math import log
from typing import Protocol

from django.db import connection, transaction
from django.utils import timezone

from digest.editing.relating_rows import (
    Candidates,
    Pair,
    Subjects,
    Until,
    find_candidates,
    find_subjects,
    lists_of,
    partners_of,
    public_among,
    read_words,
    store,
)
from digest.editing.versioning import move_public_version
from digest.models import MOST_RELATED, Related
from digest.text.likeness import likeness

BATCH = 25
SHORTLIST = 12
# Two papers with no tag and no mention in common need this much of a likeness to be called related.
LIKENESS_ALONE = 0.2
SHOWN = MOST_RELATED // 2
# Any constant of ours, other than the catalogue's. Taken last of all locks, so that two publications cannot wait
# for each other over each other's lists.
_LOCK = 7_219_003


def relate_papers(
    papers: Iterable[int], *, now: datetime.datetime | None = None, until: Until = None
) -> None:
    """Bring the lists of these papers, and their places in other papers' lists, up to date.

    Writes only differences. ``until``: later entries do not count (for what is done digest by digest in an order).
    """
    now = now or timezone.now()
    with transaction.atomic(savepoint=False):
        lock_relations()
        relate_in(Stored(now, until), papers)


@transaction.atomic
def forget_relations() -> None:
    """Empty every list, to build them anew from the first digest on; readers see them grow."""
    lock_relations()
    Related.objects.all().delete()
    move_public_version()


def lock_relations() -> None:
    """Hold every list until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


class Archive(Protocol):
    """What relating asks and what it answers to: the rows, or a batch that is being imported (relating_batch.py)."""

    def subjects(self, papers: list[int]) -> Subjects: ...

    def partners(self, papers: list[int]) -> list[Pair]: ...

    def candidates(self, subjects: Subjects, partners: set[int]) -> Candidates: ...

    def words(self, papers: Collection[int]) -> Mapping[int, frozenset[str]]: ...

    def lists(self, papers: Collection[int]) -> list[Pair]: ...

    def public(self, papers: Collection[int]) -> set[int]: ...

    def store(self, wanted: Mapping[tuple[int, int], Pair], present: Iterable[Pair]) -> None: ...


@dataclass(slots=True)
class Stored:
    """The archive as it is stored."""

    now: datetime.datetime
    until: Until = None

    def subjects(self, papers: list[int]) -> Subjects:
        return find_subjects(papers, self.now)

    def partners(self, papers: list[int]) -> list[Pair]:
        return partners_of(papers)

    def candidates(self, subjects: Subjects, partners: set[int]) -> Candidates:
        return find_candidates(subjects, partners, self.now, self.until)

    def words(self, papers: Collection[int]) -> Mapping[int, frozenset[str]]:
        return read_words(papers)

    def lists(self, papers: Collection[int]) -> list[Pair]:
        return lists_of(papers)

    def public(self, papers: Collection[int]) -> set[int]:
        return public_among(papers, self.now)

    def store(self, wanted: Mapping[tuple[int, int], Pair], present: Iterable[Pair]) -> None:
        store(wanted, present)


def relate_in(archive: Archive, papers: Iterable[int]) -> None:
    """``relate_papers`` in an archive of the caller's, who holds the lock. Some twelve questions for each step."""
    unique = sorted(set(papers))
    for start in range(0, len(unique), BATCH):
        _relate(archive, unique[start : start + BATCH])


def _relate(archive: Archive, papers: list[int]) -> None:
    subjects = archive.subjects(papers)
    before = archive.partners(papers)
    if not subjects.papers:
        archive.store({}, before)
        return
    candidates = archive.candidates(
        subjects, {pair.other for pair in before if pair.paper in subjects.papers}
    )
    scoring = _Scoring(subjects, candidates)
    shortlists = {paper: scoring.shortlist(paper) for paper in sorted(subjects.papers)}
    words = archive.words(subjects.papers | {other for found in shortlists.values() for other in found})
    pairs = [
        pair
        for paper, others in shortlists.items()
        for other in others
        if (pair := scoring.pair(paper, other, likeness(words[paper], words[other])))
    ]
    touched = {pair.other for pair in pairs} - set(papers)
    rows = {(row.paper, row.other): row for row in [*before, *archive.lists(touched)]}
    lists = _lists(papers, pairs, rows.values())
    # The public ones among the papers of lists that have grown too long; the others need no choice.
    doubtful = {pair.other for found in lists if len(found) > MOST_RELATED for pair in found}
    public = candidates.public | subjects.public | archive.public(doubtful)
    best = [pair for found in lists for pair in keep_best(found, public)]
    archive.store({(pair.paper, pair.other): pair for pair in best}, rows.values())


def _lists(papers: list[int], pairs: list[Pair], rows: Iterable[Pair]) -> list[list[Pair]]:
    """Every list concerned, whole: the old rows without these papers, and the new pairs both ways."""
    lists: dict[int, dict[int, Pair]] = defaultdict(dict)
    for row in rows:
        if row.paper not in papers and row.other not in papers:
            lists[row.paper][row.other] = row
    for pair in pairs:
        lists[pair.paper][pair.other] = pair
        lists[pair.other][pair.paper] = pair.turned()
    return [list(found.values()) for found in lists.values()]


def keep_best(pairs: list[Pair], public: Collection[int]) -> list[Pair]:
    """At most MOST_RELATED rows of one list. The first half is what readers see now, so nothing scheduled displaces it.

    The other half is the best of the rest: what steps in when something is unpublished or its hour comes.
    """
    if len(pairs) <= MOST_RELATED:
        return pairs
    ordered = sorted(pairs, key=lambda pair: (-pair.score, pair.other))
    shown = [pair for pair in ordered if pair.other in public][:SHOWN]
    taken = {pair.other for pair in shown}
    rest = [pair for pair in ordered if pair.other not in taken]
    return shown + rest[: MOST_RELATED - len(shown)]


Part = dict[int, dict[int, float]]


def _part() -> Part:
    return defaultdict(dict)


@dataclass(slots=True)
class _Scoring:
    """The score: rare tags in common, mentions, likeness of the words. Each part is stored beside the sum."""

    subjects: Subjects
    candidates: Candidates
    tags: Part = field(default_factory=_part)
    mentions: Part = field(default_factory=_part)
    authors: Part = field(default_factory=_part)

    def __post_init__(self) -> None:
        for tag, papers in self.candidates.tagged.items():
            self._share(self.tags, self.subjects.tags[tag], papers, self._rarity(tag), 2.0)
        for cited, papers in self.candidates.citing.items():
            self._share(self.mentions, self.subjects.cites[cited], papers, 0.3, 0.9)
            self._share(self.mentions, self.subjects.known_as[cited], papers, 1.0, 1.0)
        for cited, papers in self.candidates.known_as.items():
            self._share(self.mentions, self.subjects.cites[cited], papers, 1.0, 1.0)
        for author, papers in self.candidates.written.items():
            self._share(
                self.authors, self.candidates.written[author] & self.subjects.papers, papers, 0.3, 0.6
            )

    def _rarity(self, tag: int) -> float:
        """1 for a tag of one public entry, 0.3 for ten, 0.18 for a hundred or more."""
        return 1 / (1 + log(max(1, self.candidates.public_entries[tag])))

    def _share(
        self, part: Part, papers: Iterable[int], others: Iterable[int], weight: float, most: float
    ) -> None:
        for paper in papers:
            scores = part[paper]
            for other in others:
                before = scores.get(other, 0.0)
                if before < most:
                    scores[other] = before + weight if before + weight < most else most
            scores.pop(paper, None)

    def shortlist(self, paper: int) -> list[int]:
        """The candidates worth reading: the best without their words, of equals the newest. Authorship only opens the door.

        Scheduled ones have places of their own, so that they take none from the public ones.
        """
        scores = dict(self.tags[paper])
        for part in (self.mentions[paper], self.authors[paper]):
            for other, score in part.items():
                scores[other] = scores.get(other, 0.0) + score
        public = self.candidates.public
        shown = [(score, other) for other, score in scores.items() if other in public]
        best = nlargest(SHORTLIST, shown)
        if len(shown) < len(scores):
            waiting = [(score, other) for other, score in scores.items() if other not in public]
            best += nlargest(SHORTLIST // 2, waiting)
        return [other for _score, other in best]

    def pair(self, paper: int, other: int, text: float) -> Pair | None:
        """The scored pair, or None if the two have too little in common."""
        tags = round(self.tags[paper].get(other, 0), 4)
        mentions = round(self.mentions[paper].get(other, 0), 4)
        text = round(text, 4)
        if not tags and not mentions and text < LIKENESS_ALONE:
            return None
        return Pair(paper, other, tags, mentions, text)
