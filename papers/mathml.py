"""TeX formulas as MathML Core, without JavaScript.

latex2mathml does the translation; its own serialisation is not used, because it writes text and attributes
unescaped. The tree is written here, with the allow-listed elements and checked attribute values alone.
"""

import re
import unicodedata
from functools import lru_cache
from html import escape
from xml.etree.ElementTree import Element

from latex2mathml.converter import Converter

from papers.formulas import FUNCTIONS, formula_to_text
from papers.safehtml import MATHML_ATTRIBUTES, MATHML_TAGS, displayable

# What one text may spend on formulas; the real corpus stays under a tenth of both. The rest is shown as TeX.
_MOST_FORMULAS = 400
_MOST_FORMULA_CHARACTERS = 20_000
_DEEPEST_TREE = 100

# Definitions can loop or grow without bound; an author's formula does not need them.
_DEFINITION = re.compile(
    r"\\(?:[gex]?def|let|(?:re|provide)?newcommand|renewcommand|providecommand|newenvironment|DeclareMathOperator|"
    r"require|unicode|char)(?![A-Za-z])"
)
# Macros of common packages that latex2mathml does not know, and % which it takes for a comment.
_REWRITES = (
    (re.compile(r"\\(?:xspace|ensuremath|nonumber)(?![A-Za-z])"), ""),
    (re.compile(r"\\nicefrac(?![A-Za-z])"), r"\\tfrac"),
    (re.compile(r"\\(?:mathbbm|mathds)(?![A-Za-z])"), r"\\mathbb"),
    (re.compile(r"\\(?:textsc|textsl)(?![A-Za-z])"), r"\\text"),
    (re.compile(r"\\(begin|end)\{(?:aligned|gathered|alignedat)\}"), r"\\\1{split}"),
    (re.compile(r"(?<!\\)%"), r"\\%"),
)
_REFERENCE = re.compile("&#x([0-9A-Fa-f]{1,6});")
_UNKNOWN_MACRO = re.compile(r"\\[A-Za-z]")
_ESCAPED = re.compile(r"\\([_%&#${}])")
_VALUES = {
    "width": re.compile(r"0?\.\d{1,4}em|[012](?:\.\d{1,4})?em"),
    "minsize": re.compile(r"[0123](?:\.\d{1,4})?em"),
    "maxsize": re.compile(r"[0123](?:\.\d{1,4})?em"),
    "lspace": re.compile(r"0\.167em"),
    "rspace": re.compile(r"0\.167em"),
    "linethickness": re.compile(r"0(?:em|px)?"),
    "scriptlevel": re.compile(r"[0-3]"),
    "form": re.compile("prefix|infix|postfix"),
    "mathvariant": re.compile("normal"),
}
_BOOLEAN = re.compile("true|false")
_TOKENS = frozenset({"mi", "mn", "mo", "ms", "mtext"})
# Signs that latex2mathml calls identifiers, and identifiers that it calls operators.
_OPERATOR_SIGNS = {"~": "∼"}
_IDENTIFIER_SIGNS = frozenset("∞∅∂∇")
_UNSTRETCHED = frozenset({"Ps", "Pe"})
_STYLES = {
    "bold": "BOLD",
    "italic": "ITALIC",
    "bold-italic": "BOLD ITALIC",
    "script": "SCRIPT",
    "bold-script": "BOLD SCRIPT",
    "fraktur": "FRAKTUR",
    "double-struck": "DOUBLE-STRUCK",
    "sans-serif": "SANS-SERIF",
    "monospace": "MONOSPACE",
}


class NotMathML(Exception):
    """A formula that cannot be shown as MathML without losing or distorting it."""


def _styled(character: str, style: str) -> str:
    """The mathematical alphanumeric of a letter or digit: MathML Core knows no ``mathvariant`` but ``normal``."""
    name = unicodedata.name(character, "").replace("LATIN ", "").replace("GREEK ", "").replace("LETTER ", "")
    for candidate in (f"MATHEMATICAL {style} {name}", f"{style} {name}"):
        try:
            return unicodedata.lookup(candidate)
        except KeyError:
            continue
    return character


def _leaf(element: Element) -> tuple[str, str, dict[str, str]]:
    """Tag, text and attributes of a token element, with the translator's slips put right."""
    text = displayable(
        _REFERENCE.sub(lambda match: chr(min(int(match[1], 16), 0x10FFFF)), element.text or "")
    )
    if _UNKNOWN_MACRO.search(text):
        raise NotMathML(text)
    tag, text, attributes = element.tag, _ESCAPED.sub(r"\1", text), dict(element.attrib)
    style = _STYLES.get(attributes.get("mathvariant", ""))
    if style and tag in ("mi", "mn"):
        text = "".join(_styled(character, style) for character in text)
    category = unicodedata.category(text) if len(text) == 1 else ""
    if tag == "mi" and text in FUNCTIONS:
        # As an identifier "n log n" would be set without the spaces around the name.
        return "mo", text, {"lspace": "0.167em", "rspace": "0.167em"}
    if text in _IDENTIFIER_SIGNS:
        return "mi", text, {}
    if tag == "mi" and (text in _OPERATOR_SIGNS or category in ("Sm", "Ps", "Pe")):
        return (
            "mo",
            _OPERATOR_SIGNS.get(text, text),
            {"stretchy": "false"} if category in _UNSTRETCHED else {},
        )
    return tag, text, attributes


def _open_tag(tag: str, attributes: dict[str, str]) -> str:
    allowed = MATHML_ATTRIBUTES.get(tag, set())
    kept = [
        f' {name}="{value}"'
        for name, value in attributes.items()
        if name in allowed and _VALUES.get(name, _BOOLEAN).fullmatch(value)
    ]
    return f"<{tag}{''.join(kept)}>"


def _write(element: Element, parts: list[str], depth: int = 0) -> None:
    """Appends ``element`` as markup to ``parts``. Raises NotMathML for unknown macros and too deep trees."""
    if depth > _DEEPEST_TREE:
        raise NotMathML("too deep")
    if element.tag in _TOKENS and len(element) == 0:
        tag, text, attributes = _leaf(element)
        parts.append(f"{_open_tag(tag, attributes)}{escape(text, quote=False)}</{tag}>")
        return
    # A token element holds text alone in MathML; \mathop{x} puts a row into one.
    tag = element.tag if element.tag in MATHML_TAGS - _TOKENS else "mrow"
    parts.append(_open_tag(tag, dict(element.attrib)))
    for child in element:
        _write(child, parts, depth + 1)
    parts.append(f"</{tag}>")


@lru_cache(maxsize=1024)
def formula_to_html(tex: str, display: bool = False) -> str:
    """A formula as ``<math>`` with its TeX as annotation, or readable as ``<code class="tex">``; never raises.

    The result still has to pass ``papers.safehtml.sanitise`` with the text around it.
    """
    source = tex
    try:
        if _DEFINITION.search(source):
            raise NotMathML("definition")
        for pattern, replacement in _REWRITES:
            source = pattern.sub(replacement, source)
        parts: list[str] = []
        for row in Converter(display="block" if display else "inline").convert_to_element(source):
            _write(row, parts)
    except Exception:
        # latex2mathml raises a dozen types of its own and, on odd input, IndexError, StopIteration, RecursionError …
        return formula_to_code(tex)
    attribute = ' display="block"' if display else ""
    annotation = f'<annotation encoding="application/x-tex">{escape(tex, quote=False)}</annotation>'
    return f"<math{attribute}><semantics>{''.join(parts)}{annotation}</semantics></math>"


def formula_to_code(tex: str) -> str:
    """A formula as readable text: Unicode where that is simple, else its TeX."""
    return f'<code class="tex">{escape(formula_to_text(tex), quote=False)}</code>'


class FormulaWriter:
    """Writes the formulas of one text and keeps the bill, so that no text can buy seconds of translation."""

    def __init__(self) -> None:
        self._formulas = _MOST_FORMULAS
        self._characters = _MOST_FORMULA_CHARACTERS

    def write(self, tex: str, display: bool) -> str:
        """``formula_to_html`` within the limits of the text, ``formula_to_code`` beyond."""
        self._formulas -= 1
        self._characters -= len(tex)
        if self._formulas < 0 or self._characters < 0:
            return formula_to_code(tex)
        return formula_to_html(tex, display)
