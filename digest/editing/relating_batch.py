"""Relating the papers of a batch of new digests, in memory, as if each digest had been imported by itself.

The questions of relating.py are answered from what was there before the batch, read once, and from the digests of the
batch that have had their turn. Only where readers see everything that has a window: what a scheduled entry may and may
not displace is left to the rows (``import_batch`` asks ``is_simple``). Every list is written once, at the end.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest, nsmallest
from itertools import count

from django.db import connection

from digest.editing.bulk_rows import write_rows
from digest.editing.import_catalogue import chunks
from digest.editing.import_plan import NewDigest, NewEntry
from digest.editing.relating import relate_in
from digest.editing.relating_rows import (
    AUTHOR_REACH,
    MENTION_REACH,
    MOST_TAGS,
    TAG_REACH,
    Candidates,
    Name,
    Pair,
    Subjects,
    lists_of,
    names_of,
    partners_of,
    read_words,
)
from digest.models import Digest, Entry, Reference, Related, TaggedEntry
from digest.text.likeness import words_of
from papers.models import Authorship, Paper

Lists = dict[int, dict[int, Pair]]
# Papers whose words are kept; some 8 kB each.
MOST_WORDS = 3_000
# References of the batch are newer than all that were there.
_NEWER = 1 << 62
_ANY_TAG = -1  # stands for the tag in a prepared statement; no row has it


def is_simple(plan: Sequence[NewDigest], now: datetime.datetime) -> bool:
    """True if readers see every entry that has a window, those of the batch included.

    Asked of the digests, whose windows entries carry: there are few of them.
    """
    if any(entry.publish_at is not None and entry.publish_at > now for d in plan for entry in d.entries):
        return False
    windows = Digest.objects.filter(publish_at__isnull=False)
    return not windows.exclude(publish_at__lte=now, unpublish_at__isnull=True).exists()


@dataclass(slots=True)
class Facts:
    """What of a paper counts: of its entries in view, in the order in which they came."""

    paper: Paper
    people: list[int]
    names: list[Name]
    in_view: bool = False
    tags: dict[int, None] = field(default_factory=dict)
    cites: set[Name] = field(default_factory=set)

    @property
    def is_new(self) -> bool:
        return self.paper._state.adding


class BatchArchive:
    """See relating.Archive. Make one before the entries of the batch are written, with the lists locked."""

    def __init__(self, entries: Sequence[NewEntry]) -> None:
        self._words: dict[int, frozenset[str]] = {}
        self._lists: Lists = {}
        self._stored: Lists = {}
        self._holders: defaultdict[int, set[int]] = defaultdict(set)
        self._newest: dict[int, list[tuple[int, int]]] = {}
        self._citing: defaultdict[Name, list[tuple[int, int]]] = defaultdict(list)
        self._first: dict[Name, int] = {}
        self._written: defaultdict[int, list[int]] = defaultdict(list)
        self._numbers = count(_NEWER)
        self._facts: dict[int, Facts] = {}
        for entry in entries:
            paper = entry.work.paper
            people = [author.pk for author, _name in entry.work.byline]
            self._facts.setdefault(paper.pk, Facts(paper, people, names_of(paper.arxiv_id, paper.title_key)))
        known = [pk for pk, facts in self._facts.items() if not facts.is_new]
        self._read_known(known)
        self._read_mentions({name for entry in entries for name in cited_names(entry)})
        self._read_tags({tag.pk for entry in entries for tag in entry.tags if not tag._state.adding})
        people_known = (
            author for e in entries for author, _name in e.work.byline if not author._state.adding
        )
        self._read_people({author.pk for author in people_known})
        stored = partners_of(known) if known else []
        self._load({paper for pair in stored for paper in (pair.paper, pair.other)})

    # -- what was there -----------------------------------------------------------------------------------

    def _read_known(self, known: list[int]) -> None:
        for part in chunks(known):
            for paper in Entry.objects.published().filter(paper__in=part).values_list("paper", flat=True):
                self._facts[paper].in_view = True
            rows = TaggedEntry.objects.published().filter(content_object__paper__in=part).order_by("pk")
            for paper, tag in rows.values_list("content_object__paper", "tag"):
                self._facts[paper].tags[tag] = None
            cited = Reference.objects.published().filter(revision__note__entry__paper__in=part)
            columns = ("revision__note__entry__paper", "arxiv_id", "title_key")
            for paper, arxiv_id, title_key in cited.exclude(kind="url").values_list(*columns):
                self._facts[paper].cites.update(names_of(arxiv_id, title_key))

    def _read_mentions(self, cited: set[Name]) -> None:
        cited |= {name for facts in self._facts.values() for name in facts.cites}
        names = cited | {name for facts in self._facts.values() for name in facts.names}
        for kind, column in (("arxiv", "arxiv_id"), ("title", "title_key")):
            for part in chunks(value for name, value in names if name == kind):
                rows = Reference.objects.published().filter(**{f"{column}__in": part}).exclude(**{column: ""})
                columns = (column, "pk", "revision__note__entry__paper")
                for value, pk, paper in rows.order_by("pk").values_list(*columns):
                    self._citing[kind, value].append((pk, paper))
            for part in chunks(value for name, value in cited if name == kind):
                papers = Paper.objects.filter(**{f"{column}__in": part}, entries__publish_at__isnull=False)
                for value, pk in papers.order_by("pk").values_list(column, "pk"):
                    self._first.setdefault((kind, value), pk)

    def _read_tags(self, tags: set[int]) -> None:
        tags |= {tag for facts in self._facts.values() for tag in facts.tags}
        tagged = TaggedEntry.objects.published().filter(tag=_ANY_TAG).order_by("-order_key")
        rows = tagged.values_list("order_key", "content_object__paper")[:TAG_REACH]
        # Some hundred times the same statement: Django takes longer to put it together than the database to answer.
        statement, params = rows.query.sql_with_params()
        with connection.cursor() as cursor:
            for tag in tags:
                cursor.execute(statement, [tag if value == _ANY_TAG else value for value in params])
                self._newest[tag] = cursor.fetchall()

    def _read_people(self, people: set[int]) -> None:
        people |= {pk for facts in self._facts.values() if not facts.is_new for pk in facts.people}
        for part in chunks(people):
            rows = Authorship.objects.filter(author__in=part, paper__entries__publish_at__isnull=False)
            for author, paper in rows.values_list("author", "paper"):
                self._written[author].append(paper)

    def _load(self, papers: Iterable[int]) -> None:
        """Have the lists of these papers here; new ones have none to read."""
        missing = [paper for paper in papers if paper not in self._lists]
        for paper in missing:
            self._lists[paper], self._stored[paper] = {}, {}
        for part in chunks(p for p in missing if p not in self._facts or not self._facts[p].is_new):
            for pair in lists_of(part):
                self._lists[pair.paper][pair.other] = self._stored[pair.paper][pair.other] = pair
                self._holders[pair.other].add(pair.paper)

    # -- a digest has its turn ----------------------------------------------------------------------------

    def relate(self, digest: NewDigest) -> None:
        """Let the digest's entries in, then relate their papers to all that is there by now."""
        for entry in digest.entries:
            if entry.publish_at is not None:
                self._add(entry)
        relate_in(self, [entry.work.paper.pk for entry in digest.entries])

    def _add(self, entry: NewEntry) -> None:
        pk = entry.work.paper.pk
        facts = self._facts[pk]
        facts.in_view = True
        for tag in entry.tags:
            facts.tags[tag.pk] = None
            newest = self._newest.setdefault(tag.pk, [])
            newest.append((entry.order_key, pk))
            newest.sort(reverse=True)
            del newest[TAG_REACH:]
        for name in cited_names(entry):
            facts.cites.add(name)
            citing = self._citing[name]
            citing.append((next(self._numbers), pk))
            del citing[:-MENTION_REACH]  # they came in order
        for name in facts.names:
            self._first[name] = min(pk, self._first.get(name, pk))
        for author in facts.people:
            self._written[author].append(pk)

    # -- the questions ------------------------------------------------------------------------------------

    def subjects(self, papers: list[int]) -> Subjects:
        found = Subjects()
        for paper in papers:
            facts = self._facts[paper]
            if not facts.in_view:
                continue
            found.papers.add(paper)
            for tag in list(facts.tags)[:MOST_TAGS]:
                found.tags[tag].add(paper)
            for name in facts.names:
                found.known_as[name].add(paper)
            for name in facts.cites:
                found.cites[name].add(paper)
        found.public |= found.papers
        return found

    def candidates(self, subjects: Subjects, partners: set[int]) -> Candidates:
        found = Candidates()
        for tag in subjects.tags:
            newest = self._newest.get(tag, [])
            found.public_entries[tag] = len(newest)
            found.tagged[tag] |= {paper for _key, paper in newest}
        for tag, paper in self._tagged_partners(set(subjects.tags), partners):
            found.tagged[tag].add(paper)
        names = subjects.cites.keys() | subjects.known_as.keys()
        mentions = ((pk, paper, name) for name in names for pk, paper in self._citing.get(name, ()))
        for _pk, paper, name in nlargest(MENTION_REACH, mentions):
            found.citing[name].add(paper)
        for name in subjects.cites:
            if name in self._first:
                found.known_as[name].add(self._first[name])
        people = {author for paper in subjects.papers for author in self._facts[paper].people}
        places = ((-paper, author) for author in people for paper in self._written[author])
        for paper, author in nsmallest(AUTHOR_REACH, places):
            found.written[author].add(-paper)
        for groups in (found.tagged, found.citing, found.known_as, found.written):
            found.public.update(*groups.values())
        return found

    def _tagged_partners(self, tags: set[int], partners: set[int]) -> Iterator[tuple[int, int]]:
        """Which of these tags the partners have, however long ago."""
        for paper in partners & self._facts.keys():
            yield from ((tag, paper) for tag in tags & self._facts[paper].tags.keys())
        for part in chunks(partners - self._facts.keys()):
            rows = TaggedEntry.objects.published().filter(content_object__paper__in=part, tag__in=tags)
            yield from rows.values_list("tag", "content_object__paper")

    def partners(self, papers: list[int]) -> list[Pair]:
        self._load(papers)
        own = {(paper, other): pair for paper in papers for other, pair in self._lists[paper].items()}
        own |= {(q, paper): self._lists[q][paper] for paper in papers for q in self._holders[paper]}
        return list(own.values())

    def words(self, papers: Collection[int]) -> Mapping[int, frozenset[str]]:
        if len(self._words) > MOST_WORDS:
            self._words.clear()
        missing = [paper for paper in papers if paper not in self._words]
        for paper in missing:
            if paper in self._facts:
                known = self._facts[paper].paper
                self._words[paper] = words_of(f"{known.title}\n{known.abstract}")
        for part in chunks(paper for paper in missing if paper not in self._facts):
            self._words |= read_words(part)
        return self._words

    def lists(self, papers: Collection[int]) -> list[Pair]:
        self._load(papers)
        return [pair for paper in papers for pair in self._lists[paper].values()]

    def public(self, papers: Collection[int]) -> set[int]:
        return set(papers)

    # -- the answers --------------------------------------------------------------------------------------

    def store(self, wanted: Mapping[tuple[int, int], Pair], present: Iterable[Pair]) -> None:
        """Remember; ``write`` brings it to the rows."""
        for pair in present:
            if (pair.paper, pair.other) not in wanted:
                del self._lists[pair.paper][pair.other]
                self._holders[pair.other].discard(pair.paper)
        for (paper, other), pair in wanted.items():
            self._lists[paper][other] = pair
            self._holders[other].add(paper)

    def write(self) -> None:
        """Bring the rows to what the lists are now."""
        gone: list[int] = []
        new: list[Pair] = []
        for paper, found in self._lists.items():
            stored = self._stored[paper]
            kept = {
                other for other, pair in found.items() if other in stored and stored[other][:-1] == pair[:-1]
            }
            gone += [pair.pk for other, pair in stored.items() if other not in kept and pair.pk is not None]
            new += [pair for other, pair in found.items() if other not in kept]
        for part in chunks(gone):
            Related.objects.filter(pk__in=part).delete()
        rows = ((p.paper, p.other, p.score, p.tags, p.mentions, p.text) for p in new)
        write_rows(Related, ("paper_id", "other_id", "score", "tags", "mentions", "text"), rows)


def cited_names(entry: NewEntry) -> list[Name]:
    """The works that the entry's notes mention, each as often as they do."""
    links = (link for links in entry.links for link in links)
    return [name for link in links for name in names_of(link.arxiv_id, link.title_key)]
