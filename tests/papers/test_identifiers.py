import pytest

from papers.identifiers import (
    arxiv_search_url,
    arxiv_url,
    find_arxiv_ids,
    name_key,
    normalise_arxiv_id,
    normalise_doi,
    slugify_title,
    title_key,
)
from tests.papers.hostile import HUGE, quickly


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2408.16357", "2408.16357"),
        (" arXiv:2408.16357v2 ", "2408.16357"),
        ("ARXIV: 2408.16357", "2408.16357"),
        ("https://arxiv.org/abs/2408.16357", "2408.16357"),
        ("http://www.arxiv.org/pdf/2408.16357v12.pdf", "2408.16357"),
        ("https://export.arxiv.org/html/2408.16357v1/", "2408.16357"),
        ("https://arxiv.org/abs/2408.16357?context=cs.CL#top", "2408.16357"),
        ("HTTPS://ARXIV.ORG/ABS/2408.16357", "2408.16357"),
        ("arxiv.org/abs/2408.16357", "2408.16357"),
        ("1412.6980", "1412.6980"),
        ("0704.0001", "0704.0001"),
        ("1501.00001", "1501.00001"),
        ("cs.CL/0701001", "cs.CL/0701001"),
        ("cs.cl/0701001v3", "cs.CL/0701001"),
        ("HEP-TH/9901001", "hep-th/9901001"),
        ("https://arxiv.org/abs/hep-th/9901001v1", "hep-th/9901001"),
        ("arXiv:math/0309136", "math/0309136"),
        ("2413.16357", None),
        ("2400.16357", None),
        ("2408.1635", None),
        ("2408.163577", None),
        ("1412.69801", None),
        ("1501.0001", None),
        ("0703.0001", None),
        ("hep-th/9913001", None),
        ("nonsense/9901001", None),
        ("see 2408.16357", None),
        ("2408.16357에서", None),
        ("https://arxiv.org/abs/2408.16357에서", None),
        ("https://arxiv.org/list/cs.CL/recent", None),
        ("https://arxiv.org.evil.example/abs/2408.16357", None),
        ("https://notarxiv.org/abs/2408.16357", None),
        ("٢٤٠٨.١٦٣٥٧", None),
        ("", None),
        ("x" * 1000, None),
    ],
)
def test_normalise_arxiv_id(text, expected):
    assert normalise_arxiv_id(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Multistep (https://arxiv.org/abs/2403.06807) 와", ["2403.06807"]),
        ("https://arxiv.org/abs/2403.06807에서 arXiv:2408.16357v2를", ["2403.06807", "2408.16357"]),
        ("arxiv.org/pdf/2403.06807.pdf, 그리고 https://www.arxiv.org/abs/2403.06807v3.", ["2403.06807"]),
        ("참고:arXiv:2403.06807", ["2403.06807"]),
        ("(arXiv: cs.CL/0701001)", ["cs.CL/0701001"]),
        ("2408.16357 and 1.2408.16357", []),
        ("notarXiv:2408.16357", []),
        ("https://evil.example/arxiv.org/abs/2408.16357", []),
        ("arXiv:2413.16357 arXiv:2408.163571 arXiv:0701.0001", []),
        ("", []),
    ],
)
def test_find_arxiv_ids(text, expected):
    assert find_arxiv_ids(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.48550/arXiv.2408.16357", "10.48550/arxiv.2408.16357"),
        ("doi:10.1000/182", "10.1000/182"),
        ("https://doi.org/10.1000/182", "10.1000/182"),
        ("http://dx.doi.org/10.1000/A%2Fb?x=1#y", "10.1000/a/b"),
        (
            "10.1002/(SICI)1096-8644(199601)99:1<1::AID-AJPA1>3.0.CO;2-1",
            "10.1002/(sici)1096-8644(199601)99:1<1::aid-ajpa1>3.0.co;2-1",
        ),
        ("10.1000/182.", "10.1000/182"),
        ("11.1000/182", None),
        ("10.1000/", None),
        ("10.1000/가", None),
        ("see 10.1000/182", None),
        ("https://doi.org/10.1000/a%20b", None),
        ("10.1000/" + "x" * 300, None),
        ("", None),
    ],
)
def test_normalise_doi(text, expected):
    assert normalise_doi(text) == expected


def test_urls():
    assert arxiv_url("2408.16357") == "https://arxiv.org/abs/2408.16357"
    assert arxiv_search_url("A & B: 학습") == (
        "https://arxiv.org/search/?searchtype=title&query=A+%26+B%3A+%ED%95%99%EC%8A%B5"
    )


@pytest.mark.parametrize("key", [title_key, name_key])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Scaling\n LAWS\u00a0", "scaling laws"),
        ("ﬁne\u200btuning\ufeff \u00adx", "finetuning x"),
        ("Ｆｕｌｌ", "full"),
        ("Straße", "strasse"),
        ("İ", "i\u0307"),
        ("학\u1112\u1161\u11a8\u3164", "학학"),
        ("e\u0301 é", "é é"),
        ("a\u202eb\u200f", "ab"),
        ("", ""),
    ],
)
def test_comparison_keys(key, text, expected):
    assert key(text) == expected
    assert key(expected) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "How Does Critical Batch Size Scale in Pre-training?",
            "how-does-critical-batch-size-scale-in-pre-training",
        ),
        ("Beyond Müller's GPT-4 — Łukasz & Straße", "beyond-mullers-gpt-4-lukasz-strasse"),
        ("비디오 생성 모델 2", "비디오-생성-모델-2"),
        ("\u1112\u1161\u11ab글", "한글"),
        (
            "Everything Everywhere All at Once: LLMs can In-Context Learn Multiple Tasks",
            "everything-everywhere-all-at-once-llms-can-in-context-learn",
        ),
        ("x" * 100, "x" * 60),
        ("🙂", "paper"),
        ("", "paper"),
        ("--a--", "a"),
        ("中文 title", "title"),
    ],
)
def test_slugify_title(title, expected):
    assert slugify_title(title) == expected


def test_slugify_title_cuts_at_a_word():
    assert slugify_title("alpha beta gamma", max_length=10) == "alpha-beta"
    assert slugify_title("alpha beta gamma", max_length=9) == "alpha"
    assert slugify_title("alphabet soup", max_length=4) == "alph"


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_huge_input_is_quick(text):
    for function in (normalise_arxiv_id, find_arxiv_ids, normalise_doi, title_key, slugify_title):
        quickly(function, text)


def test_keys_are_stable_for_any_text():
    hypothesis = pytest.importorskip("hypothesis")

    @hypothesis.given(hypothesis.strategies.text())
    def check(text):
        assert title_key(title_key(text)) == title_key(text)
        assert slugify_title(slugify_title(text)) == slugify_title(text)
        assert normalise_arxiv_id(text) is None or find_arxiv_ids(f"arXiv:{normalise_arxiv_id(text)}")

    check()
