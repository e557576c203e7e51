"""The search indexes of a test, made anew from its rows as they stand."""

from digest.editing.reindexing import rebuild, retire_others
from digest.text.analysis.analyze import RULES


def build_indexes(*names):
    """Both, or those named, ready to be asked."""
    for name in names or ("public", "editor"):
        for _ in rebuild(name, engine=RULES):
            pass
        retire_others(name)
