"""Keys for programs: made once, shown once, stored as a hash, ended by date or by their holder."""

import datetime
import hashlib
import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiToken, User

# Tells people and secret scanners what a stray string is.
PREFIX = "naranhi_"
MOST_TOKENS = 20
LONGEST_DAYS = 366


@transaction.atomic
def make_token(*, user: User, name: str, days: int) -> tuple[ApiToken, str]:
    """A new key of ``user`` for ``days`` days: its row, and the key itself, which is told this one time.

    Raises ValidationError for a name that is empty, too long or not printable, for days outside 1 to 366, and
    beyond 20 keys. Keys that have expired are forgotten here.
    """
    name = name.strip()
    if not name.isprintable():
        raise ValidationError({"name": _("Give a name of letters and signs, on one line.")})
    if not 1 <= days <= LONGEST_DAYS:
        problem = ValidationError(_("Give 1 to %(most)d days."), params={"most": LONGEST_DAYS})
        raise ValidationError({"days": problem})
    now = timezone.now()
    # Locked, so that two requests at once do not pass the limit.
    User.objects.select_for_update().get(pk=user.pk)
    ApiToken.objects.filter(user=user, expires_at__lte=now).delete()
    if ApiToken.objects.filter(user=user).count() >= MOST_TOKENS:
        raise ValidationError(_("You have %(most)d tokens; revoke one first."), params={"most": MOST_TOKENS})
    key = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        user=user, name=name, digest=_digest(key), created_at=now, expires_at=now + datetime.timedelta(days)
    )
    token.full_clean()
    token.save()
    return token, key


def find_token(key: str) -> ApiToken | None:
    """The row of a key that has not expired, with its user; None for any other string. Notes the day of use."""
    now = timezone.now()
    token = (
        ApiToken.objects.filter(digest=_digest(key), expires_at__gt=now).select_related("user").first()
        if key.startswith(PREFIX)
        else None
    )
    today = timezone.localdate(now)
    if token is not None and token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
    return token


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()
