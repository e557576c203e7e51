"""Published entries narrowed by one thing at a time, for programs that ask for some of them; and what they lead to.

Each takes published entries and gives fewer of them. None joins a table whose rows could repeat an entry.
"""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from digest.models import Digest, Entry, Note, published_papers
from digest.models.digest import DigestQuerySet
from digest.models.entry import EntryQuerySet
from digest.reading.periods import keys_of, year_range
from digest.reading.tags import find_selection, selected_entries
from digest.text.languages import EN, KO
from papers.models import Paper


def public_entries() -> EntryQuerySet:
    """Where all of this begins: everything readers may see."""
    return Entry.objects.published()


def public_digests() -> DigestQuerySet:
    """Every digest that readers see an entry of."""
    return Digest.objects.published()


def public_papers() -> QuerySet[Paper]:
    """Every paper that an entry readers see is about, found by its own key."""
    return published_papers()


def from_day(entries: EntryQuerySet, day: datetime.date) -> EntryQuerySet:
    return entries.filter(order_key__gte=keys_of(day, day)[0])


def to_day(entries: EntryQuerySet, day: datetime.date) -> EntryQuerySet:
    return entries.filter(order_key__lte=keys_of(day, day)[1])


def of_year(entries: EntryQuerySet, year: int) -> EntryQuerySet:
    return entries.filter(order_key__range=keys_of(*year_range(year)))


def tagged(entries: EntryQuerySet, expression: str) -> EntryQuerySet:
    """By a tag or an expression as in addresses (``a+b``, ``a,b``, ``a+-b``); a hidden tag is like one that never was."""
    selection = find_selection(expression)
    if selection is None:
        return entries.none()
    return entries.filter(pk__in=selected_entries(selection).order_by().values("pk"))


def by_author(entries: EntryQuerySet, author_id: int) -> EntryQuerySet:
    return entries.filter(paper__authorships__author=author_id)


def of_paper(entries: EntryQuerySet, paper_id: int) -> EntryQuerySet:
    return entries.filter(paper=paper_id)


def on_arxiv(entries: EntryQuerySet, arxiv_id: str) -> EntryQuerySet:
    return entries.filter(paper__arxiv_id=arxiv_id)


def of_kind(entries: EntryQuerySet, kind: str) -> EntryQuerySet:
    return entries.filter(paper__kind=kind)


def written_in(entries: EntryQuerySet, language: str) -> EntryQuerySet:
    """With a live note in the language."""
    return entries.filter(_has(language))


def with_korean(entries: EntryQuerySet, wanted: bool) -> EntryQuerySet:
    return entries.filter(_has(KO) if wanted else ~_has(KO))


def with_english(entries: EntryQuerySet, wanted: bool) -> EntryQuerySet:
    return entries.filter(_has(EN) if wanted else ~_has(EN))


def changed_since(entries: EntryQuerySet, moment: datetime.datetime) -> EntryQuerySet:
    """Published then or later, or changed in what readers see; as ``PublicEntry.changed`` counts."""
    return entries.filter(Q(publish_at__gte=moment) | Q(changed_at__gte=moment))


def papers_of(entries: EntryQuerySet) -> QuerySet[Paper]:
    """The papers that these published entries discuss; for all that there are, ``public_papers`` is cheaper."""
    return public_papers().filter(pk__in=entries.order_by().values("paper"))


def digests_of(entries: EntryQuerySet) -> DigestQuerySet:
    """The digests that hold any of these published entries."""
    return public_digests().filter(Exists(entries.filter(digest=OuterRef("pk"))))


def digests_changed_since(digests: DigestQuerySet, moment: datetime.datetime) -> DigestQuerySet:
    """With an entry that changed then or later, or from which one has left."""
    changed = changed_since(public_entries(), moment).filter(digest=OuterRef("pk"))
    return digests.filter(Q(changed_at__gte=moment) | Exists(changed))


def _has(language: str) -> Exists:
    return Exists(Note.objects.published().filter(entry=OuterRef("pk"), language=language))
