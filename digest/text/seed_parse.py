"""Reading a whole seed file: the date, then the entries, and every problem on the way."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.text.seed_borders import Draft, EntryReader
from digest.text.seed_fields import read_fields
from digest.text.seed_lines import DATE_FORMS, Kind, Line, decode_seed, read_date, read_lines
from digest.text.seed_rows import MAX_ENTRIES, ProblemList, Role, SeedDigest, SeedEntry, SeedFile, excerpt

# What someone may have meant as a date; it is refused, not guessed: 10/30/2024, 2024.10.30, 2024년 10월.
_DATE_LIKE = re.compile(r"[0-9\s./,년월일-]{4,40}")


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read: its text without BOM, what each line became (1-based, taken lines only), the outcome."""

    text: str
    roles: Mapping[int, Role]
    file: SeedFile


def parse_seed(data: bytes | str) -> SeedFile:
    """Read a seed file (grammar: docs/seed-grammar.md). Never raises; problems are sorted by line."""
    return read_seed(data).file


def read_seed(data: bytes | str) -> Reading:
    """``parse_seed``, with what every line was taken for, whether the file can be imported or not."""
    problems = ProblemList()
    text = decode_seed(data, problems)
    lines = read_lines(text, problems)
    if not lines:
        if not problems.has_errors:
            problems.error(1, f"the file is empty; begin it with a date such as {DATE_FORMS}")
        return Reading(text, {}, SeedFile(None, problems.report()))
    date, date_line, rest = _read_date_line(lines, problems)
    drafts = EntryReader(problems).read(rest)
    if not drafts and not problems.has_errors:
        problems.error(lines[0].number, "the digest has no entries; write at least one title below the date")
    if len(drafts) > MAX_ENTRIES:
        number = drafts[MAX_ENTRIES].title_line.number
        problems.error(number, f"{len(drafts):,} entries; at most {MAX_ENTRIES} are allowed, split the file")
    entries = _read_entries(text, drafts[:MAX_ENTRIES], problems)
    roles = {date_line: Role.DATE} if date else {}
    for draft in drafts[:MAX_ENTRIES]:
        roles |= draft.roles
    if date is None or problems.has_errors:
        return Reading(text, roles, SeedFile(None, problems.report()))
    return Reading(text, roles, SeedFile(SeedDigest(date, entries, lines[0].number), problems.report()))


def _read_date_line(
    lines: Sequence[Line], problems: ProblemList
) -> tuple[datetime.date | None, int, Sequence[Line]]:
    """The date, the number of its line, and the lines below it."""
    first = lines[0]
    date = read_date(first.text)
    if date:
        return date, first.number, lines[1:]
    if first.kind is Kind.DATE:
        problems.error(
            first.number, f"no such day: {excerpt(first.text.strip())}; write a date as {DATE_FORMS}"
        )
        return None, first.number, lines[1:]
    if _DATE_LIKE.fullmatch(first.text.strip()):
        problems.error(
            first.number, f"not a date we read: {excerpt(first.text.strip())}; write it as {DATE_FORMS}"
        )
        return None, first.number, lines[1:]
    for index, line in enumerate(lines):
        if line.kind is Kind.DATE:
            reason = f"text before the date line (line {line.number}); the date must come first"
            problems.error(first.number, reason)
            return read_date(line.text), line.number, lines[index + 1 :]
    problems.error(
        first.number, f"the file does not begin with a date; write it on the first line as {DATE_FORMS}"
    )
    return None, first.number, lines


def _read_entries(text: str, drafts: Sequence[Draft], problems: ProblemList) -> tuple[SeedEntry, ...]:
    raw = text.split("\n")
    entries = []
    for draft in drafts:
        source = "\n".join(raw[draft.title_line.number - 1 : draft.last_line]).removesuffix("\r")
        entries.append(read_fields(draft, source, problems))
    return tuple(entries)
