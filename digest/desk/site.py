"""The editors' door: Django's admin site under our name."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language

Pages = Callable[["DeskSite"], list[URLPattern | URLResolver]]


class DeskSite(admin.AdminSite):
    site_header = _("Naranhi desk")
    site_title = _("Naranhi desk")
    index_title = _("Desk")
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

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "site_name": settings.SITE_NAME}
