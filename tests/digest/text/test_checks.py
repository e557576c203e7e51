"""The checks of a translation. Right translations raise nothing at all; every planted fault is found."""

from dataclasses import replace

import pytest

from digest.text.checks import CHECKS, LONGEST_FOUND, MOST_OF_A_KIND, Finding, check_pair, check_text
from digest.text.languages import other_language
from digest.text.terms import TermPair, find_terms, rendered_terms
from tests.digest.text.pairs import HARD_PAIRS, SEED_PAIRS, STARTER_TERMS
from tests.papers.hostile import HUGE, PAYLOADS, quickly

DIRECTIONS = ("ko", "en")
ALL = [
    pytest.param(pair, language, id=f"{kind}{number}-{language}")
    for kind, pairs in (("seed", SEED_PAIRS), ("hard", HARD_PAIRS))
    for number, pair in enumerate(pairs, start=1)
    for language in DIRECTIONS
]
SEEDS = [case for case in ALL if case.id.startswith("seed")]
GLOSSARIES = [pytest.param((), id="no glossary"), pytest.param(STARTER_TERMS, id="starter glossary")]


def found(source, translation, source_language="ko", terms=()):
    """(code, what) of every finding."""
    findings = check_pair(source, translation, source_language=source_language, terms=terms)
    return [(finding.code, finding.found) for finding in findings]


def codes(*args, **kwargs):
    return {code for code, _what in found(*args, **kwargs)}


def test_there_are_eleven_translated_entries_in_the_seeds():
    assert len(SEED_PAIRS) == 11


@pytest.mark.parametrize("terms", GLOSSARIES)
@pytest.mark.parametrize(("pair", "source_language"), ALL)
def test_right_translation_raises_nothing(pair, source_language, terms):
    source, translation = pair.sides(source_language)
    assert check_pair(source, translation, source_language=source_language, terms=terms) == []
    assert check_text(source, source_language) == []


def test_the_starter_glossary_has_something_to_say_about_the_seeds():
    held = {term for pair in SEED_PAIRS for _s, _e, term in find_terms(pair.ko, "ko", STARTER_TERMS)}
    assert len(held) >= 15


# -- every fault, planted in every pair -----------------------------------------------------------------

# What both sides say, and the code and name of the finding when the translation loses it: (ko, en, code, found).
KEPT = [
    (
        " (https://example.org/a?b=1)",
        " (https://example.org/a?b=1)",
        "link_missing",
        "https://example.org/a?b=1",
    ),
    (
        " [글](https://example.org/글)",
        " [text](https://example.org/글)",
        "link_missing",
        "https://example.org/%EA%B8%80",
    ),
    (
        " (https://arxiv.org/pdf/2401.02954v2)",
        " (http://arxiv.org/abs/2401.02954)",
        "link_missing",
        "https://arxiv.org/abs/2401.02954",
    ),
    (" 2401.02955에서", " in 2401.02955", "arxiv_missing", "2401.02955"),
    (" arXiv:2401.02956v3을", " arXiv: 2401.02956", "arxiv_missing", "2401.02956"),
    (" hep-th/9901001", " arXiv:hep-th/9901001v1", "arxiv_missing", "hep-th/9901001"),
    (" $x_{1} + y$는", " $x_{1}+y$", "math_missing", "$x_{1} + y$"),
    (" \\(\\alpha\\)", " $\\alpha$", "math_missing", "$\\alpha$"),
    (" \\textbf{굵게}", " \\textbf{bold}", "math_missing", "\\textbf"),
    (" [[Flow Matching]]에서", " [[flow matching]]", "mention_missing", "[[Flow Matching]]"),
    (" #new-tag는", " #New_Tag", "tag_missing", "#new-tag"),
    (" #영상-생성에서", " #영상-생성", "tag_missing", "#영상-생성에서"),
    (" 405B", " 405 billion", "number_missing", "405B"),
    (" 1,234", " 1234", "number_missing", "1,234"),
    (" 97.5%", " 97.50 percent", "number_missing", "97.5%"),
    (" 77배", " 77x", "number_missing", "77"),
    (" 33억 개", " 3.3B", "number_missing", "33억"),
    (" 13번째", " thirteenth", "number_missing", "13"),
]


def with_it(text, addition):
    """The text with something added at the end of its first paragraph."""
    first, *rest = text.split("\n\n")
    return "\n\n".join([first + addition, *rest])


@pytest.mark.parametrize("terms", GLOSSARIES)
@pytest.mark.parametrize(("ko", "en", "code", "name"), KEPT)
def test_what_a_translation_loses_is_found_in_every_pair(ko, en, code, name, terms):
    for pair in SEED_PAIRS:
        source, whole = with_it(pair.ko, ko), with_it(pair.en, en)
        assert found(source, whole, terms=terms) == []
        assert found(source, pair.en, terms=terms) == [(code, name)]
        assert found(whole, source, "en", terms) == []
        assert {code} == codes(whole, pair.ko, "en", terms) or code == "number_missing"


@pytest.mark.parametrize(("pair", "source_language"), ALL)
def test_each_link_of_the_pair_is_missed(pair, source_language):
    source, translation = pair.sides(source_language)
    for word in translation.split():
        if "https://" in word:
            assert "link_missing" in codes(source, translation.replace(word, ""), source_language)


@pytest.mark.parametrize(("pair", "source_language"), ALL)
def test_lost_and_changed_numbers_are_warnings(pair, source_language):
    source, translation = pair.sides(source_language)
    for text, number in (
        (" 613B", "613"),
        (" 7,123", "7,124"),
        (" 6.125%", "6.125"),
        (" 96K", "96"),
        (" 0.375", "0.37"),
    ):
        assert found(with_it(source, text), with_it(translation, text), source_language) == []
        assert found(with_it(source, text), with_it(translation, f" {number}"), source_language) == [
            ("number_missing", text.strip()),
            ("number_added", number),
        ]
    assert found(source, with_it(translation, " 4711"), source_language) == [("number_added", "4711")]


@pytest.mark.parametrize("terms", GLOSSARIES)
@pytest.mark.parametrize(("pair", "source_language"), ALL)
def test_each_lost_paragraph_is_a_warning(pair, source_language, terms):
    source, translation = (f"{text}\n\n{text}" for text in pair.sides(source_language))
    assert found(source, translation, source_language, terms) == []
    paragraphs = translation.split("\n\n")
    for number in range(len(paragraphs)):
        rest = "\n\n".join(paragraphs[:number] + paragraphs[number + 1 :])
        assert "paragraphs" in codes(source, rest, source_language, terms)


@pytest.mark.parametrize(("pair", "source_language"), [case for case in ALL if case.values[1] == "ko"])
def test_hangul_left_in_the_english_is_a_warning_wherever_it_stands(pair, source_language):
    words = pair.en.split(" ")
    for place in range(0, len(words), 5):
        if not words[place].startswith(("[", "(", "“")):
            left = " ".join([*words[:place], "학습된 모델", *words[place:]])
            new = [what for what in found(pair.ko, left) if what not in found(pair.ko, pair.en)]
            assert ("hangul", "학습된 모델") in new or "[[" in pair.en, left


@pytest.mark.parametrize("terms", GLOSSARIES)
@pytest.mark.parametrize(("pair", "source_language"), ALL)
def test_a_copy_is_a_warning(pair, source_language, terms):
    source, _translation = pair.sides(source_language)
    assert "same_as_source" in codes(source, source, source_language, terms)
    assert "same_as_source" in codes(
        source, source.upper().replace("\n\n", "\r\n\r\n"), source_language, terms
    )


@pytest.mark.parametrize("terms", GLOSSARIES)
@pytest.mark.parametrize(("pair", "source_language"), SEEDS)
def test_a_stump_is_a_warning(pair, source_language, terms):
    source, translation = pair.sides(source_language)
    assert "length" in codes(source, translation[: len(translation) // 5], source_language, terms)
    assert "length" in codes(source, translation * 3, source_language, terms)


@pytest.mark.parametrize(
    "character", ["\x00", "\x0b", "\x1b", "\x7f", "\x85", "\ufdd0", "\uffff", "\U0001ffff", "\ud800"]
)
def test_a_character_no_column_stores_is_an_error(character):
    name = f"U+{ord(character):04X}"
    for pair in SEED_PAIRS:
        for language in DIRECTIONS:
            source, translation = pair.sides(language)
            planted = f"{translation[:7]}{character}{translation[7:]}"
            finding = Finding("control_character", "error", name, {"position": 8})
            assert check_pair(source, planted, source_language=language)[0] == finding
            assert check_text(planted, other_language(language))[0] == finding


@pytest.mark.parametrize(("pair", "source_language"), SEEDS)
def test_each_term_rendered_otherwise_is_a_warning(pair, source_language):
    source, translation = pair.sides(source_language)
    for match in find_terms(source, source_language, STARTER_TERMS):
        mine = match.term.side(source_language)
        other = TermPair(mine, "apple juice") if source_language == "ko" else TermPair("사과 주스", mine)
        # A Korean note may keep the English term as it stands.
        kept = source_language == "en" and rendered_terms(translation, "ko", [other])
        assert kept or ("term_missing", mine) in found(source, translation, source_language, [other])
        wrong = "틀린 말" if source_language == "en" else "wrong words"
        planted, term = with_it(translation, f" {wrong}"), replace(other, forbidden=(wrong,))
        assert ("term_forbidden", wrong) in found(source, planted, source_language, [term])


# -- rules one by one -----------------------------------------------------------------------------------


def test_levels_are_known_and_findings_come_in_order():
    pair = SEED_PAIRS[2]
    findings = check_pair(
        pair.ko + " $x$ 405B #a-b", "남은 글\x00 [a](https://b.example)", source_language="ko"
    )
    assert [(finding.code, finding.level) for finding in findings] == [
        ("control_character", "error"),
        ("link_missing", "error"),
        ("math_missing", "error"),
        ("tag_missing", "error"),
        ("length", "warning"),
        ("number_missing", "warning"),
        ("hangul", "warning"),
    ]
    assert [CHECKS[finding.code] for finding in findings] == [finding.level for finding in findings]


@pytest.mark.parametrize("language", DIRECTIONS)
def test_nothing_written_yet_is_nothing_to_compare(language):
    assert check_pair("글 https://a.example 5", "", source_language=language) == []
    assert check_pair("", "text 5", source_language=language) == []
    assert check_pair("", "text\x0b", source_language=language)[0].code == "control_character"


def test_source_text_by_itself():
    assert check_text("한국어 글", "ko") == []
    assert [(f.code, f.found) for f in check_text("An 영어 글 text, 글", "en")] == [
        ("hangul", "영어 글"),
        ("hangul", "글"),
    ]


@pytest.mark.parametrize(
    "quoted",
    [
        "“한국어”",
        '"한국어 글"',
        "‘한국어’",
        "「한국어」",
        "[[한국어 논문]]",
        "#한국어",
        "https://a.example/한국어 x",
    ],
)
def test_hangul_in_quotations_titles_tags_and_links_is_meant(quoted):
    assert check_text(f"It is {quoted}.", "en") == [] or quoted.startswith("https")


def test_unclosed_quotation_hides_no_hangul():
    assert codes("“따옴표를 닫지 않은 글입니다", "“Not closed\n\n남은 글") >= {"hangul"}


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("https://a.example/x/", "http://www.A.example/x"),
        ("https://arxiv.org/abs/2401.02954", "[DeepSeek](https://arxiv.org/pdf/2401.02954v3.pdf)"),
        ("2401.02954v1", "https://arxiv.org/html/2401.02954v2"),
        ("me@example.org", "you@example.org"),
    ],
)
def test_the_same_link_in_another_form(source, translation):
    assert found(source, translation) == []


@pytest.mark.parametrize(
    ("source", "translation", "lost"),
    [
        ("https://a.example/x", "https://a.example/y", ("link_missing", "https://a.example/x")),
        ("https://a.example/x", "https://a.example/X", ("link_missing", "https://a.example/x")),
        (
            "https://arxiv.org/abs/2401.02954",
            "2401.02954",
            ("link_missing", "https://arxiv.org/abs/2401.02954"),
        ),
        ("arXiv:2401.02954", "arXiv:2401.02955", ("arxiv_missing", "2401.02954")),
        ("$\\alpha$", "$\\beta$", ("math_missing", "$\\alpha$")),
        ("$\\text{손실}x$", "$\\text{loss}y$", ("math_missing", "$\\text{손실}x$")),
    ],
)
def test_another_link_id_or_formula(source, translation, lost):
    assert found(source, translation) == [lost]


def test_words_inside_a_formula_are_translated():
    assert found("$L_{\\text{손실}}$", "$L_{\\text{loss}}$") == []


def test_names_may_stay_as_they_are():
    assert found("Gemma 2 Technical Report", "Gemma 2 Technical Report") == []
    assert found("Gemma 2", "Gemma 2", "en") == []
    assert codes("This is a whole sentence.", "This is a whole sentence.", "en") == {"same_as_source"}


def test_length_says_which_ratio_is_usual():
    source, long = "가나다" * 100, "abc" * 1000
    [finding] = check_pair(source, long, source_language="ko")
    assert (finding.code, finding.found, finding.detail) == (
        "length",
        "10.0",
        {"ratio": 10.0, "low": 1.3, "high": 3.6},
    )
    [finding] = check_pair(long, source, source_language="en")
    assert (finding.found, finding.detail) == ("0.1", {"ratio": 0.1, "low": 0.3, "high": 0.8})
    assert found("네.", "Yes, it is.") == []


@pytest.mark.parametrize("kind", ["https://a.example/{}", "2401.{:05}", "$x_{}$", "[[T {}]]", "#t{}", "{}77"])
def test_of_one_kind_twenty_are_enough(kind):
    source = " ".join(kind.format(number) for number in range(10, 60))
    assert len(check_pair(source, "x " * 300, source_language="ko")) <= MOST_OF_A_KIND + 1


def test_what_is_found_is_one_storable_line_and_long_ones_stay_apart():
    long = "https://a.example/" + "x" * 400
    first, second = check_pair(f"{long}1 {long}2", "text", source_language="ko")
    assert first.found != second.found
    assert len(first.found) == len(second.found) == LONGEST_FOUND
    for payload in [*PAYLOADS, "$x\u2028\U0001ffff$", "[[a\u202eb\u3000c]]"]:
        for finding in check_pair(f"{payload} 남은 글", f"y {payload[:-3]} 글", source_language="ko"):
            assert finding.found.isprintable(), (payload, finding)


HOSTILE = HUGE | {
    "thousands": "1," * 50_000,
    "digits": "1" * 100_000,
    "versions": "1.1" * 33_000,
    "sums": "1억 " * 33_000,
    "number words": "two hundred " * 8_000,
    "millions": "million " * 12_500,
    "quotation": "“" * 100_000,
    "tags": "#a" * 50_000,
    "commands": "\\a" * 50_000,
    "terms": "배치 크기 " * 16_000,
    "half terms": "batch-" * 16_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_checked_within_a_second(name):
    quickly(
        lambda text: check_pair(text, f"{text} 가", source_language="ko", terms=STARTER_TERMS), HOSTILE[name]
    )
