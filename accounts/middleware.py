"""Two guards of the desk. Neither looks at a public address, whose answer is the same for everyone."""

import time
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.adapter import SEEN, SIGNED_IN
from accounts.signin import second_factor_missing

Handler = Callable[[HttpRequest], HttpResponse]

DESK = "/admin/"
# Seconds between two notes of "was here": a request in between writes nothing.
SEEN_EVERY = 300
# What somebody whose second step is missing can reach: the way to set it up, and the way out.
SETTING_UP = {
    "mfa_activate_totp",
    "account_reauthenticate",
    "account_login",
    "account_logout",
    "admin:setlang",
}


def session_limits(get_response: Handler) -> Handler:
    """End a session that was idle too long, or whose sign-in is too long ago (NARANHI_SESSION_… settings)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(DESK) and request.user.is_authenticated:
            _look_at(request, int(time.time()))
        return get_response(request)

    return middleware


def _look_at(request: HttpRequest, now: int) -> None:
    seen, signed_in = request.session.get(SEEN), request.session.get(SIGNED_IN)
    if seen is None or signed_in is None:
        # Not from the sign-in page; the cookie's own age limits it.
        return
    idle = now - seen > settings.NARANHI_SESSION_IDLE_HOURS * 3600
    if idle or now - signed_in > settings.NARANHI_SESSION_HOURS * 3600:
        audit.record(
            "session idle" if idle else "session too old", who=request.user.get_username(), request=request
        )
        logout(request)
    elif now - seen > SEEN_EVERY:
        request.session[SEEN] = now
        UserSession.objects.filter(session_key=request.session.session_key).update(
            last_seen_at=timezone.now()
        )


class SecondFactorFirst:
    """Whoever must sign in with two steps and has set up none is led there, and reaches nothing else of the desk."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        path = request.path_info
        if not path.startswith(DESK) or request.resolver_match.view_name in SETTING_UP:
            return None
        if not second_factor_missing(request.user):
            return None
        if path.startswith(f"{DESK}api/"):
            return JsonResponse({"detail": _("Set up two-step sign-in first.")}, status=403)
        return redirect("mfa_activate_totp")
