"""The last gate of every text that becomes HTML: one explicit allow-list of tags, attributes and values."""

import re
from typing import Any

import nh3

# https://www.w3.org/TR/mathml-core/ without maction, menclose, mglyph, mpadded, merror and annotation-xml.
MATHML_TAGS = frozenset({
    "math", "semantics", "annotation", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mstyle", "mfrac",
    "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mprescripts",
    "mphantom", "mtable", "mtr", "mtd",
})  # fmt: skip
MATHML_ATTRIBUTES: dict[str, set[str]] = {
    "math": {"display"},
    "annotation": {"encoding"},
    "mi": {"mathvariant"},
    "mn": {"mathvariant"},
    "mtext": {"mathvariant"},
    "mo": {"mathvariant", "stretchy", "fence", "separator", "form", "largeop", "movablelimits", "symmetric"}
    | {"minsize", "maxsize", "lspace", "rspace"},
    "mspace": {"width"},
    "mstyle": {"displaystyle", "scriptlevel"},
    "mfrac": {"linethickness"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "munderover": {"accent", "accentunder"},
}
HTML_TAGS = frozenset({
    "a", "blockquote", "code", "em", "li", "ol", "p", "span", "strong", "sub", "sup", "ul",
})  # fmt: skip
HTML_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "lang", "rel", "title"},
    "ol": {"start"},
    "li": {"value"},
}
CLASSES: dict[str, set[str]] = {"a": {"cite"}, "code": {"tex"}, "span": {"nb"}}
URL_SCHEMES = frozenset({"http", "https", "mailto"})

_RULES: dict[str, Any] = {
    "tags": set(HTML_TAGS | MATHML_TAGS),
    "attributes": HTML_ATTRIBUTES | MATHML_ATTRIBUTES,
    "allowed_classes": CLASSES,
    "url_schemes": set(URL_SCHEMES),
    "clean_content_tags": set(),
    "link_rel": None,
}
_CLEANER = nh3.Cleaner(**_RULES, url_relative="deny")

# Lone surrogates cannot be encoded; bidi overrides and isolates would reorder the words around the text.
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_SHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def displayable(text: str) -> str:
    """``text`` without control and bidi control characters; a lone surrogate becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", _NOT_SHOWN.sub("", text))


def _cleaner(own_paths: frozenset[str]) -> nh3.Cleaner:
    """As _CLEANER, and a relative address passes if it is exactly one of ``own_paths``."""
    return nh3.Cleaner(**_RULES, url_relative=lambda url: url if url in own_paths else None)


def sanitise(html: str, own_paths: frozenset[str] = frozenset()) -> str:
    """``html`` with nothing but the allow-listed tags and attributes; text is kept.

    Links lead to absolute addresses only, or to one of ``own_paths``, which the page itself vouches for.
    """
    cleaner = _cleaner(own_paths) if own_paths else _CLEANER
    # A literal no-break space is the same in HTML and XML; the named entity is unknown to XML.
    return cleaner.clean(html).replace("&nbsp;", "\u00a0")
