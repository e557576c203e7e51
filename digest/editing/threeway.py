"""The three-way rule of the importer, as plain functions of text."""

from collections.abc import Sequence
from enum import Enum

from digest.text.tags import tag_slug


class Outcome(Enum):
    """What to do with one field."""

    NOTHING = "nothing"  # the file says what it said before
    TAKE = "take"  # nobody touched ours: take the file's
    REBASE = "rebase"  # both say the same already: only remember it
    EMPTIED = "emptied"  # the file lost it: report, keep ours
    CONFLICT = "conflict"  # both changed: keep ours, show both


def compare_field(base: str | None, ours: str, incoming: str) -> Outcome:
    """Decide on one field. ``base`` is what the file said last time, None if this file never gave the field."""
    if incoming == (base or ""):
        return Outcome.NOTHING
    if incoming == ours:
        return Outcome.REBASE
    if not incoming:
        return Outcome.EMPTIED
    if ours == (base or ""):
        return Outcome.TAKE
    return Outcome.CONFLICT


def merge_tags(base: Sequence[str], ours: Sequence[str], incoming: Sequence[str]) -> list[str]:
    """Names after applying the file's additions and removals to ours; spellings of one tag are equal."""
    before = {tag_slug(name) for name in base}
    after = {tag_slug(name) for name in incoming}
    present = {tag_slug(name) for name in ours}
    kept = [name for name in ours if tag_slug(name) in after or tag_slug(name) not in before]
    return kept + [name for name in incoming if tag_slug(name) not in before | present]
