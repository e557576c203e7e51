"""The pages by date, in each edition."""

import re

import pytest

from tests.build import build_entry

pytestmark = pytest.mark.django_db


def test_archive_counts_digests_and_papers(read):
    html = read("/en/digests/")
    assert "October 2024" in html
    assert "1 digest · 2 papers" in html
    assert "/en/digests/2024/10/" in html


def test_year_lists_its_digests_and_their_neighbours(client, read):
    build_entry("2023-12-31")
    html = read("/en/digests/2024/")
    assert [f"/en/digests/2024-{day}/" in html for day in ("10-30", "05-29", "03-14")] == [True] * 3
    assert '<a href="/en/digests/2023/" rel="prev">' in html
    assert 'rel="next"' not in html


def test_month_lists_titles_and_leads_to_the_nearest_months_with_a_digest(read):
    html = read("/en/digests/2024/05/")
    assert "Korean Only" in html
    assert "Critical Batch Size" not in html
    assert '<a href="/en/digests/2024/03/" rel="prev">' in html
    assert '<a href="/en/digests/2024/10/" rel="next">' in html


def cells(html):
    """The ledger's days as (column, shade, address)."""
    found = re.findall(r'<li class="d(\d+) h(\d)"><a href="([^"]+)">', html)
    return [(int(day), int(shade), address) for day, shade, address in found]


def test_home_draws_the_latest_year_as_a_ledger(client, site):
    build_entry("2023-12-31")
    html = client.get("/en/").content.decode()
    assert cells(html) == [
        (30, 1, "/en/digests/2024-10-30/"),
        (29, 1, "/en/digests/2024-05-29/"),
        (14, 1, "/en/digests/2024-03-14/"),
    ]
    assert html.count('class="off"') == 5
    assert "30 October 2024, 2 papers" in html


def test_the_ledger_is_darker_on_days_with_more_papers(client):
    for day, count in ((1, 1), (2, 2), (3, 3), (4, 5), (5, 7), (6, 9)):
        for _ in range(count):
            build_entry(f"2024-10-0{day}")
    found = cells(client.get("/digests/2024/").content.decode())
    assert [(day, shade) for day, shade, _ in found] == [(1, 1), (2, 1), (3, 2), (4, 3), (5, 4), (6, 4)]


def test_phones_leave_out_all_but_three_months_on_the_home_page_only(client):
    for month in (1, 3, 5, 7, 9):
        build_entry(f"2024-{month:02}-14")
    home = client.get("/").content.decode()
    assert (home.count('<li class="old">'), home.count('<li class="off">')) == (2, 4)
    assert 'class="old"' not in client.get("/digests/2024/").content.decode()


def test_home_shows_tags_used_often_as_bars_and_the_others_in_a_line(read):
    html = read("/en/")
    often, once = html.split('class="others"')
    assert 'href="/en/tags/scaling-law/"' in often
    assert 'href="/en/tags/moe/"' in once
    assert 'href="/en/tags/moe/"' not in often
    assert often.count('<path class="f"') == 1


def test_archive_says_how_much_is_translated(read):
    assert "3 of 4 in English" in read("/en/digests/")
    assert "3/4" in read("/ko/digests/") or "3 of 4 in Korean" in read("/ko/digests/")


def test_archive_bars_share_one_scale(client):
    for day in ("2024-10-01", "2024-10-02", "2023-05-01"):
        build_entry(day)
    assert re.findall(r'<i class="p(\d+)">', client.get("/digests/").content.decode()) == ["100", "50"]


def test_week_lists_its_digests_and_leads_to_the_nearest_weeks(client, site):
    build_entry("2024-10-28", title="Same Week")
    build_entry("2024-11-04", title="Next Week")
    html = client.get("/en/digests/2024/w44/").content.decode()
    assert "Critical Batch Size" in html
    assert "Same Week" in html
    assert "Next Week" not in html
    assert "Week 44, 2024" in html
    assert "from 28 October 2024 to 3 November 2024" in html
    assert '<a href="/en/digests/2024/w22/" rel="prev">' in html
    assert '<a href="/en/digests/2024/w45/" rel="next">' in html
    assert 'href="/en/digests/2024/10/"' in html


def test_a_week_belongs_to_its_iso_year(client):
    build_entry("2024-12-30", title="Late")
    assert "Late" in client.get("/digests/2025/w01/").content.decode()
    assert client.get("/digests/2024/w01/").status_code == 404
    assert "/en/digests/2025/w01/" in client.get("/en/digests/2024/12/").content.decode()


@pytest.mark.parametrize(
    "path", ["2024/w00", "2024/w53", "2024/w54", "2024/w1", "2024/44", "9999/w52", "0000/w01"]
)
def test_a_week_that_does_not_exist_is_not_there(client, site, path):
    assert client.get(f"/digests/{path}/").status_code == 404
