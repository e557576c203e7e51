"""The search box over the list of entries: the readers' query language, over what editors are writing."""

from django.db.models import QuerySet

from digest.index import open_index
from digest.index.synonyms import read_term_table
from digest.models import Entry
from digest.text.analysis.analyze import RULES
from digest.text.analysis.query import parse_query

# More than anybody pages through; the list's own filters narrow what is left.
MOST_HITS = 1_000


def find_entries(entries: QuerySet[Entry], text: str) -> QuerySet[Entry] | None:
    """Those of ``entries`` that ``text`` finds, at most the newest thousand; None if no index can answer."""
    index = open_index("editor")
    if index.state() != "ready":
        return None
    engine = index.engine() or RULES
    query = parse_query(text, read_term_table(engine).synonyms, engine)
    return entries.filter(pk__in=index.search(query, sort="newest", limit=MOST_HITS).ids)
