"""The OpenAPI document: valid without a warning, of the readers' API alone, and true."""

import json
from io import StringIO

import pytest
import yaml
from django.core.management import call_command
from django.urls import get_resolver

from digest.site.api import urls
from tests.indexed import build_indexes

pytestmark = pytest.mark.django_db
# The document does not describe itself, nor the page that shows it.
UNDESCRIBED = {"/api/v1/schema/", "/api/v1/schema.json", "/api/v1/schema.yaml", "/api/docs/"}


@pytest.fixture
def document(client):
    return client.get("/api/v1/schema/").json()


def operations(document):
    return {path: methods["get"] for path, methods in document["paths"].items()}


def test_it_is_valid_without_a_warning():
    out = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json", stdout=out)
    assert json.loads(out.getvalue())["openapi"].startswith("3.")


def test_json_and_yaml_say_the_same(client, document):
    as_json, as_yaml = "application/vnd.oai.openapi+json", "application/vnd.oai.openapi"
    forms = {
        "schema.json": as_json,
        "schema/?format=json": as_json,
        "schema.yaml": as_yaml,
        "schema/?format=yaml": as_yaml,
    }
    for path, media in forms.items():
        answer = client.get(f"/api/v1/{path}", headers={"Accept": "text/html"})
        assert (answer.status_code, answer["Content-Type"]) == (200, media)
        assert (json.loads if media == as_json else yaml.safe_load)(answer.content) == document
        assert answer["Cache-Control"] == "public, max-age=3600"
    assert client.get("/api/v1/schema/?format=xml").status_code == 400


def test_every_address_is_described_and_nothing_of_the_desk(document):
    described = {path.replace("{", "<").replace("}", ">") for path in document["paths"]}
    routes = {str(pattern.pattern) for pattern in urls.urlpatterns}
    plain = {
        "/api/" + route.replace("date:", "").replace("row:", "").replace("words:", "") for route in routes
    }
    assert described == plain - UNDESCRIBED
    assert "desk" not in json.dumps(document)
    assert any("api/v1/desk/" in str(pattern.pattern) for pattern in get_resolver().url_patterns)
    assert {tuple(methods) for methods in document["paths"].values()} == {("get",)}


def test_every_operation_is_named_described_and_refuses_by_one_form(document):
    found = operations(document)
    assert len({operation["operationId"] for operation in found.values()}) == len(found) == 15
    for path, operation in found.items():
        assert operation["summary"], path
        assert operation["description"], path
        assert "security" not in operation
        refusals = {"400", "404", "405", "406", "429"} - (set() if "{" in path else {"404"})
        assert set(operation["responses"]) == {"200", *refusals}
        for status in refusals:
            [media] = operation["responses"][status]["content"]
            assert media == "application/problem+json"
        assert operation["responses"]["429"]["headers"]["Retry-After"]["schema"]["type"] == "integer"
        assert all(parameter["schema"].get("type") for parameter in operation.get("parameters", []))


def validator(document):
    jsonschema = pytest.importorskip("jsonschema", reason="pip install -r requirements-dev.txt")

    def breaches(schema, instance):
        whole = {"components": document["components"], **_plain(schema)}
        return [error.message for error in jsonschema.Draft202012Validator(whole).iter_errors(instance)]

    return breaches


def _plain(schema):
    """OpenAPI 3.0's nullable as JSON Schema has it."""
    if isinstance(schema, list):
        return [_plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {name: _plain(one) for name, one in schema.items() if name != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if schema.get("nullable") else plain


def answer_schema(operation):
    return operation["responses"]["200"]["content"]["application/json"]


def test_every_example_is_of_its_schema_and_leaves_out_nothing(document):
    document = _plain(document)
    breaches = validator(document)
    for path, operation in operations(document).items():
        told = answer_schema(operation)
        [example] = told["examples"].values()
        assert breaches(told["schema"], example["value"]) == [], path
        for result in example["value"].get("results", [example["value"]]):
            assert fields_asked(operation) <= set(result), path


def fields_asked(operation):
    """The names that ``fields`` may hold."""
    found = [
        one["schema"]["items"]["enum"] for one in operation.get("parameters", []) if one["name"] == "fields"
    ]
    return set(found[0]) if found else set()


def test_real_answers_are_of_their_schema_and_hold_what_fields_name(client, site, document):
    build_indexes("public")
    document = _plain(document)
    breaches = validator(document)
    entry = client.get("/api/v1/entries/").json()["results"][0]
    keys = {
        "{entry_id}": entry["id"],
        "{paper_id}": entry["paper"]["id"],
        "{author_id}": entry["paper"]["authors"][0]["id"],
        "{date}": entry["date"],
        "{slug}": "moe",
    }
    for path, operation in operations(document).items():
        address = path
        for name, key in keys.items():
            address = address.replace(name, str(key))
        found = client.get(address, {"q": "note"} if path.endswith("search/") else {}).json()
        assert breaches(answer_schema(operation)["schema"], found) == [], path
        if fields_asked(operation):
            for result in found.get("results", [found]):
                assert set(result) == fields_asked(operation), path


def test_refusals_are_of_their_schema(client, site, document):
    document = _plain(document)
    breaches = validator(document)
    problem = {"$ref": "#/components/schemas/Problem"}
    answers = [client.get("/api/v1/entries/?x=1"), client.get("/api/v1/nowhere/"), client.post("/api/v1/")]
    assert [breaches(problem, answer.json()) for answer in answers] == [[], [], []]
