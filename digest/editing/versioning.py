"""Saying that readers would see something else from now on. Whatever is kept of a public page is good for one number."""

from django.db.models import F

from digest.models import PublicVersion


def move_public_version() -> None:
    """Move the number, in the transaction of the change: who reads the new number reads the new rows.

    Transactions that change public words wait here for each other, so no number stands for two states.
    """
    if not PublicVersion.objects.update(number=F("number") + 1):
        PublicVersion.objects.get_or_create(pk=1, defaults={"number": 1})
