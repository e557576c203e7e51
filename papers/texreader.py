"""Reads a title or an abstract, plain text with TeX in it, into a flat list of pieces.

The input is what arXiv and authors' pages give: mostly prose, a little text-mode TeX, formulas, bare URLs.
Nothing is refused and no text is lost: what is not understood stays as it was written. One pass, linear time.
"""

import re
from typing import NamedTuple

from papers.formulas import formula_at, symbol_of
from papers.links import url_at, whole_url
from papers.texmacros import ACCENTS, FONTS, LETTERS, SIGNS, SWITCHES, WORDS, accented_at


class Piece(NamedTuple):
    """``kind`` is text, open, close, formula, display, macro or url; ``href`` is that of an opening ``a``."""

    kind: str
    value: str
    href: str = ""


_SPECIAL = re.compile(r"[\\${}\"'`~]|-{2,}|(?<=[^\W\d]{2} )-(?= [^\W\d]{2})|https?://", re.IGNORECASE)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_MACRO = re.compile(r"\\([A-Za-z]+)")
_ARGUMENTS = re.compile(r"(?:\{[^{}\\$]{0,200}\}){0,3}")
_EMPTY_ARGUMENT = re.compile(r"\{\}|[ ](?=\w)")
_SWITCH = re.compile(r"\{\s*\\([A-Za-z]+)\s*")
_QUOTED = re.compile(r"`(?=[^`'\n]{1,80}')")
_YEARS = re.compile(r"'[0-9]{2}s?\b")
_OPENING = frozenset(" \t\n\u00a0([{-–—/“‘")
_DEEPEST = 20


class Reader:
    """One run over ``text``; ``read`` gives the pieces, neighbouring text pieces joined."""

    def __init__(self, text: str, links: bool) -> None:
        self._text = text
        self._links = links
        self._pieces: list[Piece] = []
        self._run: list[str] = []
        self._last = ""
        self._open: list[str] = []
        self._closing: dict[int, str | None] = {}
        self._match = _matching_braces(text)

    def read(self) -> list[Piece]:
        position = 0
        while special := _SPECIAL.search(self._text, position):
            self._put(self._text[position : special.start()])
            position = self._read_special(special)
        self._put(self._text[position:])
        self._flush()
        return self._pieces

    def _put(self, text: str) -> None:
        if text:
            self._run.append(text)
            self._last = text[-1]

    def _flush(self) -> None:
        if self._run:
            self._pieces.append(Piece("text", "".join(self._run)))
            self._run = []

    def _piece(self, kind: str, value: str, href: str = "") -> None:
        self._flush()
        self._pieces.append(Piece(kind, value, href))
        if kind not in ("open", "close"):
            # Whatever was shown counts as a word for the quotation marks around it.
            self._last = "x"

    def _read_special(self, special: re.Match[str]) -> int:
        """Handles the special character found and answers the offset at which to go on."""
        start, found = special.start(), special.group()
        if found == "\\":
            return self._read_backslash(start)
        if found == "$":
            return self._read_formula(start) or self._literal(
                start, 2 if self._text[start + 1 :][:1] == "$" else 1
            )
        if found == "{":
            return self._read_group(start)
        if found == "}":
            return self._read_close(start)
        if found[0] in "hH":
            return self._read_url(start, special.end())
        if "code" in self._open:
            return self._literal(start, len(found))
        return self._read_sign(start, found)

    def _literal(self, start: int, length: int) -> int:
        self._put(self._text[start : start + length])
        return start + length

    def _read_formula(self, start: int) -> int | None:
        formula = formula_at(self._text, start)
        if formula is None:
            return None
        self._piece("display" if formula.display else "formula", formula.tex)
        return formula.end

    def _read_url(self, start: int, after_scheme: int) -> int:
        found = url_at(self._text, start)
        if found is None:
            return self._literal(start, after_scheme - start)
        if self._links and "a" not in self._open:
            self._piece("url", found.url)
        else:
            # Still no place for curly quotes and dashes.
            self._put(found.url)
        return found.end

    def _read_sign(self, start: int, found: str) -> int:
        """Quotation marks, dashes and the tie."""
        end = start + len(found)
        following = self._text[end : end + 1]
        if found[0] == "-":
            self._put(_dash(found, self._last, following))
        elif found == "~":
            is_tie = (self._last.isalnum() or self._last in ".,;:)") and self._last and following.strip()
            self._put("\u00a0" if is_tie else "~")
        elif found in "'`" and following == found:
            self._put("”" if found == "'" else "“")
            end += 1
        elif found == "`":
            self._put("‘" if _QUOTED.match(self._text, start) else "`")
        else:
            opens = (not self._last or self._last in _OPENING) and following.strip()
            if found == '"':
                self._put("“" if opens else "”")
            else:
                self._put("‘" if opens and not _YEARS.match(self._text, start) else "’")
        return end

    def _open_group(self, tag: str | None, brace: int, start: int, href: str = "") -> int:
        """Opens ``tag`` (None: no element) for the group that begins at ``brace``; its text begins at ``start``."""
        if tag is not None and (tag in self._open or len(self._open) >= _DEEPEST):
            tag = None
        self._closing[self._match[brace]] = tag
        if tag is not None:
            self._open.append(tag)
            self._piece("open", tag, href)
        return start

    def _read_group(self, start: int) -> int:
        """``{\\bf x}``, and braces around an accent or a macro; any other brace is text."""
        switch = _SWITCH.match(self._text, start)
        if start not in self._match or self._text[start + 1 : start + 2] != "\\":
            return self._literal(start, 1)
        if switch and switch[1] in SWITCHES:
            return self._open_group(SWITCHES[switch[1]], start, switch.end())
        return self._open_group(None, start, start + 1)

    def _read_close(self, start: int) -> int:
        if start not in self._closing:
            return self._literal(start, 1)
        tag = self._closing.pop(start)
        if tag is not None:
            self._open.remove(tag)
            self._piece("close", tag)
        return start + 1

    def _read_backslash(self, start: int) -> int:
        macro = _MACRO.match(self._text, start)
        if macro:
            return self._read_macro(macro[1], start, macro.end())
        sign = self._text[start + 1 : start + 2]
        if sign in ("(", "["):
            return self._read_formula(start) or self._literal(start, 2)
        if sign in ACCENTS:
            return self._read_accent(sign, start, start + 2)
        if sign == "\\":
            # A forced line break; elsewhere a doubled backslash is somebody's path.
            is_break = not self._text[start + 2 : start + 3].strip()
            return start + 2 if is_break else self._literal(start, 2)
        if sign in SIGNS:
            self._put(SIGNS[sign])
            return start + 2
        return self._literal(start, 1)

    def _read_accent(self, accent: str, start: int, end: int) -> int:
        accented = accented_at(self._text, accent, end)
        in_code = "code" in self._open
        if accented is None and accent.isalpha():
            return self._read_unknown(start, end)
        if accented is None or in_code:
            # An escaped quotation mark is one; the other accents are signs of their own.
            is_quote = accent in "\"'" and not in_code
            return self._read_sign(start + 1, accent) if is_quote else self._literal(start, end - start)
        self._put(accented[0])
        return accented[1]

    def _read_macro(self, name: str, start: int, end: int) -> int:
        if name in FONTS and end in self._match:
            return self._open_group(FONTS[name], end, end + 1)
        if name in ("url", "href") and end in self._match:
            return self._read_link(name, end)
        if name in ACCENTS:
            return self._read_accent(name, start, end)
        character = LETTERS.get(name, WORDS.get(name))
        if character is None:
            character = symbol_of("\\" + name)
        if character is None:
            return self._read_unknown(start, end)
        self._put(character)
        argument = _EMPTY_ARGUMENT.match(self._text, end)
        return argument.end() if argument else end

    def _read_link(self, name: str, brace: int) -> int:
        """``\\url{u}`` and ``\\href{u}{label}``; an address that is not http(s) leaves its text alone."""
        end = self._match[brace] + 1
        address = self._text[brace + 1 : end - 1]
        url = whole_url(address) if self._links and "a" not in self._open else None
        if name == "href" and end in self._match:
            return self._open_group("a" if url else None, end, end + 1, url or "")
        if url:
            self._piece("url", url)
        else:
            self._put(address)
        return end

    def _read_unknown(self, start: int, end: int) -> int:
        """An author's own macro, shown as it stands with its simple arguments."""
        arguments = _ARGUMENTS.match(self._text, end)
        end = arguments.end() if arguments else end
        self._piece("macro", self._text[start:end])
        return end


def _dash(hyphens: str, before: str, after: str) -> str:
    """``--`` or a hyphen between words is an en dash, ``---`` an em dash; ``--flag`` and rules stay."""
    if len(hyphens) == 3:
        return "—"
    if len(hyphens) < 3 and before and after and before.isspace() == after.isspace():
        return "–"
    return hyphens


def _matching_braces(text: str) -> dict[int, int]:
    """The offset of each opening brace that has a partner, and the partner's; escaped braces do not count."""
    partners: dict[int, int] = {}
    waiting: list[int] = []
    for brace in _BRACE.finditer(text):
        if brace.group() == "{":
            waiting.append(brace.start())
        elif brace.group() == "}" and waiting:
            partners[waiting.pop()] = brace.start()
    return partners
