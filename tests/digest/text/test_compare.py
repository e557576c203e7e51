import random
import time

import pytest

from digest.text.clean import normalise_note
from digest.text.compare import merge_paragraphs, similarity, word_diff


def rejoined(runs, *kinds):
    return "".join(text for kind, text in runs if kind in kinds)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("a", "a", [("same", "a")]),
        ("", "a b", [("new", "a b")]),
        ("a b", "", [("gone", "a b")]),
        ("a b", "a c", [("same", "a "), ("gone", "b"), ("new", "c")]),
        ("a b", "c d", [("gone", "a b"), ("new", "c d")]),
        (
            "모델이 크다\n\n끝",
            "모델은 크다\n\n끝",
            [("gone", "모델이"), ("new", "모델은"), ("same", " 크다\n\n끝")],
        ),
        ("one two three", "one three", [("same", "one "), ("gone", "two "), ("same", "three")]),
        ("a\nb", "a\n\nb", [("same", "a"), ("gone", "\n"), ("new", "\n\n"), ("same", "b")]),
        ("a b a", "b a b", [("new", "b "), ("same", "a b"), ("gone", " a")]),
    ],
)
def test_word_diff(old, new, expected):
    assert word_diff(old, new) == expected


def test_word_diff_of_a_large_text_is_by_line():
    lines = [" ".join("word" for _ in range(300)) for _ in range(20)]
    old, new = (
        "\n".join([*lines, "old words here", "end"]),
        "\n".join(["start", *lines, "new words here", "end"]),
    )
    runs = word_diff(old, new)
    assert ("gone", "old words here\n") in runs
    assert ("new", "new words here\n") in runs
    assert (rejoined(runs, "same", "gone"), rejoined(runs, "same", "new")) == (old, new)


def huge_pairs():
    words = random.Random(1)

    def prose(count, vocabulary):
        return " ".join(str(words.randrange(vocabulary)) for _ in range(count))

    return {
        "one word": ("x " + "a " * 50_000, "y " + "a " * 49_000 + "z"),
        "two words": ("x " + "a b " * 25_000, "y " + "b a " * 25_000),
        "at the limit": ("x " + "a b " * 139 + "z", "y " + "b a " * 139 + "w"),
        "prose": ("x " + prose(1900, 2000), "y " + prose(1900, 2000)),
        "few words": ("x " + prose(195, 3), "y " + prose(195, 3)),
        "lines": ("x\n" + "a\n" * 50_000, "y\n" + "a\nb\n" * 25_000),
        "word": ("a" * 100_000, "b" * 100_000),
        "hangul": ("가" * 100_000, "나 " * 50_000),
        "paragraphs": ("\n\n".join("a" * 33_000), "\n\n".join("ab" * 16_500)),
        "space": (" " * 100_000, "\n" * 100_000),
    }


@pytest.mark.parametrize(("old", "new"), huge_pairs().values(), ids=huge_pairs())
def test_huge_texts_are_quick(old, new):
    for compare in (word_diff, similarity, lambda a, b: merge_paragraphs("base\n\n" + a, a, b)):
        started = time.process_time()
        compare(old, new)
        assert time.process_time() - started <= 1
    runs = word_diff(old, new)
    assert (rejoined(runs, "same", "gone"), rejoined(runs, "same", "new")) == (old, new)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        # Only one side changed.
        ("a\n\nb", "a\n\nb", "a\n\nB", "a\n\nB"),
        ("a\n\nb", "A\n\nb", "a\n\nb", "A\n\nb"),
        ("a", "a", "", ""),
        ("", "a", "", "a"),
        ("a\n\nb", "a\r\n\r\nb \r\n", "a\n\nB", "a\n\nB"),
        # Both sides, different paragraphs.
        ("a\n\nb\n\nc", "A\n\nb\n\nc", "a\n\nb\n\nC", "A\n\nb\n\nC"),
        ("a\n\nb", "A\n\nb", "a\n\nB", "A\n\nB"),
        ("a\n\nb\n\nc", "x\n\na\n\nb\n\nc", "a\n\nb", "x\n\na\n\nb"),
        ("a\n\nb\n\nc\n\nd", "a\n\nc\n\nd", "a\n\nb\n\nc\n\nd\n\ne", "a\n\nc\n\nd\n\ne"),
        ("a\n\nb", "x\n\na\n\nb", "a\n\nb\n\ny", "x\n\na\n\nb\n\ny"),
        ("a\n\n- b\n- c\n\nd", "A\n\n- b\n- c\n\nd", "a\n\n- b\n- c\n- e\n\nd", "A\n\n- b\n- c\n- e\n\nd"),
        # Both made the same change.
        ("a", "b", "b", "b"),
        ("a\n\nb\n\nc", "x\n\nb\n\nC", "x\n\nb\n\nc", "x\n\nb\n\nC"),
        ("a\n\nb\n\nc", "a\n\nx\n\nb\n\nC", "a\n\nx\n\nb\n\nc", "a\n\nx\n\nb\n\nC"),
        ("a\n\nb\n\nc", "x\n\ny\n\nc", "a\n\ny\n\nc", "x\n\ny\n\nc"),
        # Neither can be guessed.
        ("a", "b", "c", None),
        ("a\n\nb", "A\n\nb", "AA\n\nb", None),
        ("a", "a\n\nx", "a\n\ny", None),
        ("", "x", "y", None),
        ("a\n\nb", "b", "A\n\nb", None),
        ("a\n\nb", "A\n\nb", "a\n\nx\n\nb", None),
        ("a\n\nb", "a", "a\n\nb\n\nc", None),
        ("a\n\n- b\n- c", "a\n\n- B\n- c", "a\n\n- b\n- C", None),
        ("a\n\nb\n\nc", "x\n\ny\n\nz\n\nc", "a\n\nB\n\nc", None),
    ],
)
def test_merge_paragraphs(base, ours, theirs, expected):
    assert merge_paragraphs(base, ours, theirs) == expected
    assert merge_paragraphs(base, theirs, ours) == expected


@pytest.mark.parametrize(
    ("a", "b", "is_rename"),
    [
        ("Scaling Laws", " scaling\nLAWS ", True),
        ("Phased Consistency Model", "Phased Consistency Models", True),
        ("How Does Critical Batch Size Scale?", "How Does Critical Batch Size Scale in Pre-training?", True),
        ("비디오 생성 모델의 이해", "비디오 생성 모델의 이해와 활용", True),
        ("Phased Consistency Model", "Task Vectors are Cross-Modal", False),
        ("Claude 3 Haiku", "Claude 3.5 Sonnet", False),
        ("a", "", False),
        ("abc", "x" * 1000, False),
    ],
)
def test_similarity_tells_a_rename(a, b, is_rename):
    assert (similarity(a, b) > 0.8) is is_rename
    assert similarity(a, b) == similarity(b, a)
    assert 0 <= similarity(a, b) <= 1


def test_similarity_of_equal_titles_is_one():
    assert similarity("", "") == 1
    assert similarity("A\u200bb", "a\u200bB") == 1


def test_any_texts_rejoin_and_merge_with_themselves():
    hypothesis = pytest.importorskip("hypothesis")
    st = hypothesis.strategies
    text = st.lists(st.sampled_from(["a", "b", "가", " ", "\n", "\n\n", "- "]) | st.text(max_size=3)).map(
        "".join
    )

    @hypothesis.settings(deadline=None)
    @hypothesis.given(text, text)
    def check(old, new):
        runs = word_diff(old, new)
        assert (rejoined(runs, "same", "gone"), rejoined(runs, "same", "new")) == (old, new)
        assert all(text for _, text in runs)
        assert merge_paragraphs(old, old, new) == normalise_note(new)
        assert merge_paragraphs(old, new, old) == normalise_note(new)
        assert merge_paragraphs(old, new, new) == normalise_note(new)

    check()
