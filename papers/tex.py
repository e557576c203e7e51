"""Titles and abstracts, plain text with TeX in it, as safe HTML and as plain Unicode."""

import re
from collections.abc import Iterable
from html import escape

from papers.formulas import formula_to_text
from papers.links import short_label
from papers.mathml import FormulaWriter
from papers.safehtml import displayable, sanitise
from papers.texreader import Piece, Reader

_WORD = re.compile(r"[\w-]+")
_COMPOUND = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
_LONGEST_COMPOUND = 24
_REL = "noopener nofollow"


def _keep_together(word: re.Match[str]) -> str:
    found = word.group()
    is_compound = "-" in found and len(found) <= _LONGEST_COMPOUND and _COMPOUND.fullmatch(found)
    return f'<span class="nb">{found}</span>' if is_compound else found


def _text_html(text: str, compounds: bool) -> str:
    # Escaping first would make "amp" a word; & < > are never part of one, so the order does not matter otherwise.
    if not compounds:
        return escape(text, quote=False)
    return "".join(
        _WORD.sub(_keep_together, part) if part[:1] not in "&<>" else escape(part, quote=False)
        for part in re.split("([&<>])", text)
        if part
    )


def _link(url: str, label: str) -> str:
    cite = ' class="cite"' if label.startswith("arXiv:") else ""
    return f'<a{cite} href="{escape(url)}" rel="{_REL}">{escape(label, quote=False)}</a>'


def _to_html(pieces: Iterable[Piece], compounds: bool) -> str:
    formulas = FormulaWriter()
    parts: list[str] = []
    in_code = 0
    for kind, value, href in pieces:
        in_code += (value == "code") * {"open": 1, "close": -1}.get(kind, 0)
        if kind == "text":
            parts.append(_text_html(value, compounds and not in_code))
        elif kind in ("formula", "display"):
            parts.append(formulas.write(value, kind == "display"))
        elif kind == "open":
            attributes = f' href="{escape(href)}" rel="{_REL}"' if value == "a" else ""
            parts.append(f"<{value}{attributes}>")
        elif kind == "close":
            parts.append(f"</{value}>")
        elif kind == "macro":
            parts.append(f'<code class="tex">{escape(value, quote=False)}</code>')
        else:
            parts.append(_link(value, short_label(value)))
    return sanitise("".join(parts))


def tex_to_html(text: str) -> str:
    """The safe HTML of an abstract: emphasis, links, typographic signs, formulas as MathML; never raises.

    ``r"\\textbf{ProLong} scales as $N^{0.7}$ -- at https://arxiv.org/abs/2408.16357."`` becomes a ``strong``, a
    ``math``, an en dash and a link shown as ``arXiv:2408.16357``. Unknown macros stay readable in ``code.tex``.
    """
    return _to_html(Reader(displayable(text), links=True).read(), compounds=False)


def title_to_html(text: str) -> str:
    """The safe HTML of a title: as ``tex_to_html``, but hyphenated compounds do not break, and nothing links.

    A title stands within a link of the page, and links do not nest.
    """
    return _to_html(Reader(displayable(text), links=False).read(), compounds=True)


def tex_to_text(text: str) -> str:
    """The plain Unicode of a title or abstract, for ``<title>``, feeds and sorting: ``$\\alpha^2$`` is ``α²``."""
    parts: list[str] = []
    for piece in Reader(displayable(text), links=True).read():
        if piece.kind in ("formula", "display"):
            parts.append(formula_to_text(piece.value))
        elif piece.kind not in ("open", "close"):
            parts.append(piece.value)
    return "".join(parts)
