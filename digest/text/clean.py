"""Text as we keep it: the one normal form of a line and of a note.

Every write path (form, bulk action, import, command) compares and stores these forms, so that a browser's
CRLF or a decomposed Hangul syllable is never taken for a change.
"""

import re
import unicodedata

_LIST_ITEM = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+\S")


def normalise_newlines(text: str) -> str:
    """CRLF and CR become LF; nothing else is touched."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def normalise_line(text: str) -> str:
    """One line of plain text: NFC, runs of white space folded to one space, ends stripped."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def is_list_item(line: str) -> bool:
    """True for a line that starts with a bullet or a number: ``- a``, ``* a``, ``• a``, ``1. a``, ``2) a``."""
    return _LIST_ITEM.match(line) is not None


def note_lines(text: str) -> list[str]:
    """The lines of a note that hold text, NFC, without trailing white space; indentation is kept."""
    lines = unicodedata.normalize("NFC", normalise_newlines(text)).split("\n")
    return [line.rstrip() for line in lines if line.strip()]


def normalise_note(text: str) -> str:
    """The stored form of a note: a blank line between paragraphs, none between the items of a list.

    A line is a paragraph, as in a seed file, so text goes to a seed and back without a change:
    ``"a\\r\\nb"`` becomes ``"a\\n\\nb"``; ``"- a\\n- b"`` stays.
    """
    normal = ""
    previous = None
    for line in note_lines(text):
        if previous is None:
            line = line.lstrip()
            separator = ""
        else:
            both_items = is_list_item(previous) and is_list_item(line)
            separator = "\n" if both_items else "\n\n"
            line = line if both_items else line.lstrip()
        normal += separator + line
        previous = line
    return normal
