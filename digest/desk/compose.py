"""A whole digest from text: pasted or uploaded in the seed grammar, looked at line by line, imported as draft."""

from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from digest.desk.site import DeskSite
from digest.editing.composing import import_draft, may_compose
from digest.editing.import_report import CREATED, REFUSED, UNCHANGED, UPDATED, FileReport
from digest.models import Digest
from digest.text.clean import normalise_newlines
from digest.text.seed_lines import read_date
from digest.text.seed_roles import SeedLine, line_roles
from digest.text.seed_rows import Role
from digest.text.seeds import MAX_FILE_BYTES, Problem, SeedDigest

ROLE_LABELS = {
    Role.DATE: _("date"),
    Role.TITLE: _("title"),
    Role.AUTHORS: _("authors"),
    Role.ABSTRACT: _("abstract"),
    Role.KO: _("Korean note"),
    Role.EN: _("English note"),
    Role.TAGS: _("tags"),
    Role.END: _("end of entry"),
    Role.BLANK: _("blank"),
    Role.PROBLEM: _("not read"),
}
OUTCOMES = {
    CREATED: _("The digest was made as a draft."),
    UPDATED: _("The digest was brought up to date."),
    UNCHANGED: _("Everything was here already; nothing was written."),
    REFUSED: _("Nothing was written."),
}
# A digest has a hundred lines; what is longer is checked whole but shown in part.
MOST_LINES = 2_000


def pages(site: DeskSite) -> list[URLPattern]:
    return [
        path("compose/", site.admin_view(compose_view), name="compose"),
        path("compose/lines/", site.admin_view(lines_view), name="compose_lines"),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def compose_view(request: HttpRequest) -> HttpResponse:
    """The text beside its parse. ``check`` writes nothing; ``import`` imports as draft and reports."""
    _may_enter(request)
    content, name = _submitted(request)
    text, readable = _shown(content)
    report = None
    if "import" in request.POST:
        report = import_draft(content=content, by=request.user, name=name)
    parsed = _parse_context(content, report)
    context = {
        **admin.site.each_context(request),
        "title": _("Paste or upload a digest"),
        "text": text,
        "name": name,
        "readable": readable,
        **parsed,
        **_report_context(report, parsed["seed"]),
    }
    return TemplateResponse(request, "desk/compose.html", context)


@require_POST
def lines_view(request: HttpRequest) -> HttpResponse:
    """The parse of the text as it is typed: a fragment of the page. Writes nothing."""
    _may_enter(request)
    content, _name = _submitted(request)
    return TemplateResponse(request, "desk/_compose_lines.html", _parse_context(content, None))


def _may_enter(request: HttpRequest) -> None:
    if not may_compose(request.user):
        raise PermissionDenied


def _submitted(request: HttpRequest) -> tuple[bytes, str]:
    """The text and the name of the file it came from: of a file chosen now, else as typed. A file counts first.

    The page opened from a digest begins with that digest's date (``?date=``).
    """
    if request.method != "POST":
        date = read_date(request.GET.get("date", "")[:20])
        return f"{date or ''}\n".lstrip().encode(), ""
    upload = request.FILES.get("file")
    if upload is not None:
        # One byte more than is allowed is enough to be refused.
        return upload.read(MAX_FILE_BYTES + 1), upload.name or ""
    typed = normalise_newlines(request.POST.get("text", ""))
    return typed.encode(), request.POST.get("name", "")


def _shown(content: bytes) -> tuple[str, bool]:
    """What goes into the box, and whether it is all of it: a file that is no UTF-8 must not be saved with gaps."""
    if len(content) > MAX_FILE_BYTES:
        return "", False
    try:
        return content.decode().removeprefix("\ufeff"), True
    except UnicodeDecodeError:
        return "", False


def _parse_context(content: bytes, report: FileReport | None) -> dict[str, Any]:
    """The lines with label and problems; those an import found besides the parse's stand at their line too."""
    if not content.strip():
        return {"lines": [], "seed": None}
    lines, outcome = line_roles(content)
    if report is not None:
        lines = _with_problems(lines, [found for found in report.problems if found not in outcome.problems])
    digest = outcome.digest
    return {
        "lines": [(line, ROLE_LABELS[line.role]) for line in lines[:MOST_LINES]],
        "more": max(len(lines) - MOST_LINES, 0),
        "seed": digest,
        "entry_total": len(digest.entries) if digest else 0,
        "problem_total": sum(len(line.problems) for line in lines),
    }


def _with_problems(lines: list[SeedLine], problems: list[Problem]) -> list[SeedLine]:
    for problem in problems:
        place = min(max(problem.line, 1), len(lines)) - 1
        lines[place] = replace(lines[place], problems=(*lines[place].problems, problem))
    return lines


def _report_context(report: FileReport | None, seed: SeedDigest | None) -> dict[str, Any]:
    if report is None:
        return {"report": None}
    there = seed is not None and report.status != REFUSED
    return {
        "report": report,
        "outcome": OUTCOMES[report.status],
        "digest": Digest.objects.filter(date=seed.date).first() if there else None,
    }
