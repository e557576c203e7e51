"""Rows past Django's objects are held to what a row of Django's is held to."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction

from digest.editing.bulk_rows import new_keys, write_rows
from digest.models import Event, ImportBase, ImportFlag, Note, NoteRevision, Reference, Tag
from papers.fields import LineField, ProseField, validate_characters
from papers.models import Author, Authorship, Paper

pytestmark = pytest.mark.django_db


def test_columns_that_nobody_names_get_their_defaults():
    (key,) = new_keys(Paper, 1)
    write_rows(Paper, ("id", "title", "title_key"), [(key, "T", "t")], abstract="same")
    paper, made = Paper.objects.get(), Paper.objects.create(title="T", title_key="t", abstract="same")
    for field in Paper._meta.concrete_fields:
        stored, expected = getattr(paper, field.attname), getattr(made, field.attname)
        if isinstance(expected, datetime.datetime):
            assert abs(stored - expected) < datetime.timedelta(seconds=60)
        elif field.attname != "id":
            assert stored == expected, field.attname


def test_keys_are_new_and_the_next_row_of_django_comes_behind():
    old = Author.objects.create(name="A", name_key="a")
    keys = new_keys(Author, 3)
    assert keys == sorted(set(keys))
    assert min(keys) > old.pk
    write_rows(Author, ("id", "name", "name_key"), [(key, f"B{key}", f"b{key}") for key in keys])
    assert Author.objects.create(name="C", name_key="c").pk > max(keys)
    assert new_keys(Author, 0) == []


@pytest.mark.parametrize("name", ["bad\x0b", "\x00", "x" * 201, "\ufffe"])
def test_text_that_a_column_refuses_is_refused(name):
    with pytest.raises(ValidationError):
        write_rows(Author, ("name", "name_key"), [("fine", "fine"), (name, "bad")])


def test_what_the_table_refuses_is_refused():
    for row in (("", "empty"), ("B", "a")):
        with pytest.raises(IntegrityError), transaction.atomic():
            write_rows(Author, ("name", "name_key"), [("A", "a"), row])
    assert not Author.objects.exists()


def test_json_moments_and_bytes_come_back_as_they_were():
    at = datetime.datetime(2026, 5, 1, 3, tzinfo=datetime.UTC)
    rows = [(1, "2026-05-01", {"file": '"가".txt'})]
    write_rows(Event, ("object_id", "object_label", "detail"), rows, at=at, verb="x", object_type="digest")
    event = Event.objects.get()
    assert (event.at, event.detail, event.object_id) == (at, {"file": '"가".txt'}, 1)


def test_nothing_to_write_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        write_rows(Tag, ("name", "slug"), [])


def test_texts_have_no_rule_that_the_last_door_does_not_know():
    """full_clean is not called for rows written in bulk; whoever adds a validator has to think of them."""
    for model in (Paper, Author, Authorship, Note, NoteRevision, Reference, ImportBase, ImportFlag):
        for field in model._meta.concrete_fields:
            if isinstance(field, LineField | ProseField):
                rules = [rule for rule in field.validators if rule is not validate_characters]
                assert {type(rule) for rule in rules} <= {MaxLengthValidator}, field
