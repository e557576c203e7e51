"""Who calls: a program by its token, or the desk's own pages by their session."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts.models import ApiToken, User
from accounts.signin import second_factor_missing
from accounts.tokens import find_token

DESK = "/admin/"


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer naranhi_…`` or ``Token naranhi_…``. ``request.auth`` is the token's row."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _space, key = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() not in ("bearer", "token"):
            return None
        token = find_token(key.strip())
        if token is None or not token.user.is_active:
            # One answer for a wrong, an expired and a revoked token, and for one whose holder has left.
            raise AuthenticationFailed(_("This token is not valid."))
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="desk"'


class DeskSession(SessionAuthentication):
    """The session of the desk, with Django's CSRF check. Below /admin/ only.

    Browsers send the cookie nowhere else, and only there the limits of a session (idle time, second step) are
    enforced: a cookie carried elsewhere by hand would escape them.
    """

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        if not request.path_info.startswith(DESK):
            return None
        return super().authenticate(request)

    def enforce_csrf(self, request: HttpRequest) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied as error:
            raise PermissionDenied(_("The form's CSRF token is missing or wrong."), code="csrf") from error


class DeskMember(BasePermission):
    """Active staff with the right to see notes: any role at the desk, which also sees both languages' drafts."""

    def has_permission(self, request: Request, view: Any) -> bool:
        user = request.user
        if not (user.is_authenticated and user.is_active and user.is_staff):
            return False
        if second_factor_missing(user):
            raise PermissionDenied(_("Set up two-step sign-in first."), code="second_factor_missing")
        return user.has_perm("digest.view_note")
