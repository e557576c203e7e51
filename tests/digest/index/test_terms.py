import pytest

from digest.index.terms import MAX_TERM, author_facts, facts_of, sendable, stored, tag_fact
from digest.text.analysis.query import Filters


@pytest.mark.parametrize(
    "term",
    [
        "batch",
        "c++",
        "c#",
        "1.5b",
        "don't",
        "arxiv:2408.16357",
        "arxiv:hep-th/9901001",
        "_v줄이",
        "_g배치",
        "배치",
    ],
)
def test_terms_of_the_analyzer_are_stored_as_they_are(term):
    assert stored(term) == term


@pytest.mark.parametrize(
    ("term", "safe"),
    [
        ('a"b', "a_b"),
        ("a b", "a_b"),
        ("a\0b", "a_b"),
        ("a\\b", "a_b"),
        ("A*", "a_"),
        ("\ud800", "?"),
        ("x" * 300, "x" * MAX_TERM),
    ],
)
def test_anything_else_is_one_safe_token(term, safe):
    assert stored(term) == safe


def test_facts_never_meet_words():
    assert tag_fact("mixture of") == "=tag-mixture_of"
    assert author_facts(["jane", "doe"]) == ("@jane", "@doe")
    filters = Filters(
        tags=("moe",), not_tags=("x",), authors=(("jane", "doe"),), author_ids=(7,), languages=("ko", "en")
    )
    assert facts_of(filters) == [("=tag-moe",), ("=author-7",), ("@jane", "@doe")]


def test_words_lose_only_what_no_database_takes():
    assert sendable("스케\0줄\ud800 A") == "스케줄? A"
