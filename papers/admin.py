"""Papers and people at the desk."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from papers.forms import GuardedForm, PaperForm
from papers.identifiers import name_key
from papers.matching import set_byline
from papers.models import Author, Paper
from papers.people import merge_authors, split_author


@admin.register(Paper)
class PaperAdmin(admin.ModelAdmin):
    form = PaperForm
    fields = ["title", "authors", "kind", "abstract", "arxiv_id", "doi", "url", "project_url", "code_url"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ["title", "kind", "arxiv_id", "author_count"]
    list_filter = ["kind"]
    search_fields = ["title", "arxiv_id"]
    ordering = ["-pk"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Paper]:
        return super().get_queryset(request).annotate(author_total=Count("authorships"))

    @admin.display(description=_("authors"))
    def author_count(self, obj: Paper) -> int:
        return obj.author_total

    def get_readonly_fields(self, request: HttpRequest, obj: Paper | None = None) -> list[str]:
        """Who may only look sees the byline as text: the form's own field is not on their page."""
        return [] if self._may_write(request, obj) else ["byline"]

    def get_fields(self, request: HttpRequest, obj: Paper | None = None) -> list[str]:
        if self._may_write(request, obj):
            return self.fields
        return [name if name != "authors" else "byline" for name in self.fields]

    def _may_write(self, request: HttpRequest, obj: Paper | None) -> bool:
        return self.has_add_permission(request) if obj is None else self.has_change_permission(request, obj)

    @admin.display(description=_("authors"))
    def byline(self, obj: Paper) -> str:
        return ", ".join(row.printed_name for row in obj.authorships.order_by("position")) or "-"

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The byline, through the one function that knows who is who."""
        super().save_related(request, form, formsets, change)
        if "authors" in form.changed_data:
            set_byline(form.instance, form.cleaned_data["authors"])


class AuthorForm(GuardedForm):
    class Meta:
        model = Author
        fields = ["name"]


class MergeForm(forms.Form):
    """Only people of the same or another spelling that someone looked up: the number is in their address."""

    target = forms.ModelChoiceField(
        Author.objects.all(),
        label=_("Merge into"),
        widget=forms.NumberInput,
        help_text=_("The number of the author who stays; it is shown in the list."),
    )


@admin.register(Author)
class AuthorAdmin(admin.ModelAdmin):
    form = AuthorForm
    fields = ["name", "homonym", "paper_list"]
    readonly_fields = ["homonym", "paper_list"]
    list_display = ["name", "homonym", "paper_count", "number"]
    search_fields = ["name"]
    ordering = ["name_key", "homonym"]
    show_full_result_count = False
    change_form_template = "admin/papers/author/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Author]:
        return super().get_queryset(request).annotate(paper_total=Count("authorships"))

    @admin.display(description=_("papers"), ordering="paper_total")
    def paper_count(self, obj: Author) -> int:
        return obj.paper_total

    @admin.display(description=_("number"), ordering="pk")
    def number(self, obj: Author) -> int:
        return obj.pk

    @admin.display(description=_("papers"))
    def paper_list(self, obj: Author) -> str:
        rows = obj.authorships.select_related("paper").order_by("paper__title") if obj.pk else []
        links = ((reverse("admin:papers_paper_change", args=[row.paper_id]), row.paper.title) for row in rows)
        return format_html_join("", '<div><a href="{}">{}</a></div>', links) or "-"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People come with a paper's byline."""
        return False

    def save_model(self, request: HttpRequest, obj: Author, form: Any, change: bool) -> None:
        """A corrected name is another key; the first free homonym of it."""
        if "name" in form.changed_data:
            obj.name_key = name_key(obj.name)
            others = set(
                Author.objects.filter(name_key=obj.name_key)
                .exclude(pk=obj.pk)
                .values_list("homonym", flat=True)
            )
            obj.homonym = next(number for number in range(1, len(others) + 2) if number not in others)
            super().save_model(request, obj, form, change)

    # -- merging and splitting --------------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/merge/", wrap(self.merge_view), name="papers_author_merge"),
            path("<int:pk>/split/", wrap(self.split_view), name="papers_author_split"),
            *super().get_urls(),
        ]

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give all papers to another author and delete this one."""
        author = self._changeable(request, pk)
        form = MergeForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            target = form.cleaned_data["target"]
            try:
                merge_authors(source=author, target=target)
            except ValidationError as error:
                form.add_error("target", error)
            else:
                self.log_change(request, target, f"merged from {author} ({pk})")
                messages.success(request, _("Merged."))
                return HttpResponseRedirect(reverse("admin:papers_author_change", args=[target.pk]))
        same = (
            Author.objects.filter(name_key=author.name_key)
            .exclude(pk=pk)
            .annotate(paper_total=Count("authorships"))
        )
        return self._page(request, author, _("Merge"), "merge", form=form, namesakes=same.order_by("homonym"))

    def split_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give chosen papers to a new author of the same name."""
        author = self._changeable(request, pk)
        papers = Paper.objects.filter(authorships__author=author).order_by("title")
        if request.method == "POST":
            chosen = [
                number for number in request.POST.getlist("paper") if number.isdecimal() and len(number) < 18
            ]
            try:
                other = split_author(author=author, papers=papers.filter(pk__in=chosen))
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
            else:
                self.log_change(request, author, f"split: {other} ({other.pk})")
                messages.success(request, _("Split."))
                return HttpResponseRedirect(reverse("admin:papers_author_change", args=[other.pk]))
        return self._page(request, author, _("Split"), "split", papers=papers)

    def _changeable(self, request: HttpRequest, pk: int) -> Author:
        if not self.has_change_permission(request):
            raise PermissionDenied
        author = self.get_object(request, str(pk))
        if author is None:
            raise Http404
        return author

    def _page(self, request: HttpRequest, author: Author, title: Any, name: str, **more: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "original": author,
            "object": author,
            "media": self.media,
            **more,
        }
        return TemplateResponse(request, f"admin/papers/author/{name}.html", context)
