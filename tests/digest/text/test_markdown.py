"""Stored text as CommonMark: a reader elsewhere shows what our own pages show, and no title gets out of its line."""

import re

import pytest
from markdown_it import MarkdownIt

from digest.text import markdown

TITLES = {"attention is all you need": "https://example.org/papers/1/attention.md"}


def read(text):
    return MarkdownIt().render(text).strip()


@pytest.mark.parametrize(
    "text",
    [
        "plain words",
        "a*b*c and *d*",
        "snake_case and _this_ and __that__",
        "[a](https://evil.example) [b] ![c](d)",
        "`code` and ``",
        "<script>alert(1)</script> <b>, 1 < 2, <https://e.org>",
        "&amp; &#60; R&D; AT&T",
        "$5 to $10, $x$",
        "~~gone~~ ~ ~~~",
        "back\\slash \\*",
        "# one",
        "#hash",
        "> quoted",
        "- item",
        "+ item",
        "12. item",
        "1) item",
        "---",
        "===",
        "***",
        "___",
        "```",
        "~~~",
        "| a | b |",
        "-",
    ],
)
def test_plain_text_reads_as_itself(text):
    assert read(markdown.plain(text)) == f"<p>{read_escaped(text)}</p>"


def read_escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("batch_size", "batch_size"),
        ("c#, f(x) = 2 + 2 - 1", "c#, f(x) = 2 + 2 - 1"),
        ("R&D at 3 < 4", "R&D at 3 < 4"),
        ("GPT-4 (2023)", "GPT-4 (2023)"),
        ("_private", "\\_private"),
    ],
)
def test_nothing_is_escaped_in_vain(text, written):
    assert markdown.plain(text) == written


def test_lines_become_one_paragraph():
    assert markdown.plain("a\n\n# b\n- c") == "a # b - c"


@pytest.mark.parametrize(
    ("stored", "written"),
    [
        (r"The $\alpha^2$ of $O(n)$", r"The $\alpha^2$ of $O(n)$"),
        (r"\emph{Deep} \textbf{Nets}", "*Deep* **Nets**"),
        (r"\texttt{a_b`c}", "`` a_b`c ``"),
        (r"Costs \$60M or $60M", r"Costs \$60M or \$60M"),
        (r"Intervals $[0,1)$", r"Intervals $\lbrack 0,1)$"),
        (r"Root $\sqrt[3]{x}$", r"Root $\sqrt[3]{x}$"),
        (r"Call $f[x](y)$", r"Call $f[x] (y)$"),
        ("Less $a<b>c$", r"Less $a\lt b>c$"),
        ("$1 < 2$", "$1 < 2$"),
        (r"M\"uller -- und", "Müller – und"),
        (r"\unknown{x} left", r"`\unknown{x}` left"),
        ("See https://example.org/x_y now", "See https://example.org/x_y now"),
        ("[x](javascript:alert(1)) | *y* <b>", r"\[x\](javascript:alert(1)) | \*y\* \<b>"),
        ("Two\nlines", "Two lines"),
    ],
)
def test_title(stored, written):
    assert markdown.title(stored) == written


@pytest.mark.parametrize(
    "title",
    [
        "Plain",
        "Closes ](https://evil.example) early",
        "Opens [ never",
        "Ends ] never opened",
        r"Maths $[0,1)$ and $]a,b[$ and $f[x](y)$ and $\sqrt[3]{x}$",
        "Back\\slash\\",
        "Code ` left open [x",
        "<a href='https://evil.example'>x</a>",
        "$<b>x</b>$ and $a</script>$",
        "![x](https://evil.example/x.png)",
    ],
)
def test_a_title_stays_within_its_link(title):
    html = read(f"## 1. {markdown.link(markdown.title(title), 'https://example.org/papers/1/x.md')}")
    assert re.findall(r'href="([^"]*)"', html) == ["https://example.org/papers/1/x.md"]
    assert "<img" not in html
    assert html.startswith('<h2>1. <a href="https://example.org/papers/1/x.md">')
    assert html.endswith("</a></h2>")


def test_abstract_is_paragraphs_with_links_and_formulas():
    stored = (
        "\\textbf{ProLong} scales as $N^{0.7}$\nat https://arxiv.org/abs/2408.16357.\n\n"
        "1. \\href{https://example.org/(a}{Here} it \\texttt{runs}.\n\n\n\n# Not a heading"
    )
    assert markdown.abstract(stored) == (
        "**ProLong** scales as $N^{0.7}$ at <https://arxiv.org/abs/2408.16357>.\n\n"
        "1\\. [Here](<https://example.org/(a>) it `runs`.\n\n"
        "\\# Not a heading"
    )


def test_no_abstract_is_nothing():
    assert markdown.abstract("") == ""


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ("한 줄", "한 줄"),
        ("첫째\n\n둘째 *강조* **굵게** `코드`", "첫째\n\n둘째 *강조* **굵게** `코드`"),
        ("참고 https://arxiv.org/abs/2408.16357에서", "참고 <https://arxiv.org/abs/2408.16357>에서"),
        ("[여기](https://example.org/a_(b))", "[여기](https://example.org/a_(b))"),
        (
            "[[Attention Is All You Need]]와",
            "[Attention Is All You Need](https://example.org/papers/1/attention.md)와",
        ),
        ("[[Nobody Knows]]와", "Nobody Knows와"),
        ("$x_1$과 $$y$$, $5 to $10", "$x_1$과 $$y$$, \\$5 to \\$10"),
        ("> 인용 *글*", "> 인용 *글*"),
        ("# 제목 아님", "\\# 제목 아님"),
        ("![x](https://e.org/x.png)", "\\![x](https://e.org/x.png)"),
        ("<b>글</b>", "\\<b>글\\</b>"),
        ("- a\n- b\n  - c\n- d", "- a\n- b\n  - c\n- d"),
        ("1. a\n  - b\n    - c\n2. d", "1. a\n   - b\n     - c\n2. d"),
        ("• a\n3) b", "- a\n3. b"),
        ("- # a\n- 1. b", "- \\# a\n- 1\\. b"),
        ("", ""),
    ],
)
def test_note(body, written):
    assert markdown.note(body, TITLES) == written


def test_nested_lists_read_elsewhere_as_they_nest_here():
    html = read(markdown.note("1. a\n  - b\n    1. c\n2. d"))
    assert html.replace("\n", "") == "<ol><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li><li>d</li></ol>"


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://e.org/a b", "[x](https://e.org/a%20b)"),
        ("https://e.org/a)b", "[x](<https://e.org/a)b>)"),
        ("https://e.org/a)(b", "[x](<https://e.org/a)(b>)"),
        ("https://e.org/<a>", "[x](https://e.org/%3Ca%3E)"),
    ],
)
def test_link_leads_where_it_should_whatever_its_address_holds(url, written):
    assert markdown.link("x", url) == written
    href = re.findall(r'href="([^"]*)"', read(written))
    assert href == [url.replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")]


def test_code_ends_where_the_text_does():
    assert read(markdown.code("a``b`c")) == "<p><code>a``b`c</code></p>"
    assert read(markdown.fenced("```\nx", "text")) == '<pre><code class="language-text">```\nx\n</code></pre>'


def test_a_formula_over_lines_is_one_line():
    assert markdown.formula("a\n  b") == "$a b$"
