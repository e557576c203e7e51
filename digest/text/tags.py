"""Tag names and their addresses. Pure.

taggit's own parser makes tags named ``#moe`` of ``#scaling-law #moe``, splits ``비디오 생성`` in two, and gives
``c++``, ``c#`` and ``c`` their addresses by order of arrival; so both are ours.
"""

import re
import unicodedata

MAX_TAG = 100
# Zero-width and bidirectional marks make look-alike tags.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]"
)
_SPELLED = {
    "+": "-plus",
    "#": "-sharp",
    "&": "-and",
    "@": "-at",
    "%": "-percent",
    "*": "-star",
    "=": "-equals",
}


def clean_tag(text: str) -> str:
    """A tag's name as typed: NFC, without ``#`` in front, invisible characters and inner white space.

    ``" #비디오 생성 "`` becomes ``"비디오-생성"``: a seed line cannot carry a space inside a tag.
    """
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).strip().lstrip("#").strip(" ,;")
    return "-".join(text.split())


def tag_slug(name: str) -> str:
    """The tag's address and identity, a function of its name alone.

    Case, ``_``, ``-`` and width do not matter: ``Scaling_Law`` and ``scaling-law`` are one tag. ``c++``, ``c#``
    and ``c`` are three: ``c-plus-plus``, ``c-sharp``, ``c``. Letters of every script stay; a sign without a
    name becomes its code point (``u1f600``). Never holds ``+``, ``,`` or a leading ``-``, which tag
    expressions use. Empty only for an empty name.
    """
    folded = unicodedata.normalize("NFKC", clean_tag(name)).casefold()
    parts = []
    for character in folded:
        if character.isalnum() or unicodedata.category(character)[0] == "M":
            parts.append(character)
        elif character in _SPELLED:
            parts.append(_SPELLED[character])
        elif character in "-_./:'’ ~,;!?()[]" or character.isspace():
            parts.append("-")
        else:
            parts.append(f"-u{ord(character):x}-")
    slug = re.sub("-+", "-", "".join(parts)).strip("-")
    return slug or "-".join(f"u{ord(character):x}" for character in folded)


def parse_tags(text: str) -> list[str]:
    """Tag names from what an editor types: ``#a #b``, ``a, b``, ``"a b", c`` or one bare name; no duplicates.

    With a ``#`` anywhere, tags end where the next `` #`` begins; otherwise at commas. Spaces inside a name
    become hyphens. Order is kept; spellings of one tag count once, the first wins.
    """
    text = text.strip()
    pieces = re.split(r"(?:^|[\s,]+)(?=#)|[,;\n]", text) if "#" in text else re.split(r"[,;\n]", text)
    names: dict[str, str] = {}
    for piece in pieces:
        name = clean_tag(piece.strip().strip("\"'“”"))
        if name:
            names.setdefault(tag_slug(name), name)
    return list(names.values())
