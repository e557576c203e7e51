"""The facts of a work, and names in their parts."""

import pytest

from papers.citations.work import Name, one_line, split_name
from tests.papers.citations.works import work


@pytest.mark.parametrize(
    ("printed", "given", "family"),
    [
        ("Kun Xu", "Kun", "Xu"),
        ("  Kun \t Xu ", "Kun", "Xu"),
        ("Laurens van der Maaten", "Laurens", "van der Maaten"),
        ("Aäron Van Den Oord", "Aäron", "Van Den Oord"),
        ("Jean-Pierre Müller", "Jean-Pierre", "Müller"),
        ("von Neumann", "von", "Neumann"),
        ("OpenAI", "", "OpenAI"),
        ("Gemini Team", "", "Gemini Team"),
        ("The ATLAS Collaboration", "", "The ATLAS Collaboration"),
        ("Barnes and Noble", "", "Barnes and Noble"),
        ("A & B", "", "A & B"),
        ("Smith, Jr.", "", "Smith, Jr."),
        ("김민지", "", "김민지"),
        ("김 민지", "", "김 민지"),
        ("", "", ""),
    ],
)
def test_split_name(printed, given, family):
    assert split_name(printed) == Name(given, family)


def test_two_people_of_one_name_are_two():
    assert [name.inverted for name in work(names=["Kun Xu", "Kun Xu"]).people] == ["Xu, Kun", "Xu, Kun"]


@pytest.mark.parametrize(
    ("arxiv_id", "date"),
    [
        ("2408.16357", ("2024", "08")),
        ("0704.0001", ("2007", "04")),
        ("hep-th/9901001", ("1999", "01")),
        ("hep-th/9108001", ("1991", "08")),
        ("math/0001001", ("2000", "01")),
        ("cs.CL/0701001", ("2007", "01")),
        ("2413.00001", ()),
        ("", ()),
    ],
)
def test_date_is_what_the_arxiv_id_tells(arxiv_id, date):
    assert work(arxiv_id=arxiv_id).date == date
    assert work(arxiv_id=arxiv_id).year == (date[0] if date else "")


def test_arxiv_gives_doi_and_address_where_there_are_no_better_ones():
    assert work(arxiv_id="2408.16357").any_doi == "10.48550/arXiv.2408.16357"
    assert work(arxiv_id="2408.16357", doi="10.1/x", url="https://a.example").any_doi == "10.1/x"
    assert work(arxiv_id="2408.16357", url="https://a.example").address == "https://arxiv.org/abs/2408.16357"
    assert (work(url="https://a.example").any_doi, work(url="https://a.example").address) == (
        "",
        "https://a.example",
    )


def test_one_line_holds_nothing_that_a_format_cannot():
    assert one_line("\x00a\x0bb\r\nc\u2028d\ufffe e\x85f\ud800 \u202eg") == "a b c d e f\ufffd g"
