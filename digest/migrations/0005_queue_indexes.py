from django.db import migrations, models


class Migration(migrations.Migration):
    """Indexes for the queues of the desk, by `python -m bench.queues` at 40,000 notes on both databases.

    - note_texts holds all that "to translate" and "source changed" ask of a note. Without it each of 40,000 texts is
      read to count them: PostgreSQL took 36 ms for either count and takes 20, SQLite 29 for the second and takes 22.
    - note_states takes the place of note_queue, a partial index that SQLite never used: Django passes the state as a
      parameter, and SQLite cannot see then that the condition holds. "To review" scanned the table there (30 ms a
      page, now 8). With rev and live it also answers "to publish" from the index (PostgreSQL 53 ms, now 24).
    """

    dependencies = [
        ("digest", "0004_the_desk"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="note", name="note_queue"),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(
                fields=["entry", "language", "rev", "sig_rev", "source_rev"], name="note_texts"
            ),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(fields=["state", "language", "entry", "rev", "live"], name="note_states"),
        ),
    ]
