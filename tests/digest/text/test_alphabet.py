"""One dictionary for both alphabets."""

import unicodedata

import pytest

from digest.text.alphabet import dictionary_key, letter_of


@pytest.mark.parametrize(
    ("word", "letter"),
    [
        ("강화학습", "ㄱ"),
        ("까치", "ㄱ"),
        ("나란히", "ㄴ"),
        ("하나", "ㅎ"),
        (unicodedata.normalize("NFD", "강화"), "ㄱ"),
        ("moe", "M"),
        ("Éclair", "E"),
        ("3d", "0–9"),
        ("ㄱ", "0–9"),
        ("中", "0–9"),
        ("", "0–9"),
    ],
)
def test_a_word_stands_under_a_letter(word, letter):
    assert letter_of(word) == letter


def test_digits_come_before_latin_and_latin_before_hangul():
    words = ["나", "zoo", "가방", "Éclair", "2d", "apple", "Banana", "각", "가"]
    expected = ["2d", "apple", "Banana", "Éclair", "zoo", "가", "가방", "각", "나"]
    assert sorted(words, key=dictionary_key) == expected


def test_words_under_one_letter_stand_together():
    letters = [
        letter_of(word) for word in sorted(["가", "까", "나", "갸", "깨", "b", "a", "1"], key=dictionary_key)
    ]
    assert letters == ["0–9", "A", "B", "ㄱ", "ㄱ", "ㄱ", "ㄱ", "ㄴ"]
