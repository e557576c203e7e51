"""Everything a search finds, as entries: what a feed of it is made from, where the pages show a part."""

from dataclasses import replace

from digest.index import open_index
from digest.index.asking import is_empty
from digest.index.synonyms import read_term_table
from digest.models import Entry
from digest.models.entry import EntryQuerySet
from digest.reading.search import Chosen, both
from digest.reading.search_plain import plain_hits
from digest.text.analysis.analyze import RULES
from digest.text.analysis.query import parse_query

# No more than an index ranks (digest.index.base.CAPS); the newest are kept.
MOST = 5_000


def matching_entries(text: str, chosen: Chosen) -> EntryQuerySet:
    """The published entries that ``reading.search.search`` finds for the same words, in no order; none for no words.

    Of very many hits the newest; as there, without an index the newest entries are looked through.
    """
    index = open_index("public")
    ready = index.state() == "ready"
    engine = (index.engine() if ready else None) or RULES
    typed = parse_query(text, read_term_table(engine).synonyms, engine)
    query = replace(typed, filters=both(typed.filters, chosen.filters()))
    published = Entry.objects.published()
    if is_empty(query):
        return published.none()
    if not ready:
        return plain_hits(text, query)
    return published.filter(pk__in=index.search(query, sort="newest", limit=MOST).ids)
