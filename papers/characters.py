"""Characters no stored text may hold. Pure: shared by the rows, the seed grammar and the note text."""

import re

# C0 but tab and line feed, DEL, C1, lone surrogates and the non-characters: they break XML feeds,
# PostgreSQL or a terminal. Source: XML 1.0 section 2.2 and the Unicode Standard, chapter 23.7.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(1, 17))
    + "]"
)


def forbidden_character(text: str) -> tuple[int, str] | None:
    """The first refused character as (offset, ``"U+000B"``), or None if the text is clean."""
    # What is printable holds none of them, and that is told ten times as fast; notes have line feeds beside.
    match = None if text.replace("\n", "").isprintable() else _FORBIDDEN.search(text)
    return (match.start(), f"U+{ord(match.group()):04X}") if match else None
