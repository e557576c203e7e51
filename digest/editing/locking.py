"""One lock for everything that may create shared rows: tags, authors, papers."""

from django.db import connection

# Any constant of ours; it only has to differ from other users of advisory locks in the same database.
_CATALOGUE_LOCK = 7_219_002


def lock_catalogue() -> None:
    """Wait for, then hold until the transaction ends, the right to create shared rows.

    Eight importers on PostgreSQL deadlocked on shared new tags without it. SQLite needs nothing: its
    IMMEDIATE transactions already run one at a time.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CATALOGUE_LOCK])
