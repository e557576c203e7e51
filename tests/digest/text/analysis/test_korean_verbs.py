"""Stems of inflected verbs, irregular ones included."""

import pytest

from digest.text.analysis.korean_verbs import final, stems, sure_stems, with_rieul


@pytest.mark.parametrize(
    ("stem", "forms"),
    [
        ("줄이", "줄이는 줄인 줄여 줄였다 줄이면 줄일 줄임"),
        ("섞", "섞는 섞은 섞어 섞었다 섞으면 섞을"),
        ("어려우", "어렵다 어려운 어려워 어려웠다 어렵습니다 어려우면"),
        ("도우", "돕는 도운 도와 도왔다 도우면"),
        ("빠르", "빠른 빨라 빨랐다 빠르게"),
        ("만들", "만들고 만드는 만든 만들어 만듭니다 만들면"),
        ("깨달", "깨닫는 깨달은 깨달아 깨달았다"),
        ("나", "낫다 나은 나아 나았다 나을"),
        ("쓰", "쓰는 쓴 써 썼다 쓰면"),
        ("보내", "보내는 보낸 보내 보냈다"),
        ("모으", "모으는 모은 모아 모았다"),
        ("바꾸", "바꾸는 바꾼 바꿔 바꿨다 바꾸세요"),
        ("커지", "커지는 커진 커져 커졌다"),
        ("크", "큰 커서 컸다 커지는"),
        ("통하", "통하는 통해 통했다"),
        ("되", "되는 된 돼 됐다 되어"),
    ],
)
def test_all_forms_give_the_stem(stem, forms):
    assert [form for form in forms.split() if stem not in stems(form)] == []


def test_past_of_a_past():
    assert "하" in stems("했었는데")


@pytest.mark.parametrize("word", ["배치", "정확", "규모", "학습량"])
def test_no_stems_of_what_ends_like_no_verb(word):
    assert stems(word) == ()


@pytest.mark.parametrize("word", ["정확도", "언어", "만들고", "통해"])
def test_form_that_may_be_another_is_not_sure(word):
    assert sure_stems(word) == ()


@pytest.mark.parametrize(
    ("word", "stem"),
    [("줄였습니다", "줄이"), ("섞었을", "섞"), ("합니다", "하"), ("많습니다", "많"), ("나왔군요", "나오")],
)
def test_sure_form(word, stem):
    assert sure_stems(word)[0] == stem


def test_final_consonant():
    assert [final(syllable) for syllable in "각가"] == ["\u11a8", ""]


def test_rieul_comes_back_where_the_stem_had_it():
    assert [with_rieul(stem) for stem in ("만드", "아", "보", "섞")] == ["만들", "알", "보", "섞"]
