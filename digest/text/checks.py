"""What a machine can see wrong in a translation, in both directions. Pure.

An *error* is something a reader loses: a link, an arXiv id, a formula. A *warning* is a likeness of a mistake that
a person has to look at. On the translated entries of the four seeds nothing is found; the tests hold that.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal

from digest.text.check_parts import Parts, read_parts
from digest.text.languages import EN, KO, has_hangul, other_language
from digest.text.numerals import Number, says_one, spoken_numbers, stated_numbers
from digest.text.seed_rows import MAX_NOTE
from digest.text.terms import (
    TermPair,
    find_terms,
    forbidden_forms,
    is_particle,
    rendered_terms,
    same_letters,
)
from papers.characters import forbidden_character

Level = Literal["error", "warning"]

# In the order in which findings are shown.
CHECKS: dict[str, Level] = {
    "control_character": "error",
    "link_missing": "error",
    "arxiv_missing": "error",
    "math_missing": "error",
    "mention_missing": "error",
    "tag_missing": "error",
    "same_as_source": "warning",
    "length": "warning",
    "paragraphs": "warning",
    "number_missing": "warning",
    "number_added": "warning",
    "hangul": "warning",
    "term_missing": "warning",
    "term_forbidden": "warning",
}
_ORDER = {code: place for place, code in enumerate(CHECKS)}

LONGEST_FOUND = 200
# What is longer cannot be saved (MAX_NOTE); while someone types, its beginning is enough.
_LONGEST_READ = 2 * MAX_NOTE
MOST_OF_A_KIND = 20
# English is 1.61 to 2.58 times as long as the Korean it says the same as (11 seed entries, in characters);
# in a short note a few words more or less are no sign of anything.
SHORTEST_RATIO, LONGEST_RATIO = 1.3, 3.6
_SLACK = 25
_FEW_WORDS = 4

_HANGUL_RUN = re.compile(r"[ᄀ-ᇿ㄰-㆏가-힣]+(?:[ ,·]+[ᄀ-ᇿ㄰-㆏가-힣]+)*")
# Korean words that an English note quotes on purpose: “한국어”, "한국어", ‘한국어’, 「한국어」.
_QUOTED = re.compile(
    r"“[^“”\n]{1,300}”|‘[^‘’\n]{1,300}’|\"[^\"\n]{1,300}\"|「[^「」\n]{1,300}」|『[^『』\n]{1,300}』|《[^《》\n]{1,300}》"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found. ``(code, found)`` names it: the same in the next revision is the same finding.

    ``found`` is one line of at most 200 printable characters; ``detail`` is JSON-serialisable and says more.
    """

    code: str
    level: Level
    found: str
    detail: dict[str, Any] = field(default_factory=dict, compare=False)


def check_text(text: str, language: str) -> list[Finding]:
    """What is wrong in a text by itself: characters no column stores, Korean words in an English note."""
    parts = read_parts(text[:_LONGEST_READ])
    return _sorted([*_character_findings(text), *_hangul_findings(parts, language)])


def check_pair(
    source: str, translation: str, *, source_language: str, terms: Iterable[TermPair] = ()
) -> list[Finding]:
    """Everything about a translation, what ``check_text`` says included, in the order of ``CHECKS``.

    Of one kind at most 20 are given. A note that is still empty on one side has nothing to compare.
    """
    language = other_language(source_language)
    if not source.strip() or not translation.strip():
        return check_text(translation, language)
    old, new = read_parts(source[:_LONGEST_READ]), read_parts(translation[:_LONGEST_READ])
    found = [
        *_character_findings(translation),
        *_lost("link_missing", old.links, new.links),
        *_lost("arxiv_missing", old.arxiv_ids, {**new.arxiv_ids, **_linked_ids(new)}),
        *_lost("math_missing", old.formulas, new.formulas),
        *_lost("mention_missing", old.mentions, new.mentions),
        *_lost_tags(old.tags, new.tags),
        *_sameness_findings(old, new, source_language),
        *_length_findings(old, new, source_language),
        *_paragraph_findings(old, new),
        *_number_findings(old.prose, new.prose, source_language),
        *_hangul_findings(new, language),
        *_term_findings(old.prose, new.prose, source_language, tuple(terms)),
    ]
    return _sorted(found)


def _finding(code: str, found: str, **detail: Any) -> Finding:
    return Finding(code, CHECKS[code], _shown(found), detail)


def _shown(text: str) -> str:
    """One line that can be stored. Two long texts that begin alike stay two."""
    line = " ".join(
        "".join(char if char.isprintable() or char.isspace() else "\ufffd" for char in text).split()
    )
    if len(line) <= LONGEST_FOUND:
        return line
    mark = hashlib.sha256(line.encode()).hexdigest()[:8]
    return f"{line[: LONGEST_FOUND - 10].rstrip()}… {mark}"


def _sorted(found: Iterable[Finding]) -> list[Finding]:
    """In the order of the checks, each finding once."""
    unique = {(finding.code, finding.found): finding for finding in found}
    return sorted(unique.values(), key=lambda finding: _ORDER[finding.code])


def _character_findings(text: str) -> Iterator[Finding]:
    refused = forbidden_character(text)
    if refused:
        yield _finding("control_character", refused[1], position=refused[0] + 1)


def _lost(code: str, old: Mapping[str, str], new: Mapping[str, str]) -> list[Finding]:
    lost = (shown for key, shown in old.items() if key not in new)
    return [_finding(code, shown) for shown in islice(lost, MOST_OF_A_KIND)]


def _linked_ids(parts: Parts) -> dict[str, str]:
    """The ids of arXiv links: whoever makes a link of an id has not lost it."""
    return {key.removeprefix("https://arxiv.org/abs/"): key for key in parts.links}


def _lost_tags(old: dict[str, str], new: dict[str, str]) -> list[Finding]:
    """A Korean tag may carry a particle on one side: ``#비디오-생성에서``."""

    def kept(tag: str) -> bool:
        return tag in new or any(
            is_particle(longer[len(shorter) :])
            for other in islice(new, MOST_OF_A_KIND)
            for shorter, longer in [sorted((tag, other), key=len)]
            if has_hangul(tag) and longer.startswith(shorter)
        )

    return _lost("tag_missing", {tag: shown for tag, shown in old.items() if not kept(tag)}, {})


def _sameness_findings(old: Parts, new: Parts, source_language: str) -> Iterator[Finding]:
    """A copy of the source. A note of names and numbers alone may well be the same in both languages."""
    sentence = has_hangul(old.prose) if source_language == KO else len(old.prose.split()) >= _FEW_WORDS
    if sentence and old.prose.casefold().split() == new.prose.casefold().split():
        yield _finding("same_as_source", "")


def _length_findings(old: Parts, new: Parts, source_language: str) -> Iterator[Finding]:
    ko, en = (len(parts.prose) for parts in ((old, new) if source_language == KO else (new, old)))
    fits = SHORTEST_RATIO * ko - _SLACK <= en <= LONGEST_RATIO * ko + _SLACK
    if not fits:
        ratio = len(new.prose) / max(1, len(old.prose))
        usual = SHORTEST_RATIO, LONGEST_RATIO
        low, high = usual if source_language == KO else (1 / usual[1], 1 / usual[0])
        yield _finding(
            "length", f"{ratio:.1f}", ratio=round(ratio, 2), low=round(low, 1), high=round(high, 1)
        )


def _paragraph_findings(old: Parts, new: Parts) -> Iterator[Finding]:
    if old.lines != new.lines:
        yield _finding("paragraphs", f"{old.lines}/{new.lines}", source=old.lines, translation=new.lines)


def _number_findings(source: str, translation: str, source_language: str) -> list[Finding]:
    """Numbers in digits that the other side has neither in digits nor in words."""
    language = other_language(source_language)
    old, new = stated_numbers(source), stated_numbers(translation)
    old_values = {value for number in old for value in number.values}
    new_values = {value for number in new for value in number.values}
    missing = _unmatched(old, new_values | spoken_numbers(translation, language), translation, language)
    added = _unmatched(new, old_values | spoken_numbers(source, source_language), source, source_language)
    return [
        *(_finding("number_missing", number.written) for number in islice(missing, MOST_OF_A_KIND)),
        *(_finding("number_added", number.written) for number in islice(added, MOST_OF_A_KIND)),
    ]


def _unmatched(numbers: list[Number], said: set[str], other: str, language: str) -> Iterator[Number]:
    for number in numbers:
        an_article = number.is_one_of and language == EN and says_one(other)
        if said.isdisjoint(number.values) and not an_article:
            yield number


def _hangul_findings(parts: Parts, language: str) -> list[Finding]:
    if language != EN:
        return []
    runs = dict.fromkeys(match[0] for match in _HANGUL_RUN.finditer(_QUOTED.sub(" ", parts.prose)))
    return [_finding("hangul", run) for run in islice(runs, MOST_OF_A_KIND)]


def _term_findings(
    source: str, translation: str, source_language: str, terms: tuple[TermPair, ...]
) -> Iterator[Finding]:
    """Terms of the source that the translation renders in none of the glossary's ways, or in a forbidden one."""
    language = other_language(source_language)
    places: dict[tuple[int, int], list[TermPair]] = {}
    for start, end, term in find_terms(source, source_language, terms):
        places.setdefault((start, end), []).append(term)
    groups = dict.fromkeys(tuple(group) for group in places.values())
    held = list(dict.fromkeys(term for group in groups for term in group))
    wrong = _forbidden(translation, language, held)
    for form, term in wrong:
        yield _finding("term_forbidden", form, term=term.side(source_language), use=[term.side(language)])
    blamed = {term for _form, term in wrong}
    rendered = rendered_terms(translation, language, held) | blamed
    for group in islice((group for group in groups if rendered.isdisjoint(group)), MOST_OF_A_KIND):
        yield _finding(
            "term_missing", group[0].side(source_language), use=[term.side(language) for term in group]
        )


def _forbidden(text: str, language: str, held: Sequence[TermPair]) -> list[tuple[str, TermPair]]:
    """Forbidden forms in the text, but not where the same words are the right ones for another term of the source."""
    return [
        (form, term)
        for form, term in islice(forbidden_forms(text, held), MOST_OF_A_KIND)
        if not any(other is not term and same_letters(form, other.side(language)) for other in held)
    ]
