"""Who wrote and reviewed how much: sums of the revisions and events, asked of the database in one go each."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Expression, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest, Length, Replace, TruncMonth
from django.utils import timezone

from accounts.models import User
from digest.models import Event, NoteRevision

MOST_MONTHS = 120


@dataclass(slots=True)
class Work:
    """``characters`` and ``words`` are what the saved texts are longer than the texts before them.

    Only what was typed counts as written: no suggestion, restored text or import conflict. ``notes`` are the
    different notes saved; ``reviewed`` those decided on, of which ``approved`` were approved.
    """

    revisions: int = 0
    notes: int = 0
    characters: int = 0
    words: int = 0
    reviewed: int = 0
    approved: int = 0


@dataclass(frozen=True, slots=True)
class Statistics:
    """Work by (person, language), the names in order, and by (first of month, language), the newest first."""

    people: list[tuple[User, str, Work]]
    months: list[tuple[datetime.date, str, Work]]


def month_bounds(first: datetime.date, last: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    """The moments, in the current time zone, at which month ``first`` begins and month ``last`` has ended."""
    after = (last.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
    start = datetime.datetime.combine(first.replace(day=1), datetime.time())
    return timezone.make_aware(start), timezone.make_aware(datetime.datetime.combine(after, datetime.time()))


def work_done(first: datetime.date, last: datetime.date, *, only: User | None = None) -> Statistics:
    """What people did from month ``first`` to month ``last``, both included; of one person with ``only``.

    Six queries, however many people and months. Imported texts are nobody's work.
    """
    start, end = month_bounds(first, last)
    people: dict[tuple[int, str], Work] = defaultdict(Work)
    months: dict[tuple[datetime.date, str], Work] = defaultdict(Work)
    saved = NoteRevision.objects.filter(author__isnull=False, created_at__gte=start, created_at__lt=end)
    if only is not None:
        saved = saved.filter(author=only)
    for row in _written(saved):
        for work in _both(people, months, row):
            work.revisions += row["revisions"]
            work.characters += row["characters"] or 0
            work.words += row["words"] or 0
    for own in saved.values(person=F("author"), language=F("note__language")).annotate(notes=_NOTES):
        people[own["person"], own["language"]].notes = own["notes"]
    by_month = saved.annotate(month=TruncMonth("created_at"))
    for month in by_month.values("month", language=F("note__language")).annotate(notes=_NOTES):
        months[month["month"].date(), month["language"]].notes = month["notes"]
    for approved, rows in ((1, _approved(start, end, only)), (0, _sent_back(start, end, only))):
        for row in rows:
            for work in _both(people, months, row):
                work.reviewed += row["times"]
                work.approved += approved * row["times"]
    return Statistics(_by_name(people), [(*key, months[key]) for key in sorted(months, key=_newest_first)])


_NOTES = Count("note", distinct=True)

Row = Mapping[str, Any]


def _both(
    people: dict[tuple[int, str], Work], months: dict[tuple[datetime.date, str], Work], row: Row
) -> tuple[Work, Work]:
    return people[row["person"], row["language"]], months[row["month"].date(), row["language"]]


def _written(saved: "QuerySet[NoteRevision]") -> Iterable[Row]:
    """Revisions by month, person and language, with the text they added."""
    before = NoteRevision.objects.filter(note=OuterRef("note"), rev=OuterRef("rev") - 1)
    typed = Q(origin=NoteRevision.Origin.EDIT)
    grown = saved.annotate(
        month=TruncMonth("created_at"),
        more_characters=_growth(Length("body"), before.values(size=Length("body"))),
        more_words=_growth(_words(), before.values(size=_words())),
    )
    by = grown.values("month", person=F("author"), language=F("note__language"))
    return by.annotate(
        revisions=Count("pk"),
        characters=Sum("more_characters", filter=typed),
        words=Sum("more_words", filter=typed),
    )


def _growth(size: Any, before: Any) -> Expression:
    looked_up = Case(When(rev__gt=1, then=Subquery(before[:1])))  # a first revision has none before it
    return Greatest(size - Coalesce(looked_up, 0), Value(0))


def _words() -> Any:
    """How many words the body has: a note's normal form has one break between paragraphs or items."""
    line = Replace(Replace("body", Value("\n\n"), Value(" ")), Value("\n"), Value(" "))
    return Length(line) - Length(Replace(line, Value(" "), Value(""))) + 1


def _approved(start: datetime.datetime, end: datetime.datetime, only: User | None) -> Iterable[Row]:
    rows = NoteRevision.objects.filter(
        reviewed_by__isnull=False, reviewed_at__gte=start, reviewed_at__lt=end
    ).annotate(month=TruncMonth("reviewed_at"))
    rows = rows.filter(reviewed_by=only) if only is not None else rows
    by = rows.values("month", person=F("reviewed_by"), language=F("note__language"))
    return by.annotate(times=Count("pk"))


def _sent_back(start: datetime.datetime, end: datetime.datetime, only: User | None) -> Iterable[Row]:
    rows = Event.objects.filter(
        verb="request_changes", object_type="note", actor__isnull=False, at__gte=start, at__lt=end
    ).annotate(month=TruncMonth("at"))
    rows = rows.filter(actor=only) if only is not None else rows
    by = rows.filter(revision__isnull=False).values(
        "month", person=F("actor"), language=F("revision__note__language")
    )
    return by.annotate(times=Count("pk"))


def _by_name(people: dict[tuple[int, str], Work]) -> list[tuple[User, str, Work]]:
    users = User.objects.in_bulk({person for person, _language in people})
    rows = [(users[person], language, work) for (person, language), work in people.items()]
    return sorted(rows, key=lambda row: (row[0].username, row[1]))


def _newest_first(key: tuple[datetime.date, str]) -> tuple[int, str]:
    return -key[0].toordinal(), key[1]
