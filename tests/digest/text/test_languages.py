import unicodedata

import pytest

from digest.text.languages import EN, KO, has_hangul, language_of, other_language


@pytest.mark.parametrize(
    "text", ["가", "LLM에서", "ㅋㅋ", "\u1100", unicodedata.normalize("NFD", "한글"), "\ua960", "\ud7b0"]
)
def test_hangul_in_every_block_makes_a_text_korean(text):
    assert has_hangul(text)
    assert language_of(text) == KO


@pytest.mark.parametrize("text", ["", "Latin é", "μP η ∝ 1", "漢字かな", "https://x.org", "１２３", "🎉"])
def test_text_without_hangul_is_english(text):
    assert not has_hangul(text)
    assert language_of(text) == EN


def test_other_language_faces_the_given_one():
    assert other_language(KO) == EN
    assert other_language(EN) == KO


def test_other_language_of_an_unknown_one_is_refused():
    with pytest.raises(ValueError, match="unknown language 'fr'; known: ko, en"):
        other_language("fr")
