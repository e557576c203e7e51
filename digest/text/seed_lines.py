"""From the bytes of a seed file to its lines, each with the kind it has by itself, without its neighbours.

Rules of reading: strict UTF-8, a leading BOM dropped, lines end in LF alone (CRLF is read as LF), NFC.
"""

import datetime
import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto

from digest.text.clean import is_list_item, normalise_line
from digest.text.languages import has_hangul
from digest.text.seed_names import Byline, Certainty, read_byline
from digest.text.seed_rows import MAX_FILE_BYTES, MAX_LINE, MAX_LINES, MAX_MARKS, ProblemList
from digest.text.tags import clean_tag
from papers.characters import forbidden_character

DATE_FORMS = '"2024년 10월 30일" or "2024-10-30"'
_INVISIBLE = "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_EDGES = (
    _INVISIBLE
    + " \t\n\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
_DROP_INVISIBLE = dict.fromkeys(map(ord, _INVISIBLE))
_DATE = re.compile(r"([0-9]{4})(?:년 ?([0-9]{1,2})월 ?([0-9]{1,2})일|-([0-9]{2})-([0-9]{2}))")
_LABEL = re.compile(r"\[(title|author|abstract|ko|en|tag)\](?:\s(.*))?", re.DOTALL)
# "#a#b" is two tags, "#c#" is one: a "#" separates only when a tag follows it.
_GLUED_TAGS = re.compile(r"#(?=[^#,])")
_URL = re.compile(r"[(<\[]*(?:https?://|www\.)\S+", re.IGNORECASE)
_MAYBE_MARKS = re.compile(rf"[^\w\s\x00-\x7f]{{{MAX_MARKS + 1}}}")
_KOREAN_SENTENCE = re.compile(r"[다요죠][.!?…~]*$")


class Kind(Enum):
    """What a line can be. Whether BYLINE and TAGS really are authors and tags depends on where they stand."""

    TEXT = auto()
    DATE = auto()
    BYLINE = auto()  # in parentheses, or opening one, and perhaps names
    TAGS = auto()  # every word starts with "#"
    END = auto()  # a bare "#": the entry ends here and has no (more) tags
    LABEL = auto()  # "[ko] …": the rest of the line belongs to that field, whatever it looks like


class Look(Enum):
    """How much a line looks like a title."""

    UNLIKELY = auto()
    POSSIBLE = auto()
    LIKELY = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. ``text`` is NFC without trailing white space; ``label``/``value`` for LABEL."""

    number: int
    text: str
    kind: Kind
    after_blank: bool = False
    label: str = ""
    value: str = ""
    byline: Byline | None = None
    tags: tuple[str, ...] = ()


def decode_seed(data: bytes | str, problems: ProblemList) -> str:
    """The text of a file without its BOM. Undecodable bytes are reported by line and read as U+FFFD."""
    size = len(data)
    if isinstance(data, str) and size <= MAX_FILE_BYTES:
        size = len(data.encode("utf-8", "surrogatepass"))
    if size > MAX_FILE_BYTES:
        problems.error(1, f"the file is over {MAX_FILE_BYTES:,} bytes; split it, one digest per file")
        return ""
    if isinstance(data, bytes):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = _decode_with_report(data, problems)
    else:
        text = data
    return text.removeprefix("\ufeff")


def _decode_with_report(data: bytes, problems: ProblemList) -> str:
    lines = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError as error:
            byte = line[error.start]
            problems.error(number, f"byte 0x{byte:02X} is not UTF-8; save the file as UTF-8")
            lines.append(line.decode("utf-8", "replace"))
    return "\n".join(lines)


def read_lines(text: str, problems: ProblemList) -> list[Line]:
    """All lines that are not blank. What no line may hold is reported, and the rest of the file still read."""
    raw = text.split("\n")
    if len(raw) > MAX_LINES:
        problems.error(MAX_LINES + 1, f"the file has over {MAX_LINES:,} lines; split it, one digest per file")
        return []
    lines: list[Line] = []
    after_blank = False
    for number, line in enumerate(raw, start=1):
        if line.strip():
            line = unicodedata.normalize("NFC", _check(line.removesuffix("\r"), number, problems))
            lines.append(read_line(line, number, after_blank))
        elif found := forbidden_character(line.removesuffix("\r")):
            _report_character(found, number, problems)
        after_blank = not line.strip()
    return lines


def _check(line: str, number: int, problems: ProblemList) -> str:
    """The line, shortened to what can be read on in reasonable time, with its faults reported."""
    if found := forbidden_character(line):
        _report_character(found, number, problems)
    if len(line) > MAX_LINE:
        problems.error(number, f"the line is over {MAX_LINE:,} characters; shorten it")
        line = line[:MAX_LINE]
    if not _visible(line):
        problems.warn(number, "the line holds only invisible characters and is kept as text; delete it")
    for marks in _MAYBE_MARKS.finditer(line):
        # Sorting a run of combining marks takes quadratic time, so it is refused before normalising.
        if all(map(unicodedata.combining, marks.group())):
            problems.error(number, f"over {MAX_MARKS} combining marks in a row; delete them")
            return line[: marks.start()] or "?"
    return line


def _report_character(found: tuple[int, str], number: int, problems: ProblemList) -> None:
    problems.error(number, f"control character {found[1]} in the line; delete it")


def read_line(text: str, number: int, after_blank: bool) -> Line:
    """Give one line, in NFC, the kind it has by itself. The first character rules most kinds out."""
    text = text.rstrip()
    bare = _strip_invisible(text)
    if bare == "#":
        return Line(number, text, Kind.END, after_blank)
    if bare.startswith("#") and (tags := read_tags(bare)):
        return Line(number, text, Kind.TAGS, after_blank, tags=tags)
    if bare.startswith("(") and (byline := read_byline(bare)) and byline.certainty > Certainty.NO:
        return Line(number, text, Kind.BYLINE, after_blank, byline=byline)
    if bare.startswith("[") and (label := _LABEL.fullmatch(text.lstrip(_EDGES))):
        return Line(number, text, Kind.LABEL, after_blank, label=label[1], value=label[2] or "")
    if bare[:1].isdigit() and _DATE.fullmatch(normalise_line(bare)):
        return Line(number, text, Kind.DATE, after_blank)
    return Line(number, text, Kind.TEXT, after_blank)


def read_date(text: str) -> datetime.date | None:
    """The date of a date line; None if the line is not one or the day does not exist."""
    match = _DATE.fullmatch(normalise_line(_strip_invisible(text)))
    if match is None:
        return None
    year, month, day, iso_month, iso_day = match.groups()
    try:
        return datetime.date(int(year), int(month or iso_month), int(day or iso_day))
    except ValueError:
        return None


def read_tags(text: str) -> tuple[str, ...]:
    """The tags of a line whose every word starts with ``#``, else nothing: ``#a#b, #c#`` is a, b, c#."""
    tags: list[str] = []
    for token in text.split():
        token = _strip_invisible(token)
        if not token.startswith("#"):
            return ()
        pieces = [clean_tag(piece) for piece in _GLUED_TAGS.split(token[1:])]
        if not all(any(char.isalnum() or _is_symbol(char) for char in piece) for piece in pieces):
            return ()
        tags.extend(pieces)
    return tuple(tags)


def is_url_line(text: str) -> bool:
    """True if the line is nothing but links, in parentheses or not."""
    words = text.split()
    return bool(words) and all(_URL.match(word) for word in words)


def is_punctuation_line(text: str) -> bool:
    """True for a line such as ``.`` that a link on a line of its own has left behind."""
    return all(unicodedata.category(char).startswith("P") for char in text.strip())


def ends_sentence(text: str) -> bool:
    """True if the line closes a sentence, a trailing parenthesis set aside."""
    end = _without_last_parenthesis(text).rstrip("\"'”’)] ")
    return end.endswith((".", "!", "?", "…", "。")) or _KOREAN_SENTENCE.search(end[-20:]) is not None


def title_look(text: str) -> Look:
    """Judge a line as a title by its own words, for the places where the grammar leaves a doubt."""
    text = text.strip()
    if (
        len(text) > 250
        or not _visible(text)
        or is_list_item(text)
        or is_url_line(text)
        or is_punctuation_line(text)
    ):
        return Look.UNLIKELY
    if text.startswith("(") and text.endswith(")"):
        return Look.UNLIKELY
    end = _without_last_parenthesis(text)
    if has_hangul(text) and (end.endswith(".") or _KOREAN_SENTENCE.search(end)):
        return Look.UNLIKELY
    if end.endswith("."):
        return Look.UNLIKELY if len(text) > 120 else Look.POSSIBLE
    first = text.split(maxsplit=1)[0]
    if end.endswith((":", ",", ";")) or first.islower() or text.startswith("#"):
        return Look.POSSIBLE
    return Look.LIKELY


def _without_last_parenthesis(text: str) -> str:
    text = text.rstrip()
    opening = text.rfind("(") if text.endswith(")") else -1
    return text[:opening].rstrip() if opening > 0 else text


def _strip_invisible(text: str) -> str:
    """Without the white space and zero-width characters around it (a pasted U+200B hides a ``#``)."""
    return text.strip(_EDGES)


def _visible(text: str) -> bool:
    first = text.lstrip()[:1]
    if (
        first.isascii() and first.isprintable() and first
    ):  # as nearly always, and the rest need not be looked at
        return True
    return bool(text.translate(_DROP_INVISIBLE).strip())


def _is_symbol(char: str) -> bool:
    return unicodedata.category(char).startswith("S")
