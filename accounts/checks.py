"""What an operator should know before the desk is open to a team."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Info


def limits_are_shared(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """accounts.I001: with the local-memory cache every worker process counts failed sign-ins for itself."""
    if not settings.CACHES["default"]["BACKEND"].endswith("LocMemCache"):
        return []
    return [
        Info(
            "CACHE_URL is not set: every worker process counts failed sign-ins and used codes for itself.",
            hint="With more than one worker set CACHE_URL to a cache they share, see docs/accounts.md.",
            id="accounts.I001",
        )
    ]
