"""The word lists are read by label and hold no word twice where it would be a mistake."""

import pytest

from digest.text.analysis.word_lists import word_lists

NAMES = (
    "korean_nouns",
    "korean_bound",
    "korean_particles",
    "korean_endings",
    "korean_verbs",
    "english_stop_words",
)


def test_words_stand_under_the_label_of_their_lines():
    lists = word_lists("korean_verbs")
    assert lists["siot"] == ("낫", "짓", "잇", "긋", "젓", "붓")
    assert set(lists) == {"stop", "rieul", "bieup", "digeut", "siot", "aeo", "light"}


def test_a_file_without_labels_is_one_list():
    assert set(word_lists("english_stop_words")) == {""}


def test_comments_are_no_words():
    assert all("#" not in word for name in NAMES for words in word_lists(name).values() for word in words)


def test_no_noun_is_listed_twice():
    words = [word for words in word_lists("korean_nouns").values() for word in words]
    assert sorted({word for word in words if words.count(word) > 1}) == []


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("korean")])
def test_korean_lists_hold_syllables_only(name):
    words = [word for words in word_lists(name).values() for word in words]
    assert [word for word in words if word != "-" and not all("가" <= c <= "힣" for c in word)] == []
