"""The seed grammar: the four seed files field by field, then every hazard with its outcome and its line."""

import datetime
import unicodedata
from pathlib import Path

import pytest

from digest.text.seeds import (
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
    SeedDigest,
    SeedEntry,
    parse_seed,
)
from tests.digest.text.seed_table import EXPECTED

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
DATE = "2024년 10월 30일\n"
# An entry of every part but the tags line; the tests put the line in question below it.
FULL = "Title A: A Study\n(Ann Lee, Bo Li)\nAn abstract.\n한국어 문단입니다.\nAn English note.\n"


def read(*entries: str) -> list[SeedEntry]:
    """The entries of a file that must be read without a problem."""
    outcome = parse_seed(DATE + "\n".join(entries))
    assert outcome.problems == ()
    return list(outcome.digest.entries)


def findings(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.severity) for problem in parse_seed(text).problems]


def reasons(text: str) -> str:
    return " | ".join(problem.reason for problem in parse_seed(text).problems)


def entry(title, authors=(), abstract="", ko="", en="", tags=()):
    return SeedEntry(title, authors, abstract, ko, en, tags)


@pytest.mark.parametrize(("name", "date", "rows"), EXPECTED, ids=[row[0] for row in EXPECTED])
def test_seed_file_is_read_right_in_every_field(name, date, rows):
    outcome = parse_seed((SEEDS / name).read_bytes())
    assert outcome.problems == ()
    assert outcome.digest == SeedDigest(date, tuple(SeedEntry(**row) for row in rows))


def test_seed_table_has_the_known_totals():
    rows = [row for _, _, rows in EXPECTED for row in rows]
    assert len(rows) == 20
    assert sum(bool(row["ko"]) for row in rows) == 20
    assert sum(bool(row["en"]) for row in rows) == 11
    assert sum(len(row["authors"]) for row in rows) == 146
    assert len({tag for row in rows for tag in row["tags"]}) == 19
    assert sorted(name for name, _, _ in EXPECTED) == sorted(path.name for path in SEEDS.glob("*.txt"))


def test_entry_knows_its_lines_and_its_source():
    text = "\n2024-10-30\n\nOne\n노트\n\n" + FULL + "#a\n#b\n"
    one, two = parse_seed(text).digest.entries
    assert (one.line, dict(one.lines), one.source) == (4, {"title": 4, "ko": 5}, "One\n노트")
    assert dict(two.lines) == {"title": 7, "authors": 8, "abstract": 9, "ko": 10, "en": 11, "tags": 12}
    assert two.source == FULL + "#a\n#b"
    assert parse_seed(text).digest.line == 2


@pytest.mark.parametrize(
    "line",
    [
        "2024년 10월 30일",
        "2024-10-30",
        "2024년10월30일",
        " 2024년  10월 30일 ",
        unicodedata.normalize("NFD", "2024년 10월 30일"),
    ],
)
def test_date_in_an_accepted_form_is_read(line):
    assert parse_seed(f"\n{line}\nT\n#a").digest.date == datetime.date(2024, 10, 30)


def test_date_with_zeros_is_read():
    assert parse_seed("2024년 01월 02일\nT\n#a").digest.date == datetime.date(2024, 1, 2)


@pytest.mark.parametrize(
    "line",
    [
        "10/30/2024",
        "2024.10.30",
        "2024년 13월 1일",
        "2024-02-30",
        "2024년 10월",
        "2024-1-2",
        "2024년 10월 30일 수요일",
        "Oct 30, 2024",
    ],
)
def test_date_in_any_other_form_is_refused_and_not_guessed(line):
    first = parse_seed(f"\n{line}\nT\n#a").problems[0]
    assert (first.line, first.severity) == (2, "error")
    assert '"2024년 10월 30일" or "2024-10-30"' in first.reason


def test_date_below_text_is_an_error_at_the_text():
    text = "Title\n2024-10-30\nT\n#a"
    assert findings(text) == [(1, "error")]
    assert "text before the date line (line 2)" in reasons(text)


def test_date_twice_is_an_error():
    assert findings(DATE + "T\n#a\n2024년 10월 31일\nU\n#b") == [(4, "error")]
    assert "one digest per file" in reasons(DATE + "T\n#a\n2024-10-31\nU\n#b")


@pytest.mark.parametrize("data", [b"", b"\n \n\t\n", b"\xef\xbb\xbf", "\ufeff\n"])
def test_file_without_text_is_an_error(data):
    assert "the file is empty" in reasons(data)


def test_file_without_entries_is_an_error():
    assert findings("2024-10-30\n\n") == [(1, "error")]


@pytest.mark.parametrize("change", [lambda s: s.replace("\n", "\r\n"), lambda s: "\ufeff" + s, lambda s: s + "\n\n", lambda s: s.replace("\n", "\n\n"), lambda s: unicodedata.normalize("NFD", s), lambda s: s.replace("\n", "  \n")], ids=["crlf", "bom", "end", "blank", "nfd", "spaces"])  # fmt: skip
def test_file_in_another_dress_gives_the_same_digest(change):
    for name, _, _ in EXPECTED:
        text = (SEEDS / name).read_text(encoding="utf-8")
        assert parse_seed(change(text).encode()) == parse_seed(text)


def test_undecodable_bytes_are_named_with_every_line():
    data = DATE.encode() + b"T\xff\n\xb3\xeb\xc6\xae\n#a\n"
    assert findings(data) == [(2, "error"), (3, "error"), (3, "warning")]
    assert "byte 0xFF is not UTF-8" in reasons(data)


@pytest.mark.parametrize(("char", "name"), [("\x0b", "U+000B"), ("\x00", "U+0000"), ("\r", "U+000D"), ("\uffff", "U+FFFF"), ("\x85", "U+0085"), ("\ud800", "U+D800")])  # fmt: skip
def test_control_character_is_an_error_with_code_and_line(char, name):
    text = DATE + f"T\n노{char}트\n#a"
    assert findings(text) == [(3, "error")]
    assert reasons(text) == f"control character {name} in the line; delete it"


def test_line_separator_does_not_split_a_line():
    assert read("T\u2028U\n노\u2029트\n#a") == [entry("T U", ko="노\u2029트", tags=("a",))]


def test_line_of_invisible_characters_is_kept_and_reported():
    assert findings(DATE + "T\n노트\n\u200b\n#a") == [(4, "warning")]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("(김철수, 이영희)", ("김철수", "이영희")),
        ("(김 철수)", ("김 철수",)),
        ("(OpenAI)", ("OpenAI",)),
        ("(Qwen Team)", ("Qwen Team",)),
        ("(Allen Institute for AI)", ("Allen Institute for AI",)),
        ("(A (B), C)", ("A (B)", "C")),
        ("(Ann Lee (KAIST, Naver), Bo Li)", ("Ann Lee (KAIST, Naver)", "Bo Li")),
        ("(Sammy Davis Jr., A. B. O'Neil, Jean-Luc Žižek)", ("Sammy Davis Jr.", "A. B. O'Neil", "Jean-Luc Žižek")),
        ("(John Smith, Jr., OpenAI, Inc.)", ("John Smith, Jr.", "OpenAI, Inc.")),
        ("(Kun Xu,Kun  Xu)", ("Kun Xu", "Kun Xu")),
        ("(Leandro Von Werra, Guido van Rossum, Charles de Gaulle)", ("Leandro Von Werra", "Guido van Rossum", "Charles de Gaulle")),
        ("(王小明, Ρένα Δούρου)", ("王小明", "Ρένα Δούρου")),
        ("(Ann Lee, Bo Li, Cy Oh, lucidrains, Di Park)", ("Ann Lee", "Bo Li", "Cy Oh", "lucidrains", "Di Park")),
    ],
)  # fmt: skip
def test_names_below_a_title_are_the_authors(line, names):
    assert read(f"T\n{line}\n노트\n#a") == [entry("T", names, ko="노트", tags=("a",))]


@pytest.mark.parametrize("line", ["(see appendix)", "(bell hooks)", "(Ann Lee, , Bo Li)", "(ICLR 2025)"])
def test_names_below_a_title_in_doubt_are_taken_and_reported(line):
    assert findings(DATE + f"T\n{line}\n노트\n#a") == [(3, "warning")]
    assert parse_seed(DATE + f"T\n{line}\n노트\n#a").digest.entries[0].authors


@pytest.mark.parametrize(
    "line",
    ["(이 논문은 아주 좋습니다.)", "(더 큰 모델 규모를 선호.)", "(https://x.org 참고)", "(감사합니다)"],
)
def test_korean_parenthesis_below_a_title_is_the_note(line):
    assert read(f"T\n{line}\n노트\n#a") == [entry("T", ko=f"{line}\n\n노트", tags=("a",))]


@pytest.mark.parametrize(
    "line", ["(The paper says transformers win)", "(https://x.org)", "(Ann Lee, Bo Li)."]
)
def test_latin_parenthesis_below_a_title_that_is_no_name_is_reported(line):
    assert findings(DATE + f"T\n{line}\n노트\n#a") == [(3, "warning")]
    assert parse_seed(DATE + f"T\n{line}\n노트\n#a").digest.entries == (
        entry("T", (), line, "노트", "", ("a",)),
    )


@pytest.mark.parametrize(
    "text", ["(Ann Lee, Bo Li\nCy Oh)\n노트\n#a", "(Ann Lee", "(Ann Lee, Bo (Li)\n노트", "(", "()\n노트"]
)
def test_authors_line_unclosed_or_empty_is_an_error(text):
    assert (3, "error") in findings(DATE + "T\n" + text)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("(Ann Lee, Bo Li)\n노트\n#a", 2, "an authors line with no title before it"),
        ("T\n노트\n#a\n(Ann Lee, Bo Li)\n노트\n#b", 5, "an authors line with no title before it"),
        ("T\n(Ann Lee, Bo Li)\n(Cy Oh)\n노트\n#a", 4, "two authors lines in a row"),
        (
            "T\n노트입니다.\n- 항목\n(Ann Lee, Bo Li, Cy Oh)\n노트\n#a",
            5,
            "an authors line with no title before it",
        ),
        ("#a\nT\n노트\n#a", 2, "a tags line with no entry before it"),
        ("#\nT\n#a", 2, 'a "#" with no entry before it'),
        ("T\n#a\n#\n#b", 5, "a tags line with no entry before it"),
        ("T\n[ko]\n#a", 3, "[ko] without text"),
        ("T\n#a\n[ko] 노트", 4, "[ko] with no title before it"),
    ],
)
def test_contradiction_is_an_error_with_its_line(text, line, reason):
    problem = next(problem for problem in parse_seed(DATE + text).problems if problem.severity == "error")
    assert problem.line == line
    assert reason in problem.reason


@pytest.mark.parametrize("title", ["#InsTag: Tagging", "$\\mathcal{X}$-former", "#1 in class", "Foo (Bar)", "(Re)Think", "1-bit LLMs", "3D Gaussian (2024)", "Let's Verify.", "한국어 제목", "[foo] bar", "What?"])  # fmt: skip
def test_title_with_odd_characters_is_a_title(title):
    assert read(f"{title}\n(Ann Lee)\n노트\n#a\n{title} 2\n노트\n#b")[0] == entry(
        title, ("Ann Lee",), ko="노트", tags=("a",)
    )


def test_title_like_a_tag_with_authors_below_is_a_title():
    assert [row.title for row in read("T\n노트\n#a\n#InsTag\n(Ann Lee, Bo Li)\n노트\n#b")] == ["T", "#InsTag"]


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("#a #b", ("a", "b")),
        ("#c++ #c# #비디오-생성", ("c++", "c#", "비디오-생성")),
        ("#llm, #moe,", ("llm", "moe")),
        ("#a#b #c#", ("a", "b", "c#")),
        ("#c##b", ("c#", "b")),
        ("#LLM #llm #Moe", ("LLM", "Moe")),
        ("\u200b#l\u200blm\u200b  #moe", ("llm", "moe")),
        (unicodedata.normalize("NFD", "#비디오"), ("비디오",)),
        ("#🎉", ("🎉",)),
        ("#a\n#b", ("a", "b")),
    ],
)
def test_tags_line_is_read(line, tags):
    assert parse_seed(DATE + f"T\n노트\n{line}").digest.entries == (entry("T", ko="노트", tags=tags),)


@pytest.mark.parametrize("line", ["# Heading", "#a b", "## #", "#, #.", "a #b"])
def test_tags_line_look_alike_is_text(line):
    assert read(f"T\n노트\n{line}\n#a") == [entry("T", ko="노트", en=line, tags=("a",))]


def test_second_tags_line_is_reported():
    assert findings(DATE + "T\n노트\n#a\n#b\nU\n(Ann Lee)\n#c") == [(5, "warning")]


def test_abstract_split_by_links_is_joined():
    text = "T\n(Ann Lee)\nCode at\nhttps://x.org\n, page (\nhttps://y.org\n) and more\nhttps://z.org\n.\n노트\n#a"
    abstract = "Code at https://x.org, page (https://y.org) and more https://z.org."
    assert read(text) == [entry("T", ("Ann Lee",), abstract, "노트", "", ("a",))]


def test_latin_lines_go_to_the_note_they_stand_in():
    text = "T\n노트입니다.\nhttps://x.org\n다시 노트:\n- GPT\n- Claude\n- 모델\nhttps://y.org\nIn English.\nhttps://z.org\n#a"
    ko = "노트입니다.\n\nhttps://x.org\n\n다시 노트:\n\n- GPT\n- Claude\n- 모델\n\nhttps://y.org"
    assert read(text) == [entry("T", ko=ko, en="In English.\n\nhttps://z.org", tags=("a",))]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("T\n#a", [entry("T", tags=("a",))]),
        ("T\n#", [entry("T")]),
        ("T\n(Ann Lee)\n노트", [entry("T", ("Ann Lee",), ko="노트")]),
        ("T\n노트\n#\nU\n노트\n#b", [entry("T", ko="노트"), entry("U", ko="노트", tags=("b",))]),
        ("T\n[ko] In Latin.\n[en] An 배치 note.\n#a", [entry("T", ko="In Latin.", en="An 배치 note.", tags=("a",))]),
        ("[title] #a\n[author] A, B)\n[abstract] 가\n[ko] - a\n[ko]   - b\n[tag] a#b\n#", [entry("#a", ("A, B)",), "가", "- a\n  - b", "", ("a#b",))]),
        ("T\n노트\n[title] U\n노트\n#a", [entry("T", ko="노트"), entry("U", ko="노트", tags=("a",))]),
        ("T\n[en] [en] #a #b\n[en] 2024-10-30\n#", [entry("T", en="[en] #a #b\n\n2024-10-30")]),
    ],
)  # fmt: skip
def test_entry_of_few_parts_or_with_labels_is_read(text, rows):
    assert read(text) == rows


def test_border_without_tags_is_the_line_before_the_names():
    first, second = read(FULL + "Title B of Things\n\n(Cy Park, Di Oh)\nAbs.\n노트\n#b")
    assert first == entry(
        "Title A: A Study", ("Ann Lee", "Bo Li"), "An abstract.", "한국어 문단입니다.", "An English note."
    )
    assert second == entry("Title B of Things", ("Cy Park", "Di Oh"), "Abs.", "노트", "", ("b",))


@pytest.mark.parametrize(
    "line",
    ["(The paper says so.)", "(https://x.org)", "(see the appendix for the proof)", "(이 부분은 좋습니다.)"],
)
def test_parenthesis_in_a_note_opens_no_entry(line):
    assert len(parse_seed(DATE + FULL + line + "\n#a").digest.entries) == 1
    assert read(
        f"T\n노트입니다.\n{line}\n노트입니다.\n#a"
        if "이" in line or "x.org" in line
        else FULL + line + "\n#a"
    )


@pytest.mark.parametrize(
    ("text", "line", "titles"),
    [
        (FULL + "(GPT-4, Claude)\n#a", 7, ["Title A: A Study"]),
        (FULL + "(OpenAI)\n#a", 7, ["Title A: A Study"]),
        (FULL + "Next Title\n(Yann LeCun)\n노트\n#a", 7, ["Title A: A Study", "Next Title"]),
        (FULL + "Title Two\n둘째 노트입니다.\n#b", 7, ["Title A: A Study", "Title Two"]),
        (FULL + "Title Two\nTitle Two\n(Ann Lee, Bo Li)\n노트", 7, ["Title A: A Study", "Title Two"]),
        ("T\n노트입니다.\nTitle Two", 4, ["T"]),
        (FULL + "Title Two\nThe second note.\n#b", 7, ["Title A: A Study"]),
        ("T\n노트입니다.\nLatin between\n다시 노트\n#a", 4, ["T"]),
        ("T\n노트입니다.\n\nTitle Two\n둘째 노트입니다.\n#b", 5, ["T"]),
        ("T\n노트입니다.\n둘째 제목\n둘째 노트입니다.\n#b", 4, ["T"]),
        ("T\nTitle Two\n노트입니다.\n#b", 3, ["T"]),
        ("T\n(Ann Lee)\nAbstract.\nTitle Two\n노트입니다.\n#b", 5, ["T"]),
        ("T\n#a\n남은 문장입니다.\nU\n(Ann Lee, Bo Li)\n#b", 4, ["T", "남은 문장입니다.", "U"]),
        ("T", 2, ["T"]),
        ("T\n(Ann Lee)", 2, ["T"]),
        ("T\n(Ann Lee)\nAn abstract.\nA note.\n#a", 4, ["T"]),
        ("T\nA note.\n#a", 3, ["T"]),
    ],
)
def test_uncertain_border_or_field_is_reported_with_its_line(text, line, titles):
    outcome = parse_seed(DATE + text)
    assert [(problem.line, problem.severity) for problem in outcome.problems] == [(line, "warning")]
    assert [row.title for row in outcome.digest.entries] == titles


def test_entry_without_korean_has_the_first_paragraph_as_abstract():
    rows = parse_seed(DATE + "T\n(Ann Lee)\nSee\nhttps://x.org\n.\nA note.\nMore.\n#a").digest.entries
    assert rows == (entry("T", ("Ann Lee",), "See https://x.org.", "", "A note.\n\nMore.", ("a",)),)
    rows = parse_seed(DATE + "T\nA note.\nMore.\n#a").digest.entries
    assert rows == (entry("T", (), "", "", "A note.\n\nMore.", ("a",)),)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("T" * (MAX_TITLE + 1) + "\n#a", 2),
        ("T\n(" + "A" * (MAX_AUTHOR + 1) + ")\n#a", 3),
        ("T\n(" + "Ann Lee, " * MAX_AUTHORS + "Bo Li)\n#a", 3),
        ("T\n(Ann Lee)\n" + "a" * (MAX_ABSTRACT + 1) + "\n노트\n#a", 4),
        ("T\n" + "가" * (MAX_NOTE + 1) + "\n#a", 3),
        ("T\n노트\n" + "a" * (MAX_NOTE + 1) + "\n#a", 4),
        ("T\n노트\n#" + "a" * (MAX_TAG + 1), 4),
        ("T\n노트\n#" + " #".join(map(str, range(MAX_TAGS + 1))), 4),
        ("T\n노트\n" + "a" * (MAX_LINE + 1) + "\n#a", 4),
        ("T\n노트\na" + "\u0301" * 250 + "\n#a", 4),
        ("T\n#a\n" * (MAX_ENTRIES + 1), 2 + 2 * MAX_ENTRIES),
        ("\n" * MAX_LINES, MAX_LINES + 1),
    ],
)
def test_field_over_its_limit_is_an_error_with_its_line(text, line):
    assert (line, "error") in findings(DATE + text)


@pytest.mark.parametrize("data", [b"x" * (MAX_FILE_BYTES + 1), "가" * (MAX_FILE_BYTES // 3 + 1)])
def test_file_over_its_limit_is_an_error(data):
    assert "the file is over 2,000,000 bytes" in reasons(data)


def test_every_problem_is_reported_up_to_twenty_sorted_by_line():
    problems = parse_seed("2024.10.30\n" + "T\n(Ann Lee\n#a\n" * 30).problems
    assert [problem.line for problem in problems[:20]] == [1, *range(3, 60, 3)]
    assert "and 11 more" in problems[20].reason
    assert len(problems) == 21


def test_problem_quotes_no_control_character_and_no_long_text():
    text = (
        DATE
        + "("
        + "Ann Lee, Bo\x1b Li, " * 50
        + ")\nT\n(see \x07 appendix"
        + " x" * 200
        + ")\n"
        + "- \x9f" * 90
    )
    assert all(p.reason.isprintable() and len(p.reason) < 200 for p in parse_seed(text).problems)
