"""What every resource has: GET alone, JSON alone, no caller, headers for caches and other sites, a limit by peer."""

import logging
from collections.abc import Mapping
from typing import Any, ClassVar

import django_filters
from django.conf import settings
from django.http import HttpResponse
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from accounts.adapter import peer_of
from digest.reading.narrowing import public_entries
from digest.site.api.problems import TWICE, Refused, fault, problem_response, unknown, with_cache_headers
from digest.site.api.schema import ApiSchema
from digest.site.rendering import PAGE_AGE

_log = logging.getLogger("naranhi.api")


class PeerThrottle(AnonRateThrottle):
    """NARANHI_PUBLIC_API_RATE for each peer. Counts in the cache; where it cannot count, it lets everybody pass."""

    scope = "readers"

    def get_rate(self) -> str:
        return settings.NARANHI_PUBLIC_API_RATE

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        peer = peer_of(request._request)
        return peer and self.cache_format % {"scope": self.scope, "ident": peer}

    def allow_request(self, request: Request, view: APIView) -> bool:
        # An OPTIONS is a browser's question before the request, and costs nothing.
        if request.method == "OPTIONS":
            return True
        try:
            return super().allow_request(request, view)
        except Exception as error:
            # Each cache has errors of its own; whichever it is, readers are worth more than the count.
            _log.warning("requests cannot be counted: %s", error)
            return True


class JsonOnly(BaseContentNegotiation):
    """JSON for whoever accepts it, 406 for who says that they do not."""

    def select_parser(self, request: Request, parsers: list[Any]) -> Any:
        return None

    def select_renderer(self, request: Request, renderers: list[Any], format_suffix: Any = None) -> Any:
        if not request._request.accepts("application/json"):
            raise NotAcceptable
        return renderers[0], renderers[0].media_type


class ApiView(APIView):
    """A resource. ``parameters`` are those its address takes; ``shape`` what it answers."""

    authentication_classes: ClassVar[list[Any]] = []
    permission_classes: ClassVar[list[Any]] = []
    parser_classes: ClassVar[list[Any]] = []
    throttle_classes = [PeerThrottle]
    renderer_classes = [JSONRenderer]
    content_negotiation_class = JsonOnly
    schema = ApiSchema()
    http_method_names = ["get", "head", "options"]

    parameters: type[django_filters.FilterSet] = django_filters.FilterSet
    shape: type[Serializer]
    # For the OpenAPI document: the name of the operation, its group, what the path holds, an answer.
    operation = ""
    group = "content"
    path_parameters: Mapping[str, dict[str, Any]] = {}
    example: Any = None

    def get_exception_handler(self) -> Any:
        return problem_response

    def finalize_response(self, request: Request, response: HttpResponse, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        if response.status_code == 200:
            response.headers.setdefault("Cache-Control", f"public, max-age={PAGE_AGE}")
        return with_cache_headers(response)

    def options(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What a browser asks before it lets a page of another site send more than a plain GET."""
        headers = {
            "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
            "Access-Control-Allow-Headers": "*",
            "Access-Control-Max-Age": "86400",
        }
        return Response(status=204, headers=headers)

    def asked(self, request: Request) -> django_filters.FilterSet:
        """The parameters, read and valid; ``qs`` are the entries they leave. Raises Refused with all that are wrong."""
        given = request.query_params
        filters = self.parameters(given, queryset=public_entries())
        known = list(filters.filters)
        wrong = filters.form.errors
        errors = []
        for name, values in given.lists():
            if name not in known:
                errors.append(unknown(name, known))
            elif len(values) > 1:
                errors.append(fault(name, "repeated", TWICE))
            elif name in wrong:
                errors.append(fault(name, "invalid", filters.form.fields[name].expected))
        if errors:
            raise Refused(errors[:20])
        return filters
