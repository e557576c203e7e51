"""The editors' table of forms that mean the same (SearchTerm), ready for queries and for saying what it added."""

import re
from dataclasses import dataclass
from functools import lru_cache

from digest.models import SearchTerm
from digest.text.analysis.analyze import RULES, analyze
from digest.text.analysis.english import STOP_WORDS
from digest.text.analysis.fold import compose
from digest.text.analysis.query import MAX_QUERY, Synonyms

# Quoted, negated and narrowed pieces of a query are taken as typed.
_AS_TYPED = re.compile(
    r'(?<!\S)-?(?:[a-z]{3,6}:)?["“„«「『][^"”»」』]*["”»」』]?|(?<!\S)(?:-|(?:tag|author|year|before|after|lang|arxiv):)\S+',
    re.IGNORECASE,
)

Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Expansion:
    """Words of a query that are a form of a group, and the group's other forms, as editors wrote them."""

    typed: str
    others: tuple[str, ...]


class TermTable:
    """All groups. ``synonyms`` goes into ``parse_query``."""

    def __init__(self, groups: Groups, engine: str) -> None:
        self.synonyms = Synonyms(groups, engine)
        self._engine = engine
        self._written = {terms_of(form, engine): form for group in groups for form in group}

    def expansions(self, text: str) -> list[Expansion]:
        """What the table added to the query ``text``, in the order of its words."""
        bare = _AS_TYPED.sub(" ", compose(text[:MAX_QUERY])[0])
        tokens = analyze(bare, self._engine)
        tokens = [token for token in tokens if token.main not in STOP_WORDS] or tokens
        found = []
        for start, end, others in self.synonyms.find([token.main for token in tokens]):
            typed = bare[tokens[start].start : tokens[end - 1].end]
            written = tuple(dict.fromkeys(self._written[other] for other in others if other in self._written))
            found.append(Expansion(typed, written))
        return found


def terms_of(form: str, engine: str = RULES) -> tuple[str, ...]:
    """What a form is compared by: ``Batch sizes`` and ``batch size`` are one."""
    return tuple(token.main for token in analyze(form, engine))


def read_term_table(engine: str) -> TermTable:
    """The table as it stands, in one query; unchanged rows are not analysed again."""
    return _table(tuple(map(tuple, SearchTerm.objects.groups())), engine)


@lru_cache(maxsize=4)
def _table(groups: Groups, engine: str) -> TermTable:
    return TermTable(groups, engine)
