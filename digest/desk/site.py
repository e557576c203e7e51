"""The editors' door: Django's admin site under our name."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language

from accounts.urls import sign_in, sign_out
from digest.desk.queue import queue_context
from digest.editing.notifying import unread_count

Pages = Callable[["DeskSite"], list[URLPattern | URLResolver]]


class DeskSite(admin.AdminSite):
    site_header = _("Naranhi desk")
    site_title = _("Naranhi desk")
    index_title = _("Queue")
    site_url = "/"
    enable_nav_sidebar = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pages: list[Pages] = []

    def register_pages(self, pages: Pages) -> None:
        """Add pages that belong to no model: ``pages(site)`` gives their addresses, each wrapped in admin_view."""
        self._pages.append(pages)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        own = [address for pages in self._pages for address in pages(self)]
        # Open to anonymous visitors: the sign-in page has the switch, too. It writes nothing but a cookie.
        return [path("i18n/setlang/", set_language, name="setlang"), *own, *super().get_urls()]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The queue; the list of everything stays in the side bar."""
        return super().index(request, queue_context(request) | (extra_context or {}))

    # The accounts' own pages in place of Django's: their limits, their second step, one way only.

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return sign_in(request)

    def logout(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return sign_out(request)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("account_change_password")

    def password_change_done(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("admin:profile")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = {**super().each_context(request), "site_name": settings.SITE_NAME}
        # Called by the template that shows it, so that pages without a header ask nothing.
        context["unread_count"] = partial(unread_count, request.user)
        return context
