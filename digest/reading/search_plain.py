"""Searching without an index: while it is being built, is missing, or was built by other rules."""

import re

from django.db.models import Q

from digest.models import Entry
from digest.models.entry import EntryQuerySet
from digest.reading.periods import keys_of, year_range
from digest.text.analysis.query import MAX_QUERY, Filters, Query

# Looking takes as long as there is text, whether it matches or not; so only the newest are looked at.
LOOKED_AT = 2_000
# Places of a word, from the entry.
PLACES = (
    "paper__title",
    "paper__abstract",
    "paper__arxiv_id",
    "paper__authorships__printed_name",
    "tagged_entries__tag__name",
    "tagged_entries__tag__label_ko",
)
_STRICT = re.compile(r'(?<!\S)(-?)(?:"([^"]+)"|(?<=-)([^\s"]+))')


def plain_hits(text: str, query: Query) -> EntryQuerySet:
    """Those of the newest published entries that hold every word of the query, as it is typed; newest first."""
    newest = _newest()
    found = newest.filter(*_narrowed(query.filters))
    for clause in query.clauses:
        term = clause.ways[0].terms[0]
        if term.startswith("arxiv:"):
            one = Q(paper__arxiv_id__iexact=term.removeprefix("arxiv:"))
            found = found.exclude(one) if clause.negated else found.filter(one)
    for word in query.words:
        found = found.filter(pk__in=_holding(newest, word))
    # Phrases, and what must not occur: the query keeps only their terms.
    for sign, phrase, word in _STRICT.findall(text[:MAX_QUERY].replace("\0", " ")):
        holding = _holding(newest, phrase or word)
        found = found.exclude(pk__in=holding) if sign else found.filter(pk__in=holding)
    return found.order_by("-order_key")


def _newest() -> EntryQuerySet:
    entries = Entry.objects.published()
    keys = entries.order_by("-order_key").values_list("order_key", flat=True)
    lowest = keys[LOOKED_AT - 1 : LOOKED_AT].first()
    return entries if lowest is None else entries.filter(order_key__gte=lowest)


def _holding(entries: EntryQuerySet, word: str) -> EntryQuerySet:
    held = Q(notes__live__isnull=False, notes__live__body__icontains=word)
    for place in PLACES:
        held |= Q(**{f"{place}__icontains": word})
    return entries.filter(held).order_by().values("pk")


def _narrowed(filters: Filters) -> list[Q]:
    narrowed = [Q(pk__in=_tagged(slug)) for slug in filters.tags]
    narrowed += [~Q(pk__in=_tagged(slug)) for slug in filters.not_tags]
    narrowed += [Q(pk__in=_by(term)) for terms in filters.authors for term in terms]
    narrowed += [Q(pk__in=_of(author_id)) for author_id in filters.author_ids]
    if filters.languages:
        narrowed.append(Q(pk__in=_written(filters.languages)))
    if filters.years:
        years = Q(pk__in=[])
        for year in filters.years:
            if year:
                years |= Q(order_key__range=keys_of(*year_range(year)))
        narrowed.append(years)
    if filters.before:
        narrowed.append(Q(digest__date__lt=filters.before))
    if filters.after:
        narrowed.append(Q(digest__date__gt=filters.after))
    return narrowed


def _tagged(slug: str) -> EntryQuerySet:
    return Entry.objects.published().filter(tagged_entries__tag__slug=slug).order_by().values("pk")


def _written(languages: tuple[str, ...]) -> EntryQuerySet:
    held = Q(notes__live__isnull=False, notes__language__in=languages)
    return Entry.objects.published().filter(held).order_by().values("pk")


def _of(author_id: int) -> EntryQuerySet:
    held = Q(paper__authorships__author=author_id)
    return Entry.objects.published().filter(held).order_by().values("pk")


def _by(term: str) -> EntryQuerySet:
    """By a term of a name; the stem of Henry is henri."""
    held = Q(paper__authorships__printed_name__icontains=term.removesuffix("i") or term)
    return Entry.objects.published().filter(held).order_by().values("pk")
