"""The list filters of the desk. Each says in words what it keeps; none follows a path from the address."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digest.models import Digest, Note, Tag, TaggedEntry
from digest.text.tags import tag_slug


def _years(dates: QuerySet[Digest]) -> list[tuple[str, str]]:
    return [(str(day.year), str(day.year)) for day in dates.dates("date", "year", order="DESC")]


class DigestYear(admin.SimpleListFilter):
    title = _("year")
    parameter_name = "year"
    path = "date__year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return _years(Digest.objects.all())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        year = self.value() or ""
        return queryset.filter(**{self.path: int(year)}) if year.isdecimal() and len(year) == 4 else queryset


class EntryYear(DigestYear):
    path = "digest__date__year"


class DigestStatus(admin.SimpleListFilter):
    """By the publication window, as Digest.status."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(STATUS_LABELS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Digest]) -> QuerySet[Digest]:
        now = timezone.now()
        opened, ended = Q(publish_at__lte=now), Q(unpublish_at__lte=now)
        conditions = {
            "draft": Q(publish_at__isnull=True),
            "scheduled": Q(publish_at__gt=now),
            "live": opened & (Q(unpublish_at__isnull=True) | Q(unpublish_at__gt=now)),
            "ended": opened & ended,
        }
        return queryset.filter(conditions[self.value()]) if self.value() in conditions else queryset


STATUS_LABELS = {
    "draft": _("draft (not published)"),
    "scheduled": _("scheduled"),
    "live": _("published"),
    "ended": _("ended"),
}


class NoteState(admin.SimpleListFilter):
    title = _("note state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*Note.State.choices, ("stale", _("source changed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "stale":
            return queryset.filter(Exists(Note.objects.stale().filter(entry=OuterRef("pk"))))
        if self.value() in Note.State.values:
            return queryset.filter(
                Exists(Note.objects.filter(entry=OuterRef("pk"), rev__gt=0, state=self.value()))
            )
        return queryset


class MissingLanguage(admin.SimpleListFilter):
    title = _("missing note")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ko", "한국어"), ("en", "English")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() in ("ko", "en"):
            written = Note.objects.filter(entry=OuterRef("pk"), language=self.value(), rev__gt=0)
            return queryset.filter(~Exists(written))
        return queryset


class UsedTag(admin.SimpleListFilter):
    """The tags used most; any other by its address, ``?tag=scaling-law``."""

    title = _("tag")
    parameter_name = "tag"
    most = 25

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        used = Tag.objects.annotate(uses=Count("tagged_entries")).filter(uses__gt=0).order_by("-uses", "slug")
        return list(used.values_list("slug", "name")[: self.most])

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value():
            slug = tag_slug(self.value())  # also keeps NUL away, which PostgreSQL answers with an error
            tagged = TaggedEntry.objects.filter(content_object=OuterRef("pk"), tag__slug=slug)
            return queryset.filter(Exists(tagged))
        return queryset


class OpenFirst(admin.SimpleListFilter):
    """A filter whose unnamed first choice already leaves something out. Subclasses say what."""

    first: Any = ""
    others: list[tuple[str, Any]] = []

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return self.others

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        for number, choice in enumerate(super().choices(changelist)):
            yield choice | {"display": self.first} if number == 0 else choice


class Deleted(OpenFirst):
    title = _("deleted")
    parameter_name = "deleted"
    first = _("not deleted")
    others = [("only", _("deleted")), ("all", _("all"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "all":
            return queryset
        return queryset.filter(deleted_at__isnull=self.value() != "only")


class Unresolved(OpenFirst):
    title = _("resolved")
    parameter_name = "resolved"
    first = _("open")
    others = [("yes", _("resolved")), ("all", _("all"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "all":
            return queryset
        return queryset.filter(resolved_at__isnull=self.value() != "yes")
