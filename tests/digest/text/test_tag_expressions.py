"""The small language of tag addresses."""

import itertools

import pytest

from digest.text.tag_expressions import (
    MAX_TERMS,
    Alternative,
    Expression,
    format_expression,
    narrowed,
    parse_expression,
    with_slugs,
)


class Same(dict):
    """Every tag is its own slug."""

    def __missing__(self, tag):
        return tag


def canonical(text):
    return format_expression(with_slugs(parse_expression(text), Same()))


@pytest.mark.parametrize(
    ("text", "alternatives"),
    [
        ("a", [Alternative(("a",))]),
        ("a+b", [Alternative(("a", "b"))]),
        ("a,b", [Alternative(("a",)), Alternative(("b",))]),
        ("a+-b", [Alternative(("a",), ("b",))]),
        ("-b+a", [Alternative(("a",), ("b",))]),
        ("a+b,c+-d", [Alternative(("a", "b")), Alternative(("c",), ("d",))]),
        (" MoE + - LLM ", [Alternative(("MoE",), ("LLM",))]),
        ("비디오-생성+a-b", [Alternative(("비디오-생성", "a-b"))]),
    ],
)
def test_an_expression_is_alternatives_of_terms(text, alternatives):
    assert parse_expression(text) == Expression(tuple(alternatives))


@pytest.mark.parametrize(
    "text", ["", " ", ",", "+", "a+", "+a", "a,,b", "a,", "c++", "-a", "-", "a,-b", "a+-", "-a+-b"]
)
def test_what_has_an_empty_term_or_only_excludes_is_none(text):
    assert parse_expression(text) is None


def test_eight_terms_are_the_most():
    assert parse_expression(",".join("abcdefgh")) is not None
    assert parse_expression("+".join("abcdefgh")) is not None
    assert parse_expression(",".join("abcdefghi")) is None
    assert parse_expression("a+b+c,d+e+f,g+h+-i") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("b+a", "a+b"),
        ("b,a", "a,b"),
        ("a+a", "a"),
        ("a,a", "a"),
        ("-c+b+-a", "b+-a+-c"),
        ("b+a,a+b", "a+b"),
        ("a+b,a", "a,a+b"),
        ("a+-b,a", "a,a+-b"),
        ("a+-a", "a+-a"),
    ],
)
def test_a_canonical_expression_has_one_order_and_no_repetition(text, expected):
    assert canonical(text) == expected


def test_every_order_of_terms_has_one_canonical_form_that_reads_back():
    spelled = {
        ",".join("+".join(terms) for terms in order)
        for order in itertools.permutations([("b", "a", "-c"), ("d",), ("c", "-a")])
    }
    assert {canonical(text) for text in spelled} == {"a+b+-c,c+-a,d"}
    assert canonical("a+b+-c,c+-a,d") == "a+b+-c,c+-a,d"


def test_slugs_replace_what_was_typed_and_then_repetition_goes():
    slugs = {"MoE": "moe", "mixture": "moe", "x": "y"}
    assert format_expression(with_slugs(parse_expression("mixture+MoE+-x"), slugs)) == "moe+-y"
    with pytest.raises(KeyError):
        with_slugs(parse_expression("MoE+unknown"), slugs)


@pytest.mark.parametrize(
    ("text", "empty"),
    [("a+-a", True), ("a+b+-a", True), ("a+-a,b", False), ("a+-a,b+-b", True), ("a+-b", False)],
)
def test_a_contradiction_is_seen_without_looking_at_any_row(text, empty):
    assert parse_expression(text).contradicts_itself is empty


def test_one_tag_alone_is_told_from_an_expression():
    assert parse_expression("a").single
    assert [parse_expression(text).single for text in ("a+b", "a,b", "a+-b")] == [False] * 3


@pytest.mark.parametrize(
    ("text", "excluded", "expected"),
    [("b", False, "a+b"), ("b", True, "b+-a"), ("b,c", False, "a+b,a+c"), ("b,c+-d", True, "b+-a,c+-a+-d")],
)
def test_narrowing_adds_a_condition_to_every_alternative(text, excluded, expected):
    assert format_expression(narrowed(parse_expression(text), "a", excluded=excluded)) == expected


def test_narrowing_stops_at_eight_terms():
    full = parse_expression("+".join("bcdefghi"))
    assert len(full.terms) == MAX_TERMS
    assert narrowed(full, "a") is None
    assert narrowed(parse_expression("b,c,d,e,f"), "a", excluded=True) is None
