"""Did-you-mean offers what is near, and nothing for short words."""

import time

import pytest

from digest.text.analysis.distance import distance, may_be_near, near, slips, slow_distance, spelling

WORDS = [
    "alignment",
    "transformer",
    "perplexity",
    "hallucination",
    "diffusion",
    "agent",
    "rate",
    "image",
    "average",
    "vision",
]
WORDS += [
    "스케줄",
    "임베딩",
    "프리트레이닝",
    "할루시네이션",
    "이야기",
    "지도학습",
    "정확도",
    "가이드",
    "velickovic",
]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("alignmnet", "alignment"),
        ("Transfomer", "transformer"),
        ("perplexty", "perplexity"),
        ("diffussion", "diffusion"),
        ("hallucinaton", "hallucination"),
        ("Veličkovich", "velickovic"),
        ("agnet", "agent"),
        ("스케쥴", "스케줄"),
        ("임배딩", "임베딩"),
        ("프리트래이닝", "프리트레이닝"),
        ("할루시내이숀", "할루시네이션"),
    ],
)
def test_a_mistyped_word_finds_the_one_meant(word, meant):
    assert near(word, WORDS)[:1] == [meant]


@pytest.mark.parametrize(
    "word",
    [
        "RAG",
        "ViT",
        "기도",
        "수도",
        "MoE",
        "GAN",
        "LoRA",
        "rat",
        "이미",
        "2408",
        "gpt4",
        "LR스케줄",
        "",
        "x" * 500,
    ],
)
def test_a_short_word_or_a_number_is_never_corrected(word):
    assert slips(word) == 0
    assert near(word, [*WORDS, "rats", "rag", "vits", "기드", "이마", "gpt5"]) == []


def test_a_word_is_no_correction_of_itself():
    assert near("Alignment", WORDS) == []


def test_the_nearest_comes_first_and_then_the_alphabet():
    assert near("models", ["mordels", "modals", "model", "modeling", "modells"]) == [
        "modals",
        "model",
        "modells",
    ]


@pytest.mark.parametrize(("word", "count"), [("agent", 1), ("agents", 2), ("스케줄", 1), ("프리트레이닝", 2)])
def test_longer_words_may_have_two_slips(word, count):
    assert slips(word) == count


def test_korean_counts_by_jamo():
    assert distance(spelling("스케쥴"), spelling("스케줄"), 2) == 1


@pytest.mark.parametrize(
    ("left", "right", "away"),
    [
        ("ab", "ba", 1),
        ("abc", "abc", 0),
        ("abc", "abd", 1),
        ("abc", "abcd", 1),
        ("ca", "abc", 3),
        ("", "ab", 2),
    ],
)
def test_both_distances_agree(left, right, away):
    assert slow_distance(left, right, 3) == away
    assert distance(left, right, 3) == away


def test_both_distances_agree_on_any_words():
    hypothesis = pytest.importorskip("hypothesis")
    words = hypothesis.strategies.text("abc", max_size=8)

    @hypothesis.settings(max_examples=200, deadline=None)
    @hypothesis.given(words, words)
    def check(left, right):
        assert min(slow_distance(left, right, 2), 3) == min(distance(left, right, 2), 3)

    check()


def test_candidates_begin_alike_and_are_about_as_long():
    assert may_be_near("agent", "agents")
    assert not may_be_near("agent", "event")
    assert not may_be_near("agent", "agentful")


def test_twenty_thousand_candidates_take_less_than_half_a_second(monkeypatch):
    monkeypatch.setattr("digest.text.analysis.distance._fast_distance", None)
    words = [f"a{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{n}ment" for n in range(20_000)]
    begun = time.process_time()
    near("alignmnet", words)
    assert time.process_time() - begun < 0.5
