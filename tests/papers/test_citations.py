"""BibTeX and RIS, read back by a parser that is not ours where one is installed."""

import re
from types import SimpleNamespace

import pytest

from papers.citations import bibtex, citation_key, ris, year_of
from tests.papers.hostile import PAYLOADS

HOSTILE = [
    "100% of {A & B",
    "}",
    "{",
    "\\",
    "a } @misc{evil, title={x}} {",
    "$x_1$ and #1 ~ ^ _",
    "% all of it",
    '"quoted", comma',
    "@article{",
    "\\end{document}",
    "\\",
    *PAYLOADS,
]


def paper(title="Time Transfer: On Optimal Learning Rate", *, pk=12, arxiv_id=None, doi="", url=""):
    return SimpleNamespace(pk=pk, title=title, arxiv_id=arxiv_id, doi=doi, url=url)


def read_ris(text):
    rows = [re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line) for line in text.split("\n")]
    assert all(rows), text
    return [(row[1], row[2]) for row in rows]


def test_bibtex_of_a_preprint():
    assert bibtex(
        paper(arxiv_id="2410.05838"), ["Oleg Filatov", "Jan Ebert"], note="Naranhi, 2024-10-10, no. 6"
    ) == (
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


def test_bibtex_says_only_what_is_known():
    text = bibtex(paper("GPT-4o", url="https://openai.com/gpt-4o"), ["OpenAI"])
    assert text == (
        "@misc{openai-12,\n"
        "  title  = {{GPT-4o}},\n"
        "  author = {{OpenAI}},\n"
        "  url    = {https://openai.com/gpt-4o}\n"
        "}"
    )
    assert "author" not in bibtex(paper(), [])


@pytest.mark.parametrize(
    ("names", "author", "rows"),
    [
        (["Kun Xu", "Kun Xu"], "Kun Xu and Kun Xu", ["Xu, Kun", "Xu, Kun"]),
        (["OpenAI"], "{OpenAI}", ["OpenAI"]),
        (["Gemini Team", "Ann Lee"], "{Gemini Team} and Ann Lee", ["Gemini Team", "Lee, Ann"]),
        (["Barnes and Noble"], "{Barnes and Noble}", ["Barnes and Noble"]),
        (["Laurens van der Maaten"], "Laurens van der Maaten", ["van der Maaten, Laurens"]),
        (["Aäron van den Oord"], "Aäron van den Oord", ["van den Oord, Aäron"]),
        (["Smith, Jr."], "{Smith, Jr.}", ["Smith, Jr."]),
        (["김민지"], "{김민지}", ["김민지"]),
        (["A & B"], r"{A \& B}", ["A & B"]),
    ],
)
def test_names(names, author, rows):
    assert f"  author = {{{author}}}\n" in bibtex(paper(), names)
    assert [value for tag, value in read_ris(ris(paper(), names)) if tag == "AU"] == rows


def test_tex_and_diacritics_become_plain_words():
    text = bibtex(paper(r"$\mu$P and \textbf{Müller}'s 50\% rule"), ["Łukasz Kaiser"])
    assert r"{{μP and Müller’s 50\% rule}}" in text
    assert "@misc{kaiser" in text
    assert dict(read_ris(ris(paper(r"$\mu$P \textbf{b}"), [])))["TI"] == "μP b"


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_breaks_out_of_its_braces(text):
    entry = bibtex(paper(text, url=f"https://a.example/{text}"), [text, "Kun Xu"], note=text)
    depth = 0
    for place, character in enumerate(entry):
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth > 0 or place in (len(entry) - 1, *range(5))
    assert depth == 0
    fields = entry.split("\n", 1)[1]
    assert re.search(r"(?<!\\)[%&#]", re.sub(r"(?m)^  (url|doi) .*$", "", fields)) is None


@pytest.mark.parametrize("text", HOSTILE)
def test_another_parser_reads_one_entry(text):
    bibtexparser = pytest.importorskip("bibtexparser")
    other = bibtex(paper("Next", pk=13), ["Ann Lee"])
    file = bibtex(paper(text, url=f"https://a.example/{text}"), [text, "Kun Xu"], note=text) + "\n\n" + other
    library = bibtexparser.parse_string(file)
    assert library.failed_blocks == []
    assert [entry.key.rpartition("-")[2] for entry in library.entries] == ["12", "13"]
    assert library.entries[0].entry_type == "misc"
    assert library.entries[1]["author"] == "Ann Lee"


@pytest.mark.parametrize("text", [*HOSTILE, "a\nER  - \nTY  - GEN"])
def test_ris_reads_back_as_one_record(text):
    rows = read_ris(ris(paper(text, doi="10.1/x"), ["Kun Xu", "Kun Xu"], keywords=["moe", text]))
    assert [tag for tag, _ in rows if tag in ("TY", "ER")] == ["TY", "ER"]
    assert rows[0] == ("TY", "GEN")
    assert rows[-1] == ("ER", "")
    assert [value for tag, value in rows if tag == "AU"] == ["Xu, Kun"] * 2
    assert ("KW", "moe") in rows


def test_ris_of_a_preprint():
    assert read_ris(ris(paper(arxiv_id="cs.CL/0701001"), ["Ann Lee"], keywords=["비디오-생성"])) == [
        ("TY", "GEN"),
        ("TI", "Time Transfer: On Optimal Learning Rate"),
        ("AU", "Lee, Ann"),
        ("PY", "2007"),
        ("PB", "arXiv"),
        ("AN", "arXiv:cs.CL/0701001"),
        ("DO", "10.48550/arXiv.cs.CL/0701001"),
        ("UR", "https://arxiv.org/abs/cs.CL/0701001"),
        ("KW", "비디오-생성"),
        ("ER", ""),
    ]


@pytest.mark.parametrize(
    ("arxiv_id", "year"),
    [
        ("2408.16357", "2024"),
        ("0704.0001", "2007"),
        ("hep-th/9901001", "1999"),
        ("math/0001001", "2000"),
        (None, ""),
    ],
)
def test_year_of(arxiv_id, year):
    assert year_of(paper(arxiv_id=arxiv_id)) == year


def test_keys_differ_and_are_plain():
    first, second = citation_key(paper(pk=1), ["Kun Xu"]), citation_key(paper(pk=2), ["Kun Xu"])
    assert (first, second) == ("xutime-1", "xutime-2")
    assert citation_key(paper("비디오"), ["김민지"]) == "anon-12"
    assert citation_key(paper("“{”"), []) == "anon-12"
