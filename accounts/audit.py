"""The record of who signed in, failed to, or changed what guards an account: one line each, by the logger naranhi.accounts."""

import json
import logging

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

_log = logging.getLogger("naranhi.accounts")


def record(what: str, *, who: str, request: HttpRequest, about: str = "") -> None:
    """Write that ``who`` did ``what``, and from which address; ``about`` names another account it was done to."""
    line = f"{what} who={json.dumps(who, ensure_ascii=False)} from={get_adapter().get_client_ip(request)}"
    _log.info("%s", f"{line} about={json.dumps(about, ensure_ascii=False)}" if about else line)
