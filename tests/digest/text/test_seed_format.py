"""Writing seeds: the canonical text, the labels it needs, and writing over a file that was read."""

import datetime
from pathlib import Path

import pytest

from digest.text.seeds import SeedDigest, SeedEntry, format_digest, format_entry, format_over, parse_seed
from tests.digest.text.seed_table import EXPECTED

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
NAMES = [name for name, _, _ in EXPECTED]
DAY = datetime.date(2024, 1, 2)


def entry(title, authors=(), abstract="", ko="", en="", tags=()):
    return SeedEntry(title, authors, abstract, ko, en, tags)


def digest(*entries, date=DAY):
    return SeedDigest(date, entries)


ONE = entry(
    "One Title", ("Ann Lee", "Bo Li"), "An abstract.", "첫째입니다.\n\n- 가\n  - 나", "A note.", ("a", "c#")
)
TWO = entry("Two", ko="둘째입니다.")
# A file as an editor may have left it: BOM, CRLF, blank lines, decomposed Hangul, no line end at the end.
FILE = (
    "\ufeff\r\n2024년 01월 02일\r\n\r\nOne Title\r\n(Ann Lee,  Bo Li)\r\nAn abstract.\r\n\r\n첫째입니다.\r\n- 가\r\n"
    "  - \u1102\u1161\r\nA note. \r\n#a #c#\r\n\r\n\r\nTwo\r\n둘째입니다.\r\n\r\nThree\r\n(Cy Park, Di Oh)\r\n셋째입니다.\r\n#b"
)
THREE = entry("Three", ("Cy Park", "Di Oh"), ko="셋째입니다.", tags=("b",))


def test_digest_is_written_without_zeros_and_blank_lines():
    assert format_digest(digest(ONE, TWO)) == (
        "2024년 1월 2일\nOne Title\n(Ann Lee, Bo Li)\nAn abstract.\n첫째입니다.\n- 가\n  - 나\nA note.\n#a #c#\n"
        "Two\n둘째입니다.\n#\n"
    )


def test_entry_is_written_as_in_its_digest():
    assert format_digest(digest(ONE, TWO)) == "2024년 1월 2일\n" + format_entry(ONE) + format_entry(TWO)


def test_first_and_last_year_are_read_back():
    for date in (datetime.date.min, datetime.date.max):
        assert parse_seed(format_digest(digest(TWO, date=date))).digest.date == date


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (entry("T", en="A note."), "T\n[en] A note.\n#\n"),
        (entry("T", ("Ann Lee",), "Abs.", "", "", ("a",)), "T\n(Ann Lee)\n[abstract] Abs.\n#a\n"),
        (entry("T", ko="노트.", en="The word 배치."), "T\n노트.\n[en] The word 배치.\n#\n"),
        (entry("T", ko="노트.\n\nIn Latin."), "T\n[ko] 노트.\n[ko] In Latin.\n#\n"),
        (entry("T", ko="노트.\n\nIn Latin.\n\n노트.", en="A note."), "T\n[ko] 노트.\n[ko] In Latin.\n[ko] 노트.\n[en] A note.\n#\n"),
        (entry("T", ko="노트.", en="See:\n\n(Ann Lee, Bo Li, Cy Oh)"), "T\n노트.\n[en] See:\n[en] (Ann Lee, Bo Li, Cy Oh)\n#\n"),
        (entry("T", ko="#a #b", en="2024-10-30"), "T\n[ko] #a #b\n[en] 2024-10-30\n#\n"),
        (entry("T", ko="[en] 노트", en="#"), "T\n[ko] [en] 노트\n[en] #\n#\n"),
        (entry("T", abstract="초록", ko="노트."), "T\n[abstract] 초록\n[ko] 노트.\n#\n"),
        (entry("#tag", ko="노트."), "[title] #tag\n노트.\n#\n"),
        (entry("#tag", ("Ann Lee",), ko="노트."), "#tag\n(Ann Lee)\n노트.\n#\n"),
        (entry("(Ann Lee)", ko="노트."), "[title] (Ann Lee)\n노트.\n#\n"),
        (entry("2024-10-30"), "[title] 2024-10-30\n#\n"),
        (entry("T", ("Lee, Ann", "B)"), ko="노트."), "T\n[author] Lee, Ann\n[author] B)\n노트.\n#\n"),
        (entry("T", ("see appendix",), ko="노트."), "T\n[author] see appendix\n노트.\n#\n"),
        (entry("T", tags=("a#b", "c")), "T\n[tag] a#b\n[tag] c\n#\n"),
    ],
)  # fmt: skip
def test_label_is_written_only_where_the_plain_line_would_be_misread(row, text):
    assert format_entry(row) == text
    assert parse_seed(format_digest(digest(ONE, row, row, TWO))).digest == digest(ONE, row, row, TWO)


@pytest.mark.parametrize(
    "row",
    [
        entry(""),
        entry("two  spaces"),
        entry("two\nlines"),
        entry("T", ko="not\nnormal"),
        entry("T", en="bad \x0b character"),
        entry("T", ("",)),
        entry("T", tags=("Same", "same")),
        entry("T", tags=("with space",)),
        entry("T", abstract="a" * 20_001),
    ],
)
def test_entry_that_cannot_be_read_back_is_refused_by_name(row):
    with pytest.raises(ValueError, match=f"^the entry '{row.title[:3]}.*cannot be written as a seed"):
        format_digest(digest(TWO, row))


def test_digest_that_cannot_be_read_back_is_refused():
    with pytest.raises(
        ValueError, match="the digest of 2024-01-02 cannot be written as a seed: the digest has no entries"
    ):
        format_digest(digest())
    with pytest.raises(ValueError, match="501 entries"):
        format_digest(digest(*[TWO] * 501))


@pytest.mark.parametrize("name", NAMES)
def test_seed_file_written_canonically_reads_the_same_without_labels(name):
    read = parse_seed((SEEDS / name).read_bytes()).digest
    text = format_digest(read)
    assert parse_seed(text) == parse_seed((SEEDS / name).read_bytes())
    assert "\n[" not in text
    assert format_digest(parse_seed(text).digest) == text


@pytest.mark.parametrize("data", [(SEEDS / name).read_bytes() for name in NAMES] + [FILE.encode()])
def test_untouched_digest_keeps_the_bytes_of_its_file(data):
    assert format_over(parse_seed(data).digest, data) == data


def test_file_in_odd_dress_is_read_as_the_rows_below():
    assert parse_seed(FILE.encode()).digest == digest(ONE, TWO, THREE)


@pytest.mark.parametrize(
    ("rows", "old", "new"),
    [
        ((ONE, entry("Two", ko="고쳤습니다.", tags=("n",)), THREE), "Two\r\n둘째입니다.\r\n\r\n", "Two\r\n고쳤습니다.\r\n#n\r\n\r\n\r\n"),
        ((ONE, TWO, entry("Three", ko="셋.", tags=("b",))), "Two\r\n둘째입니다.\r\n\r\nThree\r\n(Cy Park, Di Oh)\r\n셋째입니다.\r\n#b", "Two\r\n둘째입니다.\r\n#\r\n\r\nThree\r\n셋.\r\n#b"),
        ((ONE, TWO), "\r\n\r\nThree\r\n(Cy Park, Di Oh)\r\n셋째입니다.\r\n#b", ""),
        ((ONE, THREE), "Two\r\n둘째입니다.\r\n\r\n", ""),
    ],
    ids=["changed", "end mark added", "last deleted", "middle deleted"],
)  # fmt: skip
def test_changed_digest_keeps_the_bytes_of_the_other_entries(rows, old, new):
    assert FILE.count(old) == 1
    assert format_over(digest(*rows), FILE.encode()).decode() == FILE.replace(old, new)


def test_added_and_moved_entries_are_written_between_the_kept_ones():
    new = entry("New", en="A note.", tags=("n",))
    written = format_over(digest(new, THREE, ONE), FILE.encode()).decode()
    assert parse_seed(written).digest == digest(new, THREE, ONE)
    assert written.startswith(
        "\ufeff\r\n2024년 01월 02일\r\n\r\nNew\r\n[en] A note.\r\n#n\r\n\r\n\r\nThree\r\n(Cy"
    )
    assert written.endswith("  - \u1102\u1161\r\nA note. \r\n#a #c#")


def test_changed_date_alone_leaves_the_rest_of_the_file():
    written = format_over(digest(ONE, TWO, THREE, date=datetime.date(2025, 3, 4)), FILE.encode()).decode()
    assert written == FILE.replace("2024년 01월 02일", "2025년 3월 4일")


def test_equal_entries_in_one_file_keep_their_own_bytes():
    text = "2024-01-02\nTwo\n둘째입니다.\n#\nTwo\n\n둘째입니다.\n#\nThree\n셋.\n#\n"
    written = format_over(digest(TWO, TWO, entry("Three", ko="넷.")), text.encode()).decode()
    assert written == text.replace("셋", "넷")


@pytest.mark.parametrize("original", [b"", b"no date\n", b"\xff", FILE.encode()[:40]])
def test_unreadable_file_is_replaced_by_the_canonical_form(original):
    assert format_over(digest(ONE, TWO), original).decode() == format_digest(digest(ONE, TWO))
