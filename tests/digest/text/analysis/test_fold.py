"""Folding gives one spelling for the same characters, and always says where they stood."""

import unicodedata

import pytest

from digest.text.analysis.fold import compose, fold_word


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Veličković", "velickovic"),
        ("Hägele", "hagele"),
        ("Thérien", "therien"),
        ("Łukasz", "lukasz"),
        ("Søren", "soren"),
        ("Straße", "strasse"),
        ("ΜP", "μp"),
        ("İstanbul", "istanbul"),
        ("й", "й"),
    ],
)
def test_latin_accents_fold_and_other_letters_stay(word, folded):
    assert fold_word(word) == folded
    assert fold_word(unicodedata.normalize("NFD", word)) == folded


@pytest.mark.parametrize(
    ("text", "composed"),
    [
        ("ＬＬＭ", "LLM"),
        ("µP", "μP"),
        ("½", "1⁄2"),
        (unicodedata.normalize("NFD", "배치 크기"), "배치 크기"),
        ("e\u0301", "é"),
        ("ㄱㅏ", "ㄱㅏ"),
        ("\ufdfa", "\ufdfa"),
    ],
)
def test_text_is_composed(text, composed):
    assert compose(text)[0] == composed


def test_composed_text_keeps_its_places():
    assert compose("배치 크기를 Hägele") == ("배치 크기를 Hägele", None)


def test_places_lead_back_to_the_text():
    text = "a" + unicodedata.normalize("NFD", "각é") + "ｂ"
    assert compose(text) == ("a각éb", [0, 1, 4, 6, 7])


def test_endless_marks_are_cut_into_runs():
    composed, places = compose("a" + "\u0301\u0316" * 50)
    assert places is not None
    assert len(places) == len(composed) + 1
    assert places == sorted(places)
