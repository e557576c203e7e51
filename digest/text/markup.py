"""The text of a note as safe HTML, as plain text, and as the list of its links.

A note is paragraphs and lists (``digest.text.clean.normalise_note``) with inline Markdown
(``digest.text.inline``). Headings, tables, images, raw HTML, rules and fences do not exist: they stay visible text.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from digest.text.clean import is_list_item, normalise_note
from digest.text.inline import Target, inline_html, inline_targets, inline_text, read_inline
from papers.identifiers import arxiv_url, normalise_arxiv_id
from papers.mathml import FormulaWriter
from papers.safehtml import displayable, sanitise

ITEM = re.compile(r"(?P<indent>\s*)(?:[-*+•]|(?P<number>\d{1,3})[.)])\s+(?P<text>.*)")
# A space is required, so that ">90% of it" stays text.
QUOTE = re.compile(r">\s+(?P<text>\S.*)")
_MAY_LINK = re.compile(r"https?:|\[\[", re.IGNORECASE).search
_DEEPEST_LIST = 6
_NESTING_INDENT = 2

Render = Callable[[str], str]


@dataclass(frozen=True)
class NoteLink:
    """A link of a note. An arXiv link has the canonical address of its abstract page and the id, any other ``""``.

    ``[[Title]]`` has the key of the title alone: which paper that is, and whether readers see it, is asked later.
    """

    kind: Literal["arxiv", "url", "title"]
    url: str
    arxiv_id: str
    title_key: str = ""


@dataclass
class _Level:
    """An open list: its indentation, its element, and the number its next item has of itself."""

    indent: int
    tag: str
    number: int


def _item_tag(level: _Level, number: int | None) -> str:
    """``<li>``, with the number the author typed where counting would show another."""
    if number is None or number == level.number:
        level.number += 1
        return "<li>"
    level.number = number + 1
    return f'<li value="{number}">'


def _list_html(lines: list[str], render: Render) -> str:
    """Adjacent items as ``<ul>`` and ``<ol>``; two columns of indentation nest, up to six levels."""
    parts: list[str] = []
    levels: list[_Level] = []
    for item in filter(None, map(ITEM.fullmatch, lines)):
        indent = len(item["indent"].expandtabs(4))
        number = int(item["number"]) if item["number"] else None
        tag = "ul" if number is None else "ol"
        while len(levels) > 1 and indent < levels[-2].indent + _NESTING_INDENT:
            parts.append(f"</li></{levels.pop().tag}>")
        nests = bool(levels) and indent >= levels[-1].indent + _NESTING_INDENT and len(levels) < _DEEPEST_LIST
        if levels and not nests:
            levels[-1].indent = min(indent, levels[-1].indent)
            parts.append("</li>")
            if levels[-1].tag != tag:
                parts.append(f"</{levels.pop().tag}>")
                nests = True
        if nests or not levels:
            levels.append(_Level(indent, tag, 1 if number is None else number))
            parts.append(f'<ol start="{number}">' if number not in (None, 1) else f"<{tag}>")
        parts.append(_item_tag(levels[-1], number) + render(item["text"]))
    parts.extend(f"</li></{level.tag}>" for level in reversed(levels))
    return "".join(parts)


def blocks(body: str) -> list[list[str]]:
    """The lines of each block: one for a paragraph, one per item for a list."""
    normal = normalise_note(displayable(body))
    return [block.split("\n") for block in normal.split("\n\n")] if normal else []


def _block_html(lines: list[str], render: Render) -> str:
    if is_list_item(lines[0]):
        return _list_html(lines, render)
    quote = QUOTE.fullmatch(lines[0])
    if quote:
        return f"<blockquote><p>{render(quote['text'])}</p></blockquote>"
    return f"<p>{render(lines[0])}</p>"


def inline_lines(body: str) -> list[str]:
    """The text of every paragraph and item, without bullets, numbers and quotation signs."""
    lines = (line for block in blocks(body) for line in block)
    marked = ((line, ITEM.fullmatch(line) or QUOTE.fullmatch(line)) for line in lines)
    return [match["text"] if match else line for line, match in marked]


def note_blocks(body: str, titles: Mapping[str, str] | None = None) -> list[str]:
    """One safe HTML string per block, so that block n of the Korean note can face block n of the English one.

    ``"a\\n\\n- b\\n- c"`` gives ``["<p>a</p>", "<ul><li>b</li><li>c</li></ul>"]``. ``titles`` maps title keys to
    addresses of this site: ``[[Title]]`` links there, and is plain text where the page gives none.
    """
    formulas = FormulaWriter()
    own_paths = frozenset(titles.values()) if titles else frozenset()

    def render(line: str) -> str:
        return inline_html(read_inline(line), formulas, titles)

    return [sanitise(_block_html(lines, render), own_paths) for lines in blocks(body)]


def note_html(body: str, titles: Mapping[str, str] | None = None) -> str:
    """The blocks of a note as one safe HTML string; ``titles`` as in ``note_blocks``."""
    return "".join(note_blocks(body, titles))


def note_text(body: str) -> str:
    """The note as one line of plain text, for excerpts and descriptions."""
    return " ".join(" ".join(inline_text(read_inline(line)) for line in inline_lines(body)).split())


def _note_link(target: Target) -> NoteLink:
    if target.title_key:
        return NoteLink("title", "", "", target.title_key)
    arxiv_id = normalise_arxiv_id(target.url)
    return NoteLink("arxiv", arxiv_url(arxiv_id), arxiv_id) if arxiv_id else NoteLink("url", target.url, "")


def note_links(body: str) -> list[NoteLink]:
    """Every web link, bare or named, and every ``[[Title]]``, in order and unique; e-mail addresses are none."""
    if not _MAY_LINK(body):
        return []
    targets = (target for line in inline_lines(body) for target in inline_targets(read_inline(line)))
    return list(dict.fromkeys(_note_link(t) for t in targets if not t.url.lower().startswith("mailto:")))


def cited_titles(body: str) -> list[str]:
    """The title keys of the note's ``[[Title]]`` links. Costs nothing for a note without any."""
    return [link.title_key for link in note_links(body) if link.kind == "title"] if "[[" in body else []


def lines_citing(body: str, arxiv_id: str) -> str:
    """The paragraphs and list items of a note that link to an arXiv paper, as a note of their own."""
    citing = (
        [line for line in lines if any(link.arxiv_id == arxiv_id for link in note_links(line))]
        for lines in blocks(body)
    )
    return "\n\n".join("\n".join(lines) for lines in citing if lines)
