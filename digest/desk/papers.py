"""Papers and people at the desk, as papers.admin shows them; what changes there is found by search at once."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from digest.editing.indexing import index_papers
from papers.admin import AuthorAdmin, PaperAdmin
from papers.models import Author, Authorship, Paper


class IndexedPaperAdmin(PaperAdmin):
    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change:
            index_papers([form.instance.pk])


class IndexedAuthorAdmin(AuthorAdmin):
    def save_model(self, request: HttpRequest, obj: Author, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        index_papers(_papers([obj.pk]))

    @transaction.atomic
    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._indexed(request, pk, super().merge_view)

    @transaction.atomic
    def split_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._indexed(request, pk, super().split_view)

    def _indexed(self, request: HttpRequest, pk: int, view: Any) -> HttpResponse:
        """The view's answer; the papers that the person had before it may have another one now."""
        papers = _papers([pk]) if request.method == "POST" else []
        answer = view(request, pk)
        index_papers(papers)
        return answer


def _papers(authors: Iterable[int]) -> list[int]:
    return list(Authorship.objects.filter(author__in=list(authors)).values_list("paper", flat=True))


for model, model_admin in ((Paper, IndexedPaperAdmin), (Author, IndexedAuthorAdmin)):
    admin.site.unregister(model)
    admin.site.register(model, model_admin)
