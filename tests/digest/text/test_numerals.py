"""Numbers in digits and in words, by value."""

import pytest

from digest.text.numerals import says_one, spoken_numbers, stated_numbers


def stated(text):
    return [(number.written, *sorted(number.values)) for number in stated_numbers(text)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1,000과 1000", [("1,000", "1000")]),
        ("12,345,678.90", [("12,345,678.90", "12345678.9")]),
        ("1,2345", [("1", "1"), ("2345", "2345")]),
        (".5와 0.50", [(".5", "0.5")]),
        ("007", [("007", "7")]),
        ("v1.2.3", [("1.2.3", "1.2.3")]),
        ("3.5%, 3.5 % 3.5퍼센트 3.5 percent", [("3.5%", "3.5%")]),
        ("5와 5%", [("5", "5"), ("5%", "5%")]),
        ("405B 405 billion 4,050억 405-billion", [("405B", "405000000000")]),
        ("20.7k 20,700 20.7K", [("20.7k", "20700")]),
        ("1만 2천", [("1만 2천", "12000")]),
        ("1억 5천만 개, 1조", [("1억 5천만", "150000000"), ("1조", "1000000000000")]),
        ("1.2 billion 70억", [("1.2 billion", "1200000000"), ("70억", "7000000000")]),
        ("4050억 405", [("4050억", "405000000000"), ("405", "405")]),
        ("10GB 3D 24h", [("10", "10"), ("3", "3"), ("24", "24")]),
        ("L3M, Llama-7B", [("3M", "3", "3000000"), ("7B", "7", "7000000000")]),
        ("8x7B, 8×7B", [("8", "8"), ("7B", "7000000000")]),
        ("GPT-4만", [("4만", "4", "40000")]),
        ("2조각, 3 조건", [("2조", "2", "2000000000000"), ("3", "3")]),
        ("１２３４％", [("1234%", "1234%")]),
        ("9" * 50, [("9" * 50, "9" * 50)]),
        ("없음", []),
    ],
)
def test_stated_numbers(text, numbers):
    assert stated(text) == numbers


def test_one_thing_in_korean_is_marked():
    assert [number.is_one_of for number in stated_numbers("1개, 모델 2개")] == [True, False]
    assert [number.is_one_of for number in stated_numbers("1위, 11번")] == [False, False]
    assert [says_one(text) for text in ("a model", "An idea", "models", "one", "Anna")] == [
        True,
        True,
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Twice", {"2"}),
        ("the second, doubled", {"2"}),
        ("twenty-four", {"20", "4", "24"}),
        ("the thirteenth", {"13"}),
        ("two hundred thousand", {"2", "100", "200", "1000", "200000"}),
        ("tenfold, an order of magnitude", {"10"}),
        ("In May and Oct. but march on", {"5", "10"}),
        ("half of it", {"0.5", "50%", "2", "1"}),
        ("someone often stone", set()),
    ],
)
def test_spoken_english_numbers(text, values):
    assert spoken_numbers(text, "en") == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("두 배", {"2"}),
        ("첫 번째, 셋째", {"1", "3"}),
        ("열두 개", {"12"}),
        ("수백만 개", {"1000000"}),
        ("이십사개, 삼단계", {"24", "3"}),
        ("절반", {"0.5", "50%", "2", "1"}),
        ("이에 대한 세대", set()),
    ],
)
def test_spoken_korean_numbers(text, values):
    assert spoken_numbers(text, "ko") == values


def test_months_are_not_taken_for_words_in_korean():
    assert spoken_numbers("October", "ko") == set()
