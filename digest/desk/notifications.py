"""What the signed-in person was told, and marking it read."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from digest.desk.pages import whole_number
from digest.desk.site import DeskSite
from digest.editing.notifying import mark_read, notifications

PAGE = 50


def pages(site: DeskSite) -> list[Any]:
    return [
        path("notifications/", site.admin_view(notifications_view), name="notifications"),
        path("notifications/read/", site.admin_view(read_view), name="notifications_read"),
    ]


@require_safe
def notifications_view(request: HttpRequest) -> HttpResponse:
    """The unread ones, or with ``?show=all`` every one; ``?after=`` is the last key of the page before."""
    _check(request)
    everything = request.GET.get("show") == "all"
    after = whole_number(request.GET.get("after")) if "after" in request.GET else None
    found = notifications(request.user, unread=not everything, after=after, limit=PAGE + 1)
    context = {
        **admin.site.each_context(request),
        "title": _("Notifications"),
        "show": "all" if everything else "unread",
        "notices": found[:PAGE],
        "newest": found[0].pk if after is None and any(one.unread for one in found) else None,
        "more_after": found[PAGE - 1].pk if len(found) > PAGE else None,
    }
    return TemplateResponse(request, "desk/notifications.html", context)


@require_POST
def read_view(request: HttpRequest) -> HttpResponse:
    """Mark those named by ``id`` read, or, with ``until``, all that the page could show."""
    _check(request)
    if "until" in request.POST:
        count = mark_read(by=request.user, until=whole_number(request.POST["until"]))
    else:
        count = mark_read(by=request.user, ids=[whole_number(pk) for pk in request.POST.getlist("id")[:PAGE]])
    if count:
        text = ngettext(
            "%(count)d notification marked as read.", "%(count)d notifications marked as read.", count
        )
        messages.success(request, text % {"count": count})
    query = {"show": "all"} if request.POST.get("show") == "all" else None
    return HttpResponseRedirect(reverse("admin:notifications", query=query))


def _check(request: HttpRequest) -> None:
    """A notification names notes and quotes what editors say: it takes the right to see those."""
    if not request.user.has_perm("digest.view_note"):
        raise PermissionDenied
