import pytest

from papers.characters import forbidden_character


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("plain 한글 é 🎉\tand\nmore", None),
        ("", None),
        ("a\x0bb", (1, "U+000B")),
        ("\x00", (0, "U+0000")),
        ("ab\x7f", (2, "U+007F")),
        ("\x85", (0, "U+0085")),
        ("a\rb", (1, "U+000D")),
        ("\ud800", (0, "U+D800")),
        ("\ufdd0", (0, "U+FDD0")),
        ("\uffff", (0, "U+FFFF")),
        ("x\U0001fffe", (1, "U+1FFFE")),
        ("\x1b[0m\x00", (0, "U+001B")),
    ],
)
def test_forbidden_character_is_the_first_with_its_place(text, found):
    assert forbidden_character(text) == found


def test_forbidden_character_allows_bom_and_zero_width_characters():
    assert forbidden_character("\ufeffa\u200bb\ufffd\u2028") is None
