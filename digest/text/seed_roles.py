"""Line by line, what a seed was read as: for an editor who looks at the text and at the parse side by side."""

from collections import defaultdict
from dataclasses import dataclass

from digest.text.seed_parse import read_seed
from digest.text.seed_rows import Problem, Role, SeedFile


@dataclass(frozen=True, slots=True)
class SeedLine:
    """One line of the text (1-based), what it was taken for, and what is wrong with it or was not certain."""

    number: int
    text: str
    role: Role
    problems: tuple[Problem, ...] = ()


def line_roles(data: bytes | str) -> tuple[list[SeedLine], SeedFile]:
    """Every line of a seed with its role, and the outcome of the same reading. Never raises.

    The roles are noted down by the parse itself (``seed_parse.read_seed``), so they cannot differ from what an
    import takes. A problem of the file as a whole stands at its first line.
    """
    reading = read_seed(data)
    found: dict[int, list[Problem]] = defaultdict(list)
    for problem in reading.file.problems:
        found[problem.line].append(problem)
    lines = []
    for number, line in enumerate(reading.text.split("\n"), start=1):
        blank = Role.PROBLEM if line.strip() else Role.BLANK
        role = reading.roles.get(number, blank)
        lines.append(SeedLine(number, line.removesuffix("\r"), role, tuple(found.pop(number, ()))))
    last = lines[-1]
    left = [problem for problems in found.values() for problem in problems]
    if left:  # a file too large to be read at all has problems below its last line
        lines[-1] = SeedLine(last.number, last.text, last.role, (*last.problems, *left))
    return lines, reading.file
