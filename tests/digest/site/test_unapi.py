"""unAPI as its specification says, and what Zotero makes of our pages."""

from xml.etree import ElementTree

import pytest

from papers.citations.embedded import MOST_COINS_NAMES
from papers.models import Paper
from tests.build import build_entry
from tests.zotero import read_rdf, translate

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"


@pytest.fixture
def pyramid(db):
    """Two neighbouring people of one name and a group, discussed in both languages; drafts and others around."""
    entry = build_entry(
        "2024-10-10",
        title="Pyramidal $x^2$ Flow Matching",
        authors=["Yang Jin", "Kun Xu", "Kun Xu", "Gemini Team"],
        abstract=r"We \emph{train} a video model.",
        arxiv_id="2410.05954",
        ko="한국어 **노트**",
        en="An English note",
        tags=["video-generation", "비디오-생성"],
    )
    build_entry(
        "2024-10-10", title="Another", authors=["Ann Lee"], ko="다른 노트", kind="post", url=f"{SITE}/x"
    )
    build_entry("2024-10-11", paper=entry.paper, ko="초안", tags=["draft"], public=False)
    build_entry("2024-10-10", title="Hidden", public=False)
    return entry.paper


def heading(edition, position, language):
    address = f"{SITE}{edition}/digests/2024-10-10/#e{position}"
    return f'<p><a href="{address}">나란히, 2024-10-10, no. {position} ({language})</a></p>'


PREPRINT = {
    "itemType": "preprint",
    "title": "Pyramidal x² Flow Matching",
    "creators": [("Yang", "Jin"), ("Kun", "Xu"), ("Kun", "Xu"), ("", "Gemini Team")],
    "tags": ["video-generation", "비디오-생성"],
    "abstractNote": "We train a video model.",
    "date": "2024-10",
    "DOI": "10.48550/arXiv.2410.05954",
    "url": "https://arxiv.org/abs/2410.05954",
    "language": "en",
    "repository": "arXiv",
    "archiveID": "arXiv:2410.05954",
}
KO = heading("", 1, "한국어") + "<p>한국어 <strong>노트</strong></p>"
EN = heading("", 1, "English") + "<p>An English note</p>"
ANOTHER = {
    "itemType": "blogPost",
    "title": "Another",
    "creators": [("Ann", "Lee")],
    "tags": [],
    "url": f"{SITE}/x",
    "language": "en",
    "notes": [heading("", 2, "한국어") + "<p>다른 노트</p>"],
}


def made(client, path, without=()):
    return translate(
        client.get(path).content.decode(), lambda address: client.get(address).content, without=without
    )


def paper_path(paper, edition=""):
    return f"{edition}/papers/{paper.pk}/pyramidal-x2-flow-matching/"


def test_zotero_makes_a_preprint_with_both_notes_of_a_paper_page(client, pyramid):
    assert made(client, paper_path(pyramid)) == ("unAPI", [PREPRINT | {"notes": [KO, EN]}])


def test_an_edition_brings_its_own_note(client, pyramid):
    _, (item,) = made(client, paper_path(pyramid, "/en"))
    assert item == PREPRINT | {"notes": [heading("/en", 1, "English") + "<p>An English note</p>"]}


def test_zotero_offers_every_paper_of_a_digest(client, pyramid):
    assert made(client, "/digests/2024-10-10/") == ("unAPI", [PREPRINT | {"notes": [KO, EN]}, ANOTHER])


@pytest.mark.parametrize("path", ["/tags/video-generation/", "/search/?q=pyramidal"])
def test_zotero_offers_the_papers_of_lists(client, pyramid, path):
    assert made(client, path) == ("unAPI", [PREPRINT | {"notes": [KO, EN]}])


def test_without_unapi_a_digest_still_offers_every_paper(client, pyramid):
    translator, items = made(client, "/digests/2024-10-10/", without=["unapi"])
    assert translator == "COinS"
    creators = PREPRINT["creators"][:MOST_COINS_NAMES]
    left = ("itemType", "title", "date", "DOI", "url", "language")
    assert items == [
        {name: PREPRINT[name] for name in left} | {"creators": creators},
        {name: value for name, value in ANOTHER.items() if name not in ("notes", "tags")},
    ]


def test_without_unapi_a_paper_page_still_gives_all_but_the_notes(client, pyramid):
    translator, (item,) = made(client, paper_path(pyramid), without=["unapi"])
    assert translator == "Embedded Metadata"
    expected = {name: value for name, value in PREPRINT.items() if name != "url"}
    assert item == expected | {"date": "2024/10", "creators": [*PREPRINT["creators"][:3], ("Gemini", "Team")]}


def formats(response):
    root = ElementTree.fromstring(response.content)
    return root.tag, dict(root.attrib), [dict(each.attrib) for each in root]


OFFERED = [
    {"name": "rdf_zotero", "type": "application/rdf+xml"},
    {"name": "bibtex", "type": "application/x-bibtex"},
    {"name": "ris", "type": "application/x-research-info-systems"},
]


@pytest.mark.parametrize("edition", ["", "/ko", "/en"])
def test_formats_of_all_and_of_one(client, pyramid, edition):
    response = client.get(f"{edition}/unapi")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/xml")
    assert formats(response) == ("formats", {}, OFFERED)
    response = client.get(f"{edition}/unapi?id=paper:{pyramid.pk}")
    assert (response.status_code, response.headers["Content-Type"]) == (300, "application/xml")
    assert formats(response) == ("formats", {"id": f"paper:{pyramid.pk}"}, OFFERED)


@pytest.mark.parametrize(("name", "ending"), [("rdf_zotero", "rdf"), ("bibtex", "bib"), ("ris", "ris")])
def test_an_object_is_the_file_of_the_paper(client, pyramid, name, ending):
    response = client.get(f"/en/unapi?id=paper:{pyramid.pk}&format={name}")
    file = client.get(f"{paper_path(pyramid, '/en')}cite.{ending}")
    assert (response.status_code, response.content) == (200, file.content)
    assert response.headers["Content-Type"] == file.headers["Content-Type"]


def test_a_format_that_there_is_not(client, pyramid):
    response = client.get(f"/en/unapi?id=paper:{pyramid.pk}&format=mods")
    assert response.status_code == 406
    assert response.content.decode() == "There is no such format; known: rdf_zotero, bibtex, ris.\n"
    response = client.get("/en/unapi?format=ris")
    assert (response.status_code, response.content.decode()) == (400, "Say of what: ?id=paper:12.\n")


def test_hidden_and_never_existed_answer_alike(client, pyramid):
    missing = client.get("/nowhere/").content
    hidden = Paper.objects.get(title="Hidden").pk
    for identifier in (
        f"paper:{hidden}",
        "paper:999999999",
        "paper:0",
        "paper:x",
        f"{pyramid.pk}",
        "https://a.example",
    ):
        for rest in ("", "&format=rdf_zotero", "&format=mods"):
            response = client.get(f"/unapi?id={identifier}{rest}")
            assert (response.status_code, response.content) == (404, missing)


def test_nothing_is_asked_of_the_database_but_the_paper(client, pyramid, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/unapi")
    # entries; notes; authorships; taggings
    with django_assert_num_queries(4):
        client.get(f"/unapi?id=paper:{pyramid.pk}")
    with django_assert_num_queries(4):
        client.get(f"/unapi?id=paper:{pyramid.pk}&format=rdf_zotero")


def test_two_hundred_names_come_whole_through_unapi_and_in_part_through_coins(client, db):
    names = [f"Given{n} Family{n}" for n in range(194)]
    build_entry("2024-10-10", title="Many", authors=names)
    translator, (item,) = made(client, "/digests/2024-10-10/")
    assert (translator, len(item["creators"])) == ("unAPI", 194)
    _, (item,) = made(client, "/digests/2024-10-10/", without=["unapi"])
    assert len(item["creators"]) == MOST_COINS_NAMES
    assert len(read_rdf(client.get("/digests/2024-10-10/cite.rdf").content)[0]["creators"]) == 194
