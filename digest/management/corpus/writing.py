"""A digest laid out as people type it, and read back before it is handed out."""

import re
from collections.abc import Iterator
from random import Random

from digest.management.corpus.shape import ENGLISH_FIRST_FROM, make_digests
from digest.text.clean import note_lines
from digest.text.seeds import SeedDigest, SeedEntry, format_digest, format_entry, parse_seed

# A pasted abstract breaks around its links: "at", "https://…", ".".
_LINK = re.compile(r" (https://\S+?)(?=[.,]?(?: |$))")


def make_files(digests: int, seed: int, density: int = 1) -> Iterator[tuple[str, bytes, SeedDigest]]:
    """(name, content, digest) of every seed file of the corpus, oldest first; see ``shape.make_digests``."""
    for digest in make_digests(digests, seed, density):
        rng = Random(f"{seed} {digest.date}")  # noqa: S311 - nothing secret
        yield f"{digest.date}.txt", write_seed(digest, rng).encode(), digest


def write_seed(digest: SeedDigest, rng: Random) -> str:
    """The text of the seed file. It parses back to ``digest`` without a warning, else the canonical text is taken."""
    text = _loose(digest, rng)
    parsed = parse_seed(text)
    if parsed.digest == digest and not parsed.problems:
        return text
    return format_digest(digest)


def _loose(digest: SeedDigest, rng: Random) -> str:
    date = digest.date
    first = date.isoformat() if rng.random() < 0.05 else f"{date.year}년 {date.month}월 {date.day}일"
    return (
        "\n".join(
            [first, *("\n".join(_entry(entry, date >= ENGLISH_FIRST_FROM, rng)) for entry in digest.entries)]
        )
        + "\n"
    )


def _entry(entry: SeedEntry, english_first: bool, rng: Random) -> list[str]:
    if not entry.ko:
        return [format_entry(entry).rstrip("\n")]
    lines = [entry.title]
    if entry.authors:
        lines.append(f"({', '.join(entry.authors)})")
    if entry.abstract:
        broken = _LINK.sub(r"\n\1\n", entry.abstract) if rng.random() < 0.8 else entry.abstract
        lines += [line.strip() for line in broken.split("\n") if line.strip()]
    english = note_lines(entry.en)
    if english and english_first:
        lines += [f"[en] {line}" for line in english] + [f"[ko] {line}" for line in note_lines(entry.ko)]
    else:
        lines += note_lines(entry.ko) + english
    # A missing tags line is left missing where the title below has authors to tell the border.
    lines.append(" ".join(f"#{tag}" for tag in entry.tags) or rng.choice(["", "#"]))
    return [line for line in lines if line]
