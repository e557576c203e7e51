"""Marking what a query found, in the original text: the stem of a Korean word, the whole of a Latin one."""

import re
from collections.abc import Iterator

from digest.text.analysis.analyze import RULES, Token, analyze
from digest.text.analysis.query import Clause, Query

# Pieces of a text and whether each is a hit, in order; together they are the text.
Pieces = list[tuple[str, bool]]
Span = tuple[int, int]

ELLIPSIS = "…"
_SPACE = re.compile(r"\s+")
_BEFORE = 24  # characters that a snippet shows in front of its first hit


def hits(text: str, query: Query, engine: str = RULES) -> list[Span]:
    """The ranges of ``text`` that the words of ``query`` found, in order, without overlap."""
    wanted = [clause for clause in query.clauses if not clause.negated]
    tokens = analyze(text, engine) if wanted else []
    merged: list[Span] = []
    for start, end in sorted({span for clause in wanted for span in _spans(clause, tokens)}):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def marked(text: str, query: Query, engine: str = RULES) -> Pieces:
    """The whole text in pieces."""
    return list(_pieces(text, hits(text, query, engine), 0, len(text)))


def snippet(text: str, query: Query, *, width: int = 160, engine: str = RULES) -> Pieces:
    """About ``width`` characters around the most hits, cut at white space; the beginning where nothing is found.

    White space becomes single spaces; what was left out is shown as pieces of ``ELLIPSIS``.
    """
    text = _SPACE.sub(" ", text).strip()
    spans = hits(text, query, engine)
    start, end = _window(text, spans, width)
    before = [(ELLIPSIS, False)] if start else []
    after = [(ELLIPSIS, False)] if end < len(text) else []
    return [*before, *_pieces(text, spans, start, end), *after]


def _spans(clause: Clause, tokens: list[Token]) -> Iterator[Span]:
    """Where a clause matches: single terms anywhere among a token's terms, phrases in the order of the main terms."""
    single = {way.terms[0] for way in clause.ways if len(way.terms) == 1}
    phrases = [way for way in clause.ways if len(way.terms) > 1]
    for place, token in enumerate(tokens):
        if token.main in single or not single.isdisjoint(token.others):
            yield token.start, token.end
        for way in phrases:
            found = tokens[place : place + len(way.terms)] if token.main == way.terms[0] else []
            if tuple(t.main for t in found) == way.terms:
                yield from ((t.start, t.end) for t in found)
            elif way.anywhere and _holds(token.others, way.terms):
                yield token.start, token.end


def _holds(others: tuple[str, ...], terms: tuple[str, ...]) -> bool:
    size = len(terms)
    return terms[0] in others and any(others[at : at + size] == terms for at in range(len(others) - size + 1))


def _window(text: str, spans: list[Span], width: int) -> Span:
    """The part of the text to show, begun and ended at a space where one is near."""
    if len(text) <= width:
        return 0, len(text)
    start = _best_start(spans, width)
    start = 0 if start < width // 4 else text.rfind(" ", start - _BEFORE, start) + 1 or start
    if start + width >= len(text):
        return start, len(text)
    end = text.rfind(" ", start + width // 2, start + width)
    return start, end if end > start else start + width


def _best_start(spans: list[Span], width: int) -> int:
    """Where the window with the most hits begins, a little before its first."""
    best, most, last = 0, 0, 0
    for first, (start, _end) in enumerate(spans):
        last = max(last, first)
        while last < len(spans) and spans[last][1] <= start + width - _BEFORE:
            last += 1
        if max(last - first, 1) > most:
            best, most = start, max(last - first, 1)
    return max(0, best - _BEFORE)


def _pieces(text: str, spans: list[Span], start: int, end: int) -> Iterator[tuple[str, bool]]:
    """The pieces from ``start`` to ``end``; a hit that reaches over either is cut there."""
    place = start
    for first, last in spans:
        first, last = max(first, place), min(last, end)
        if first < last:
            if first > place:
                yield text[place:first], False
            yield text[first:last], True
            place = last
    if place < end:
        yield text[place:end], False
