"""The fast loader of tests leaves the same rows as the importer, on every table there is."""

import datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models, transaction

from digest.editing.importing import Importer
from digest.management.corpus.writing import make_files
from digest.models import Digest, Reference
from digest.text.seeds import parse_seed
from tests.load import load_files

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent
NOW = datetime.datetime(2026, 5, 1, 3, 0, tzinfo=datetime.UTC)
# Stamped by the clock, not by what was imported; and the fingerprint, which the first change makes.
CLOCKS = ("created_at", "updated_at", "finished_at", "public_hash")


def all_rows():
    """{model: its rows in order of creation}; a foreign key is the place of its row, not its number."""
    found = [model for label in ("papers", "digest") for model in apps.get_app_config(label).get_models()]
    places = {
        model: {
            key: place
            for place, key in enumerate(model._base_manager.order_by("pk").values_list("pk", flat=True))
        }
        for model in found
    }
    return {model.__name__: rows_of(model, places) for model in found}


def rows_of(model, places):
    fields = [
        field for field in model._meta.concrete_fields if not field.primary_key and field.name not in CLOCKS
    ]
    return [
        tuple(value_of(row, field, places) for field in fields) for row in model._base_manager.order_by("pk")
    ]


def value_of(row, field, places):
    value = getattr(row, field.attname)
    if isinstance(field, models.ForeignKey) and field.related_model in places:
        return places[field.related_model].get(value)
    # An event names its digest by number and by date; the date is compared.
    return None if field.name == "object_id" else value


def rows_after(load, files):
    with transaction.atomic():
        load(files)
        rows = all_rows()
        transaction.set_rollback(True)
    return rows


def import_files(files):
    importer = Importer(now=NOW)
    reports = list(importer.run(files))
    importer.finish()
    assert {report.status for report in reports} == {"created"}


def seed_files():
    files = [(path.name, path.read_bytes()) for path in (ROOT / "seeds").glob("*.txt")]
    return sorted(files, key=lambda file: parse_seed(file[1]).digest.date)


def corpus_files():
    return [(name, content) for name, content, _ in make_files(20, seed=7)]


@pytest.mark.parametrize("files", [seed_files(), corpus_files()], ids=["seeds", "corpus"])
def test_loader_leaves_what_the_importer_leaves(files):
    imported = rows_after(import_files, files)
    loaded = rows_after(lambda files: load_files(files, NOW, relate=True), files)
    assert {name: len(rows) for name, rows in loaded.items()} == {
        name: len(rows) for name, rows in imported.items()
    }
    assert loaded == imported
    assert not Digest.objects.exists()


def test_comparison_sees_one_changed_row():
    files = corpus_files()
    loaded = rows_after(lambda files: load_files(files, NOW), files)
    with transaction.atomic():
        load_files(files, NOW)
        Reference.objects.filter(pk=Reference.objects.earliest("pk").pk).update(url="https://other.example/")
        changed = all_rows()
        transaction.set_rollback(True)
    assert [name for name in loaded if loaded[name] != changed[name]] == ["Reference"]
