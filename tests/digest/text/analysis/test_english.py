"""English stems: Porter2, plurals of acronyms, numbers."""

import pytest

from digest.text.analysis.english import LONGEST_WORD, STOP_WORDS, stem, surface, terms


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("Scaling", "scale"),
        ("laws", "law"),
        ("generalization", "general"),
        ("generative", "generat"),
        ("LLMs", "llm"),
        ("llms", "llm"),
        ("VLMs", "vlm"),
        ("GPUs", "gpu"),
        ("gpus", "gpu"),
        ("L3Ms", "l3m"),
        ("l3ms", "l3m"),
        ("H100s", "h100"),
        ("opus", "opus"),
        ("loss", "loss"),
        ("1,000", "1000"),
        ("3.5", "3.5"),
        ("model's", "model"),
        ("model’s", "model"),
        ("Veličković", "velickov"),
    ],
)
def test_stem(word, term):
    assert stem(word) == term


def test_typographic_apostrophe_is_the_typed_one():
    assert stem("don’t") == stem("don't")


def test_surface_is_the_whole_folded_word():
    assert [surface(word) for word in ("Scaling", "Hägele's", "1,000")] == ["scaling", "hagele", "1000"]


def test_further_terms_are_the_word_that_its_stem_does_not_begin_and_the_letters_before_digits():
    assert terms("scaling") == ("scale", ("scaling",))
    assert terms("alignment") == ("align", ())
    assert terms("TxT360") == ("txt360", ("txt",))


def test_a_word_longer_than_any_is_cut():
    assert len(stem("x" * 100_000)) <= LONGEST_WORD
    assert len(surface("é" * 100_000)) <= LONGEST_WORD


def test_the_stem_of_a_stop_word_is_one():
    assert {stem(word) for word in STOP_WORDS} <= STOP_WORDS
