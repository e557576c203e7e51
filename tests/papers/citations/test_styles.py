"""References as text: the examples of the three manuals' rules that preprints meet."""

import pytest

from papers.citations import STYLES, apa, chicago, ieee
from tests.papers.citations.works import all_works, work

TWO = work(names=["Oleg Filatov", "Jan Ebert"], arxiv_id="2410.05838")


def test_two_authors():
    assert apa(TWO) == (
        "Filatov, O., & Ebert, J. (2024). Time Transfer: On Optimal Learning Rate (arXiv:2410.05838). arXiv. "
        "https://doi.org/10.48550/arXiv.2410.05838"
    )
    assert chicago(TWO) == (
        "Filatov, Oleg, and Jan Ebert. 2024. “Time Transfer: On Optimal Learning Rate.” Preprint, arXiv. "
        "https://doi.org/10.48550/arXiv.2410.05838."
    )
    assert ieee(TWO) == (
        "O. Filatov and J. Ebert, “Time Transfer: On Optimal Learning Rate,” 2024, arXiv:2410.05838."
    )


@pytest.mark.parametrize(
    ("names", "in_apa", "in_chicago", "in_ieee"),
    [
        (["Kun Xu"], "Xu, K. (", "Xu, Kun. n.d.", "K. Xu, “"),
        (["Kun Xu", "Kun Xu"], "Xu, K., & Xu, K. (", "Xu, Kun, and Kun Xu. n.d.", "K. Xu and K. Xu, “"),
        (
            ["Kun Xu", "Kun Xu", "Ann B. Lee"],
            "Xu, K., Xu, K., & Lee, A. B. (",
            "Xu, Kun, Kun Xu, and Ann B. Lee. n.d.",
            "K. Xu, K. Xu, and A. B. Lee, “",
        ),
        (["OpenAI"], "OpenAI. (", "OpenAI. n.d.", "OpenAI, “"),
        (["Jean-Pierre Müller"], "Müller, J.-P. (", "Müller, Jean-Pierre. n.d.", "J.-P. Müller, “"),
        (
            ["Laurens van der Maaten"],
            "van der Maaten, L. (",
            "van der Maaten, Laurens. n.d.",
            "L. van der Maaten, “",
        ),
        (["E\u0301mile Zola"], "Zola, É. (", "Zola, E\u0301mile. n.d.", "É. Zola, “"),
        (["김민지"], "김민지. (", "김민지. n.d.", "김민지, “"),
    ],
)
def test_names(names, in_apa, in_chicago, in_ieee):
    cited = work(names=names)
    assert apa(cited).startswith(in_apa)
    assert chicago(cited).startswith(in_chicago)
    assert ieee(cited).startswith(in_ieee)


def test_long_bylines_are_cut_where_each_style_cuts_them():
    def people(count):
        return work(names=[f"Ann Name{chr(96 + n)}" for n in range(1, count + 1)])

    assert apa(people(20)).split(" (")[0].endswith(", Names, A., & Namet, A.")
    assert apa(people(21)).split(" (")[0].endswith(", Names, A., . . . Nameu, A.")
    assert chicago(people(6)).split(" n.d.")[0].endswith("Ann Namee, and Ann Namef.")
    assert chicago(people(7)).startswith("Namea, Ann, Ann Nameb, Ann Namec, et al. n.d.")
    assert ieee(people(6)).split(", “")[0].endswith("A. Namee, and A. Namef")
    assert ieee(people(7)).startswith("A. Namea et al., “")


def test_without_names_date_or_archive():
    cited = work("Hello", url="https://a.example/")
    assert apa(cited) == "Hello. (n.d.). https://a.example/"
    assert chicago(cited) == "“Hello.” n.d. https://a.example/."
    assert ieee(cited) == "“Hello,” [Online]. Available: https://a.example/"
    bare = work("Is it?", ["Ann Lee"])
    assert apa(bare) == "Lee, A. (n.d.). Is it?"
    assert chicago(bare) == "Lee, Ann. n.d. “Is it?”"
    assert ieee(bare) == "A. Lee, “Is it?”"
    assert ieee(work("Hello")) == "“Hello.”"
    assert ieee(work("Hello", doi="10.1/x")) == "“Hello,” doi: 10.1/x."


def test_quotes_within_quotes():
    cited = work("On “it”", ["Ann Lee"], doi="10.1/x")
    assert apa(cited) == "Lee, A. (n.d.). On “it”. https://doi.org/10.1/x"
    assert "“On ‘it’.”" in chicago(cited)
    assert "“On ‘it’,”" in ieee(cited)


@pytest.mark.parametrize("style", STYLES)
def test_every_work_is_one_line_with_its_title(style):
    for cited in all_works():
        text = STYLES[style](cited)
        assert text == " ".join(text.split())
        assert text
        assert cited.plain_title.translate(str.maketrans("“”", "‘’")) in text.translate(
            str.maketrans("“”", "‘’")
        )
