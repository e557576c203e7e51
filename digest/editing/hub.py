"""Telling a WebSub hub that a feed has news; the hub fetches it and sends it to everyone who asked for that.

One request to the one configured address: no redirect is followed and no proxy used, so nothing goes elsewhere.
"""

import http.client
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings

TIMEOUT = 10.0  # seconds for a connection, and for a read


class HubFailed(Exception):
    """The hub was not told; the message says why."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer like any other error."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())


def ping_hub(hub: str, feed_url: str) -> None:
    """Say that the feed at ``feed_url`` has changed. Raises HubFailed unless the hub takes it."""
    # hub.url is what deployed hubs read; hub.topic is the same by WebSub's word for it.
    told = {"hub.mode": "publish", "hub.url": feed_url, "hub.topic": feed_url}
    request = urllib.request.Request(  # noqa: S310 - settings accept http and https alone
        hub,
        urlencode(told).encode(),
        {"User-Agent": f"{quote(settings.SITE_NAME)} ({settings.SITE_URL})"},
    )
    try:
        with _OPENER.open(request, timeout=TIMEOUT):
            pass
    except urllib.error.HTTPError as error:
        error.close()
        raise HubFailed(f"the hub answered {error.code}") from error
    except (OSError, http.client.HTTPException) as error:
        raise HubFailed(f"the hub cannot be reached ({type(error).__name__})") from error
