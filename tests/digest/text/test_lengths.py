"""How long a note is."""

import pytest

from digest.text.lengths import length_label, paragraphs


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("", []),
        (" \r\n ", []),
        ("a", ["a"]),
        ("a\r\nb", ["a", "b"]),
        ("a\n\n- b\n- c\n\nd", ["a", "- b\n- c", "d"]),
    ],
)
def test_paragraphs_are_those_readers_see(body, found):
    assert paragraphs(body) == found


@pytest.mark.parametrize(
    ("body", "language", "label"),
    [
        ("", "ko", "0자 · 0문단"),
        ("가나 다.\n\n라", "ko", "6자 · 2문단"),
        ("가" * 1_234, "ko", "1,234자 · 1문단"),
        ("", "en", "0 words · 0 ¶"),
        ("One.", "en", "1 word · 1 ¶"),
        ("One two\n\nthree  four", "en", "4 words · 2 ¶"),
    ],
)
def test_label_counts_syllables_in_korean_and_words_in_english(body, language, label):
    assert length_label(body, language) == label
