"""The number of the public site's state, and when the clock changes what it means."""

import datetime
from typing import cast

from django.db import connection, models
from django.db.models import Min, Q
from django.utils.translation import gettext_lazy as _

from digest.models.entry import Entry


class PublicVersion(models.Model):
    """One row. Its number moves in the transaction of every change that readers can see; see editing.versioning."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("public version")
        verbose_name_plural = _("public versions")
        constraints = [models.CheckConstraint(name="publicversion_one_row", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.number)


def public_version() -> int:
    """The number as committed now; 0 before the first change. Asked at every request, so without making objects."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM digest_publicversion")
        row = cursor.fetchone()
    return cast(int, row[0]) if row else 0


def next_opening(now: datetime.datetime) -> datetime.datetime:
    """When the clock alone changes what readers see: the next window that opens or closes, or the end of this hour.

    The hour is for what a page says of today.
    """
    ahead = [
        Entry.objects.filter(**{f"{name}__gt": now}).aggregate(next=Min(name))["next"]
        for name in ("publish_at", "unpublish_at")
    ]
    hour = now.replace(minute=0, second=0, microsecond=0) + datetime.timedelta(hours=1)
    return min([hour, *filter(None, ahead)])
