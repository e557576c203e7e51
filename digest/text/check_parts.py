"""A note taken apart for the checks: what a translation must keep as it is, and the prose between. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from digest.text.inline import read_inline
from digest.text.markup import inline_lines
from digest.text.tags import clean_tag, tag_slug
from papers.identifiers import arxiv_url, normalise_arxiv_id

# Stands in the prose for what was taken out, so that the words beside it do not become neighbours.
TAKEN_OUT = "\ufffc"

# A bare id as well: in a note of this field 2408.16357 is hardly ever a number.
_ARXIV_ID = re.compile(
    r"(?<![\w./-])(?:arxiv:[ \t]?)?"
    r"((?:[0-9]{4}\.[0-9]{4,5}|[a-z][a-z-]{1,8}(?:\.[a-z]{2})?/[0-9]{7})(?:v[0-9]{1,3})?)(?![0-9])",
    re.IGNORECASE | re.ASCII,
)
_COMMAND = re.compile(r"\\[A-Za-z]+")
_TAG = re.compile(r"(?<![\w&#/])#([^\W_][\w+.-]*)")
_LATIN_TAG = re.compile(r"[!-~]+")
_SPACES = re.compile(r"\s+")
# The words inside a formula are translated, too.
_WORDS_IN_FORMULA = re.compile(r"(\\(?:text|textrm|textit|textbf|mbox)\{)[^{}]*\}")
_ADDRESS = re.compile(r"(?:https?://)(?:www\.)?([^/?#]*)(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(slots=True)
class Parts:
    """What a note holds, each as {the form it is compared in: the form it is shown in}, in order."""

    lines: int = 0  # paragraphs and list items
    prose: str = ""
    links: dict[str, str] = field(default_factory=dict)
    arxiv_ids: dict[str, str] = field(default_factory=dict)  # without those of links
    formulas: dict[str, str] = field(default_factory=dict)  # and TeX commands outside of them
    mentions: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)


def read_parts(body: str) -> Parts:
    """Take a note apart. The prose is its words line by line, without links, ids, formulas, mentions and tags."""
    parts = Parts()
    lines = inline_lines(body)
    parts.lines = len(lines)
    prose = "\n".join(_read_line(read_inline(line), parts) for line in lines)
    prose = _ARXIV_ID.sub(lambda match: _take_id(match, parts), prose)
    prose = _COMMAND.sub(lambda match: _take(parts.formulas, match[0], match[0]), prose)
    parts.prose = _TAG.sub(lambda match: _take_tag(match, parts), prose)
    return parts


def link_key(url: str) -> str:
    """The form in which addresses are compared: arXiv by id; otherwise no scheme, ``www.``, case of the host, last slash."""
    arxiv_id = normalise_arxiv_id(url)
    if arxiv_id:
        return arxiv_url(arxiv_id)
    match = _ADDRESS.fullmatch(url)
    return f"{match[1].lower()}{match[2]}".rstrip("/") if match else url


def _read_line(tokens: Sequence[Token], parts: Parts) -> str:
    """The prose of one line; what it must keep goes into ``parts``."""
    prose: list[str] = []
    in_bare_url = False
    for token in tokens:
        if token.type == "link_open":
            _take_link(str(token.attrs["href"]), parts)
            in_bare_url = token.attrs.get("class") == "cite"
            prose += [TAKEN_OUT] if in_bare_url else []
        elif token.type == "link_close":
            in_bare_url = False
        elif token.type == "formula":
            prose.append(_take(parts.formulas, _formula_key(token.content), f"${token.content}$"))
        elif token.type == "paper_title":
            prose.append(_take(parts.mentions, str(token.meta["title_key"]), f"[[{token.content}]]"))
        elif token.type in ("text", "code_inline") and not in_bare_url:
            prose.append(token.content)
    return "".join(prose)


def _take(kept: dict[str, str], key: str, shown: str) -> str:
    kept.setdefault(key, shown)
    return TAKEN_OUT


def _take_link(url: str, parts: Parts) -> None:
    if not url.lower().startswith("mailto:"):
        key = link_key(url)
        parts.links.setdefault(key, key if normalise_arxiv_id(url) else url)


def _take_id(match: re.Match[str], parts: Parts) -> str:
    arxiv_id = normalise_arxiv_id(match[1])
    return _take(parts.arxiv_ids, arxiv_id, arxiv_id) if arxiv_id else match[0]


def _take_tag(match: re.Match[str], parts: Parts) -> str:
    """``#moe에서`` is the tag ``moe``. ``#1`` is a place in a list."""
    latin = _LATIN_TAG.match(match[1])
    name = (latin[0] if latin else match[1]).rstrip(".-")
    if not any(character.isalpha() for character in name):
        return match[0]
    taken = _take(parts.tags, tag_slug(name), f"#{clean_tag(name)}")
    return taken + match[1][len(name) :]


def _formula_key(tex: str) -> str:
    return _WORDS_IN_FORMULA.sub(r"\1}", _SPACES.sub("", tex))
