"""Callers of the API: each has a token of their own and speaks English."""

import json

import pytest

from accounts.tokens import make_token
from digest.editing.workflow import save_note, submit
from digest.models import Event, Note, NoteRevision
from tests.build import build_entry

API = "/api/v1/desk/"


class Caller:
    """Sends requests with one key; keeps no cookie."""

    def __init__(self, client, key, language="en"):
        self.client = client
        self.headers = {"Authorization": f"Bearer {key}", "Accept-Language": language}

    def __call__(self, method, path, data=None, *, raw=None, content_type="application/json", **headers):
        body = raw if raw is not None else "" if data is None else json.dumps(data)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(
            method, API + path, body, content_type=content_type, headers=self.headers | named
        )

    def get(self, path, **parameters):
        return self.client.get(API + path, parameters, headers=self.headers)


@pytest.fixture
def caller(client):
    """``caller(minji)`` answers a Caller with a new token of hers."""

    def make(user, **options):
        _token, key = make_token(user=user, name="tests", days=1)
        return Caller(client, key, **options)

    return make


@pytest.fixture
def entry(minji, tom):
    """A Korean note in review at revision 2, and an English draft of it at revision 1."""
    entry = build_entry(
        title="Scaling", authors=["Kun Xu", "A. Lee"], abstract="We scale.", ko="", tags=["moe"], public=False
    )
    note = save_note(entry=entry, language="ko", body="첫 글", by=minji, rev=0)
    save_note(entry=entry, language="en", body="First", by=tom, rev=0)
    note = save_note(entry=entry, language="ko", body="둘째 글", by=minji, rev=1)
    submit(note=note, by=minji, rev=2)
    return entry


def problem(response):
    """Status and code of a refusal, which must be a problem in every other respect, too."""
    body = response.json()
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert (body["status"], body["type"]) == (response.status_code, "about:blank")
    assert body["title"]
    assert body["detail"]
    return response.status_code, body["code"]


def fields(response):
    assert problem(response) == (400, "invalid")
    return [(one["field"], one["code"]) for one in response.json()["errors"]]


def written():
    rows = Note.objects.order_by("pk").values(), NoteRevision.objects.order_by("pk").values()
    return [list(found) for found in rows], Event.objects.count()
