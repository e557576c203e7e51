"""Fonts by letter: what each holds, and that it really draws what it says."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont, features

from digest.site.cards import fonts
from digest.site.cards.fonts import BOLD, SANS, SERIF, draws, face, width, write

FILES = sorted({*SERIF.files, *SANS.files})
FOLDER = Path(fonts.__file__).parent / "fonts"


def test_every_file_is_in_use_and_has_its_licence_beside_it():
    present = {path.name for path in FOLDER.iterdir()}
    assert present == {*FILES, "OFL.txt", "README.md"}
    licence = (FOLDER / "OFL.txt").read_text()
    readme = (FOLDER / "README.md").read_text()
    assert [name for name in FILES if name not in licence or name not in readme] == []
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert sum((FOLDER / name).stat().st_size for name in FILES) < 3_000_000


@pytest.mark.parametrize("file", FILES)
def test_a_font_draws_all_it_says_it_covers_and_nothing_as_an_empty_box(file):
    font = ImageFont.truetype(FOLDER / file, 12, layout_engine=ImageFont.Layout.BASIC)
    blank = set(" \u3164")
    assert len(face(file).glyphs) > 170
    assert 0 not in face(file).glyphs.values()
    boxed = bytes(font.getmask("\u4e00"))
    letters = [letter for letter in face(file).glyphs if letter.isprintable() and letter not in blank]
    assert [letter for letter in letters if bytes(font.getmask(letter)) in (boxed, b"")] == []


def test_hangul_is_whole_and_the_names_of_europe_are_there():
    assert all(map(draws, map(chr, range(0xAC00, 0xD7A4))))
    assert all(map(draws, "ąćęłńóśźżőűşğıñøåæßðþœčďěňřšťůžāēģīķļņūαωΩЖя"))
    assert not draws("王")


def test_width_is_the_sum_of_its_parts_but_for_kerning():
    assert width("배치", SANS, 40) == width("배", SANS, 40) + width("치", SANS, 40)
    apart = sum(width(letter, SERIF, 80) for letter in "AVAToWo")
    assert apart - 60 < width("AVAToWo", SERIF, 80) < apart - 20
    assert width("", SERIF, 80) == 0


def test_each_letter_comes_from_the_first_font_that_has_it():
    runs = fonts._runs("Rényi ő 배치 α", SERIF)
    assert runs == [
        ("newsreader.ttf", "Rényi "),
        ("latin-serif.ttf", "ő "),
        ("noto-sans-kr.otf", "배치 "),
        ("latin-serif.ttf", "α"),
    ]


def test_kerning_is_what_the_font_says():
    # HarfBuzz by way of Pillow, where the machine has it, sets these pairs as we do.
    if not features.check("raqm"):
        pytest.skip("this Pillow has no libraqm")
    source = FOLDER.parents[3] / "static/site/fonts/newsreader-latin.woff2"
    shaped = ImageFont.truetype(source, 1000, layout_engine=ImageFont.Layout.RAQM)
    shaped.set_variation_by_axes([450])
    for pair in ("AV", "To", "We", "Yo", "rv", "nn"):
        assert width(pair, SERIF, 1000) == pytest.approx(shaped.getlength(pair), abs=4), pair


def test_writing_ends_where_the_width_says():
    draw = ImageDraw.Draw(Image.new("RGB", (400, 100)))
    for voice in (SERIF, SANS, BOLD):
        end = write(draw, (10, 60), "배치 Size ő", voice, 40, "#fff")
        assert end == pytest.approx(10 + width("배치 Size ő", voice, 40))
