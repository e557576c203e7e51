"""Who is meant by what is typed at sign-in, and who must sign in with two steps."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Q

from accounts.models import User

SUPERUSER = "superuser"


def account_of(login: str) -> User | None:
    """The account of this username, or the only one with this e-mail address. Two that share an address sign in by name."""
    user = User.objects.filter(username=login).first()
    if user is None and "@" in login:
        found = list(User.objects.filter(email__iexact=login)[:2])
        user = found[0] if len(found) == 1 else None
    return user


def second_factor_missing(user: User) -> bool:
    """Whether a role of ``user`` asks for two-step sign-in (NARANHI_MFA_REQUIRED) that is not set up. One query, or none."""
    required = settings.NARANHI_MFA_REQUIRED
    if not required or not user.is_authenticated:
        return False
    asked = Q(groups__name__in=required)
    if SUPERUSER in required:
        asked |= Q(is_superuser=True)
    ready = Authenticator.objects.filter(user=user.pk, type=Authenticator.Type.TOTP)
    return User.objects.filter(asked, pk=user.pk).exclude(pk__in=ready.values("user")).exists()
