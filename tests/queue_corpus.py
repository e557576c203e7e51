"""A desk of 26,000 entries, 14,000 of them translated, straight into the tables: for the queues' tests and benchmark."""

import datetime

from django.db import connection
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from digest.models import (
    Digest,
    Entry,
    ImportConflict,
    ImportRun,
    Note,
    NoteRevision,
    SourceFile,
    Tag,
    TaggedEntry,
    order_key,
)
from papers.models import Author, Authorship, Paper

LAST_DAY = datetime.date(2026, 10, 30)
A_DIGEST, TAGS = 3, 500
KO = "이 논문은 적은 계산으로 긴 문맥을 다루는 방법을 보인다. 저자들은 배치 크기를 키운다. " * 8
EN = "This paper shows how to handle a long context with little compute. " * 12


def fill_desk(people, entries=26_000, translated=14_000):
    """Rows as years of work leave them: old digests untranslated, newer ones done, the newest 300 in progress.

    ``people`` wrote, and hold, what is in progress. Sources are Korean but for every tenth. Returns nothing;
    statistics of the tables are brought up to date, as the databases do by themselves.
    """
    papers = Paper.objects.bulk_create((_paper(number) for number in range(entries)), batch_size=2_000)
    author = Author.objects.create(name="Kim", name_key="kim")
    Authorship.objects.bulk_create(
        (
            Authorship(paper=paper, author=author, position=1, printed_name="Kim")
            for number, paper in enumerate(papers)
            if number % 40
        ),
        batch_size=2_000,
    )
    rows = _entries(papers)
    _tags(rows)
    _notes(rows, people, entries - translated)
    _conflicts(rows[::200])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _paper(number):
    title = f"Paper {number} on the scaling of things"
    return Paper(
        title=title,
        title_key=title.casefold(),
        abstract="" if number % 25 == 0 else "We study the scaling of many things. " * 30,
        arxiv_id=f"{1001 + number // 5_000}.{number % 5_000:05d}" if number % 2 else None,
    )


def _entries(papers):
    """Oldest first; one in a hundred is deleted."""
    rows, now = [], timezone.now()
    days = len(papers) // A_DIGEST + 1
    digests = Digest.objects.bulk_create(
        Digest(date=LAST_DAY - datetime.timedelta(days=back), publish_at=now)
        for back in reversed(range(days))
    )
    for place, digest in enumerate(digests):
        for position, paper in enumerate(papers[place * A_DIGEST :][:A_DIGEST], start=1):
            number = len(rows)
            rows.append(
                Entry(
                    digest=digest,
                    paper=paper,
                    position=position,
                    order_key=order_key(digest.date, position),
                    source_language="en" if number % 10 == 0 else "ko",
                    deleted_at=now if number % 100 == 7 else None,
                )
            )
    return Entry.objects.bulk_create(rows, batch_size=2_000)


def _tags(rows):
    tags = Tag.objects.bulk_create(Tag(name=f"tag-{number}", slug=f"tag-{number}") for number in range(TAGS))
    TaggedEntry.objects.bulk_create(
        (
            TaggedEntry(tag=tags[place], content_object=entry, order_key=entry.order_key)
            for number, entry in enumerate(rows)
            for place in (number % 7, 7 + number % (TAGS - 7))
        ),
        batch_size=2_000,
    )


def _notes(rows, people, untranslated):
    notes = []
    for number, entry in enumerate(rows):
        fresh = number >= len(rows) - 300
        notes.append(_note(entry, entry.source_language, number, people if fresh else ()))
        if number >= untranslated:
            target = "ko" if entry.source_language == "en" else "en"
            notes.append(
                _note(entry, target, number, people if fresh or number % 40 == 0 else (), source_rev=1)
            )
    Note.objects.bulk_create(notes, batch_size=2_000)
    _revisions(notes, people)
    # Their source has moved on, and readers do not see that yet.
    moved = [note for note in notes if note.source_rev is None and note.entry_id % 60 == 0]
    NoteRevision.objects.bulk_create(NoteRevision(note=note, rev=2, body=note.body) for note in moved)
    Note.objects.filter(pk__in=[note.pk for note in moved]).update(rev=2, sig_rev=2)


def _note(entry, language, number, people, **fields):
    """Approved and read by all, or, with ``people``, in one of the states of work."""
    state = ("draft", "review", "changes", "approved")[number // 7 % 4] if people else "approved"
    holder = people[number % len(people)] if people and number % 3 == 0 else None
    body = KO if language == "ko" else EN
    due = LAST_DAY + datetime.timedelta(days=number % 20) if holder else None
    return Note(
        entry=entry,
        language=language,
        state=state,
        body=body,
        rev=1,
        sig_rev=1,
        assignee=holder,
        due_on=due,
        **fields,
    )


def _revisions(notes, people):
    """One for each note; readers see the approved ones, but for one in a hundred."""
    NoteRevision.objects.bulk_create(
        (
            NoteRevision(note=note, rev=1, body=note.body, author=people[number % len(people)])
            for number, note in enumerate(notes)
        ),
        batch_size=2_000,
    )
    first = NoteRevision.objects.filter(note=OuterRef("pk"))
    approved = Note.objects.filter(state="approved")
    approved.update(live=Subquery(first.values("pk")), live_at=F("updated_at"))
    Note.objects.filter(pk__in=[note.pk for note in notes[::100]]).update(live=None, live_at=None)


def _conflicts(rows):
    run = ImportRun.objects.create(counts={"changed": len(rows)})
    for entry in rows:
        file = SourceFile.objects.create(
            name=f"{entry.pk}.txt", sha256="0", content=b"", digest=entry.digest, run=run
        )
        ImportConflict.objects.create(entry=entry, field="ko", incoming="x", source_file=file, line=1)
