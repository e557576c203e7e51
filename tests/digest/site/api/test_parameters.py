"""How each kind of parameter reads a text: what it means, and that anything else is no value."""

import datetime

import pytest

from digest.site.api import parameters as p

UTC = datetime.UTC


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (p.number(), "1", 1),
        (p.number(), "999999999999999999", 10**18 - 1),
        (p.number(), "1000000000000000000", None),
        (p.number(), "0", None),
        (p.number(), "01", None),
        (p.number(), "+1", None),
        (p.number(), "1.0", None),
        (p.number(), "١", None),
        (p.number(), "", None),
        (p.number(1, 100), "100", 100),
        (p.number(1, 100), "101", None),
        (p.choice(("a", "b")), "b", "b"),
        (p.choice(("a", "b")), "B", None),
        (p.choice(("a", "b")), "", None),
        (p.some_of(("a", "b")), "b,a,b", ["b", "a"]),
        (p.some_of(("a", "b")), "a,", None),
        (p.some_of(("a", "b")), "a,c", None),
        (p.text(3), "abc", "abc"),
        (p.text(3), "abcd", None),
        (p.text(3), "", None),
        (p.text(3), "a\x00b", "a\ufffdb"),
        (p.text(3), "\ud800", "\ufffd"),
        (p.yes_no(), "true", True),
        (p.yes_no(), "false", False),
        (p.yes_no(), "True", None),
        (p.yes_no(), "1", None),
        (p.day(), "2024-10-30", datetime.date(2024, 10, 30)),
        (p.day(), "2024-02-30", None),
        (p.day(), "20241030", None),
        (p.day(), "0000-01-01", None),
        (p.month(), "2024-10", datetime.date(2024, 10, 1)),
        (p.month(), "2024-13", None),
        (p.month(), "0999-01", None),
        (p.moment(), "2024-10-30T09:00:00Z", datetime.datetime(2024, 10, 30, 9, tzinfo=UTC)),
        (p.moment(), "2024-10-30t09:00:00z", datetime.datetime(2024, 10, 30, 9, tzinfo=UTC)),
        (p.moment(), "2024-10-30T09:00:00+09:00", datetime.datetime(2024, 10, 30, tzinfo=UTC)),
        # A plus that was not encoded is a space by now.
        (p.moment(), "2024-10-30T09:00:00 09:00", datetime.datetime(2024, 10, 30, tzinfo=UTC)),
        (p.moment(), "2024-10-30T09:00:00.5Z", datetime.datetime(2024, 10, 30, 9, 0, 0, 500_000, UTC)),
        (
            p.moment(),
            "2024-10-30T09:00:00.123456789Z",
            datetime.datetime(2024, 10, 30, 9, 0, 0, 123_456, UTC),
        ),
        (p.moment(), "0001-01-01T00:00:00+09:00", datetime.datetime(1, 1, 1, tzinfo=UTC)),
        (p.moment(), "9999-12-31T23:59:59-09:00", datetime.datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        (p.moment(), "2024-10-30T09:00:00", None),
        (p.moment(), "2024-10-30T25:00:00Z", None),
        (p.moment(), "2024-10-30", None),
        (p.arxiv(), "2408.16357", "2408.16357"),
        (p.arxiv(), "2408.16357v2", "2408.16357"),
        (p.arxiv(), "cs/0701001", "cs/0701001"),
        # In form an id, and of no archive there is: a value that nothing has.
        (p.arxiv(), "zz/9901001", "zz/9901001"),
        (p.arxiv(), "2408.163", None),
        (p.arxiv(), "https://arxiv.org/abs/2408.16357", None),
        (p.arxiv(), "", None),
    ],
)
def test_a_text_is_read_or_is_no_value(kind, text, value):
    assert kind["read"](text) == value
    assert type(kind["read"](text)) is type(value)


def test_every_kind_says_what_it_expects_in_both_languages():
    kinds = [
        p.number(),
        p.choice("ab"),
        p.some_of("ab"),
        p.text(9),
        p.yes_no(),
        p.day(),
        p.month(),
        p.moment(),
        p.arxiv(),
    ]
    for kind in kinds:
        assert kind["expected"].en.isascii()
        assert any("가" <= letter <= "힣" for letter in kind["expected"].ko)
