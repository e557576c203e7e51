"""Korean nouns by rule: particles fall, nouns that only look inflected stay, parts of long words are found."""

import pytest

from digest.text.analysis.documents import term_doc
from digest.text.analysis.korean import LONGEST_WORD, NOUNS, hangs_on, is_hangul, nouns, pieces, terms
from digest.text.analysis.query import parse_query
from tests.digest.text.analysis.korean_tables import measure, read_tables, seed_words
from tests.digest.text.analysis.reference import Row, search

FORMS = read_tables("korean_forms")
ALL_FORMS = {form for table in FORMS.values() for forms in table.values() for form in forms}


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("배치의", "배치"),
        ("모델들에서는", "모델"),
        ("정확도가", "정확도"),
        ("효과", "효과"),
        ("역효과", "역효과"),
        ("결과와", "결과"),
        ("차이", "차이"),
        ("신경망이", "신경망"),
        ("뉴런이라는", "뉴런"),
        ("값을", "값"),
        ("값", "값"),
        ("실험결과", "실험결과"),
        ("저해상도의", "저해상도"),
        ("로그인", "로그인"),
    ],
)
def test_noun_without_its_particles(word, first):
    assert nouns(word)[0] == first


@pytest.mark.parametrize("particle", ["이", "을", "과", "은"])
def test_particle_for_a_consonant_stays_behind_a_vowel(particle):
    assert nouns("그라파" + particle) == ("그라파" + particle,)


@pytest.mark.parametrize(
    "word",
    ["수도", "것도", "것이다", "있습니다", "하는데", "대한", "때문이라고", "않는다는", "한다면", "됩니다"],
)
def test_word_without_content_has_no_terms(word):
    assert terms(word) == ()


@pytest.mark.parametrize(
    ("word", "main"),
    [
        ("학습했습니다", "학습"),
        ("최적화되지", "최적화"),
        ("복잡해지긴", "복잡"),
        ("학습시켜야", "학습"),
        ("문제였고", "문제"),
        ("옵션이기도", "옵션"),
        ("기반입니다", "기반"),
        ("재미있는", "재미"),
        ("줄였습니다", "_v줄이"),
    ],
)
def test_main_term_of_an_inflected_word(word, main):
    assert terms(word)[0] == main


def test_edges_mark_where_a_part_may_stand_and_grams_all_neighbours():
    assert terms("상호작용") == ("상호작용", "_e상호", "_e작용", "_g상호", "_g호작", "_g작용")
    assert terms("재활용") == ("재활용", "_e재활", "_e활용")
    assert terms("투명성") == ("투명성", "_e투명")


def test_a_simple_word_has_no_edges():
    assert terms("에이전트가") == ("에이전트", "_g에이", "_g이전", "_g전트")


def test_an_endless_run_is_cut():
    assert terms("가" * 100_000) == ("가" * LONGEST_WORD,)


@pytest.mark.parametrize(
    ("word", "length"),
    [("배치의", 2), ("줄였습니다", 2), ("어렵습니다", 2), ("학습했습니다", 2), ("줄여", 2)],
)
def test_a_piece_says_how_much_of_the_word_is_its_stem(word, length):
    assert [piece[:2] for piece in pieces(word)] == [(0, length)]


@pytest.mark.parametrize(
    ("word", "hangs"),
    [("과", True), ("에서는", True), ("를", True), ("하는", True), ("입니다", True), ("기반", False)],
)
def test_what_only_inflects_the_word_before_it(word, hangs):
    assert hangs_on(word) is hangs


def test_terms_know_that_they_are_korean():
    assert [is_hangul(term) for term in ("배치", "_v줄이", "llm", "")] == [True, True, False, False]


def test_tables_are_large_enough_and_not_only_of_listed_nouns():
    assert sum(map(len, FORMS["noun"].values())) >= 150
    assert sum(map(len, FORMS["verb"].values())) >= 150
    assert sum(noun not in NOUNS for noun in FORMS["noun"]) > len(FORMS["noun"]) / 2


@pytest.mark.parametrize(
    ("table", "words"),
    [(FORMS, ALL_FORMS), (read_tables("korean_seeds"), seed_words())],
    ids=["forms", "seeds"],
)
def test_the_bars_hold(table, words):
    as_nouns, as_verbs = measure(table["noun"], words), measure(table["verb"], words)
    assert as_nouns.recall >= 0.99, as_nouns.missed
    assert as_nouns.precision >= 0.94, as_nouns.wrong
    assert as_verbs.recall >= 0.95, as_verbs.missed
    assert as_verbs.precision >= 0.94, as_verbs.wrong


@pytest.mark.parametrize("word", FORMS["trap"])
def test_letters_of_a_word_in_another_are_not_the_word(word):
    rows = {form: Row(term_doc({"note_ko": form})) for form in FORMS["trap"][word]}
    assert search(rows, parse_query(word)) == set()
