"""The time zone moments are shown in."""

import zoneinfo
from functools import cache
from typing import Any

from django.utils import timezone

_REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def zone_of(user: Any) -> zoneinfo.ZoneInfo:
    """The zone ``user`` chose; the site's own for anybody who chose none, or whose zone is no longer known."""
    try:
        return zoneinfo.ZoneInfo(getattr(user, "time_zone", "") or timezone.get_default_timezone_name())
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return timezone.get_default_timezone()


@cache
def zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """IANA names grouped by region, as a select wants them; without the historical aliases that lack a region."""
    groups: dict[str, list[tuple[str, str]]] = {region: [] for region in _REGIONS}
    for name in sorted(zoneinfo.available_timezones()):
        region = name.partition("/")[0]
        if region in groups:
            groups[region].append((name, name.replace("_", " ")))
    return [("UTC", [("UTC", "UTC")]), *groups.items()]
