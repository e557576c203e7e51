"""Addresses that keep nothing themselves: shells that the reader's own device fills, and what a browser needs offline."""

import hashlib
import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static

from digest.site.editions import BOTH, EDITIONS
from digest.site.rendering import public_page, render, reverse_in

# What a page needs to look like itself without a network. Other files are kept as pages ask for them.
FILES = (
    "site.css",
    "theme.js",
    "site.js",
    "shelf.js",
    "reading-list.js",
    "mark.svg",
    "fonts/newsreader-latin.woff2",
)

ICON_AGE = 60 * 60 * 24
# (file, side, what for): launchers that draw no SVG take the first two, those that cut a shape out of it the third.
ICONS: tuple[tuple[str, int, dict[str, str]], ...] = (
    ("icon-192", 192, {}),
    ("icon-512", 512, {}),
    ("maskable-512", 512, {"purpose": "maskable"}),
)


@public_page
def reading_list(request: HttpRequest) -> HttpResponse:
    """The same bytes for everyone: the list is on the reader's device, and a script fills it in there."""
    return render(request, "site/reading_list.html")


@public_page
def offline(request: HttpRequest) -> HttpResponse:
    """What the service worker shows in place of a page it has not kept; nothing for search engines."""
    response = render(request, "site/offline.html")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@public_page
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the root, so that its scope is the whole site. The worker itself is static; here are its file names.

    A changed file has a new name, which changes these bytes, and by that browsers notice a new version.
    """
    files = [static(f"site/{name}") for name in FILES]
    files += [reverse_in(edition, name) for edition in EDITIONS for name in ("offline", "reading_list")]
    worker = static("site/offline.js")
    version = hashlib.sha256("\n".join([worker, *files]).encode()).hexdigest()[:12]
    shell = {"version": version, "files": files, "statics": f"{settings.STATIC_URL}site/"}
    body = f"self.SHELL = {json.dumps(shell)};\nimportScripts({json.dumps(worker)});\n"
    # Asked for again at every visit: a worker that is kept is a site that cannot be repaired.
    return HttpResponse(body, content_type="text/javascript", headers={"Cache-Control": "public, no-cache"})


@public_page
def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest: the site as an icon on a telephone."""
    drawn = [
        {"src": static(f"site/icons/{name}.png"), "sizes": f"{side}x{side}", "type": "image/png"} | purpose
        for name, side, purpose in ICONS
    ]
    data = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        "id": "/",
        "start_url": reverse_in(BOTH, "home"),
        "scope": "/",
        "display": "minimal-ui",
        "lang": BOTH.interface,
        "background_color": "#fbfcfa",
        "theme_color": "#fbfcfa",
        "icons": [{"src": static("site/mark.svg"), "sizes": "any", "type": "image/svg+xml"}, *drawn],
    }
    return JsonResponse(
        data, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )


@public_page
def icon(request: HttpRequest, name: str) -> HttpResponse:
    """What browsers and telephones ask for at the root without being told to: to where the file is."""
    return HttpResponseRedirect(
        static(f"site/icons/{name}"), headers={"Cache-Control": f"public, max-age={ICON_AGE}"}
    )
