"""Writing digests in the seed grammar, so that reading the text gives the same digest back.

Plain lines wherever they are read back right without a doubt, labelled lines (``[en] …``) where not.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from digest.text.clean import note_lines
from digest.text.seed_lines import read_tags
from digest.text.seed_parse import parse_seed
from digest.text.seed_rows import SeedDigest, SeedEntry, SeedFile, excerpt

_DATE_FOR_TRIAL = "2024년 1월 1일\n"
# Tried in this order, so that a label is written only where the plain line would be misread.
_LABELLED_HEADS: tuple[tuple[str, ...], ...] = ((), ("author",), ("title",), ("title", "author"))
_LABELLED_NOTES: tuple[tuple[str, ...], ...] = ((), ("en",), ("ko", "en"), ("abstract", "ko", "en"))


def format_digest(digest: SeedDigest) -> str:
    """The canonical text of a digest, one ``\\n`` at its end.

    Raises ValueError, naming the entry, if the text would not be read back as the same digest: a field that
    is not in its stored form, over its limit, or an entry without a title.
    """
    text = _format_date(digest) + "\n" + "".join(format_entry(entry) for entry in digest.entries)
    parsed = parse_seed(text)
    if parsed.digest != digest:
        raise ValueError(f"the digest of {digest.date} cannot be written as a seed: {_first_reason(parsed)}")
    return text


def format_entry(entry: SeedEntry) -> str:
    """The canonical text of one entry, ended by its tags or by a bare ``#``, then one ``\\n``.

    Raises ValueError as ``format_digest`` does.
    """
    parsed = SeedFile(None, ())
    for head, notes in product(_LABELLED_HEADS, _LABELLED_NOTES):
        text = "\n".join(_entry_lines(entry, frozenset(head + notes))) + "\n"
        parsed = parse_seed(_DATE_FOR_TRIAL + text)
        if not parsed.problems and parsed.digest and parsed.digest.entries == (entry,):
            return text
    raise ValueError(
        f"the entry {excerpt(entry.title)!r} cannot be written as a seed: {_first_reason(parsed)}"
    )


def format_over(digest: SeedDigest, original: bytes) -> bytes:
    """``digest`` written into the file it came from: what did not change keeps its bytes.

    Equal to the digest read from ``original``: ``original`` itself. Otherwise entries equal to one read from
    it keep their text, and only the others are written canonically. Raises ValueError as ``format_digest``.
    """
    before = parse_seed(original)
    if before.digest is None:
        return format_digest(digest).encode()
    if before.digest == digest:
        return original
    for end_marks in (False, True):
        text = _merge(digest, before.digest, original.decode(), end_marks=end_marks)
        after = parse_seed(text)
        if after.digest == digest and len(after.problems) <= len(before.problems):
            return text.encode()
    return format_digest(digest).encode()


def _format_date(digest: SeedDigest) -> str:
    return f"{digest.date.year:04d}년 {digest.date.month}월 {digest.date.day}일"


def _entry_lines(entry: SeedEntry, labelled: frozenset[str]) -> Iterator[str]:
    yield f"[title] {entry.title}" if "title" in labelled else entry.title
    if "author" in labelled:
        yield from (f"[author] {name}" for name in entry.authors)
    elif entry.authors:
        yield f"({', '.join(entry.authors)})"
    for name, text in (("abstract", entry.abstract), ("ko", entry.ko), ("en", entry.en)):
        prefix = f"[{name}] " if name in labelled else ""
        yield from (prefix + line for line in note_lines(text))
    yield from _tag_lines(entry.tags)


def _tag_lines(tags: Sequence[str]) -> Iterator[str]:
    line = " ".join(f"#{tag}" for tag in tags)
    if tags and read_tags(line) == tuple(tags):
        yield line
        return
    yield from (f"[tag] {tag}" for tag in tags)
    yield "#"


def _merge(digest: SeedDigest, before: SeedDigest, original: str, *, end_marks: bool) -> str:
    """The original text with changed entries replaced; ``end_marks`` closes kept entries that have no tags."""
    newline = "\r\n" if "\r\n" in original else "\n"
    spans = _spans(before, original)
    gaps = [original[end:start] for (_, end), (start, _) in pairwise(spans)]
    tail = original[spans[-1][1] :]
    usual_gap = gaps[0] if gaps else newline
    kept: dict[SeedEntry, list[int]] = defaultdict(list)
    for index, entry in reversed(list(enumerate(before.entries))):
        kept[entry].append(index)
    text = _replace_date(original[: spans[0][0]], digest, before)
    last = len(digest.entries) - 1
    for position, entry in enumerate(digest.entries):
        gap = usual_gap
        if kept[entry]:
            index = kept[entry].pop()
            text += before.entries[index].source
            text += f"{newline}#" if end_marks and not entry.tags else ""
            gap = gaps[index] if index < len(gaps) else usual_gap
        else:
            text += format_entry(entry).removesuffix("\n").replace("\n", newline)
        text += tail if position == last else gap
    return text


def _spans(before: SeedDigest, original: str) -> list[tuple[int, int]]:
    """Where each entry's source stands in the text of the file."""
    starts = [0]
    for line in original.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    begins = [starts[entry.line - 1] for entry in before.entries]
    return [(begin, begin + len(entry.source)) for begin, entry in zip(begins, before.entries, strict=True)]


def _replace_date(head: str, digest: SeedDigest, before: SeedDigest) -> str:
    if digest.date == before.date:
        return head
    lines = head.split("\n")
    old = lines[before.line - 1]
    bom = "\ufeff" if old.startswith("\ufeff") else ""
    lines[before.line - 1] = bom + _format_date(digest) + ("\r" if old.endswith("\r") else "")
    return "\n".join(lines)


def _first_reason(parsed: SeedFile) -> str:
    return parsed.problems[0].reason if parsed.problems else "a field is not in its stored form"
