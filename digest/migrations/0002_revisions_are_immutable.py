"""A revision's words, author and number never change, whoever writes: a trigger in the database itself.

Only the review may be added later. On SQLite a later migration that rebuilds digest_noterevision drops the trigger and
must create it again; tests/digest/models/test_immutable.py notices if one forgets.
"""

from django.db import migrations

COLUMNS = ("note_id", "rev", "body", "author_id", "origin", "minor", "created_at")

SQLITE = """
CREATE TRIGGER noterevision_immutable BEFORE UPDATE OF {columns} ON digest_noterevision
WHEN {changed}
BEGIN SELECT RAISE(ABORT, 'a note revision never changes; save a new one'); END
""".format(columns=", ".join(COLUMNS), changed=" OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in COLUMNS))

POSTGRESQL = """
CREATE FUNCTION noterevision_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a note revision never changes; save a new one' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER noterevision_immutable BEFORE UPDATE OF {columns} ON digest_noterevision
FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION noterevision_immutable();
""".format(columns=", ".join(COLUMNS), changed=" OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in COLUMNS))


def create(apps, schema_editor):
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER noterevision_immutable")
    else:
        schema_editor.execute("DROP TRIGGER noterevision_immutable ON digest_noterevision")
        schema_editor.execute("DROP FUNCTION noterevision_immutable()")


class Migration(migrations.Migration):
    dependencies = [("digest", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
