"""The literal that PostgreSQL stores; no database is asked."""

from digest.index.base import IndexRow
from digest.index.postgres import tsvector
from digest.text.analysis.documents import TermDoc


def row(**streams):
    return IndexRow(1, 1, TermDoc(**streams))


def test_columns_stand_apart_and_carry_their_label():
    literal = tsvector(
        row(title=("a", "b"), authors=("doe",), note_en=("don't",), abstract=("c++",), extra=("x",))
    )
    assert literal == ("'a':1A 'b':2A 'doe':7B 'don''t':12B 'c++':15C 'x':18D '=all':21D '@doe':22D")


def test_no_place_is_beyond_what_postgresql_takes():
    places = [int(part.rsplit(":")[-1][:-1]) for part in tsvector(row(note_ko=("a",) * 20_000)).split()]
    assert (max(places), len(places)) == (16_383, 20_001)
