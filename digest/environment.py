"""Reading the environment: a missing or malformed value stops the start, names the variable and says the way out."""

import re
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
ADDRESS = r"(https?://[^\s/?#@<>]+(/[^\s?#<>]*)?)?"  # of a service, or nothing


def one_of(name: str, value: Any, allowed: Any, hint: str) -> Any:
    """``value`` if it is allowed; otherwise stop the start with the variable's name and the way out."""
    if value not in allowed:
        raise ImproperlyConfigured(f"{name}={value!r} is not valid: {hint}")
    return value


def at_least(name: str, value: str, least: int) -> int:
    """The whole number ``value``, if it is one and not below ``least``; otherwise stop the start, as ``one_of`` does."""
    if not value.isascii() or not value.isdecimal() or int(value[:9]) < least:
        raise ImproperlyConfigured(f"{name}={value!r} is not valid: a whole number, {least} or more")
    return int(value[:9])


def matching(name: str, pattern: str, hint: str, *, default: str = "") -> str:
    """A variable that as a whole matches ``pattern``; anything else stops the start, as ``one_of`` does."""
    value = env(name, default=default)
    return one_of(name, value, [value] if re.fullmatch(pattern, value) else [], hint)


def flag(name: str, *, default: bool) -> bool:
    """A yes-or-no variable. Anything but true, false, 1 and 0 stops the start: a typo must not switch a guard off."""
    value = env(name, default=str(default)).lower()
    return one_of(name, value, ("true", "false", "1", "0"), "true or false") in ("true", "1")
