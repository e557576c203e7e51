"""Lists and single resources: the place in a list, the sparse fields, and what notes need to become HTML."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer, URLField

from digest.reading.api_rows import Place
from digest.reading.entries import PublicEntry
from digest.reading.mentions import titled_papers
from digest.site.api.base import ApiView
from digest.site.api.links import paper_pages
from digest.site.api.parameters import USUAL_PAGE


def page_of(item: type[Serializer]) -> type[Serializer]:
    """The envelope of a list of ``item``."""
    members = {
        "__doc__": "A page of a list; ``next`` is the address of the following one, or null.",
        "results": item(many=True),
        "next": URLField(allow_null=True),
    }
    name = item.__name__.removesuffix("Serializer").removesuffix("InList")
    return type(f"{name}PageSerializer", (Serializer,), members)


def titles_of(entries: Iterable[PublicEntry]) -> dict[str, Any]:
    """Where ``[[Title]]`` in these notes leads: whole addresses, as the HTML is read anywhere. One query at most."""
    found = titled_papers(entries)
    return {"titles": {key: paper_pages(paper)["both"] for key, paper in found.items()}}


class ListView(ApiView):
    """A list in pages. Subclasses say what is ``found``, one row more than the page, and the ``cursor_of`` a row."""

    item: type[Serializer]
    descending = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.shape = page_of(cls.item)

    def found(self, rows: Any, given: dict[str, Any], place: Place) -> list[Any]:
        raise NotImplementedError

    def cursor_of(self, row: Any) -> str:
        raise NotImplementedError

    def context(self, rows: Sequence[Any]) -> dict[str, Any]:
        return {}

    def get(self, request: Request) -> Response:
        filters = self.asked(request)
        given = filters.form.cleaned_data
        descending = self.descending and given.get("ordering") != "oldest"
        place = Place(given["cursor"], given["page_size"] or USUAL_PAGE, descending)
        found = self.found(filters.qs, given, place)
        shown = found[: place.size]
        results = self.item(shown, many=True, only=given["fields"], context=self.context(shown)).data
        following = None
        if len(found) > len(shown):
            query = request.query_params.dict() | {"cursor": self.cursor_of(shown[-1])}
            following = f"{settings.SITE_URL}{request.path}?{urlencode(query)}"
        return Response({"results": results, "next": following})


class OneView(ApiView):
    """A resource by its key. ``one`` gives its row, or None for a hidden one as for one that never was."""

    def one(self, **key: Any) -> Any:
        raise NotImplementedError

    def context(self, rows: Sequence[Any]) -> dict[str, Any]:
        return {}

    def get(self, request: Request, **key: Any) -> HttpResponse:
        given = self.asked(request).form.cleaned_data
        row = self.one(**key)
        if row is None:
            raise Http404
        return Response(self.shape(row, only=given["fields"], context=self.context([row])).data)
