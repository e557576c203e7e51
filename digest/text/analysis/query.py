"""What a reader typed, as a small tree that both index backends compile. Their text never reaches the database's own query language.

``batch size`` (both words, anywhere), ``"scaling laws"`` (phrase), ``-moe`` (not), and ``tag: author: year: before:
after: lang: arxiv:``. An operator that is unknown or has no sensible value is read as words.
"""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from digest.text.analysis.analyze import RULES, Token, analyze
from digest.text.analysis.english import STOP_WORDS, stem
from digest.text.analysis.fold import compose
from digest.text.analysis.korean import EDGE, GRAM, VERB, grams, is_hangul
from digest.text.tags import tag_slug
from papers.identifiers import normalise_arxiv_id

MAX_QUERY = 200  # characters
MAX_WORDS = 12
LANGUAGES = ("ko", "en")

_PIECE = re.compile(
    r"(?P<not>-)?(?:(?P<operator>tag|author|year|before|after|lang|arxiv):)?"
    r'(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]+))',
    re.IGNORECASE,
)
_QUOTES = str.maketrans(dict.fromkeys("“”„«»「」『』", '"') | {"\0": " "})
_HANGUL = re.compile("[가-힣]+")
_DATE = re.compile("([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms that stand side by side in one column; of a single term, that term. ``anywhere``: also among further terms."""

    terms: tuple[str, ...]
    anywhere: bool = True


@dataclass(frozen=True, slots=True)
class Clause:
    """One word or phrase of the query: any of ``ways`` matches it."""

    ways: tuple[Phrase, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search besides words. All must hold; of the years and of the languages, one.

    Tags are slugs; authors are terms that stand side by side among the authors, ``author_ids`` people by primary key;
    ``before`` and ``after`` exclude their day.
    """

    tags: tuple[str, ...] = ()
    not_tags: tuple[str, ...] = ()
    authors: tuple[tuple[str, ...], ...] = ()
    author_ids: tuple[int, ...] = ()
    years: tuple[int, ...] = ()
    before: datetime.date | None = None
    after: datetime.date | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query. ``words`` are the surfaces, for did-you-mean; ``cut`` says that the limits left something out."""

    clauses: tuple[Clause, ...] = ()
    filters: Filters = field(default_factory=Filters)
    words: tuple[str, ...] = ()
    cut: bool = False


class Synonyms:
    """Forms that mean the same (배치 크기, batch size, bsz): where a query holds one whole form, the others find it too."""

    def __init__(self, groups: Iterable[Iterable[str]] = (), engine: str = RULES) -> None:
        self._others: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for group in groups:
            analysed = [tuple(token.main for token in analyze(form, engine)) for form in group]
            forms = [form for form in dict.fromkeys(analysed) if form]
            for form in forms:
                self._others.setdefault(form, []).extend(other for other in forms if other != form)
        self._longest = max(map(len, self._others), default=0)

    def find(self, mains: list[str]) -> Iterable[tuple[int, int, list[tuple[str, ...]]]]:
        """(start, end, other forms) of the forms in ``mains``, leftmost and longest first, without overlap."""
        start = 0
        while start < len(mains):
            for end in range(min(len(mains), start + self._longest), start, -1):
                others = self._others.get(tuple(mains[start:end]))
                if others:
                    yield start, end, others
                    break
            else:
                end = start + 1
            start = end


def parse_query(text: str, synonyms: Synonyms | None = None, engine: str = RULES) -> Query:
    """The query of ``text``; whatever was typed is one. Stop words count only where nothing else is left.

    Raises only what ``analyze`` does about its engine.
    """
    composed, _places = compose(text[: 4 * MAX_QUERY])  # a syllable may have been typed as three characters
    parser = _Parser(synonyms or Synonyms(), engine)
    for match in _PIECE.finditer(composed[:MAX_QUERY].translate(_QUOTES)):
        parser.add(match)
    parser.flush()
    cut = len(composed) > MAX_QUERY or len(text) > 4 * MAX_QUERY or len(parser.clauses) > MAX_WORDS
    clauses = tuple(parser.clauses[:MAX_WORDS])
    return Query(clauses, parser.filters(), tuple(parser.words[:MAX_WORDS]), cut)


class _Parser:
    """Collects clauses and filters; bare words wait until something else comes, so that neighbours see each other."""

    def __init__(self, synonyms: Synonyms, engine: str) -> None:
        self.clauses: list[Clause] = []
        self.words: list[str] = []
        self._synonyms = synonyms
        self._engine = engine
        self._bare: list[str] = []
        self._tags: list[str] = []
        self._not_tags: list[str] = []
        self._authors: list[tuple[str, ...]] = []
        self._years: list[int] = []
        self._before: list[datetime.date] = []
        self._after: list[datetime.date] = []
        self._languages: list[str] = []

    def add(self, match: re.Match[str]) -> None:
        quoted = match["quoted"] is not None
        value = match["quoted"] if quoted else match["bare"]
        operator = (match["operator"] or "").lower()
        negated = match["not"] is not None
        if operator and self._filter(operator, value, negated=negated):
            return
        if operator:
            value = f"{operator} {value}"
        if quoted or negated:
            self.flush()
            self.clauses += self._strict(value, phrase=quoted, negated=negated)
        else:
            self._bare.append(value)

    def flush(self) -> None:
        found, surfaces = _bare_clauses(" ".join(self._bare), self._synonyms, self._engine)
        self.clauses += found
        self.words += surfaces
        self._bare.clear()

    def filters(self) -> Filters:
        """Of several dates the narrowest counts; everything else is a set in the order typed."""
        return Filters(
            tags=tuple(dict.fromkeys(self._tags)),
            not_tags=tuple(dict.fromkeys(self._not_tags)),
            authors=tuple(dict.fromkeys(self._authors)),
            years=tuple(dict.fromkeys(self._years)),
            before=min(self._before, default=None),
            after=max(self._after, default=None),
            languages=tuple(dict.fromkeys(self._languages)),
        )

    def _filter(self, operator: str, value: str, *, negated: bool) -> bool:
        """True if the piece was a filter; False if it is to be read as words."""
        if operator == "arxiv":
            arxiv_id = normalise_arxiv_id(value)
            if arxiv_id:
                self.clauses.append(Clause((Phrase((f"arxiv:{arxiv_id.lower()}",)),), negated))
            return arxiv_id is not None
        if operator == "tag":
            slug = tag_slug(value)
            (self._not_tags if negated else self._tags).extend([slug] if slug else [])
            return bool(slug)
        return not negated and self._narrow(operator, value)

    def _narrow(self, operator: str, value: str) -> bool:
        if operator == "author":
            terms = tuple(token.main for token in analyze(value, self._engine))
            self._authors += [terms] if terms else []
            return bool(terms)
        if operator == "lang":
            known = value.lower() in LANGUAGES
            self._languages += [value.lower()] if known else []
            return known
        if operator == "year":
            known = re.fullmatch("[0-9]{4}", value) is not None
            self._years += [int(value)] if known else []
            return known
        day = _date(value, last=operator == "after")
        (self._before if operator == "before" else self._after).extend([day] if day else [])
        return day is not None

    def _strict(self, text: str, *, phrase: bool, negated: bool) -> list[Clause]:
        """A quoted phrase, or a word that must not occur; without synonyms or neighbours written as one."""
        tokens = analyze(text, self._engine)
        if not tokens:
            return []
        mains = tuple(token.main for token in tokens)
        if len(tokens) == 1:
            return [Clause((Phrase(mains),) if phrase else _ways(tokens[0]), negated)]
        whole = Phrase(mains, anywhere=False)
        joined = [] if phrase else [Phrase((stem("".join(re.findall(r"\w+", text))),))]
        return [Clause((whole, *joined), negated)]


def _date(value: str, *, last: bool) -> datetime.date | None:
    """A day from 2024, 2024-10 or 2024-10-30: the first of that period, or its last; None if there is no such day."""
    match = _DATE.fullmatch(value)
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2] or (12 if last else 1)), int(match[3] or 1)
    try:
        first = datetime.date(year, month, day)
        if match[3] or not last:
            return first
        following = first.replace(day=28) + datetime.timedelta(days=4)
        return following - datetime.timedelta(days=following.day)
    except (ValueError, OverflowError):
        return None


def _bare_clauses(text: str, synonyms: Synonyms, engine: str) -> tuple[list[Clause], list[str]]:
    """A clause a word. Neighbours written as one, and the other forms of a synonym, satisfy each word they stand for."""
    tokens = analyze(text, engine)
    if not tokens:  # 수도: no text has it as a word to look for, and the reader is told so
        tokens = [Token(m.start(), m.end(), m[0]) for m in _HANGUL.finditer(text)]
    kept = [n for n, token in enumerate(tokens) if token.main not in STOP_WORDS] or list(range(len(tokens)))
    tokens = [tokens[n] for n in kept]
    surfaces = [text[token.start : token.end] for token in tokens]
    ways = [list(_ways(token)) for token in tokens]
    for place in range(len(tokens) - 1):
        joined = _joined(surfaces[place], surfaces[place + 1])
        if joined and kept[place] + 1 == kept[place + 1]:
            ways[place].append(joined)
            ways[place + 1].append(joined)
    for start, end, others in synonyms.find([token.main for token in tokens]):
        for place in range(start, end):
            ways[place] += [Phrase(form, anywhere=len(form) == 1) for form in others]
    return [Clause(tuple(dict.fromkeys(way))) for way in ways], surfaces


def _ways(token: Token) -> tuple[Phrase, ...]:
    """All that finds one word. A Korean one also by its other stems, inside longer words, and taken apart into two."""
    if not is_hangul(token.main):
        return (Phrase((token.main,)),)
    single = [token.main, *(term for term in token.others if not term.startswith((EDGE, GRAM)))]
    ways = [Phrase((term,)) for term in single]
    for term in single:
        if term.startswith(VERB):
            continue
        if len(term) == 2:
            ways.append(Phrase((EDGE + term,)))
        elif len(term) > 2:
            ways.append(Phrase(tuple(grams(term))))
    if 4 <= len(token.main) <= 8 and not token.main.startswith(VERB):
        halves = range(2, len(token.main) - 1)
        ways += [Phrase((token.main[:at], token.main[at:]), anywhere=False) for at in halves]
    return tuple(ways)


def _joined(left: str, right: str) -> Phrase | None:
    """The two words as one, where they are of one script: ``pre training`` is also ``pretraining``."""
    if is_hangul(left) != is_hangul(right) or not (left + right).isalnum():
        return None
    if not is_hangul(left):
        return Phrase((stem(left + right),))
    tokens = analyze(left + right)
    return Phrase((tokens[0].main,)) if len(tokens) == 1 else None
