"""The dated issue."""

import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digest.models.entry import Entry


class DigestQuerySet(models.QuerySet):
    def published(self, now: datetime.datetime | None = None) -> Self:
        """Digests with at least one entry that readers may see at ``now``; see EntryQuerySet.published."""
        return self.filter(Exists(Entry.objects.published(now).filter(digest=OuterRef("pk"))))


class Digest(models.Model):
    """One day's issue. Whether it is public is decided at query time from the window; no job flips a flag."""

    date = models.DateField(_("date"), unique=True)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True, editable=False)
    unpublish_at = models.DateTimeField(_("unpublish at"), null=True, blank=True, editable=False)
    # When an entry that readers had seen left the digest; what else changes is noted with the entries.
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        ordering = ["-date"]
        permissions = [("publish_digest", "Can publish, schedule and unpublish")]
        constraints = [
            models.CheckConstraint(
                name="digest_unpublish_after_publish",
                condition=Q(unpublish_at__isnull=True)
                | Q(publish_at__isnull=False, unpublish_at__gt=F("publish_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.date.isoformat()

    def get_absolute_url(self) -> str:
        return reverse("site:digest", args=[self.date])

    @property
    def status(self) -> str:
        """``draft``, ``scheduled``, ``live`` or ``ended``, by the window alone and the present time."""
        now = timezone.now()
        if self.publish_at is None:
            return "draft"
        if self.publish_at > now:
            return "scheduled"
        return "ended" if self.unpublish_at and self.unpublish_at <= now else "live"

    def clean(self) -> None:
        """A digest's date names its address and its place in the archive; years are four digits."""
        if self.date and not 1990 <= self.date.year <= 2100:
            raise ValidationError({"date": _("Give a year from 1990 to 2100.")})
