"""The number of the public site's state."""

from typing import cast

from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


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
