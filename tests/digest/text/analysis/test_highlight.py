"""Hits are marked in the original text, and snippets show the place with the most of them."""

import time
import unicodedata
from itertools import pairwise

import pytest

from digest.text.analysis.analyze import MECAB
from digest.text.analysis.highlight import ELLIPSIS, hits, marked, snippet
from digest.text.analysis.query import Synonyms, parse_query


def shown(text: str, query: str, **options) -> str:
    return brackets(marked(text, parse_query(query, **options)))


def brackets(pieces: list[tuple[str, bool]]) -> str:
    return "".join(f"[{piece}]" if hit else piece for piece, hit in pieces)


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("배치 크기를 줄였습니다.", "배치 크기", "[배치] [크기]를 줄였습니다."),
        ("배치 크기를 줄였습니다.", "줄이는", "배치 크기를 [줄였]습니다."),
        ("Petar Veličković et al.", "velickovic", "Petar [Veličković] et al."),
        ("Scaling laws and scales", "scale", "[Scaling] laws and [scales]"),
        ("LLMs와 LLM", "llm", "[LLMs]와 [LLM]"),
        ("상호작용이 있다", "작용", "[상호작용]이 있다"),
        ("모델 크기와 모델", "모델크기", "[모델] [크기]와 모델"),
        ("고주파수 차원", "주파수", "[고주파수] 차원"),
        ("batch size, size of a batch", '"batch size"', "[batch] [size], size of a batch"),
        ("pretraining and pre-training", "pretraining", "[pretraining] and [pre]-training"),
        ("(https://arxiv.org/abs/2408.16357)에서", "2408.16357", "([https://arxiv.org/abs/2408.16357])에서"),
        ("an average of RAG", "rag", "an average of [RAG]"),
        ("reward, moe", "reward -moe", "[reward], moe"),
        ("에이전트는 이전", "이전", "에이전트는 [이전]"),
        ("nothing", "else", "nothing"),
        ("", "else", ""),
    ],
)
def test_marks(text, query, expected):
    assert shown(text, query) == expected


def test_other_forms_of_the_term_table_are_marked():
    assert (
        shown("a batch size of 8", "배치 크기", synonyms=Synonyms([["배치 크기", "batch size"]]))
        == "a [batch] [size] of 8"
    )


def test_decomposed_text_is_marked_as_it_stands():
    text = unicodedata.normalize("NFD", "배치 크기를 Veličković는")
    pieces = marked(text, parse_query("크기 velickovic"))
    assert "".join(piece for piece, _hit in pieces) == text
    assert [unicodedata.normalize("NFC", piece) for piece, hit in pieces if hit] == ["크기", "Veličković"]


def test_pieces_are_the_text():
    text = "½ ﬁne 각\u1100\u1161 é e\u0301 GPT-3.5보다"
    assert "".join(piece for piece, _hit in marked(text, parse_query("fine 1 gpt 각"))) == text


def test_hits_do_not_overlap():
    text = "상호작용 batch size batch size"
    spans = hits(text, parse_query('상호 작용 "batch size" batch'))
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_short_text_is_its_own_snippet():
    assert brackets(snippet("배치  크기를\n줄였다", parse_query("크기"))) == "배치 [크기]를 줄였다"


def test_snippet_shows_the_most_hits_and_says_what_it_left_out():
    text = "alpha " * 60 + "batch " + "beta " * 60 + "batch size of a batch " + "gamma " * 60
    pieces = snippet(text, parse_query("batch size"))
    assert pieces[0] == pieces[-1] == (ELLIPSIS, False)
    assert [piece for piece, hit in pieces if hit] == ["batch", "size", "batch"]
    assert 80 < sum(len(piece) for piece, _hit in pieces) <= 190


def test_snippet_without_a_hit_is_the_beginning():
    pieces = snippet("alpha " * 100, parse_query("batch"))
    assert brackets(pieces).startswith("alpha alpha")
    assert pieces[-1] == (ELLIPSIS, False)


def test_snippet_ends_at_the_end_of_the_text():
    pieces = snippet("alpha " * 100 + "batch", parse_query("batch"))
    assert pieces[-1] == ("batch", True)


def test_snippet_of_text_without_spaces_is_short_and_shows_the_hit():
    text = "가나다라마바사。" * 100 + "batch" + "。아자차카" * 100
    pieces = snippet(text, parse_query("batch"))
    assert ("batch", True) in pieces
    assert len(brackets(pieces)) < 200


def test_snippet_of_one_endless_word_is_short():
    assert len(brackets(snippet("x" * 20_000, parse_query("x" * 64)))) < 200


def test_marks_by_dictionary():
    pytest.importorskip("MeCab")
    assert (
        brackets(marked("국소방언을 찾는다", parse_query("방언", engine=MECAB), MECAB))
        == "국소[방언]을 찾는다"
    )


@pytest.mark.parametrize("word", ["배치 크기를 줄였습니다 ", "a-", "e\u0301", "가", "프리트레이닝된 "])
def test_a_long_note_takes_less_than_a_second(word):
    text = (word * 20_000)[:20_000]
    query = parse_query("배치 크기 모델크기 줄이다 pre-training 프리트레이닝 a e 가 상호작용 학습량")
    begun = time.process_time()
    snippet(text, query)
    assert time.process_time() - begun < 1
