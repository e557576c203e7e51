"""What each line of a seed was taken for, told by the parse itself."""

from pathlib import Path

import pytest

from digest.text.seed_roles import line_roles
from digest.text.seed_rows import Role
from digest.text.seeds import MAX_FILE_BYTES, MAX_LINES, parse_seed

SEEDS = sorted((Path(__file__).resolve().parents[3] / "seeds").glob("*.txt"))


def roles(text):
    return [str(line.role) for line in line_roles(text)[0]]


def test_every_part_of_an_entry_has_its_role():
    text = """2024-10-30

First Paper
(Ann Lee, Bo Li)
An abstract.
https://example.org
첫 노트.

English note.
#moe
Second Paper
#
"""
    assert roles(text) == [
        *("date", "blank", "title", "authors", "abstract", "abstract", "ko", "blank", "en", "tags"),
        *("title", "end", "blank"),
    ]


def test_labelled_lines_have_the_role_of_their_label():
    text = "2024-10-30\n[title] #T\n[author] Ann Lee\n[author] Bo Li\n[abstract] A.\n[ko] 가.\n[en] B.\n[tag] c++\n#"
    assert roles(text) == ["date", "title", "authors", "authors", "abstract", "ko", "en", "tags", "end"]


def test_several_tag_lines_are_all_tags():
    assert roles("2024-10-30\nTitle One\n노트입니다.\n#a\n#b") == ["date", "title", "ko", "tags", "tags"]


def test_line_that_opens_the_next_entry_is_its_title_and_no_longer_text():
    text = "2024-10-30\nFirst Paper\n첫 노트.\nSecond Paper\n(Ann Lee, Bo Li, Cy Kim)\n둘째 노트.\n#moe"
    lines, outcome = line_roles(text)
    assert [str(line.role) for line in lines] == ["date", "title", "ko", "title", "authors", "ko", "tags"]
    assert [entry.title for entry in outcome.digest.entries] == ["First Paper", "Second Paper"]


def test_line_that_nothing_came_from_is_a_problem_and_carries_the_reason():
    lines, outcome = line_roles("2024-10-30\n(Ann Lee, Bo Li)\nTitle\n노트.\n#a\n2024-11-01")
    assert outcome.digest is None
    assert [(line.number, str(line.role), len(line.problems)) for line in lines if line.problems] == [
        (2, "problem", 1),
        (6, "problem", 1),
    ]
    assert lines[5].problems[0].reason.startswith("a second date")


def test_doubt_stands_beside_a_line_that_keeps_its_role():
    (line,) = [line for line in line_roles("2024-10-30\nTitle\nOnly English.\n#a")[0] if line.problems]
    assert (line.number, line.role, line.problems[0].severity) == (3, Role.EN, "warning")


def test_wrong_date_is_a_problem_of_its_line():
    assert roles("2024-13-45\nTitle\n노트.\n#a")[0] == "problem"


def test_bytes_that_are_no_utf_8_are_named_by_line():
    lines, _outcome = line_roles(b"2024-10-30\nTitle\n\xbf\xc0\n#a")
    assert lines[2].problems[0].reason.startswith("byte 0xBF is not UTF-8")


def test_bom_and_crlf_are_not_part_of_a_line():
    lines, _outcome = line_roles(b"\xef\xbb\xbf2024-10-30\r\nTitle\r\n#")
    assert [line.text for line in lines] == ["2024-10-30", "Title", "#"]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_roles_agree_with_the_entries_of_every_real_seed(path):
    lines, outcome = line_roles(path.read_bytes())
    assert outcome == parse_seed(path.read_bytes())
    taken = {role: [line.number for line in lines if line.role == role] for role in Role}
    entries = outcome.digest.entries
    assert taken[Role.TITLE] == [entry.line for entry in entries]
    assert taken[Role.PROBLEM] == []
    for role in (Role.AUTHORS, Role.ABSTRACT, Role.KO, Role.EN, Role.TAGS):
        first = [entry.lines[role] for entry in entries if role in entry.lines]
        assert set(first) <= set(taken[role])
        assert len(first) <= len(taken[role])


@pytest.mark.parametrize(
    "data", ["", "\n\n", "x" * (MAX_FILE_BYTES + 1), "\n" * (MAX_LINES + 5), b"\xff" * 10, "\x00"]
)
def test_any_text_has_lines_and_no_problem_is_lost(data):
    lines, outcome = line_roles(data)
    assert lines
    assert sum(len(line.problems) for line in lines) == len(outcome.problems) > 0
