"""Stems of Korean verbs and adjectives from their inflected forms, by rule.

Every way to take a form apart that the rules of Korean allow is followed, since no dictionary says which is meant.
Endings and irregular stems are the lists of korean_endings.txt and korean_verbs.txt.
"""

import unicodedata
from functools import lru_cache

from digest.text.analysis.word_lists import word_lists

_LISTS = word_lists("korean_endings")
_ANY = frozenset(_LISTS["any"])
_EU = frozenset(_LISTS["eu"])
_CLOSED = frozenset(_LISTS["closed"]) | {"으" + ending for ending in _EU}
_EO = frozenset("" if ending == "-" else ending for ending in _LISTS["eo"])
_FINALS = {
    jamo: frozenset("" if ending == "-" else ending for ending in _LISTS[label])
    for jamo, label in (("\u11ab", "n"), ("\u11af", "l"), ("\u11b7", "m"), ("\u11b8", "b"))
}
_LONGEST_ENDING = max(len(ending) for ending in _ANY | _CLOSED | _EO | _FINALS["\u11ab"])

_VERBS = word_lists("korean_verbs")
STOP_STEMS = frozenset(_VERBS["stop"])
_RIEUL = frozenset(_VERBS["rieul"])
_BIEUP = frozenset(_VERBS["bieup"])
_DIGEUT = tuple(_VERBS["digeut"])
_SIOT = tuple(_VERBS["siot"])
_AEO = frozenset(_VERBS["aeo"])

_DIGEUT_OPEN = ("깨달", "들", "걸", "실", "일컬")  # the same before a vowel

_SS, _BIEUP_FINAL, _RIEUL_FINAL, _SIOT_FINAL = "\u11bb", "\u11b8", "\u11af", "\u11ba"
# The vowel that a stem's own and the ending's ㅓ or ㅏ were contracted into: ㅕㅣ ㅘㅗ ㅝㅜ ㅙㅚ.
_CONTRACTED = {"\u1167": "\u1175", "\u116a": "\u1169", "\u116f": "\u116e", "\u116b": "\u116c"}
_A, _EO_VOWEL, _EU_VOWEL = "\u1161", "\u1165", "\u1173"
_SWALLOW = frozenset("\u1162\u1166")  # ㅐ ㅔ: 보내어 is written 보내
_BRIGHT = frozenset("\u1161\u1163\u1169")  # ㅏ ㅑ ㅗ take 아, all others 어
# Consonants before ㅡ where a stem ends in it: 크 쓰 뜨 끄 트 나쁘 아프 따르 모으.
_EU_ONSETS = frozenset("\u110f\u110a\u1104\u1101\u1110\u1108\u1111\u1105\u110b")
_TAKES_EO = frozenset(
    "\u1175\u116c\u1171\u1174\u1162\u1166\u116e"
)  # vowels after which 어 may stay: 되어, 바뀌어


@lru_cache(maxsize=20_000)
def _jamo(syllable: str) -> str:
    return unicodedata.normalize("NFD", syllable)


def _syllable(jamo: str) -> str:
    return unicodedata.normalize("NFC", jamo)


def final(syllable: str) -> str:
    """The final consonant of a syllable as a conjoining jamo, "" if it has none."""
    return _jamo(syllable)[2:]


def _without_final(stem: str) -> str:
    return stem[:-1] + _syllable(_jamo(stem[-1])[:2])


def _with_final(stem: str, jamo: str) -> str:
    return stem[:-1] + _syllable(_jamo(stem[-1]) + jamo)


def _canonical(stem: str) -> str:
    """One form for a stem that changes before endings: 어렵 and 어려우, 깨닫 and 깨달, 낫 and 나."""
    if stem == "도오":
        return "도우"
    if final(stem[-1]) == _BIEUP_FINAL and (len(stem) > 1 or stem in _BIEUP):
        return _without_final(stem) + "우"
    if stem.endswith(_DIGEUT):
        return _with_final(_without_final(stem), _RIEUL_FINAL)
    return _without_final(stem) if stem.endswith(_SIOT) else stem


def one_form(stem: str) -> str:
    """The form that the rules have for a dictionary's stem: 어려우 for 어렵."""
    return _canonical(stem)


def with_rieul(stem: str) -> str:
    """The stem that lost its ㄹ before an ending, if it is one: 만들 for 만드; otherwise the stem."""
    return _present(stem, falls=True)[0]


def _open(stem: str) -> list[str]:
    """Stems of one whose vowel ending was contracted into it: 줄여 is 줄이, 통해 통하, 커 크, 빨라 빠르, 보내 보내."""
    jamo = _jamo(stem[-1])
    if len(jamo) != 2:
        return []
    vowel = jamo[1]
    if stem[-1] == "해":
        return [stem[:-1] + "하"]
    if vowel in _CONTRACTED:
        return [stem[:-1] + _syllable(jamo[0] + _CONTRACTED[vowel])] + [stem] * (stem in _AEO)
    if vowel in _SWALLOW:
        return [stem]
    if vowel not in (_A, _EO_VOWEL):
        return []
    found = [stem[:-1] + _syllable(jamo[0] + _EU_VOWEL)] if jamo[0] in _EU_ONSETS else []
    found.append(stem)
    if len(stem) > 1 and stem[-1] in "라러" and final(stem[-2]) == _RIEUL_FINAL:
        found.append(_without_final(stem[:-1]) + "르")
    return found


def _before_eo(head: str) -> list[str]:
    """Stems of a form in -어, -아 or -여, whether its vowel was contracted or not."""
    if len(head) > 1 and head[-1] in "어아":
        vowel = _jamo(head[-2])[1]
        closed = final(head[-2])
        if closed and (vowel in _BRIGHT) == (head[-1] == "아"):
            return [head[:-1]]
        if _with_final(head[:-1], _SIOT_FINAL) in _SIOT and not closed:  # 나아 is 낫
            return [head[:-1]]
        if closed or head[-1] == "아":
            return [] if closed else _open(head)  # 모아 is 모으
        return [head[:-1]] if vowel in _TAKES_EO else []
    if head.endswith("하여"):
        return [head[:-1]]
    return _open(head)


def _past(head: str) -> list[str]:
    """Stems of a past tense without its ending: 섞었, 줄였, 했; and of 했었, which is past twice."""
    found = _before_eo(_without_final(head))
    return [stem for once in found for stem in (_past(once) if _is_past(once) else [once])]


def _is_past(head: str) -> bool:
    return final(head[-1]) == _SS and head[-1] not in "있겠"


def _at(head: str, rest: str) -> list[str]:
    """Stems if ``head`` is a stem and ``rest`` its ending; empty if that cannot be."""
    closed = final(head[-1])
    found: list[str] = []
    if rest in _ANY:
        if _is_past(head):
            found += _past(head)
        elif head[-1] == "겠" and len(head) > 1:
            found.append(head[:-1])
        else:
            found += _present(head, falls=rest[0] in "네니는")
    if rest in _CLOSED and closed and closed != _RIEUL_FINAL:
        found += _past(head) if _is_past(head) else [head]
    if rest in _EU and (not closed or closed == _RIEUL_FINAL):
        found += _present(head, falls=rest[0] == "니")
    if rest in _CLOSED and closed == _RIEUL_FINAL and head.endswith(_DIGEUT_OPEN):
        found.append(head)
    if rest in _CLOSED and not closed and _with_final(head, _SIOT_FINAL) in _SIOT:
        found.append(head)
    if rest in _FINALS.get(closed, ()) and (rest or head[-1] not in "는은을음"):
        found += _present(_without_final(head), falls=True)
    if rest in _EO and not closed:
        found += _before_eo(head)
    return found


def _present(stem: str, *, falls: bool) -> list[str]:
    """The stem, and where ㄹ ``falls`` away before the ending also the one that had it: 만드(는) is 만들."""
    if not falls or final(stem[-1]):
        return [stem]
    whole = _with_final(stem, _RIEUL_FINAL)
    return [whole, stem] if whole in _RIEUL or whole[-2:] in _RIEUL or whole[-1:] in "늘들" else [stem]


def _helped(stem: str) -> list[str]:
    """What a helping verb stands behind: 만들 of 만들어지, 크 of 커지, 찾 of 찾아내."""
    head = stem[:-1]
    if not head or stem[-1] not in "지보내주":
        return []
    found = _before_eo(head) if len(head) > 1 or stem[-1] == "지" else []
    return [whole for whole in found if whole != head and whole not in STOP_STEMS]


@lru_cache(maxsize=50_000)
def stems(word: str) -> tuple[str, ...]:
    """What ``word`` may be as a verb, as stems: 줄였습니다, 줄이는 and 줄여 give 줄이; empty if it cannot be one."""
    found: list[str] = []
    for place in range(max(1, len(word) - _LONGEST_ENDING), len(word) + 1):
        found += _at(word[:place], word[place:])
    if not found and word[-1] in "은을음":  # 모은
        found = [_without_final(word)]
    found += [stem for whole in found for stem in _helped(whole)]
    return tuple(dict.fromkeys(_canonical(stem) for stem in found))


@lru_cache(maxsize=50_000)
def sure_stems(word: str) -> tuple[str, ...]:
    """Stems of a form that nothing but a verb has: -습니다, -ㅂ니다, or the past tense with an ending."""
    for place in range(max(1, len(word) - _LONGEST_ENDING), len(word)):
        head, rest = word[:place], word[place:]
        formal = rest == "니다" and final(head[-1]) == _BIEUP_FINAL and head[-1] != "습"
        if (
            formal
            or (rest in ("습니다", "습니까") and final(head[-1]))
            or (_is_past(head) and rest in _ANY | _CLOSED)
        ):
            found = [stem for whole in _at(head, rest) for stem in (whole, *_helped(whole))]
            if found:
                return tuple(dict.fromkeys(_canonical(stem) for stem in found))
    return ()
