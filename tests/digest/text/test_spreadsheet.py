import pytest

from digest.text.spreadsheet import bare_cell, guarded_cell


@pytest.mark.parametrize(
    ("cell", "guarded"),
    [
        ("plain", "plain"),
        ("a=1", "a=1"),
        ("", ""),
        ("'quoted'", "'quoted'"),
        ("=1+1", "'=1+1"),
        ("+82", "'+82"),
        ("- item", "'- item"),
        ("@name", "'@name"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("'=1", "''=1"),
    ],
)
def test_no_cell_is_a_formula_and_each_comes_back(cell, guarded):
    assert guarded_cell(cell) == guarded
    assert bare_cell(guarded) == cell
