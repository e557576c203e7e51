"""The glossary as a CSV file: out for a spreadsheet, in again without a change, all rows or none."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from digest.editing.errors import Refused
from digest.editing.glossary import FIELDS, SEPARATOR, forms_of, term_pairs, write_term
from digest.editing.locking import lock_catalogue
from digest.editing.rights import require
from digest.models import Term
from digest.text.clean import normalise_line
from digest.text.spreadsheet import bare_cell, guarded_cell
from digest.text.terms import TermPair

MAX_BYTES = 1_000_000
MAX_ROWS = 5_000
_MOST_PROBLEMS = 200
LONGEST_FORBIDDEN = Term._meta.get_field("forbidden").max_length or 0
STARTER = Path(__file__).with_name("starter_terms.csv")


class BadFile(Refused):
    """A CSV file that was not taken in. ``messages`` holds every problem as ``file:line: reason``."""

    def __init__(self, problems: list[str]) -> None:
        shown, hidden = problems[:_MOST_PROBLEMS], len(problems) - _MOST_PROBLEMS
        if hidden > 0:
            shown.append(ngettext("And %(count)d more.", "And %(count)d more.", hidden) % {"count": hidden})
        super().__init__([ValidationError(problem, code="bad_file") for problem in shown])


@dataclass(frozen=True, slots=True)
class TermImport:
    """How many rows of a file were new, differed, or said what the glossary says already."""

    added: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class TermRow:
    """One pair and the line of the file where it begins."""

    line: int
    pair: TermPair


def write_csv(pairs: Iterable[TermPair]) -> str:
    """The file: a byte order mark for spreadsheets, a header, a row a pair; no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(FIELDS)
    for pair in pairs:
        cells = (pair.ko, pair.en, pair.note, f" {SEPARATOR} ".join(pair.forbidden))
        writer.writerow([guarded_cell(cell) for cell in cells])
    return "\ufeff" + out.getvalue()


def export_terms() -> str:
    """The whole glossary as a CSV file."""
    return write_csv(term_pairs())


def read_csv(data: bytes, name: str) -> list[TermRow]:
    """The rows of a CSV file in their stored form. Raises BadFile naming every line that cannot be read.

    Columns are found by the header: ``ko`` and ``en`` must be there, ``note`` and ``forbidden`` may.
    """
    problems: list[str] = []
    rows: list[TermRow] = []
    for line, cells in _lines(data, name, problems):
        given = {column: bare_cell(cell) for column, cell in cells.items()}
        pair = TermPair(
            normalise_line(given["ko"]),
            normalise_line(given["en"]),
            normalise_line(given.get("note", "")),
            tuple(forms_of(given.get("forbidden", "").replace(SEPARATOR, "\n")).splitlines()),
        )
        rows.append(TermRow(line, pair))
    _check_rows(rows, name, problems)
    if problems:
        raise BadFile(sorted(problems, key=lambda problem: int(problem[len(name) + 1 :].split(":")[0])))
    return rows


@transaction.atomic
def import_terms(*, data: bytes, name: str, by: User) -> TermImport:
    """Add the file's pairs and bring known ones up to date; nothing is deleted. The same file again changes nothing.

    Raises NotAllowed; BadFile, and then nothing of the file was written.
    """
    require(by, "digest.add_term")
    require(by, "digest.change_term")
    rows = read_csv(data, name)
    lock_catalogue()
    known = {_identity(term.ko, term.en): term for term in Term.objects.all()}
    added = changed = 0
    for row in rows:
        term = known.get(_identity(row.pair.ko, row.pair.en)) or Term()
        wanted = _columns(row.pair)
        if wanted == {column: getattr(term, column) for column in FIELDS}:
            continue
        added, changed = (added, changed + 1) if term.pk else (added + 1, changed)
        for column, value in wanted.items():
            setattr(term, column, value)
        write_term(term, by=by)
    return TermImport(added, changed, len(rows) - added - changed)


@transaction.atomic
def add_starter_terms(*, by: User) -> TermImport:
    """Fill an empty glossary with common terms of the field. Raises Refused if there are terms."""
    lock_catalogue()
    if Term.objects.exists():
        raise Refused(_("The glossary is not empty."), code="not_empty")
    return import_terms(data=STARTER.read_bytes(), name=STARTER.name, by=by)


def _identity(ko: str, en: str) -> tuple[str, str]:
    return ko.lower(), en.lower()


def _columns(pair: TermPair) -> dict[str, str]:
    return {"ko": pair.ko, "en": pair.en, "note": pair.note, "forbidden": "\n".join(pair.forbidden)}


def _lines(data: bytes, name: str, problems: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line number, cells by column) for every row that has its cells."""
    text = _decoded(data, name, problems)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        if not {"ko", "en"} <= set(header) <= set(FIELDS) or len(set(header)) < len(header):
            if not problems:
                reason = _("the first line must name the columns ko,en,note,forbidden")
                problems.append(_problem(name, 1, reason))
            return
        line = reader.line_num + 1
        for count, cells in enumerate(reader, start=1):
            if count > MAX_ROWS:
                problems.append(
                    _problem(name, line, _("more than %(limit)d rows; split the file") % {"limit": MAX_ROWS})
                )
                return
            if any(cells):
                yield from _row(line, cells, header, name, problems)
            line = reader.line_num + 1
    except csv.Error:
        problems.append(
            _problem(
                name, max(1, reader.line_num), _("quotation marks are not closed, or a cell is too long")
            )
        )


def _decoded(data: bytes, name: str, problems: list[str]) -> str:
    if len(data) > MAX_BYTES:
        problems.append(
            _problem(name, 1, _("larger than %(limit)d bytes; split the file") % {"limit": MAX_BYTES})
        )
        return ""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.append(_problem(name, line, _("not UTF-8; save the file as CSV UTF-8")))
        return ""


def _row(
    line: int, cells: list[str], header: list[str], name: str, problems: list[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    if len(cells) > len(header):
        problems.append(
            _problem(name, line, _("more cells than columns; put quotation marks around a comma"))
        )
    else:
        # Spreadsheets leave out empty cells at the end.
        yield line, dict.fromkeys(header, "") | dict(zip(header, cells, strict=False))


def _check_rows(rows: list[TermRow], name: str, problems: list[str]) -> None:
    first: dict[tuple[str, str], int] = {}
    for row in rows:
        earlier = first.setdefault(_identity(row.pair.ko, row.pair.en), row.line)
        if earlier != row.line:
            problems.append(
                _problem(name, row.line, _("the same pair as in line %(line)d") % {"line": earlier})
            )
        problems += [_problem(name, row.line, reason) for reason in _faults(Term(**_columns(row.pair)))]


def _faults(term: Term) -> Iterator[str]:
    """What keeps a term out, as ``column: reason``."""
    try:
        term.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        for column, messages in error.message_dict.items():
            yield from (f"{column}: {message}" for message in messages)
    if len(term.forbidden) > LONGEST_FORBIDDEN:  # Django leaves the length of prose to forms
        yield "forbidden: " + _("more than %(limit)d characters") % {"limit": LONGEST_FORBIDDEN}


def _problem(name: str, line: int, reason: str) -> str:
    return f"{name}:{line}: {reason}"
