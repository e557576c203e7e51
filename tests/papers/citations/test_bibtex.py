"""BibTeX, read back by two parsers that are not ours."""

import re

import pytest

from papers.citations import bibtex, citation_key, form_of, write_file
from papers.citations.work import Name
from tests.papers.citations.works import TEXTS, all_works, work

# What BibTeX's own commands for these signs stand for; neither parser knows all of them.
SIGNS = {
    r"{\textbackslash}": "\\",
    r"{\textbraceleft}": "{",
    r"{\textbraceright}": "}",
    r"{\textasciitilde}": "~",
    r"{\textasciicircum}": "^",
    **{f"\\{sign}": sign for sign in "%&$#_"},
}
ESCAPES = re.compile("|".join(map(re.escape, SIGNS)))


def plain(value):
    """A field as a reader sees it: the braces that keep it whole taken off, its escapes resolved."""
    found = ESCAPES.sub(lambda match: f"\0{SIGNS[match.group()]}", value)
    return re.sub(r"(?<!\0)[{}]", "", found).replace("\0", "")


def expected(cited):
    """What a parser is to find of a work."""
    verbatim = {"{": "%7B", "}": "%7D", "\\": "%5C"}
    fields = {
        "title": cited.plain_title,
        "year": cited.year,
        "eprint": cited.arxiv_id,
        "doi": "".join(verbatim.get(character, character) for character in cited.any_doi),
        "url": "".join(verbatim.get(character, character) for character in cited.address),
    }
    if cited.arxiv_id:
        fields |= {"archiveprefix": "arXiv", "eprinttype": "arxiv"}
    return {name: value for name, value in fields.items() if value}


def test_a_preprint():
    cited = work(
        names=["Oleg Filatov", "Jan Ebert"], arxiv_id="2410.05838", source="Naranhi, 2024-10-10, no. 6"
    )
    assert bibtex(cited) == (
        "@misc{filatov2024time-12,\n"
        "  title         = {{Time Transfer: On Optimal Learning Rate}},\n"
        "  author        = {Oleg Filatov and Jan Ebert},\n"
        "  year          = {2024},\n"
        "  eprint        = {2410.05838},\n"
        "  archivePrefix = {arXiv},\n"
        "  eprinttype    = {arxiv},\n"
        "  doi           = {10.48550/arXiv.2410.05838},\n"
        "  url           = {https://arxiv.org/abs/2410.05838},\n"
        "  note          = {Naranhi, 2024-10-10, no. 6}\n"
        "}"
    )


def test_it_says_only_what_is_known():
    cited = work("GPT-4o", ["OpenAI"], kind="release", url="https://openai.com/gpt-4o")
    assert bibtex(cited) == (
        "@misc{openai-12,\n"
        "  title  = {{GPT-4o}},\n"
        "  author = {{OpenAI}},\n"
        "  url    = {https://openai.com/gpt-4o}\n"
        "}"
    )
    assert "author" not in bibtex(work())


@pytest.mark.parametrize(
    ("names", "author"),
    [
        (["Kun Xu", "Kun Xu"], "Kun Xu and Kun Xu"),
        (["OpenAI"], "{OpenAI}"),
        (["Gemini Team", "Ann Lee"], "{Gemini Team} and Ann Lee"),
        (["Barnes and Noble"], "{Barnes and Noble}"),
        (["Laurens van der Maaten"], "Laurens van der Maaten"),
        (["Laurens Van Der Maaten"], "Van Der Maaten, Laurens"),
        (["Juan de la Cruz Garcia"], "Garcia, Juan de la Cruz"),
        (["bell hooks"], "hooks, bell"),
        (["Smith, Jr."], "{Smith, Jr.}"),
        (["김 민지"], "{김 민지}"),
        (["A & B"], r"{A \& B}"),
    ],
)
def test_names(names, author):
    assert f"  author = {{{author}}}" in bibtex(work(names=names))


def test_tex_and_diacritics_become_plain_words():
    text = bibtex(work(r"$\mu$P and \textbf{Müller}'s 50\% rule", ["Łukasz Kaiser"]))
    assert r"{{μP and Müller’s 50\% rule}}" in text
    assert "@misc{kaiser" in text


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_breaks_out_of_its_braces(text):
    entry = bibtex(work(text, [text, "Kun Xu"], url=f"https://a.example/{text}", source=text))
    depth = 0
    for place, character in enumerate(entry):
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth > 0 or place in (len(entry) - 1, *range(5))
    assert depth == 0
    fields = entry.split("\n", 1)[1]
    assert re.search(r"(?<!\\)[%&#]", re.sub(r"(?m)^  (url|doi) .*$", "", fields)) is None


def test_pybtex_reads_back_every_field_and_every_name():
    database = pytest.importorskip("pybtex.database")
    works = all_works()
    entries = database.parse_string("".join(write_file(form_of("bib"), [works])), "bibtex").entries
    assert list(entries) == [citation_key(cited) for cited in works]
    for cited, entry in zip(works, entries.values(), strict=True):
        found = {name.lower(): plain(value) for name, value in entry.fields.items() if name != "note"}
        assert (entry.type, found) == ("misc", expected(cited))
        people = [
            Name(
                plain(" ".join(person.first_names + person.middle_names)),
                plain(" ".join(person.prelast_names + person.last_names)),
            )
            for person in entry.persons.get("author", [])
        ]
        assert people == cited.people


def test_bibtexparser_reads_back_every_field_and_every_name():
    bibtexparser = pytest.importorskip("bibtexparser")
    splitting = [bibtexparser.middlewares.SeparateCoAuthors(), bibtexparser.middlewares.SplitNameParts()]
    works = all_works()
    file = "".join(write_file(form_of("bib"), [works]))
    library = bibtexparser.parse_string(file, append_middleware=splitting)
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [citation_key(cited) for cited in works]
    for cited, entry in zip(works, library.entries, strict=True):
        fields = {field.key.lower(): field.value for field in entry.fields}
        names = fields.pop("author", [])
        fields.pop("note", None)
        assert {name: plain(value) for name, value in fields.items()} == expected(cited)
        people = [Name(plain(" ".join(name.first)), plain(" ".join(name.von + name.last))) for name in names]
        assert people == cited.people


def test_keys_differ_and_are_plain():
    first, second = work(names=["Kun Xu"], pk=1), work(names=["Kun Xu"], pk=2)
    assert (citation_key(first), citation_key(second)) == ("xutime-1", "xutime-2")
    assert citation_key(work("비디오", ["김민지"])) == "anon-12"
    assert citation_key(work("“{”")) == "anon-12"
    keys = [citation_key(cited) for cited in all_works()]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch("[a-z0-9-]+", key) for key in keys)
