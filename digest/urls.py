"""The root addresses: the desk, and the readers' pages in three editions.

One URLconf is included three times, so ``{% url 'site:…' %}`` stays in the edition of the page by itself:
i18n_patterns cannot express three editions of two languages.
"""

from django.contrib import admin
from django.urls import include, path

from digest.site import comfort, robots, sitemaps
from digest.site.oembed import oembed
from digest.site.views_archive_file import archive_file

handler400 = "digest.site.errors.bad_request"
handler403 = "digest.site.errors.forbidden"
handler404 = "digest.site.errors.not_found"
handler429 = "accounts.views.too_many_requests"
handler500 = "digest.site.errors.server_error"

urlpatterns = [
    # The editors' API twice: programs come with a token to the first; the desk's own pages come with a session to
    # the second, because the session's cookie is sent to addresses below /admin/ alone.
    path("api/v1/desk/", include("digest.desk.api.urls")),
    path("admin/api/v1/desk/", include("digest.desk.api.urls", namespace="desk_session_api")),
    # The readers' API answers the same to everyone, so it has one address for all editions.
    path("api/", include("digest.site.api.urls")),
    path("admin/", include("accounts.urls")),
    path("admin/", admin.site.urls),
    # Once for all editions: the scope of a service worker is the folder it lies in.
    path("sw.js", comfort.service_worker, name="service_worker"),
    path("manifest.webmanifest", comfort.manifest, name="manifest"),
    path("favicon.ico", comfort.icon, {"name": "favicon.ico"}, name="favicon"),
    path("apple-touch-icon.png", comfort.icon, {"name": "apple-touch-icon.png"}, name="touch_icon"),
    path("oembed", oembed, name="oembed"),
    path("archive.zip", archive_file, name="archive_file"),
    path("robots.txt", robots.robots, name="robots"),
    path("llms.txt", robots.llms, name="llms"),
    path("sitemap.xml", sitemaps.index, name="sitemap_index"),
    path("sitemap-<sitemap:part>.xml", sitemaps.sitemap, name="sitemap"),
    path("ko/", include("digest.site.urls", namespace="ko")),
    path("en/", include("digest.site.urls", namespace="en")),
    path("", include("digest.site.urls", namespace="site")),
]
