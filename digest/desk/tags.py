"""Tags: labels and descriptions by form, names by the verbs that keep old addresses alive."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from digest.desk.fields import TagsField
from digest.desk.pages import DeskPages
from digest.desk.verbs import attempt, described
from digest.editing.locking import lock_catalogue
from digest.editing.tagging import ensure_tags, find_tags, index_tag, merge_tags, rename_tag
from digest.editing.versioning import move_public_version
from digest.models import Event, Tag
from digest.text.tags import tag_slug
from papers.forms import GuardedForm


class TagForm(GuardedForm):
    """The name is typed only for a new tag, and read by the one parser of tags."""

    names = TagsField(label=_("Name"), required=True)

    class Meta:
        model = Tag
        fields = ["label_ko", "description"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields.pop("names", None)

    def clean_names(self) -> list[str]:
        names = self.cleaned_data["names"]
        if len(names) != 1:
            raise ValidationError(_("Give one tag."))
        if find_tags(names):
            raise ValidationError(_("This tag exists already."))
        return names


class RenameForm(forms.Form):
    name = TagsField(label=_("New name"))

    def clean_name(self) -> str:
        if len(self.cleaned_data["name"]) != 1:
            raise ValidationError(_("Give one tag."))
        return self.cleaned_data["name"][0]


class MergeForm(forms.Form):
    target = TagsField(label=_("Merge into"), help_text=_("The name of the tag that stays."))

    def clean_target(self) -> Tag:
        names = self.cleaned_data["target"]
        found = find_tags(names).get(tag_slug(names[0])) if len(names) == 1 else None
        if found is None:
            raise ValidationError(_("There is no such tag."))
        return found


@admin.register(Tag)
class TagAdmin(DeskPages, admin.ModelAdmin):
    form = TagForm
    list_display = ["name", "label_ko", "uses", "alias_list"]
    search_fields = ["name", "label_ko", "slug"]
    ordering = ["slug"]
    show_full_result_count = False
    actions = ["merge_chosen"]
    view_on_site = False
    change_form_template = "admin/digest/tag/change_form.html"

    def has_delete_permission(self, request: HttpRequest, obj: Tag | None = None) -> bool:
        """A tag without entries is on no page; deleting one would break its address. Merge instead."""
        return False

    def get_fields(self, request: HttpRequest, obj: Tag | None = None) -> list[str]:
        return (
            ["name", "slug", "label_ko", "description", "alias_list"]
            if obj
            else ["names", "label_ko", "description"]
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Tag | None = None) -> list[str]:
        return ["name", "slug", "alias_list"] if obj else []

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        return (
            super()
            .get_queryset(request)
            .annotate(use_count=Count("tagged_entries"))
            .prefetch_related("aliases")
        )

    @admin.display(description=_("entries"), ordering="use_count")
    def uses(self, obj: Tag) -> int:
        return obj.use_count

    @admin.display(description=_("old addresses"))
    def alias_list(self, obj: Tag) -> str:
        return ", ".join(sorted(alias.slug for alias in obj.aliases.all())) or "-"

    def save_model(self, request: HttpRequest, obj: Tag, form: TagForm, change: bool) -> None:
        if not change:
            lock_catalogue()
            made = ensure_tags(form.cleaned_data["names"])[0]
            obj.pk, obj.name, obj.slug = made.pk, made.name, made.slug
            obj._state.adding = False
        obj.save(force_update=True, update_fields=["label_ko", "description"])
        if "label_ko" in form.changed_data:
            index_tag(obj)
        move_public_version()

    @admin.action(description=_("Merge into another tag"), permissions=["change"])
    def merge_chosen(self, request: HttpRequest, queryset: QuerySet[Tag]) -> HttpResponse | None:
        form = MergeForm(request.POST if "target" in request.POST else None)
        if form.is_valid():
            target = form.cleaned_data["target"]
            for tag in queryset.exclude(pk=target.pk):
                self._merge(request, tag, target)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge into another tag"),
            "opts": self.opts,
            "media": self.media,
            "action": "merge_chosen",
            "tags": list(queryset),
            "form": form,
        }
        return TemplateResponse(request, "admin/digest/tag/merge.html", context)

    def _merge(self, request: HttpRequest, tag: Tag, target: Tag) -> bool:
        done = str(_("Merged into “%(tag)s”.") % {"tag": target.name})
        return attempt(
            request, partial(merge_tags, source=tag, target=target, by=request.user), done, tag.name
        )

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/rename/", wrap(self.rename_view), name="digest_tag_rename"),
            path("<int:pk>/merge/", wrap(self.merge_view), name="digest_tag_merge"),
            *super().get_urls(),
        ]

    def _changeable(self, request: HttpRequest, pk: int) -> Tag:
        tag = self.object_or_404(request, pk)
        if not self.has_change_permission(request, tag):
            raise PermissionDenied
        return tag

    def rename_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Another name; the old address redirects."""
        tag = self._changeable(request, pk)
        form = RenameForm(request.POST or None, initial={"name": tag.name})
        if request.method == "POST" and form.is_valid():
            try:
                rename_tag(tag=tag, name=form.cleaned_data["name"], by=request.user)
            except ValidationError as error:
                form.add_error("name", error.messages)
            else:
                messages.success(request, _("Renamed; the old address redirects."))
                return HttpResponseRedirect(reverse("admin:digest_tag_change", args=[pk]))
        context = self.page_context(request, self.object_or_404(request, pk), _("Rename")) | {"form": form}
        return TemplateResponse(request, "admin/digest/tag/rename.html", context)

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Move all entries to another tag; this one's addresses redirect there."""
        tag = self._changeable(request, pk)
        form = MergeForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            target = form.cleaned_data["target"]
            if self._merge(request, tag, target):
                return HttpResponseRedirect(reverse("admin:digest_tag_change", args=[target.pk]))
        context = self.page_context(request, self.object_or_404(request, pk), _("Merge")) | {
            "form": form,
            "tags": [tag],
        }
        return TemplateResponse(request, "admin/digest/tag/merge.html", context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every verb on the tag, newest first."""
        tag = self.object_or_404(request, object_id)
        events = Event.objects.filter(object_type="tag", object_id=tag.pk)
        context = self.page_context(request, tag, _("History")) | {"events": described(events)}
        return TemplateResponse(request, "admin/digest/entry/events.html", context)
