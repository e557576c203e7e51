"""The glossary at the desk: list, form, and the CSV file out and in."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from digest.desk.pages import DeskPages
from digest.desk.verbs import attempt, described
from digest.editing.glossary import (
    delete_term,
    delete_terms,
    find_term,
    forms_of,
    refuse_separator,
    save_term,
)
from digest.editing.glossary_csv import MAX_BYTES, TermImport, add_starter_terms, export_terms, import_terms
from digest.editing.locking import lock_catalogue
from digest.models import Event, Term
from digest.text.clean import normalise_line
from papers.forms import GuardedForm, ProseFormField


class LineFormField(forms.CharField):
    """One line, compared and stored with its white space folded."""

    def __init__(self, language: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= {"class": "vTextField"} | ({"lang": language} if language else {})

    def to_python(self, value: Any) -> str:
        return normalise_line(super().to_python(value))


class FormsField(ProseFormField):
    """Forms, one a line."""

    def normalise(self, text: str) -> str:
        return forms_of(super().normalise(text))

    def validate(self, value: str) -> None:
        super().validate(value)
        try:
            refuse_separator(value)
        except ValidationError as error:
            raise ValidationError(error.messages, code="separator") from error


class TermForm(GuardedForm):
    """A pair that exists already is refused here; the lock keeps that true until the verb has written."""

    ko = LineFormField("ko", label=_("Korean"), max_length=100)
    en = LineFormField("en", label=_("English"), max_length=100)
    note = LineFormField(label=_("Note"), max_length=300, required=False)
    forbidden = FormsField(
        label=_("Forbidden forms"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line, in either language: words that must not stand for this term."),
    )

    class Meta:
        model = Term
        fields = ["ko", "en", "note", "forbidden"]

    def clean(self) -> dict[str, Any]:
        lock_catalogue()
        cleaned = super().clean()
        same = find_term(cleaned["ko"], cleaned["en"]) if {"ko", "en"} <= cleaned.keys() else None
        if same is not None and same.pk != self.instance.pk:
            self.add_error("en", ValidationError(_("This pair is in the glossary already."), code="twice"))
        return cleaned


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("UTF-8, with the columns ko, en, note, forbidden; forbidden forms are separated by |."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(
                _("The file is larger than %(limit)d bytes; split it."), params={"limit": MAX_BYTES}
            )
        return file


@admin.register(Term)
class TermAdmin(DeskPages, admin.ModelAdmin):
    form = TermForm
    list_display = ["ko", "en", "remark", "forbidden_forms"]
    list_display_links = ["ko", "en"]
    search_fields = ["ko", "en", "note", "forbidden"]
    ordering = ["ko", "en"]
    show_full_result_count = False
    view_on_site = False
    change_list_template = "admin/digest/term/change_list.html"

    @admin.display(description=_("Note"), ordering="note")
    def remark(self, obj: Term) -> str:
        return obj.note

    @admin.display(description=_("forbidden forms"))
    def forbidden_forms(self, obj: Term) -> str:
        return " · ".join(obj.forbidden.splitlines())

    def save_model(self, request: HttpRequest, obj: Term, form: TermForm, change: bool) -> None:
        save_term(term=obj, by=request.user)

    def delete_model(self, request: HttpRequest, obj: Term) -> None:
        delete_term(term=obj, by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Term]) -> None:
        delete_terms(terms=queryset, by=request.user)

    # -- the CSV file -----------------------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("export/", wrap(self.export_view), name="digest_term_export"),
            path("import/", wrap(self.import_view), name="digest_term_import"),
            path("starter/", wrap(self.starter_view), name="digest_term_starter"),
            *super().get_urls(),
        ]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        may_import = self.has_import_permission(request)
        offer = may_import and not Term.objects.exists()
        more = {"title": _("Glossary"), "may_import": may_import, "offer_starter": offer}
        return super().changelist_view(request, (extra_context or {}) | more)

    @method_decorator(require_safe)
    def export_view(self, request: HttpRequest) -> HttpResponse:
        """The whole glossary as a file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        disposition = {"Content-Disposition": 'attachment; filename="glossary.csv"'}
        return HttpResponse(export_terms(), content_type="text/csv; charset=utf-8", headers=disposition)

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for a file; take in all of it, or none of it and show every problem."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            try:
                done = import_terms(data=file.read(), name=file.name, by=request.user)
            except ValidationError as error:
                form.add_error("file", error.messages)
            else:
                messages.success(request, _said(done))
                return self._to_list()
        context = self.page_context(request, None, _("Import terms")) | {"form": form}
        return TemplateResponse(request, "admin/digest/term/import.html", context)

    @method_decorator(require_POST)
    def starter_view(self, request: HttpRequest) -> HttpResponse:
        """Fill the empty glossary."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        attempt(request, partial(add_starter_terms, by=request.user), _("The starter terms are added."))
        return self._to_list()

    def _to_list(self) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:digest_term_changelist"))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every change of the term, newest first."""
        term = self.object_or_404(request, object_id)
        events = Event.objects.filter(object_type="term", object_id=term.pk)
        context = self.page_context(request, term, _("History")) | {"events": described(events)}
        return TemplateResponse(request, "admin/digest/entry/events.html", context)


def _said(done: TermImport) -> str:
    return _("Terms added: %(added)d, changed: %(changed)d, unchanged: %(unchanged)d.") % {
        "added": done.added,
        "changed": done.changed,
        "unchanged": done.unchanged,
    }
