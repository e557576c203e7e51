import unicodedata

import pytest

from digest.text.clean import (
    is_list_item,
    normalise_line,
    normalise_newlines,
    normalise_note,
    note_lines,
)


@pytest.mark.parametrize(
    ("text", "lines"), [("a\r\nb\rc\nd", "a\nb\nc\nd"), ("a\r\n\r\nb", "a\n\nb"), ("", "")]
)
def test_newlines_of_every_system_become_line_feeds(text, lines):
    assert normalise_newlines(text) == lines


def test_line_is_composed_folded_and_stripped():
    assert normalise_line("  " + unicodedata.normalize("NFD", "한글 é") + "\t x\u00a0 y\n") == "한글 é x y"


def test_line_normalised_twice_is_the_same():
    once = normalise_line(" a  \u0301b\u2003c ")
    assert normalise_line(once) == once


@pytest.mark.parametrize("line", ["- a", "* a", "+ a", "• a", "1. a", "12) a", "  - a", "-\ta"])
def test_list_item_markers_are_known(line):
    assert is_list_item(line)


@pytest.mark.parametrize(
    "line", ["-a", "-", "1.5 a", "1234. a", "a - b", "3D Gaussian", "1-bit LLMs", "-- a", ""]
)
def test_list_item_look_alikes_are_text(line):
    assert not is_list_item(line)


def test_note_lines_drop_blank_lines_and_keep_indentation():
    assert note_lines("a  \r\n\r\n \t\n  - b\t\nc\n") == ["a", "  - b", "c"]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("a\r\nb", "a\n\nb"),
        ("a\n\n\n\nb  ", "a\n\nb"),
        ("- a\n- b", "- a\n- b"),
        ("- a\n\n- b", "- a\n- b"),
        ("- a\n  - b\n- c", "- a\n  - b\n- c"),
        ("  - a\n  - b", "- a\n  - b"),
        ("text:\n  1. a\n  2. b\n  end", "text:\n\n1. a\n  2. b\n\nend"),
        (" \n\t\n", ""),
        ("", ""),
        (unicodedata.normalize("NFD", "한글"), "한글"),
    ],
)
def test_note_has_one_form(text, note):
    assert normalise_note(text) == note
    assert normalise_note(note) == note
    assert normalise_note(note.replace("\n", "\r\n")) == note
