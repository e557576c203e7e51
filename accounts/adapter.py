"""Where allauth asks the project: sign-up is closed, limits count by peer and account, and everything is recorded."""

import time
from ipaddress import IPv6Network, ip_address
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from accounts.signin import account_of

# Moments of a session, in seconds: of the sign-in, and of the last request (to within SEEN_EVERY of the middleware).
SIGNED_IN, SEEN = "signed_in_at", "seen_at"


class DeskAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The name or the password is wrong."),
        "email_password_mismatch": _("The name or the password is wrong."),
        "incorrect_password": _("The password is wrong."),
        "enter_current_password": _("The current password is wrong."),
        "too_many_login_attempts": _("Too many failed attempts. Try again in ten minutes."),
        "rate_limited": _("Too many attempts. Try again in ten minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Never: these pages are for people."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """A way on must stay on this very host; allauth would take any of ALLOWED_HOSTS."""
        request = context.request
        return url_has_allowed_host_and_scheme(url, request.get_host(), require_https=request.is_secure())

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("admin:profile")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever signed in with the password minutes ago is not asked for it once more."""
        age = time.time() - context.request.session.get(SIGNED_IN, 0)
        return age > app_settings.REAUTHENTICATION_TIMEOUT and super().is_reauthentication_required(
            app=app, **kwargs
        )

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """What failed attempts are counted by: the peer and the account, however its name was typed.

        By the account alone, as allauth does, anybody could lock anybody out.
        """
        login = credentials.get("username") or credentials.get("email") or ""
        user = account_of(login)
        peer = _peer(self.get_client_ip(request))
        return f"{peer} account {user.pk}" if user else f"{peer} name {login.lower()}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            audit.record("sign-in limited", who=_typed(credentials), request=request)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        audit.record("password wrong", who=_typed(credentials), request=request)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        request.session[SIGNED_IN] = request.session[SEEN] = int(time.time())
        audit.record("signed in", who=user.get_username(), request=request)

    def logout(self, request: HttpRequest) -> None:
        audit.record("signed out", who=request.user.get_username(), request=request)
        super().logout(request)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        super().set_password(user, password)
        # Whoever failed ten times and then chose a new password may use it at once.
        self._delete_login_attempts_cached_email(context.request, username=user.get_username())
        audit.record("password set", who=user.get_username(), request=context.request)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: Any = None, email: str | None = None
    ) -> None:
        """A line in the record instead of an e-mail: ``totp_activated``, ``recovery_codes_generated`` and so on."""
        audit.record(template_prefix.rpartition("/")[2], who=user.get_username(), request=self.request)


class TwoStepAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is wrong, or was used already."),
    }


def peer_of(request: HttpRequest) -> str | None:
    """Who sends a request, as limits count: the address that allauth trusts, of IPv6 its network.

    None where there is no address: a proxy on a socket of this machine, and NARANHI_TRUSTED_PROXIES is 0.
    """
    try:
        return _peer(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return None


def _typed(credentials: dict[str, Any]) -> str:
    return str(credentials.get("username") or credentials.get("email") or "")[:150]


def _peer(address: str) -> str:
    """Of IPv6 the /64, which is what one subscriber has: its addresses are not different peers."""
    ip = ip_address(address)
    return str(ip if ip.version == 4 else IPv6Network((ip, 64), strict=False).network_address)
