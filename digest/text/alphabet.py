"""The order of a dictionary that holds both alphabets, and the letter a word stands under. Pure."""

import unicodedata

# The nineteen initial consonants in the order of the syllables; a tense one stands under its plain one.
_INITIALS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"
_FIRST, _LAST, _PER_INITIAL = 0xAC00, 0xD7A3, 588
OTHER = "0–9"


def letter_of(word: str) -> str:
    """The heading of a word: ``ㄱ`` to ``ㅎ`` for Hangul, ``A`` to ``Z`` for Latin, else ``0–9``.

    ``"강화학습"`` and ``"까치"`` stand under ``ㄱ``, ``"Éclair"`` under ``E``, ``"3d"`` under ``0–9``.
    """
    first = unicodedata.normalize("NFC", word)[:1]
    if first and _FIRST <= ord(first) <= _LAST:
        return _INITIALS[(ord(first) - _FIRST) // _PER_INITIAL]
    letter = unicodedata.normalize("NFKD", first)[:1].upper()
    return letter if "A" <= letter <= "Z" else OTHER


def dictionary_key(word: str) -> tuple[int, str, str]:
    """A sort key: signs and digits, then Latin without regard to case and accents, then Hangul.

    Syllables are in dictionary order in Unicode already; ``"A"`` < ``"b"`` < ``"É"`` < ``"가"`` < ``"나"``.
    """
    letter = letter_of(word)
    group = 0 if letter == OTHER else 1 if letter.isascii() else 2
    if group == 2:
        return group, letter, unicodedata.normalize("NFC", word)
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return group, letter, bare.casefold()
