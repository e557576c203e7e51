"""English words: folding, acronym plurals, Snowball stems."""

import re
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]

from digest.text.analysis.fold import fold_word
from digest.text.analysis.word_lists import word_lists

# "english" (Porter2), not "porter": the original maps generalization and generative to one stem.
_STEMMER = snowballstemmer.stemmer("english")
# LLMs, L3Ms, H100s; and in lower case what can be no other word: llms, gpus, h100s.
_ACRONYM_PLURAL = re.compile(
    "(?=.*[A-Z0-9])[A-Z0-9]{2,}s|[b-df-hj-np-rtv-xz]{2,4}s|[cgnt]pus|[a-z]{0,2}[0-9]+[a-z]?s"
)
_POSSESSIVE = re.compile("['’]s?$")
_THOUSANDS = re.compile("(?<=[0-9]),(?=[0-9]{3})")
_HAS_DIGIT = re.compile("[0-9]")
_LETTERS_FIRST = re.compile("([^\\W\\d_]{3,})[0-9]")

STOP_WORDS = frozenset(word_lists("english_stop_words")[""])
LONGEST_WORD = 64  # letters; what is longer is no word, and an index has no room for it


def stem(word: str) -> str:
    """The term of a Latin word or number: ``LLMs`` gives ``llm``, ``Scaling`` ``scale``, ``1,000`` ``1000``."""
    word = _POSSESSIVE.sub("", word[:LONGEST_WORD])
    if _ACRONYM_PLURAL.fullmatch(word):
        word = word[:-1]
    folded = surface(word)
    if _HAS_DIGIT.search(folded):
        return folded
    return str(_STEMMER.stemWord(folded)) or folded


@lru_cache(maxsize=100_000)
def terms(word: str) -> tuple[str, tuple[str, ...]]:
    """The stem, and further terms: the word itself where its stem is not its beginning, and the letters of TxT360."""
    main, whole = stem(word), surface(word)
    found = () if whole.startswith(main) else (whole,)
    letters = _LETTERS_FIRST.match(whole)
    return main, (*found, letters[1]) if letters else found


def surface(word: str) -> str:
    """The folded word itself, which as-you-type needs where the stem is not its beginning (``scaling``: ``scale``)."""
    folded = fold_word(_POSSESSIVE.sub("", word[:LONGEST_WORD]).replace("’", "'"))[:LONGEST_WORD]
    return _THOUSANDS.sub("", folded)
