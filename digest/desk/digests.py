"""Digests: the list with coverage, the page with its entries, and publishing with a look at what is missing."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.roles import may_publish
from digest.desk.cards import stale_languages
from digest.desk.digest_forms import MoveForm, PublishForm
from digest.desk.filters import STATUS_LABELS, DigestStatus, DigestYear
from digest.desk.pages import DeskPages
from digest.desk.verbs import attempt, described
from digest.editing.arranging import add_digest, arrange_entries, move_digest
from digest.editing.errors import Unacknowledged
from digest.editing.publishing import publish_digest, readiness, unpublish_digest
from digest.models import Digest, Entry, Event, Note
from digest.text.languages import LANGUAGES


@admin.register(Digest)
class DigestAdmin(DeskPages, admin.ModelAdmin):
    """The date is set on adding; everything after that is a verb. A digest is never deleted."""

    fields = ["date"]
    list_display = ["date", "status", "entry_count", "korean", "english"]
    list_filter = [DigestStatus, DigestYear]
    search_fields = ["date"]
    ordering = ["-date"]
    show_full_result_count = False
    actions = ["publish_digests", "unpublish_digests"]
    change_form_template = "admin/digest/digest/change_form.html"

    def has_delete_permission(self, request: HttpRequest, obj: Digest | None = None) -> bool:
        return False

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return may_publish(request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Digest | None = None) -> list[str]:
        return ["date", "status", "publish_at", "unpublish_at"] if obj else []

    def get_fields(self, request: HttpRequest, obj: Digest | None = None) -> list[str]:
        return ["date", "status", "publish_at", "unpublish_at"] if obj else ["date"]

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

    @admin.display(description=_("status"))
    def status(self, obj: Digest) -> str:
        return STATUS_LABELS[obj.status]

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

    def save_model(self, request: HttpRequest, obj: Digest, form: Any, change: bool) -> None:
        """A new digest, by its verb; of a known one no field is saved here."""
        if not change:
            obj.pk = add_digest(date=obj.date, by=request.user).pk

    # -- pages ------------------------------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/publish/", wrap(self.publish_view), name="digest_digest_publish"),
            path("<int:pk>/unpublish/", wrap(self.unpublish_view), name="digest_digest_unpublish"),
            path("<int:pk>/move/", wrap(self.move_view), name="digest_digest_move"),
            path("<int:pk>/order/", wrap(self.order_view), name="digest_digest_order"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], obj: Digest | None = None, **kwargs: Any
    ) -> HttpResponse:
        if obj is not None and obj.pk:
            context |= {
                "rows": _rows(obj),
                "may_publish": may_publish(request.user),
                "may_arrange": self.has_change_permission(request, obj),
                "may_add_entry": request.user.has_perm("digest.add_entry"),
                # Nothing of a digest is a field to save: its buttons are its verbs.
                "show_save": False,
                "show_save_and_continue": False,
                "show_save_and_add_another": False,
            }
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What would be published and what is missing; then, by POST, publish or schedule."""
        digest = self.object_or_404(request, pk)
        if not may_publish(request.user):
            raise PermissionDenied
        form = PublishForm(request.POST or None, digest=digest)
        if request.method == "POST" and form.is_valid() and self._publish(request, digest, form):
            return self._to_digest(pk)
        context = self.page_context(request, digest, _("Publish")) | {
            "form": form,
            "ready": readiness(digest),
        }
        return TemplateResponse(request, "admin/digest/digest/publish.html", context)

    def _publish(self, request: HttpRequest, digest: Digest, form: PublishForm) -> bool:
        try:
            published = publish_digest(digest=digest, by=request.user, **form.arguments())
        except Unacknowledged:
            form.add_error("acknowledge", _("Tick this to publish although something is missing."))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Scheduled.") if published.status == "scheduled" else _("Published."))
            return True
        return False

    def unpublish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask, then take the digest away from readers."""
        digest = self.object_or_404(request, pk)
        if not may_publish(request.user):
            raise PermissionDenied
        if request.method == "POST":
            attempt(request, partial(unpublish_digest, digest=digest, by=request.user), _("Unpublished."))
            return self._to_digest(pk)
        context = self.page_context(request, digest, _("Unpublish"))
        return TemplateResponse(request, "admin/digest/digest/unpublish.html", context)

    def move_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Another date. For a published digest that changes a public address, so it takes a publisher."""
        digest = self.object_or_404(request, pk)
        if not self.has_change_permission(request, digest) or (
            digest.publish_at and not may_publish(request.user)
        ):
            raise PermissionDenied
        form = MoveForm(request.POST or None, initial={"date": digest.date})
        if request.method == "POST" and form.is_valid():
            fresh = Digest.objects.get(pk=pk)
            try:
                move_digest(digest=fresh, date=form.cleaned_data["date"], by=request.user)
            except ValidationError as error:
                form.add_error("date", error.messages)
            else:
                messages.success(request, _("Moved."))
                return self._to_digest(pk)
        context = self.page_context(request, digest, _("Move to another date")) | {"form": form}
        return TemplateResponse(request, "admin/digest/digest/move.html", context)

    @method_decorator(require_POST)
    def order_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Order the entries by the numbers typed; equal numbers keep their present order."""
        digest = self.object_or_404(request, pk)
        if not self.has_change_permission(request, digest):
            raise PermissionDenied
        entries = list(digest.entries.alive().order_by("position", "pk"))
        typed = {entry.pk: request.POST.get(f"position_{entry.pk}", "") for entry in entries}
        if not all(text.isascii() and text.isdecimal() and len(text) < 6 for text in typed.values()):
            messages.error(request, _("Give every entry a number; the page may be out of date."))
            return self._to_digest(pk)
        entries.sort(key=lambda entry: int(typed[entry.pk]))
        attempt(request, partial(arrange_entries, digest, entries, by=request.user), _("Order saved."))
        return self._to_digest(pk)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every verb on the digest, newest first."""
        digest = self.object_or_404(request, object_id)
        events = Event.objects.filter(object_type="digest", object_id=digest.pk)
        context = self.page_context(request, digest, _("History")) | {"events": described(events)}
        return TemplateResponse(request, "admin/digest/entry/events.html", context)

    def _to_digest(self, pk: int) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:digest_digest_change", args=[pk]))


def _count(rows: QuerySet, group: str) -> Subquery:
    counted = rows.order_by().values(group).annotate(total=Count("pk")).values("total")
    return Subquery(counted, output_field=IntegerField())


def _rows(digest: Digest) -> list[dict[str, Any]]:
    """The digest's entries for its page, in order, in four queries."""
    rows = []
    entries = digest.entries.alive().select_related("paper").order_by("position", "pk")
    for entry in entries.prefetch_related("notes__live", "tagged_entries__tag"):
        notes = {note.language: note for note in entry.notes.all() if note.rev}
        stale = stale_languages(notes, entry.source_language)
        sides = [(notes.get(language), language in stale) for language in LANGUAGES]
        tags = " ".join(
            f"#{row.tag.name}" for row in sorted(entry.tagged_entries.all(), key=lambda row: row.pk)
        )
        rows.append({"entry": entry, "sides": sides, "tags": tags})
    return rows
