"""What an index stores of an entry: streams in the order of the text, and further terms together."""

import random
from dataclasses import astuple

import pytest

from digest.management.corpus.writing import make_files
from digest.text.analysis.analyze import MECAB, RULES
from digest.text.analysis.documents import (
    MAX_TERMS,
    TermDoc,
    _field_terms_by_place,
    field_terms,
    surfaces,
    term_doc,
)


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


@pytest.mark.parametrize("number", range(20))
def test_the_short_way_and_the_one_by_places_say_the_same(number):
    """Most texts need no places; a corpus text, and one of odd pieces, read both ways."""
    rng = random.Random(number)
    pieces = [
        "arXiv:",
        "2408.16357",
        "v2",
        "cs.CL/0701001",
        " ",
        "-",
        "https://arxiv.org/abs/",
        "모델을",
        "학습했습니다",
    ]
    pieces += [
        "1234.56789",
        ".",
        "/1234567",
        "Pre-training",
        "LLMs",
        "은",
        "C++",
        "1,000",
        "\\alpha",
        "\n",
        "ø",
    ]
    odd = "".join(rng.choice(pieces) for _ in range(60))
    (_name, content, _digest) = next(iter(make_files(1, number)))
    for text in (odd, content.decode()):
        short, by_place = field_terms(text), _field_terms_by_place(text, RULES)
        assert (short.mains, short.others, set(short.words)) == (
            by_place.mains,
            by_place.others,
            set(by_place.words),
        )
        assert short.mains
