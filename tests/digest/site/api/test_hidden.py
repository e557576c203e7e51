"""Drafts, scheduled, ended and deleted things, texts being edited, editors: planted as for all public addresses, and
in no answer and no count of the API."""

import pytest

from digest.models import SearchTerm
from tests.addresses import API, api_paths
from tests.indexed import build_indexes
from tests.planted import HIDDEN_YEAR, TOKENS, plant_hidden, plant_public
from tests.test_public import tokens_in

pytestmark = pytest.mark.django_db
HOST = "http://localhost:8000"
FILTERED = [
    *("entries/?changed_since=2020-01-01T00:00:00Z", "entries/?has_en=false", "entries/?tag=scaling-law"),
    *("digests/?changed_since=2020-01-01T00:00:00Z", "papers/?kind=paper", "notes/?language=en"),
    *("mentions/?arxiv_id=2410.00001", "mentions/?arxiv_id=2305.00001", "authors/?name=Kun+Xu"),
    *("trends/?from=2020-01", "search/?q=note&sort=newest", "search/?q=zq"),
]


def api_answers(client, public):
    """{path: (status, headers, body)} of every resource, filters and following pages included."""
    waiting = [*api_paths(public), *(f"/api/v1/{path}" for path in FILTERED)]
    answers = {}
    while waiting:
        path = waiting.pop()
        if path in answers:
            continue
        response = client.get(path)
        answers[path] = (response.status_code, dict(response.headers), response.content.decode())
        following = response.json().get("next") if response["Content-Type"] == "application/json" else None
        waiting += [following.removeprefix(HOST)] if following else []
    return answers


def test_nothing_hidden_is_in_any_answer(client):
    public = plant_public()
    plant_hidden(public)
    build_indexes()
    answers = api_answers(client, public)
    assert {path: status for path, (status, _, _) in answers.items() if status != 200} == {}
    assert len(answers) > 50
    assert tokens_in(answers) == set()
    assert [path for path, (_, _, body) in answers.items() if str(HIDDEN_YEAR) in body] == []


def test_drafts_change_no_byte_and_no_count(client):
    public = plant_public()
    # The one thing of the desk that readers are told: which forms find each other.
    SearchTerm.objects.create(forms="note\nremark")
    build_indexes()
    before = api_answers(client, public)
    SearchTerm.objects.all().delete()
    plant_hidden(public)
    build_indexes()
    after = api_answers(client, public)
    assert before.keys() == after.keys()
    assert [path for path in before if before[path] != after[path]] == []


def test_a_hidden_resource_answers_like_one_that_never_existed(client):
    public = plant_public()
    hidden = plant_hidden(public)
    prefix = {"digest": "digests", "entry": "entries", "paper": "papers", "author": "authors", "tag": "tags"}
    for name, (make, never) in API.items():
        if never is None:
            continue
        [expected] = {
            (answer.status_code, answer.content, str(sorted(answer.headers.items())))
            for answer in [client.get(f"/api/v1/{prefix[name]}/{next(iter(never.values()))}/")]
        }
        known = [str(arguments) for arguments in make(public)]
        found = [arguments for arguments in make(hidden) if str(arguments) not in known]
        assert len(found) >= 3
        for arguments in found:
            answer = client.get(f"/api/v1/{prefix[name]}/{next(iter(arguments.values()))}/")
            assert (answer.status_code, answer.content, str(sorted(answer.headers.items()))) == expected


def test_asking_by_a_hidden_key_is_like_asking_by_none(client):
    public = plant_public()
    hidden = plant_hidden(public)
    empty = {"results": [], "next": None}
    for entry in hidden:
        token = next(token for token in TOKENS.values() if token in entry.paper.title)
        author = entry.paper.authorships.get(printed_name__contains=token).author_id
        asked = [
            *(f"{name}/?tag={token}" for name in ("entries", "papers", "notes")),
            *(f"{name}/?author={author}" for name in ("entries", "papers", "notes")),
            *(f"{name}/?arxiv_id={entry.paper.arxiv_id}" for name in ("entries", "papers", "mentions")),
            *(f"{name}/?paper={entry.paper_id}" for name in ("entries", "notes", "mentions", "authors")),
            f"mentions/?entry={entry.pk}",
            f"authors/?name=Author+{token}",
        ]
        for path in asked:
            assert client.get(f"/api/v1/{path}").json() == empty, path
    assert client.get(f"/api/v1/entries/?year={HIDDEN_YEAR}").json() == empty
    assert client.get(f"/api/v1/trends/?to={HIDDEN_YEAR}-12").json() == {"months": [], "tags": []}
