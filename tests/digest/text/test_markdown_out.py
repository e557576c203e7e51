"""A digest as Markdown: read by a CommonMark reader it shows what our own pages show."""

import datetime

import pytest
from markdown_it import MarkdownIt

from digest.text.markdown_out import format_markdown
from digest.text.seeds import SeedDigest, SeedEntry

DATE = datetime.date(2024, 10, 30)


def entry(**fields):
    return SeedEntry(**{"title": "T", "authors": (), "abstract": "", "ko": "", "en": "", "tags": ()} | fields)


def write(*entries, links=None):
    return format_markdown(SeedDigest(DATE, entries), links or [""] * len(entries))


def note_html(body):
    """What a CommonMark reader makes of a note in the text written."""
    html = MarkdownIt().render(write(entry(en=body)))
    return html.partition("<p><strong>English</strong></p>\n")[2]


def test_whole_digest():
    first = entry(
        title="First *Paper* of $\\alpha^2$",
        authors=("Ann Lee", "Bo_Li"),
        abstract="Left out.",
        ko="한국어 **노트**.\n\n둘째 문단.",
        en="English note.",
        tags=("scaling-law", "c#"),
    )
    assert write(first, entry(title="Second"), links=["https://arxiv.org/abs/2408.16357", ""]) == (
        "# 2024-10-30\n\n"
        "## 1. First \\*Paper\\* of α²\n\n"
        "Ann Lee, Bo_Li\n\n"
        "<https://arxiv.org/abs/2408.16357>\n\n"
        "**한국어**\n\n"
        "한국어 **노트**.\n\n둘째 문단.\n\n"
        "**English**\n\n"
        "English note.\n\n"
        "\\#scaling-law \\#c#\n\n"
        "## 2. Second\n"
    )


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("# Not a heading", "<p># Not a heading</p>\n"),
        ("---", "<p>---</p>\n"),
        ("```", "<p>```</p>\n"),
        ("<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>\n"),
        ("![x](https://e.org/x.png)", '<p>!<a href="https://e.org/x.png">x</a></p>\n'),
        ("`<b>` stays", "<p><code>&lt;b&gt;</code> stays</p>\n"),
        ("A *word* and 1 < 2", "<p>A <em>word</em> and 1 &lt; 2</p>\n"),
        ("as [[Attention *Is*]] says", "<p>as Attention *Is* says</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("• a\n• b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
    ],
)
def test_note_reads_elsewhere_as_it_reads_here(body, html):
    assert note_html(body) == html


def test_digest_without_entries_is_its_date():
    assert write() == "# 2024-10-30\n"
