"""The entries of a digest on its page: their order, with its token, and adding one by title, id or link."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from digest.models import Digest, Entry
from papers.models import Paper
from tests.build import build_entry, build_paper
from tests.digest.desk.conftest import digest_url, dump
from tests.page import form_data, inline_code, message_texts
from tests.papers.test_arxiv import ID, Service


def titles(digest):
    return list(digest.entries.alive().order_by("position").values_list("paper__title", flat=True))


def order_form(client, digest):
    return form_data(client.get(digest_url("change", digest)), digest_url("order", digest))


def test_page_lists_entries_in_order_with_states(door, minji, digest):
    html = door(minji).get(digest_url("change", digest)).content.decode()
    assert html.index("First") < html.index("Second")
    assert reverse("admin:digest_entry_add") + f"?digest={digest.pk}" in html
    assert "desk-missing" in html


def test_reorder_by_numbers(door, minji, digest):
    first, second = digest.entries.order_by("position")
    client = door(minji)
    data = form_data(client.get(digest_url("change", digest)), digest_url("order", digest))
    assert data == {
        "order": f"{first.pk},{second.pk}",
        f"position_{first.pk}": "1",
        f"position_{second.pk}": "2",
    }
    client.post(digest_url("order", digest), data | {f"position_{first.pk}": "3"})
    assert list(digest.entries.order_by("position").values_list("paper__title", flat=True)) == [
        "Second",
        "First",
    ]
    assert list(Entry.objects.values_list("paper__title", flat=True)) == ["Second", "First"]


@pytest.mark.parametrize("number", ["", "x", "²", "-1", "9" * 40])
def test_reorder_refuses_other_than_numbers(door, minji, digest, number):
    first = digest.entries.order_by("position").first()
    before = dump()
    door(minji).post(digest_url("order", digest), {f"position_{first.pk}": number})
    assert dump() == before


@pytest.mark.parametrize(
    ("move", "after"), [("down:0", "BAC"), ("up:2", "ACB"), ("up:0", "ABC"), ("down:2", "ABC")]
)
def test_buttons_move_an_entry_one_place(door, minji, move, after):
    entries = [build_entry(title=title, public=False) for title in "ABC"]
    digest = entries[0].digest
    client = door(minji)
    direction, place = move.split(":")
    data = order_form(client, digest) | {"move": f"{direction}:{entries[int(place)].pk}"}
    client.post(digest_url("order", digest), data)
    assert "".join(titles(digest)) == after


@pytest.mark.parametrize(
    "move", ["", "up", "up:", "up:x", "sideways:1", "up:999999", "up:" + "9" * 400, "up:\x00"]
)
def test_other_moves_are_refused(door, minji, digest, move):
    client = door(minji)
    data = order_form(client, digest) | {"move": move}
    before = dump()
    assert client.post(digest_url("order", digest), data).status_code == 302
    assert dump() == before


def test_entry_of_another_digest_cannot_be_moved_from_here(door, minji, digest):
    other = build_entry("2024-12-01", public=False)
    client = door(minji)
    data = order_form(client, digest) | {"move": f"down:{other.pk}"}
    before = dump()
    client.post(digest_url("order", digest), data)
    assert dump() == before


def test_order_is_refused_if_it_moved_since_the_page_was_shown(door, minji, digest):
    client = door(minji)
    first, second = digest.entries.order_by("position")
    stale = order_form(client, digest) | {f"position_{first.pk}": "9"}
    client.post(digest_url("order", digest), stale, follow=True)
    assert titles(digest) == ["Second", "First"]
    texts = message_texts(client.post(digest_url("order", digest), stale, follow=True))
    assert (titles(digest), len(texts)) == (["Second", "First"], 1)
    build_entry("2024-11-01", title="Third", public=False)
    fresh_form = order_form(client, digest)
    assert fresh_form["order"].split(",")[:2] == [str(second.pk), str(first.pk)]


@pytest.mark.parametrize("order", [None, "", "x", "1,,2", "9" * 400, "1," * 5_000])
def test_order_without_its_token_is_refused(door, minji, digest, order):
    client = door(minji)
    first = digest.entries.order_by("position").first()
    data = order_form(client, digest) | {f"position_{first.pk}": "9"}
    data = {name: value for name, value in data.items() if name != "order"}
    if order is not None:
        data["order"] = order
    client.post(digest_url("order", digest), data)
    assert titles(digest) == ["First", "Second"]


def test_script_is_told_the_new_order_or_why_not(door, minji, digest):
    client = door(minji)
    first, second = digest.entries.order_by("position")
    data = order_form(client, digest) | {f"position_{first.pk}": "9"}
    ask = {"headers": {"Accept": "application/json"}}
    answer = client.post(digest_url("order", digest), data, **ask)
    assert (answer.status_code, answer.json()["order"]) == (200, f"{second.pk},{first.pk}")
    answer = client.post(digest_url("order", digest), data, **ask)
    assert (answer.status_code, answer.json()["order"]) == (409, f"{second.pk},{first.pk}")
    assert answer.json()["message"]
    assert message_texts(client.get(digest_url("change", digest))) == []


# -- adding one entry -------------------------------------------------------------------------------------


def look_up(client, digest, about):
    return client.post(digest_url("entry", digest), {"about": about})


def typed(response):
    """What the form would add, as a browser would post it."""
    return form_data(response, "entry-form")


def test_title_goes_into_the_form_and_the_form_adds_it(door, minji, digest):
    client = door(minji)
    page = look_up(client, digest, "  A   Third Paper ")
    data = typed(page)
    assert data == {"title": "A Third Paper", "authors": "", "abstract": "", "arxiv_id": "", "url": ""}
    data |= {"authors": "Ann Lee\r\nBo Li\r\n", "url": "example.org/p"}
    assert client.post(digest_url("entry", digest), data).headers["Location"] == digest_url("change", digest)
    entry = Entry.objects.get(paper__title="A Third Paper")
    assert (entry.digest, entry.position, entry.paper.url) == (digest, 3, "https://example.org/p")
    assert [row.printed_name for row in entry.paper.authorships.order_by("position")] == ["Ann Lee", "Bo Li"]


def test_link_goes_into_the_form(door, minji, digest):
    data = typed(look_up(door(minji), digest, "https://example.org/post?a=1"))
    assert (data["title"], data["url"]) == ("", "https://example.org/post?a=1")


def test_arxiv_id_is_left_to_the_editor_where_the_site_may_not_ask(door, minji, digest):
    data = typed(look_up(door(minji), digest, f"https://arxiv.org/abs/{ID}v2"))
    assert (data["title"], data["arxiv_id"], data["url"]) == ("", ID, "")


@pytest.fixture
def service(settings):
    service = Service()
    settings.ARXIV_API = service.url
    cache.clear()
    yield service
    service.shutdown()
    service.server_close()
    cache.clear()


def test_arxiv_fills_the_form_and_nothing_is_written_before_it_is_confirmed(door, minji, digest, service):
    client = door(minji)
    before = dump()
    page = look_up(client, digest, f"arXiv:{ID}")
    data = typed(page)
    assert dump() == before
    assert data["title"] == "Law of Vision Representation in $L_2$ & MLLMs"
    assert (data["authors"], data["arxiv_id"]) == ("Shijia Yang\r\nBohan Zhai", ID)
    assert f"https://arxiv.org/abs/{ID}" in page.content.decode()
    client.post(digest_url("entry", digest), data)
    paper = Paper.objects.get(arxiv_id=ID)
    assert (paper.title, paper.abstract) == (data["title"], 'We present the "Law". We find a < b.')
    assert titles(digest)[-1] == data["title"]


def test_failure_of_arxiv_is_said_and_the_form_goes_on_by_hand(door, minji, digest, service):
    service.status = 503
    page = look_up(door(minji), digest, ID)
    assert page.status_code == 200
    assert ["503" in text for text in message_texts(page)] == [True]
    assert typed(page)["arxiv_id"] == ID


def test_hostile_words_of_arxiv_stay_words(door, minji, digest, service):
    evil = "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}"
    service.body = service.body.replace(b"Law of Vision", evil.encode())
    page = look_up(door(minji), digest, ID)
    assert "<script>alert" not in page.content.decode()
    assert inline_code(page) == []


def test_known_paper_is_named_and_used(door, minji, digest):
    known = build_paper("Known Paper", ["Ann Lee"], arxiv_id=ID)
    client = door(minji)
    for about in (ID, "known  paper"):
        page = look_up(client, digest, about)
        assert page.context["known"] == known
        assert reverse("admin:papers_paper_change", args=[known.pk]) in page.content.decode()
    client.post(digest_url("entry", digest), typed(look_up(client, digest, ID)))
    assert Entry.objects.get(paper=known).digest == digest
    assert Paper.objects.filter(arxiv_id=ID).count() == 1


def test_paper_of_this_digest_is_refused_with_a_reason(door, minji, digest):
    client = door(minji)
    response = client.post(digest_url("entry", digest), {"title": "First"})
    assert response.status_code == 200
    assert len(response.context["form"].non_field_errors()) == 1
    assert Entry.objects.count() == 2


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"title": ""},
        {"title": "x" * 501},
        {"title": "a\x00b"},
        {"title": "a\x0bb"},
        {"title": "T", "authors": "x" * 201},
        {"title": "T", "arxiv_id": "nonsense"},
        {"title": "T", "url": "javascript:alert(1)"},
        {"title": "T", "abstract": "x" * 20_001},
    ],
)
def test_bad_input_comes_back_as_a_form(door, minji, digest, data):
    before = dump()
    response = door(minji).post(digest_url("entry", digest), data)
    assert (response.status_code, bool(response.context["form"].errors)) == (200, True)
    assert dump() == before


@pytest.mark.parametrize("about", ["", "\x00", "9" * 400, "x" * 10_000, "http://", "[[", "arXiv:2408"])
def test_anything_may_be_asked_about(door, minji, digest, about):
    before = dump()
    assert look_up(door(minji), digest, about).status_code == 200
    assert dump() == before


def test_translator_adds_nothing_and_asks_nobody(door, tom, digest, service):
    client = door(tom)
    before = dump()
    assert look_up(client, digest, ID).status_code == 403
    assert client.post(digest_url("entry", digest), {"title": "T"}).status_code == 403
    assert (dump(), service.asked) == (before, [])


def test_digest_that_is_not_there(door, minji, stranger, digest):
    missing = Digest(pk=10**9)
    for name in ("order", "entry"):
        assert door(minji).post(digest_url(name, missing)).status_code == 404
        assert door(stranger).post(digest_url(name, missing)).status_code == 403
