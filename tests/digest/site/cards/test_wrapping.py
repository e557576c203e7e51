"""Lines: between words in both languages, never wider than the room, never more than there may be."""

import pytest

from digest.site.cards.fonts import SANS, SERIF, width
from digest.site.cards.wrapping import balance, fit, is_cut, shorten, wrap

KOREAN = "거대 언어 모델의 배치 크기와 학습률 사이의 관계에 대하여"
ENGLISH = "How Does Critical Batch Size Scale in Pre-training?"
TEXTS = [KOREAN, ENGLISH, f"{ENGLISH} {KOREAN}", "x" * 300, "가" * 300, "a", "a b " * 200, "www " + "W" * 90]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("room", [60, 300, 1056])
@pytest.mark.parametrize("most", [1, 3])
def test_lines_stay_within_their_room(text, room, most):
    for lay in (wrap, balance):
        lines = lay(text, SERIF, 44, room, most)
        assert 1 <= len(lines) <= most
        assert max(width(line, SERIF, 44) for line in lines) <= room


def test_lines_break_between_words_alone():
    for text in (KOREAN, ENGLISH):
        lines = wrap(text, SANS, 40, 420, 10)
        assert len(lines) > 1
        assert " ".join(lines) == text


def test_a_word_wider_than_a_line_breaks_within():
    lines = wrap("a " + "가" * 40, SANS, 40, 400, 10)
    assert lines[0] == "a"
    assert "".join(lines[1:]) == "가" * 40


def test_what_does_not_fit_ends_in_an_ellipsis_after_a_word():
    lines = wrap(ENGLISH, SANS, 40, 460, 2)
    assert lines == ["How Does Critical Batch", "Size Scale in…"]
    assert is_cut(lines, ENGLISH)
    assert not is_cut(["All there is…"], "All there is…")


def test_shorten():
    assert shorten("as it is", SANS, 20, 400) == "as it is"
    assert shorten("one two three", SANS, 20, width("one two th", SANS, 20)) == "one two…"
    assert shorten("a" * 100, SANS, 20, 100).endswith("a…")
    assert shorten("abc", SANS, 20, 0) == "…"


def test_headings_are_balanced_without_another_line():
    plain = wrap(ENGLISH, SERIF, 66, 1056, 3)
    even = balance(ENGLISH, SERIF, 66, 1056, 3)
    assert len(plain) == len(even) == 2
    spread = [abs(width(a, SERIF, 66) - width(b, SERIF, 66)) for a, b in (plain, even)]
    assert spread[1] < spread[0] / 2


def test_fit_takes_the_largest_size_that_holds_all():
    assert fit("Short", SERIF, (80, 60, 40), 1000, 200) == (80, ["Short"])
    size, lines = fit(ENGLISH, SERIF, (80, 60, 40), 1000, 60)
    assert (size, lines) == (40, [ENGLISH])
    size, lines = fit(ENGLISH * 20, SERIF, (80, 60, 40), 1000, 200)
    assert size == 40
    assert is_cut(lines, ENGLISH * 20)
