"""What a page says of itself to other sites: one description, one card, its languages."""

import gzip
import re
from html import unescape

import pytest

from digest.site.metadata import shortened
from papers.models import Author, Paper
from tests.build import build_entry

pytestmark = pytest.mark.django_db
META = re.compile(r'<meta (?:property|name)="((?:og|twitter|description)[^"]*)" content="([^"]*)">')
LINK = re.compile(r'<link rel="alternate" type="([^"]+oembed)" href="([^"]+)">')
HOST = "http://localhost:8000"


@pytest.fixture
def metas(read):
    """(name, content) of what a page says, without the address of its card."""

    def answer(path):
        found = META.findall(read(path))
        return [(name, unescape(content)) for name, content in found if name != "og:image"]

    return answer


def expected(title, description, path, kind="article", locale="ko_KR", others=("en_US",)):
    return [
        ("description", description),
        ("og:site_name", "나란히"),
        ("og:type", kind),
        ("og:title", title),
        ("og:description", description),
        ("og:url", HOST + path),
        ("og:locale", locale),
        *(("og:locale:alternate", other) for other in others),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", title),
        ("twitter:card", "summary_large_image"),
    ]


def test_paper_is_described_by_its_note_in_the_pages_language(metas):
    path = f"/papers/{Paper.objects.get(title='Critical Batch Size').pk}/critical-batch-size/"
    title = "Critical Batch Size"
    assert metas(path) == expected(title, "배치 크기 노트", path)
    assert metas(f"/ko{path}") == expected(title, "배치 크기 노트", f"/ko{path}")
    english = expected(title, "A note on batch size", f"/en{path}", locale="en_US", others=("ko_KR",))
    assert metas(f"/en{path}") == english


def test_paper_without_a_note_in_the_language_is_described_by_its_abstract(metas):
    path = f"/en/papers/{Paper.objects.get(title='Korean Only').pk}/korean-only/"
    description = "Words of the abstract."
    assert metas(path) == expected("Korean Only", description, path, locale="en_US", others=("ko_KR",))
    path = f"/ko/papers/{Paper.objects.get(title='English Only').pk}/english-only/"
    assert metas(path) == expected("English Only", "English Only", path)
    path = path.removeprefix("/ko")
    assert metas(path) == expected("English Only", "Only English", path)


def test_digest_is_described_by_its_titles(metas):
    path = "/digests/2024-10-30/"
    assert metas(path) == expected("2024년 10월 30일 수요일", "Critical Batch Size · Second Paper", path)
    path = "/ko/digests/2024-05-29/"
    assert metas(path) == expected("2024년 5월 29일 수요일", "Korean Only", path, others=())


def test_other_pages(metas):
    site = "A digest of machine-learning papers, in Korean and English."
    english = {"locale": "en_US", "others": ("ko_KR",), "kind": "website"}
    assert metas("/en/") == expected("Latest digest", site, "/en/", **english)
    assert metas("/en/about/")[1:3] == [("og:site_name", "나란히"), ("og:type", "website")]
    tagged = "Papers tagged scaling-law."
    path = "/en/tags/scaling-law/"
    assert metas(path) == expected("#scaling-law", tagged, path, **english)
    path = f"/en/authors/{Author.objects.get(name='Hanlin Zhang').pk}/hanlin-zhang/"
    by = "Papers by Hanlin Zhang in the digests."
    assert metas(path) == expected("Hanlin Zhang", by, path, **english | {"kind": "profile"})


def test_every_page_describes_itself_once(client, site):
    for path in (
        "/",
        "/digests/2024-10-30/",
        "/search/?q=batch",
        "/tags/moe,scaling-law/",
        "/trends/",
        "/feeds/",
    ):
        names = [name for name, _ in META.findall(client.get(path).content.decode())]
        repeated = {name for name in names if names.count(name) > 1}
        assert (names.count("description"), repeated - {"og:locale:alternate"}) == (1, set()), path


def test_an_error_page_has_nothing_to_share(client, db):
    found = META.findall(client.get("/nowhere/").content.decode())
    assert [name for name, _ in found] == ["description"]


def test_what_is_typed_into_a_title_stays_text(read, client):
    entry = build_entry("2024-11-01", title='A "quoted" <b> & title', ko='"><script>x</script>')
    html = client.get(f"/papers/{entry.paper.pk}/x/", follow=True).content.decode()
    said = dict(META.findall(html))
    assert said["og:description"] == "&quot;&gt;&lt;script&gt;x&lt;/script&gt;"
    assert unescape(said["og:title"]) == unescape(said["og:image:alt"])
    assert "<b>" not in said["og:title"]


def test_pages_that_can_be_embedded_say_where(client, read):
    path = "/en/digests/2024-10-30/"
    address = f"{HOST}/oembed?url=http%3A%2F%2Flocalhost%3A8000%2Fen%2Fdigests%2F2024-10-30%2F"
    assert LINK.findall(read(path)) == [
        ("application/json+oembed", address),
        ("text/xml+oembed", f"{address}&amp;format=xml"),
    ]
    for _, link in LINK.findall(read(path)):
        assert client.get(unescape(link).removeprefix(HOST)).status_code == 200
    assert LINK.findall(read("/en/")) == []


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("one two", "one two"),
        ("one  two\nthree", "one two…"),
        ("one two, three", "one two…"),
        ("배치 크기와 학습률은", "배치 크기와…"),
        ("abcdefghijklmnop", "abcdefghi…"),
        ("", ""),
    ],
)
def test_shortened(text, short):
    assert shortened(text, 10) == short
    assert len(short) <= 10


def test_the_metadata_of_a_long_digest_stays_below_seven_hundred_bytes(client):
    for number in range(8):
        title = f"Number {number}: How Does Critical Batch Size Scale in Pre-training of Large Models?"
        build_entry("2024-10-30", title=title, authors=["Kun Xu"], en="A note.", abstract="Words. " * 40)
    for path in ("/digests/2024-10-30/", "/en/digests/2024-10-30/"):
        html = client.get(path).content.decode()
        begin = html.index('<meta property="og:site_name"')
        end = html.index("</script>", html.index("application/ld+json")) + len("</script>")
        weights = [len(gzip.compress(text.encode(), 6)) for text in (html, html[:begin] + html[end:])]
        assert weights[0] - weights[1] < 700
