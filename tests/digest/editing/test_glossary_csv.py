"""The glossary as CSV: out and in without a change, no cell a formula, all rows or none with every problem named."""

import csv
import io

import pytest

from digest.editing.errors import NotAllowed, Refused
from digest.editing.glossary import term_pairs
from digest.editing.glossary_csv import (
    MAX_BYTES,
    MAX_ROWS,
    BadFile,
    TermImport,
    add_starter_terms,
    export_terms,
    import_terms,
    read_csv,
    write_csv,
)
from digest.models import Event, Term
from digest.text.terms import TermPair
from tests.digest.text.pairs import STARTER_TERMS

HEADER = "ko,en,note,forbidden\n"


def take(text, by, name="terms.csv"):
    return import_terms(data=text.encode(), name=name, by=by)


def problems(text, name="t.csv"):
    with pytest.raises(BadFile) as refused:
        read_csv(text if isinstance(text, bytes) else text.encode(), name)
    return refused.value.messages


def test_import_adds_changes_and_leaves(tom):
    first = HEADER + "배치 크기,batch size,,a | b\n학습률,learning rate\n"
    assert take(first, tom) == TermImport(2, 0, 0)
    assert term_pairs() == [
        TermPair("배치 크기", "batch size", "", ("a", "b")),
        TermPair("학습률", "learning rate"),
    ]
    assert take(first, tom) == TermImport(0, 0, 2)
    assert take(HEADER + "배치 크기,Batch size,note,a\n새말,new word,,\n", tom) == TermImport(1, 1, 0)
    assert [pair.en for pair in term_pairs()] == ["Batch size", "new word", "learning rate"]
    assert Event.objects.filter(object_type="term").count() == 4


def test_second_import_of_an_export_writes_nothing(tom, django_assert_num_queries):
    take(HEADER + '가,a,=1+1,-x | @y\n나,+b,\'=c,\n다,\'\'=d,"e,""f""",g\n', tom)
    exported = export_terms()
    before = (term_pairs(), Event.objects.count())
    assert take(exported, tom) == TermImport(0, 0, 3)
    assert (term_pairs(), Event.objects.count()) == before
    assert export_terms() == exported


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "'=", "''-"])
def test_no_exported_cell_begins_like_a_formula(sign):
    pairs = [TermPair(f"{sign}가", f"{sign}a", f"{sign}n", (f"{sign}f", f"{sign}g"))]
    cells = next(row for row in csv.reader(io.StringIO(write_csv(pairs), newline="")) if row[0] != "\ufeffko")
    assert [cell[0] for cell in cells] == ["'"] * 4


def test_file_from_a_spreadsheet_is_read():
    text = '\ufeffEN,Forbidden,ko\r\n"batch, size",," 배치\n크기 "\r\n,,\r\nrate\r\n'
    assert problems(text) == ["t.csv:5: ko: " + problems(HEADER + ",rate")[0].split("ko: ")[1]]
    rows = read_csv(text.removesuffix("rate\r\n").encode(), "t.csv")
    assert [(row.line, row.pair) for row in rows] == [(2, TermPair("배치 크기", "batch, size"))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["t.csv:1: "]),
        ("a,b\n1,2\n", ["t.csv:1: "]),
        ("ko,en,ko\n1,2,3\n", ["t.csv:1: "]),
        ("ko;en;note;forbidden\n가;a;;\n", ["t.csv:1: "]),
        (HEADER + "가,a,b,c,d\n", ["t.csv:2: "]),
        (HEADER + "가,a\n나,\n,b\n가,A\n", ["t.csv:3: en: ", "t.csv:4: ko: ", "t.csv:5: "]),
        (HEADER + '가,a\n나,"b\n다,c\n', ["t.csv:4: "]),
        (
            HEADER + f"가,{'a' * 101},{'n' * 301},{'f' * 1001}\n",
            ["t.csv:2: en: ", "t.csv:2: note: ", "t.csv:2: forbidden: "],
        ),
        (HEADER + "가,a\x00\n나,b\uffff\n", ["t.csv:2: en: ", "t.csv:3: en: "]),
        (HEADER + f"가,{'a' * 200_000}\n", ["t.csv:"]),
        (b"ko,en\n\xea\xb0\x80,a\n\xff,b\n", ["t.csv:3: "]),
        (b"\x00" * (MAX_BYTES + 1), ["t.csv:1: "]),
        (HEADER + "".join(f"가{n},a\n" for n in range(MAX_ROWS + 1)), [f"t.csv:{MAX_ROWS + 2}: "]),
    ],
)
def test_every_problem_is_named_with_its_line(text, found):
    said = problems(text)
    assert [problem.startswith(start) for problem, start in zip(said, found, strict=True)] == [True] * len(
        found
    ), said


def test_many_problems_are_counted():
    said = problems(HEADER + "가,\n" * 300)
    assert len(said) == 201


def test_bad_file_changes_nothing(tom):
    take(HEADER + "가,a,,\n", tom)
    with pytest.raises(BadFile):
        take(HEADER + "가,a,changed,\n나,b,,\n다,,,\n", tom)
    assert term_pairs() == [TermPair("가", "a")]
    assert Event.objects.filter(object_type="term").count() == 1


def test_import_needs_the_right(stranger):
    with pytest.raises(NotAllowed):
        take(HEADER, stranger)


def test_starter_terms_fill_an_empty_glossary_once(tom):
    done = add_starter_terms(by=tom)
    assert done == TermImport(len(STARTER_TERMS), 0, 0)
    assert done.added >= 60
    assert set(term_pairs()) == set(STARTER_TERMS)
    with pytest.raises(Refused) as refused:
        add_starter_terms(by=tom)
    assert refused.value.code == "not_empty"
    assert take(export_terms(), tom) == TermImport(0, 0, len(STARTER_TERMS))


def test_hundreds_of_terms_are_taken_in(tom):
    text = HEADER + "".join(f"말{n},word {n},,\n" for n in range(300))
    assert take(text, tom).added == 300
    assert Term.objects.count() == 300


def test_any_glossary_comes_back_as_it_went():
    hypothesis = pytest.importorskip("hypothesis")
    strategies = hypothesis.strategies
    risky = strategies.sampled_from(
        ["=", "+", "-", "@", "'", "''=", '"', ",", ";", "\\", "x", "가", " ", "\u2028", "\x85", "\ufeff"]
    )
    letters = strategies.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="|")
    line = strategies.lists(strategies.one_of(risky, letters), min_size=1, max_size=20).map("".join)
    pair = strategies.tuples(line, line, line, strategies.lists(line, max_size=3))

    @hypothesis.given(strategies.lists(pair, max_size=5))
    @hypothesis.settings(max_examples=200, deadline=None)
    def round_trip(rows):
        given = [
            ["ko", "en", "note", "forbidden"],
            *([ko, en, note, "|".join(forms)] for ko, en, note, forms in rows),
        ]
        out = io.StringIO()
        csv.writer(out).writerows(given)
        try:
            read = [row.pair for row in read_csv(out.getvalue().encode(), "t.csv")]
        except BadFile:
            hypothesis.reject()
        assert [row.pair for row in read_csv(write_csv(read).encode(), "t.csv")] == read

    round_trip()
