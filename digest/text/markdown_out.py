"""A digest as Markdown, for a letter or another site: of each entry the Korean note, then the English one."""

from collections.abc import Sequence

from digest.text.markdown import escape, note
from digest.text.seed_rows import SeedDigest, SeedEntry
from papers.tex import tex_to_text

_HEADINGS = {"ko": "한국어", "en": "English"}


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
        blocks.append(escape(", ".join(entry.authors)))
    if link:
        blocks.append(f"<{link}>")
    for language, body in (("ko", entry.ko), ("en", entry.en)):
        if body:
            blocks += [f"**{_HEADINGS[language]}**", note(body)]
    if entry.tags:
        blocks.append(" ".join(rf"\#{escape(tag)}" for tag in entry.tags))
    return blocks


def _plain(text: str) -> str:
    """A title without its TeX, as text that no Markdown reader takes for marks."""
    return escape(" ".join(tex_to_text(text).split()))
