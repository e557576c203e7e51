"""An archive of any size straight in the tables, in the shape of a real one, a thousand entries at a time."""

import datetime
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from random import Random

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from bench.search_needles import Planted, all_planted
from bench.search_texts import Texts, invent_texts
from bench.search_words import author_name, byline
from digest.editing.search_terms import equip_new_site
from digest.management.corpus.shape import working_days
from digest.management.corpus.topics import Topics, tag_names
from digest.models import Digest, Entry, Note, NoteRevision, Tag, TaggedEntry, order_key
from digest.text.tags import tag_slug
from papers.identifiers import name_key, title_key
from papers.models import Author, Authorship, Paper

CHUNK = 1_000
# Entries of a digest where the days suffice; every 50th entry is a draft, the last few wait for their hour.
A_DIGEST, DRAFTS, SCHEDULED = 3, 50, 5
PEOPLE_AN_ENTRY = 3
NINE = datetime.time(9)
_FAR = datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC)
_DAYS = tuple(working_days())
_KNOWN = list(dict.fromkeys(planted.author for planted in all_planted() if planted.author))


@dataclass(slots=True)
class Draft:
    """One entry before it has rows."""

    number: int
    date: datetime.date
    position: int
    publish_at: datetime.datetime | None
    texts: Texts
    people: list[int]
    tags: list[str]
    planted: Planted


def fill_archive(
    entries: int, *, seed: int = 1, step: Callable[[int], None] = lambda done: None
) -> list[int]:
    """Invent so many entries, the same for the same two numbers. ``step`` hears how many there are after each chunk.

    Answers the primary keys of those that hold ``all_planted()``, in that order.
    """
    equip_new_site()
    tags = {
        tag.slug: tag
        for tag in Tag.objects.bulk_create(Tag(name=name, slug=tag_slug(name)) for name in tag_names())
    }
    topics = Topics(Random(f"{seed} topics"))
    # Primary keys by number: a row is made when its author first appears.
    authors = array("q", bytes(8 * (entries * PEOPLE_AN_ENTRY + len(_KNOWN))))
    planted: list[int] = []
    for start in range(0, entries, CHUNK):
        numbers = range(start, min(start + CHUNK, entries))
        drafts = [_draft(number, entries, seed, topics) for number in numbers]
        with transaction.atomic():
            rows = _write(drafts, tags, authors)
        planted += [row.pk for row in rows][: max(0, len(all_planted()) - len(planted))]
        step(numbers.stop)
    return planted


def arxiv_id(number: int, date: datetime.date) -> str:
    """The id of paper ``number``; every other one has one."""
    return f"{date:%y%m}.{number % 100_000:05d}"


def place(number: int, entries: int) -> tuple[datetime.date, int]:
    """(date, position) of entry ``number``, oldest first: nine years of working days, as full as the size asks for."""
    each = max(A_DIGEST, -(-entries // len(_DAYS)))
    digest, position = divmod(number, each)
    return _DAYS[digest * len(_DAYS) // -(-entries // each)], position + 1


def person_name(number: int) -> str:
    """Those of the planted entries come first."""
    return _KNOWN[number] if number < len(_KNOWN) else author_name(number - len(_KNOWN))


def _draft(number: int, entries: int, seed: int, topics: Topics) -> Draft:
    rng = Random(f"{seed} {number}")
    marked = all_planted()
    date, position = place(number, entries)
    publish_at: datetime.datetime | None = datetime.datetime.combine(date, NINE, datetime.UTC)
    plain = number >= len(marked)
    if plain and number % DRAFTS == DRAFTS - 1:
        publish_at = None
    elif plain and number >= entries - SCHEDULED:
        publish_at = _FAR
    planted = Planted() if plain else marked[number]
    people = [len(_KNOWN) + person for person in byline(rng, number, entries * PEOPLE_AN_ENTRY)]
    if planted.author:
        people.insert(0, _KNOWN.index(planted.author))
    return Draft(
        number,
        date,
        position,
        publish_at,
        invent_texts(rng, number, topics.cited()),
        people,
        list(dict.fromkeys(map(tag_slug, topics.tags()))) if rng.random() > 0.09 else [],
        planted,
    )


def _write(drafts: Sequence[Draft], tags: dict[str, Tag], authors: "array[int]") -> list[Entry]:
    papers = Paper.objects.bulk_create(map(_paper, drafts))
    _authorships(drafts, papers, authors)
    entries = _entries(drafts, papers)
    TaggedEntry.objects.bulk_create(
        TaggedEntry(tag=tags[slug], content_object=entry, order_key=entry.order_key)
        for draft, entry in zip(drafts, entries, strict=True)
        for slug in draft.tags
    )
    _notes(drafts, entries)
    return entries


def _paper(draft: Draft) -> Paper:
    title = draft.planted.title or draft.texts.title
    known = draft.planted.arxiv_id or (arxiv_id(draft.number, draft.date) if draft.number % 2 else None)
    return Paper(title=title, title_key=title_key(title), abstract=draft.texts.abstract, arxiv_id=known)


def _authorships(drafts: Sequence[Draft], papers: Sequence[Paper], authors: "array[int]") -> None:
    new = [
        number for number in dict.fromkeys(chain(*(draft.people for draft in drafts))) if not authors[number]
    ]
    named = [(number, person_name(number)) for number in new]
    rows = (Author(name=name, name_key=name_key(name)) for _number, name in named)
    for number, author in zip(new, Author.objects.bulk_create(rows), strict=True):
        authors[number] = author.pk
    Authorship.objects.bulk_create(
        Authorship(
            paper=paper, author_id=authors[number], position=position, printed_name=person_name(number)
        )
        for draft, paper in zip(drafts, papers, strict=True)
        for position, number in enumerate(draft.people, start=1)
    )


def _entries(drafts: Sequence[Draft], papers: Sequence[Paper]) -> list[Entry]:
    """A digest may go on in the next chunk."""
    digests: dict[datetime.date, Digest] = {}
    for draft in drafts:
        window = draft.publish_at or datetime.datetime.combine(draft.date, NINE, datetime.UTC)
        digests.setdefault(draft.date, Digest(date=draft.date, publish_at=window))
    Digest.objects.bulk_create(digests.values(), ignore_conflicts=True)
    keys = dict(Digest.objects.filter(date__in=list(digests)).values_list("date", "pk"))
    return Entry.objects.bulk_create(
        Entry(
            digest_id=keys[draft.date],
            paper=paper,
            position=draft.position,
            order_key=order_key(draft.date, draft.position),
            publish_at=draft.publish_at,
        )
        for draft, paper in zip(drafts, papers, strict=True)
    )


def _notes(drafts: Sequence[Draft], entries: Sequence[Entry]) -> None:
    """Each approved, with one revision; live unless the entry is a draft."""
    notes = Note.objects.bulk_create(
        Note(entry=entry, language=language, state="approved", body=body, rev=1, sig_rev=1)
        for draft, entry in zip(drafts, entries, strict=True)
        for language, body in _bodies(draft)
    )
    NoteRevision.objects.bulk_create(NoteRevision(note=note, rev=1, body=note.body) for note in notes)
    first = NoteRevision.objects.filter(note=OuterRef("pk")).values("pk")
    live = Note.objects.filter(pk__range=(notes[0].pk, notes[-1].pk), entry__publish_at__isnull=False)
    live.update(live=Subquery(first), live_at=F("updated_at"))


def _bodies(draft: Draft) -> list[tuple[str, str]]:
    """What is planted comes first."""
    texts, planted = draft.texts, draft.planted
    bodies = [("ko", f"{planted.ko} {texts.ko}".strip())]
    if texts.en or planted.en:
        bodies.append(("en", f"{planted.en} {texts.en}".strip()))
    return bodies
