"""Many works in one file, written as they come."""

import pytest

from papers.citations import FORMATS, STYLES, form_of, write_file
from tests.papers.citations.works import work

ONE, TWO, THREE = (
    work(title, ["Ann Lee"], pk=number) for number, title in enumerate(("One", "Two", "Three"), 1)
)


def whole(form, parts, **options):
    return "".join(write_file(form, parts, **options))


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_is_the_same_in_any_parts(format):
    form = form_of(format)
    assert whole(form, [[ONE, TWO, THREE]]) == whole(form, [[ONE], [], [TWO, THREE]])
    assert whole(form, [[ONE]]).endswith("\n")


def test_parts_are_asked_for_one_by_one():
    asked = []

    def parts():
        for cited in (ONE, TWO):
            asked.append(cited.pk)
            yield [cited]

    pieces = write_file(form_of("bib"), parts())
    assert (next(pieces), asked) == ("", [])
    assert next(pieces).startswith("@misc{lee")
    assert asked == [1]


def test_references_are_parted_by_empty_lines():
    assert whole(form_of("txt"), [[ONE, TWO]]) == "Lee, A. (n.d.). One.\n\nLee, A. (n.d.). Two.\n"


def test_ieee_numbers_references_where_there_are_several():
    assert whole(form_of("txt", "ieee"), [[ONE], [TWO]]) == "[1] A. Lee, “One.”\n\n[2] A. Lee, “Two.”\n"
    assert whole(form_of("txt", "ieee"), [[ONE]], several=False) == "A. Lee, “One.”\n"


def test_every_style_is_a_text():
    assert {form_of("txt", style).media_type for style in STYLES} == {"text/plain; charset=utf-8"}
    with pytest.raises(KeyError):
        form_of("txt", "mla")
    with pytest.raises(KeyError):
        form_of("docx")
