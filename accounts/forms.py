"""The forms of sign-in and of the profile, where allauth's own do not fit."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.account.forms import ResetPasswordForm as AllauthResetForm
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa_forms
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from accounts.resetting import send_in_background
from accounts.zones import zone_choices


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attributes = {"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        self.fields["login"] = forms.CharField(
            label=_("Username or e-mail"), max_length=254, widget=forms.TextInput(attributes)
        )
        self.order_fields(["login", "password"])


class ResetPasswordForm(AllauthResetForm):
    """Answers the same, in the same time, whoever the address belongs to: looking it up is left to the background."""

    def clean_email(self) -> str:
        return self.cleaned_data["email"]

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        address = self.cleaned_data["email"]
        audit.record("password reset asked", who=address, request=request)
        send_in_background(address, get_language())
        return address


class _OneTime:
    """A code of two steps: counted as wrong the second time, as a neighbour's clock keeps it right for a while."""

    def clean_code(self) -> str:
        try:
            code = super().clean_code()
            digits = "".join(sign for sign in code if sign.isalnum())
            lasts = mfa_settings.TOTP_PERIOD * (2 * mfa_settings.TOTP_TOLERANCE + 1)
            if not cache.add(f"accounts.code.{self.user.pk}.{digits}", True, timeout=lasts):
                raise get_mfa_adapter().validation_error("incorrect_code")
        except ValidationError:
            audit.record("code wrong", who=self.user.get_username(), request=get_adapter().request)
            raise
        return code


class AuthenticateForm(_OneTime, mfa_forms.AuthenticateForm):
    """The second step of a sign-in."""


class ReauthenticateForm(_OneTime, mfa_forms.ReauthenticateForm):
    """The same, to confirm a change while signed in."""


class ProfileForm(forms.ModelForm):
    """What people choose for themselves. A new e-mail address takes the password: it can reset the password."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"), required=False, help_text=_("Moments at the desk are shown in it.")
    )
    password = forms.CharField(
        label=_("Current password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        help_text=_("Only to change the e-mail address."),
    )

    class Meta:
        model = User
        fields = ["time_zone", "daily_mail", "email"]
        widgets = {"email": forms.EmailInput({"autocomplete": "email"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = [("", _("As the site")), *zone_choices()]

    def clean_email(self) -> str:
        email = User.objects.normalize_email(self.cleaned_data["email"])
        if email and User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another account has this address."), code="email_taken")
        return email

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        moved = "email" in data and data["email"] != self.initial["email"]
        if moved and not get_adapter().reauthenticate(self.instance, data.get("password") or ""):
            self.add_error("password", get_adapter().validation_error("incorrect_password"))
        return data

    def save(self, commit: bool = True) -> User:
        """Writes these columns alone: others may have changed meanwhile."""
        if self.changed_data and commit:
            self.instance.save(update_fields=self.Meta.fields)
        return self.instance
