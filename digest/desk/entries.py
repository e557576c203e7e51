"""Entries: the list, the two-language form, adding, deleting and bringing back."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from digest.desk.cards import conflicts, note_cards
from digest.desk.entry_form import EntryForm
from digest.desk.entry_list import EntryListMixin
from digest.desk.entry_pages import NotePages
from digest.desk.saving import Refusals, save_changes, save_new
from digest.desk.verbs import attempt, described
from digest.editing.arranging import delete_entry, undelete_entry
from digest.models import Entry, Event, Note


@admin.register(Entry)
class EntryAdmin(EntryListMixin, NotePages, admin.ModelAdmin):
    """Shows forms and calls verbs; every rule of who may do what is theirs."""

    form = EntryForm
    autocomplete_fields = ["digest", "paper"]
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
        form = type("EntryForm", (form,), {"request": request, "problems": problems})
        for name in ("digest", "paper"):
            if name in form.base_fields:
                form.base_fields[name].widget.can_delete_related = False
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: Entry | None = None) -> list[str]:
        return ["place", "paper_page", "byline", "abstract", "source", "tag_list", "ko_text", "en_text"]

    def get_fieldsets(
        self, request: HttpRequest, obj: Entry | None = None
    ) -> list[tuple[Any, dict[str, Any]]]:
        """Fields where the user may write, plain text where not."""
        form = self._blank_form(request, obj)
        has = form.fields.keys()
        pair = [name for language in ("ko", "en") for name in _note_fields(language, language in has, obj)]
        notes = (_("Notes"), {"fields": pair, "classes": ["pair"]})
        if obj is None:
            new = [name for name in ("new_title", "new_authors", "new_abstract") if name in has]
            sets = [(None, {"fields": ["digest", "paper"]})]
            sets += [(_("or a new paper"), {"fields": new, "classes": ["collapse"]})] if new else []
            return [*sets, notes, (None, {"fields": ["source_language", "tag_names"]})]
        own = "paper" in has
        about = ["place", "paper" if own else "paper_page", "byline", "abstract"]
        kept = ["source_language", "tag_names"] if own else ["source", "tag_list"]
        return [notes, (None, {"fields": kept}), (_("Paper"), {"fields": about})]

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
        shown = conflicts(request.desk_problems)
        context = {**(extra_context or {}), "conflicts": shown}
        response = super().changeform_view(request, object_id, form_url, context)
        response.status_code = 409 if shown else response.status_code
        return response

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], obj: Entry | None = None, **kwargs: Any
    ) -> HttpResponse:
        if obj is not None and obj.pk:
            entry = self.get_object(request, str(obj.pk))  # as stored, not as typed
            context |= {
                "entry": entry,
                "cards": note_cards(entry, request.user),
                "may_delete": super().has_delete_permission(request, entry),
            }
            context["show_delete"] = False
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def save_model(self, request: HttpRequest, obj: Entry, form: EntryForm, change: bool) -> None:
        """Nothing is saved from here: the verbs write, or refuse."""
        if change:
            save_changes(form, request.user)
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

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        delete_entry(entry=obj, by=request.user)

    # -- what the form shows as plain text --------------------------------------------------------------

    @admin.display(description=_("place"))
    def place(self, obj: Entry) -> str:
        url = reverse("admin:digest_digest_change", args=[obj.digest_id])
        return format_html('<a href="{}">{}</a> · {}', url, obj.digest, obj.position)

    @admin.display(description=_("paper"))
    def paper_page(self, obj: Entry) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:papers_paper_change", args=[obj.paper_id]), obj.paper.title
        )

    @admin.display(description=_("authors"), empty_value="-")
    def byline(self, obj: Entry) -> str:
        return ", ".join(row.printed_name for row in obj.paper.authorships.order_by("position")) or "-"

    @admin.display(description=_("abstract"))
    def abstract(self, obj: Entry) -> str:
        if not obj.paper.abstract:
            return "-"
        return format_html("<details><summary>{}</summary><p>{}</p></details>", _("Show"), obj.paper.abstract)

    @admin.display(description=_("source language"))
    def source(self, obj: Entry) -> str:
        return obj.get_source_language_display()

    @admin.display(description=_("tags"))
    def tag_list(self, obj: Entry) -> str:
        rows = obj.tagged_entries.select_related("tag").order_by("pk")
        return " ".join(f"#{row.tag.name}" for row in rows) or "-"

    @admin.display(description="한국어")
    def ko_text(self, obj: Entry) -> str:
        return _plain_text(obj, "ko")

    @admin.display(description="English")
    def en_text(self, obj: Entry) -> str:
        return _plain_text(obj, "en")

    # -- other pages ------------------------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [path("<int:pk>/undelete/", wrap(self.undelete_view), name="digest_entry_undelete")]
        return [*own, *self.note_urls(), *super().get_urls()]

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


def _note_fields(language: str, editable: bool, obj: Entry | None) -> list[str]:
    if editable:
        return [language] if obj is None else [language, f"{language}_minor"]
    return [] if obj is None else [f"{language}_text"]


def _plain_text(entry: Entry, language: str) -> str:
    note = Note.objects.filter(entry=entry, language=language).first()
    if note is None or not note.body:
        return "-"
    paragraphs = format_html_join("", "<p>{}</p>", ((text,) for text in note.body.split("\n") if text))
    return format_html('<div class="desk-text" lang="{}">{}</div>', language, paragraphs)
