"""Digests: the list with coverage, the start of a new one, and its page. The verbs' pages are digest_pages.py."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.roles import may_publish
from digest.desk.digest_entries import EntryPages, digest_rows
from digest.desk.filters import STATUS_LABELS, DigestStatus, DigestYear
from digest.desk.moments import in_zones
from digest.desk.verbs import attempt
from digest.editing.arranging import add_digest
from digest.editing.composing import may_compose
from digest.editing.publishing import publish_digest, unpublish_digest
from digest.models import Digest, Entry, Note
from digest.text.languages import LANGUAGES


@admin.register(Digest)
class DigestAdmin(EntryPages, admin.ModelAdmin):
    """The date is set on adding; everything after that is a verb. A digest is never deleted."""

    list_display = ["date", "status", "entry_count", "korean", "english"]
    list_filter = [DigestStatus, DigestYear]
    search_fields = ["date"]
    ordering = ["-date"]
    show_full_result_count = False
    actions = ["publish_digests", "unpublish_digests"]
    change_list_template = "admin/digest/digest/change_list.html"
    add_form_template = "admin/digest/digest/add_form.html"
    change_form_template = "admin/digest/digest/change_form.html"

    def has_delete_permission(self, request: HttpRequest, obj: Digest | None = None) -> bool:
        return False

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return may_publish(request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Digest | None = None) -> list[str]:
        return ["date", "status"] if obj else []

    def get_fields(self, request: HttpRequest, obj: Digest | None = None) -> list[str]:
        return ["date", "status"] if obj else ["date"]

    def get_view_on_site_url(self, obj: Digest | None = None) -> str | None:
        """Only for what readers can open."""
        return obj.get_absolute_url() if obj is not None and obj.status == "live" else None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Digest]:
        """With the number of entries, and of written notes in each language, counted in the same query."""
        entries = Entry.objects.alive().filter(digest=OuterRef("pk"))
        counts = {"entry_total": _count(entries, "digest")}
        for language in LANGUAGES:
            notes = Note.objects.filter(
                entry__digest=OuterRef("pk"), entry__deleted_at__isnull=True, rev__gt=0, language=language
            )
            counts[f"{language}_total"] = _count(notes, "entry__digest")
        return super().get_queryset(request).annotate(**counts)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Digest | None:
        """With the editor who looks, in whose time zone moments are shown."""
        found = super().get_object(request, object_id, from_field)
        if found is not None:
            found.viewer = request.user
        return found

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(
            request, {**(extra_context or {}), "may_compose": may_compose(request.user)}
        )

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        changelist.result_list = list(changelist.result_list)
        for row in changelist.result_list:
            row.viewer = request.user
        return changelist

    @admin.display(description=_("status"))
    def status(self, obj: Digest) -> str:
        """In words, with the moments, where the site lives and where the editor does."""
        parts = [str(STATUS_LABELS[obj.status])]
        for words, moment in (
            (_("from %(moment)s"), obj.publish_at),
            (_("until %(moment)s"), obj.unpublish_at),
        ):
            if moment:
                parts.append(words % {"moment": in_zones(moment, obj.viewer)})
        return format_html('<span class="desk-moments">{}</span>', " — ".join(parts))

    @admin.display(description=_("entries"))
    def entry_count(self, obj: Digest) -> int:
        return obj.entry_total or 0

    @admin.display(description="한국어")
    def korean(self, obj: Digest) -> str:
        return f"{obj.ko_total or 0}/{obj.entry_total or 0}"

    @admin.display(description="English")
    def english(self, obj: Digest) -> str:
        return f"{obj.en_total or 0}/{obj.entry_total or 0}"

    @admin.action(description=_("Publish now, where nothing is missing"), permissions=["publish"])
    def publish_digests(self, request: HttpRequest, queryset: QuerySet[Digest]) -> None:
        """Through the verb, without acknowledging gaps: a digest with gaps has its own page for that."""
        for digest in queryset:
            if digest.status == "live":
                messages.warning(request, _("%(date)s: published already.") % {"date": digest})
                continue
            attempt(
                request, partial(publish_digest, digest=digest, by=request.user), _("Published."), str(digest)
            )

    @admin.action(description=_("Unpublish"), permissions=["publish"])
    def unpublish_digests(self, request: HttpRequest, queryset: QuerySet[Digest]) -> None:
        for digest in queryset:
            attempt(
                request,
                partial(unpublish_digest, digest=digest, by=request.user),
                _("Unpublished."),
                str(digest),
            )

    # -- a new digest, and the page of one --------------------------------------------------------------

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Today, where the site lives."""
        today = timezone.localdate(timezone=timezone.get_default_timezone())
        return {"date": today, **super().get_changeform_initial_data(request)}

    def save_model(self, request: HttpRequest, obj: Digest, form: Any, change: bool) -> None:
        """A new digest, by its verb; of a known one no field is saved here."""
        if not change:
            obj.pk = add_digest(date=obj.date, by=request.user).pk

    def response_add(
        self, request: HttpRequest, obj: Digest, post_url_continue: str | None = None
    ) -> HttpResponse:
        """On to the digest's page, which shows the ways to fill it."""
        messages.success(request, _("The digest is there. Add its entries."))
        return self.to_digest(obj.pk)

    def get_urls(self) -> list[Any]:
        return [*self.page_urls(), *self.entry_urls(), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], obj: Digest | None = None, **kwargs: Any
    ) -> HttpResponse:
        context |= {
            "may_compose": may_compose(request.user),
            "show_save_and_continue": False,
            "show_save_and_add_another": False,
        }
        if obj is not None and obj.pk:
            rows = digest_rows(obj)
            context |= {
                "rows": rows,
                "order": ",".join(str(row["entry"].pk) for row in rows),
                "may_publish": may_publish(request.user),
                "may_arrange": self.has_change_permission(request, obj),
                "may_add_entry": request.user.has_perm("digest.add_entry"),
                # Nothing of a digest is a field to save: its buttons are its verbs.
                "show_save": False,
                "title": str(obj),
                "subtitle": None,
            }
        return super().render_change_form(request, context, obj=obj, **kwargs)


def _count(rows: QuerySet, group: str) -> Subquery:
    counted = rows.order_by().values(group).annotate(total=Count("pk")).values("total")
    return Subquery(counted, output_field=IntegerField())
