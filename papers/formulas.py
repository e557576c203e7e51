"""TeX formulas in plain text: where one begins and ends, and how it reads as plain Unicode.

The dollar is also money. Pandoc's rule decides (https://pandoc.org/MANUAL.html#math: the opening dollar is
followed by, the closing one preceded by a non-space and not followed by a digit), with what abstracts need:
``$\\sim$10`` is mathematics because only mathematics holds TeX; ``$5M, or 10$ per`` is prose.
"""

import re
import unicodedata
from typing import NamedTuple

from latex2mathml.symbols_parser import convert_symbol

LONGEST_FORMULA = 2000
DEEPEST_BRACES = 50

# The next dollar that is not escaped; a paragraph ends the search.
_DOLLAR = re.compile(r"(?:[^$\\\n]|\\[^\n]|\\(?=\n)|\n(?![ \t]*\n))*?(\$\$?)")
_CLOSERS = {"\\(": "\\)", "\\[": "\\]"}
_TEX = re.compile(r"\\[A-Za-z]|[\^_{]")
_AMOUNT = re.compile(r"\s*[0-9]")
_LONG_WORD = re.compile(r"(?<!\w)[a-z]{4}")
_GLUE = re.compile(
    r"(?<![\w\\])(?:and|or|to|for|of|per|in|at|by|from|the|than|vs|versus|with|is|are|was|were|million|billion|"
    r"trillion|thousand|USD|dollars?)(?!\w)|[가-힣]"
)

_FONT = re.compile(
    r"\\(?P<font>math(?:rm|bf|it|sf|tt|cal|bb|frak|scr|normal)|text(?:rm|bf|it|tt|sf|normal)?|mbox|operatorname\*?|"
    r"boldsymbol|bm|emph)\s*\{(?P<inner>[^{}\\$]*)\}"
)
_DOUBLE_BRACES = re.compile(r"\{\{([^{}]*)\}\}")
_TOKEN = re.compile(
    r"(?P<script>[\^_])\s*(?:\{(?P<group>[^{}^_]*)\}|(?P<single>\\[A-Za-z]+|[^\s{}\\^_]))"
    r"|\\sqrt\s*\{(?P<root>[^{}\\]*)\}|(?P<macro>\\[A-Za-z]+)|\\(?P<escaped>[%&#_${} ,;:!|])|(?P<braces>[{}])"
    r"|(?P<plain>[^\\{}^_]+)"
)
FUNCTIONS = frozenset({
    "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "coth", "csc", "deg", "det", "dim", "exp", "gcd",
    "hom", "inf", "ker", "lg", "lim", "liminf", "limsup", "ln", "log", "max", "min", "Pr", "sec", "sin", "sinh",
    "sup", "tan", "tanh", "argmax", "argmin", "mod",
})  # fmt: skip
_SILENT = frozenset({
    "left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "limits", "nolimits", "displaystyle", "textstyle",
    "xspace",
})  # fmt: skip
_SPACES = {" ": " ", ",": "\u2009", ";": " ", ":": " ", "!": "", "|": "‖"}
_SUPERSCRIPTS = dict(zip("0123456789+-−=()in′*⊤", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ′*ᵀ", strict=True)) | {"T": "ᵀ"}
_SUBSCRIPTS = dict(zip("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_WORD = re.compile(r"[^\W_]+")
_DOUBLE_STRUCK = {"R": "ℝ", "N": "ℕ", "Z": "ℤ", "Q": "ℚ", "C": "ℂ", "E": "𝔼", "P": "ℙ"}


class Formula(NamedTuple):
    """A formula found in text: its TeX without delimiters, displayed or inline, and the offset after it."""

    tex: str
    display: bool
    end: int


def _is_convertible(tex: str) -> bool:
    """False for what is over the limits or empty."""
    if not tex.strip() or len(tex) > LONGEST_FORMULA:
        return False
    depth = deepest = 0
    for brace in re.findall(r"\\.|[{}]", tex):
        depth += {"{": 1, "}": -1}.get(brace, 0)
        deepest = max(deepest, depth)
    return deepest <= DEEPEST_BRACES


def _is_formula(tex: str, after: str) -> bool:
    """Whether ``$tex$`` followed by ``after`` is mathematics rather than two amounts of money."""
    has_tex = _TEX.search(tex) is not None
    if tex[0].isspace() or tex[-1].isspace():
        # "$ \alpha $" is sloppy, but nothing else; "$5 and $" is money.
        both = tex[0].isspace() and tex[-1].isspace()
        return both and has_tex and not _AMOUNT.match(tex)
    is_amount = _AMOUNT.match(tex) is not None
    if "\\" not in tex and (is_amount or not has_tex) and _GLUE.search(tex):
        return False
    if "\\" not in tex and is_amount and _LONG_WORD.search(tex):
        return False
    return has_tex or not after.isdecimal()


def formula_at(text: str, start: int) -> Formula | None:
    """The formula whose delimiter (``$``, ``$$``, ``\\(`` or ``\\[``) is at ``start``, or None if that is text.

    Formulas over 2,000 characters or nested over 50 braces are text.
    """
    opening = text[start : start + 2]
    if opening in _CLOSERS:
        end = text.find(_CLOSERS[opening], start + 2, start + LONGEST_FORMULA + 4)
        tex = text[start + 2 : end] if end > 0 else ""
        return Formula(tex.strip(), opening == "\\[", end + 2) if _is_convertible(tex) else None
    if opening[:1] != "$":
        return None
    size = 2 if opening == "$$" else 1
    match = _DOLLAR.match(text, start + size, start + size + LONGEST_FORMULA + 2)
    if match is None or (size == 2 and match[1] != "$$"):
        return None
    tex, end = text[start + size : match.start(1)], match.start(1) + size
    if not _is_convertible(tex):
        return None
    if size == 2 or _is_formula(tex, text[end : end + 1]):
        return Formula(tex.strip(), size == 2, end)
    return None


def symbol_of(macro: str) -> str | None:
    """The character of a TeX symbol such as ``\\alpha``, or None for any other macro, accents included."""
    code = convert_symbol(macro)
    if not code or len(code) > 6 or macro == "\\sqrt":
        return None
    symbol = chr(int(code, 16))
    return None if unicodedata.combining(symbol) else symbol


def _script_text(script: str, content: str) -> str | None:
    """``^{2}`` as ``²`` and ``_{crit}`` as ``_crit``; None if neither is readable."""
    content = "".join(_token_text(token) or "\\" for token in _TOKEN.finditer(content))
    table = _SUPERSCRIPTS if script == "^" else _SUBSCRIPTS
    if content and all(c in table for c in content):
        return "".join(table[c] for c in content)
    return script + content if _WORD.fullmatch(content) else None


def _macro_text(macro: str) -> str | None:
    name = macro[1:]
    if name in _SILENT:
        return ""
    return name if name in FUNCTIONS else symbol_of(macro)


def _token_text(token: re.Match[str]) -> str | None:
    if token["script"]:
        return _script_text(token["script"], token["group"] or token["single"] or "")
    if token["root"] is not None:
        return f"√{token['root']}" if len(token["root"]) == 1 else f"√({token['root']})"
    if token["macro"]:
        return _macro_text(token["macro"])
    if token["escaped"]:
        return _SPACES.get(token["escaped"], token["escaped"])
    if token["braces"]:
        return ""
    return token["plain"].replace("~", "\u00a0").replace("'", "′")


def _font_text(font: re.Match[str]) -> str:
    """Braces keep ``\\alpha\\text{x}`` two words; a letter set such as ``\\mathbb{R}`` has its own character."""
    inner = font["inner"]
    return "{" + (_DOUBLE_STRUCK.get(inner, inner) if font["font"] == "mathbb" else inner) + "}"


def _swallowed(token: re.Match[str], part: str, tex: str) -> int:
    """TeX ends a macro's name by a space: ``\\mu P`` is ``μP``; between a relation and its sides it reads better."""
    is_letter = token["macro"] is not None and len(part) == 1 and part.isalpha()
    return int(is_letter and re.match(r" [^\W_]", tex[token.end() : token.end() + 2]) is not None)


def formula_to_text(tex: str) -> str:
    """A formula as plain Unicode where that is simple (``\\alpha^2`` is ``α²``), else its TeX as it stands."""
    simple = _DOUBLE_BRACES.sub(r"{\1}", _FONT.sub(_font_text, tex))
    parts: list[str] = []
    end = 0
    while token := _TOKEN.match(simple, end):
        part = _token_text(token)
        if part is None:
            return tex
        # "n\log n" has no space before the name, because TeX sets one.
        apart = token["macro"] is not None and part in FUNCTIONS and parts and parts[-1][-1:].isalnum()
        parts.append(" " + part if apart else part)
        end = token.end() + _swallowed(token, part, simple)
    return ("".join(parts).strip() if end == len(simple) else "") or tex
