"""What the desk's own pages have in common: the context of a page, the object, the method."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest


def whole_number(text: str | None) -> int:
    """A number from a form or an address; -1, which no row and no revision has, for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else -1


class DeskPages:
    """For a ModelAdmin with pages of its own. Every one asks for the right to see the object first."""

    def object_or_404(self, request: HttpRequest, pk: int | str) -> Any:
        """The object, if the user may see it: PermissionDenied before 404, so that nothing tells what exists."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = self.get_object(request, str(pk))
        if found is None:
            raise Http404
        return found

    def page_context(self, request: HttpRequest, found: Model | None, title: Any) -> dict[str, Any]:
        """What admin/base_site.html and the breadcrumbs need."""
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "original": found,
            "object": found,
            "media": self.media,
        }
