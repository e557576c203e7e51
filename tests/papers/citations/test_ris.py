"""RIS, read back by two parsers that are not ours."""

import re

import pytest

from papers.citations import form_of, ris, write_file
from tests.papers.citations.works import TEXTS, all_works, work


def read_ris(text):
    rows = [re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line) for line in text.split("\n")]
    assert all(rows), text
    return [(row[1], row[2]) for row in rows]


def test_a_preprint():
    cited = work(
        names=["Ann Lee"], arxiv_id="cs.CL/0701001", tags=("비디오-생성",), abstract=r"On \emph{it}."
    )
    assert read_ris(ris(cited)) == [
        ("TY", "GEN"),
        ("TI", "Time Transfer: On Optimal Learning Rate"),
        ("AU", "Lee, Ann"),
        ("PY", "2007"),
        ("DA", "2007/01//"),
        ("PB", "arXiv"),
        ("AN", "arXiv:cs.CL/0701001"),
        ("DO", "10.48550/arXiv.cs.CL/0701001"),
        ("UR", "https://arxiv.org/abs/cs.CL/0701001"),
        ("LA", "en"),
        ("KW", "비디오-생성"),
        ("AB", "On it."),
        ("ER", ""),
    ]


@pytest.mark.parametrize(
    ("kind", "type_"), [("paper", "GEN"), ("post", "BLOG"), ("release", "ELEC"), ("other", "GEN")]
)
def test_types(kind, type_):
    assert read_ris(ris(work(kind=kind)))[0] == ("TY", type_)


@pytest.mark.parametrize("text", TEXTS)
def test_whatever_it_holds_it_is_one_record(text):
    rows = read_ris(ris(work(text, ["Kun Xu", "Kun Xu"], doi="10.1/x", tags=("moe", text), abstract=text)))
    assert [tag for tag, _ in rows if tag in ("TY", "ER")] == ["TY", "ER"]
    assert (rows[0], rows[-1]) == (("TY", "GEN"), ("ER", ""))
    assert [value for tag, value in rows if tag == "AU"] == ["Xu, Kun"] * 2
    assert ("KW", "moe") in rows


def expected(cited):
    facts = {
        "title": cited.plain_title,
        "authors": [name.inverted for name in cited.people],
        "year": cited.year,
        "publisher": "arXiv" if cited.arxiv_id else "",
        "accession_number": f"arXiv:{cited.arxiv_id}" if cited.arxiv_id else "",
        "doi": cited.any_doi,
        "language": cited.language,
        "keywords": [" ".join(tag.split()) for tag in cited.tags],
        "abstract": cited.plain_abstract,
    }
    return {name: value for name, value in facts.items() if value}


# A tag or a name that a parser gets is one line without control characters, as one_line() makes it.
def without_tags(facts):
    return {name: value for name, value in facts.items() if name != "keywords"}


def test_rispy_reads_back_every_field_and_every_name():
    rispy = pytest.importorskip("rispy")
    works = all_works()
    found = rispy.loads("".join(write_file(form_of("ris"), [works])))
    assert len(found) == len(works)
    for cited, record in zip(works, found, strict=True):
        for extra in ("type_of_reference", "date"):
            record.pop(extra, None)
        assert record.pop("urls", [""]) == [cited.address]
        assert len(record.get("keywords", [])) == len(cited.tags)
        assert without_tags(record) == without_tags(expected(cited))


def test_risparser_reads_back_every_field_and_every_name():
    risparser = pytest.importorskip("RISparser")
    works = all_works()
    lines = "".join(write_file(form_of("ris"), [works])).splitlines(keepends=True)
    found = list(risparser.read(lines))
    assert len(found) == len(works)
    for cited, record in zip(works, found, strict=True):
        for extra in ("type_of_reference", "date"):
            record.pop(extra, None)
        assert record.pop("url", "") == cited.address
        assert len(record.get("keywords", [])) == len(cited.tags)
        assert without_tags(record) == without_tags(expected(cited))
