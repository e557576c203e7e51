import pytest
from django.core.exceptions import ValidationError

from papers.matching import byline, match_paper, set_byline
from papers.models import Author, Authorship
from tests.build import build_paper


@pytest.mark.parametrize("title", ["A  Paper", "a paper", "Ａ Paper", "A Paper\u200b"])
def test_match_ignores_case_space_and_width(db, title):
    paper = build_paper("A Paper", ["Ann Lee"])
    assert match_paper(title, ["Ann Lee"]) == paper


def test_match_tells_equal_titles_apart_by_their_people(db):
    ours = build_paper("Technical Report", ["Ann Lee", "Bo Kim"])
    theirs = build_paper("Technical Report", ["Cy Park"])
    assert match_paper("Technical Report", ["bo kim"]) == ours
    assert match_paper("Technical Report", ["Cy Park", "Di Choi"]) == theirs
    assert match_paper("Technical Report", ["Someone Else"]) is None
    assert match_paper("Technical Report", []) == ours
    assert match_paper("Other", []) is None


def test_equal_names_in_one_byline_are_two_people(db):
    paper = build_paper()
    assert set_byline(paper, ["Kun Xu", "Ann Lee", "Kun  Xu"]) is True
    assert byline(paper) == ["Kun Xu", "Ann Lee", "Kun  Xu"]
    assert sorted(Author.objects.values_list("name_key", "homonym")) == [
        ("ann lee", 1),
        ("kun xu", 1),
        ("kun xu", 2),
    ]
    assert set_byline(paper, ["Kun Xu", "Ann Lee", "Kun  Xu"]) is False


def test_equal_names_across_papers_share_a_person(db):
    set_byline(build_paper(), ["Kun Xu"])
    set_byline(build_paper(), ["Kun Xu", "Kun Xu"])
    assert Author.objects.count() == 2


def test_reordering_keeps_the_people(db):
    paper = build_paper(authors=["Ann", "Bo", "Cy"])
    people = dict(Authorship.objects.values_list("printed_name", "author"))
    set_byline(paper, ["Cy", "Ann", "Bo", "Di"])
    assert byline(paper) == ["Cy", "Ann", "Bo", "Di"]
    assert people.items() <= dict(Authorship.objects.values_list("printed_name", "author")).items()


def test_name_moved_to_another_person_by_editors_stays_there(db):
    paper = build_paper(authors=["P. Velickovic"])
    petar = Author.objects.create(name="Petar Veličković", name_key="petar veličković")
    paper.authorships.update(author=petar)
    set_byline(paper, ["P. Velickovic", "Ann"])
    assert paper.authorships.get(position=1).author == petar


def test_two_spellings_of_one_person_on_one_byline_become_two(db):
    paper = build_paper(authors=["P. Velickovic"])
    petar = Author.objects.create(name="Petar Veličković", name_key="petar veličković")
    paper.authorships.update(author=petar)
    set_byline(paper, ["P. Velickovic", "Petar Veličković"])
    assert [row.author.homonym for row in paper.authorships.order_by("position")] == [1, 2]


@pytest.mark.parametrize("name", ["", "x" * 201, "a\x00b"])
def test_unfit_name_is_refused_and_the_byline_stays(db, name):
    paper = build_paper(authors=["Ann"])
    with pytest.raises(ValidationError):
        set_byline(paper, ["Ann", name])
    assert byline(paper) == ["Ann"]


@pytest.mark.parametrize("count", [2, 194])
def test_byline_takes_constant_queries(db, django_assert_num_queries, count):
    paper = build_paper()
    # present byline, known authors, new authors, delete (select + none), new byline
    with django_assert_num_queries(5):
        set_byline(paper, [f"Author {number}" for number in range(count)])


def test_arxiv_id_decides_before_the_title(db):
    by_id, by_title = build_paper("Other", arxiv_id="2408.16357"), build_paper("Same", ["Kim"])
    assert match_paper("Same", ["Kim"], arxiv_id="2408.16357") == by_id
    assert match_paper("Same", ["Kim"], arxiv_id="2408.00001") == by_title
    assert match_paper("Other", [], arxiv_id="2408.00001") is None
    assert match_paper("Other", []) == by_id
