"""What an index stores of an entry: streams in the order of the text, and further terms together."""

from dataclasses import astuple

import pytest

from digest.text.analysis.analyze import MECAB
from digest.text.analysis.documents import MAX_TERMS, TermDoc, surfaces, term_doc


def test_every_field_is_a_stream_of_main_terms():
    doc = term_doc(
        {
            "title": "Scaling Laws",
            "tags": "scaling-law",
            "authors": "Petar Veličković",
            "note_ko": "배치 크기를 줄였습니다",
            "note_en": "LLMs",
            "abstract": r"\textbf{x}",
        }
    )
    assert doc == TermDoc(
        title=("scale", "law"),
        tags=("scale", "law"),
        authors=("petar", "velickov"),
        note_ko=("배치", "크기", "_v줄이"),
        note_en=("llm",),
        abstract=("x",),
        extra=("scaling", "scaling", "scalinglaw"),
    )


def test_nothing_gives_nothing():
    assert term_doc({}) == TermDoc()
    assert term_doc({"unknown": "text"}) == TermDoc()


def test_further_terms_of_a_word_stay_together_and_count_once():
    extra = term_doc({"note_ko": "프롬프트 상호작용 프롬프트"}).extra
    assert extra == ("_g프롬", "_g롬프", "_g프트", "_e상호", "_e작용", "_g상호", "_g호작", "_g작용")


def test_extra_text_finds_without_being_in_a_field():
    assert term_doc({"extra": "arXiv:2408.16357"}) == TermDoc(extra=("arxiv:2408.16357",))


def test_a_document_has_room_for_so_many_terms():
    doc = term_doc(
        {
            "note_en": "scaling pre-training " * MAX_TERMS,
            "extra": " ".join(f"w{n}" for n in range(2 * MAX_TERMS)),
        }
    )
    assert max(map(len, astuple(doc))) == MAX_TERMS


def test_surfaces_are_words_as_one_types_them():
    text = "Veličković's alignment of LLMs, 학습했습니다 데이터를 줄였습니다 2.5 x 2408.16357"
    assert surfaces(text) == {"velickovic", "alignment", "of", "llms", "학습", "데이터"}


def test_surfaces_by_dictionary():
    pytest.importorskip("MeCab")
    assert surfaces("국소방언을", MECAB) == {"국소", "방언"}
