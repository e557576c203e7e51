"""The tag index and the pages of a tag, in each edition."""

import pytest

from digest.models import Tag, TagAlias
from tests.build import build_entry

pytestmark = pytest.mark.django_db


def test_tags_are_counted_by_what_readers_see(client, site):
    build_entry("2024-10-31", tags=["scaling-law", "secret"], public=False)
    html = client.get("/en/tags/").content.decode()
    assert "secret" not in html
    assert 'scaling-law</a> <span class="num">2<' in html


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
    html = read("/en/tags/scaling-law/").split("<main")[1]
    assert 'href="/en/tags/scaling-law/"' not in html
    assert html.count('href="/en/tags/%EB%B9%84%EB%94%94%EC%98%A4-%EC%83%9D%EC%84%B1/"') == 1


def test_tags_in_hangul_have_pages(read):
    assert "Critical Batch Size" in read("/en/tags/비디오-생성/")
