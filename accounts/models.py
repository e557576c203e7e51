"""Who works here: the user, and in which languages a user holds a role."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A member of the team, with what they chose for themselves."""

    # Empty: the site's own zone. An IANA name, checked where it is typed and used only to show moments.
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    daily_mail = models.BooleanField(
        _("daily e-mail"),
        default=True,
        help_text=_("One e-mail a day with what waits for me, if anything does."),
    )


class LanguageGrant(models.Model):
    """A role held in one language. The role's group says what its holder may do, the grant in which language."""

    class Role(models.TextChoices):
        WRITER = "writer", _("writer")
        TRANSLATOR = "translator", _("translator")
        REVIEWER = "reviewer", _("reviewer")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="grants", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role)
    language = models.CharField(_("language"), max_length=2, choices=[("ko", "한국어"), ("en", "English")])

    class Meta:
        verbose_name = _("language grant")
        verbose_name_plural = _("language grants")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "language"], name="grant_user_role_language_unique"
            ),
            models.CheckConstraint(name="grant_language_known", condition=Q(language__in=["ko", "en"])),
            models.CheckConstraint(
                name="grant_role_known", condition=Q(role__in=["writer", "translator", "reviewer"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()} ({self.language})"


class ApiToken(models.Model):
    """A key with which a program acts as ``user``. Only its hash is stored: nobody can read a key out of the database.

    It carries no rights of its own; what its holder may do is asked at every call.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens", verbose_name=_("user")
    )
    name = models.CharField(_("name"), max_length=60)
    # SHA-256 in hexadecimal. No salt: the key is 256 random bits, not a password that could be guessed.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    # A day, not a moment: a key in constant use writes one row a day.
    last_used_on = models.DateField(_("last used on"), null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        constraints = [models.CheckConstraint(name="token_has_name", condition=~Q(name=""))]

    def __str__(self) -> str:
        return self.name
