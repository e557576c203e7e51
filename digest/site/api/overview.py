"""Where to begin, what is frequent, and the OpenAPI document with its page."""

import functools
import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from rest_framework import serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from digest.reading import trends as trend_reading
from digest.reading.tags import find_selection
from digest.reading.trends import Trend
from digest.site.api import examples, takes
from digest.site.api.base import ApiView
from digest.site.api.links import api_url
from digest.site.api.shapes_around import TrendsSerializer
from digest.site.rendering import public_page

LISTS = ("digests", "entries", "papers", "authors", "tags", "notes", "mentions", "trends", "search", "schema")


class RootSerializer(serializers.Serializer):
    """The addresses of all resources."""

    digests = serializers.URLField()
    entries = serializers.URLField()
    papers = serializers.URLField()
    authors = serializers.URLField()
    tags = serializers.URLField()
    notes = serializers.URLField()
    mentions = serializers.URLField()
    trends = serializers.URLField()
    search = serializers.URLField()
    schema = serializers.URLField()
    docs = serializers.URLField()


class Root(ApiView):
    """Where to begin: the address of each resource."""

    operation = "root"
    group = "overview"
    shape = RootSerializer
    example = examples.ROOT

    def get(self, request: Request) -> Response:
        self.asked(request)
        links = {name: api_url(name) for name in LISTS}
        return Response(links | {"docs": api_url("docs")})


class Trends(ApiView):
    """How often each tag was used, month by month.

    At most 36 months, the newest of those asked for; `months` says which they are.
    """

    operation = "trends"
    group = "overview"
    parameters = takes.TrendTakes
    shape = TrendsSerializer
    example = examples.TRENDS

    def get(self, request: Request) -> Response:
        given = self.asked(request).form.cleaned_data
        months = self._months(given["from"], given["to"])
        found = trend_reading.tag_trends(months).tags if months else []
        if given["tag"] is not None:
            found = _of_tag(found, given["tag"])
        top = given["top"] or takes.USUAL_TRENDS
        told = {"months": [f"{month:%Y-%m}" for month in months], "tags": found[:top]}
        return Response(TrendsSerializer(told, only=given["fields"]).data)

    def _months(self, first: Any, last: Any) -> list[Any]:
        """Those asked for of the months that the site has; none where they are all outside or end before they begin."""
        span = trend_reading.span()
        if span is None:
            return []
        begins, ends = (day.replace(day=1) for day in span)
        if (first and last and first > last) or (first or begins) > ends or (last or ends) < begins:
            return []
        return trend_reading.chosen_months(*span, first, last)


def _of_tag(found: list[Trend], slug: str) -> list[Trend]:
    """By any spelling of the tag."""
    selection = find_selection(slug)
    tag = selection and selection.tag
    return [trend for trend in found if tag and trend.slug == tag.slug]


class EveryAccept(BaseContentNegotiation):
    """The address says which form it is."""

    def select_parser(self, request: Request, parsers: list[Any]) -> Any:
        return None

    def select_renderer(self, request: Request, renderers: list[Any], format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


class Document(ApiView):
    """The OpenAPI document, as JSON or YAML by the end of the address or by ``?format=``. It does not describe itself."""

    schema = None
    content_negotiation_class = EveryAccept
    parameters = takes.DocumentTakes

    def get(self, request: Request, form: str = "") -> HttpResponse:
        asked = self.asked(request).form.cleaned_data["format"]
        form = form or asked or "json"
        headers = {"Cache-Control": "public, max-age=3600"}
        return HttpResponse(_document(form), content_type=_MEDIA[form], headers=headers)


_MEDIA = {"json": OpenApiJsonRenderer.media_type, "yaml": OpenApiYamlRenderer.media_type}


@functools.cache
def _document(form: str) -> bytes:
    """Made once: nothing in it changes while the site runs."""
    made = SchemaGenerator().get_schema(request=None, public=True)
    if form == "yaml":
        return OpenApiYamlRenderer().render(made)
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()


@public_page
def docs(request: HttpRequest) -> HttpResponse:
    """The operations to look at and to try, by Swagger UI from our own server; without script, where to read instead.

    Not drf-spectacular's own view: its page has a style in it, which our policy refuses, and its script a CSRF token,
    which would set a cookie on a public page.
    """
    resources = [(name, reverse(f"api:{name}")) for name in LISTS]
    context = {"schema": reverse("api:schema"), "resources": resources, "site_name": settings.SITE_NAME}
    return render(request, "site/api_docs.html", context)
