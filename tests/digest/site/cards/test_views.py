"""The pictures' addresses: what the pages name is there, is kept as long as it is right, and is nobody else's."""

import io
import re

import pytest
from PIL import Image

from digest.models import NoteRevision
from papers.models import Paper
from tests.build import build_entry

pytestmark = pytest.mark.django_db
EDITIONS = ("", "/ko", "/en")
IMAGE = re.compile(r'<meta property="og:image" content="http://localhost:8000([^"]+)">')


def paper_path(title="Critical Batch Size", edition=""):
    paper = Paper.objects.get(title=title)
    return f"{edition}/papers/{paper.pk}/{title.lower().replace(' ', '-')}/"


def words_of(response):
    return Image.open(io.BytesIO(response.content)).text["Description"]


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_page_names_a_card_that_is_there(client, site, edition):
    pages = ["/", "/digests/", "/digests/2024-10-30/", "/tags/scaling-law/", paper_path()]
    named = {page: IMAGE.findall(client.get(edition + page).content.decode()) for page in pages}
    assert {len(images) for images in named.values()} == {1}
    kinds = {page: images[0].partition("?")[0] for page, images in named.items()}
    assert kinds == {
        "/": f"{edition}/card.png",
        "/digests/": f"{edition}/card.png",
        "/digests/2024-10-30/": f"{edition}/digests/2024-10-30/card.png",
        "/tags/scaling-law/": f"{edition}/card.png",
        paper_path(): f"{edition}{paper_path()}card.png",
    }
    for (image,) in named.values():
        response = client.get(image)
        picture = Image.open(io.BytesIO(response.content))
        assert (response.status_code, response["Content-Type"]) == (200, "image/png")
        assert (picture.format, picture.size) == ("PNG", (1200, 630))


def test_a_card_says_what_its_edition_says(client, site):
    assert "배치 크기 노트 · A note on batch size" in words_of(client.get(f"{paper_path()}card.png"))
    assert "배치" not in words_of(client.get(f"{paper_path(edition='/en')}card.png"))
    assert "note on" not in words_of(client.get(f"{paper_path(edition='/ko')}card.png"))
    assert "2 papers" in words_of(client.get("/en/digests/2024-10-30/card.png"))
    assert "논문 2편" in words_of(client.get("/digests/2024-10-30/card.png"))


def test_a_card_is_kept_as_long_as_a_page_so_that_it_goes_with_it(client, site):
    (image,) = IMAGE.findall(client.get("/digests/2024-10-30/").content.decode())
    bare = image.partition("?")[0]
    ages = {path: client.get(path)["Cache-Control"] for path in (image, bare, f"{bare}?v=0", f"{image}0")}
    assert set(ages.values()) == {"public, max-age=60"}


def test_who_has_the_picture_is_told_so(client, site):
    first = client.get("/digests/2024-10-30/card.png")
    again = client.get("/digests/2024-10-30/card.png", HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert client.get("/digests/2024-10-30/card.png", HTTP_IF_NONE_MATCH='"x"').status_code == 200


def test_other_sites_may_show_it(client, site):
    assert client.get("/card.png")["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.get("/")["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_change_readers_see_renews_the_address_and_a_draft_does_not(client, site):
    def named():
        return IMAGE.findall(client.get(paper_path()).content.decode())[0]

    before = named()
    note = Paper.objects.get(title="Critical Batch Size").entries.get().notes.get(language="ko")
    note.body = "고치는 중"
    note.save()
    rewritten = NoteRevision.objects.create(note=note, rev=2, body="고친 노트")
    assert named() == before
    note.live = rewritten
    note.save()
    assert named() != before
    assert "고친 노트" in words_of(client.get(named()))
    # The old address answers with what is there now, and no longer for long.
    late = client.get(before)
    assert (words_of(late), late["Cache-Control"]) == (words_of(client.get(named())), "public, max-age=60")


def test_a_wrong_slug_leads_to_the_right_one(client, site):
    paper = Paper.objects.get(title="Critical Batch Size")
    answer = client.get(f"/en/papers/{paper.pk}/wrong/card.png")
    assert (answer.status_code, answer["Location"]) == (301, f"{paper_path(edition='/en')}card.png")


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_is_hidden_has_no_card(client, site, edition):
    draft = build_entry("2024-11-05", title="Draft", public=False)
    answers = [
        client.get(f"{edition}{path}card.png")
        for path in (
            "/digests/2024-11-05/",
            "/digests/1995-01-01/",
            f"/papers/{draft.paper.pk}/draft/",
            f"/papers/{10**9}/x/",
        )
    ]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}


def test_a_card_that_says_something_hostile_is_drawn(client):
    title = "𝕏 <script> \u200f שלום \u0301 {n} %s " * 12
    entry = build_entry(
        "2024-10-30", title=title[:500], authors=["🎉" * 50, "x" * 200], tags=["🎉"], ko="<b>" * 900
    )
    answer = client.get(f"/papers/{entry.paper.pk}/x/card.png", follow=True)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")


@pytest.mark.parametrize("count", [1, 5])
def test_queries(client, django_assert_num_queries, count):
    for number in range(count):
        entry = build_entry("2024-10-30", title=f"Paper {number}", authors=["A"], tags=["moe"])
    # entries; notes; authorships; taggings
    with django_assert_num_queries(4):
        client.get("/digests/2024-10-30/card.png")
    with django_assert_num_queries(4):
        client.get(f"/papers/{entry.paper.pk}/paper-{count - 1}/card.png")
    with django_assert_num_queries(0):
        client.get("/card.png")
