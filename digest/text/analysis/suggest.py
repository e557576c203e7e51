"""What a reader is still typing: the words that are whole, and ranges of words that the last one may become.

A Korean syllable that is not finished changes when the next key is pressed (스켖 becomes 스케주), so a string prefix
finds nothing in the middle of one; a range of code points does. https://www.unicode.org/versions/latest/core-spec/chapter-3/#G56669
"""

import re
from dataclasses import dataclass

from digest.text.analysis.english import surface
from digest.text.analysis.fold import compose
from digest.text.analysis.query import MAX_QUERY, MAX_WORDS

_FIRST, _LAST = 0xAC00, 0xD7A3
_FINALS = 28  # syllables with one consonant and one vowel
_VOWELS = 21 * _FINALS  # syllables with one first consonant
_HIGHEST = "\U0010ffff"
# First consonants in the order of the syllables, as the keys that type them.
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_MEDIALS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
# What each final consonant leaves in its syllable (as a final) and hands to the next one as its first.
_MOVES: tuple[tuple[str, str], ...] = (
    ("", ""), ("", "ㄱ"), ("", "ㄲ"), ("ㄱ", "ㅅ"), ("", "ㄴ"), ("ㄴ", "ㅈ"), ("ㄴ", "ㅎ"), ("", "ㄷ"), ("", "ㄹ"),
    ("ㄹ", "ㄱ"), ("ㄹ", "ㅁ"), ("ㄹ", "ㅂ"), ("ㄹ", "ㅅ"), ("ㄹ", "ㅌ"), ("ㄹ", "ㅍ"), ("ㄹ", "ㅎ"), ("", "ㅁ"), ("", "ㅂ"),
    ("ㅂ", "ㅅ"), ("", "ㅅ"), ("", "ㅆ"), ("", "ㅇ"), ("", "ㅈ"), ("", "ㅊ"), ("", "ㅋ"), ("", "ㅌ"), ("", "ㅍ"), ("", "ㅎ"),
)  # fmt: skip
_FINAL_ORDER = ("", "ㄱ", "ㄲ", "ㄳ", "ㄴ", "ㄵ", "ㄶ", "ㄷ", "ㄹ", "ㄺ", "ㄻ", "ㄼ", "ㄽ", "ㄾ", "ㄿ", "ㅀ", "ㅁ", "ㅂ",
                "ㅄ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ")  # fmt: skip
# A vowel key that another may follow in the same syllable, and the last one it may become: ㅗ ㅘ ㅙ ㅚ.
_GROWS = {"ㅗ": "ㅚ", "ㅜ": "ㅟ", "ㅡ": "ㅢ"}

_WORD = re.compile("[\uac00-\ud7a3\u3131-\u3163]+|[^\\W_\uac00-\ud7a3\u3131-\u3163]+")

Range = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Typed:
    """``whole``: the words that are finished, folded; ``last``: ranges, ends included, that hold what the last may become."""

    whole: tuple[str, ...] = ()
    last: tuple[Range, ...] = ()


def last_word_ranges(text: str) -> Typed:
    """What ``text``, in the middle of being typed, asks for; empty if it holds no word. Words are folded."""
    composed = compose(text[: 4 * MAX_QUERY])[0][:MAX_QUERY]
    words = _WORD.findall(composed)[-MAX_WORDS:]
    if not words:
        return Typed()
    if not composed.endswith(words[-1]):  # a space or a sign ends a word
        return Typed(tuple(surface(word) for word in words), ())
    return Typed(tuple(surface(word) for word in words[:-1]), tuple(_ranges(words[-1])))


def _ranges(word: str) -> list[Range]:
    """Ranges of what ``word`` may become: everything that begins with it, and with what its last key may still change."""
    head, last = word[:-1], word[-1]
    if last in _INITIALS:
        first = _INITIALS.index(last)
        return _after(head, last) if head and _is_syllable(head[-1]) else [_block(head, first)]
    if last in _MEDIALS and head and head[-1] in _INITIALS:
        return _ranges(head[:-1] + _join(head[-1], last))
    if not _is_syllable(last):
        folded = surface(word)
        return [(folded, folded + _HIGHEST)] if folded else []
    return _syllable_ranges(head, last)


def _is_syllable(character: str) -> bool:
    return _FIRST <= ord(character) <= _LAST


def _join(initial: str, medial: str) -> str:
    return chr(_FIRST + _INITIALS.index(initial) * _VOWELS + _MEDIALS.index(medial) * _FINALS)


def _block(head: str, initial: int) -> Range:
    """Every syllable with one first consonant: ㅈ is 자 to 짛."""
    start = _FIRST + initial * _VOWELS
    return head + chr(start), head + chr(start + _VOWELS - 1) + _HIGHEST


def _syllable_ranges(head: str, last: str) -> list[Range]:
    code = ord(last) - _FIRST
    final = code % _FINALS
    open_ = chr(ord(last) - final)
    if not final:
        medial = _MEDIALS[code % _VOWELS // _FINALS]
        grown = _MEDIALS.index(_GROWS.get(medial, medial)) - _MEDIALS.index(medial)
        return [(head + last, head + chr(ord(last) + grown * _FINALS + _FINALS - 1) + _HIGHEST)]
    stays, moves = _MOVES[final]
    kept = head + chr(ord(open_) + _FINAL_ORDER.index(stays))
    last_final = _grown_final(final)
    whole = (head + last, head + chr(ord(open_) + last_final) + _HIGHEST)
    return [whole, _block(kept, _INITIALS.index(moves))]


def _grown_final(final: int) -> int:
    """The last final that another key may make of this one: ㄹ becomes up to ㅀ."""
    key = _FINAL_ORDER[final]
    return max(number for number, (stays, _moves) in enumerate(_MOVES) if number == final or stays == key)


def _after(head: str, initial: str) -> list[Range]:
    """A syllable and then a lone consonant: the next syllable's first, or a final that this one still takes (스케ㅈ: 스켖)."""
    found = [_block(head, _INITIALS.index(initial))]
    code = ord(head[-1]) - _FIRST
    if not code % _FINALS and initial in _FINAL_ORDER:
        joined = head[:-1] + chr(ord(head[-1]) + _FINAL_ORDER.index(initial))
        found.append((joined, joined + _HIGHEST))
    return found
