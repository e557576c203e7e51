"""Many rows of one table in one statement, past Django's objects, through the same last door.

Every value of a text column passes its field's ``get_db_prep_save``, where control characters and over-long text are
refused (papers/fields.py), so ValidationError means the same as in ``save()``. Columns that nobody names get their
field's default. Keys are handed out beforehand: rows can name each other before any is written.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import AutoField, BooleanField, CharField, Field, ForeignKey, IntegerField, Model

Value = Any


def new_keys(model: type[Model], count: int) -> list[int]:
    """``count`` primary keys, ascending, that no row has or will get. Call inside a transaction.

    On SQLite nobody else writes meanwhile; on PostgreSQL they are drawn from the table's sequence.
    """
    if not count:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            row = cursor.fetchone()
            last = row[0] if row else 0
            return list(range(last + 1, last + 1 + count))
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
        )
        return sorted(key for (key,) in cursor.fetchall())


def write_rows(
    model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Value]], **same: Value
) -> None:
    """Insert ``rows``, whose values are in the order of ``columns`` (attribute names); ``same`` holds for all of them.

    Raises ValidationError for text that its column refuses, IntegrityError for what the table does.
    """
    rows = list(rows)
    if not rows:
        return
    now = datetime.datetime.now(tz=datetime.UTC)
    fields = {field.attname: field for field in model._meta.concrete_fields}
    rest = {
        name: same[name] if name in same else _default(field, now)
        for name, field in fields.items()
        if name not in columns and (name in same or not field.primary_key)
    }
    fixed = [fields[name].get_db_prep_save(value, connection) for name, value in rest.items()]
    doors = [_door(fields[name]) for name in columns]
    ready = (
        [*(door(value) if door else value for door, value in zip(doors, row, strict=True)), *fixed]
        for row in rows
    )
    names = [str(fields[name].column) for name in (*columns, *rest)]
    _insert(model._meta.db_table, names, ready)


def _default(field: "Field[Any, Any]", now: datetime.datetime) -> Value:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return now
    return field.get_default()


def _door(field: "Field[Any, Any]") -> Callable[[Value], Value] | None:
    """What a value of this column passes on its way; None for numbers, and for text that is one of our own words."""
    if type(field) is CharField or isinstance(field, AutoField | BooleanField | ForeignKey | IntegerField):
        return None
    return lambda value: field.get_db_prep_save(value, connection)


def _insert(table: str, names: list[str], rows: Iterable[Sequence[Value]]) -> None:
    quote = connection.ops.quote_name
    columns = ", ".join(map(quote, names))
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(f"INSERT INTO {quote(table)} ({columns}) VALUES ({marks})", list(rows))  # noqa: S608
        else:
            # What COPY refuses does not pass Django's cursor, which would say it in Django's words.
            statement = f"COPY {quote(table)} ({columns}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
