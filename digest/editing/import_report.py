"""What an import says of each file."""

from dataclasses import dataclass, field

from digest.text.seeds import Problem

CREATED, UPDATED, UNCHANGED, REFUSED = "created", "updated", "unchanged", "refused"


class SeedRefused(Exception):
    """The digest cannot be imported; nothing of it is written. Carries the line and the reason."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"{line}: {reason}")
        self.line = line
        self.reason = reason


@dataclass(slots=True)
class FileReport:
    """The outcome for one file. ``conflicts`` and ``notices`` are (line, sentence) pairs."""

    name: str
    status: str = UNCHANGED
    date: str = ""
    entries: int = 0
    open_conflicts: int = 0
    changes: int = 0
    problems: list[Problem] = field(default_factory=list)
    conflicts: list[tuple[int, str]] = field(default_factory=list)
    notices: list[tuple[int, str]] = field(default_factory=list)

    def refuse(self, *problems: Problem) -> "FileReport":
        self.status = REFUSED
        self.problems.extend(problems)
        return self


@dataclass(slots=True)
class ImportReport:
    """The outcome of a run, file by file."""

    files: list[FileReport] = field(default_factory=list)

    def count(self, status: str) -> int:
        return sum(report.status == status for report in self.files)

    @property
    def problems(self) -> int:
        return sum(len(report.problems) for report in self.files)

    @property
    def open_conflicts(self) -> int:
        return sum(report.open_conflicts for report in self.files)
