"""Stored text as CommonMark that reads elsewhere as it reads here: titles, abstracts, notes, links.

Text is escaped where another reader would take it for marks, and only there. Formulas keep their TeX source between
dollars; what CommonMark would see in it is written in another way that means the same to TeX.
"""

import re
from collections.abc import Iterable, Mapping

from markdown_it.token import Token

from digest.text.inline import read_inline
from digest.text.markup import ITEM, QUOTE, blocks
from papers.safehtml import displayable
from papers.texreader import Piece, Reader

# An underscore within a word opens nothing; a "<" or "&" alone is itself.
_SPECIAL = re.compile(
    r"[\\`*\[\]$]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~|<(?=[A-Za-z/!?])|&(?=#?[A-Za-z0-9]{1,31};)"
)
# What begins a heading, a quotation, a list, a rule, a fence or a table at the start of a line.
_BLOCK = re.compile(r"(?:#{1,6}(?:\s|$)|>|[-+](?:\s|$)|-{2,}|={2,}|~{3,}|\|)")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_TAG_IN_FORMULA = re.compile(r"<(?=[A-Za-z/!?])")
_BRACKET = re.compile(r"\\.|[\[\]]")
_BACKTICKS = re.compile("`+")
_MARKS = {"strong": "**", "em": "*"}
_DEEPEST_LIST = 6
_NESTING_INDENT = 2


def escape(text: str) -> str:
    """Text within a line, with the marks of CommonMark taken from it: ``a*b`` is ``a\\*b``, ``a_b`` stays."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def line(markdown: str) -> str:
    """An inline run that is to stand as a paragraph: nothing at its start opens another block."""
    if _BLOCK.match(markdown):
        return f"\\{markdown}"
    return _NUMBERED.sub(r"\1\\\2", markdown, count=1) if _NUMBERED.match(markdown) else markdown


def plain(text: str) -> str:
    """Plain text of one or several lines as one paragraph."""
    return line(escape(" ".join(text.split())))


def link(label: str, url: str) -> str:
    """``label`` is inline Markdown that holds no link itself."""
    return f"[{label}]({_destination(url)})"


def formula(tex: str, *, display: bool = False) -> str:
    """TeX source between dollars. ``a<b`` could be a tag and ``[0,1)`` end a link, so these are spelt as macros."""
    source = _TAG_IN_FORMULA.sub(r"\\lt ", " ".join(tex.split()))
    if not _balanced(source):
        source = _BRACKET.sub(_bracket_macro, source)
    source = source.replace("](", "] (")
    return f"$${source}$$" if display else f"${source}$"


def title(text: str) -> str:
    """A paper's title on one line; nothing in it links, because it stands in links."""
    return " ".join(_from_tex(Reader(displayable(text), links=False).read()).split())


def abstract(text: str) -> str:
    """A paper's abstract; an empty line parts paragraphs."""
    parts = [part for part in text.split("\n\n") if part.strip()]
    written = (" ".join(_from_tex(Reader(displayable(part), links=True).read()).split()) for part in parts)
    return "\n\n".join(map(line, written))


def note(body: str, titles: Mapping[str, str] | None = None) -> str:
    """A note. ``titles`` maps title keys to addresses: ``[[Title]]`` links there, or is plain words."""
    known = titles or {}
    return "\n\n".join(_block(lines, known) for lines in blocks(body))


def code(text: str) -> str:
    """A code span: as many backticks as the text needs."""
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}" if longest else f"{fence}{text}{fence}"


def fenced(text: str, language: str) -> str:
    """A block of code that ends where the text does."""
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def _destination(url: str) -> str:
    bare = url.replace(" ", "%20").replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
    return bare if bare.count("(") == bare.count(")") and ")(" not in bare else f"<{bare}>"


def _balanced(source: str) -> bool:
    depth = 0
    for bracket in _BRACKET.findall(source):
        depth += {"[": 1, "]": -1}.get(bracket, 0)
        if depth < 0:
            return False
    return depth == 0


def _bracket_macro(found: re.Match[str]) -> str:
    return {"[": r"\lbrack ", "]": r"\rbrack "}.get(found.group(), found.group())


def _from_tex(pieces: Iterable[Piece]) -> str:
    """Pieces as inline Markdown. Within code a formula and an emphasis are their text."""
    parts: list[str] = []
    coded: list[str] | None = None
    targets: list[str] = []
    for kind, value, href in pieces:
        if coded is not None and (kind, value) != ("close", "code"):
            coded += [value] if kind not in ("open", "close") else []
        elif value == "code" and kind in ("open", "close"):
            parts += [code("".join(coded))] if coded else []
            coded = [] if kind == "open" else None
        elif value == "a" and kind in ("open", "close"):
            targets += [href] if kind == "open" else []
            parts.append("[" if kind == "open" else f"]({_destination(targets.pop())})")
        elif kind in ("open", "close"):
            parts.append(_MARKS.get(value, ""))
        else:
            parts.append(_tex_piece(kind, value))
    return "".join(parts)


def _tex_piece(kind: str, value: str) -> str:
    if kind in ("formula", "display"):
        return formula(value)
    if kind == "url":
        return f"<{value}>"
    return code(value) if kind == "macro" else escape(value)


def _block(lines: list[str], titles: Mapping[str, str]) -> str:
    if ITEM.fullmatch(lines[0]):
        return _list(lines, titles)
    quote = QUOTE.fullmatch(lines[0])
    if quote:
        return f"> {line(_inline(read_inline(quote['text']), titles))}"
    return line(_inline(read_inline(lines[0]), titles))


def _list(lines: list[str], titles: Mapping[str, str]) -> str:
    """Adjacent items, nested as ``digest.text.markup`` nests them, each as far in as CommonMark wants it."""
    written: list[str] = []
    levels: list[
        tuple[int, int]
    ] = []  # of each open list: its indentation as typed, and the width of its marker
    for item in filter(None, map(ITEM.fullmatch, lines)):
        indent = len(item["indent"].expandtabs(4))
        marker = f"{int(item['number'])}." if item["number"] else "-"
        while len(levels) > 1 and indent < levels[-2][0] + _NESTING_INDENT:
            levels.pop()
        nests = bool(levels) and indent >= levels[-1][0] + _NESTING_INDENT and len(levels) < _DEEPEST_LIST
        if levels and not nests:
            indent = min(indent, levels.pop()[0])
        before = " " * sum(width for _, width in levels)
        levels.append((indent, len(marker) + 1))
        written.append(f"{before}{marker} {line(_inline(read_inline(item['text']), titles))}")
    return "\n".join(written)


def _inline(tokens: Iterable[Token], titles: Mapping[str, str]) -> str:
    parts: list[str] = []
    targets: list[str] = []
    for token in tokens:
        if token.type == "link_open":
            bare = token.attrs.get("class") == "cite"
            targets.append("" if bare else str(token.attrs["href"]))
            if not bare and parts and parts[-1].endswith("!"):
                parts[-1] = f"{parts[-1][:-1]}\\!"
            parts.append(f"<{token.attrs['href']}>" if bare else "[")
        elif token.type == "link_close":
            target = targets.pop()
            parts.append(f"]({_destination(target)})" if target else "")
        elif not (targets and not targets[-1]):
            # The label of a bare URL is left out: the address is there.
            parts.append(_token(token, titles))
    return "".join(parts)


def _token(token: Token, titles: Mapping[str, str]) -> str:
    if token.type == "formula":
        return formula(token.content, display=bool(token.meta["display"]))
    if token.type == "code_inline":
        return code(token.content)
    if token.type == "paper_title":
        target = titles.get(token.meta["title_key"])
        return link(escape(token.content), target) if target else escape(token.content)
    return escape(token.content) if token.type == "text" else token.markup
