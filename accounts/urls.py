"""The addresses of accounts, below /admin/ where the cookies live. Only what the desk uses of allauth: no sign-up,
no list of e-mail addresses, no foreign identity providers."""

from allauth.account import views as account
from allauth.mfa.base import views as two_step
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as sessions
from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _

from accounts.views import desk_page, end_session

_RESET = "account/password/reset/"
_TWO_STEP = "account/two-step/"

sign_in = desk_page(account.login, _("Sign in"))
sign_out = desk_page(account.logout, _("Sign out"))

urlpatterns = [
    # The same addresses as admin:login and admin:logout, which are the same views.
    path("login/", sign_in, name="account_login"),
    path("logout/", sign_out, name="account_logout"),
    path(
        "account/confirm/", desk_page(account.reauthenticate, _("Is it you?")), name="account_reauthenticate"
    ),
    path(
        "account/password/",
        desk_page(account.password_change, _("Change password")),
        name="account_change_password",
    ),
    path(_RESET, desk_page(account.password_reset, _("Forgotten password")), name="account_reset_password"),
    path(
        f"{_RESET}sent/",
        desk_page(account.password_reset_done, _("Forgotten password")),
        name="account_reset_password_done",
    ),
    re_path(
        rf"^{_RESET}key/(?P<uidb36>[0-9A-Za-z]{{1,13}})-(?P<key>.{{1,100}})/$",
        desk_page(account.password_reset_from_key, _("Choose a new password")),
        name="account_reset_password_from_key",
    ),
    path(
        f"{_RESET}done/",
        desk_page(account.password_reset_from_key_done, _("Choose a new password")),
        name="account_reset_password_from_key_done",
    ),
    path(_TWO_STEP, desk_page(two_step.index, _("Two-step sign-in")), name="mfa_index"),
    path(f"{_TWO_STEP}code/", desk_page(two_step.authenticate, _("Sign in")), name="mfa_authenticate"),
    path(
        f"{_TWO_STEP}confirm/", desk_page(two_step.reauthenticate, _("Is it you?")), name="mfa_reauthenticate"
    ),
    path(
        f"{_TWO_STEP}set-up/",
        desk_page(totp.activate_totp, _("Set up two-step sign-in")),
        name="mfa_activate_totp",
    ),
    path(
        f"{_TWO_STEP}turn-off/",
        desk_page(totp.deactivate_totp, _("Turn off two-step sign-in")),
        name="mfa_deactivate_totp",
    ),
    path(
        f"{_TWO_STEP}recovery-codes/",
        desk_page(recovery.view_recovery_codes, _("Recovery codes")),
        name="mfa_view_recovery_codes",
    ),
    path(
        f"{_TWO_STEP}recovery-codes/new/",
        desk_page(recovery.generate_recovery_codes, _("New recovery codes")),
        name="mfa_generate_recovery_codes",
    ),
    path(
        f"{_TWO_STEP}recovery-codes/file/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("account/sessions/", desk_page(sessions.list_usersessions, _("Sessions")), name="usersessions_list"),
    path("account/sessions/<int:pk>/end/", end_session, name="usersessions_end"),
]
