"""The e-mail that leads to a new password, sent behind the answer so that its time tells nothing."""

import logging
import threading
from collections.abc import Iterable

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db import connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from accounts.models import User

_log = logging.getLogger("naranhi.accounts")


def send_in_background(address: str, language: str) -> threading.Thread:
    """Send the e-mail, if the address is somebody's, in a thread of its own; the log says if that failed."""
    thread = threading.Thread(target=_send_safely, args=(address, language), name="password-reset")
    thread.start()
    return thread


def _send_safely(address: str, language: str) -> None:
    try:
        send_reset_mail(address, language)
    except Exception:
        _log.exception("password reset could not be sent")
    finally:
        connection.close()


def send_reset_mail(address: str, language: str) -> int:
    """Tell every account of this address how to choose a new password; answers how many e-mails went out.

    The link is made of SITE_URL, never of the request's host, and goes to the address as stored.
    """
    sent = 0
    for user in _those_who_may(address):
        path = reverse(
            "account_reset_password_from_key",
            kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
        )
        context = {
            "user": user,
            "url": settings.SITE_URL + path,
            "site_name": settings.SITE_NAME,
            "minutes": settings.PASSWORD_RESET_TIMEOUT // 60,
        }
        with translation.override(language):
            subject = render_to_string("account/email/password_reset_subject.txt", context).strip()
            body = render_to_string("account/email/password_reset_message.txt", context).strip() + "\n"
        sent += send_mail(subject, body, None, [user.email])
    return sent


def _those_who_may(address: str) -> Iterable[User]:
    found = User.objects.filter(email__iexact=address, is_active=True, is_staff=True)
    return [user for user in found if user.has_usable_password()]
