"""Forms that find each other in the readers' search, at the desk: list, form, and a first set for an empty table."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from digest.desk.glossary import LineFormField
from digest.desk.pages import DeskPages
from digest.desk.verbs import attempt
from digest.editing.glossary import forms_of
from digest.editing.locking import lock_catalogue
from digest.editing.search_terms import (
    add_starter_search_terms,
    delete_search_terms,
    make_valid,
    save_search_term,
)
from digest.models import SearchTerm
from papers.forms import GuardedForm, ProseFormField


class GroupField(ProseFormField):
    """Forms, one a line, each once."""

    def normalise(self, text: str) -> str:
        return forms_of(super().normalise(text))


class SearchTermForm(GuardedForm):
    """What the verb would refuse is refused here; the lock keeps that true until the verb has written."""

    forms = GroupField(
        label=_("Forms"),
        required=True,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_(
            "One a line, two or more: Korean, English, abbreviation, other spellings. A search for one finds all. "
            "Only words that mean the same: a wide word, such as 학습, would flood every search."
        ),
    )
    note = LineFormField(label=_("Note"), max_length=300, required=False)

    class Meta:
        model = SearchTerm
        fields = ["forms", "note"]

    def clean(self) -> dict[str, Any]:
        lock_catalogue()
        return super().clean()

    def _post_clean(self) -> None:
        """After the model's own checks, so that nothing is said twice."""
        super()._post_clean()
        if not self.errors:
            try:
                make_valid(self.instance)
            except ValidationError as error:
                self.add_error(None, error)


@admin.register(SearchTerm)
class SearchTermAdmin(DeskPages, admin.ModelAdmin):
    form = SearchTermForm
    list_display = ["group", "remark"]
    search_fields = ["forms", "note"]
    ordering = ["forms"]
    show_full_result_count = False
    view_on_site = False
    change_list_template = "admin/digest/searchterm/change_list.html"

    @admin.display(description=_("forms"), ordering="forms")
    def group(self, obj: SearchTerm) -> str:
        return str(obj)

    @admin.display(description=_("Note"), ordering="note")
    def remark(self, obj: SearchTerm) -> str:
        return obj.note

    def save_model(self, request: HttpRequest, obj: SearchTerm, form: SearchTermForm, change: bool) -> None:
        save_search_term(term=obj, by=request.user)

    def delete_model(self, request: HttpRequest, obj: SearchTerm) -> None:
        delete_search_terms(terms=[obj], by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[SearchTerm]) -> None:
        delete_search_terms(terms=queryset, by=request.user)

    def get_urls(self) -> list[Any]:
        starter = self.admin_site.admin_view(self.starter_view)
        return [path("starter/", starter, name="digest_searchterm_starter"), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        offer = self.has_add_permission(request) and not SearchTerm.objects.exists()
        more = {"title": _("Search terms"), "offer_starter": offer}
        return super().changelist_view(request, (extra_context or {}) | more)

    @method_decorator(require_POST)
    def starter_view(self, request: HttpRequest) -> HttpResponse:
        """Fill the empty table."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        attempt(
            request, partial(add_starter_search_terms, by=request.user), _("The starter terms are added.")
        )
        return HttpResponseRedirect(reverse("admin:digest_searchterm_changelist"))
