"""How much two texts have in common, cheaply: the words they share, without the words every abstract has."""

import re
from functools import lru_cache
from math import sqrt

_WORD = re.compile(r"[^\W\d_]{3,}")
# What abstracts of this field say whatever they are about.
_COMMON_WORDS = """
about achieve achieves across also although among and approach are based because been being better between
both but can code compared could data demonstrate different does each effective etc even existing
experiments extensive first for found from further furthermore had has have having how however into
introduce its large leads learning like main make many method methods model models more moreover most much
must new not novel one only other our over paper performance possible present previous problem propose
proposed provide recent recently result results same several show shows significant significantly since some
state such tasks than that the their them then there these they this those three through thus two under use
used uses using via was well were what when where whether which while who will with within without work
would you your
"""
_COMMON = frozenset(_COMMON_WORDS.split())


# The newest papers of a tag are compared with every digest after them; a set takes some 8 kB.
@lru_cache(maxsize=512)
def words_of(text: str) -> frozenset[str]:
    """The telling words of a title and abstract, folded: ``"Scaling Laws of MoE"`` gives scaling, laws, moe."""
    return frozenset(_WORD.findall(text.casefold())) - _COMMON


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The cosine of two sets of words, from 0 (nothing in common) to 1 (equal)."""
    if not one or not other:
        return 0.0
    return len(one & other) / sqrt(len(one) * len(other))
