"""Seed files, the plain-text digests: reading and writing them. The grammar is in docs/seed-grammar.md.

This is the module to import from; the ``seed_*`` modules beside it are its parts.
"""

from digest.text.seed_format import format_digest, format_entry, format_over
from digest.text.seed_parse import parse_seed
from digest.text.seed_rows import (
    MAX_ABSTRACT,
    MAX_AUTHOR,
    MAX_AUTHORS,
    MAX_ENTRIES,
    MAX_FILE_BYTES,
    MAX_LINE,
    MAX_LINES,
    MAX_NOTE,
    MAX_TAG,
    MAX_TAGS,
    MAX_TITLE,
    Problem,
    SeedDigest,
    SeedEntry,
    SeedFile,
)

__all__ = [
    "MAX_ABSTRACT",
    "MAX_AUTHOR",
    "MAX_AUTHORS",
    "MAX_ENTRIES",
    "MAX_FILE_BYTES",
    "MAX_LINE",
    "MAX_LINES",
    "MAX_NOTE",
    "MAX_TAG",
    "MAX_TAGS",
    "MAX_TITLE",
    "Problem",
    "SeedDigest",
    "SeedEntry",
    "SeedFile",
    "format_digest",
    "format_entry",
    "format_over",
    "parse_seed",
]
