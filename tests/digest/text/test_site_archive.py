import datetime
import json

import pytest

from digest.text.site_archive import TABLES, Unfit, moment_text, read_line, seed_name, write_line

UTC = datetime.UTC
ENTRY = {
    "id": 7,
    "date": "2024-10-30",
    "position": 1,
    "paper": 3,
    "source_language": "ko",
    "publish_at": "2024-10-29T15:00:00Z",
    "unpublish_at": None,
    "changed_at": "2024-10-31T01:02:03.000004Z",
    "tags": ["scaling-law"],
    "notes": {"ko": "노트\u2028둘째 줄"},
    "references": {"ko": [4, 5]},
}


def read(**changes):
    return read_line(json.dumps(ENTRY | changes).encode(), TABLES["entries"])


def test_a_line_comes_back_as_it_was_written():
    found = read_line(write_line(ENTRY), TABLES["entries"])
    assert write_line(ENTRY).count(b"\n") == 1
    assert found == ENTRY | {
        "date": datetime.date(2024, 10, 30),
        "publish_at": datetime.datetime(2024, 10, 29, 15, tzinfo=UTC),
        "changed_at": datetime.datetime(2024, 10, 31, 1, 2, 3, 4, tzinfo=UTC),
    }
    assert [moment_text(found[name]) for name in ("publish_at", "unpublish_at", "changed_at")] == [
        ENTRY[name] for name in ("publish_at", "unpublish_at", "changed_at")
    ]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": "7"}, ".id: a whole number from 1 is due, not a text"),
        ({"id": True}, ".id: a whole number from 1 is due, not true or false"),
        ({"id": 0}, ".id: a whole number from 1 is due, not 0"),
        ({"id": 7.0}, ".id: a whole number from 1 is due, not 7"),
        ({"id": 10**18}, ".id: a whole number from 1 is due, not 1000000000000000000"),
        ({"id": 10**4000}, ".id: a whole number from 1 is due, not a number far too large"),
        ({"date": "2024-02-30"}, ".date: a date such as 2024-10-30 is due"),
        ({"date": "20241030"}, ".date: a date such as 2024-10-30 is due"),
        ({"date": None}, ".date: a date such as 2024-10-30 is due"),
        ({"publish_at": "2024-10-29 15:00"}, ".publish_at: a moment such as 2024-10-30T00:00:00Z is due"),
        ({"publish_at": "2024-10-29T25:00:00Z"}, ".publish_at: there is no such moment"),
        ({"publish_at": None}, ".publish_at: a text is due, not null"),
        ({"source_language": "fr"}, '.source_language: "ko" or "en" is due'),
        ({"source_language": ["ko"]}, '.source_language: "ko" or "en" is due'),
        ({"tags": "moe"}, ".tags: a list is due, not a text"),
        ({"tags": ["moe", 1]}, ".tags[1]: a text is due, not 1"),
        ({"tags": [""]}, ".tags[0]: the text is empty"),
        ({"notes": {}}, '.notes: an object with "ko", "en" or both is due'),
        ({"notes": {"fr": "x"}}, '.notes: an object with "ko", "en" or both is due'),
        ({"notes": {"ko": ""}}, ".notes.ko: the text is empty"),
        ({"notes": {"ko": "a\x0bb"}}, ".notes.ko: character U+000B at position 2 cannot be stored"),
        ({"notes": {"ko": "\ud800"}}, ".notes.ko: character U+D800 at position 1 cannot be stored"),
        ({"references": {"fr": []}}, '.references: an object with "ko", "en", both or none is due'),
        ({"references": {"ko": [0]}}, ".references.ko[0]: a whole number from 1 is due, not 0"),
        ({"extra": 1}, "'extra' is not known"),
    ],
)
def test_what_does_not_have_its_shape_is_named(changes, reason):
    with pytest.raises(Unfit) as error:
        read(**changes)
    assert str(error.value) == reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"", "not JSON: Expecting value: line 1 column 1 (char 0)"),
        (b"[]", "an object is due, not a list"),
        (b'{"id":1}', "'changed_at' is missing"),
        (b'{"id":1,"id":2}', "'id' stands twice in one object"),
        (b'{"id":NaN}', "NaN is not a number"),
        (b'{"id":"\xff"}', "byte 8 of the line is not UTF-8"),
        (b'{"id":\xff', "byte 7 of the line is not UTF-8"),
        ("{}".encode("utf-16"), "byte 1 of the line is not UTF-8"),
        (b"[" * 200_000, "too many brackets inside each other"),
        (b"1" * 5_000, "not JSON: Exceeds the limit (4300 digits)"),
    ],
)
def test_what_is_no_line_is_refused_in_one_sentence(line, reason):
    with pytest.raises(Unfit) as error:
        read_line(line, TABLES["entries"])
    assert str(error.value).startswith(reason)


@pytest.mark.parametrize("value", [-0.1, 1e9, True, "1", None])
def test_a_part_of_a_score_is_a_sensible_number(value):
    line = {"paper": 1, "related": [{"paper": 2, "tags": value, "mentions": 0, "text": 0.5}]}
    with pytest.raises(Unfit, match=r"^\.related\[0\]\.tags: a number from 0 to 1000 is due"):
        read_line(json.dumps(line).encode(), TABLES["related"])


@pytest.mark.parametrize("name", ["a.txt", "2024/10/a b (1).txt", "000_dbb4.txt", "노트.txt", "x.y.txt"])
def test_usual_names_of_seeds_are_kept(name):
    assert seed_name(name) == name


@pytest.mark.parametrize(
    "name",
    ["", ".txt", "a", "a.md", "/a.txt", "../a.txt", "a/../b.txt", "a//b.txt", "./a.txt", "a\\b.txt", "C:a.txt",
     "a\nb.txt", "a\x00.txt", "a./b.txt", "a /b.txt", " a.txt", ".hidden.txt", "x" * 252 + ".txt",
     "a/" * 11 + "b.txt", "a.txt/", "a.txt\n", "con?.txt"],
)  # fmt: skip
def test_names_that_could_mean_another_place_are_not(name):
    assert seed_name(name) is None
