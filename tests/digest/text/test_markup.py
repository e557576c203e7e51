from pathlib import Path

import pytest

from digest.text.clean import normalise_note
from digest.text.markup import (
    NoteLink,
    cited_titles,
    lines_citing,
    note_blocks,
    note_html,
    note_links,
    note_text,
)
from papers.mathml import formula_to_html
from tests.papers.hostile import HUGE, PAYLOADS, faults_of, quickly, visible

SEEDS = Path(__file__).parents[3] / "seeds"
SEED_LINES = [
    line for path in sorted(SEEDS.glob("*.txt")) for line in path.read_text(encoding="utf-8").split("\n")
]
MATH = '<math><semantics><mrow><mi>x</mi></mrow><annotation encoding="application/x-tex">x</annotation></semantics></math>'


def cite(url, label):
    return f'<a class="cite" href="{url}" rel="noopener nofollow" lang="en">{label}</a>'


def named(url, label):
    return f'<a href="{url}" rel="noopener nofollow">{label}</a>'


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # Bare URLs and what adjoins them.
        ("https://arxiv.org/abs/2403.06807에서", cite("https://arxiv.org/abs/2403.06807", "arXiv:2403.06807") + "에서"),
        ("(https://arxiv.org/abs/2403.06807) 와", f"({cite('https://arxiv.org/abs/2403.06807', 'arXiv:2403.06807')}) 와"),
        ("https://x.example/z입니다.", cite("https://x.example/z", "x.example") + "입니다."),
        ("참고:https://www.x.example/a_b_c, 끝", f"참고:{cite('https://www.x.example/a_b_c', 'x.example')}, 끝"),
        ("https://ko.wikipedia.org/wiki/한글", cite("https://ko.wikipedia.org/wiki/", "ko.wikipedia.org") + "한글"),
        ("https://x.example/%ED%95%9C은", cite("https://x.example/%ED%95%9C", "x.example") + "은"),
        ("https://x.example/_a_/b", cite("https://x.example/_a_/b", "x.example")),
        ("https://x.example/?a=1&b=2", cite("https://x.example/?a=1&amp;b=2", "x.example")),
        ("**https://x.example/a**", f"<strong>{cite('https://x.example/a', 'x.example')}</strong>"),
        ("HTTPS://x.example", cite("HTTPS://x.example", "x.example")),
        ("xhttps://x.example ftp://x.example x.example", "xhttps://x.example ftp://x.example x.example"),
        ("http://localhost://x://", "http://localhost://x://"),
        # Named links.
        ("[이름](https://x.example/a)을", named("https://x.example/a", "이름") + "을"),
        ("[*a* https://y.example](https://x.example)", named("https://x.example", "<em>a</em> https://y.example")),
        ("[한글](https://x.example/한글)", named("https://x.example/%ED%95%9C%EA%B8%80", "한글")),
        ("[편지](mailto:a@x.example)", named("mailto:a@x.example", "편지")),
        ("[x](javascript:alert(1)) [y](/a) [z]", "[x](javascript:alert(1)) [y](/a) [z]"),
        ("![그림](https://x.example/a.png)", "!" + named("https://x.example/a.png", "그림")),
        ("[a $x$ b](https://x.example)", named("https://x.example", f"a {MATH} b")),
        # Emphasis, and signs that are not.
        ("*강조* **굵게** _밑_ `코드 <b>`", "<em>강조</em> <strong>굵게</strong> <em>밑</em> <code>코드 &lt;b&gt;</code>"),
        ("는**“강조(x)”**는 **b**는", "는<strong>“강조(x)”</strong>는 <strong>b</strong>는"),
        ("snake_case_name B_crit __init__.py", "snake_case_name B_crit <strong>init</strong>.py"),
        ("2*3*4 a * b * c x*(y)*z", "2*3*4 a * b * c x*(y)*z"),
        (r"\*a\* 1\. \$5", "*a* 1\\. $5".replace("\\", "")),
        ('"따옴표" \'x\' -- & <b> &lt;', '"따옴표" \'x\' -- &amp; &lt;b&gt; &amp;lt;'),
        # Mathematics and money.
        ("$x$에서 \\(x\\)", f"{MATH}에서 {MATH}"),
        ("$5 to $10, $60M, $5M에서 $10M으로", "$5 to $10, $60M, $5M에서 $10M으로"),
        ("$$ $x$", f"$$ {MATH}"),
        # Blocks that do not exist.
        ("# 제목", "# 제목"),
        ("#foo --- *** ```", "#foo --- *** ```"),
        ("| a | b |", "| a | b |"),
        ("<div>x</div>", "&lt;div&gt;x&lt;/div&gt;"),
        (">90% of it", "&gt;90% of it"),
        ("2024. 10월", "2024. 10월"),
        ("1.", "1."),
        ("    code", "code"),
        ("a\u202eb\x00\ud800", "ab\ufffd"),
    ],
)  # fmt: skip
def test_paragraph(line, expected):
    assert note_blocks(line) == [f"<p>{expected}</p>"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", []),
        (" \n\n ", []),
        ("a\n\nb", ["<p>a</p>", "<p>b</p>"]),
        ("a\r\nb", ["<p>a</p>", "<p>b</p>"]),
        ("a\n\n- b\n- *c*\n\nd", ["<p>a</p>", "<ul><li>b</li><li><em>c</em></li></ul>", "<p>d</p>"]),
        ("• a\n• b", ["<ul><li>a</li><li>b</li></ul>"]),
        ("1. a\n2) b", ["<ol><li>a</li><li>b</li></ol>"]),
        ("3. a\n4. b\n7. c", ['<ol start="3"><li>a</li><li>b</li><li value="7">c</li></ol>']),
        ("0. a", ['<ol start="0"><li>a</li></ol>']),
        ("- a\n  - b\n    1. c\n  - d\n- e", ["<ul><li>a<ul><li>b<ol><li>c</li></ol></li><li>d</li></ul></li><li>e</li></ul>"]),
        ("- a\n    - b\n  - c", ["<ul><li>a<ul><li>b</li><li>c</li></ul></li></ul>"]),
        ("- a\n1. b\n- c", ["<ul><li>a</li></ul><ol><li>b</li></ol><ul><li>c</li></ul>"]),
        ("> 인용 *a*", ["<blockquote><p>인용 <em>a</em></p></blockquote>"]),
        ("- https://x.example\n- $x$", [f"<ul><li>{cite('https://x.example', 'x.example')}</li><li>{MATH}</li></ul>"]),
    ],
)  # fmt: skip
def test_note_blocks(body, expected):
    assert note_blocks(body) == expected
    assert note_html(body) == "".join(expected)
    assert note_blocks(normalise_note(body)) == expected


def test_seven_levels_of_a_list_keep_their_text():
    html = note_html("\n".join("  " * level + f"- {level}" for level in range(9)))
    assert visible(html) == "012345678"
    assert html.count("<ul>") == 6


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("**a** _b_ `c`\n\n- d\n1. e\n\n> f > g", "a b c d e f > g"),
        ("(https://arxiv.org/abs/2403.06807) [이름](https://x.example)", "(arXiv:2403.06807) 이름"),
        (r"$\alpha^2$에서 <b> & \*", "α²에서 <b> & *"),
        ("", ""),
    ],
)
def test_note_text(body, expected):
    assert note_text(body) == expected


def test_note_links():
    body = """\
Multistep (https://arxiv.org/abs/2403.06807v2) [또](https://arxiv.org/pdf/2403.06807.pdf)

- [코드](https://x.example/한글) https://x.example/a에서
- https://x.example/a [편지](mailto:a@x.example) `https://code.example` [x](javascript:a)"""
    assert note_links(body) == [
        NoteLink("arxiv", "https://arxiv.org/abs/2403.06807", "2403.06807"),
        NoteLink("url", "https://x.example/%ED%95%9C%EA%B8%80", ""),
        NoteLink("url", "https://x.example/a", ""),
    ]


@pytest.mark.parametrize("line", SEED_LINES)
def test_every_line_of_the_seeds(line):
    html = note_html(line)
    assert faults_of(html) == []
    assert "$\\" not in visible(html)
    assert visible(html) == note_text(line) or "<math" in html
    if "http" not in line and "$" not in line and "\\" not in line:
        assert visible(html) == normalise_note(line)


def test_links_of_the_seeds():
    links = [link.url for line in SEED_LINES for link in note_links(line)]
    assert len(links) == len([word for line in SEED_LINES for word in line.split("://")[1:]])
    assert "https://arxiv.org/abs/2408.16357" in links


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize(
    "frame", ["%s", "- %s\n- b", "> %s", "**%s**", "[%s](https://a.example)", "$x$ %s $y$"]
)
def test_payload_stays_text(frame, payload):
    body = frame % payload
    assert faults_of(note_html(body)) == []
    assert all(link.url.startswith(("http://", "https://")) for link in note_links(body))


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_huge_input_is_quick(text):
    formula_to_html.cache_clear()
    for function in (note_html, note_links):
        quickly(function, text)


def test_any_text_gives_allowed_markup():
    hypothesis = pytest.importorskip("hypothesis")
    st = hypothesis.strategies
    fragment = st.sampled_from(["$", "\\", "*", "**", "_", "`", "[a](", "](https://a.example)", "https://a.example", "<b>", "\n", "- ", "  - ", "1. ", "> ", "가"])  # fmt: skip

    @hypothesis.settings(max_examples=300, deadline=None)
    @hypothesis.given(st.lists(fragment | st.text(max_size=5)).map("".join))
    def check(body):
        blocks = note_blocks(body)
        assert all(faults_of(block) == [] for block in blocks)
        assert isinstance(note_text(body), str)
        assert len(note_links(body)) == len(set(note_links(body)))

    check()


PATHS = {"attention is all you need": "/en/papers/1/attention/?a=1&b=2"}
LINK = '<a href="/en/papers/1/attention/?a=1&amp;b=2" lang="en">Attention Is All You Need</a>'


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[[Attention Is All You Need]]를 보면", f"{LINK}를 보면"),
        ("[[ Attention  Is All You Need ]]", LINK),
        ("*[[Attention Is All You Need]]*", f"<em>{LINK}</em>"),
        ("[[[Attention Is All You Need]]]", f"[{LINK}]"),
        ("[[a [[Attention Is All You Need]]", f"[[a {LINK}"),
        ("[[아무도 모르는 <논문>]]은", "아무도 모르는 &lt;논문&gt;은"),
        (r"[[$\mu$P]]도", "μP도"),
        # Not a title: empty, unclosed, escaped, in code, or a Markdown link whose name stands in brackets.
        ("[[]] [[ ]] [[\u200b]]", "[[]] [[ ]] [[\u200b]]"),
        ("[[Attention Is All You Need]", "[[Attention Is All You Need]"),
        ("[[a]b]]", "[[a]b]]"),
        (r"\[[Attention Is All You Need]]", "[[Attention Is All You Need]]"),
        ("`[[Attention Is All You Need]]`", "<code>[[Attention Is All You Need]]</code>"),
        ("[[1]](https://x.example)", named("https://x.example", "[1]")),
        # Paths of the site come from the page alone, never from the note.
        ("[x](/en/papers/1/attention/)", "[x](/en/papers/1/attention/)"),
    ],
)
def test_titles_of_papers(line, expected):
    assert note_blocks(line, PATHS) == [f"<p>{expected}</p>"]
    assert note_blocks(line) == [f"<p>{expected.replace(LINK, 'Attention Is All You Need')}</p>"]


def test_titles_as_text_and_as_links():
    body = "[[Attention Is All You Need]]와 https://arxiv.org/abs/2403.06807\n\n- [[x]] [[attention is all  you need]]"
    assert note_text(body) == "Attention Is All You Need와 arXiv:2403.06807 x attention is all you need"
    assert note_links(body) == [
        NoteLink("title", "", "", "attention is all you need"),
        NoteLink("arxiv", "https://arxiv.org/abs/2403.06807", "2403.06807"),
        NoteLink("title", "", "", "x"),
    ]
    assert cited_titles(body) == ["attention is all you need", "x"]


def test_the_page_may_give_a_path_only_where_it_belongs():
    html = note_html("[[x]]", {"x": '/a"onclick="alert(1)'})
    assert html == '<p><a href="/a&quot;onclick=&quot;alert(1)" lang="en">x</a></p>'


def test_lines_citing():
    body = "하나 (https://arxiv.org/abs/2403.06807v2)\n\n둘\n\n- 셋 https://arxiv.org/pdf/2403.06807\n- 넷\n- https://arxiv.org/abs/2403.06807"
    assert lines_citing(body, "2403.06807").split("\n\n") == [
        "하나 (https://arxiv.org/abs/2403.06807v2)",
        "- 셋 https://arxiv.org/pdf/2403.06807\n- https://arxiv.org/abs/2403.06807",
    ]
    assert lines_citing(body, "2403.06808") == ""


@pytest.mark.parametrize(
    "text", ["[[" * 50_000, "[[a" * 33_000, "[[a]" * 25_000, "[[a]]" * 20_000, "[[" + "a" * 100_000]
)
def test_a_hundred_thousand_brackets_are_quick(text):
    for function in (note_html, note_links, note_text):
        quickly(function, text)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payload_in_a_title_stays_text(payload):
    assert faults_of(note_html(f"[[{payload}]]")) == []
