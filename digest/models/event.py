"""What was done, by whom, when: one row for every verb, never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from papers.fields import LineField


class Event(models.Model):
    """An audit row, written in the transaction of the act it records."""

    at = models.DateTimeField(_("at"), default=timezone.now)
    # NULL: a command (import) without a named user.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("actor"),
    )
    verb = models.CharField(_("verb"), max_length=30)
    object_type = models.CharField(_("kind"), max_length=20)
    object_id = models.BigIntegerField()
    object_label = LineField(_("object"), max_length=300)
    revision = models.ForeignKey(
        "digest.NoteRevision",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("revision"),
    )
    detail = models.JSONField(_("detail"), default=dict, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-pk"]
        # The history of one object and of one person, newest first.
        indexes = [
            models.Index(fields=["object_type", "object_id", "-id"], name="event_object"),
            models.Index(fields=["actor", "-id"], name="event_actor", condition=Q(actor__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.object_label}"
