"""Word lists from the text files beside this module, read once when a module that needs them is imported."""

from pathlib import Path


def word_lists(name: str) -> dict[str, tuple[str, ...]]:
    """The words of ``<name>.txt`` by the label in front of their lines' colon ("" without one); ``#`` begins a comment.

    A label may stand on several lines; their words are joined in order.
    """
    lists: dict[str, tuple[str, ...]] = {}
    for line in Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        label, colon, words = line.rpartition(":")
        key = label if colon else ""
        lists[key] = lists.get(key, ()) + tuple(words.split())
    return lists
