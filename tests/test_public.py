"""What anybody may see, over every public address there is: nothing hidden shows, by word or by count.

The addresses come from the URLconf; one without a row in ADDRESSES fails the suite.
"""

import datetime
import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from digest.models import (
    CheckDismissal,
    Comment,
    EditSession,
    Event,
    Notification,
    Related,
    SearchTerm,
    Term,
)
from tests.addresses import (
    ADDRESSES,
    API,
    ASKED,
    EDITIONS,
    FILES,
    PARTED,
    ROOTS,
    embeds,
    papers,
    paths_of,
    public_patterns,
    search_doors,
)
from tests.indexed import build_indexes
from tests.planted import CITED, HIDDEN_YEAR, TOKENS, plant_hidden, plant_public

pytestmark = pytest.mark.django_db

MANIFOLD = re.compile(r"/(search|feeds)(\.md|/)\?")
HREF = re.compile(r'href="([^"]+)"')
JSON_LINK = re.compile(rf'"{re.escape(settings.SITE_URL)}(/[^"\\]*)"')


@dataclass
class Planted:
    """What a page's address may be made of."""

    public: list = field(default_factory=list)
    hidden: list = field(default_factory=list)


def crawl(client, starts):
    """Every answer reachable from ``starts`` by links and redirects: ``{path: (status, headers, body)}``."""
    answers, waiting = {}, list(starts)
    while waiting:
        path = waiting.pop()
        if path in answers:
            continue
        response = client.get(path)
        # A picture, too: what it says stands in it as text.
        body = response.content.decode(errors="replace")
        answers[path] = (response.status_code, dict(response.headers), body)
        found = [unescape(link) for link in HREF.findall(body)] + [response.get("Location", "")]
        found += JSON_LINK.findall(body) if "json" in response.get("Content-Type", "") else []
        links = [
            link.split("#")[0] for link in found if link.startswith("/") and not link.startswith("/static/")
        ]
        # What narrows a search or builds a feed leads to every combination there is; the starts hold some.
        waiting += [link for link in links if link and not MANIFOLD.search(link)]
    return answers


def tokens_in(answers):
    return {
        (path, token)
        for path, (_, headers, body) in answers.items()
        for token in TOKENS.values()
        if token in body or token in unquote(str(headers))
    }


@pytest.fixture
def planted():
    public = plant_public()
    hidden = plant_hidden(public)
    build_indexes()
    return Planted(public, hidden)


def test_every_public_address_has_a_row():
    found = list(public_patterns())
    assert {name for _, name in found} == {*ADDRESSES, *ROOTS, *PARTED, *FILES, *ASKED, *API}
    expected = [(edition, name) for edition in EDITIONS for name in ADDRESSES]
    expected += [("api", name) for name in API]
    assert sorted(found) == sorted(expected + [("", name) for name in (*ROOTS, *PARTED, *FILES, *ASKED)])


def test_the_tokens_are_really_there(planted):
    # Otherwise their absence would prove nothing.
    for kind, entry in zip(("draft", "scheduled", "ended", "deleted"), planted.hidden, strict=True):
        token = TOKENS[kind]
        assert token in entry.paper.title
        assert all(token in note.body for note in entry.notes.all())
        assert entry.notes.filter(revisions__references__title_key="in both").count() == 2
        assert token in {tag.name for tag in entry.tags.all()}
        assert entry.paper.authorships.filter(printed_name__contains=token).exists()
    assert Notification.objects.filter(event__object_label__contains=TOKENS["desk"]).exists()
    for model in (CheckDismissal, Comment, EditSession, Event, Term):
        assert any(TOKENS["desk"] in str(row) for row in model.objects.values())
    # Scheduled papers are compared with the others beforehand; only readers do not see it.
    assert Related.objects.filter(other=planted.hidden[1].paper).exists()


def test_the_graph_is_really_there(client, planted):
    # The pages compared below do show mentions, titles as links and related papers.
    answers = crawl(client, paths_of(planted.public, ["en"]))
    page = answers[reverse("en:arxiv", kwargs={"arxiv_id": CITED[-10:]})]
    assert (page[0], "In both" in page[2]) == (200, True)
    body = answers[reverse("en:paper", kwargs=papers(planted.public)[1])][2]
    assert "In both" in body.split('id="mentions"')[1]
    assert "English only" in body.split('id="related"')[1]
    body = client.get(reverse("ko:paper", kwargs=papers(planted.public)[0])).content.decode()
    assert (
        f'<a href="{reverse("ko:paper", kwargs=papers(planted.public)[1])}" lang="en">Second</a>와 Hidden work'
        in body
    )


def test_every_public_page_answers_and_every_link_leads_somewhere(client, planted):
    starts = paths_of(planted.public)
    answers = crawl(client, starts)
    assert {path: status for path, (status, _, _) in answers.items() if status not in (200, 301, 302)} == {}
    assert set(starts) <= set(answers)
    assert len(answers) > len(set(starts)) - 1


def test_nothing_hidden_is_said_anywhere(client, planted):
    answers = crawl(client, paths_of(planted.public))
    assert tokens_in(answers) == set()
    assert [path for path, (_, _, body) in answers.items() if str(HIDDEN_YEAR) in body] == []


def test_the_editors_api_says_401_and_nothing_else(client, planted):
    entry = planted.public[0].pk
    notes = [f"entries/{entry}/notes/{language}/" for language in ("ko", "en", "fr")]
    paths = [
        "",
        "me/",
        "queue/?name=all",
        "queue/counts/",
        f"entries/{entry}/",
        "entries/0/",
        "nowhere/",
        *notes,
    ]
    paths += [f"{note}{last}/" for note in notes for last in ("revisions", "publish", "nothing")]
    answers = [
        client.generic(method, f"/api/v1/desk/{path}") for path in paths for method in ("GET", "POST", "PUT")
    ]
    assert {(answer.status_code, answer.content) for answer in answers} == {(401, answers[0].content)}
    assert set(answers[0].json()) == {"type", "title", "status", "detail", "code"}


@pytest.mark.parametrize("door", range(7))
def test_a_search_for_something_hidden_answers_like_one_for_nothing(client, planted, door):
    path = search_doors()[door]
    for token in TOKENS.values():
        nothing = "q" * len(token)
        for query in (
            token,
            f"{token} note",
            f"tag:{token}",
            f"author:{token}",
            f'"{token}"',
            f"note -{token}",
        ):
            hidden = client.get(path, {"q": query})
            never = client.get(path, {"q": query.replace(token, nothing)})
            assert hidden.status_code == never.status_code == 200
            assert hidden.content.decode().replace(token, nothing) == never.content.decode(), query


def test_paging_from_a_hidden_place_says_nothing(client, planted):
    tag = reverse("site:tag", kwargs={"slug": "scaling-law"})
    answers = crawl(client, [f"{tag}?before={entry.order_key}" for entry in planted.hidden])
    assert tokens_in(answers) == set()


def hidden_addresses():
    return [name for name, (_, never) in ADDRESSES.items() if never]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", hidden_addresses())
def test_a_hidden_page_answers_like_one_that_never_existed(client, planted, edition, name):
    make, never = ADDRESSES[name]
    expected = client.get(reverse(f"{edition}:{name}", kwargs=never))
    assert expected.status_code == 404
    public = [str(arguments) for arguments in make(planted.public)]
    hidden = [arguments for arguments in make(planted.hidden) if str(arguments) not in public]
    assert len(hidden) >= 3
    for arguments in hidden:
        answer = client.get(reverse(f"{edition}:{name}", kwargs=arguments))
        assert (answer.status_code, answer.content) == (404, expected.content), arguments
        assert answer.headers == expected.headers


def test_a_hidden_page_is_embedded_like_one_that_never_existed(client, planted):
    public = embeds(planted.public)
    hidden = [path for path in embeds(planted.hidden) if path not in public]
    assert len(hidden) >= 3 * len(EDITIONS)
    never = client.get(reverse("oembed"), {"url": f"{settings.SITE_URL}/digests/1995-01-01/"})
    answers = {(answer.status_code, answer.content) for answer in map(client.get, hidden)}
    assert answers == {(404, never.content)}


@pytest.mark.parametrize("edition", EDITIONS)
def test_hidden_things_do_not_answer_to_other_spellings_either(client, planted, edition):
    missing = client.get(reverse(f"{edition}:tag", kwargs={"slug": "never-was"})).content
    for token in TOKENS.values():
        for spelling in (token.upper(), f"old-{token}", f"{token}_"):
            answer = client.get(reverse(f"{edition}:tag", kwargs={"slug": spelling}))
            assert (answer.status_code, answer.content) == (404, missing)
    for entry in planted.hidden:
        wrong = reverse(f"{edition}:paper", kwargs={"paper_id": entry.paper.pk, "slug": "wrong"})
        assert client.get(wrong).status_code == 404


def test_drafts_do_not_change_a_byte_of_what_readers_get(client):
    public = plant_public()
    starts = [*paths_of(public), "/nowhere/", "/en/digests/1995-01-01/"]
    # The one thing of the desk that readers are told: which forms find each other.
    SearchTerm.objects.create(forms="note\nremark")
    build_indexes()
    before = crawl(client, starts)
    SearchTerm.objects.all().delete()
    plant_hidden(public)
    build_indexes()
    after = crawl(client, starts)
    assert before.keys() == after.keys()
    assert [path for path in before if before[path] != after[path]] == []


def test_an_unpublished_digest_is_forgotten_at_the_next_request(client, planted):
    gone = planted.public[2]
    crawl(client, paths_of(planted.public))
    gone.unpublish_at = timezone.now() - datetime.timedelta(seconds=1)
    gone.save(update_fields=["unpublish_at"])
    rest = [entry for entry in planted.public if entry != gone]
    answers = crawl(client, paths_of(rest))
    assert [
        path for path, (_, _, body) in answers.items() if "Korean only" in body or "2024-05-29" in body
    ] == []
