"""Korean words by rule: the noun without its particles, the verb without its endings, the parts of long words.

A word is a run of Hangul syllables (NFC). The lists the rules work from are the korean_*.txt files beside this module.
"""

import re
from functools import lru_cache

from digest.text.analysis.korean_verbs import STOP_STEMS, final, stems, sure_stems
from digest.text.analysis.word_lists import word_lists

VERB = "_v"  # marks a verb's stem, so that it never meets a noun of the same letters
EDGE = "_e"  # marks two syllables where a longer stem may hold a word: 작용 in 상호작용, but not 이전 in 에이전트
GRAM = "_g"  # marks two neighbouring syllables of a longer stem; in a row they find a part of three or more

# One word of a text: where its main term's part begins and ends in it, the main term, the further terms.
Piece = tuple[int, int, str, tuple[str, ...]]

_NOUN_LISTS = word_lists("korean_nouns")
_SIMPLE = frozenset(_NOUN_LISTS["simple"])
_PARTS_OF_WORDS = _SIMPLE | frozenset(_NOUN_LISTS["nouns"])
NOUNS = _PARTS_OF_WORDS | frozenset(_NOUN_LISTS["alone"])
_SHORT = frozenset(_NOUN_LISTS["short"])
BOUND = frozenset(word_lists("korean_bound")[""])
LONGEST_WORD = 40

_PARTICLES = {
    particle: (level, after)
    for label, particles in word_lists("korean_particles").items()
    for level, after in [label.split()]
    for particle in particles
}
_LONGEST_PARTICLE = max(map(len, _PARTICLES))
# They end many nouns whose word stands before: 투명성, 도시화.
_SUFFIXES = frozenset("화성적률율도량력치법값")
_RIEUL_FINAL = "\u11af"

# A noun that became a verb, perhaps with a helping verb behind: 최적화하, 복잡해지, 학습시키.
_LIGHT = re.compile(
    "(..+?)(?:"
    + "|".join(word_lists("korean_verbs")["light"])
    + "|해지|해보|해주|해내|해나가|해오|해가|해두|하게되|되어지)"
)


def _fits(noun: str, after: str) -> bool:
    closed = final(noun[-1])
    if after == "closed":
        return bool(closed)
    if after == "open":
        return not closed
    return after == "any" or closed in ("", _RIEUL_FINAL)


def _strip(word: str, wanted: str) -> str:
    """``word`` without the longest particle of a level at its end; at least two syllables stay."""
    for size in range(min(_LONGEST_PARTICLE, len(word) - 2), 0, -1):
        level, after = _PARTICLES.get(word[-size:], ("", ""))
        if level == wanted and _fits(word[:-size], after):
            return word[:-size]
    return word


def _known(word: str) -> bool:
    """True for a noun of the lists, one that ends in a longer one of them, or two of them written as one."""
    if word in NOUNS or any(word[-size:] in NOUNS for size in range(3, min(7, len(word)))):
        return True
    return any(word[:place] in NOUNS and word[place:] in _PARTS_OF_WORDS for place in range(2, len(word) - 1))


@lru_cache(maxsize=50_000)
def nouns(word: str) -> tuple[str, ...]:
    """What ``word`` may be as a noun, the likeliest first: 배치의 gives 배치, 선명도가 선명도 and itself."""
    if word[0] in _SHORT and word[1:] in _PARTICLES and word not in NOUNS:
        return (word[0], word) if _fits(word[0], _PARTICLES[word[1:]][1]) else (word,)
    stem = word
    while not _known(stem) and (shorter := _strip(stem, "clear")) != stem:
        stem = shorter
    found = [stem]
    if not _known(stem):
        shorter = _strip(stem, "doubtful")
        if shorter != stem:
            again = shorter if _known(shorter) else _strip(shorter, "doubtful")
            found = [shorter] if _known(shorter) else list(dict.fromkeys((again, shorter, stem)))
    if found[0].endswith("적") and len(found[0]) > 2:
        found.append(found[0][:-1])
    return tuple(dict.fromkeys(found))


def _copula_nouns(verb_stems: tuple[str, ...]) -> list[str]:
    """The nouns in stems that are one with 이다: 결과이긴, 문제였고."""
    return [nouns(stem[:-1])[0] for stem in verb_stems if len(stem) > 2 and stem[-1] == "이"]


def _parts(found: list[str]) -> list[str]:
    """Marked syllable pairs: edges of the likeliest noun, and pairs of the longest that it may be."""
    main, longest = found[0], max(found, key=len)
    last = len(main) - 2
    marked = []
    if last > 0 and main not in _SIMPLE:
        places = [0, *(range(2, last, 2) if last > 3 else ()), last]
        if main[last:] not in NOUNS and (main in NOUNS or main[-1] in _SUFFIXES):  # 유사도 holds no 사도
            places.pop()
        marked = [EDGE + main[place : place + 2] for place in places]
    return marked + grams(longest) if len(longest) > 3 else marked


def grams(stem: str) -> list[str]:
    """All marked pairs of neighbouring syllables, in order."""
    return [GRAM + stem[place : place + 2] for place in range(len(stem) - 1)]


@lru_cache(maxsize=50_000)
def terms(word: str) -> tuple[str, ...]:
    """All terms of a Korean word, the main one first; empty for a bound noun, a connective or a helping verb.

    >>> terms("학습했습니다")[0]
    '학습'
    """
    if word in BOUND:
        return ()
    if len(word) > LONGEST_WORD:
        return (word[:LONGEST_WORD],)
    sure = sure_stems(word)
    as_noun = () if sure else nouns(word)
    known = bool(as_noun) and (_known(as_noun[0]) or as_noun[0] in _SHORT)
    as_verb = sure or (() if known else stems(word))
    if not STOP_STEMS.isdisjoint(as_verb):
        return ()
    bases = [match[1] for stem in as_verb if (match := _LIGHT.fullmatch(stem))]
    copula = [] if bases else _copula_nouns(as_verb)
    if any(noun in BOUND for noun in copula):
        return ()
    found = list(dict.fromkeys(bases[:1] or [*copula, *as_noun]))
    verbs = [] if bases else [VERB + stem for stem in as_verb]
    parts = _parts(found) if found else []
    return tuple(dict.fromkeys([*found, *verbs, *parts])) or (word,)


def knows(word: str) -> bool:
    """True where the lists leave no doubt about ``word``: a noun with its particles, or nothing to look for."""
    if word in BOUND:
        return True
    noun = nouns(word)[0]
    return not sure_stems(word) and (_known(noun) or noun in _SHORT)


@lru_cache(maxsize=50_000)
def pieces(word: str) -> tuple[Piece, ...]:
    """The run of syllables as one word with all its terms; empty where it has none."""
    found = terms(word)
    return ((0, stem_length(word, found[0]), found[0], found[1:]),) if found else ()


def stem_length(word: str, term: str) -> int:
    """How many syllables of ``word`` its stem takes: up to the first that begins otherwise than the stem's."""
    stem = term.removeprefix(VERB)
    length = 0
    while length < min(len(stem), len(word)) and _same_onset(stem[length], word[length]):
        length += 1
    return length or len(word)


def _same_onset(left: str, right: str) -> bool:
    return (ord(left) - 0xAC00) // 588 == (ord(right) - 0xAC00) // 588


@lru_cache(maxsize=20_000)
def hangs_on(word: str) -> bool:
    """True if ``word``, right behind another, only inflects it: ``LR과``, ``LLM에서는``, ``scaling하는``."""
    return any((terms(noun + word) or (noun,))[0] == noun for noun in ("토큰", "코드", "모델"))


def is_hangul(word: str) -> bool:
    """True for a Korean word or one of its terms."""
    return "가" <= word[-1:] <= "힣"
