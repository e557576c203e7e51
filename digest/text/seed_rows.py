"""What a seed file holds once it is read: the rows, the problems and the limits. No reading happens here.

A title, a name and an abstract have the form of ``clean.normalise_line``, a note that of
``clean.normalise_note``; a tag is written without its ``#``, in NFC, without zero-width characters.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MAX_FILE_BYTES = 2_000_000
MAX_LINES = 20_000
MAX_LINE = 100_000
MAX_MARKS = 100  # combining marks in a row
MAX_TITLE = 500
MAX_AUTHOR = 200
MAX_AUTHORS = 1000
MAX_ABSTRACT = 20_000
MAX_NOTE = 20_000
MAX_TAG = 100
MAX_TAGS = 50
MAX_ENTRIES = 500
MAX_PROBLEMS = 20

ERROR = "error"
WARNING = "warning"


class Role(StrEnum):
    """What a line of a seed was taken for. ``PROBLEM``: nothing of the digest came from it."""

    DATE = "date"
    TITLE = "title"
    AUTHORS = "authors"
    ABSTRACT = "abstract"
    KO = "ko"
    EN = "en"
    TAGS = "tags"
    END = "end"
    BLANK = "blank"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. An ``"error"`` keeps the digest out; a ``"warning"`` is imported and shown to the editor."""

    line: int
    reason: str
    severity: str


@dataclass(frozen=True, slots=True)
class SeedEntry:
    """One entry. Only the six content fields count for equality; the rest says where they were read.

    ``lines`` maps the name of each present field to its first line (1-based). ``source`` is the entry as it
    stands in the file, title line to last line, line ends inside kept, the end of the last line not included.
    """

    title: str
    authors: tuple[str, ...]
    abstract: str
    ko: str
    en: str
    tags: tuple[str, ...]
    line: int = field(default=0, compare=False)
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    source: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SeedDigest:
    """One dated file. ``line`` is the line of the date and does not count for equality."""

    date: datetime.date
    entries: tuple[SeedEntry, ...]
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class SeedFile:
    """The outcome of reading a file. ``digest`` is None when any problem is an error."""

    digest: SeedDigest | None
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """True if there is a digest to import, warnings or not."""
        return self.digest is not None


class ProblemList:
    """Collects problems in any order and hands them out sorted, cut to the first ``MAX_PROBLEMS``."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def error(self, line: int, reason: str) -> None:
        self._found.append(Problem(line, reason, ERROR))

    def warn(self, line: int, reason: str) -> None:
        self._found.append(Problem(line, reason, WARNING))

    @property
    def has_errors(self) -> bool:
        return any(problem.severity == ERROR for problem in self._found)

    def report(self) -> tuple[Problem, ...]:
        """Sorted by line. When there are too many, errors are shown before warnings: they block the import."""
        by_weight = sorted(self._found, key=lambda problem: (problem.severity != ERROR, problem.line))
        shown, hidden = by_weight[:MAX_PROBLEMS], by_weight[MAX_PROBLEMS:]
        shown.sort(key=lambda problem: problem.line)
        if hidden:
            last = max(problem.line for problem in shown)
            shown.append(Problem(last, f"and {len(hidden)} more; mend these first", hidden[0].severity))
        return tuple(shown)


def excerpt(text: str, length: int = 40) -> str:
    """The start of ``text`` for a message: printable characters only, cut with an ellipsis."""
    start = "".join(char if char.isprintable() else "\ufffd" for char in text[: length + 1])
    return start if len(start) <= length else start[: length - 1].rstrip() + "…"
