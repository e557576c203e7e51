"""A check's finding that an editor looked at and let stand, with who and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField

MAX_FOUND = 200


class CheckDismissal(models.Model):
    """One finding on one note, set aside. ``code`` and ``found`` name it as digest.text.checks does.

    It holds for later revisions too: the same number left out on purpose needs no second word.
    """

    note = models.ForeignKey("digest.Note", models.CASCADE, related_name="dismissals", verbose_name=_("note"))
    code = models.CharField(_("check"), max_length=30)
    found = LineField(_("found"), max_length=MAX_FOUND, blank=True)
    reason = LineField(_("reason"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("dismissed by")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("dismissed check")
        verbose_name_plural = _("dismissed checks")
        constraints = [
            models.UniqueConstraint(
                fields=["note", "code", "found"], name="dismissal_note_code_found_unique"
            ),
            models.CheckConstraint(name="dismissal_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.found}"
