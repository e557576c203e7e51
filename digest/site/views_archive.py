"""The readers' pages by date: all years, a year, a month, a week."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse

from digest.reading import archive as archive_reading
from digest.reading.periods import month_range, week_range, year_range
from digest.site.rendering import public_page, render


@public_page
def archive(request: HttpRequest) -> HttpResponse:
    """Every year, its months as bars on one scale, and how much of it is in which language."""
    years = archive_reading.all_years()
    peak = max((month.entries for year in years for month in year.months), default=0)
    return render(request, "site/archive.html", {"years": years, "peak": peak})


@public_page
def year(request: HttpRequest, year: int) -> HttpResponse:
    """A year's ledger and its months with their counts."""
    months = archive_reading.year_ledger(year)
    if not months:
        raise Http404
    first, last = year_range(year)
    context = {"first": first, "months": months, "neighbours": archive_reading.neighbours(first, last)}
    return render(request, "site/year.html", context)


@public_page
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The digests of a month with the titles of their entries."""
    first, last = month_range(year, month)
    context = _rows(first, last)
    return render(request, "site/month.html", context)


@public_page
def week(request: HttpRequest, year: int, week: int) -> HttpResponse:
    """The digests of an ISO week with the titles of their entries."""
    period = week_range(year, week)
    if period is None:
        raise Http404
    return render(request, "site/week.html", _rows(*period))


def _rows(first: datetime.date, last: datetime.date) -> dict:
    rows = archive_reading.digest_rows(first, last)
    if not rows:
        raise Http404
    neighbours = archive_reading.neighbours(first, last)
    return {"first": first, "last": last, "rows": rows, "neighbours": neighbours}
