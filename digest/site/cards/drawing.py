"""A card as PNG: 1200 × 630, in the light theme's inks, the same bytes for the same words.

The site's figure is on every card, too: two pages with a hairline, the spine, between them.
"""

import io
from functools import lru_cache, singledispatch
from threading import Lock

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from digest.site.cards.card import HEIGHT, WIDTH, Card, DigestCard, PaperCard, SiteCard
from digest.site.cards.fonts import BOLD, SANS, SERIF, width, write
from digest.site.cards.wrapping import CAPITALS, LEADING, fit, is_cut, shorten, wrap

PAPER, INK, INK_2, INK_3, RULE, CELADON = "#fbfcfa", "#17201c", "#46534d", "#626e68", "#d6ddd8", "#16685a"
_LEAF = "#4b9482"  # the mark's second page, as in static/site/mark.svg
_LEFT, _RIGHT = 72, WIDTH - 72
_GUTTER = 44
_SPINE = WIDTH // 2
_FOLD = 560  # where the titles of a digest begin
_TOP = 166  # the title of a paper
_TITLE_SIZES = (88, 80, 72, 66, 60, 54, 48)
_NOTE_LEADING = 40
# One at a time: a worker's other threads go on answering, and two who ask for one card wait for the same bytes.
_drawing = Lock()


def png(card: Card) -> bytes:
    """The picture of the card, drawn once as long as it is among the last hundred."""
    with _drawing:
        return _png(card)


@lru_cache(maxsize=100)
def _png(card: Card) -> bytes:
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw_on(card, ImageDraw.Draw(image))
    # What the picture says, for whoever cannot see it and for whoever looks into the file.
    told = PngInfo()
    told.add_itxt("Description", card.words)
    out = io.BytesIO()
    image.quantize(48, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        out, "PNG", pnginfo=told, compress_level=6
    )
    return out.getvalue()


@singledispatch
def draw_on(card: Card, draw: ImageDraw.ImageDraw) -> None:
    raise TypeError(card)


@draw_on.register
def _site(card: SiteCard, draw: ImageDraw.ImageDraw) -> None:
    _mark(draw, _LEFT - 18, 96, 9)
    name = shorten(card.site, BOLD, 112, _RIGHT - _LEFT - 240)
    write(draw, (_LEFT + 232, 238), name, BOLD, 112, INK)
    draw.line([(_LEFT, 364), (_RIGHT, 364)], INK, 2)
    _facing(draw, _columns(card.said, 31, 3), 436, 31, 49, INK_2)


@draw_on.register
def _digest(card: DigestCard, draw: ImageDraw.ImageDraw) -> None:
    _brand(draw, card.site, card.count)
    x = _figure(draw, card.month, _LEFT - 8)
    draw.ellipse([x + 6, 272, x + 31, 297], CELADON)
    _figure(draw, card.day, x + 36)
    for number, date in enumerate(card.dates):
        voice, ink = (SERIF, INK_2) if number else (BOLD, INK)
        write(draw, (_LEFT, 382 + number * 44), shorten(date, voice, 29, 410), voice, 29, ink)
    draw.line([(_FOLD - _GUTTER, 176), (_FOLD - _GUTTER, 566)], RULE, 2)
    _titles(draw, card.titles)


def _figure(draw: ImageDraw.ImageDraw, digits: str, x: float) -> float:
    """Numerals set close, as at the head of a digest's page."""
    for digit in digits:
        x = write(draw, (x, 297), digit, SERIF, 176, INK) - 8
    return x


def _titles(draw: ImageDraw.ImageDraw, titles: tuple[str, ...]) -> None:
    """As many as there is room for, two lines each; a day of few papers has them larger."""
    size, leading, y = (42, 51, 210) if len(titles) <= 3 else (35, 43, 204)
    for number, title in enumerate(titles, start=1):
        lines = wrap(title, SERIF, size, _RIGHT - _FOLD - 46, 2)
        if y + (len(lines) - 1) * leading > 570:
            break
        write(draw, (_FOLD, y), str(number), SERIF, size - 8, INK_3)
        for line in lines:
            write(draw, (_FOLD + 46, y), line, SERIF, size, INK)
            y += leading
        y += 20


@draw_on.register
def _paper(card: PaperCard, draw: ImageDraw.ImageDraw) -> None:
    """From the top the title and the names, from the bottom the tags and the notes, which make room for the title."""
    _brand(draw, card.site, card.date)
    bottom = 574
    if card.tags:
        write(draw, (_LEFT, bottom), _tags(card.tags), SANS, 24, CELADON)
        bottom -= 56
    for lines, sizes in ((3, _TITLE_SIZES[:-2]), (2, _TITLE_SIZES[:-1]), (0, _TITLE_SIZES)):
        columns = _columns(card.notes, 26, lines)
        top = bottom - _NOTE_LEADING * (_height(columns) - 1)
        free = top - 70 if columns else bottom - 40
        size, title = fit(card.title, SERIF, sizes, _RIGHT - _LEFT, free - _TOP - 62 * bool(card.names))
        if not is_cut(title, card.title):
            break
    y = _TOP + size * CAPITALS
    for line in title:
        write(draw, (_LEFT - 2, y), line, SERIF, size, INK)
        y += size * LEADING
    if card.names:
        write(draw, (_LEFT, y - size * LEADING + 62), _byline(card), SANS, 27, INK_2)
    _facing(draw, columns, top, 26, _NOTE_LEADING, INK)


def _tags(tags: tuple[str, ...]) -> str:
    """As many as fit the line, whole."""
    for shown in range(len(tags), 1, -1):
        line = "   ".join(f"#{tag}" for tag in tags[:shown])
        if width(line, SANS, 24) <= _RIGHT - _LEFT:
            return line
    return shorten(f"#{tags[0]}", SANS, 24, _RIGHT - _LEFT)


def _byline(card: PaperCard) -> str:
    """As many names as fit the line, and how many more there are."""
    line = ""
    for shown in range(len(card.names), 0, -1):
        line, rest = ", ".join(card.names[:shown]), card.authors - shown
        if rest:
            line = card.others.format(names=line, number=rest)
        if width(line, SANS, 27) <= _RIGHT - _LEFT:
            break
    return shorten(line, SANS, 27, _RIGHT - _LEFT)


def _columns(texts: tuple[str, ...], size: int, most: int) -> list[list[str]]:
    """One text over the whole width, or two, wrapped to half of it."""
    room = _RIGHT - _LEFT if len(texts) < 2 else _SPINE - _GUTTER - _LEFT
    return [wrap(text, SANS, size, room, most) for text in texts[:2]] if most else []


def _height(columns: list[list[str]]) -> int:
    return max(map(len, columns), default=0)


def _facing(
    draw: ImageDraw.ImageDraw, columns: list[list[str]], top: float, size: int, leading: int, ink: str
) -> None:
    """Columns from the first baseline on, and between two of them the spine."""
    for x, lines in zip((_LEFT, _SPINE + _GUTTER), columns, strict=False):
        for number, line in enumerate(lines):
            write(draw, (x, top + number * leading), line, SANS, size, ink)
    if len(columns) > 1:
        last = top + (_height(columns) - 1) * leading
        draw.line([(_SPINE, top - size), (_SPINE, last + size // 3)], RULE, 2)


def _brand(draw: ImageDraw.ImageDraw, site: str, aside: str) -> None:
    _mark(draw, _LEFT - 4, 50, 2.1)
    write(draw, (_LEFT + 56, 87), shorten(site, BOLD, 36, 640), BOLD, 36, INK)
    write(draw, (_RIGHT - width(aside, SANS, 26), 86), aside, SANS, 26, INK_3)
    draw.line([(_LEFT, 124), (_RIGHT, 124)], INK, 2)


def _mark(draw: ImageDraw.ImageDraw, x: float, y: float, scale: float) -> None:
    """static/site/mark.svg, whose box is 22 by 22."""
    for left, ink in ((2, INK), (12.4, _LEAF)):
        draw.rectangle(
            [x + left * scale, y + 3 * scale, x + (left + 7.6) * scale - 1, y + 19 * scale - 1], ink
        )
