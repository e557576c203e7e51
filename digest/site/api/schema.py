"""How the OpenAPI document is made from the views, their parameters and shapes; the editors' API stays out of it."""

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from digest.site.api.problems import PROBLEM_JSON, below_api
from digest.site.api.shapes import Sparse
from digest.site.api.shapes_around import ProblemSerializer

REFUSALS = {
    400: "A parameter is unknown, given twice or no value; `errors` names each.",
    404: "There is nothing here that readers may see.",
    405: "Reading is all one can do; `Allow` names the methods.",
    406: "`Accept` leaves out JSON.",
    429: "Too many requests; `Retry-After` says when to try again.",
}
RETRY_AFTER = OpenApiParameter(
    "Retry-After",
    {"type": "integer", "minimum": 1},
    OpenApiParameter.HEADER,
    response=[429],
    required=True,
    description="Seconds until the next request is answered.",
)


def readers_only(endpoints: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """For drf-spectacular: of all endpoints those of the readers' API."""
    return [endpoint for endpoint in endpoints if below_api(endpoint[0])]


def without_read_only(result: Any, generator: Any, request: Any, public: bool) -> Any:
    """For drf-spectacular: everything here is read-only, so the word says nothing."""
    for component in result["components"]["schemas"].values():
        for member in component.get("properties", {}).values():
            member.pop("readOnly", None)
    return result


class AnyFields(OpenApiSerializerExtension):
    """A resource whose fields one can choose promises none of them."""

    target_class = Sparse
    match_subclasses = True

    def map_serializer(self, auto_schema: AutoSchema, direction: Any) -> Any:
        schema = auto_schema._map_serializer(self.target, direction, bypass_extensions=True)
        schema.pop("required", None)
        return schema


class ApiSchema(AutoSchema):
    """Reads what ``base.ApiView`` says of itself."""

    def get_operation_id(self) -> str:
        return self.view.operation

    def get_tags(self) -> list[str]:
        return [self.view.group]

    def get_summary(self) -> str:
        return self.get_description().split("\n")[0].rstrip(".")

    def get_filter_backends(self) -> list[Any]:
        return []

    def get_override_parameters(self) -> list[Any]:
        taken = [_parameter(name, one.field) for name, one in self.view.parameters.base_filters.items()]
        named = [
            OpenApiParameter(name, schema, OpenApiParameter.PATH, required=True)
            for name, schema in self.view.path_parameters.items()
        ]
        return [*named, *taken, RETRY_AFTER]

    def get_response_serializers(self) -> Any:
        refusals = {
            (status, PROBLEM_JSON): OpenApiResponse(ProblemSerializer, description=words)
            for status, words in REFUSALS.items()
            if status != 404 or self.view.path_parameters
        }
        return {200: OpenApiResponse(self.view.shape, description="What was asked for."), **refusals}

    def get_examples(self) -> list[OpenApiExample]:
        if self.view.example is None:
            return []
        return [OpenApiExample("An answer", self.view.example, response_only=True, status_codes=["200"])]


def _parameter(name: str, field: Any) -> OpenApiParameter:
    schema = dict(field.schema)
    found = OpenApiParameter(name, schema, OpenApiParameter.QUERY, description=field.about)
    if schema["type"] == "array":
        found.style, found.explode = "form", False
    return found
