"""Words into lines: Korean and English break between words, and only a word wider than the line breaks within."""

from collections.abc import Iterable

from digest.site.cards.fonts import Voice, width

ELLIPSIS = "…"
# Of a heading, as shares of its size: how high capitals are, and from baseline to baseline.
CAPITALS, LEADING = 0.66, 1.15


def wrap(text: str, voice: Voice, size: int, room: float, most: int) -> list[str]:
    """The text in lines of at most ``room``; after ``most`` lines it ends in ``…``."""
    space = width(" ", voice, size)
    lines: list[str] = []
    line, reached = "", 0.0
    for word, wide in _pieces(text, voice, size, room):
        if line and reached + space + wide > room:
            lines.append(line)
            if len(lines) == most:
                return [*lines[:-1], shorten(f"{lines[-1]} {word}", voice, size, room)]
            line, reached = word, wide
        else:
            line, reached = (f"{line} {word}", reached + space + wide) if line else (word, wide)
    return [*lines, line] if line else lines


def balance(text: str, voice: Voice, size: int, room: float, most: int) -> list[str]:
    """As ``wrap``, with the narrowest lines that are not more of them: headings without a lone last word."""
    lines = wrap(text, voice, size, room, most)
    if len(lines) < 2 or is_cut(lines, text):
        return lines
    narrow, wide = room / 2, room
    for _ in range(6):
        middle = (narrow + wide) / 2
        tried = wrap(text, voice, size, middle, most + 1)
        if len(tried) == len(lines):
            wide, lines = middle, tried
        else:
            narrow = middle
    return lines


def fit(text: str, voice: Voice, sizes: Iterable[int], room: float, height: float) -> tuple[int, list[str]]:
    """The first of ``sizes`` at which the whole text stands in ``room`` by ``height``; at the last one it is cut.

    Between the top of the first line's capitals and the last baseline, that is.
    """
    size, lines = 0, [""]
    for size in sizes:
        most = 1 + max(0, int((height - size * CAPITALS) / (size * LEADING)))
        lines = balance(text, voice, size, room, most)
        if not is_cut(lines, text):
            break
    return size, lines


def shorten(text: str, voice: Voice, size: int, room: float) -> str:
    """One line of at most ``room``, with ``…`` for what does not fit: after a whole word, unless that loses half."""
    if width(text, voice, size) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle] + ELLIPSIS, voice, size) <= room:
            low = middle
        else:
            high = middle - 1
    kept = text[:low]
    word = kept.rpartition(" ")[0] if text[low : low + 1] != " " else kept
    return (word if len(word) * 2 > len(kept) else kept).rstrip(" ,.;:–-") + ELLIPSIS


def is_cut(lines: list[str], text: str) -> bool:
    """Whether the lines hold less than the text."""
    return bool(lines) and lines[-1].endswith(ELLIPSIS) and not text.endswith(ELLIPSIS)


def _pieces(text: str, voice: Voice, size: int, room: float) -> Iterable[tuple[str, float]]:
    """(word, its width); a word wider than a line in pieces."""
    for word in text.split():
        wide = width(word, voice, size)
        while wide > room and len(word) > 1:
            count = max(1, int(len(word) * room / wide))
            while count > 1 and width(word[:count], voice, size) > room:
                count -= 1
            yield word[:count], width(word[:count], voice, size)
            word = word[count:]
            wide = width(word, voice, size)
        yield word, wide
