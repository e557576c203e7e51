"""Papers and people at the desk, through the real pages."""

import pytest
from django.urls import reverse

from papers.matching import byline, set_byline
from papers.models import Author, Paper
from tests.build import build_paper
from tests.page import form_data, message_texts


@pytest.fixture
def paper(db):
    return build_paper("Scaling laws", ["Kim", "Lee"], abstract="One.\n\nTwo.", arxiv_id="2408.16357")


@pytest.fixture
def save(client, minji):
    """Open a paper's form as a browser would, change some fields, post it."""
    client.force_login(minji)

    def post(paper, **changes):
        url = reverse("admin:papers_paper_change", args=[paper.pk])
        return client.post(url, form_data(client.get(url), "paper_form") | changes)

    return post


def test_save_of_nothing_changes_nothing(save, paper):
    before = list(paper.authorships.values())
    assert save(paper).status_code == 302
    stored = Paper.objects.get()
    assert (stored.title, stored.abstract, stored.arxiv_id) == ("Scaling laws", "One.\n\nTwo.", "2408.16357")
    assert list(paper.authorships.values()) == before


@pytest.mark.parametrize("typed", ["https://arxiv.org/pdf/2410.00001v3", "arXiv:2410.00001", " 2410.00001 "])
def test_arxiv_id_is_taken_from_any_shape(save, paper, typed):
    assert save(paper, arxiv_id=typed).status_code == 302
    assert Paper.objects.get().arxiv_id == "2410.00001"


def test_an_empty_arxiv_id_is_none(save, paper):
    build_paper("Another")
    assert save(paper, arxiv_id="").status_code == 302
    assert Paper.objects.get(pk=paper.pk).arxiv_id is None


@pytest.mark.parametrize(
    ("field", "typed"), [("arxiv_id", "2413.1"), ("doi", "ten"), ("title", ""), ("authors", "a" * 201)]
)
def test_unfit_values_are_refused_with_what_was_typed(save, paper, field, typed):
    response = save(paper, **{field: typed})
    assert response.status_code == 200
    assert field in response.context["adminform"].form.errors
    assert form_data(response, "paper_form")[field] == typed


def test_an_arxiv_id_belongs_to_one_paper(save, paper):
    other = build_paper("Another")
    response = save(other, arxiv_id="arXiv:2408.16357")
    assert "arxiv_id" in response.context["adminform"].form.errors


def test_doi_and_title_key(save, paper):
    save(paper, doi="https://doi.org/10.1000/ABC", title="  New   Title ")
    stored = Paper.objects.get()
    assert (stored.doi, stored.title, stored.title_key) == ("10.1000/abc", "New Title", "new title")


def test_authors_are_one_name_a_line(save, paper):
    lee = Author.objects.get(name="Lee")
    save(paper, authors="Lee\r\n\r\n Kun  Xu\r\nKun Xu\r\n")
    assert byline(paper) == ["Lee", "Kun Xu", "Kun Xu"]
    assert paper.authorships.get(position=1).author == lee
    assert sorted(Author.objects.filter(name="Kun Xu").values_list("homonym", flat=True)) == [1, 2]


def test_translator_sees_a_paper_but_cannot_write(client, tom, paper):
    client.force_login(tom)
    url = reverse("admin:papers_paper_change", args=[paper.pk])
    assert "Kim, Lee" in client.get(url).content.decode()
    assert client.post(url, {"title": "x"}).status_code == 403


def test_merge_page(client, paul, paper):
    build_paper("Two", ["J. Kim"])
    source, target = Author.objects.get(name="J. Kim"), Author.objects.get(name="Kim")
    client.force_login(paul)
    url = reverse("admin:papers_author_merge", args=[source.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"target": target.pk}).status_code == 302
    assert not Author.objects.filter(pk=source.pk).exists()
    response = client.post(
        reverse("admin:papers_author_merge", args=[target.pk]), {"target": Author.objects.get(name="Lee").pk}
    )
    assert "target" in response.context["form"].errors


def test_split_page(client, paul, paper):
    two = build_paper("Two", ["Kim"])
    kim = Author.objects.get(name="Kim")
    client.force_login(paul)
    url = reverse("admin:papers_author_split", args=[kim.pk])
    response = client.post(url, {"paper": ["x", "²"]}, follow=True)
    assert message_texts(response)
    assert client.post(url, {"paper": [str(two.pk)]}).status_code == 302
    assert two.authorships.get().author.homonym == 2


def test_correcting_a_name_takes_the_first_free_homonym(client, paul, paper):
    build_paper("Two", ["Kmi"])
    wrong = Author.objects.get(name="Kmi")
    client.force_login(paul)
    url = reverse("admin:papers_author_change", args=[wrong.pk])
    data = form_data(client.get(url), "author_form") | {"name": "Kim"}
    assert client.post(url, data).status_code == 302
    wrong.refresh_from_db()
    assert (wrong.name_key, wrong.homonym) == ("kim", 2)


@pytest.fixture
def late(client, minji):
    """A page opened before a colleague saved: ``opened(paper)``, then ``post(**changes)``."""
    client.force_login(minji)

    def opened(paper):
        url = reverse("admin:papers_paper_change", args=[paper.pk])
        data = form_data(client.get(url), "paper_form")
        return lambda **changes: client.post(url, data | changes)

    return opened


def test_what_i_did_not_touch_stays_as_a_colleague_left_it(late, paper):
    post = late(paper)
    Paper.objects.update(abstract="A colleague's.", arxiv_id="2410.00001", doi="10.1000/182")
    set_byline(paper, ["Kim", "Park"])
    assert post(title="Scaling laws!").status_code == 302
    stored = Paper.objects.get()
    assert (stored.title, stored.abstract, stored.arxiv_id) == (
        "Scaling laws!",
        "A colleague's.",
        "2410.00001",
    )
    assert byline(stored) == ["Kim", "Park"]


@pytest.mark.parametrize(
    ("field", "mine", "theirs"),
    [
        ("title", "Mine", "Theirs"),
        ("abstract", "Mine.\r\n\r\nTwo.", "Theirs.\n\nTwo."),
        ("arxiv_id", "2410.00002", "2410.00001"),
        ("authors", "Kim\r\nMine", "Kim\nTheirs"),
        ("kind", "post", "release"),
    ],
)
def test_both_changed_comes_back_with_both_and_a_second_save_is_deliberate(late, paper, field, mine, theirs):
    post = late(paper)
    if field == "authors":
        set_byline(paper, theirs.split("\n"))
    else:
        Paper.objects.update(**{field: theirs})
    response = post(**{field: mine, "doi": "10.1000/182"})
    assert response.status_code == 200
    assert theirs in response.context["adminform"].form.errors.as_data()[field][0].message % {
        "present": theirs
    }
    again = form_data(response, "paper_form")
    assert again[field].replace("\r\n", "\n") == mine.replace("\r\n", "\n")
    assert Paper.objects.get().doi == ""
    url = reverse("admin:papers_paper_change", args=[paper.pk])
    assert response.client.post(url, again).status_code == 302
    stored = Paper.objects.get()
    kept = "\n".join(byline(stored)) if field == "authors" else getattr(stored, field)
    assert (kept, stored.doi) == (mine.replace("\r\n", "\n"), "10.1000/182")


def test_the_same_change_by_both_is_no_conflict(late, paper):
    post = late(paper)
    Paper.objects.update(abstract="One.")
    assert post(abstract="One.\r\n").status_code == 302
