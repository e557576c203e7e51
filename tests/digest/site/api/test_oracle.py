"""Nobody can ask a hidden thing by a side way: two hundred probes are refused, or answered as if they were not there."""

import itertools

import pytest

from tests.build import build_entry
from tests.indexed import build_indexes

pytestmark = pytest.mark.django_db
LISTS = ("digests", "entries", "papers", "authors", "tags", "notes", "mentions", "trends", "search")
# What an attacker would like to compare, character by character.
SECRETS = (
    "state",
    "notes__state",
    "notes__body",
    "notes__body__startswith",
    "notes__assignee__username",
    "notes__revisions__author__password__startswith",
    "digest__created_by__password__startswith",
    "deleted_by__email__contains",
    "deleted_at__isnull",
    "publish_at__isnull",
    "publish_at__gt",
    "paper__entries__publish_at__isnull",
    "authorships__author__homonym",
    "tagged_entries__tag__name__regex",
    "order_key__lt",
    "pk__in",
    "id",
    "status",
    "is_draft",
)
# Names that frameworks and other interfaces listen to.
KNOBS = (
    "format",
    "limit",
    "offset",
    "q[]",
    "filter",
    "where",
    "expand",
    "include",
    "sort_by",
    "order",
    "all",
)
CHOICES = (
    ("ordering", ("password", "-password", "notes__state", "random", "?", "order_key", "-publish_at")),
    ("fields", ("password", "id,password", "state", "notes__body", "*", "paper.entries", "ID", "")),
    ("page_size", ("0", "101", "-1", "1e2", "all", "", "10 ", "٣")),
    ("cursor", ("-1", "0", "abc", "'", "1 OR 1=1", "9" * 30, "1.5", "", "1,2", "0x10", "null")),
    ("language", ("draft", "ko,en", "KO", "fr", "")),
    ("has_ko", ("1", "True", "null", "")),
    ("changed_since", ("2024", "2024-01-01", "now", "2024-01-01T00:00:00", "2024-13-01T00:00:00Z")),
    ("date_after", ("2024-02-30", "2024", "0000-00-00", "today")),
    ("author", ("0", "-1", "1__password", "*", "9" * 25)),
)


def probes():
    """(path, query) of every probe."""
    for name, secret in itertools.product(LISTS, SECRETS):
        yield f"{name}/", {secret: "a"}
    for name, knob in itertools.product(("entries", "digests"), KNOBS):
        yield f"{name}/", {knob: "1"}
    for parameter, values in CHOICES:
        for value in values:
            yield "entries/", {parameter: value}
    for name, key in (("digests", "2024-1-1"), ("notes", "1-fr"), ("notes", "1"), ("mentions", "ko")):
        yield f"{name}/", {"cursor": key}


def test_there_are_two_hundred_probes_and_more():
    asked = [(path, str(query)) for path, query in probes()]
    assert len(set(asked)) == len(asked) >= 200


def test_no_probe_tells_anything(client, site):
    build_entry("2024-11-01", title="Secret draft", ko="비밀", tags=["secret"], public=False)
    build_indexes("public")
    told = []
    for path, query in probes():
        answer = client.get(f"/api/v1/{path}", query)
        if answer.status_code == 400 and answer["Content-Type"] == "application/problem+json":
            # The refusal names what was asked and what may be asked, and is the same whatever the rows are.
            assert [error["parameter"] for error in answer.json()["errors"]] == list(query)
            continue
        whole = client.get(f"/api/v1/{path}")
        if (answer.status_code, answer.content) != (whole.status_code, whole.content):
            told.append((path, query, answer.status_code))
    assert told == []


@pytest.mark.parametrize("path", [f"{name}/" for name in LISTS])
def test_a_refusal_is_the_same_with_and_without_drafts(client, site, path):
    before = [client.get(f"/api/v1/{path}", {secret: "a"}).content for secret in SECRETS]
    build_entry("2024-11-01", title="Secret draft", ko="비밀", tags=["secret"], public=False)
    assert [client.get(f"/api/v1/{path}", {secret: "a"}).content for secret in SECRETS] == before


def test_single_resources_take_their_fields_and_nothing_else(client, site):
    entry = client.get("/api/v1/entries/?page_size=1").json()["results"][0]
    for path in (f"entries/{entry['id']}/", "digests/2024-10-30/", "tags/moe/", "", "schema/"):
        for query in ({"state": "draft"}, {"cursor": "1"}, {"fields": "password"}):
            assert client.get(f"/api/v1/{path}", query).status_code == 400, (path, query)
