import pytest

from digest.text.likeness import likeness, words_of


def test_words_leave_out_what_every_abstract_says():
    assert words_of("We propose Scaling Laws of MoE; the results, 2024") == {"scaling", "laws", "moe"}


def test_words_in_hangul_count_too():
    assert words_of("스케일링 법칙의 연구") == {"스케일링", "법칙의"}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"a", "b"}, {"a", "b"}, 1.0),
        ({"a", "b"}, {"c"}, 0.0),
        ({"a", "b", "c", "d"}, {"a"}, 0.5),
        (set(), {"a"}, 0.0),
        (set(), set(), 0.0),
    ],
)
def test_likeness(one, other, expected):
    assert likeness(frozenset(one), frozenset(other)) == expected
    assert likeness(frozenset(other), frozenset(one)) == expected
