"""What of an entry goes into an index, read from its rows: the live texts for readers, the working copies for editors."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from digest.index.building import Built
from digest.models import Note, TaggedEntry
from digest.text.analysis.analyze import analyzer_id
from papers.models import Authorship, Paper


@dataclass(slots=True)
class Source:
    """What one entry gives to one index, before analysis: texts by field, and its facts."""

    entry_id: int
    order_key: int
    timed: bool
    texts: dict[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    author_ids: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()

    def content_hash(self, engine: str) -> str:
        """Changes with whatever the index stores of the entry, and with the rules of analysis."""
        facts = (analyzer_id(engine), self.order_key, self.tags, self.author_ids, self.languages)
        text = repr((facts, sorted(self.texts.items())))
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def find_sources(index: Built, entry_ids: Sequence[int]) -> list[Source]:
    """The sources of those entries that belong in the index, by primary key. Four queries."""
    rows = list(index.expected().filter(pk__in=entry_ids).select_related("paper").order_by("pk"))
    notes = _notes(entry_ids, live=index.public)
    tags = _tags(entry_ids)
    people = _people({entry.paper_id for entry in rows})
    now = timezone.now()
    sources = []
    for entry in rows:
        timed = index.public and (
            entry.unpublish_at is not None or entry.publish_at is None or entry.publish_at > now
        )
        source = Source(entry.pk, entry.order_key, timed)
        sources.append(
            fill_source(source, entry.paper, notes[entry.pk], tags[entry.pk], people[entry.paper_id])
        )
    return sources


def fill_source(
    source: Source,
    paper: Paper,
    notes: dict[str, str],
    tags: Sequence[tuple[str, str, str]],
    people: Sequence[tuple[int, str, str]],
) -> Source:
    """Give ``source`` its texts and facts. A tag is name, slug and label; a person key, printed and own name."""
    names = [name for _pk, printed, person in people for name in dict.fromkeys((printed, person))]
    source.tags = tuple(slug for _name, slug, _label in tags)
    source.author_ids = tuple(pk for pk, _printed, _person in people)
    source.languages = tuple(sorted(notes))
    source.texts = {
        # The id behind the title: searching for it finds the paper itself before those that cite it.
        "title": f"{paper.title}\narXiv:{paper.arxiv_id}" if paper.arxiv_id else paper.title,
        "tags": "\n".join(" ".join(dict.fromkeys(filter(None, tag))) for tag in tags),
        "authors": "\n".join(dict.fromkeys(names)),
        "note_ko": notes.get("ko", ""),
        "note_en": notes.get("en", ""),
        "abstract": paper.abstract,
    }
    return source


def _notes(entry_ids: Sequence[int], *, live: bool) -> dict[int, dict[str, str]]:
    notes = Note.objects.filter(entry__in=entry_ids)
    if live:
        rows = notes.filter(live__isnull=False).values_list("entry", "language", "live__body")
    else:
        rows = notes.filter(rev__gt=0).values_list("entry", "language", "body")
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for entry_id, language, body in rows:
        found[entry_id][language] = body
    return found


def _tags(entry_ids: Sequence[int]) -> dict[int, list[tuple[str, str, str]]]:
    rows = TaggedEntry.objects.filter(content_object__in=entry_ids).order_by("pk")
    found: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for entry_id, *tag in rows.values_list("content_object", "tag__name", "tag__slug", "tag__label_ko"):
        found[entry_id].append((tag[0], tag[1], tag[2]))
    return found


def _people(paper_ids: Iterable[int]) -> dict[int, list[tuple[int, str, str]]]:
    rows = Authorship.objects.filter(paper__in=list(paper_ids)).order_by("paper", "position")
    found: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    for paper_id, author_id, printed, name in rows.values_list(
        "paper", "author", "printed_name", "author__name"
    ):
        found[paper_id].append((author_id, printed, name))
    return found
