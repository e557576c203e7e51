"""Three editions of every page: links stay inside, and each names its other versions."""

import re

import pytest
from django.test import override_settings

from papers.models import Author, Paper
from tests.build import build_entry
from tests.digest.site.conftest import links

pytestmark = pytest.mark.django_db

ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)">')
SWITCH = re.compile(r'<nav class="edition".*?</nav>', re.DOTALL)


def all_paths():
    """One address of every kind, without the edition in front."""
    paper = Paper.objects.get(title="Critical Batch Size").pk
    author = Author.objects.get(name="Hanlin Zhang").pk
    return [
        "/",
        "/digests/",
        "/digests/2024/",
        "/digests/2024/10/",
        "/digests/2024/w44/",
        "/digests/2024-10-30/",
        f"/papers/{paper}/critical-batch-size/",
        f"/authors/{author}/hanlin-zhang/",
        "/tags/",
        "/tags/scaling-law/",
        "/tags/%EB%B9%84%EB%94%94%EC%98%A4-%EC%83%9D%EC%84%B1/",
        "/tags/moe,scaling-law+-moe/",
        "/trends/",
        "/about/",
        "/feeds/",
    ]


# Of no edition: for programs, the same for all.
ONCE = {"/api/docs/", "/archive.zip"}


@pytest.mark.parametrize("edition", ["/ko", "/en"])
def test_every_internal_link_stays_inside_its_edition(read, edition):
    for path in all_paths():
        html = SWITCH.sub("", read(edition + path))
        body = html.split("<body")[1]
        inside = {link for link in links(body) if link.startswith("/")} - ONCE
        assert inside
        assert [link for link in inside if not link.startswith(edition + "/")] == []


def test_links_of_the_page_with_both_languages_stay_there_too(read):
    for path in all_paths():
        body = SWITCH.sub("", read(path)).split("<body")[1]
        assert [link for link in links(body) if link.startswith(("/ko/", "/en/"))] == []


def test_an_error_page_stays_inside_its_edition(client):
    body = SWITCH.sub("", client.get("/en/nowhere/").content.decode()).split("<body")[1]
    inside = {link for link in links(body) if link.startswith("/")} - ONCE
    assert inside
    assert [link for link in inside if not link.startswith("/en/")] == []


def test_the_switch_leads_to_the_same_page_and_marks_where_it_stands(read):
    for path in all_paths():
        for edition in ("", "/ko", "/en"):
            switch = SWITCH.search(read(edition + path)).group()
            assert links(switch) == ["/ko" + path, path, "/en" + path]
            assert re.findall(r'href="([^"]+)"[^>]* aria-current="true"', switch) == [edition + path]


@override_settings(SITE_URL="https://naranhi.example")
def test_every_page_names_itself_and_its_versions_with_absolute_addresses(read):
    for path in all_paths():
        expected = {
            "ko": f"https://naranhi.example/ko{path}",
            "en": f"https://naranhi.example/en{path}",
            "x-default": f"https://naranhi.example{path}",
        }
        for edition, code in (("", "x-default"), ("/ko", "ko"), ("/en", "en")):
            html = read(edition + path)
            assert dict(ALTERNATE.findall(html)) == expected
            assert CANONICAL.findall(html) == [expected[code]]


@pytest.mark.parametrize(
    ("date", "title", "claimed"),
    [
        ("2024-10-30", "critical-batch-size", {"ko", "en", "x-default"}),
        ("2024-05-29", "korean-only", {"ko", "x-default"}),
        ("2024-03-14", "english-only", {"en", "x-default"}),
    ],
)
def test_a_page_claims_only_languages_its_notes_are_in(read, date, title, claimed):
    paper = Paper.objects.get(title__iexact=title.replace("-", " "))
    for path in (f"/digests/{date}/", f"/papers/{paper.pk}/{title}/"):
        for edition in ("", "/ko", "/en"):
            assert {code for code, _ in ALTERNATE.findall(read(edition + path))} == claimed


def test_a_translation_that_is_not_live_is_not_claimed(client):
    entry = build_entry("2024-10-30", ko="노트", en="Note")
    entry.notes.filter(language="en").update(live=None, live_at=None)
    html = client.get("/digests/2024-10-30/").content.decode()
    assert {code for code, _ in ALTERNATE.findall(html)} == {"ko", "x-default"}


def test_a_further_page_of_a_tag_is_its_own_canonical(client):
    entries = [build_entry("2024-10-30", tags=["moe"]) for _ in range(31)]
    before = entries[29].order_key
    html = client.get(f"/en/tags/moe/?before={before}").content.decode()
    assert CANONICAL.findall(html)[0].endswith(f"/en/tags/moe/?before={before}")
    assert links(SWITCH.search(html).group())[0] == f"/ko/tags/moe/?before={before}"


@pytest.mark.parametrize(("edition", "language"), [("", "ko"), ("/ko", "ko"), ("/en", "en")])
def test_the_page_is_marked_with_the_language_of_its_interface(client, site, edition, language):
    for path in all_paths():
        response = client.get(edition + path)
        assert f'<html lang="{language}">' in response.content.decode()
        assert response["Content-Language"] == language


def test_the_readers_own_language_changes_nothing(client, site):
    plain = client.get("/digests/2024-10-30/").content
    asked = client.get(
        "/digests/2024-10-30/", headers={"accept-language": "en", "cookie": "desk_language=en; sessionid=x"}
    )
    assert asked.content == plain


@override_settings(SITE_NAME="Another Name")
def test_the_name_of_the_site_is_a_setting(read):
    html = read("/en/")
    assert "<title>Latest digest — Another Name</title>" in html
    assert "나란히" not in SWITCH.sub("", html)
