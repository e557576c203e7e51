"""The text-mode TeX macros that titles and abstracts really use, as data."""

import re
import unicodedata

# https://en.wikibooks.org/wiki/LaTeX/Special_Characters: the accent macro and Unicode's combining mark.
ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
}  # fmt: skip
# The HTML element of a font macro; None for a font we do not set.
FONTS = {
    "textbf": "strong", "textit": "em", "emph": "em", "textsl": "em", "texttt": "code", "textsc": None,
    "textrm": None, "textsf": None, "textnormal": None, "textmd": None, "textup": None, "text": None, "mbox": None,
    "underline": None, "uline": None, "textsuperscript": "sup", "textsubscript": "sub",
}  # fmt: skip
SWITCHES = {
    "bf": "strong", "bfseries": "strong", "em": "em", "it": "em", "itshape": "em", "sl": "em", "tt": "code",
    "ttfamily": "code", "sc": None, "scshape": None, "rm": None, "sf": None, "normalfont": None,
}  # fmt: skip
WORDS = {
    "xspace": "", "noindent": "", "newline": " ", "linebreak": " ", "par": " ", "LaTeX": "LaTeX", "TeX": "TeX",
    "textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\\", "textunderscore": "_", "textdegree": "°",
    "textgreater": ">", "textless": "<", "textbar": "|", "textendash": "–", "textemdash": "—", "texttimes": "×",
    "textquotedblleft": "“", "textquotedblright": "”", "textregistered": "®", "texttrademark": "™",
}  # fmt: skip
SIGNS = dict(zip("%&_$#{}", "%&_$#{}", strict=True)) | {" ": " ", ",": "\u2009", "-": "", "/": "", "@": ""}

_ACCENTED = re.compile(r"\s*\{\s*(?:\\([ij])|([^\W\d_]))\s*\}|\s*\\([ij])(?![A-Za-z])|(\s*)([^\W\d_])")


def accented_at(text: str, accent: str, start: int) -> tuple[str, int] | None:
    """The letter under ``accent`` (a key of ``ACCENTS``) whose argument is at ``start``, and the offset after it.

    None if Unicode has no such letter: ``\\"open`` is ö, but ``\\"the`` is an escaped quotation mark.
    """
    match = _ACCENTED.match(text, start)
    if match is None or (match[5] and bool(match[4]) != accent.isalpha()):
        return None
    letter = match[1] or match[2] or match[3] or match[5]
    composed = unicodedata.normalize("NFC", letter + ACCENTS[accent])
    return (composed, match.end()) if len(composed) == 1 else None
