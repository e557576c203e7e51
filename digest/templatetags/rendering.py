"""Stored text as HTML: the one module that may call a string safe, and the list of what it vouches for.

What comes back from ``digest.text.markup`` and ``papers.tex`` has been through their allow-lists; nothing
else is ever marked safe, here or anywhere.
"""

import json
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from digest.text import markup
from papers import tex

register = template.Library()

# Inside a script element only these could end it, or mean something else to an old reader of JSON.
_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@register.filter
def note_blocks(body: str, titles: Mapping[str, str] | None = None) -> list[SafeString]:
    """The paragraphs, lists and quotations of a note, one HTML block each; ``titles`` as in the markup."""
    return [mark_safe(block) for block in markup.note_blocks(body, titles)]  # noqa: S308


@register.filter
def title_html(title: str) -> SafeString:
    """A paper's title with its mathematics and typographic signs."""
    return mark_safe(tex.title_to_html(title))  # noqa: S308


@register.filter
def abstract_html(abstract: str) -> SafeString:
    """A paper's abstract as paragraphs, parted where the stored text has an empty line."""
    paragraphs = [tex.tex_to_html(part) for part in abstract.split("\n\n") if part.strip()]
    return mark_safe("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))  # noqa: S308


@register.filter
def plain(text: str) -> str:
    """A title or an abstract as plain text; not safe, so the template escapes it."""
    return tex.tex_to_text(text)


@register.filter
def plain_note(body: str) -> str:
    """A note as plain text; not safe, so the template escapes it."""
    return markup.note_text(body)


@register.filter
def linked_data(data: dict[str, Any] | None) -> SafeString | str:
    """schema.org as JSON-LD: a block of data, which no browser runs, so that the content policy need not allow it."""
    if not data:
        return ""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_IN_SCRIPT)
    return mark_safe(f'<script type="application/ld+json">{written}</script>')  # noqa: S308
