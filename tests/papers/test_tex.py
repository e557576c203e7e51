import re
from pathlib import Path

import pytest

from papers.formulas import formula_at, formula_to_text
from papers.links import host_label, short_label, url_at, whole_url
from papers.mathml import FormulaWriter, formula_to_html
from papers.safehtml import displayable, sanitise
from papers.tex import tex_to_html, tex_to_text, title_to_html
from tests.papers.hostile import HUGE, PAYLOADS, faults_of, quickly, visible

SEEDS = Path(__file__).parents[2] / "seeds"
SEED_LINES = [
    line for path in sorted(SEEDS.glob("*.txt")) for line in path.read_text(encoding="utf-8").split("\n")
]
RENDERERS = (tex_to_html, title_to_html)


def math(row, tex):
    return f'<math><semantics><mrow>{row}</mrow><annotation encoding="application/x-tex">{tex}</annotation></semantics></math>'


ARROW = math("<mo>→</mo>", r"\rightarrow")
X = math("<mi>x</mi>", "x")


def link(url, label, cite=False):
    css = ' class="cite"' if cite else ""
    return f'<a{css} href="{url}" rel="noopener nofollow">{label}</a>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Emphasis and fonts.
        (r"\textbf{ProLong} has \textit{Dependency Strength}", "<strong>ProLong</strong> has <em>Dependency Strength</em>"),
        (r"\textbf{a \emph{b} c}", "<strong>a <em>b</em> c</strong>"),
        (r"{\bf Bold} {\em it} {\tt c}", "<strong>Bold</strong> <em>it</em> <code>c</code>"),
        (r"\texttt{a--b \"x\" \_}", '<code>a--b \\"x\\" _</code>'),
        (r"\textsc{Llama} \underline{x}", "Llama x"),
        (r"10\textsuperscript{th}", "10<sup>th</sup>"),
        (r"\textbf{a \textbf{b}}", "<strong>a b</strong>"),
        # What is not understood stays readable.
        (r"\textbf{unclosed", r'<code class="tex">\textbf</code>{unclosed'),
        (r"\method{} beats \foo{bar}", r'<code class="tex">\method{}</code> beats <code class="tex">\foo{bar}</code>'),
        (r"{GPT} {0, 1} } {", "{GPT} {0, 1} } {"),
        ("C:\\ \\1 \\", "C: \\1 \\"),
        # Dashes.
        ("L3Ms -- Lagrange", "L3Ms – Lagrange"),
        ("across 1--16 step", "across 1–16 step"),
        ("$1$--$2$", math("<mn>1</mn>", "1") + "–" + math("<mn>2</mn>", "2")),
        ("run---each", "run—each"),
        ("direct alternative - constant rate", "direct alternative – constant rate"),
        ("use --flag, a- b, 5 - 6, ----", "use --flag, a- b, 5 - 6, ----"),
        # Quotation marks.
        ('a "task" and \'x\'', "a “task” and ‘x’"),
        ('("Chinchilla optimal" regime)', "(“Chinchilla optimal” regime)"),
        ("Don't models' the '90s", "Don’t models’ the ’90s"),
        ("``quoted'' and `this'", "“quoted” and ‘this’"),
        ("a ` alone", "a ` alone"),
        ('"$x$" "\\textbf{b}"', f"“{X}” “<strong>b</strong>”"),
        ('"$x$"에서', f"“{X}”에서"),
        # Escapes, ties, accents, symbols.
        (r"5\% \& \_ \$5 \#1 \{x\}", "5% &amp; _ $5 #1 {x}"),
        ("Figure~1 and ~10x", "Figure\u00a01 and ~10x"),
        (r"G{\"o}del, Schr\"odinger, Erd\H{o}s, \c{c}, \v s, S\o ren, \'{\i}, \~n, \aa", "Gödel, Schrödinger, Erdős, ç, š, Søren, í, ñ, å"),
        (r"\"quoted\" \'x", "“quoted” ‘x"),
        (r"\beta-VAE \ldots{} 2\times", "β-VAE … 2×"),
        # Mathematics.
        (r"(English$\rightarrow$English)", f"(English{ARROW}English)"),
        ("at the $405$M scale", f"at the {math('<mn>405</mn>', '405')}M scale"),
        (r"$\alpha$-divergence", math("<mi>α</mi>", r"\alpha") + "-divergence"),
        ("$x$에서 \\(x\\)", f"{X}에서 {X}"),
        ("$$x$$ \\[x\\]", " ".join([X.replace("<math>", '<math display="block">')] * 2)),
        (r"$\sim$10$\times$", math("<mo>∼</mo>", r"\sim") + "10" + math("<mo>×</mo>", r"\times")),
        (r"$\method$ and $\def\a{b}\a$", r'<code class="tex">\method</code> and <code class="tex">\def\a{b}\a</code>'),
        # Money.
        ("$5 to $10", "$5 to $10"),
        ("$60M, or $5 million and $10 million", "$60M, or $5 million and $10 million"),
        ("US$5 and US$ 6 for model_a", "US$5 and US$ 6 for model_a"),
        ("$5 for model_a and US$ 6", "$5 for model_a and US$ 6"),
        ("$0.1/M, $5, 그리고 10$이다", "$0.1/M, $5, 그리고 10$이다"),
        (r"$1M tokens, 20$\times$ faster", f"$1M tokens, 20{math('<mo>×</mo>', chr(92) + 'times')} faster"),
        # Links.
        (
            "at https://github.com/shikiw/Modality-Integration-Rate.",
            f"at {link('https://github.com/shikiw/Modality-Integration-Rate', 'github.com')}.",
        ),
        ("(https://g-u-n.github.io/projects/pcm/).", f"({link('https://g-u-n.github.io/projects/pcm/', 'g-u-n.github.io/projects/pcm')})."),
        ("https://arxiv.org/abs/2408.16357v2에서", link("https://arxiv.org/abs/2408.16357v2", "arXiv:2408.16357", True) + "에서"),
        (r"\url{https://a.example/b\_c}", link("https://a.example/b_c", "a.example/b_c")),
        (r"\href{https://a.example}{the \textbf{code}}", link("https://a.example", "the <strong>code</strong>")),
        (r"\href{https://a.example}{https://b.example}", link("https://a.example", "https://b.example")),
        (r"\href{javascript:alert(1)}{x} \url{ftp://a.example}", "x ftp://a.example"),
        ("Project page:\nhttps://a.example/--x\n.", f"Project page:\n{link('https://a.example/--x', 'a.example/--x')}\n."),
        # HTML is text.
        ("<b>&amp;</b> & 1 < 2", "&lt;b&gt;&amp;amp;&lt;/b&gt; &amp; 1 &lt; 2"),
        ("", ""),
    ],
)  # fmt: skip
def test_tex_to_html(text, expected):
    assert tex_to_html(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CBS in Pre-training?", 'CBS in <span class="nb">Pre-training</span>?'),
        ("State-of-the-Art x--y -z a-", '<span class="nb">State-of-the-Art</span> x–y -z a-'),
        ("a-very-long-compound-of-words", "a-very-long-compound-of-words"),
        ("A & B-C <x-y>", 'A &amp; <span class="nb">B-C</span> &lt;<span class="nb">x-y</span>&gt;'),
        (r"\texttt{a-b} $a-b$", "<code>a-b</code> " + math("<mi>a</mi><mo>−</mo><mi>b</mi>", "a-b")),
        (r"\textbf{Pre-train}", '<strong><span class="nb">Pre-train</span></strong>'),
        ('See https://a.example/"x--y" "Now"', 'See https://a.example/“x–y” “Now”'),
        (r"\href{https://a.example}{label}", "label"),
        ("#hash $5 (x)", "#hash $5 (x)"),
    ],
)  # fmt: skip
def test_title_to_html(text, expected):
    assert title_to_html(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$\alpha$-divergence: A \textbf{bold} -- `claim'", "α-divergence: A bold – ‘claim’"),
        (r"English$\rightarrow$German", "English→German"),
        (r"$\mathcal{O}(n^2\log n)$ $x_{i+1}$ $\mathbb{R}^{10}$", "O(n² log n) xᵢ₊₁ ℝ¹⁰"),
        (r"$\eta \propto \sqrt{T}$, $\mu P$, $B_{\text{crit}}$, $90\%$", "η ∝ √T, μP, B_crit, 90%"),
        (r"$\frac{1}{2}$ $\method_x$ $\hat{x}$", r"\frac{1}{2} \method_x \hat{x}"),
        (r"\url{https://a.example} \href{https://a.example}{x} https://b.example.", "https://a.example x https://b.example."),
        ("<b> & $5", "<b> & $5"),
        ("a\u202eb\x00\ud800", "ab\ufffd"),
    ],
)  # fmt: skip
def test_tex_to_text(text, expected):
    assert tex_to_text(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$x$", "x"), ("$x$1", None), ("$x^2$1", "x^2"), ("$ x$", None), ("$x $", None), ("$ x_1 $", "x_1"),
        ("$ 5 {x} $", None), ("$x", None), ("$$", None), ("$", None), ("$$x$", None), ("$$ x $$", "x"),
        ("$a\\$b$", "a\\$b"), ("$a\nb$", "a\nb"), ("$a\n\nb$", None), ("$n log n$", "n log n"),
        ("$5, or 10$", None), ("$x and y$", None), ("\\(x\\)", "x"), ("\\(x", None), ("\\x$", None),
        ("$" + "x" * 2000 + "$", "x" * 2000), ("$" + "x" * 2001 + "$", None), ("\\[" + "x" * 2001 + "\\]", None),
        ("$" + "{" * 50 + "x" + "}" * 50 + "$", "{" * 50 + "x" + "}" * 50),
        ("$" + "{" * 51 + "x" + "}" * 51 + "$", None),
    ],
)  # fmt: skip
def test_formula_at(text, expected):
    formula = formula_at(text, 0)
    assert (formula.tex if formula else None) == expected


@pytest.mark.parametrize(
    ("tex", "row"),
    [
        ("90%", "<mn>90</mn><mi>%</mi>"),
        (r"\mathscr{L}", "<mrow><mi>ℒ</mi></mrow>"),
        (r"\boldsymbol{\theta}", "<mrow><mi>𝜽</mi></mrow>"),
        (r"n\log n", '<mi>n</mi><mo lspace="0.167em" rspace="0.167em">log</mo><mi>n</mi>'),
        (r"\text{snake\_case}", "<mtext>snake_case</mtext>"),
        (r"\lceil x", '<mo stretchy="false">⌈</mo><mi>x</mi>'),
        (r"\hspace{999em}x", "<mspace></mspace><mi>x</mi>"),
        (r"\nicefrac{1}{2}", '<mstyle displaystyle="false" scriptlevel="0"><mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac></mstyle>'),
        ("\\mathop{x}", "<mrow><mrow><mi>x</mi></mrow></mrow>"),
    ],
)  # fmt: skip
def test_formula_to_html(tex, row):
    assert sanitise(formula_to_html(tex)) == math(row, tex)


@pytest.mark.parametrize("tex", [r"\frac", "{", r"\left(", "\\sqrt" * 300 + "x", "x_", r"\begin{matrix}"])
def test_formula_that_does_not_convert_stays_readable(tex):
    assert sanitise(formula_to_html(tex)) == f'<code class="tex">{formula_to_text(tex)}</code>'
    assert formula_to_text(tex)


def test_formulas_over_the_budget_of_a_text_stay_readable():
    writer = FormulaWriter()
    written = [writer.write(f"x_{{{n}}}", False) for n in range(402)]
    assert written[399].startswith("<math>")
    assert written[400] == '<code class="tex">x₄₀₀</code>'


@pytest.mark.parametrize(
    ("text", "url", "rest"),
    [
        ("https://a.example/b.", "https://a.example/b", "."),
        ("https://a.example/wiki/A_(b)", "https://a.example/wiki/A_(b)", ""),
        ("https://a.example/b))].", "https://a.example/b", "))]."),
        ("https://a.example입니다", "https://a.example", "입니다"),
        ("https://a.example/%ED%95%9C글", "https://a.example/%ED%95%9C", "글"),
        ("http://a.example:80/?q=1&b#c,", "http://a.example:80/?q=1&b#c", ","),
        ("https://a.example/b\\_c\\", "https://a.example/b_c", "\\"),
        ("https://user@a.example", None, ""),
        ("https://localhost/x", None, ""),
        ("https://", None, ""),
        ("https://a.example/" + "x" * 2000, None, ""),
    ],
)
def test_url_at(text, url, rest):
    found = url_at(text, 0)
    assert (found and found.url) == url
    assert found is None or text[found.end :] == rest


def test_url_inside_a_word_is_text():
    assert url_at("xhttps://a.example", 1) is None


def test_url_labels():
    assert host_label("https://www.A.example:80/b") == "a.example:80"
    assert short_label("https://www.a.example/b/?c=1") == "a.example/b/?c=1"
    assert short_label("https://a.example/") == "a.example"
    assert short_label("https://a.example/" + "x" * 40) == "a.example"
    assert short_label("https://arxiv.org/pdf/2408.16357v1") == "arXiv:2408.16357"
    assert whole_url(" https://a.example/b ") == "https://a.example/b"
    assert whole_url("https://a.example/ b") is None


@pytest.mark.parametrize("line", SEED_LINES)
def test_every_line_of_the_seeds(line):
    for render in RENDERERS:
        html = render(line)
        assert faults_of(html) == []
        assert re.search(r"\\[A-Za-z]|\$", visible(html)) is None
        # Letters and digits are neither lost nor invented, URLs and TeX apart.
        if not re.search(r"https?://|\\", line):
            assert re.findall(r"\w+", visible(html)) == re.findall(r"\w+", line)
    assert re.search(r"\\[A-Za-z]|\$", tex_to_text(line)) is None


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("render", RENDERERS)
@pytest.mark.parametrize("frame", ["%s", r"a \textbf{%s} b", "$x$ %s $y$", "https://a.example/%s"])
def test_payload_stays_text(render, frame, payload):
    assert faults_of(render(frame % payload)) == []


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_huge_input_is_quick(text):
    formula_to_html.cache_clear()
    for function in (tex_to_html, tex_to_text):
        quickly(function, text)


def test_displayable_drops_what_would_reorder_the_page():
    assert displayable("a\u202e\u2066\u200fb\x00\x7f\n\tc\ud800") == "ab\n\tc\ufffd"


def test_any_text_gives_allowed_markup():
    hypothesis = pytest.importorskip("hypothesis")
    st = hypothesis.strategies
    fragment = st.sampled_from(["$", "\\", "{", "}", "\\textbf{", "\\href{", "https://a.example", "<b>", '"', "--", "\\(", "\\)", "^", "_", "\\text{"])  # fmt: skip

    @hypothesis.settings(max_examples=300, deadline=None)
    @hypothesis.given(st.lists(fragment | st.text(max_size=5)).map("".join))
    def check(text):
        assert isinstance(tex_to_text(text), str)
        for render in RENDERERS:
            assert faults_of(render(text)) == []

    check()
