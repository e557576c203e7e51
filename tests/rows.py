"""Everything the database holds, in a form that two ways to the same state can be compared in."""

import datetime

from django.apps import apps
from django.db import models

from digest.index import NAMES, open_index
from digest.models import PublicVersion, Related

# Stamped by the clock, not by what was imported.
CLOCKS = ("created_at", "updated_at", "finished_at")
# Stamped by the import's own moment, or by the clock of an act.
MOMENTS = ("changed_at", "live_at", "opened_at", "resolved_at")


def all_rows(now=None):
    """{table: its rows in order of creation}; a foreign key is the place of its row, not its number.

    Related papers have no order: which pair was found first says nothing. The tables of the search indexes are
    among them, without the numbers of people.
    """
    found = [model for label in ("papers", "digest") for model in apps.get_app_config(label).get_models()]
    places = {
        model: {
            key: place
            for place, key in enumerate(model._base_manager.order_by("pk").values_list("pk", flat=True))
        }
        for model in found
    }
    # The public version counts transactions, and those are what two ways differ in.
    ordered = [model for model in found if model not in (Related, PublicVersion)]
    tables = {model.__name__: rows_of(model, places, now) for model in ordered}
    tables["Related"] = sorted(rows_of(Related, places, now))
    for name in NAMES:
        tables |= index_rows(name)
    return tables


def rows_of(model, places, now):
    fields = [
        field for field in model._meta.concrete_fields if not field.primary_key and field.name not in CLOCKS
    ]
    return [
        tuple(value_of(row, field, places, now) for field in fields)
        for row in model._base_manager.order_by("pk")
    ]


def value_of(row, field, places, now):
    value = getattr(row, field.attname)
    if isinstance(field, models.ForeignKey) and field.related_model in places:
        return places[field.related_model].get(value)
    if isinstance(value, memoryview):
        return bytes(value)
    if isinstance(value, datetime.datetime) and field.name in MOMENTS:
        return value == now or "another moment"
    # An event names its digest by number and by date; the date is compared. Prints of people's numbers differ.
    return None if field.name in ("object_id", "public_hash") else value


def index_rows(name):
    """What the index holds of each entry, and its words; not in whose name (numbers of people) it was hashed."""
    index = open_index(name)
    generation, _building = index.generations()
    if not generation:
        return {}
    row = "SELECT order_key, tags, languages, words, timed FROM {row} ORDER BY order_key"
    found = {f"{name} row": index.run(generation, row)}
    for part in ("word", "timed"):
        columns = "word, entries" if part == "word" else "word"
        found[f"{name} {part}"] = sorted(index.run(generation, f"SELECT {columns} FROM {{{part}}}"))
    columns = "*" if open_index(name).__class__.__name__ == "PostgresIndex" else "rowid, *"
    key = "order_key" if columns == "*" else "rowid"
    terms = index.run(generation, f"SELECT {columns} FROM {{terms}} ORDER BY {key}")
    found[f"{name} terms"] = [tuple(without_people(value) for value in term) for term in terms]
    return found


def without_people(value):
    if not isinstance(value, str):
        return value
    return " ".join(word for word in value.split() if not word.strip("'").startswith("=author-"))
