"""Checking a password: once for each attempt, whether the account exists or not."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from accounts.models import User
from accounts.signin import account_of


class DeskBackend(ModelBackend):
    """Rights as Django gives them; only active members of the staff sign in, and stay signed in.

    Not allauth's backend, which checks the password of an e-mail address twice and of an unknown name once:
    the difference tells who has an account.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> User | None:
        login = username or credentials.get("email")
        if not login or not password:
            return None
        user = account_of(login)
        if user is None:
            # The same work as for an account, so that the time of the answer tells nothing.
            User().set_password(password)
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user: User) -> bool:
        return super().user_can_authenticate(user) and user.is_staff
