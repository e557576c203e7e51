"""The tag index and the pages of a tag, in each edition."""

import re

import pytest

from digest.models import Tag, TagAlias
from tests.build import build_entry

pytestmark = pytest.mark.django_db


def test_tags_are_counted_by_what_readers_see(client, site):
    build_entry("2024-10-31", tags=["scaling-law", "secret"], public=False)
    html = client.get("/en/tags/").content.decode()
    assert "secret" not in html
    assert re.search(r'scaling-law</a>(?:<svg.*?</svg>)?<span class="num">2<', html)


def test_tag_page_shows_its_entries_newest_first(read):
    html = read("/en/tags/scaling-law/")
    assert html.index("Critical Batch Size") < html.index("Second Paper")
    assert "2 papers" in html


def test_tag_pages_walk_all_entries_once(client):
    for number in range(35):
        day = 1 + number // 2
        build_entry(f"2024-01-{day:02}", title=f"Paper no. {number:03}.", tags=["moe"])
    first = client.get("/en/tags/moe/").content.decode()
    older = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    second = client.get(older).content.decode()
    seen = [f"Paper no. {number:03}." for number in range(35)]
    assert [(title in first) + (title in second) for title in seen] == [1] * 35
    assert 'rel="next"' not in second


@pytest.mark.parametrize("before", ["", "x", "-1", "1.5", "9" * 30, "٣", "1\x00", "1'--"])
def test_a_senseless_place_in_a_tag_is_ignored(client, site, before):
    plain = client.get("/en/tags/scaling-law/").content
    assert client.get("/en/tags/scaling-law/", {"before": before}).content == plain


@pytest.mark.parametrize("spelling", ["Scaling_Law", "SCALING-LAW", "scaling law", "old-name"])
def test_other_spellings_of_a_tag_redirect_to_it(client, site, spelling):
    TagAlias.objects.create(slug="old-name", tag=Tag.objects.get(slug="scaling-law"))
    response = client.get(f"/en/tags/{spelling}/")
    assert (response.status_code, response["Location"]) == (301, "/en/tags/scaling-law/")


def test_an_alias_of_a_hidden_tag_leads_nowhere(client):
    build_entry("2024-10-30", tags=["secret"], public=False)
    TagAlias.objects.create(slug="old-secret", tag=Tag.objects.get(slug="secret"))
    assert client.get("/tags/old-secret/").status_code == 404


def test_a_tag_page_does_not_repeat_its_own_tag_on_every_row(read):
    html = read("/en/tags/scaling-law/").split('<ol class="rows">')[1].split("<aside")[0]
    assert 'href="/en/tags/scaling-law/"' not in html
    assert html.count('href="/en/tags/%EB%B9%84%EB%94%94%EC%98%A4-%EC%83%9D%EC%84%B1/"') == 1


def test_tags_by_name_stand_under_letters_of_both_alphabets(client, site):
    Tag.objects.filter(slug="moe").update(label_ko="전문가 혼합")
    letters = {
        edition: re.findall(
            r'<h2 id="l\d+">(.+?)</h2>', client.get(f"{edition}/tags/?order=name").content.decode()
        )
        for edition in ("/ko", "/en")
    }
    assert letters == {"/ko": ["ㅂ", "ㅈ", "S"], "/en": ["M", "S", "ㅂ"]}


def test_the_order_of_tags_belongs_to_the_address(read):
    assert 'href="/ko/tags/?order=name"' in read("/en/tags/?order=name").split("<main")[0]
    assert "order=zzz" not in read("/en/tags/?order=zzz").split("<main")[0]


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("scaling-law+비디오-생성", ["Critical Batch Size"]),
        ("moe,비디오-생성", ["Critical Batch Size", "Korean Only"]),
        ("scaling-law+-비디오-생성", ["Second Paper"]),
    ],
)
def test_tags_combine(read, path, there):
    html = read(f"/en/tags/{path}/")
    titles = ["Critical Batch Size", "Second Paper", "Korean Only", "English Only"]
    assert [title for title in titles if title in html] == there


@pytest.mark.parametrize(
    "spelling", ["MoE, Scaling_Law", "scaling-law,moe", "moe,old-name", "moe,scaling-law,moe"]
)
def test_spellings_of_an_expression_redirect_to_the_canonical_one(client, site, spelling):
    TagAlias.objects.create(slug="old-name", tag=Tag.objects.get(slug="scaling-law"))
    response = client.get(f"/en/tags/{spelling}/")
    assert (response.status_code, response["Location"]) == (301, "/en/tags/moe,scaling-law/")
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize(
    "path", ["moe+nothing", "moe,nothing", "moe+-nothing", "-moe", "moe+", "moe,,moe", "+".join("abcdefghi")]
)
def test_an_expression_with_an_unknown_tag_or_none_is_not_there(client, site, path):
    assert client.get(f"/tags/{path}/").status_code == 404


def test_a_contradiction_is_an_empty_page_that_says_why(read):
    html = read("/en/tags/moe+-moe/")
    assert "No paper can both have and not have the same tag" in html
    assert 'class="rows"' not in html


def test_tags_that_never_meet_are_an_empty_page(read):
    assert "No paper has these tags together yet." in read("/en/tags/moe+scaling-law/")


def test_a_tag_page_offers_to_narrow_by_the_tags_alongside(read):
    html = read("/en/tags/scaling-law/")
    name = "%EB%B9%84%EB%94%94%EC%98%A4-%EC%83%9D%EC%84%B1"
    assert f'<a href="/en/tags/scaling-law+{name}/" rel="nofollow">' in html
    assert f'<a href="/en/tags/scaling-law+-{name}/" rel="nofollow">' in html


def test_search_engines_are_asked_to_leave_expressions_out(client, site):
    assert "X-Robots-Tag" not in client.get("/tags/moe/").headers
    assert client.get("/tags/moe,scaling-law/").headers["X-Robots-Tag"] == "noindex"


def test_a_tag_page_draws_its_months(client):
    for day in ("2024-08-01", "2024-10-30", "2024-10-31"):
        build_entry(day, tags=["moe"])
    html = client.get("/en/tags/moe/").content.decode()
    assert re.findall(r'<i class="p(\d+)">', html) == ["50", "100"]
    assert html.count('<span class="vh">0</span>') == 1


def test_trends_draw_the_most_used_tags_with_a_table_each(read):
    html = read("/en/trends/")
    assert html.count('<li class="trend">') == html.count("<table><tbody>") == 3
    assert '<th scope="row">2024.10</th><td>2</td>' in html
    assert "3 of 4 in English" in html


@pytest.mark.parametrize(("query", "shown"), [("from=2024-05&to=2024-05", ["moe"]), ("to=2024-05", ["moe"])])
def test_trends_keep_to_the_chosen_months(read, query, shown):
    html = read(f"/en/trends/?{query}").split("<main")[1]
    assert re.findall(r'class="tag" href="/en/tags/([^/]+)/"', html) == shown


@pytest.mark.parametrize(
    "query", ["from=x", "from=2024-13", "to=0000-01", "from=2024-1&to=%00", "from=٢٠٢٤-٠١"]
)
def test_senseless_months_are_ignored(client, site, query):
    assert client.get(f"/trends/?{query}").content == client.get("/trends/").content


def test_trends_without_any_digest_say_so(client):
    build_entry("2024-10-30", tags=["moe"], public=False)
    assert "No digest has been published yet." in client.get("/en/trends/").content.decode()
    assert "No digest has been published yet." in client.get("/en/tags/").content.decode()
    assert "No digest has been published yet." in client.get("/en/digests/").content.decode()


def test_tags_in_hangul_have_pages(read):
    assert "Critical Batch Size" in read("/en/tags/비디오-생성/")
