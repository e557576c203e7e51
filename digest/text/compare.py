"""Comparing texts: word differences for the eye, paragraph merges for two editors, likeness of titles."""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from digest.text.clean import normalise_note
from papers.identifiers import title_key

SAME = "same"
GONE = "gone"
NEW = "new"

# A tag, the range in the old sequence, the range in the new one, as difflib gives them.
Opcode = tuple[str, int, int, int, int]

_TOKEN = re.compile(r"\s+|\S+")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_PARAGRAPH = "\n\n"
# difflib's time grows with the pairs of equal words and the number of words: 2,000 words of prose are far below
# both limits, "a a a a" is not.
_MOST_PAIRS = 40_000
_MOST_TOKENS = 8_000
_LONGEST_TITLE = 500
_NOT_ALIKE = 0.5


def _is_space(token: str) -> bool:
    return token.isspace()


def _is_affordable(old: Sequence[str], new: Sequence[str]) -> bool:
    if len(old) + len(new) > _MOST_TOKENS:
        return False
    of_old, of_new = Counter(old), Counter(new)
    return (
        sum(count * of_new[token] for token, count in of_old.items() if not _is_space(token)) <= _MOST_PAIRS
    )


def _opcodes(old: Sequence[str], new: Sequence[str]) -> list[Opcode] | None:
    """difflib's opcodes between what both texts begin and end with, or None if that is too much to compare."""
    start = 0
    shorter = min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    tail = 0
    while tail < shorter - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle_old, middle_new = old[start : len(old) - tail], new[start : len(new) - tail]
    if not _is_affordable(middle_old, middle_new):
        return None
    # Spaces alone never anchor a match: two different sentences have them in common.
    matcher = SequenceMatcher(_is_space, middle_old, middle_new, autojunk=False)
    codes: list[Opcode] = [("equal", 0, start, 0, start)]
    codes += [
        (tag, i1 + start, i2 + start, j1 + start, j2 + start) for tag, i1, i2, j1, j2 in matcher.get_opcodes()
    ]
    codes.append(("equal", len(old) - tail, len(old), len(new) - tail, len(new)))
    return codes


def _runs(old: Sequence[str], new: Sequence[str], codes: list[Opcode]) -> list[tuple[str, str]]:
    """Opcodes as runs of text, without empty ones; neighbours of one kind are joined."""
    runs: list[tuple[str, str]] = []
    for tag, i1, i2, j1, j2 in codes:
        pairs = [(SAME, old[i1:i2])] if tag == "equal" else [(GONE, old[i1:i2]), (NEW, new[j1:j2])]
        for kind, tokens in pairs:
            text = "".join(tokens)
            if runs and runs[-1][0] == kind:
                runs[-1] = (kind, runs[-1][1] + text)
            elif text:
                runs.append((kind, text))
    return runs


def word_diff(old: str, new: str) -> list[tuple[str, str]]:
    """What became of ``old``: runs ``("same" | "gone" | "new", text)`` in reading order.

    The same and gone runs joined are ``old``, the same and new ones ``new``; white space is kept. Large texts are
    compared by line, huge ones as a whole: ``word_diff("a b", "a c")`` gives ``[("same", "a "), ("gone", "b"),
    ("new", "c")]``.
    """
    for pattern in (_TOKEN, _LINE):
        old_tokens, new_tokens = pattern.findall(old), pattern.findall(new)
        codes = _opcodes(old_tokens, new_tokens)
        if codes is not None:
            return _runs(old_tokens, new_tokens, codes)
    return [(GONE, old), (NEW, new)]


class _Change:
    """Paragraphs ``start`` to ``end`` of the base became ``paragraphs``."""

    def __init__(self, start: int, end: int, paragraphs: list[str]) -> None:
        self.start = start
        self.end = end
        self.paragraphs = paragraphs

    def is_same(self, other: "_Change") -> bool:
        return (self.start, self.end, self.paragraphs) == (other.start, other.end, other.paragraphs)

    def disputes(self, other: "_Change") -> bool:
        """True if the two overlap, or touch where one inserts or deletes, so that their order is a guess."""
        if self.is_same(other):
            return False
        if self.start < other.end and other.start < self.end:
            return True
        touch = self.start <= other.end and other.start <= self.end
        return touch and not (self._keeps_count() and other._keeps_count())

    def _keeps_count(self) -> bool:
        return self.end - self.start == len(self.paragraphs) > 0


def _changes(base: list[str], side: list[str]) -> list[_Change] | None:
    """What one side did to the base, paragraph by paragraph where it rewrote several; None if too large."""
    codes = _opcodes(base, side)
    if codes is None:
        return None
    changes: list[_Change] = []
    for tag, i1, i2, j1, j2 in codes:
        if tag == "replace" and i2 - i1 == j2 - j1:
            changes += [_Change(i1 + n, i1 + n + 1, [side[j1 + n]]) for n in range(i2 - i1)]
        elif tag != "equal":
            changes.append(_Change(i1, i2, side[j1:j2]))
    return changes


def _united(ours: list[_Change], theirs: list[_Change]) -> list[_Change] | None:
    """All changes in the order of the base, equal ones once; None if any two dispute."""
    ordered = sorted([*ours, *theirs], key=lambda change: (change.start, change.end))
    united: list[_Change] = []
    for change in ordered:
        if united and united[-1].is_same(change):
            continue
        if united and united[-1].disputes(change):
            return None
        united.append(change)
    return united


def _paragraphs(text: str) -> list[str]:
    return text.split(_PARAGRAPH) if text else []


def merge_paragraphs(base: str, ours: str, theirs: str) -> str | None:
    """Both edits of ``base`` in one note, in ``normalise_note`` form; a list counts as one paragraph.

    None if both changed the same paragraph differently, or if one inserted or deleted next to a change of the
    other: there the order would be a guess.
    """
    base, ours, theirs = normalise_note(base), normalise_note(ours), normalise_note(theirs)
    if base == theirs or ours == theirs:
        return ours
    if base == ours:
        return theirs
    old = _paragraphs(base)
    our_changes, their_changes = _changes(old, _paragraphs(ours)), _changes(old, _paragraphs(theirs))
    if our_changes is None or their_changes is None:
        return None
    united = _united(our_changes, their_changes)
    if united is None:
        return None
    merged: list[str] = []
    end = 0
    for change in united:
        merged += old[end : change.start] + change.paragraphs
        end = change.end
    return normalise_note(_PARAGRAPH.join(merged + old[end:]))


def similarity(a: str, b: str) -> float:
    """How alike two titles are, 0 to 1, whatever their case and spacing; above 0.8 one is a rename of the other.

    Exact above 0.5; below it an upper bound. Only the first 500 characters count.
    """
    first, second = sorted((title_key(a)[:_LONGEST_TITLE], title_key(b)[:_LONGEST_TITLE]))
    if first == second:
        return 1.0
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for bound in (matcher.real_quick_ratio(), matcher.quick_ratio()):
        if bound <= _NOT_ALIKE:
            return bound
    return matcher.ratio()
