"""The plain rights of the verbs: those that are one permission, without a language."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from digest.editing.errors import NotAllowed


def require(user: User, permission: str) -> None:
    """Raise NotAllowed unless ``user`` is active and holds ``permission`` (``"digest.delete_entry"``).

    The desk asks before it shows a button; the verb asks again, whoever calls it.
    """
    if not user.has_perm(permission):
        raise NotAllowed(_("Your roles do not allow this."), code="not_allowed")
