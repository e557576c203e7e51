"""A digest as Markdown, for a letter or another site: of each entry the Korean note, then the English one."""

import re
from collections.abc import Sequence

from digest.text.seed_rows import SeedDigest, SeedEntry
from papers.tex import tex_to_text

_HEADINGS = {"ko": "한국어", "en": "English"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
# What CommonMark takes for a heading, a rule or a fence and our notes show as text.
_BLOCK = re.compile(r"#{1,6}(?:\s|$)|(?:[-*_=]\s*){3,}$|```|~~~")
_BULLET = re.compile(r"^(\s*)•")
_CODE = re.compile(r"(`+[^`]*`+)")
_TAG_OR_IMAGE = re.compile(r"<(?=[A-Za-z/!?])|!(?=\[)")
_MENTION = re.compile(r"\[\[([^\[\]]{1,500})\]\]")


def format_markdown(digest: SeedDigest, links: Sequence[str]) -> str:
    """The text, one newline at its end. ``links`` holds an address for each entry, empty where there is none.

    Abstracts are left out: a reader of the result follows the link.
    """
    blocks = [f"# {digest.date.isoformat()}"]
    for number, (entry, link) in enumerate(zip(digest.entries, links, strict=True), start=1):
        blocks += _entry_blocks(number, entry, link)
    return "\n\n".join(blocks) + "\n"


def _entry_blocks(number: int, entry: SeedEntry, link: str) -> list[str]:
    blocks = [f"## {number}. {_plain(entry.title)}"]
    if entry.authors:
        blocks.append(_escape(", ".join(entry.authors)))
    if link:
        blocks.append(f"<{link}>")
    for language, body in (("ko", entry.ko), ("en", entry.en)):
        if body:
            blocks += [f"**{_HEADINGS[language]}**", _note(body)]
    if entry.tags:
        blocks.append(" ".join(rf"\#{_escape(tag)}" for tag in entry.tags))
    return blocks


def _plain(text: str) -> str:
    """A title without its TeX, as text that no Markdown reader takes for marks."""
    return _escape(" ".join(tex_to_text(text).split()))


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _note(body: str) -> str:
    return "\n".join(_line(line) for line in body.split("\n"))


def _line(line: str) -> str:
    """A note is Markdown already; only what other readers would take for more than we do is escaped."""
    if _BLOCK.match(line):
        escaped = _escape(line)
        return escaped if escaped.startswith("\\") else f"\\{escaped}"
    line = _BULLET.sub(r"\1-", line)
    parts = _CODE.split(line)
    parts[::2] = [_inline(part) for part in parts[::2]]
    return "".join(parts)


def _inline(text: str) -> str:
    text = _TAG_OR_IMAGE.sub(lambda found: "\\" + found.group(), text)
    return _MENTION.sub(lambda found: _plain(found[1]), text)
