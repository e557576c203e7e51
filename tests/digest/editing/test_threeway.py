import pytest

from digest.editing.threeway import Outcome, compare_field, merge_tags


@pytest.mark.parametrize(
    ("base", "ours", "incoming", "outcome"),
    [
        (None, "", "new", Outcome.TAKE),
        (None, "same", "same", Outcome.REBASE),
        (None, "ours", "theirs", Outcome.CONFLICT),
        (None, "ours", "", Outcome.NOTHING),
        ("old", "old", "old", Outcome.NOTHING),
        ("old", "edited", "old", Outcome.NOTHING),
        ("old", "old", "new", Outcome.TAKE),
        ("old", "new", "new", Outcome.REBASE),
        ("old", "edited", "new", Outcome.CONFLICT),
        ("old", "", "new", Outcome.CONFLICT),
        ("old", "old", "", Outcome.EMPTIED),
        ("old", "", "", Outcome.REBASE),
    ],
)
def test_compare_field(base, ours, incoming, outcome):
    assert compare_field(base, ours, incoming) is outcome


@pytest.mark.parametrize(
    ("base", "ours", "incoming", "merged"),
    [
        ("a b", "a b", "a b c", "a b c"),
        ("a b", "a b x", "a c", "a x c"),
        ("a b", "b", "a b c", "b c"),
        ("", "x", "a X", "x a"),
        ("Scaling_Law", "scaling-law", "scaling-law moe", "scaling-law moe"),
    ],
)
def test_merge_tags_as_sets(base, ours, incoming, merged):
    assert merge_tags(base.split(), ours.split(), incoming.split()) == merged.split()
