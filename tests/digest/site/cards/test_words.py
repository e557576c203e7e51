"""Any stored text as letters that the card's fonts have."""

import unicodedata

import pytest

from digest.site.cards.fonts import draws
from digest.site.cards.words import drawable


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("배치 크기와 Batch Size", "배치 크기와 Batch Size"),
        ("Erdős–Rényi, Łukasz, Ştefan, Ćosić", "Erdős–Rényi, Łukasz, Ştefan, Ćosić"),
        ("η ∝ √T, α² ≤ ∞, “quoted”…", "η ∝ √T, α² ≤ ∞, “quoted”…"),
        ("𝑥 in ℝ, ﬁne ①", "x in R, fine 1"),
        ("a ∼ b", "a ~ b"),
        (unicodedata.normalize("NFD", "배치 é"), "배치 é"),
        ("🎉 party 👩‍🔬", "party"),
        ("שלום world مرحبا", "… world …"),
        ("王小明 李 and Kim", "… and Kim"),
        ("a\u202eb\u200bc\x00d\u2066e", "abcde"),
        ("a\n\tb\u3000c\u00a0 d", "a b c d"),
        ("🎉", ""),
        ("", ""),
        ("e\u0301\u0301\u0301", "é"),
    ],
)
def test_drawable(text, drawn):
    assert drawable(text, 100) == drawn


def test_every_character_there_is_can_be_drawn_or_left_out():
    for first in range(0, 0x110000, 0x400):
        block = "".join(chr(code) for code in range(first, first + 0x400) if not 0xD800 <= code < 0xE000)
        kept = drawable(block, 4096)
        assert all(draws(letter) for letter in kept.replace(" ", "")), hex(first)
        assert kept.isprintable()


def test_length_is_limited_and_costs_no_more_than_the_beginning():
    assert drawable("가나 다" * 1_000_000, 20) == "가나 다가나 다가나 다가나 다가나 다"[:20].rstrip()
    assert len(drawable("\N{PARTY POPPER}" * 1_000_000 + "a", 20)) == 0
    assert drawable("x" * 30, 20) == "x" * 20
