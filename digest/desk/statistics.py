"""Who did how much: a page, and the same rows as CSV."""

import csv
import datetime
from dataclasses import fields
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from digest.desk.site import DeskSite
from digest.editing.statistics import MOST_MONTHS, Statistics, Work, work_done
from digest.text.spreadsheet import guarded_cell


def pages(site: DeskSite) -> list[Any]:
    return [
        path("statistics/", site.admin_view(statistics_view), name="statistics"),
        path("statistics/csv/", site.admin_view(csv_view), name="statistics_csv"),
    ]


class MonthField(forms.DateField):
    """A month as browsers post it, ``2026-11``; its first day."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(
            attrs={"type": "month", "pattern": "[0-9]{4}-[0-9]{2}", "placeholder": "2026-11"}, format="%Y-%m"
        )
        super().__init__(input_formats=["%Y-%m"], widget=widget, **kwargs)


class MonthsForm(forms.Form):
    """The range of months to count, both included. Its names are those of the address."""

    first = MonthField(label=gettext_lazy("From"))
    last = MonthField(label=gettext_lazy("To"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last:
            if not 0 < _months_between(first, last) <= MOST_MONTHS:
                raise forms.ValidationError(_("Give a range of one month to ten years."))
            if first.year < 1990 or last.year > 2100:
                raise forms.ValidationError(_("Give years from 1990 to 2100."))
        return cleaned


def last_twelve_months() -> dict[str, datetime.date]:
    """The present month and the eleven before it."""
    last = timezone.localdate().replace(day=1)
    month = last.month % 12 + 1
    return {"first": datetime.date(last.year - (month != 1), month, 1), "last": last}


def may_see_everyone(request: HttpRequest) -> bool:
    """The work of others takes the right to see the audit trail; one's own does not."""
    return request.user.has_perm("digest.view_event")


@require_safe
def statistics_view(request: HttpRequest) -> HttpResponse:
    """Two tables, by person and by month, for the months of the address."""
    form, found = _asked(request)
    context = {
        **admin.site.each_context(request),
        "title": _("Statistics"),
        "form": form,
        "statistics": found,
        "everyone": may_see_everyone(request),
        "query": request.GET.urlencode(),
    }
    return TemplateResponse(request, "desk/statistics.html", context)


def _asked(request: HttpRequest) -> tuple[MonthsForm, Statistics | None]:
    """The form as asked, and what was found; None for a range that is none."""
    if not request.user.has_perm("digest.view_note"):
        raise PermissionDenied
    months = last_twelve_months()
    given = {name: request.GET[name] for name in months if name in request.GET}
    form = MonthsForm({name: f"{month:%Y-%m}" for name, month in months.items()} | given)
    if not form.is_valid():
        return form, None
    only = None if may_see_everyone(request) else request.user
    return form, work_done(form.cleaned_data["first"], form.cleaned_data["last"], only=only)


def _months_between(first: datetime.date, last: datetime.date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


@require_safe
def csv_view(request: HttpRequest) -> HttpResponse:
    """The rows by person, then those by month, in one table; 400 for a range that is none."""
    form, found = _asked(request)
    if found is None:
        return HttpResponse(form.errors.as_text(), status=400, content_type="text/plain; charset=utf-8")
    first, last = (f"{form.cleaned_data[name]:%Y-%m}" for name in ("first", "last"))
    name = f"statistics-{first}-{last}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    # The mark tells spreadsheets that this is UTF-8.
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8", headers=headers)
    rows = csv.writer(response)
    rows.writerow(["person", "month", "language", *_FIGURES])
    for person, language, work in found.people:
        rows.writerow([guarded_cell(str(person)), "", language, *_figures(work)])
    for month, language, work in found.months:
        rows.writerow(["", f"{month:%Y-%m}", language, *_figures(work)])
    return response


_FIGURES = [figure.name for figure in fields(Work)]


def _figures(work: Work) -> list[int]:
    return [getattr(work, name) for name in _FIGURES]
