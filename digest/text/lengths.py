"""How long a note is, in the words its own readers count in."""

from digest.text.clean import normalise_note
from digest.text.languages import KO


def paragraphs(body: str) -> list[str]:
    """The paragraphs of a note as readers see them; a list counts as one. ``""`` has none."""
    normal = normalise_note(body)
    return normal.split("\n\n") if normal else []


def length_label(body: str, language: str) -> str:
    """``168자 · 1문단`` for Korean, ``58 words · 1 ¶`` for English: a label for the text, in the text's language."""
    blocks = paragraphs(body)
    if language == KO:
        return f"{len(''.join(blocks)):,}자 · {len(blocks)}문단"
    words = len(" ".join(blocks).split())
    return f"{words:,} {'word' if words == 1 else 'words'} · {len(blocks)} ¶"
