"""How many queries each page makes, with one row and with several. The words above a number name them."""

import pytest

from digest.models import Tag, TagAlias
from papers.models import Author, Paper
from tests.build import build_entry

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[1, 4], ids=["one row", "several rows"])
def rows(request):
    """Digests on so many days, each with so many entries, byline names and tags."""
    many = request.param
    for day in range(1, many + 1):
        for number in range(many):
            build_entry(
                f"2024-10-{day:02}",
                title=f"Paper {day}.{number}" if (day, number) != (1, 0) else "The Paper",
                authors=[f"Author {k}" for k in range(many)],
                tags=["moe", *(f"tag-{k}" for k in range(many))],
                en="A note",
                arxiv_id=f"2410.{day:02}{number:03}",
            )
    return many


def ask(client, path, expected, queries):
    with queries(expected):
        assert client.get(path).status_code == 200


def test_home(client, rows, django_assert_num_queries):
    # the days of a year; the latest digest's entries; their notes; titles and coverage of the earlier ones;
    # tags by month
    ask(client, "/", 5, django_assert_num_queries)


def test_digest(client, rows, django_assert_num_queries):
    # entries; notes; authorships; taggings; the two neighbours
    ask(client, "/digests/2024-10-01/", 5, django_assert_num_queries)


def test_archive(client, rows, django_assert_num_queries):
    # days with their counts; entries and notes by year
    ask(client, "/digests/", 2, django_assert_num_queries)


def test_year(client, rows, django_assert_num_queries):
    # the year's days with their counts; the two neighbours
    ask(client, "/digests/2024/", 2, django_assert_num_queries)


def test_month(client, rows, django_assert_num_queries):
    # titles and coverage; the two neighbours
    ask(client, "/digests/2024/10/", 2, django_assert_num_queries)


def test_week(client, rows, django_assert_num_queries):
    # titles and coverage; the two neighbours
    ask(client, "/digests/2024/w40/", 2, django_assert_num_queries)


def test_paper(client, rows, django_assert_num_queries):
    paper = Paper.objects.get(title="The Paper")
    # entries; notes; authorships; taggings; mentions; related papers (tests/digest/site/test_paper_page.py has more)
    ask(client, f"/papers/{paper.pk}/the-paper/", 6, django_assert_num_queries)


def test_author(client, rows, django_assert_num_queries):
    author = Author.objects.get(name="Author 0")
    # the author; entries; notes; taggings; people of the same name; co-authors
    ask(client, f"/authors/{author.pk}/author-0/", 6, django_assert_num_queries)


def test_tags(client, rows, django_assert_num_queries):
    # tags with their counts; the ends of the archive; tags by month
    ask(client, "/tags/", 3, django_assert_num_queries)
    ask(client, "/tags/?order=name", 3, django_assert_num_queries)


def test_tag(client, rows, django_assert_num_queries):
    # the tag; its days; entries; notes; taggings; tags alongside
    ask(client, "/tags/moe/", 6, django_assert_num_queries)


@pytest.mark.parametrize("expression", ["moe+tag-0", "moe,tag-0", "moe,tag-0+-moe"])
def test_tag_expression(client, rows, django_assert_num_queries, expression):
    # the tags; the days; entries; notes; taggings; tags alongside
    ask(client, f"/tags/{expression}/", 6, django_assert_num_queries)


def test_empty_tag_expression(client, rows, django_assert_num_queries):
    # the tags; the days, if there can be any
    ask(client, "/tags/moe+-tag-0/", 2, django_assert_num_queries)
    ask(client, "/tags/moe+-moe/", 1, django_assert_num_queries)


@pytest.mark.parametrize("query", ["", "?from=2020-01&to=2024-12"])
def test_trends(client, rows, django_assert_num_queries, query):
    # the ends of the archive; tags by month; entries and notes by year
    ask(client, f"/trends/{query}", 3, django_assert_num_queries)


def test_about(client, rows, django_assert_num_queries):
    ask(client, "/about/", 0, django_assert_num_queries)


def test_feeds(client, rows, django_assert_num_queries):
    ask(client, "/feeds/", 0, django_assert_num_queries)


def test_redirects(client, rows, django_assert_num_queries):
    TagAlias.objects.create(slug="old", tag=Tag.objects.get(slug="moe"))
    # the tag of that slug; the tag of that spelling
    with django_assert_num_queries(2):
        assert client.get("/tags/old/").status_code == 301
    # the paper with the id
    with django_assert_num_queries(1):
        assert client.get("/arxiv/2410.01000/").status_code == 302


def test_what_is_not_there(client, rows, django_assert_num_queries):
    # by the address alone
    with django_assert_num_queries(0):
        assert client.get("/nowhere/").status_code == 404
    # entries of that day
    with django_assert_num_queries(1):
        assert client.get("/digests/2023-10-01/").status_code == 404
