"""The search index: its terms in the database, put in by editing/, asked by reading/."""

from django.db import connection

from digest.index.building import Built
from digest.index.postgres import PostgresIndex
from digest.index.sqlite import SqliteIndex

NAMES = ("public", "editor")
_BACKENDS = {"sqlite": SqliteIndex, "postgresql": PostgresIndex}


def open_index(name: str) -> Built:
    """The index ``public`` (what readers find) or ``editor`` (working copies) in the site's database."""
    return _BACKENDS[connection.vendor](name)
