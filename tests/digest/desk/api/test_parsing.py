"""What is sent is read strictly: anything unknown, odd, too long or too deep is named, and nothing is written."""

import pytest

from tests.digest.desk.api.conftest import fields, problem, written


@pytest.mark.parametrize(
    ("path", "parameters", "field"),
    [
        ("queue/", {}, ("name", "required")),
        ("queue/", {"name": "drafts"}, ("name", "invalid_choice")),
        ("queue/", {"name": "all", "language": "fr"}, ("language", "invalid_choice")),
        ("queue/", {"name": "all", "digest": "2024-13-45"}, ("digest", "invalid")),
        ("queue/", {"name": "all", "tag": " #"}, ("tag", "invalid")),
        ("queue/", {"name": "all", "tag": "a\0b"}, ("tag", "null_characters_not_allowed")),
        ("queue/", {"name": "all", "assignee": "nobody-here"}, ("assignee", "invalid")),
        ("queue/", {"name": "all", "after": "x"}, ("after", "invalid")),
        ("queue/", {"name": "all", "after": "9" * 400 + "-ko"}, ("after", "invalid")),
        ("queue/", {"name": "all", "limit": 101}, ("limit", "max_value")),
        ("queue/", {"name": "all", "limit": 0}, ("limit", "min_value")),
        ("queue/", {"name": "all", "limit": "9" * 400}, ("limit", "max_value")),
        ("queue/", {"name": "all", "limit": "9" * 4000}, ("limit", "max_string_length")),
        ("queue/", {"name": ["all", "all"]}, ("name", "invalid")),
        ("queue/", {"name": "all", "format": "html"}, ("format", "unknown")),
        ("queue/counts/", {"language": "ko"}, ("language", "unknown")),
        ("me/", {"fields": "password"}, ("fields", "unknown")),
        ("entries/{pk}/", {"expand": "notes"}, ("expand", "unknown")),
        ("entries/{pk}/notes/ko/revisions/", {"before": "x"}, ("before", "invalid")),
        ("entries/{pk}/notes/ko/revisions/", {"limit": "-1"}, ("limit", "min_value")),
    ],
)
def test_parameters_that_are_not_right_are_named(caller, rina, entry, path, parameters, field):
    assert fields(caller(rina).get(path.format(pk=entry.pk), **parameters)) == [field]


PATHS = [
    "entry",
    "note",
    "paper",
    "assignee",
    "live",
    "digest",
    "tag",
    "notes__revisions",
    "entry__digest",
    "by",
]
LEAVES = ["password", "body", "state__in", "email", "pk", "publish_at__gt", "id__regex"]


def test_no_parameter_follows_a_path_into_the_rows(caller, tom, entry):
    call = caller(tom)
    probes = [f"{path}__{leaf}" for path in PATHS for leaf in LEAVES]
    probes += [f"{end}__{leaf}" for end in ("name", "limit", "after") for leaf in ("in", "gt", "contains")]
    addresses = {
        "queue/": {"name": "all"},
        "queue/counts/": {},
        f"entries/{entry.pk}/notes/ko/revisions/": {},
    }
    for address, usual in addresses.items():
        for probe in (*probes, "ordering", "fields", "search", "q", "order_by"):
            assert fields(call.get(address, **usual, **{probe: "a"})) == [(probe, "unknown")]


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        ("", (400, "invalid")),
        ("{", (400, "parse_error")),
        ("[]", (400, "parse_error")),
        ('"x"', (400, "parse_error")),
        ("null", (400, "parse_error")),
        ('{"body": NaN, "rev": 2}', (400, "parse_error")),
        ('{"body": "x", "rev": 1e400}', (400, "invalid")),
        ('{"body": "x", "rev": 2.5}', (400, "invalid")),
        ('{"body": "x", "rev": true}', (400, "invalid")),
        ('{"body": "x", "rev": "two"}', (400, "invalid")),
        ('{"body": "x", "rev": -1}', (400, "invalid")),
        ('{"body": "x", "rev": ' + "9" * 400 + "}", (400, "invalid")),
        ('{"body": "x", "rev": ' + "9" * 5000 + "}", (400, "parse_error")),
        ('{"body": "x", "rev": [2]}', (400, "invalid")),
        ('{"body": "x", "rev": {"a": 2}}', (400, "invalid")),
        ('{"body": 5, "rev": 2}', (400, "invalid")),
        ('{"body": ["x"], "rev": 2}', (400, "invalid")),
        ('{"body": null, "rev": 2}', (400, "invalid")),
        ('{"rev": 2}', (400, "invalid")),
        ('{"body": "x", "rev": 2, "minor": "yes"}', (400, "invalid")),
        ('{"body": "x", "rev": 2, "state": "approved"}', (400, "invalid")),
        ('{"body": "x", "rev": 2, "live": 1, "author": "boss"}', (400, "invalid")),
        ('{"body": "a\\u0000b", "rev": 2}', (400, "invalid")),
        ('{"body": "a\\ud800b", "rev": 2}', (400, "invalid")),
        ('{"body": "a\\u000bb", "rev": 2}', (422, "forbidden_character")),
        ('{"body": "a\\uffffb", "rev": 2}', (422, "forbidden_character")),
        ('{"body": "  ", "rev": 2}', (422, "empty")),
        ('{"body": "' + "a" * 20_001 + '", "rev": 2}', (422, "max_length")),
        ('{"body": "' + "a" * 10_000_000 + '", "rev": 2}', (413, "too_large")),
        ("[" * 100_000, (400, "parse_error")),
        ('{"a":' * 50_000 + "1" + "}" * 50_000, (400, "parse_error")),
        (b'{"body": "\xff", "rev": 2}', (400, "parse_error")),
        ('{"' + "x" * 1_000 + '": 1}', (400, "invalid")),
    ],
    ids=lambda value: str(value)[:30],
)
def test_hostile_bodies_are_refused_and_write_nothing(caller, minji, entry, body, refusal):
    before = written()
    response = caller(minji)("PUT", f"entries/{entry.pk}/notes/ko/", raw=body)
    assert (response.status_code, response.json()["code"]) == refusal
    assert len(response.content) < 2_000
    assert written() == before


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "",
    ],
)
def test_only_json_is_read(caller, minji, entry, content_type):
    response = caller(minji)(
        "PUT", f"entries/{entry.pk}/notes/ko/", raw="body=x&rev=2", content_type=content_type
    )
    assert problem(response) == (415, "unsupported_media_type")
