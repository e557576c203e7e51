"""Finding glossary terms: particles and spacing in Korean, case, number and hyphens in English, in linear time."""

import random
import time

import pytest

from digest.text.terms import TermPair, find_terms, forbidden_forms, is_particle, rendered_terms, same_letters
from tests.papers.hostile import HUGE, quickly

BATCH = TermPair("배치 크기", "batch size")
CRITICAL = TermPair("임계 배치 크기", "critical batch size")
PRETRAINING = TermPair("사전학습", "pretraining", "", ("pre-training", "advance learning", "예비 학습"))
RATE = TermPair("학습률", "learning rate")
LR = TermPair("LR", "learning rate")
TRAINING = TermPair("학습", "training")
ALL = [BATCH, CRITICAL, PRETRAINING, RATE, LR, TRAINING]


def words(text, language, terms=ALL):
    return [(text[match.start : match.end], match.term) for match in find_terms(text, language, terms)]


@pytest.mark.parametrize(
    "text",
    [
        "배치 크기가",
        "배치크기",
        "배치\u00a0크기에서만",
        "(배치-크기)",
        "큰 배치 크기들에 대해",
        "GPU배치 크기라거나",
        "배치 크기인지는",
    ],
)
def test_korean_term_with_particles_and_free_spacing(text):
    [(found, term)] = words(text, "ko")
    assert term == BATCH
    assert (found[:2], found[-2:], len(found) <= 5) == ("배치", "크기", True)


@pytest.mark.parametrize("text", ["배치\n크기", "배치를 크기", "재배치 크기", "배치 크기론적", "배치, 크기"])
def test_korean_words_that_are_no_term(text):
    assert words(text, "ko", [BATCH]) == []


def test_korean_word_inside_another_is_no_term():
    assert words("학습률은 높고 학습은 길다. 학습된 모델, 사전 학습한", "ko") == [
        ("학습률", RATE),
        ("학습", TRAINING),
        ("학습", TRAINING),
        ("사전 학습", PRETRAINING),
    ]


@pytest.mark.parametrize(
    "text", ["batch size", "Batch Sizes", "batch-size", "BATCHSIZE", "the batch size's", "batch\u2011size"]
)
def test_english_term_in_any_case_number_and_hyphenation(text):
    assert [term for _words, term in words(text, "en")] == [BATCH]


@pytest.mark.parametrize(
    "text", ["batch. Size", "rebatch size", "batch sizing", "batch\nsize", "batch  size"]
)
def test_english_words_that_are_no_term(text):
    assert words(text, "en", [BATCH]) == []


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("policy", "policies"),
        ("scaling laws", "scaling law"),
        ("loss", "losses"),
        ("matrix", "matrixes"),
        ("bias", "biases"),
        ("LR", "LRs"),
        ("c4", "C4"),
        ("pretraining", "pre-training"),
        ("fine-tuning", "finetuning"),
        ("fine-tuning", "fine tuning"),
    ],
)
def test_number_of_english_words(term, text):
    assert words(text, "en", [TermPair("말", term)]) == [(text, TermPair("말", term))]


def test_short_words_apart_are_no_term_written_as_one():
    assert words("a I and m o e", "en", [TermPair("인공지능", "AI"), TermPair("전문가", "moe")]) == []
    assert words("이 상황, 정 렬", "ko", [TermPair("이상", "outlier"), TermPair("정렬", "alignment")]) == []


def test_longest_term_wins_and_shared_words_give_every_pair():
    assert words("the critical batch size", "en") == [("critical batch size", CRITICAL)]
    assert words("learning rates", "en") == [("learning rates", RATE), ("learning rates", LR)]
    assert words("LR과 LR을", "ko") == [("LR", LR), ("LR", LR)]


def test_rendered_terms_see_terms_inside_others_and_verbs():
    assert rendered_terms("The critical batch size was pretrained", "en", ALL) == {
        CRITICAL,
        BATCH,
        PRETRAINING,
    }
    quantization = TermPair("양자화", "quantization")
    assert rendered_terms("quantized", "en", [quantization]) == rendered_terms(
        "quantise", "en", [quantization]
    )
    assert find_terms("pretrained", "en", ALL) == []


def test_korean_may_keep_the_english_term():
    assert rendered_terms("Batch Size에 대한 사전학습", "ko", ALL) == {BATCH, PRETRAINING}
    assert rendered_terms("배치 크기", "en", ALL) == set()


def test_forbidden_forms_are_taken_as_they_are_written():
    text = "Pre-training, pretraining, pre training and Advance Learnings; 예비 학습은"
    assert forbidden_forms(text, ALL) == [
        ("Pre-training", PRETRAINING),
        ("Advance Learnings", PRETRAINING),
        ("예비 학습", PRETRAINING),
    ]


def test_particles():
    assert [
        is_particle(rest) for rest in ("에서는", "들이", "하여", "된다고", "률", "링", "", "이" * 20)
    ] == [
        *[True] * 4,
        *[False] * 4,
    ]


def test_same_letters():
    assert same_letters("Pre-training", "pretraining")
    assert not same_letters("training", "pretraining")


def test_terms_without_a_word_are_never_found():
    assert find_terms("+ - 학습", "ko", [TermPair("+", "-"), TermPair("", "")]) == []


def _many(rng, count):
    syllables = "가나다라마바사아자차카타파하배치크기학습률모델"
    letters = "abcdefghijklmnopqrstuvwxyz"

    def ko():
        return "".join(rng.choices(syllables, k=rng.randint(2, 4)))

    def en():
        return "".join(rng.choices(letters, k=rng.randint(3, 8)))

    return [TermPair(f"{ko()} {ko()}", f"{en()} {en()}") for _ in range(count)], ko, en


def test_a_thousand_terms_in_a_long_note_take_at_most_fifty_milliseconds():
    rng = random.Random(7)
    terms, ko, en = _many(rng, 1000)
    for language, word in (("ko", ko), ("en", en)):
        text = " ".join(
            rng.choice(terms).side(language) if rng.random() < 0.2 else word() for _ in range(8000)
        )[:20_000]
        best = 1.0
        for attempt in range(5):
            fresh = [TermPair(term.ko, term.en, str(attempt)) for term in terms]  # nothing remembered
            started = time.process_time()
            found = find_terms(text, language, fresh)
            best = min(best, time.process_time() - started)
        assert len(found) > 300
        assert best <= 0.05


@pytest.mark.parametrize("name", HUGE)
def test_hostile_text_is_quick(name):
    for language in ("ko", "en"):
        quickly(lambda text, language=language: find_terms(text, language, ALL), HUGE[name])


def test_hostile_term_is_quick():
    term = TermPair("가" * 100, "a " * 50)
    quickly(lambda text: find_terms(text, "en", [term]), "a " * 50_000)
    quickly(lambda text: find_terms(text, "ko", [term]), "가" * 100_000)
    quickly(lambda text: find_terms(text, "ko", [term]), "가 " * 50_000)
