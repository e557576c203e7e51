"""The sitemap's files: valid by the rules of sitemaps.org, every page in them, its versions as the page names them."""

import re
from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from digest.models import Tag
from digest.reading.sitemap import PART
from papers.models import Author, Paper
from tests.addresses import ADDRESSES, EDITIONS, TWINNED
from tests.build import build_entry
from tests.links import read_page
from tests.planted import plant_hidden, plant_public

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
# Pages that are not listed, because others hold all of their words.
LEFT_OUT = {"week", "arxiv"}


def fetch(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def check_rules(element, item):
    """What the schema of sitemaps.org asks: order, number, length and form of the elements."""
    root = {"url": "urlset", "sitemap": "sitemapindex"}[item]
    assert element.tag == f"{{{NAMES['s']}}}{root}"
    assert 1 <= len(element) <= 50_000
    for each in element:
        assert each.tag == f"{{{NAMES['s']}}}{item}"
        tags = [child.tag.partition("}")[2] for child in each]
        assert re.fullmatch("loc,(lastmod,)?(link,)*", "".join(f"{tag}," for tag in tags))
        address = each.findtext("s:loc", namespaces=NAMES)
        assert 12 <= len(address) <= 2048
        assert re.fullmatch(r"http://localhost:8000/[!-~]*", address)
        changed = each.findtext("s:lastmod", namespaces=NAMES)
        assert changed is None or datetime.fromisoformat(changed).tzinfo is not None


def files(client):
    index = fetch(client, "/sitemap.xml")
    check_rules(index, "sitemap")
    return [each.text.removeprefix(SITE) for each in index.iterfind("s:sitemap/s:loc", NAMES)]


def listed(client):
    """{path: (lastmod, {hreflang: path})} of every file of the index; each page is in one file, once."""
    found = {}
    for path in files(client):
        urls = fetch(client, path)
        check_rules(urls, "url")
        for url in urls:
            address = url.findtext("s:loc", namespaces=NAMES).removeprefix(SITE)
            assert address not in found
            links = {
                link.get("hreflang"): link.get("href").removeprefix(SITE)
                for link in url.iterfind("x:link[@rel='alternate']", NAMES)
            }
            found[address] = (url.findtext("s:lastmod", namespaces=NAMES), links)
    return found


def test_every_page_is_listed_with_the_versions_it_names_itself(client):
    public = plant_public()
    plant_hidden(public)
    expected = {}
    for edition in EDITIONS:
        for name in TWINNED:
            for arguments in ADDRESSES[name][0](public) if name not in LEFT_OUT else []:
                path = reverse(f"{edition}:{name}", kwargs=arguments)
                page = read_page(client.get(path).content.decode())
                if path in page.alternates.values():
                    expected[path] = page.alternates
    assert len(expected) > 50
    assert "/en/digests/2024-05-29/" not in expected
    assert {path: links for path, (_, links) in listed(client).items()} == expected


def test_index_names_the_files_that_have_pages(client):
    early = Paper.objects.create(pk=7, title="Early", title_key="early")
    late = Paper.objects.create(pk=3 * PART, title="Far on", title_key="far on")
    early.authorships.create(
        author=Author.objects.create(pk=7, name="A", name_key="a"), position=1, printed_name="A"
    )
    Tag.objects.create(pk=7, name="moe", slug="moe")
    build_entry("2019-01-02", paper=early, tags=["moe"])
    build_entry("2024-10-30", paper=late)
    assert files(client) == [
        "/sitemap-pages-1.xml",
        "/sitemap-digests-2019.xml",
        "/sitemap-digests-2024.xml",
        "/sitemap-papers-1.xml",
        "/sitemap-papers-4.xml",
        "/sitemap-tags-1.xml",
        "/sitemap-authors-1.xml",
    ]


def test_lastmod_is_when_words_changed(client):
    entry = build_entry("2024-10-30", en="Note")
    build_entry("2024-10-10", en="Note")
    type(entry).objects.filter(pk=entry.pk).update(
        changed_at=datetime.fromisoformat("2025-01-02T03:04:05.678+00:00")
    )
    moments = {path: moment for path, (moment, _) in listed(client).items()}
    assert moments["/digests/2024-10-30/"] == "2025-01-02T03:04:05+00:00"
    assert moments["/digests/2024-10-10/"] == "2024-10-10T00:00:00+00:00"
    assert (
        moments["/en/digests/2024/10/"]
        == moments["/digests/2024/"]
        == moments["/"]
        == "2025-01-02T03:04:05+00:00"
    )
    assert moments["/about/"] is None
    index = fetch(client, "/sitemap.xml")
    lastmods = {
        each.findtext("s:loc", namespaces=NAMES).removeprefix(f"{SITE}/sitemap-"): each.findtext(
            "s:lastmod", namespaces=NAMES
        )
        for each in index
    }
    assert lastmods == dict.fromkeys(
        ["pages-1.xml", "digests-2024.xml", f"papers-{entry.paper_id // PART + 1}.xml"],
        "2025-01-02T03:04:05+00:00",
    )


def test_before_the_first_digest_only_the_pages_that_are_always_there(client):
    assert files(client) == ["/sitemap-pages-1.xml"]
    assert {moment for moment, _ in listed(client).values()} == {None}


@pytest.mark.parametrize(
    "path",
    [
        "/sitemap-digests-1995.xml",
        "/sitemap-digests-2021.xml",
        "/sitemap-digests-999999.xml",
        "/sitemap-papers-999999.xml",
        "/sitemap-tags-900.xml",
        "/sitemap-authors-900.xml",
        "/sitemap-pages-2.xml",
        "/sitemap-papers-0.xml",
        "/sitemap-papers-1000000.xml",
        "/sitemap-notes-1.xml",
        "/sitemap-.xml",
        "/ko/sitemap.xml",
    ],
)
def test_no_file_where_there_are_no_pages(client, path):
    plant_hidden(plant_public())
    answer, never = client.get(path), client.get("/sitemap-papers-888888.xml")
    assert answer.status_code == 404
    if not path.startswith("/ko/"):
        assert answer.content == never.content


def test_what_has_not_changed_is_not_sent_again(client):
    build_entry("2024-10-30")
    for path in [*files(client)[:2], "/sitemap.xml"]:
        answer = client.get(path)
        assert answer["Cache-Control"] == "public, max-age=3600"
        assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
        assert client.post(path).status_code == 405


def test_a_full_part_of_the_longest_addresses_is_far_below_fifty_megabytes(client):
    part = build_entry("2024-10-30", title="비디오 생성 " * 40, en="Note").paper_id // PART + 1
    size = len(client.get(f"/sitemap-papers-{part}.xml").content)
    assert size * PART < 20_000_000
