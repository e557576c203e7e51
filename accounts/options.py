"""What Django and allauth are told about sign-in that no operator chooses. Names only: read before the apps are loaded."""

LOGIN_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AUTHENTICATION_BACKENDS = ["accounts.backends.DeskBackend"]
PASSWORD_RESET_TIMEOUT = 60 * 60

ACCOUNT_ADAPTER = "accounts.adapter.DeskAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
# The address of a person is User.email, which the team keeps; allauth's own list of addresses stays empty.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    # key: the peer and the account together (accounts.adapter).
    "login_failed": "10/10m/key,50/10m/ip",
    "login": "100/10m/ip",
    "change_password": "10/10m/user",
    "reset_password": "20/10m/ip,3/10m/key",
    "reset_password_from_key": "20/10m/ip",
}

MFA_ADAPTER = "accounts.adapter.TwoStepAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.AuthenticateForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
# A phone's clock may be half a minute off; accounts.forms keeps a code from counting twice meanwhile.
MFA_TOTP_TOLERANCE = 1

# In the session, as the messages' own cookie would travel to public pages.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
