"""The inline Markdown of notes: emphasis, code, links, bare URLs and formulas; everything else is text.

CommonMark's inline rules by markdown-it-py, with four of our own: the dollar is mostly money
(``papers.formulas``), a Korean particle never enters a URL (``papers.links``), ``2*3*4`` is not emphasis,
and ``[[Title]]`` means the paper of that title.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline, link
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from digest.text.languages import has_hangul
from papers.formulas import formula_at, formula_to_text
from papers.identifiers import title_key
from papers.links import host_label, url_at
from papers.mathml import FormulaWriter
from papers.tex import tex_to_text

_LINK = re.compile(r"https?://|mailto:", re.IGNORECASE | re.ASCII)
_SCHEME = re.compile(r"https?$", re.IGNORECASE | re.ASCII)
_LONGEST_SCHEME = len("https")
# No bracket inside: an unclosed ``[[`` is given up at the next bracket, so a line of them is read once.
_TITLE = re.compile(r"\[\[([^\[\]]{1,500})\]\]")
_REL = "noopener nofollow"
# Keys of markdown-it's environment, which lives as long as one line.
_WRITER = "formulas"
_TITLES = "titles"
_LAST_TARGET = "last link target"


class Target(NamedTuple):
    """What a link of a note leads to: an address, or (``url`` empty) the paper with this title key."""

    url: str
    title_key: str = ""


def _is_link(url: str) -> bool:
    """Only http, https and mailto; any other Markdown link stays text as it was typed."""
    return _LINK.match(url) is not None


def _read_formula(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "$\\":
        return False
    formula = formula_at(state.src, state.pos)
    if formula is None or formula.end > state.posMax:
        return False
    if not silent:
        token = state.push("formula", "math", 0)
        token.content = formula.tex
        token.meta = {"display": formula.display}
    state.pos = formula.end
    return True


def _read_money(state: StateInline, silent: bool) -> bool:
    """``$$`` that opens no formula is two dollars, not one followed by the start of a formula."""
    if not state.src.startswith("$$", state.pos, state.posMax):
        return False
    if not silent:
        state.append_pending("$$")
    state.pos += 2
    return True


def _read_bare_url(state: StateInline, silent: bool) -> bool:
    """At the ``:`` of a URL, the first of its characters that stops the text rule; the scheme has been read."""
    if not state.src.startswith("://", state.pos) or state.linkLevel > 0:
        return False
    scheme = _SCHEME.search(state.src[max(0, state.pos - _LONGEST_SCHEME) : state.pos])
    if scheme is None or (not silent and not state.pending.endswith(scheme.group())):
        return False
    found = url_at(state.src, state.pos - len(scheme.group()))
    if found is None or found.end > state.posMax:
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme.group())]
        label = host_label(found.url)
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"class": "cite", "href": found.url, "rel": _REL, "lang": "en"}
        state.push("text", "", 0).content = label
        state.push("link_close", "a", -1)
    state.pos = found.end
    return True


def _read_link(state: StateInline, silent: bool) -> bool:
    """The stock rule, asked only where a ``](`` follows: a hundred thousand lone brackets cost it a second."""
    if state.src[state.pos] != "[":
        return False
    if _LAST_TARGET not in state.env:
        state.env[_LAST_TARGET] = state.src.rfind("](")
    return state.pos < state.env[_LAST_TARGET] and link(state, silent)


def _read_title(state: StateInline, silent: bool) -> bool:
    """``[[Title]]``, after the stock rule has had its chance: ``[[1]](https://…)`` stays a link named ``[1]``."""
    match = _TITLE.match(state.src, state.pos, state.posMax)
    key = title_key(match[1]) if match else ""
    if match is None or not key:
        return False
    if not silent:
        token = state.push("paper_title" if state.linkLevel == 0 else "text", "", 0)
        token.content = " ".join(tex_to_text(match[1]).split())
        token.meta = {"title_key": key}
    state.pos = match.end()
    return True


def _is_ascii_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _read_emphasis(state: StateInline, silent: bool) -> bool:
    """CommonMark's delimiter runs, but a ``*`` between ASCII letters or digits is a product.

    And a bracket or quotation mark inside does not matter although Hangul adjoins: ``는 **강조(x)**는``.
    """
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    run = state.scanDelims(state.pos, marker == "*")
    before = state.src[state.pos - 1 : state.pos] or " "
    after = state.src[state.pos + run.length : state.pos + run.length + 1] or " "
    can_open, can_close = run.can_open, run.can_close
    if marker == "*" and _is_ascii_word(before) and _is_ascii_word(after):
        can_open = can_close = False
    elif marker == "*":
        can_close = can_close or (has_hangul(after) and not before.isspace())
        can_open = can_open or (has_hangul(before) and not after.isspace())
    for _ in range(run.length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(ord(marker), run.length, len(state.tokens) - 1, -1, can_open, can_close)
        )
    state.pos += run.length
    return True


class _NoteRenderer(RendererHTML):
    """RendererHTML calls the method named after a token's type."""

    def formula(self, tokens: Sequence[Token], index: int, _options: OptionsDict, env: EnvType) -> str:
        writer: FormulaWriter = env[_WRITER]
        return writer.write(tokens[index].content, bool(tokens[index].meta["display"]))

    def paper_title(self, tokens: Sequence[Token], index: int, _options: OptionsDict, env: EnvType) -> str:
        """A link where the page knows the paper; otherwise the title alone, whatever the reason is."""
        title = escape(tokens[index].content)
        href = env[_TITLES].get(tokens[index].meta["title_key"])
        if not href:
            return title
        language = "ko" if has_hangul(title) else "en"
        return f'<a href="{escape(href)}" lang="{language}">{title}</a>'

    def link_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        tokens[index].attrs.setdefault("rel", _REL)
        return self.renderToken(tokens, index, options, env)


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("zero").enable(["escape", "backticks", "link", "emphasis"])
    parser.inline.ruler.at("emphasis", _read_emphasis)
    parser.inline.ruler.at("link", _read_link)
    parser.inline.ruler.after("link", "paper_title", _read_title)
    parser.inline.ruler.before("escape", "formula", _read_formula)
    parser.inline.ruler.after("formula", "money", _read_money)
    parser.inline.ruler.before("formula", "bare_url", _read_bare_url)
    parser.inline.add_terminator_char("$")
    parser.validateLink = _is_link  # type: ignore[method-assign]
    return parser


_PARSER = _make_parser()
_RENDERER = _NoteRenderer()


def read_inline(line: str) -> list[Token]:
    """The tokens of one line of a note."""
    return _PARSER.parseInline(line, {})[0].children or []


def inline_html(
    tokens: Sequence[Token], formulas: FormulaWriter, titles: Mapping[str, str] | None = None
) -> str:
    """Tokens as HTML, which still has to pass ``papers.safehtml.sanitise``. ``titles``: title key → address."""
    return _RENDERER.renderInline(tokens, _PARSER.options, {_WRITER: formulas, _TITLES: titles or {}})


def inline_text(tokens: Sequence[Token]) -> str:
    """Tokens as plain text: no markup, formulas in Unicode, links by their labels, papers by their titles."""
    return "".join(
        formula_to_text(token.content) if token.type == "formula" else token.content
        for token in tokens
        if token.type in ("text", "code_inline", "formula", "paper_title")
    )


def inline_targets(tokens: Sequence[Token]) -> list[Target]:
    """What the links and titles among the tokens lead to, in order."""
    return [
        Target(str(token.attrs["href"])) if token.type == "link_open" else Target("", token.meta["title_key"])
        for token in tokens
        if token.type in ("link_open", "paper_title")
    ]
