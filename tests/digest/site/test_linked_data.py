"""schema.org of each kind of page, compared whole: what is said, and that nothing else is."""

import datetime
import json
import re

import pytest
from django.utils import timezone

from digest.models import Entry
from digest.text.languages import LANGUAGES
from papers.identifiers import slugify_title
from papers.models import Author, Paper
from tests.build import build_entry

pytestmark = pytest.mark.django_db
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
HOST = "http://localhost:8000"
PUBLISHER = {"@type": "Organization", "@id": f"{HOST}/#publisher", "name": "나란히"}


@pytest.fixture
def data(client, site):
    """The linked data of a page, which has one block of it."""

    def read(path):
        blocks = BLOCK.findall(client.get(path).content.decode())
        assert len(blocks) == 1
        return json.loads(blocks[0])

    return read


def crumbs(*steps):
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name} | ({"item": HOST + path} if path else {})
            for number, (name, path) in enumerate(steps, start=1)
        ],
    }


def work(title="Critical Batch Size"):
    return f"{HOST}/papers/{Paper.objects.get(title=title).pk}/{title.lower().replace(' ', '-')}/#work"


def test_home(data):
    assert data("/en/") == {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "@id": f"{HOST}/#site",
        "name": "나란히",
        "url": f"{HOST}/en/",
        "inLanguage": ["en"],
        "publisher": PUBLISHER | {"url": f"{HOST}/", "logo": f"{HOST}/static/site/icons/icon-512.png"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{HOST}/en/search/?q={{words}}"},
            "query-input": "required name=words",
        },
    }
    assert data("/")["inLanguage"] == ["ko", "en"]


def test_digest(data):
    assert data("/en/digests/2024-10-30/") == {
        "@context": "https://schema.org",
        "@type": ["PublicationIssue", "CollectionPage"],
        "@id": f"{HOST}/en/digests/2024-10-30/",
        "name": "30 October 2024",
        "isPartOf": {"@type": "Periodical", "name": "나란히", "url": f"{HOST}/en/"},
        "datePublished": "2024-10-30",
        "inLanguage": ["en"],
        "hasPart": [
            {"@id": "#e1", "@type": "Review", "itemReviewed": {"@id": work()}},
            {"@id": "#e2", "@type": "Review", "itemReviewed": {"@id": work("Second Paper")}},
        ],
    }


def test_digest_names_only_the_languages_it_has(data):
    assert data("/digests/2024-05-29/")["inLanguage"] == ["ko"]
    assert "inLanguage" not in data("/en/digests/2024-05-29/")


def test_paper(data):
    review = {
        "@type": "Review",
        "url": f"{HOST}/digests/2024-10-30/#e1",
        "itemReviewed": {"@id": work()},
        "datePublished": "2024-10-30",
        "author": PUBLISHER,
        "publisher": PUBLISHER,
    }
    path = work().removeprefix(HOST).removesuffix("#work")
    assert data(path) == {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "ScholarlyArticle",
                "@id": work(),
                "name": "Critical Batch Size",
                "inLanguage": "en",
                "author": [
                    {"@type": "Person", "name": "Hanlin Zhang"},
                    {"@type": "Person", "name": "Kun Xu"},
                    {"@type": "Person", "name": "Kun Xu"},
                ],
                "sameAs": ["https://arxiv.org/abs/2410.21676"],
                "identifier": [{"@type": "PropertyValue", "propertyID": "arXiv", "value": "2410.21676"}],
            },
            *(review | {"inLanguage": language} for language in LANGUAGES),
            crumbs(
                ("다이제스트", "/digests/"),
                ("2024년 10월 30일", "/digests/2024-10-30/"),
                ("Critical Batch Size", ""),
            ),
        ],
    }
    # One work in all editions; each reviews it in its own language.
    english = data(f"/en{path}")["@graph"]
    assert [node.get("inLanguage") for node in english[:2]] == ["en", "en"]
    assert english[0]["@id"] == work()
    assert english[1]["url"] == f"{HOST}/en/digests/2024-10-30/#e1"


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("paper", "ScholarlyArticle"),
        ("post", "BlogPosting"),
        ("release", "CreativeWork"),
        ("other", "CreativeWork"),
    ],
)
def test_a_work_says_only_what_is_known(data, kind, name):
    build_entry("2024-11-01", title="글", kind=kind)
    (node, *_) = data(f"/papers/{Paper.objects.get(title='글').pk}/글/")["@graph"]
    assert node == {"@type": name, "@id": node["@id"], "name": "글", "inLanguage": "ko"}


def test_a_work_with_everything(data):
    entry = build_entry(
        "2024-11-01",
        title=r"On $\alpha$",
        authors=["DeepSeek Team", "Ann Lee"],
        doi="10.1000/x<y",
        arxiv_id="2411.00001",
        url="https://example.org/a",
    )
    (node, *_) = data(f"/papers/{entry.paper.pk}/{slugify_title('On α')}/")["@graph"]
    assert (node["name"], [who["@type"] for who in node["author"]]) == ("On α", ["Organization", "Person"])
    addresses = ["https://arxiv.org/abs/2411.00001", "https://doi.org/10.1000/x%3Cy", "https://example.org/a"]
    assert node["sameAs"] == addresses
    assert [each["value"] for each in node["identifier"]] == ["2411.00001", "10.1000/x<y"]


def test_a_change_after_publication_is_dated_in_the_sites_own_time(data):
    moment = datetime.datetime(2024, 11, 2, 20, 30, 5, 999, tzinfo=datetime.UTC)
    Entry.objects.filter(paper__title="Critical Batch Size").update(changed_at=moment)
    digest = data("/digests/2024-10-30/")
    assert digest["dateModified"] == "2024-11-03T05:30:05+09:00"
    path = work().removeprefix(HOST).removesuffix("#work")
    assert {node.get("dateModified") for node in data(path)["@graph"][1:3]} == {digest["dateModified"]}
    assert timezone.get_default_timezone_name() == "Asia/Seoul"


def test_author(data):
    author = Author.objects.get(name="Hanlin Zhang")
    path = f"/en/authors/{author.pk}/hanlin-zhang/"
    assert data(path) == {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "ProfilePage",
                "@id": HOST + path,
                "mainEntity": {"@type": "Person", "name": "Hanlin Zhang", "@id": f"{HOST}{path}#author"},
                "hasPart": [{"@id": work()}],
            },
            crumbs(("나란히", "/en/"), ("Hanlin Zhang", "")),
        ],
    }


def test_tag(data):
    assert data("/en/tags/scaling-law/") == {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "CollectionPage",
                "@id": f"{HOST}/en/tags/scaling-law/",
                "name": "scaling-law",
                "about": {"@type": "DefinedTerm", "name": "scaling-law"},
                "isPartOf": {"@id": f"{HOST}/#site"},
            },
            crumbs(("Tags", "/en/tags/"), ("scaling-law", "")),
        ],
    }


def test_other_pages_have_none(client, site):
    pages = ("/digests/", "/tags/", "/tags/scaling-law+moe/", "/search/?q=batch", "/about/", "/nowhere/")
    assert [path for path in pages if BLOCK.search(client.get(path).content.decode())] == []


def test_nothing_in_a_title_ends_the_block(client, data):
    hostile = "</script><script>alert(1)</script><!-- & \u2028 \u2029"
    entry = build_entry("2024-11-01", title=hostile, authors=["</script> Ann"], tags=["</script>"])
    answer = client.get(f"/papers/{entry.paper.pk}/x/", follow=True)
    (block,) = BLOCK.findall(answer.content.decode())
    assert [sign for sign in "<>&\u2028\u2029" if sign in block] == []
    assert json.loads(block)["@graph"][0]["author"][0]["name"] == "</script> Ann"
