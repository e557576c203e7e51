"""The archive of a public site: its files and the shape of their lines, written and read back with distrust. Pure.

docs/archive.md says the same in words. A change of any shape is a new VERSION.
"""

import datetime
import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from papers.characters import forbidden_character

FORMAT = "naranhi-archive"
VERSION = 1
MANIFEST, README, SUMS, BIBTEX, CSV = "archive.json", "README.txt", "SHA256SUMS", "papers.bib", "entries.csv"
SEEDS = "seeds/"
MAX_LINE_BYTES = 4_000_000
_MAX_ID = 10**18 - 1  # what an address holds
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?Z")
# A name that means the same file on every system, and never one outside the folder it is unpacked into.
_SAFE_PART = r"(?![. ])[^\x00-\x1f\x7f<>:\"/\\|?*]{0,150}[^\x00-\x1f\x7f<>:\"/\\|?*. ]"
_SEED_NAME = re.compile(rf"(?:{_SAFE_PART}/){{0,9}}{_SAFE_PART}\.txt")

Check = Callable[[Any], Any]


class Unfit(ValueError):
    """What does not have its shape; the message says what and where in the line."""


def moment_text(moment: datetime.datetime | None) -> str | None:
    """``2024-10-30T00:00:00Z``, with microseconds only where there are any."""
    return moment.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z") if moment else None


def write_line(record: Mapping[str, Any]) -> bytes:
    """A line of a ``.jsonl`` file."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def read_line(line: bytes, shape: Check) -> Any:
    """The record of a line, dates and moments as such. Raises Unfit."""
    try:
        found = json.loads(line.decode("utf-8"), object_pairs_hook=_each_once, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise Unfit(f"byte {error.start + 1} of the line is not UTF-8") from error
    except RecursionError as error:
        raise Unfit("too many brackets inside each other") from error
    except ValueError as error:
        raise error if isinstance(error, Unfit) else Unfit(f"not JSON: {error}") from error
    return shape(found)


def seed_name(name: str) -> str | None:
    """``name`` if any system can hold it as a file below ``seeds/``, else None."""
    return name if len(name) <= 255 and _SEED_NAME.fullmatch(name) else None


def _each_once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Unfit(f"{key[:40]!a} stands twice in one object")
        found[key] = value
    return found


def _no_constant(name: str) -> None:
    raise Unfit(f"{name} is not a number")


# -- shapes: each takes a value as JSON gives it and answers it checked, or raises Unfit ----------------------


def text(value: Any) -> str:
    """Any text that can be stored; how long it may be the rows know."""
    if not isinstance(value, str):
        raise Unfit(f"a text is due, not {_kind(value)}")
    if found := forbidden_character(value):
        raise Unfit(f"character {found[1]} at position {found[0] + 1} cannot be stored")
    return value


def filled(value: Any) -> str:
    """A text that is not empty."""
    if not text(value):
        raise Unfit("the text is empty")
    return str(value)


def whole(value: Any) -> int:
    """A number from 1; ``true`` is none."""
    if type(value) is not int or not 1 <= value <= _MAX_ID:
        raise Unfit(f"a whole number from 1 is due, not {_kind(value)}")
    return value


def part(value: Any) -> float:
    """A part of a score."""
    if type(value) not in (int, float) or not math.isfinite(value) or not 0 <= value <= 1_000:
        raise Unfit(f"a number from 0 to 1000 is due, not {_kind(value)}")
    return float(value)


def day(value: Any) -> datetime.date:
    """``2024-10-30`` and no other spelling."""
    try:
        found = datetime.date.fromisoformat(text(value))
    except ValueError as error:
        raise Unfit("a date such as 2024-10-30 is due") from error
    if found.isoformat() != value:
        raise Unfit("a date such as 2024-10-30 is due")
    return found


def moment(value: Any) -> datetime.datetime:
    """``2024-10-30T00:00:00Z``."""
    if not _MOMENT.fullmatch(text(value)):
        raise Unfit("a moment such as 2024-10-30T00:00:00Z is due")
    try:
        return datetime.datetime.fromisoformat(value)
    except ValueError as error:
        raise Unfit("there is no such moment") from error


def language(value: Any) -> str:
    if value not in ("ko", "en"):
        raise Unfit('"ko" or "en" is due')
    return str(value)


def maybe(shape: Check) -> Check:
    """``null``, too."""
    return lambda value: None if value is None else shape(value)


def many(shape: Check) -> Check:
    """A list of such values."""

    def check(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise Unfit(f"a list is due, not {_kind(value)}")
        return [_at(f"[{place}]", shape, each) for place, each in enumerate(value)]

    return check


def record(**shapes: Check) -> Check:
    """An object of exactly these keys."""

    def check(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Unfit(f"an object is due, not {_kind(value)}")
        if missing := shapes.keys() - value.keys():
            raise Unfit(f"{min(missing)!r} is missing")
        if unknown := value.keys() - shapes.keys():
            raise Unfit(f"{min(unknown)[:40]!a} is not known")
        return {name: _at(f".{name}", shape, value[name]) for name, shape in shapes.items()}

    return check


def notes(value: Any) -> dict[str, str]:
    """One text or two, by language."""
    if not isinstance(value, dict) or not value or value.keys() - {"ko", "en"}:
        raise Unfit('an object with "ko", "en" or both is due')
    return {code: _at(f".{code}", filled, body) for code, body in value.items()}


def by_language(shape: Check) -> Check:
    """An object of at most these two keys."""

    def check(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict) or value.keys() - {"ko", "en"}:
            raise Unfit('an object with "ko", "en", both or none is due')
        return {code: _at(f".{code}", shape, each) for code, each in value.items()}

    return check


def _at(place: str, shape: Check, value: Any) -> Any:
    try:
        return shape(value)
    except Unfit as error:
        reason = str(error)
        raise Unfit(f"{place}{'' if reason.startswith(('.', '[')) else ': '}{reason}") from error


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return names.get(type(value)) or (f"{value:.20g}" if abs(value) < 1e20 else "a number far too large")


TABLES: Mapping[str, Check] = {
    "authors": record(id=whole, name=filled, homonym=whole),
    "papers": record(
        id=whole, kind=filled, title=filled, abstract=text, arxiv_id=maybe(filled), doi=text, url=text,
        project_url=text, code_url=text, authors=many(record(id=whole, name=filled)),
    ),
    "digests": record(
        date=day, publish_at=maybe(moment), unpublish_at=maybe(moment), changed_at=maybe(moment), file=maybe(filled)
    ),
    "tags": record(id=whole, slug=filled, name=filled, label_ko=text, description=text, aliases=many(filled)),
    "entries": record(
        id=whole, date=day, position=whole, paper=whole, source_language=language, publish_at=moment,
        unpublish_at=maybe(moment), changed_at=maybe(moment), tags=many(filled), notes=notes,
        references=by_language(many(whole)),
    ),
    "related": record(paper=whole, related=many(record(paper=whole, tags=part, mentions=part, text=part))),
    "search_terms": record(forms=many(filled)),
}  # fmt: skip
MANIFEST_SHAPE = record(
    format=filled,
    version=whole,
    site=record(name=text, url=text),
    changed=maybe(moment),
    korean=maybe(filled),
    counts=record(**dict.fromkeys(TABLES, lambda value: 0 if value == 0 else whole(value))),
    without_seed=many(day),
)


def table_file(table: str) -> str:
    """The name of a table's file in the archive."""
    return f"{table}.jsonl"
