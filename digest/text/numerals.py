"""The numbers a text states in digits, and those it says in words, in Korean and English. Pure.

Numbers are compared by value: ``1,000`` is ``1000``, ``70억`` is ``7B`` and *7 billion*; ``3.5%`` is not ``3.5``.
Words only ever excuse: *twice* stands for ``2배``, but nobody need write *twice* in digits.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from digest.text.languages import KO, has_hangul

# The signs and letters that scale the number before them.
_SCALES = {
    "k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12,
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "십": 10, "백": 10**2, "천": 10**3, "만": 10**4, "억": 10**8, "조": 10**12,
}  # fmt: skip
_NUMBER = re.compile(
    r"""(?P<digits>(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)*|(?<![0-9])\.[0-9]+)
    (?:
      (?P<percent>\ ?(?:%|퍼센트|percent|per\ cent))
      |(?P<letter>[kKMBT])(?![A-Za-z0-9])
      |[ -]?(?P<word>(?i:thousand|million|billion|trillion))(?![A-Za-z])
      |(?P<hangul>[십백천]?[만억조]|[십백천])
      |\ (?P<apart>[십백천]?[만억조])(?![가-힣])
    )?(?P<counted>\ ?(?:개|번|명|회|가지|차례|건|장|대)(?!월|년))?""",
    re.VERBOSE,
)
# "Llama-3", "L3M"; in "8x7B" the x is a sign.
_GLUED = re.compile(r"(?:[A-WYZa-wyz]|(?<![0-9])[xX])[-‐‑]?$")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９％．，", "0123456789%.,")
_LONGEST = 30

_ENGLISH = {
    word: value
    for value, words in {
        0: "zero", 1: "one once first single", 2: "two twice second double doubles doubled doubling both pair dual couple",
        3: "three thrice third thirds triple triples tripled tripling", 4: "four fourth quadruple quadrupled quarter quarters",
        5: "five fifth fifths", 6: "six sixth", 7: "seven seventh", 8: "eight eighth", 9: "nine ninth", 10: "ten tenth magnitude",
        11: "eleven eleventh", 12: "twelve twelfth dozen", 13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen",
        17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty twentieth", 30: "thirty thirtieth", 40: "forty", 50: "fifty", 60: "sixty",
        70: "seventy", 80: "eighty", 90: "ninety", 100: "hundred", 1000: "thousand", 10**6: "million", 10**9: "billion",
        10**12: "trillion",
    }.items()
    for word in words.split()
}  # fmt: skip
_ENGLISH_WORD = re.compile(
    rf"(?<![a-z])(?:{'|'.join(sorted(_ENGLISH, key=len, reverse=True))})(?=(?:fold|th)\b|[^a-z]|$)"
)
_MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip
_MONTH = re.compile(
    rf"\b({'|'.join(sorted({*_MONTHS, *(name[:3] for name in _MONTHS)}, key=len, reverse=True))})\b"
)
_HALF = {"0.5", "50%", "2", "1"}
_A = re.compile(r"\b(?:an?|one|single|each|per)\b", re.IGNORECASE)

_KOREAN = {
    word: value
    for value, words in {
        1: "하나 한 첫 첫째 단일", 2: "둘 두 둘째 이중 양쪽 양방향 양측 쌍", 3: "셋 세 석 셋째 삼중", 4: "넷 네 넷째", 5: "다섯", 6: "여섯",
        7: "일곱", 8: "여덟", 9: "아홉", 10: "열", 11: "열하나 열한", 12: "열둘 열두", 20: "스물 스무", 30: "서른", 40: "마흔", 50: "쉰",
        100: "백", 1000: "천", 10**4: "만", 10**6: "백만", 10**7: "천만", 10**8: "억", 10**9: "십억", 10**10: "백억", 10**12: "조",
    }.items()
    for word in words.split()
}  # fmt: skip
_KOREAN_WORD = re.compile(
    rf"(?<![가-힣])수?({'|'.join(sorted(_KOREAN, key=len, reverse=True))})"
    r"(?=[^가-힣]|$|[개번배가명달쪽차종장을를이은는의로와과만])"
)
_SINO = dict(zip("영일이삼사오육칠팔구", range(10), strict=True))
_SINO_WORD = re.compile(
    r"(?<![가-힣])([일이삼사오육칠팔구십백]{1,5})(?=개|배|번|차|단계|가지|층|퍼센트|명|회|년|월|위)"
)
_KOREAN_HALF = re.compile(r"(?<![가-힣])(?:절반|반)(?![가-힣]{3})")
_MOST_SPOKEN = 10**15


@dataclass(frozen=True, slots=True)
class Number:
    """A number in digits: as it is written, and the values it may mean (*3만* may be 30,000, or *only 3*)."""

    written: str
    values: frozenset[str]
    # Korean "1개" needs no digit in English: "a model".
    is_one_of: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    number: Number
    value: Decimal
    scale: int
    end: int


def stated_numbers(text: str) -> list[Number]:
    """Every number in digits, in order; a repeated value once.

    ``"GPT-4는 405B, 1억 5천만 개의 3.5%"`` states 4, 405000000000, 150000000 and 3.5%.
    """
    text = text.translate(_FULL_WIDTH)
    readings: list[_Reading] = []
    for match in _NUMBER.finditer(text):
        reading = _read(text, match)
        last = readings[-1] if readings else None
        joins = last and last.scale > reading.scale > 1 and text[last.end : match.start()] in ("", " ")
        if last and joins and match["hangul"] and has_hangul(last.number.written):
            readings[-1] = _sum(last, reading)
        else:
            readings.append(reading)
    numbers: dict[frozenset[str], Number] = {}
    for reading in readings:
        numbers.setdefault(reading.number.values, reading.number)
    return list(numbers.values())


def spoken_numbers(text: str, language: str) -> set[str]:
    """The values that the text says in words: *twice*, *second*, *twenty-four*, *October*; 두 배, 첫 번째, 절반."""
    if language == KO:
        return set(_korean_values(text))
    values = {_key(Decimal(value)) for value in _english_values(text.lower())}
    values |= {str(_month_number(match[1])) for match in _MONTH.finditer(text)}
    if re.search(r"\bhal(?:f|ve[sd]?|ving)\b", text, re.IGNORECASE):
        values |= _HALF
    if "quarter" in text:
        values |= {"25%", "0.25"}
    return values


def says_one(text: str) -> bool:
    """True if an English text has an article or a word that stands for one thing."""
    return _A.search(text) is not None


def _read(text: str, match: re.Match[str]) -> _Reading:
    digits = match["digits"].replace(",", "")
    written = match[0][: len(match[0]) - len(match["counted"] or "")].strip()
    if digits.count(".") > 1 or len(digits) > _LONGEST:
        return _Reading(Number(written[:200], frozenset([digits])), Decimal(0), 1, match.end())
    value = Decimal(digits)
    scale = 1
    for sign in _scale_signs(match):
        scale *= _SCALES[sign]
    values = {_key(value * scale) + ("%" if match["percent"] else "")}
    before = text[max(0, match.start() - 3) : match.start()]
    if _GLUED.search(before) or (match["hangul"] and re.match("[가-힣]", text[match.end("hangul") :])):
        # "L3M" is a name, "Llama-7B" has seven billion, "GPT-4만" is only GPT-4, "2조각" are two pieces.
        values.add(_key(value))
    is_one = match["counted"] is not None and value * scale == 1
    return _Reading(Number(written, frozenset(values), is_one), value * scale, scale, match.end())


def _scale_signs(match: re.Match[str]) -> list[str]:
    hangul = match["hangul"] or match["apart"]
    if hangul:
        return list(hangul)
    name = match["letter"] or match["word"]
    return [name.lower()] if name else []


def _sum(first: _Reading, second: _Reading) -> _Reading:
    """``1억`` and ``5천만`` are one number."""
    value = first.value + second.value
    written = f"{first.number.written} {second.number.written}"
    return _Reading(Number(written, frozenset([_key(value)])), value, second.scale, second.end)


def _key(value: Decimal) -> str:
    """One spelling of a value: no exponent, no zeros that say nothing."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text.lstrip("0") or "0"


def _english_values(text: str) -> Iterator[int]:
    """Each number word, and what neighbours make together: twenty, four and 24."""
    current, end = 0, -2
    for match in _ENGLISH_WORD.finditer(text):
        value = _ENGLISH[match[0]]
        yield value
        if text[end : match.start()] not in (" ", "-", " and ") or current > _MOST_SPOKEN:
            current = value
        else:
            current = max(current, 1) * value if value >= 100 else current + value
        end = match.end()
        yield current


def _korean_values(text: str) -> Iterator[str]:
    for match in _KOREAN_WORD.finditer(text):
        yield _key(Decimal(_KOREAN[match[1]]))
    for match in _SINO_WORD.finditer(text):
        yield str(_sino_value(match[1]))
    if _KOREAN_HALF.search(text):
        yield from _HALF


def _sino_value(word: str) -> int:
    """``이십사`` is 24."""
    total = digit = 0
    for sign in word:
        if sign in _SINO:
            digit = _SINO[sign]
        else:
            total += max(digit, 1) * _SCALES[sign]
            digit = 0
    return total + digit


def _month_number(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, start=1) if month.startswith(name))
