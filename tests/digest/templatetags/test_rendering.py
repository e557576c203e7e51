"""Stored text as HTML, through the one module that calls text safe."""

import json

import pytest
from django.template import Context, Template

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[x](javascript:alert(1))",
    r"\href{javascript:alert(1)}{x}",
    '$<svg onload="alert(1)">$',
    r"\textbf{<iframe>}",
    "</p></div><style>*{}</style>",
    "&lt;script&gt;",
]
FILTERS = ["note_blocks", "title_html", "abstract_html", "plain", "plain_note"]


def render(expression, **context):
    return Template("{% load rendering pages %}" + expression).render(Context(context))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", FILTERS)
def test_no_markup_of_the_authors_comes_through(name, text):
    expression = (
        f"{{% for block in text|{name} %}}{{{{ block }}}}{{% endfor %}}" if name == "note_blocks" else ""
    )
    html = render(expression or f"{{{{ text|{name} }}}}", text=text).lower()
    for live in ("<script", "<img", "<svg", "<iframe", "<style", 'href="javascript', "</div>"):
        assert live not in html


def test_a_note_becomes_one_block_per_paragraph():
    html = render("{% for block in text|note_blocks %}[{{ block }}]{% endfor %}", text="하나\n\n둘 & 셋")
    assert html == "[<p>하나</p>][<p>둘 &amp; 셋</p>]"


def test_an_abstract_is_parted_where_a_line_is_empty():
    assert (
        render("{{ text|abstract_html }}", text="One -- two.\n\nThree.") == "<p>One – two.</p><p>Three.</p>"
    )
    assert render("{{ text|abstract_html }}", text="") == ""


def test_plain_text_is_escaped_by_the_template():
    assert render("{{ text|plain }}", text="a < b & c") == "a &lt; b &amp; c"


def test_linked_data_is_a_block_that_nothing_within_can_end():
    written = render("{{ data|linked_data }}", data={"@type": "</script><!--&\u2028\u2029 한"})
    signs = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
    value = "".join(signs.get(letter, letter) for letter in "</script><!--&\u2028\u2029 한")
    assert written == f'<script type="application/ld+json">{{"@type":"{value}"}}</script>'
    assert json.loads(written.split(">", 1)[1].removesuffix("</script>")) == {
        "@type": "</script><!--&\u2028\u2029 한"
    }


def test_a_page_without_linked_data_has_no_block():
    assert render("{{ data|linked_data }}{{ missing|linked_data }}", data={}) == ""
