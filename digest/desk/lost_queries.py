"""What readers searched for and did not find: a list to write, tag or add search terms by."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from digest.editing.lost_queries import forget, take_in
from digest.models import LostQuery


@admin.register(LostQuery)
class LostQueryAdmin(admin.ModelAdmin):
    list_display = ["text", "count", "last_day"]
    list_display_links = None
    search_fields = ["text"]
    ordering = ["-count", "-last_day", "text"]
    show_full_result_count = False
    list_per_page = 100
    view_on_site = False
    change_list_template = "admin/digest/lostquery/change_list.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: LostQuery) -> None:
        forget(queries=[obj], by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[LostQuery]) -> None:
        forget(queries=list(queryset), by=request.user)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.take_in_view)
        return [path("take-in/", view, name="digest_lostquery_take_in"), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        kept = bool(settings.NARANHI_LOST_QUERIES)
        more = {
            "title": _("Searches without result"),
            "kept": kept,
            "may_take_in": kept and request.user.has_perm("digest.change_lostquery"),
        }
        return super().changelist_view(request, (extra_context or {}) | more)

    @method_decorator(require_POST)
    def take_in_view(self, request: HttpRequest) -> HttpResponse:
        """Count what the public site has written down since the last time."""
        if not request.user.has_perm("digest.change_lostquery"):
            raise PermissionDenied
        found = take_in(by=request.user)
        said = ngettext("%(n)d search taken in.", "%(n)d searches taken in.", found) % {"n": found}
        messages.success(request, said)
        return HttpResponseRedirect(reverse("admin:digest_lostquery_changelist"))
