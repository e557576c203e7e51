"""The card's two voices: which font draws which letter, how wide words are, and how they are drawn.

Pillow's basic layout is used whatever else a machine has, so the same words are the same bytes everywhere. It does
not kern, so that is done here.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby, pairwise
from pathlib import Path

from PIL import ImageDraw, ImageFont

_FOLDER = Path(__file__).resolve().parent / "fonts"
_NOTO = "noto-sans-kr.otf"


@dataclass(frozen=True, slots=True)
class Voice:
    """Fonts in the order they are asked for a letter. ``weight``: an outline added, as a share of the size."""

    files: tuple[str, ...]
    weight: float = 0.0


# As on the site's pages: serif where the paper speaks, sans where we do, Hangul in the same face in both.
SERIF = Voice(("newsreader.ttf", "latin-serif.ttf", _NOTO))
SANS = Voice((_NOTO, "latin-sans.ttf"))
BOLD = Voice((_NOTO, "latin-sans.ttf"), weight=0.018)


@dataclass(frozen=True, slots=True)
class Face:
    """What a font file knows beside its outlines: ``glyphs`` by letter, ``kerning`` as shares of the size."""

    glyphs: dict[str, int]
    kerning: dict[tuple[int, int], float]

    def shift(self, left: str, right: str) -> float:
        """How much further than usual ``right`` stands from ``left``."""
        return self.kerning.get((self.glyphs.get(left, 0), self.glyphs.get(right, 0)), 0.0)


@cache
def face(file: str) -> Face:
    """Of a font file its first ``cmap`` table, of format 4 in all of ours, and its ``kern`` table, of format 0."""
    data = (_FOLDER / file).read_bytes()
    tables = {
        data[at : at + 4]: struct.unpack_from(">I", data, at + 8)[0]
        for at in range(12, 12 + 16 * struct.unpack_from(">H", data, 4)[0], 16)
    }
    em = struct.unpack_from(">H", data, tables[b"head"] + 18)[0]
    first = tables[b"kern"] + 10
    pairs = struct.iter_unpack(
        ">HHh", data[first + 8 : first + 8 + 6 * struct.unpack_from(">H", data, first)[0]]
    )
    cmap = tables[b"cmap"] + struct.unpack_from(">I", data, tables[b"cmap"] + 8)[0]
    return Face(dict(_glyphs(data, cmap)), {(left, right): moved / em for left, right, moved in pairs})


def _glyphs(data: bytes, start: int) -> Iterator[tuple[str, int]]:
    """(letter, glyph) of a ``cmap`` subtable of format 4: segments of code points."""
    doubled = struct.unpack_from(">H", data, start + 6)[0]
    row = f">{doubled // 2}H"
    places = (start + 14, *(start + 16 + doubled * number for number in (1, 2, 3)))
    segments = zip(*(struct.unpack_from(row, data, place) for place in places), strict=True)
    for number, (last, first, delta, offset) in enumerate(segments):
        for code in range(first, last + 1):
            glyph = code
            if offset:
                glyph = struct.unpack_from(">H", data, places[3] + 2 * number + offset + 2 * (code - first))[
                    0
                ]
            # The last segment only ends the table.
            if code != 0xFFFF:
                yield chr(code), (glyph + delta) & 0xFFFF


def draws(letter: str) -> bool:
    """Whether either voice has a glyph for the letter."""
    return any(letter in face(file).glyphs for file in (*SERIF.files, *SANS.files))


def width(text: str, voice: Voice, size: int) -> float:
    """How far the text reaches on one line."""
    return sum(
        _font(file, size).getlength(piece) + shift * size for file, piece, shift in _pieces(text, voice)
    )


def write(
    draw: ImageDraw.ImageDraw, place: tuple[float, float], text: str, voice: Voice, size: int, ink: str
) -> float:
    """Draw one line whose baseline begins at ``place``; where it ends."""
    x, y = place
    for file, piece, shift in _pieces(text, voice):
        font = _font(file, size)
        draw.text((x, y), piece, ink, font, anchor="ls", stroke_width=voice.weight * size)
        x += font.getlength(piece) + shift * size
    return x


def _pieces(text: str, voice: Voice) -> Iterator[tuple[str, str, float]]:
    """(font file, letters, how much further the next piece stands): parted where the font changes or kerns."""
    for file, run in _runs(text, voice):
        known, begin = face(file), 0
        for at, (left, right) in enumerate(pairwise(run), start=1):
            shift = known.shift(left, right)
            if shift:
                yield file, run[begin:at], shift
                begin = at
        yield file, run[begin:], 0.0


def _runs(text: str, voice: Voice) -> list[tuple[str, str]]:
    """(font file, letters) in order. A space goes with what is before it, so that it does not part a run."""
    chosen = voice.files[0]
    marked = []
    for letter in text:
        if letter != " ":
            chosen = next((file for file in voice.files if letter in face(file).glyphs), _NOTO)
        marked.append((chosen, letter))
    return [
        (file, "".join(letter for _, letter in group))
        for file, group in groupby(marked, lambda pair: pair[0])
    ]


@lru_cache(maxsize=64)
def _font(file: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FOLDER / file, size, layout_engine=ImageFont.Layout.BASIC)
