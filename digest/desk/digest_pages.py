"""Pages of one digest: publishing, moving, copying out, and all that was done with it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.roles import may_publish
from digest.desk.digest_forms import MoveForm, PublishForm
from digest.desk.moments import in_zones
from digest.desk.pages import DeskPages, whole_number
from digest.desk.verbs import attempt, described
from digest.editing.arranging import move_digest
from digest.editing.errors import Unacknowledged
from digest.editing.exporting import export_digest, export_markdown, export_name
from digest.editing.publishing import publish_digest, readiness, unpublish_digest
from digest.models import Digest, Event, Note

EVENTS_PER_PAGE = 100


class DigestPages(DeskPages):
    """Mixed into the digest's admin."""

    def page_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/publish/", wrap(self.publish_view), name="digest_digest_publish"),
            path("<int:pk>/unpublish/", wrap(self.unpublish_view), name="digest_digest_unpublish"),
            path("<int:pk>/move/", wrap(self.move_view), name="digest_digest_move"),
            path("<int:pk>/copy/", wrap(self.copy_view), name="digest_digest_copy"),
        ]

    def to_digest(self, pk: int) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:digest_digest_change", args=[pk]))

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What would be published and what is missing; then, by POST, publish or schedule."""
        digest = self.object_or_404(request, pk)
        if not may_publish(request.user):
            raise PermissionDenied
        ready = readiness(digest)
        form = PublishForm(request.POST or None, digest=digest, ready=ready, user=request.user)
        if request.method == "POST" and form.is_valid() and self._publish(request, digest, form):
            return self.to_digest(pk)
        context = self.page_context(request, digest, _("Publish")) | {
            "form": form,
            "ready": ready,
            "window": window_of(digest, request),
        }
        return TemplateResponse(request, "admin/digest/digest/publish.html", context)

    def _publish(self, request: HttpRequest, digest: Digest, form: PublishForm) -> bool:
        try:
            published = publish_digest(digest=digest, by=request.user, **form.arguments())
        except Unacknowledged:
            form.ask_again()
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            moment = in_zones(published.publish_at, request.user)
            done = (
                _("Scheduled for %(moment)s.")
                if published.status == "scheduled"
                else _("Published: %(moment)s.")
            )
            messages.success(request, done % {"moment": moment})
            return True
        return False

    def unpublish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask, then take the digest away from readers, or cancel its schedule."""
        digest = self.object_or_404(request, pk)
        if not may_publish(request.user):
            raise PermissionDenied
        scheduled = digest.status == "scheduled"
        if request.method == "POST":
            done = _("The schedule is cancelled.") if scheduled else _("Unpublished.")
            attempt(request, partial(unpublish_digest, digest=digest, by=request.user), done)
            return self.to_digest(pk)
        title = _("Cancel the schedule") if scheduled else _("Unpublish")
        context = self.page_context(request, digest, title) | {"window": window_of(digest, request)}
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
                return self.to_digest(pk)
        context = self.page_context(request, digest, _("Move to another date")) | {"form": form}
        return TemplateResponse(request, "admin/digest/digest/move.html", context)

    @method_decorator(require_safe)
    def copy_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The digest as text to take along: seed or Markdown, what readers see or the working copies.

        Without a choice what readers see, if they see the digest.
        """
        digest = self.object_or_404(request, pk)
        public = digest.status == "live"
        live = public and request.GET.get("text") != "working"
        kind = "markdown" if request.GET.get("as") == "markdown" else "seed"
        text, problem = _copied(digest, kind, live=live)
        if "download" in request.GET and not problem:
            return _download(digest, kind, text)
        context = self.page_context(request, digest, _("Copy out")) | {
            "kind": kind,
            "live": live,
            "public": public,
            "text": text.removeprefix("\ufeff"),
            "problem": problem,
        }
        return TemplateResponse(request, "admin/digest/digest/copy.html", context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every verb on the digest, its entries and their notes, newest first, a page at a time."""
        digest = self.object_or_404(request, object_id)
        events = _events_of(digest)
        before = whole_number(request.GET.get("before"))
        if before > 0:
            events = events.filter(pk__lt=before)
        rows = described(events[: EVENTS_PER_PAGE + 1])
        shown = rows[:EVENTS_PER_PAGE]
        context = self.page_context(request, digest, _("History")) | {
            "events": [(event, in_zones(event.at, request.user)) for event in shown],
            "older": shown[-1].pk if len(rows) > EVENTS_PER_PAGE else None,
        }
        return TemplateResponse(request, "admin/digest/digest/history.html", context)


def window_of(digest: Digest, request: HttpRequest) -> list[str]:
    """When the digest opens and, if it does, ends: each as in_zones."""
    return [in_zones(at, request.user) for at in (digest.publish_at, digest.unpublish_at) if at]


def _copied(digest: Digest, kind: str, *, live: bool) -> tuple[str, str]:
    """The text, or why there is none."""
    try:
        if kind == "markdown":
            return export_markdown(digest, live=live), ""
        return export_digest(digest, live=live).decode(), ""
    except ValueError as error:
        return "", str(error)


def _download(digest: Digest, kind: str, text: str) -> HttpResponse:
    if kind == "markdown":
        name, content_type = f"{digest}.md", "text/markdown; charset=utf-8"
    else:
        name, content_type = export_name(digest).rpartition("/")[2], "text/plain; charset=utf-8"
    response = HttpResponse(text, content_type=content_type)
    # As a file response does it: a name may hold anything an upload was called.
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _events_of(digest: Digest) -> QuerySet[Event]:
    entries = list(digest.entries.values_list("pk", flat=True))
    notes = list(Note.objects.filter(entry__in=entries).values_list("pk", flat=True))
    return Event.objects.filter(
        Q(object_type="digest", object_id=digest.pk)
        | Q(object_type="entry", object_id__in=entries)
        | Q(object_type="note", object_id__in=notes)
    )
