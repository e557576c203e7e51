"""The query language: every operator, what falls back to words, limits, and text that wants to break it."""

import datetime
import random
import time
import unicodedata

import pytest

from digest.text.analysis.query import (
    MAX_QUERY,
    MAX_WORDS,
    Clause,
    Filters,
    Phrase,
    Query,
    Synonyms,
    parse_query,
)

SYNONYMS = Synonyms([["배치 크기", "batch size", "bsz"], ["정렬", "alignment"]])


def ways(text: str, synonyms: Synonyms | None = None) -> list[set[tuple[str, ...]]]:
    """The terms of every way of every clause."""
    return [{way.terms for way in clause.ways} for clause in parse_query(text, synonyms).clauses]


def test_a_latin_word_is_its_stem():
    assert parse_query("Scaling") == Query((Clause((Phrase(("scale",)),)),), words=("Scaling",))


def test_a_korean_word_is_found_by_its_stem_inside_longer_words_and_taken_apart():
    assert ways("학습을") == [{("학습",), ("_e학습",)}]
    assert ways("모델크기") == [{("모델크기",), ("_g모델", "_g델크", "_g크기"), ("모델", "크기")}]


def test_a_word_taken_apart_must_stand_so_in_a_column():
    assert [way.anywhere for way in parse_query("모델크기").clauses[0].ways] == [True, True, False]


def test_a_verb_is_found_by_its_stem():
    assert ways("줄였습니다") == [{("_v줄이",)}]


def test_neighbours_are_also_one_word():
    assert ways("pre training") == [{("pre",), ("pretrain",)}, {("train",), ("pretrain",)}]
    assert ("모델크기",) in ways("모델 크기")[0] & ways("모델 크기")[1]
    assert ways("LR 스케줄")[0] == {("lr",)}


def test_stop_words_count_only_alone():
    assert ways("laws for the MoE") == [{("law",)}, {("moe",)}]
    assert ways("the") == [{("the",)}]


def test_a_word_that_no_text_has_is_asked_for_all_the_same():
    assert ways("수도") == [{("수도",), ("_e수도",)}]
    assert parse_query("수도").words == ("수도",)


@pytest.mark.parametrize("text", ['"scaling laws"', "“scaling laws”", '"scaling laws', "「scaling laws」"])
def test_a_phrase(text):
    assert parse_query(text).clauses == (Clause((Phrase(("scale", "law"), anywhere=False),)),)


def test_a_quoted_word_is_not_widened():
    assert parse_query('"학습량"').clauses == (Clause((Phrase(("학습량",)),)),)


def test_stop_words_count_in_a_phrase():
    assert ways('"laws of scale"') == [{("law", "of", "scale")}]


def test_not():
    assert parse_query("-moe").clauses == (Clause((Phrase(("moe",)),), negated=True),)
    assert parse_query('-"batch size"').clauses == (
        Clause((Phrase(("batch", "size"), anywhere=False),), negated=True),
    )
    assert ways("-pre-training") == [{("pre", "train"), ("pretrain",)}]


def test_what_is_not_wanted_is_no_word_to_correct():
    assert parse_query("batch -moe").words == ("batch",)


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("tag:scaling-law", Filters(tags=("scaling-law",))),
        ("tag:#Scaling_Law TAG:moe", Filters(tags=("scaling-law", "moe"))),
        ('tag:"비디오 생성"', Filters(tags=("비디오-생성",))),
        ("-tag:moe", Filters(not_tags=("moe",))),
        ("author:Veličković", Filters(authors=(("velickov",),))),
        ('author:"Min Zhang"', Filters(authors=(("min", "zhang"),))),
        ("year:2024 year:2023 year:2024", Filters(years=(2024, 2023))),
        ("before:2024", Filters(before=datetime.date(2024, 1, 1))),
        ("before:2024-10-30 before:2024-05", Filters(before=datetime.date(2024, 5, 1))),
        ("after:2024", Filters(after=datetime.date(2024, 12, 31))),
        ("after:2024-02", Filters(after=datetime.date(2024, 2, 29))),
        ("after:2023-01-05 after:2024-10-30", Filters(after=datetime.date(2024, 10, 30))),
        ("lang:KO", Filters(languages=("ko",))),
        ("lang:ko lang:en", Filters(languages=("ko", "en"))),
    ],
)
def test_operators(text, filters):
    assert parse_query(text) == Query(filters=filters)


def test_arxiv_is_a_term_like_the_id_alone():
    assert (
        ways("arxiv:2408.16357v2")
        == ways("2408.16357")
        == ways("arXiv 2408.16357")
        == [{("arxiv:2408.16357",)}]
    )
    assert parse_query("-arxiv:2408.16357").clauses[0].negated


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("year:soon", ["year", "soon"]),
        ("year:99999", ["year", "99999"]),
        ("before:2024-13", ["before", "2024", "13"]),
        ("after:9999-12", ["after", "9999", "12"]),
        ("before:0000", ["before", "0000"]),
        ("lang:fr", ["lang", "fr"]),
        ("arxiv:next", ["arxiv", "next"]),
        ("title:moe", ["title", "moe"]),
        ("tag:", ["tag"]),
        ("author:!", ["author"]),
        ("year:２０２４x", ["year", "2024x"]),
    ],
)
def test_an_operator_without_sense_is_words(text, words):
    query = parse_query(text)
    assert list(query.words) == words
    assert query.filters == Filters()


def test_synonyms_stand_for_every_word_of_the_form():
    assert [("batch", "size") in found and ("bsz",) in found for found in ways("배치 크기를", SYNONYMS)] == [
        True,
        True,
    ]
    assert ("배치", "크기") in ways("bsz", SYNONYMS)[0]


def test_synonyms_need_the_whole_form():
    assert ways("크기", SYNONYMS) == ways("크기")


def test_synonyms_are_not_meant_by_quotes_or_not():
    assert ways('"정렬" -alignment', SYNONYMS) == ways('"정렬" -alignment')


def test_the_longest_form_counts():
    table = Synonyms([["a b", "x"], ["a", "y"], ["", " "], ["same", "same"]])
    assert list(table.find(["a", "b", "a"])) == [(0, 2, [("x",)]), (2, 3, [("y",)])]


def test_limits_are_said():
    assert not parse_query(" ".join(["word"] * MAX_WORDS)).cut
    many = parse_query(" ".join(f"w{n}" for n in range(MAX_WORDS + 1)))
    assert (len(many.clauses), len(many.words), many.cut) == (MAX_WORDS, MAX_WORDS, True)
    assert parse_query("x" * (MAX_QUERY + 1)).cut
    apart = unicodedata.normalize("NFD", "각" * MAX_QUERY)
    assert not parse_query(apart).cut


@pytest.mark.parametrize("text", ["", " ", '"', '""', "-", "--", "*", '-""', "(", "\0", "ㅋㅋ", "…", ":"])
def test_nothing_to_look_for(text):
    assert parse_query(text).clauses == ()


def test_width_and_form_of_letters_do_not_matter():
    for text in ("배치 크기 -moe", "tag:비디오-생성 RLHF를"):
        assert parse_query(unicodedata.normalize("NFD", text)) == parse_query(text)
    assert parse_query("ｔａｇ：ｍｏｅ　ＲＬＨＦ").filters == Filters(tags=("moe",))


def test_a_thousand_hostile_queries_give_a_query_at_once():
    pieces = [
        '"',
        "*",
        "AND",
        "OR",
        "NOT",
        "NEAR(",
        ")",
        'a"b',
        "title:x",
        "\0",
        "-",
        "--",
        "tag:",
        "author:",
        "year:",
        "arxiv:",
    ]
    pieces += [
        "before:",
        "after:0000-00-00",
        "lang:",
        "ㅋ",
        "\u1100",
        "\u0301",
        "\ud800",
        "가" * 50,
        "a-" * 50,
        "9" * 400,
        "'",
        ";",
        "%",
        "_",
    ]
    pieces += [
        "\\",
        "{a}:",
        "^",
        "+",
        "<script>",
        "\u202e",
        "\U0001f600",
        "‐",
        "배치",
        "했었습니다",
        " ",
        "\t\n",
        "x" * 10_000,
    ]
    chance = random.Random(7)
    begun = time.process_time()
    for _ in range(1_000):
        query = parse_query("".join(chance.choices(pieces, k=chance.randint(1, 12))), SYNONYMS)
        assert len(query.clauses) <= MAX_WORDS
        assert all(
            clause.ways and all(way.terms and all(way.terms) for way in clause.ways)
            for clause in query.clauses
        )
        assert all(len(way.terms) <= MAX_QUERY for clause in query.clauses for way in clause.ways)
    assert time.process_time() - begun < 10
