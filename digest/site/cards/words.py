"""Stored text as a card can draw it: short, on one line, and of letters that its fonts have."""

import re
import unicodedata
from functools import lru_cache

from digest.site.cards.fonts import draws

# Without a decomposition in Unicode, and not in our fonts.
_LOOK_ALIKE = {"∼": "~", "‐": "-", "‑": "-", "−": "–", "ʼ": "’", "⋯": "…"}
_UNKNOWN = "…"
_REPEATED = re.compile("…(?: ?…)+")


def drawable(text: str, most: int) -> str:
    """At most ``most`` characters of ``text``, which any card can draw.

    A letter that no font has is drawn by its nearest relative (``𝑥`` as ``x``, ``Ŵ`` without its hat where need be);
    scripts we have no letters of become ``…``, emoji and invisible characters nothing. So there is never an empty
    box, and what is left runs from left to right.
    """
    # Four times as much is read as is kept, so that no text costs more than its beginning.
    normal = unicodedata.normalize("NFC", text[: most * 4])
    drawn = "".join(map(_drawn, normal))
    return _REPEATED.sub(_UNKNOWN, " ".join(drawn.split()))[:most].rstrip()


@lru_cache(maxsize=8_192)
def _drawn(letter: str) -> str:
    if letter.isspace():
        return " "
    if draws(letter):
        return letter if letter.isprintable() else ""
    if letter in _LOOK_ALIKE:
        return _LOOK_ALIKE[letter]
    relatives = [near for near in unicodedata.normalize("NFKD", letter) if near != letter and draws(near)]
    if relatives:
        return "".join(relatives)
    return _UNKNOWN if unicodedata.category(letter)[0] in "LN" else ""
