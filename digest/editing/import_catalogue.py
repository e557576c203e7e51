"""The papers, people and tags that a batch of new digests means: those the database has, and those it gets."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

from django.core.exceptions import ValidationError

from digest.editing.tagging import find_tags
from digest.models import Tag
from digest.text.seeds import SeedEntry
from digest.text.tags import clean_tag, tag_slug
from papers.discovery import paper_links
from papers.identifiers import name_key, title_key
from papers.matching import numbered_names
from papers.models import Author, Authorship, Paper

# Values in one IN (…).
CHUNK = 500
T = TypeVar("T")


class NotPlain(Exception):
    """Something about a digest asks for a decision; it is imported field by field, which also finds the words for it."""


@dataclass(slots=True, eq=False)
class Work:
    """A paper with its byline as the batch leaves it. A paper without a key is new."""

    paper: Paper
    byline: list[tuple[Author, str]] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        return [printed for _author, printed in self.byline]


class Catalogue:
    """Read once a batch, in a dozen queries; then every question is answered from memory.

    The rules are those of papers.matching and editing.tagging; whatever they would write to a row that is there
    already is NotPlain.
    """

    def __init__(self, entries: Sequence[SeedEntry]) -> None:
        self._works = _read_works({title_key(entry.title) for entry in entries})
        self._people = _read_people({name_key(name) for entry in entries for name in entry.authors})
        self._slugs = {name: tag_slug(name) for entry in entries for name in entry.tags}
        self._tags = find_tags(self._slugs)

    def work(self, seed: SeedEntry) -> Work:
        """The paper that the entry is about. Raises NotPlain where file and database say different things of it."""
        key = title_key(seed.title)
        numbered = numbered_names(seed.authors)
        names = {name for name, _k in numbered}
        for work in self._works[key]:
            printed = {name_key(name) for name in work.names}
            if not names or not printed or names & printed:
                _compare(work, seed)
                return work
        work = self._new_work(seed, key, numbered)
        self._works[key].append(work)
        return work

    def _new_work(self, seed: SeedEntry, key: str, numbered: Sequence[tuple[str, int]]) -> Work:
        links = paper_links(seed.abstract)
        paper = Paper(
            kind=Paper.Kind.PAPER.value,
            title=seed.title,
            title_key=key,
            abstract=seed.abstract,
            project_url=links.project,
            code_url=links.code,
        )
        if not key or not all(name for name, _k in numbered):
            raise NotPlain
        if named := [name for name in ("project_url", "code_url") if getattr(paper, name)]:
            _demand(paper, *named)
        byline = [
            (self._person(name, identity), name)
            for name, identity in zip(seed.authors, numbered, strict=True)
        ]
        return Work(paper, byline)

    def _person(self, name: str, identity: tuple[str, int]) -> Author:
        if identity not in self._people:
            self._people[identity] = Author(name=name, name_key=identity[0], homonym=identity[1])
        return self._people[identity]

    def tags(self, seed: SeedEntry) -> list[Tag]:
        """The entry's tags in order, each once."""
        found: dict[str, Tag] = {}
        for name in seed.tags:
            slug = self._slugs[name]
            if slug not in self._tags:
                self._tags[slug] = Tag(name=clean_tag(name), slug=slug)
                _demand(self._tags[slug], "name", "slug")
            found.setdefault(self._tags[slug].slug, self._tags[slug])
        return list(found.values())


def _compare(work: Work, seed: SeedEntry) -> None:
    paper = work.paper
    same_title = paper.title == seed.title
    same_abstract = not seed.abstract or paper.abstract == seed.abstract
    same_byline = not seed.authors or work.names == list(seed.authors)
    if not (same_title and same_abstract and same_byline):
        raise NotPlain


def _demand(row: Paper | Tag, *names: str) -> None:
    """What ``full_clean`` asks of these columns; what it asks of the table is asked by the table, when it is written."""
    others = {field.name for field in row._meta.fields if field.name not in names}
    try:
        row.clean_fields(exclude=others)
    except ValidationError as error:
        raise NotPlain from error


def _read_works(keys: set[str]) -> defaultdict[str, list[Work]]:
    """By title key, the oldest first."""
    works: defaultdict[str, list[Work]] = defaultdict(list)
    by_paper: dict[int, Work] = {}
    for part in chunks(keys):
        for paper in Paper.objects.select_for_update().filter(title_key__in=part).order_by("pk"):
            by_paper[paper.pk] = Work(paper)
            works[paper.title_key].append(by_paper[paper.pk])
    for papers in chunks(by_paper):
        rows = Authorship.objects.filter(paper__in=papers).select_related("author")
        for row in rows.order_by("paper", "position"):
            by_paper[row.paper_id].byline.append((row.author, row.printed_name))
    return works


def _read_people(keys: set[str]) -> dict[tuple[str, int], Author]:
    found = chain.from_iterable(Author.objects.filter(name_key__in=part) for part in chunks(keys))
    return {(author.name_key, author.homonym): author for author in found}


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """``values`` in lists of at most ``size``."""
    found = list(values)
    return (found[start : start + size] for start in range(0, len(found), size))
