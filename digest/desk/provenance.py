"""Where imported text came from: conflicts to decide, doubtful places to look at, runs, files and events to read."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from digest.desk.filters import Unresolved
from digest.desk.pages import DeskPages
from digest.desk.verbs import attempt
from digest.editing.conflicts import present_text, resolve_conflict, resolve_flag
from digest.models import Event, ImportConflict, ImportFlag, ImportRun, SourceFile
from digest.text.compare import merge_paragraphs, word_diff
from digest.text.languages import LANGUAGES


class ReadOnlyAdmin(DeskPages, admin.ModelAdmin):
    """Rows that only commands and verbs write."""

    show_full_result_count = False
    actions: list[str] = []

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ImportConflict)
class ImportConflictAdmin(ReadOnlyAdmin):
    list_display = ["entry", "field", "source_file", "line", "opened_at", "resolution"]
    list_filter = [Unresolved, "field"]
    list_select_related = ["entry__digest", "entry__paper", "source_file"]
    ordering = ["-opened_at", "-pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportConflict]:
        return super().get_queryset(request).select_related("entry__digest", "entry__paper", "source_file")

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        resolve = path("<int:pk>/resolve/", wrap(self.resolve_view), name="digest_importconflict_resolve")
        return [resolve, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The three texts, what each side changed, and the three ways out."""
        return self._page(request, self.object_or_404(request, object_id))

    def _page(self, request: HttpRequest, conflict: ImportConflict, typed: str | None = None) -> HttpResponse:
        ours = conflict.ours if conflict.resolved_at else present_text(conflict)
        merged = (
            merge_paragraphs(conflict.base, ours, conflict.incoming) if conflict.field in LANGUAGES else None
        )
        context = self.page_context(request, conflict, _("Import conflict")) | {
            "conflict": conflict,
            "language": conflict.field if conflict.field in LANGUAGES else None,
            "ours": ours,
            "merged": typed if typed is not None else (merged or ours),
            "merges": merged is not None,
            "our_diff": word_diff(conflict.base, ours),
            "their_diff": word_diff(conflict.base, conflict.incoming),
            "may_resolve": conflict.resolved_at is None
            and request.user.has_perm("digest.change_importconflict"),
        }
        return TemplateResponse(request, "admin/digest/importconflict/resolve.html", context)

    @method_decorator(require_POST)
    def resolve_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Carry out the button pressed. Refused: the page again, with the text that was typed."""
        conflict = self.object_or_404(request, pk)
        text = request.POST.get("text", "")
        done = attempt(
            request,
            partial(
                resolve_conflict,
                conflict=conflict,
                by=request.user,
                resolution=request.POST.get("resolution", ""),
                text=text,
                seen=request.POST.get("seen", ""),
            ),
            _("Resolved."),
        )
        if not done:
            return self._page(request, conflict, typed=text)
        return HttpResponseRedirect(reverse("admin:digest_importconflict_changelist"))


@admin.register(ImportFlag)
class ImportFlagAdmin(ReadOnlyAdmin):
    list_display = ["source_file", "line", "reason", "resolved_at"]
    list_filter = [Unresolved]
    list_select_related = ["source_file"]
    ordering = ["-pk"]
    actions = ["resolve_flags"]

    def has_resolve_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("digest.change_importflag")

    @admin.action(description=_("Mark as resolved"), permissions=["resolve"])
    def resolve_flags(self, request: HttpRequest, queryset: QuerySet[ImportFlag]) -> None:
        for flag in queryset.select_related("source_file"):
            attempt(request, partial(resolve_flag, flag=flag, by=request.user), _("Resolved."), str(flag))


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = ["started_at", "finished_at", "by", "as_draft", "counts"]
    list_select_related = ["by"]
    fields = ["started_at", "finished_at", "by", "as_draft", "counts"]


@admin.register(SourceFile)
class SourceFileAdmin(ReadOnlyAdmin):
    list_display = ["name", "digest", "run"]
    list_select_related = ["digest", "run"]
    search_fields = ["name"]
    ordering = ["name"]
    fields = ["name", "sha256", "digest", "run", "text"]
    readonly_fields = ["text"]

    @admin.display(description=_("content"))
    def text(self, obj: SourceFile) -> str:
        return bytes(obj.content).decode("utf-8", errors="replace")


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ["at", "actor", "verb", "object_type", "object_label"]
    list_filter = ["verb", "object_type"]
    list_select_related = ["actor"]
    search_fields = ["object_label"]
    fields = ["at", "actor", "verb", "object_type", "object_label", "revision", "detail"]
