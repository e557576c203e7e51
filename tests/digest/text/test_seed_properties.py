"""Properties of reading and writing seeds, over generated digests, truncated files and mutated files."""

import datetime
import random
import time
import zlib
from functools import cache
from pathlib import Path

import pytest

from digest.text.clean import normalise_line, normalise_note
from digest.text.seeds import (
    MAX_FILE_BYTES,
    MAX_LINE,
    SeedDigest,
    SeedEntry,
    format_digest,
    format_entry,
    format_over,
    parse_seed,
)
from digest.text.tags import clean_tag
from papers.characters import forbidden_character

hypothesis = pytest.importorskip("hypothesis")
from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
FILES = sorted(path.name for path in SEEDS.glob("*.txt"))


@cache
def read_bytes(name: str) -> bytes:
    return (SEEDS / name).read_bytes()


def all_text(digest: SeedDigest) -> str:
    """Every field of a digest in one string without white space and tag marks, to look lines up in."""
    fields = []
    for entry in digest.entries:
        fields += [entry.title, *entry.authors, entry.abstract, entry.ko, entry.en, *entry.tags]
    return squeeze("\n".join(fields))


def squeeze(text: str) -> str:
    return "".join(char for char in text.casefold() if not char.isspace() and char not in "#,()")


def lost_lines(text: str, digest: SeedDigest) -> list[str]:
    """The lines of the source found in no field of the digest; the date line is the first."""
    kept = all_text(digest)
    lines = [normalise_line(line) for line in text.removeprefix("\ufeff").split("\n")]
    lines = [line for line in lines if line][1:]
    return [line for line in lines if squeeze(line) not in kept and not line.startswith("#")]


# Words that mean something in the grammar, mixed with plain ones: the generated fields are full of traps.
WORDS = [
    "Attention", "is", "배치", "크기", "모델입니다.", "Models.", "what?", "#tag", "#InsTag:", "#", "(Ann", "Lee)", "(Ann Lee,",
    "(이", "[ko]", "[en]", "[title]", "[tag]", "2024-10-30", "2024년", "1월", "2일", "https://x.org/a", "(https://x.org)",
    ".", ",", "-", "*", "•", "1.", "2)", "$x$", "\\[ko]", "\u200b", "c#", "Jr.", "III", "O'Neil", "Žižek", ":", "그리고", "a)",
]  # fmt: skip
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
anything = st.text(max_size=25).filter(lambda text: forbidden_character(text) is None)
lines = (
    st.one_of(words, words, anything).map(lambda text: normalise_line(text.replace("\n", " "))).filter(bool)
)
names = st.one_of(
    st.sampled_from(["Ann Lee", "Kun Xu", "김철수", "OpenAI", "A (B), C", "Sam Ray, Jr."]), lines
)
list_items = st.tuples(st.sampled_from(["", "  "]), st.sampled_from(["- ", "* ", "1. "]), lines).map("".join)
notes = st.lists(st.one_of(lines, list_items), max_size=4).map(lambda found: normalise_note("\n".join(found)))
tag_names = st.one_of(st.sampled_from(["llm", "c#", "c++", "비디오-생성", "a#b", "1"]), lines).map(clean_tag)
tag_lists = st.lists(
    tag_names.filter(lambda tag: tag and clean_tag(tag) == tag), max_size=3, unique_by=str.casefold
)
entries = st.builds(
    SeedEntry,
    title=lines,
    authors=st.lists(names, max_size=3).map(tuple),
    abstract=st.one_of(st.just(""), lines),
    ko=notes,
    en=notes,
    tags=tag_lists.map(tuple),
)
dates = st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31))
digests = st.builds(SeedDigest, dates, st.lists(entries, min_size=1, max_size=4).map(tuple))


@settings(max_examples=150, deadline=None)
@given(digests)
def test_format_any_digest_reads_back_without_a_problem(digest):
    text = format_digest(digest)
    assert parse_seed(text) == parse_seed(text.encode())
    assert parse_seed(text).digest == digest
    assert parse_seed(text).problems == ()
    assert text.endswith("\n")


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(FILES), st.lists(st.one_of(entries, st.integers(0, 7)), min_size=1, max_size=5), dates)
def test_format_over_a_seed_reads_back_and_keeps_untouched_entries(name, picks, date):
    original = parse_seed(read_bytes(name)).digest.entries
    kept = [original[pick] for pick in picks if isinstance(pick, int) and pick < len(original)]
    rows = [
        original[pick] if isinstance(pick, int) else pick
        for pick in picks
        if pick not in range(len(original), 8)
    ]
    if not rows:
        return
    digest = SeedDigest(date, tuple(rows))
    written = format_over(digest, read_bytes(name))
    assert parse_seed(written).digest == digest
    assert all(entry.source in written.decode() for entry in kept if kept.count(entry) == 1)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(), st.binary(), st.lists(words).map("\n".join)))
def test_parse_any_input_answers_with_digest_or_errors(data):
    for text in (data, data if isinstance(data, bytes) else f"2024-10-30\n{data}"):
        outcome = parse_seed(text)
        assert outcome.ok is not any(problem.severity == "error" for problem in outcome.problems)
        assert all(problem.reason.isprintable() and problem.line >= 1 for problem in outcome.problems)


@settings(max_examples=200, deadline=None)
@given(st.lists(words, min_size=1, max_size=12))
def test_parse_generated_lines_keeps_every_line(found):
    text = "2024-10-30\n" + "\n".join(found)
    outcome = parse_seed(text)
    if outcome.digest:
        sources = "\n".join(entry.source for entry in outcome.digest.entries)
        assert [line for line in sources.split("\n") if line.strip()] == [
            line for line in found if line.strip()
        ]
    plain = [line for line in found if not line.lstrip("\u200b ").startswith("[")]
    if outcome.digest and len(plain) == len(found):
        assert lost_lines(text, outcome.digest) == []
        assert len({entry.line for entry in outcome.digest.entries}) == len(outcome.digest.entries)


# Every offset of every file; the larger ones in steps first, whole with `-m scale`.
STEPS = [(name, 1 if name.startswith("002") else 11) for name in FILES]
STEPS += [pytest.param(name, 1, marks=pytest.mark.scale) for name in FILES if not name.startswith("002")]


@pytest.mark.parametrize(("name", "step"), STEPS)
def test_parse_truncated_seed_reads_or_reports(name, step):
    data = read_bytes(name)
    for end in range(0, len(data), step):
        outcome = parse_seed(data[:end])
        assert outcome.problems if not outcome.ok else outcome.digest.entries
        if outcome.digest:
            assert lost_lines(data[:end].decode(), outcome.digest) == []


def mutate(data: bytes, chance: random.Random) -> bytes:
    """One deleted, doubled, swapped or blanked line, or one changed byte, up to three times over."""
    for _ in range(chance.randint(1, 3)):
        rows = data.split(b"\n")
        here, there = chance.randrange(len(rows)), chance.randrange(len(rows))
        kind = chance.choice(["delete", "double", "swap", "blank", "byte"])
        if kind == "delete":
            del rows[here]
        elif kind == "double":
            rows.insert(here, rows[here])
        elif kind == "swap":
            rows[here], rows[there] = rows[there], rows[here]
        elif kind == "blank":
            rows.insert(here, b"")
        else:
            row = bytearray(rows[here] or b" ")
            row[chance.randrange(len(row))] = chance.randrange(256)
            rows[here] = bytes(row)
        data = b"\n".join(rows) or b"\n"
    return data


@pytest.mark.parametrize("name", FILES)
def test_parse_mutated_seed_never_fails_and_drops_no_line(name):
    chance = random.Random(name)
    for _ in range(80):
        data = mutate(read_bytes(name), chance)
        outcome = parse_seed(data)
        assert outcome.ok or outcome.problems
        if outcome.digest:
            assert lost_lines(data.decode(), outcome.digest) == []
            assert format_over(outcome.digest, data) == data
            assert parse_seed(format_digest(outcome.digest)).digest == outcome.digest


@pytest.mark.parametrize("name", FILES)
def test_parse_seed_without_one_line_never_joins_entries_silently(name):
    """Each line of the file is marked with its entry; a clean outcome holds one mark per entry."""
    rows = read_bytes(name).decode().split("\n")
    owner = {}
    for number, entry in enumerate(parse_seed(read_bytes(name)).digest.entries):
        owner |= {row: number for row in entry.source.split("\n") if not row.startswith(("#", "."))}
    for missing in range(1, len(rows)):
        outcome = parse_seed("\n".join(rows[:missing] + rows[missing + 1 :]))
        if outcome.ok and not outcome.problems:
            for entry in outcome.digest.entries:
                assert len({owner[row] for row in entry.source.split("\n") if row in owner}) == 1


HOSTILE = {
    "a megabyte of hashes": b"#" * 1_000_000,
    "hash lines": b"2024-10-30\n" + b"#\n" * 19_000,
    "tag lines": b"2024-10-30\nT\n" + b"#a\n" * 19_000,
    "glued tags": b"2024-10-30\nT\n" + b"#a" * 49_000,
    "opening parentheses": b"2024-10-30\nT\n" + b"(" * MAX_LINE,
    "closed parentheses": b"2024-10-30\nT\n" + b"(" * 49_000 + b")" * 49_000,
    "parentheses and commas": b"2024-10-30\nT\n" + b"(," * 49_000,
    "name lines": b"2024-10-30\n" + b"(Ann Lee, Bo Li)\n" * 19_000,
    "many titles": b"2024-10-30\n" + b"Some title\n(Ann Lee, Bo Li)\n" * 9_900,
    "alternating languages": b"2024-10-30\nT\n" + "가\nabc abc.\nTitle Like\n".encode() * 6_600,
    "spaces and zero widths": b"2024-10-30\nT\n" + " \u200b".encode() * 45_000 + b"x",
    "blank lines": b"\n" * 1_999_999,
    "short lines": b"2024-10-30\n" + b"a\n" * 19_990,
    "one long line": b"2024-10-30\n" + b"a " * 900_000,
    "carriage returns": b"\r" * 1_000_000,
    "combining marks": ("2024-10-30\nT\n" + "\u0301\u0323" * 45_000).encode(),
    "random bytes": random.Random(1).randbytes(1_000_000),
    "packed bytes": zlib.compress(random.Random(2).randbytes(1_000_000)),
    "too large": b"x" * (MAX_FILE_BYTES + 1),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_parse_hostile_input_is_quick(data):
    started = time.process_time()
    outcome = parse_seed(data)
    assert time.process_time() - started < 1.0
    assert outcome.ok or 1 <= len(outcome.problems) <= 21


def test_format_entry_beyond_a_limit_is_refused():
    with pytest.raises(
        ValueError, match="'Long' cannot be written as a seed: the Korean note has 20,001 characters"
    ):
        format_entry(SeedEntry("Long", (), "", "가" * 20_001, "", ()))
