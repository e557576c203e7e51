"""Headings, dates, facing notes and the coverage glyph."""

import datetime
from types import SimpleNamespace

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from digest.reading.entries import PublicEntry
from digest.site.editions import BOTH, ENGLISH, KOREAN
from digest.templatetags import pages

DAY = datetime.date(2024, 10, 30)
NOW = datetime.datetime(2024, 10, 30, 1, tzinfo=datetime.UTC)


def entry(**notes):
    return PublicEntry(1, NOW, NOW, DAY, 1, 1, None, notes, (), ())


def render(expression, edition):
    with translation.override(edition.interface):
        return Template("{% load pages %}" + expression).render(Context({"edition": edition, "day": DAY}))


def laid_out(languages, **notes):
    found = pages.facing(entry(**notes), languages)
    return [(side.language, len(side.blocks)) for side in found.sides], found.rows, found.lone


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        ({"ko": "하나", "en": "One"}, ([("ko", 1), ("en", 1)], 1, False)),
        ({"ko": "하나\n\n둘", "en": "One\n\nTwo"}, ([("ko", 2), ("en", 2)], 2, False)),
        ({"ko": "하나\n\n둘", "en": "One"}, ([("ko", 2), ("en", 1)], 0, False)),
        ({"ko": "하나"}, ([("ko", 1), ("en", 0)], 0, False)),
        ({"en": "One"}, ([("ko", 0), ("en", 1)], 0, False)),
        ({}, ([], 0, False)),
    ],
)
def test_notes_face_each_other_in_the_order_of_the_languages(notes, expected):
    assert laid_out(("ko", "en"), **notes) == expected


def test_more_paragraphs_than_the_style_sheet_knows_stand_in_plain_columns():
    seven = "\n\n".join("abcdefg")
    assert laid_out(("ko", "en"), ko=seven, en=seven) == ([("ko", 7), ("en", 7)], 0, False)


def test_one_language_alone_is_one_column():
    assert laid_out(("en",), ko="하나", en="One") == ([("en", 1)], 0, True)
    assert laid_out(("en",), ko="하나") == ([], 0, False)


@pytest.mark.parametrize(
    ("edition", "there", "shown"),
    [
        (BOTH, {"ko", "en"}, ["ko", "en"]),
        (BOTH, {"ko"}, ["ko"]),
        (KOREAN, {"ko", "en"}, ["ko"]),
        (ENGLISH, {"ko"}, ["en"]),
    ],
)
def test_the_side_by_side_page_drops_a_language_nothing_is_in(edition, there, shown):
    assert pages.shown_languages(edition, there) == shown


def test_a_heading_is_bilingual_on_the_side_by_side_page_only():
    assert render('{% heading _("Digests") %}', ENGLISH) == "Digests"
    assert render('{% heading _("Digests") %}', BOTH).endswith(' <span class="en" lang="en">Digests</span>')
    assert "<span" not in render('{% heading _("Digests") %}', KOREAN)


def test_a_heading_escapes_what_it_is_given():
    # A literal in a template is the template's own; what comes in as a value is not.
    html = Template("{% load pages %}{% heading words %}").render(Context({"edition": BOTH, "words": "<b>"}))
    assert html == '&lt;b&gt; <span class="en" lang="en">&lt;b&gt;</span>'


@pytest.mark.parametrize(
    ("form", "korean", "english"),
    [
        ("day", "2024년 10월 30일 수요일", "Wednesday, 30 October 2024"),
        ("date", "2024년 10월 30일", "30 October 2024"),
        ("month", "2024년 10월", "October 2024"),
        ("year", "2024년", "2024"),
    ],
)
def test_dates_have_each_languages_own_form(form, korean, english):
    expression = f'{{% date_heading day "{form}" %}}'
    assert render(expression, KOREAN) == korean
    assert render(expression, ENGLISH) == english
    assert render(expression, BOTH) == f'{korean} <span class="en" lang="en">{english}</span>'
    assert render(f'{{% date_words day "{form}" %}}', BOTH) == korean


@pytest.mark.parametrize(("count", "shown", "folded"), [(0, 0, 0), (8, 8, 0), (9, 6, 3), (194, 6, 188)])
def test_long_bylines_fold(count, shown, folded):
    names = list(range(count))
    assert (len(pages.shown_names(names)), len(pages.folded_names(names))) == (shown, folded)


@pytest.mark.parametrize(
    ("url", "offered"),
    [
        ("https://example.org", "https://example.org"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("javascript:alert(1)", ""),
        ("ftp://example.org", ""),
        ("//example.org", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_become_links(url, offered):
    assert pages.web_link(url) == offered


def test_slugs_come_from_the_plain_title_or_the_name():
    assert pages.slug(SimpleNamespace(title=r"On \textbf{Scaling} -- $\alpha$")).startswith("on-scaling")
    assert pages.slug(SimpleNamespace(name="Petar Veličković")) == "petar-velickovic"


def test_the_coverage_glyph_draws_and_says_what_is_there():
    html = Template("{% load pages %}{% coverage covered %}").render(
        Context({"covered": [(True, True), (True, False)]})
    )
    assert 'd="M0 0h6v12h-6zM7 0h6v12h-6zM17 0h6v12h-6z"' in html
    assert 'd="M24.5 .5h5v11h-5z"' in html
    assert 'width="30"' in html
    assert "2/2" in html
    assert "1/2" in html


def test_what_is_kept_is_shown_and_known_below_as_plain_text():
    kept = (
        "{% keep said %}{% block words %} A &amp; {{ day|date:'Y' }}\n {% endblock %}{% endkeep %}|{{ said }}"
    )
    assert render(kept, ENGLISH) == " A &amp; 2024\n |A &amp; 2024"


def test_a_block_that_is_kept_can_be_filled_by_another_template():
    base = Template(
        "{% load pages %}{% keep said %}{% block words %}old{% endblock %}{% endkeep %}|{{ said }}"
    )
    page = Template("{% extends base %}{% block words %}{{ name }}{% endblock %}")
    assert page.render(Context({"base": base, "name": "<b>"})) == "&lt;b&gt;|&lt;b&gt;"


def test_keep_wants_a_name():
    with pytest.raises(TemplateSyntaxError):
        Template("{% load pages %}{% keep %}{% endkeep %}")
