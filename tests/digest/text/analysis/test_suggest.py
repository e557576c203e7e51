"""Unfinished words as ranges: in the middle of a syllable, at every key that an input method sends."""

import unicodedata

import pytest

from digest.text.analysis.suggest import Typed, last_word_ranges

TOP = "\U0010ffff"
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
MEDIALS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]
KEYS = {"ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ"}
KEYS |= {
    "ㄳ": "ㄱㅅ",
    "ㄵ": "ㄴㅈ",
    "ㄶ": "ㄴㅎ",
    "ㄺ": "ㄹㄱ",
    "ㄻ": "ㄹㅁ",
    "ㄼ": "ㄹㅂ",
    "ㅀ": "ㄹㅎ",
    "ㅄ": "ㅂㅅ",
}
WHOLE = {keys: jamo for jamo, keys in KEYS.items()}


def syllable(initial: str, medial: str, final: str = "") -> str:
    return chr(0xAC00 + (INITIALS.index(initial) * 21 + MEDIALS.index(medial)) * 28 + FINALS.index(final))


def apart(letter: str) -> tuple[str, str, str]:
    code = ord(letter) - 0xAC00
    return INITIALS[code // 588], MEDIALS[code % 588 // 28], FINALS[code % 28]


def typed(word: str) -> list[str]:
    """What the box shows after each key of ``word`` on a Korean keyboard of two sets (KS X 5002)."""
    states: list[str] = []
    before = ""
    for letter in word:
        initial, medial, final = apart(letter)
        states.append(borrowed(before, initial))
        for keys in (medial,) if medial not in KEYS else (KEYS[medial][0], medial):
            states.append(before + syllable(initial, keys))
        for keys in () if not final else (final,) if final not in KEYS else (KEYS[final][0], final):
            states.append(before + syllable(initial, medial, keys))
        before += letter
    return states


def borrowed(before: str, initial: str) -> str:
    """A consonant goes under the syllable before it as long as it can."""
    if before:
        first, medial, final = apart(before[-1])
        joined = WHOLE.get(final + initial, "") if final else initial
        if joined in FINALS and joined:
            return before[:-1] + syllable(first, medial, joined)
    return before + initial


def reaches(text: str, word: str) -> bool:
    return any(low <= word <= high for low, high in last_word_ranges(text).last)


@pytest.mark.parametrize(
    "word",
    [
        "스케줄",
        "배치",
        "최적화",
        "확률",
        "값",
        "원활화",
        "앉다",
        "읽기",
        "많다",
        "없는",
        "의미",
        "왜곡",
        "꾸미기",
        "강화학습",
        "닭고기",
    ],
)
def test_every_key_on_the_way_leads_to_the_word(word):
    assert [state for state in typed(word) if not reaches(state, word)] == []


def test_the_way_to_a_word_as_an_input_method_shows_it():
    assert typed("스케줄") == ["ㅅ", "스", "슼", "스케", "스켖", "스케주", "스케줄"]


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("스케주", [("스케주", "스케쥫" + TOP)]),
        ("스케", [("스케", "스켛" + TOP)]),
        ("스켖", [("스켖", "스켖" + TOP), ("스케자", "스케짛" + TOP)]),
        ("스케ㅈ", [("스케자", "스케짛" + TOP), ("스켖", "스켖" + TOP)]),
        ("안", [("안", "않" + TOP), ("아나", "아닣" + TOP)]),
        ("앉", [("앉", "앉" + TOP), ("안자", "안짛" + TOP)]),
        ("ㅂ", [("바", "빟" + TOP)]),
        ("ㄱㅏ", [("가", "갛" + TOP)]),
        ("Veli", [("veli", "veli" + TOP)]),
        ("VELIČ", [("velic", "velic" + TOP)]),
        ("ㅏ", [("ㅏ", "ㅏ" + TOP)]),
    ],
)
def test_ranges_of_the_last_word(text, ranges):
    assert last_word_ranges(text) == Typed((), tuple(ranges))


@pytest.mark.parametrize("other", ["스케이트", "스테이지", "스켈레톤", "배치"])
def test_other_words_are_not_in_the_ranges(other):
    assert not reaches("스케주", other)


@pytest.mark.parametrize(
    ("text", "whole", "unfinished"),
    [
        ("batch siz", ("batch",), "siz"),
        ("배치 크", ("배치",), "크"),
        ("LR스", ("lr",), "스"),
        ("pre-tr", ("pre",), "tr"),
        ("Hägele al", ("hagele",), "al"),
    ],
)
def test_words_before_the_last_are_whole(text, whole, unfinished):
    found = last_word_ranges(text)
    assert found.whole == whole
    assert found.last[0][0] == unfinished


@pytest.mark.parametrize("text", ["batch ", "batch,", "batch\n"])
def test_a_space_or_sign_ends_the_last_word(text):
    assert last_word_ranges(text) == Typed(("batch",), ())


@pytest.mark.parametrize("text", ["", " ", "…", "\0", '"', "--"])
def test_nothing_typed(text):
    assert last_word_ranges(text) == Typed()


def test_decomposed_letters_are_composed():
    assert last_word_ranges(unicodedata.normalize("NFD", "스케주")) == last_word_ranges("스케주")


@pytest.mark.parametrize(
    "text", ["가" * 100_000, "a " * 50_000, "ㄱ" * 100_000, "e" + "\u0301" * 100_000, "\ud800"]
)
def test_any_text_gives_few_ranges(text):
    found = last_word_ranges(text)
    assert len(found.last) <= 2
    assert len(found.whole) <= 12
