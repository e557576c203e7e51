"""The rows that relating papers reads and writes, a bounded number at a time. The judgement is in relating.py."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, Literal, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, F, OuterRef, Q, Subquery

from digest.models import Entry, Reference, Related, Tag, TaggedEntry
from digest.text.likeness import words_of
from papers.models import Authorship, Paper

TAG_REACH = 100  # entries looked at for each tag, the newest
MENTION_REACH = 500
AUTHOR_REACH = 300
MOST_TAGS = 20  # of one paper; more than that say nothing about it
# What a note may call a paper by: ("arxiv", id) or ("title", key).
Name = tuple[str, str]
Groups = dict[Any, set[int]]


class Last(NamedTuple):
    """The last entry that counts: by its place in the archive (``order_key``) or by when it came (``pk``)."""

    by: Literal["order_key", "pk"]
    last: int


Until = Last | None


class Pair(NamedTuple):
    """``other`` in the list of ``paper``, and the three parts of the score; ``pk`` if it is a stored row."""

    paper: int
    other: int
    tags: float
    mentions: float
    text: float
    pk: int | None = None

    @property
    def score(self) -> float:
        return round(self.tags + self.mentions + self.text, 4)

    def turned(self) -> "Pair":
        """The same in the list of ``other``."""
        return Pair(self.other, self.paper, self.tags, self.mentions, self.text)


def _groups() -> Groups:
    return defaultdict(set)


@dataclass(slots=True)
class Subjects:
    """The papers to relate, those of them that count, by tag, by what their notes cite, by their own names."""

    papers: set[int] = field(default_factory=set)
    public: set[int] = field(default_factory=set)
    tags: Groups = field(default_factory=_groups)
    cites: Groups = field(default_factory=_groups)
    known_as: Groups = field(default_factory=_groups)


@dataclass(slots=True)
class Candidates:
    """Papers by the tag, the cited work or the author they share with the subjects."""

    public: set[int] = field(default_factory=set)
    public_entries: Counter[int] = field(default_factory=Counter)
    tagged: Groups = field(default_factory=_groups)
    citing: Groups = field(default_factory=_groups)
    known_as: Groups = field(default_factory=_groups)
    written: Groups = field(default_factory=_groups)

    def add(self, group: set[int], paper: int, is_public: bool) -> None:
        group.add(paper)
        if is_public:
            self.public.add(paper)


def _in_view(now: datetime.datetime, prefix: str = "") -> Q:
    """Entries that are public or scheduled: their window has not ended."""
    never_ends = Q(**{f"{prefix}unpublish_at__isnull": True})
    return Q(never_ends | Q(**{f"{prefix}unpublish_at__gt": now}), **{f"{prefix}publish_at__isnull": False})


def _is_public(now: datetime.datetime, prefix: str = "") -> Any:
    """A column for rows of entries in view: has their hour come?"""
    return ExpressionWrapper(Q(**{f"{prefix}publish_at__lte": now}), output_field=BooleanField())


def _speaking(rows: Iterable[tuple[Any, ...]], now: datetime.datetime) -> list[tuple[Any, ...]]:
    """Those (paper, is public, …) that speak for their paper: the public ones; where it has none, the scheduled ones.

    So a second discussion that is scheduled says nothing of a public paper before its hour. A query only if there is any.
    """
    found = list(rows)
    waiting = {paper for paper, is_public, *_ in found if not is_public}
    if not waiting:
        return found
    shown = public_among(waiting, now)
    return [row for row in found if row[1] or row[0] not in shown]


def public_among(papers: Collection[int], now: datetime.datetime) -> set[int]:
    """Those of the papers that readers see."""
    return set(Entry.objects.published(now).filter(paper__in=papers).values_list("paper", flat=True))


def find_subjects(papers: list[int], now: datetime.datetime) -> Subjects:
    """Two queries: tags and names; what the live notes cite."""
    found = Subjects()
    columns = ("paper", _is_public(now), "paper__arxiv_id", "paper__title_key", "tagged_entries__tag")
    rows = Entry.objects.filter(_in_view(now), paper__in=papers).order_by("tagged_entries__pk")
    tags: dict[int, set[int]] = defaultdict(set)
    for paper, is_public, arxiv_id, title_key, tag in _speaking(rows.values_list(*columns), now):
        found.papers.add(paper)
        if is_public:
            found.public.add(paper)
        for name in names_of(arxiv_id, title_key):
            found.known_as[name].add(paper)
        if tag is not None and len(tags[paper]) < MOST_TAGS:
            tags[paper].add(tag)
            found.tags[tag].add(paper)
    if found.papers:
        own = _live_references(now).filter(revision__note__entry__paper__in=papers)
        for paper, _public, *name_parts in _speaking(own.values_list(*_reference_columns(now)), now):
            for name in names_of(*name_parts):
                found.cites[name].add(paper)
    return found


def find_candidates(
    subjects: Subjects, partners: set[int], now: datetime.datetime, until: Until
) -> Candidates:
    """Five queries: how far each tag reaches, its entries, who cites the same, the cited papers, the authors'."""
    found = Candidates()
    _find_by_tag(found, subjects, partners, now, until)
    _find_by_mention(found, subjects, now, until)
    _find_by_author(found, subjects, now, until)
    return found


def _find_by_tag(
    found: Candidates, subjects: Subjects, partners: set[int], now: datetime.datetime, until: Until
) -> None:
    public = _before(TaggedEntry.objects.published(now), "content_object", until).filter(tag=OuterRef("pk"))
    last = public.order_by("-order_key").values("order_key")[TAG_REACH - 1 : TAG_REACH]
    floors = dict(
        Tag.objects.filter(pk__in=list(subjects.tags))
        .annotate(floor=Subquery(last))
        .values_list("pk", "floor")
    )
    if not floors:
        return
    tagged = _before(TaggedEntry.objects.all(), "content_object", until).filter(
        _in_view(now, "content_object__")
    )
    columns = ("content_object__paper", _is_public(now, "content_object__"), "tag", "order_key")
    # One range of the index tagged_tag_order for each tag.
    near = reduce(or_, (Q(tag=tag, order_key__gte=floor or 0) for tag, floor in floors.items()))
    rows = tagged.filter(near).values_list(*columns)
    if partners:
        far = tagged.filter(tag__in=list(floors), content_object__paper__in=partners)
        rows = rows.union(far.values_list(*columns))
    for paper, is_public, tag, key in _speaking(rows, now):
        found.add(found.tagged[tag], paper, is_public)
        found.public_entries[tag] += bool(is_public and key >= (floors[tag] or 0))


def _find_by_mention(found: Candidates, subjects: Subjects, now: datetime.datetime, until: Until) -> None:
    names = subjects.cites.keys() | subjects.known_as.keys()
    citing = _before(_live_references(now), "revision__note__entry", until).filter(_named(names))
    # Public ones first, here and below: nothing scheduled may push them beyond the reach.
    rows = citing.order_by(_is_public(now, "revision__note__entry__").desc(), "-pk")
    columns = _reference_columns(now)
    for paper, is_public, *name_parts in _speaking(rows.values_list(*columns)[:MENTION_REACH], now):
        for name in names_of(*name_parts):
            found.add(found.citing[name], paper, is_public)
    if not subjects.cites:
        return
    cited = Paper.objects.filter(_named(subjects.cites.keys()), _in_view(now, "entries__"))
    cited = _before(cited, "entries", until).order_by("pk")
    columns = ("pk", _is_public(now, "entries__"), "arxiv_id", "title_key")
    first: dict[Name, int] = {}  # of two papers of one title the first is meant
    for paper, is_public, *name_parts in _speaking(cited.values_list(*columns), now):
        for name in names_of(*name_parts):
            if name in subjects.cites and first.setdefault(name, paper) == paper:
                found.add(found.known_as[name], paper, is_public)


def _find_by_author(found: Candidates, subjects: Subjects, now: datetime.datetime, until: Until) -> None:
    people = Authorship.objects.filter(paper__in=subjects.papers).values("author")
    rows = Authorship.objects.filter(_in_view(now, "paper__entries__"), author__in=people)
    rows = _before(rows, "paper__entries", until)
    rows = rows.order_by(_is_public(now, "paper__entries__").desc(), "-paper", "author")
    columns = ("paper", _is_public(now, "paper__entries__"), "author")
    for paper, is_public, author in _speaking(rows.values_list(*columns)[:AUTHOR_REACH], now):
        found.add(found.written[author], paper, is_public)


def _before(rows: Any, entry: str, until: Until) -> Any:
    if until is None:
        return rows
    if (
        until.by == "order_key" and entry == "content_object"
    ):  # a tagging carries its entry's, beside the tag in the index
        return rows.filter(order_key__lte=until.last)
    return rows.filter(**{f"{entry}__{until.by}__lte": until.last})


def _live_references(now: datetime.datetime) -> Any:
    live = Q(revision=F("revision__note__live"))
    return Reference.objects.filter(live, _in_view(now, "revision__note__entry__")).exclude(kind="url")


def _reference_columns(now: datetime.datetime) -> tuple[Any, ...]:
    entry = "revision__note__entry__"
    return (f"{entry}paper", _is_public(now, entry), "arxiv_id", "title_key")


def _named(names: Collection[Name]) -> Q:
    """Papers or references with one of these names. The empty ones are excluded aloud: the indexes are partial."""
    ids = [value for kind, value in names if kind == "arxiv"]
    keys = [value for kind, value in names if kind == "title"]
    return Q(~Q(arxiv_id=""), arxiv_id__in=ids) | Q(~Q(title_key=""), title_key__in=keys)


def names_of(arxiv_id: str | None, title_key: str) -> list[Name]:
    pairs = (("arxiv", arxiv_id), ("title", title_key))
    return [(kind, value) for kind, value in pairs if value]


def read_words(papers: Collection[int]) -> dict[int, frozenset[str]]:
    """The telling words of each paper's title and abstract."""
    rows = Paper.objects.filter(pk__in=papers).values_list("pk", "title", "abstract")
    return {pk: words_of(f"{title}\n{abstract}") for pk, title, abstract in rows}


def partners_of(papers: Collection[int]) -> list[Pair]:
    """The stored pairs these papers have part in, on either side."""
    return _pairs(Q(paper__in=papers) | Q(other__in=papers))


def lists_of(papers: Collection[int]) -> list[Pair]:
    """The stored lists of these papers."""
    return _pairs(Q(paper__in=papers))


def _pairs(condition: Q) -> list[Pair]:
    rows = Related.objects.filter(condition).values_list("paper", "other", "tags", "mentions", "text", "pk")
    return list(map(Pair._make, rows))


def store(wanted: Mapping[tuple[int, int], Pair], present: Iterable[Pair]) -> None:
    """Make the ``present`` rows the wanted ones, in a DELETE and an upsert; what is right already is left alone."""
    stored = {(row.paper, row.other): row for row in present}
    gone = [row.pk for key, row in stored.items() if key not in wanted and row.pk is not None]
    if gone:
        Related.objects.filter(pk__in=gone).delete()
    changed = [pair for key, pair in wanted.items() if key not in stored or stored[key][:-1] != pair[:-1]]
    Related.objects.bulk_create(
        (
            Related(
                paper_id=pair.paper,
                other_id=pair.other,
                score=pair.score,
                tags=pair.tags,
                mentions=pair.mentions,
                text=pair.text,
            )
            for pair in changed
        ),
        update_conflicts=True,
        unique_fields=["paper", "other"],
        update_fields=["score", "tags", "mentions", "text"],
    )
