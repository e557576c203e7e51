"""Whether the search index fits the code and the rows. Said where databases are checked: by migrate, and by check --database."""

from typing import Any

from django.apps import apps as installed_apps
from django.core.checks import CheckMessage, Warning
from django.db import connection

from digest.index import NAMES, open_index
from digest.models import SearchIndex

_TROUBLES = {
    "missing": "The search index “%s” is missing; search reads the rows one by one.",
    "other_analyzer": "The search index “%s” was made by other rules of analysis; search reads the rows one by one.",
    "building": "The search index “%s” is being built; search reads the rows one by one until then.",
}


def indexes_are_ready(
    app_configs: Any, databases: list[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """digest.W001. Silent before the first migration, and where no database was asked about."""
    if "default" not in (databases or []):
        return []
    if SearchIndex._meta.db_table not in connection.introspection.table_names():
        return []
    states = {name: open_index(name).state() for name in NAMES}
    return [
        Warning(_TROUBLES[state] % name, hint="Run manage.py rebuild_search.", id="digest.W001")
        for name, state in states.items()
        if state != "ready"
    ]


def ensure_indexes(apps: Any = installed_apps, **kwargs: Any) -> None:
    """After migrate and flush: a new site's empty indexes. While rolling back there is no table to write this down."""
    if "digest.SearchIndex" in {model._meta.label for model in apps.get_models()}:
        for name in NAMES:
            open_index(name).ensure()
