"""A query is kept as words; what could name a person or open a door is not."""

import pytest

from digest.text.lost_queries import clean_query


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  양자\u00a0컴퓨터\n오류 정정 ", "양자 컴퓨터 오류 정정"),
        ("minji@example.org rlhf", "rlhf"),
        ("mail to a.b+c@x.co.kr", "mail to"),
        ("@handle moe", "moe"),
        ("010-1234-5678", ""),
        ("+82 (10) 1234 5678 김민지", "김민지"),
        ("880101-1234567", ""),
        ("4111 1111 1111 1111 card", "card"),
        ("batch 65536", "batch 65536"),
        ("id 1234567", "id"),
        ("2408.16357", "2408.16357"),
        ("2499.16357", ""),
        ("llama 3.1 405b 2024", "llama 3.1 405b 2024"),
        ("https://example.org/reset?token=1 attention", "attention"),
        ("www.example.org/private", ""),
        ("sk-proj-a8f3K29dPq0LmZ7", ""),
        ("ghp_16C7e42F292c6912E7710c838347Ae178B4a", ""),
        ("x\0y\u202ez", "x y z"),
        ("mixture-of-experts-models", "mixture-of-experts-models"),
        ("", ""),
    ],
)
def test_what_is_kept(typed, kept):
    assert clean_query(typed) == kept


def test_what_is_kept_is_short():
    assert clean_query("한글 " * 1000) == ("한글 " * 67)[:200].strip()
    assert len(clean_query("가 " * 10_000)) <= 200
