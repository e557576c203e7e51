"""Entries: the list, the two-language form, adding, deleting and bringing back."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from digest.desk.autosave import DraftPages, taken_drafts, unsaved_drafts
from digest.desk.cards import conflicts, draft_conflicts
from digest.desk.editor import editor_context
from digest.desk.entry_form import EntryForm
from digest.desk.entry_list import EntryListMixin
from digest.desk.entry_pages import NotePages
from digest.desk.findings import FindingPages
from digest.desk.live import LivePages
from digest.desk.onward import after_save
from digest.desk.saving import Refusals, save_changes, save_new
from digest.desk.talk import TalkPages
from digest.desk.verbs import attempt, described
from digest.editing.arranging import delete_entry, undelete_entry
from digest.models import Entry, Event
from digest.text.languages import LANGUAGES


@admin.register(Entry)
class EntryAdmin(EntryListMixin, NotePages, DraftPages, TalkPages, LivePages, FindingPages, admin.ModelAdmin):
    """Shows forms and calls verbs; every rule of who may do what is theirs."""

    form = EntryForm
    autocomplete_fields = ["digest", "paper"]
    add_form_template = "admin/digest/entry/add_form.html"
    change_form_template = "admin/digest/entry/change_form.html"
    delete_confirmation_template = "admin/digest/entry/delete_entry.html"
    view_on_site = False

    # -- who may open what ------------------------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        """Also writers of notes without the right to the entry itself: the form gives them their language only."""
        return super().has_change_permission(request, obj) or request.user.has_perm("digest.write_note")

    # -- the form ---------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        return super().get_queryset(request).select_related("digest", "paper")

    def get_form(
        self, request: HttpRequest, obj: Entry | None = None, change: bool = False, **kwargs: Any
    ) -> type:
        form = super().get_form(request, obj, change=change, **kwargs)
        problems = getattr(request, "desk_problems", {})
        drafts = taken_drafts(request, obj)
        form = type("EntryForm", (form,), {"request": request, "problems": problems, "drafts": drafts})
        for name in ("digest", "paper"):
            if name in form.base_fields:
                form.base_fields[name].widget.can_delete_related = False
        return form

    def get_fieldsets(
        self, request: HttpRequest, obj: Entry | None = None
    ) -> list[tuple[Any, dict[str, Any]]]:
        """The fields that the user may write; the editor sets them in its own layout."""
        has = self._blank_form(request, obj).fields.keys()
        if obj is not None:
            fields = ["source_language", "paper", "tag_names", "ko", "ko_minor", "en", "en_minor"]
            return [(None, {"fields": [name for name in fields if name in has]})]
        notes = (_("Notes"), {"fields": [name for name in LANGUAGES if name in has], "classes": ["pair"]})
        new = [name for name in ("new_title", "new_authors", "new_abstract") if name in has]
        sets = [(None, {"fields": ["digest", "paper"]})]
        sets += [(_("or a new paper"), {"fields": new, "classes": ["collapse"]})] if new else []
        return [*sets, notes, (None, {"fields": ["source_language", "tag_names"]})]

    def _blank_form(self, request: HttpRequest, obj: Entry | None) -> EntryForm:
        class Blank(EntryForm):
            pass

        Blank.request = request
        form = Blank(instance=obj)
        if obj is not None and not self.has_change_permission(request, obj):
            form.fields.clear()
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Django's view; a save that the verbs refuse is rolled back whole and comes back with all that was typed."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refusals as refusals:
            request.desk_problems = refusals.by_field
        response = super().changeform_view(request, object_id, form_url, extra_context)
        response.status_code = 409 if conflicts(request.desk_problems) else response.status_code
        return response

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], obj: Entry | None = None, **kwargs: Any
    ) -> HttpResponse:
        if obj is not None and obj.pk:
            entry = self.get_object(request, str(obj.pk))  # as stored, not as typed
            form = context["adminform"].form
            context |= {
                "entry": entry,
                "drafts": [] if form.is_bound else unsaved_drafts(entry, request.user, but=form.drafts),
                "conflicts": conflicts(form.problems) + draft_conflicts(form.drafts, form.notes),
                "may_delete": super().has_delete_permission(request, entry),
                # The two texts take the width.
                "is_nav_sidebar_enabled": False,
                **editor_context(request, entry, form, may_save=self.has_change_permission(request, entry)),
            }
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def save_model(self, request: HttpRequest, obj: Entry, form: EntryForm, change: bool) -> None:
        """Nothing is saved from here: the verbs write, or refuse."""
        if change:
            request.desk_saved = save_changes(form, request.user)
        else:
            obj.pk = save_new(form, request.user).pk
            obj.refresh_from_db()
        for name in form.foreign_texts():
            messages.warning(
                request,
                _("You may not write the %(language)s note; it was left as it is.") % {"language": name},
            )

    def save_related(self, request: HttpRequest, form: EntryForm, formsets: Any, change: bool) -> None:
        """No related rows: notes and tags went through their verbs."""

    def response_change(self, request: HttpRequest, obj: Entry) -> HttpResponse:
        """Stay, or go on to the next entry; the verb of the main button comes before that."""
        if IS_POPUP_VAR in request.POST:
            return super().response_change(request, obj)
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(after_save(request, obj, request.desk_saved))

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        delete_entry(entry=obj, by=request.user)

    # -- other pages ------------------------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [path("<int:pk>/undelete/", wrap(self.undelete_view), name="digest_entry_undelete")]
        return [
            *own,
            *self.note_urls(),
            *self.draft_urls(),
            *self.talk_urls(),
            *self.live_urls(),
            *self.finding_urls(),
            *super().get_urls(),
        ]

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Its own confirmation: the entry goes, its texts stay and it can be brought back."""
        entry = self.object_or_404(request, object_id)
        if not super().has_delete_permission(request, entry):
            raise PermissionDenied
        if request.method == "POST":
            attempt(
                request,
                partial(delete_entry, entry=entry, by=request.user),
                _("Deleted. It can be brought back."),
            )
            return HttpResponseRedirect(reverse("admin:digest_entry_change", args=[entry.pk]))
        context = self.page_context(request, entry, _("Delete"))
        return TemplateResponse(request, self.delete_confirmation_template, context)

    @method_decorator(require_POST)
    def undelete_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Bring a deleted entry back (POST)."""
        entry = self.object_or_404(request, pk)
        if not super().has_delete_permission(request, entry):
            raise PermissionDenied
        attempt(request, partial(undelete_entry, entry=entry, by=request.user), _("Brought back."))
        return HttpResponseRedirect(reverse("admin:digest_entry_change", args=[pk]))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every verb on the entry and its notes, newest first."""
        entry = self.object_or_404(request, object_id)
        notes = list(entry.notes.values_list("pk", flat=True))
        events = Event.objects.filter(object_type="entry", object_id=entry.pk)
        events |= Event.objects.filter(object_type="note", object_id__in=notes)
        context = self.page_context(request, entry, _("History"))
        context["events"] = described(events)
        return TemplateResponse(request, "admin/digest/entry/events.html", context)
