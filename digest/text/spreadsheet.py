"""Cells of a CSV file that a spreadsheet shows and never runs. Pure."""

import re

# A spreadsheet takes such a cell for a formula; OWASP, "CSV injection". Apostrophes count along, so that taking
# one away again always gives back what was there.
_RISKY = re.compile("'*[=+\\-@\t\r]")


def guarded_cell(cell: str) -> str:
    """``cell`` as a spreadsheet shows it and never runs it: ``=1+1`` becomes ``'=1+1``; plain text stays."""
    return f"'{cell}" if _RISKY.match(cell) else cell


def bare_cell(cell: str) -> str:
    """What ``guarded_cell`` was given."""
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell) else cell
