"""Bare URLs in running text: where they end, and how they are shown."""

import re
from typing import NamedTuple

from papers.identifiers import normalise_arxiv_id

# Printable ASCII alone, so that a Hangul particle right after a URL ends it; no quotes, brackets of markup,
# or dollars (a formula may follow). ``\_`` and the like are how TeX and Markdown authors write a URL's ``_``.
_URL = re.compile(
    r"https?://[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+(?::[0-9]{1,5})?"
    r"(?:[/?#](?:[!#%&()*+,./0-9:;=?@A-Z\[\]_a-z~-]|\\[_%&#~])*)?",
    re.IGNORECASE | re.ASCII,
)
_ESCAPED = re.compile(r"\\([_%&#~])")
_AFTER_WORD = re.compile(r"[A-Za-z0-9]")
_TRAILING = ".,;:!?*_~"
_BRACKETS = {")": "(", "]": "["}
_LONGEST_URL = 2000
_LONGEST_LABEL = 40


class BareUrl(NamedTuple):
    """A URL found in text: the address without TeX escapes, and the offset after its last character."""

    url: str
    end: int


def _without_trailing_punctuation(found: str) -> str:
    """Drops ``.``, ``,`` … and a bracket that was opened before the URL; brackets of its own stay."""
    end = len(found)
    surplus = {close: found.count(close) - found.count(opening) for close, opening in _BRACKETS.items()}
    while end:
        last = found[end - 1]
        if last in _BRACKETS and surplus[last] > 0:
            surplus[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return found[:end].removesuffix("\\")


def url_at(text: str, start: int) -> BareUrl | None:
    """The http(s) URL that starts at ``start``, or None: no host, over 2,000 characters, or inside a word."""
    match = _URL.match(text, start)
    if match is None or len(match.group()) > _LONGEST_URL:
        return None
    if start and _AFTER_WORD.match(text[start - 1]):
        return None
    found = _without_trailing_punctuation(match.group())
    return BareUrl(_ESCAPED.sub(r"\1", found), start + len(found))


def whole_url(text: str) -> str | None:
    """``text`` without TeX escapes if all of it is one http(s) URL, else None."""
    text = _ESCAPED.sub(r"\1", text.strip())
    match = _URL.fullmatch(text)
    return text if match and len(text) <= _LONGEST_URL else None


def host_label(url: str) -> str:
    """How a note shows a bare URL: ``arXiv:2408.16357``, or the host name without ``www.``."""
    arxiv_id = normalise_arxiv_id(url)
    if arxiv_id:
        return f"arXiv:{arxiv_id}"
    host = re.split("[/?#]", url.split("://", 1)[1], maxsplit=1)[0]
    return host.lower().removeprefix("www.")


def short_label(url: str) -> str:
    """How an abstract shows a bare URL: as ``host_label``, with the path if the whole is at most 40 characters."""
    label = host_label(url)
    if label.startswith("arXiv:"):
        return label
    whole = label + url.split("://", 1)[1][len(url.split("://", 1)[1].split("/", 1)[0]) :].rstrip("/")
    return whole if len(whole) <= _LONGEST_LABEL else label
