"""Text into terms: scripts, hyphens, identifiers, formulas; equal terms for equal characters; never slow."""

import time
import unicodedata

import pytest

from digest.text.analysis.analyze import Token, analyze
from tests.digest.text.seed_table import EXPECTED

N = 100_000
HOSTILE = {
    "accents": "é" * N,
    "accents apart": "e\u0301" * (N // 2),
    "endless marks": "e" + "\u0301" * N,
    "unsorted marks": "a" + "\u0301\u0316" * (N // 2),
    "one Korean word": "가" * N,
    "a Korean ending": "했었" * (N // 2),
    "hyphens": "a-" * (N // 2),
    "lone jamo": "ㄱㅏ" * (N // 2),
    "first jamo": "\u1100" * N,
    "syllables apart": "\u1100\u1161\u11a8" * (N // 3),
    "decimals": "1." * (N // 2),
    "thousands": "1,000," * (N // 6),
    "arXiv addresses": "arxiv.org/abs/" * (N // 14),
    "arXiv prefixes": "arxiv:a." * (N // 8),
    "almost ids": "1234.5678." * (N // 10),
    "archives": "cs/" * (N // 3),
    "apostrophes": "a'" * (N // 2),
    "backslashes": "\\" * N,
    "full width": "Ａ" * N,
    "ligatures": "\ufdfa" * N,
    "addresses": "https://" * (N // 8),
    "NUL": "a\0" * (N // 2),
    "surrogates": "\ud800" * N,
}


def mains(text: str) -> list[str]:
    return [token.main for token in analyze(text)]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("LR과 배치 크기를", ["lr", "배치", "크기"]),
        ("LLM에서는 scaling하는", ["llm", "scale"]),
        ("(FID)의 $x$는 “정렬”이라는", ["fid", "x", "정렬"]),
        ("이 모델", ["모델"]),
        ("pre-training", ["pre", "train"]),
        ("GPT-3.5보다 Qwen2.5", ["gpt", "3.5", "qwen2.5"]),
        ("1,000 and 1.4B", ["1000", "and", "1.4b"]),
        (r"\textbf{ProLong} $\rightarrow$", ["prolong"]),
        ("C++ and C#", ["c++", "and", "c#"]),
        ("end. 5.", ["end", "5"]),
        ("https://github.com/a-b/c_d", ["github", "com", "a", "b", "c", "d"]),
        ("이미지-텍스트", ["이미지", "텍스트"]),
        ("ㅋㅋ ㄱㅏ", []),
        ("", []),
    ],
)
def test_main_terms(text, terms):
    assert mains(text) == terms


@pytest.mark.parametrize(
    "text",
    [
        "2408.16357",
        "arXiv:2408.16357",
        "arXiv 2408.16357",
        "arxiv: 2408.16357v2",
        "https://arxiv.org/abs/2408.16357",
        "http://export.arxiv.org/pdf/2408.16357v1.pdf",
        "arxiv.org/html/2408.16357v3",
        "(https://arxiv.org/abs/2408.16357)에서",
    ],
)
def test_arxiv_id_in_any_form_is_one_term(text):
    assert mains(text) == ["arxiv:2408.16357"]


def test_old_arxiv_id_is_one_term():
    assert mains("math.GT/0309136 cs/0701001") == ["arxiv:math.gt/0309136", "arxiv:cs/0701001"]


def test_number_that_is_no_id_is_a_number():
    assert mains("9999.99999 2408.163578") == ["9999.99999", "2408.163578"]


def test_hyphened_word_also_answers_to_the_whole():
    assert analyze("pre-training") == [Token(0, 3, "pre", ("pretrain",)), Token(4, 12, "train")]


def test_places_are_those_of_the_original():
    text = unicodedata.normalize("NFD", "각 Veličković는 배치를")
    assert [unicodedata.normalize("NFC", text[t.start : t.end]) for t in analyze(text)] == [
        "각",
        "Veličković",
        "배치",
    ]


def test_place_of_a_sign_that_is_several_characters():
    assert [(t.start, t.end) for t in analyze("a ½ b")] == [(0, 1), (2, 3), (2, 3), (4, 5)]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("engine", ["rules", "mecab"])
def test_hostile_text_takes_less_than_a_second(text, engine):
    if engine == "mecab":
        pytest.importorskip("MeCab")
    begun = time.process_time()
    tokens = analyze(text, engine)
    assert time.process_time() - begun < 1
    assert max((len(term) for t in tokens for term in (t.main, *t.others)), default=0) <= 64


def test_seeds_have_equal_terms_in_every_normal_form():
    for _file, _date, entries in EXPECTED:
        for entry in entries:
            text = f"{entry['title']} {', '.join(entry['authors'])} {entry['ko']}"
            once = mains(unicodedata.normalize("NFC", text))
            assert mains(unicodedata.normalize("NFD", text)) == once
            assert mains(text.translate({c: c + 0xFEE0 for c in map(ord, "abcABC019")})) == once


def test_places_are_ordered_and_within_any_text():
    hypothesis = pytest.importorskip("hypothesis")
    alphabet = hypothesis.strategies.one_of(
        hypothesis.strategies.characters(),
        hypothesis.strategies.sampled_from("가각했ㄱㅏ\u1100\u1161\u0301eA1.,-'½ :/\\"),
    )

    @hypothesis.settings(max_examples=200, deadline=None)
    @hypothesis.given(hypothesis.strategies.text(alphabet, max_size=60))
    def check(text):
        tokens = analyze(text)
        assert all(0 <= t.start < t.end <= len(text) and t.main for t in tokens)
        assert [t.start for t in tokens] == sorted(t.start for t in tokens)
        assert analyze(text) == tokens

    check()


@pytest.mark.parametrize(
    "word",
    [
        "배치",
        "크기",
        "정확도",
        "학습량",
        "상호작용",
        "llm",
        "moe",
        "diffus",
        "2.5",
        "gpt4",
        "arxiv:2408.16357",
        "c++",
    ],
)
def test_a_term_is_its_own_term(word):
    assert mains(word) == [word]
