"""Doors of the desk for each member of the team, and a dump of everything that holds content."""

import pytest
from django.apps import apps
from django.urls import reverse

from digest.models import (
    Comment,
    Entry,
    Event,
    ImportConflict,
    ImportFlag,
    ImportRun,
    LostQuery,
    SearchTerm,
    SourceFile,
    Tag,
    Term,
)
from papers.models import Author
from tests.build import build_entry
from tests.page import form_data


@pytest.fixture
def door(client):
    """Sign in as someone; answers the same client."""

    def enter(user):
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def edit():
    """Open an entry's form as a browser would, change some fields, post it."""

    def post(client, entry, page=None, **changes):
        url = reverse("admin:digest_entry_change", args=[entry.pk])
        data = form_data(page or client.get(url), "entry_form") | {"_continue": "1"} | changes
        return client.post(url, data)

    return post


def dump():
    """Every row of every table of ours, except when users last signed in."""
    models = [model for label in ("digest", "papers") for model in apps.get_app_config(label).get_models()]
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in models}


def fresh(row):
    """The row as stored now."""
    return type(row).objects.get(pk=row.pk)


def note_of(entry, language):
    return Entry.objects.get(pk=entry.pk).notes.get(language=language)


def digest_url(name, digest):
    return reverse(f"admin:digest_digest_{name}", args=[digest.pk])


@pytest.fixture
def digest(db):
    """A draft of two entries with approved notes; the second lacks its translation."""
    entry = build_entry("2024-11-01", title="First", ko="글", en="Text", public=False)
    second = build_entry("2024-11-01", title="Second", ko="글", public=False)
    for note in [*entry.notes.all(), *second.notes.all()]:
        note.state = "approved"
        note.save()
    return entry.digest


def plant_world(author):
    """One row of everything, hostile where it is shown, as keys by the name of the model. ``author`` comments."""
    entry = build_entry(title="<script>alert(1)</script>{{7*7}}", authors=["Kim"], en="Text", tags=["moe"])
    note = entry.notes.get(language="ko")
    run = ImportRun.objects.create()
    file = SourceFile.objects.create(name="a.txt", sha256="0", content=b"x", digest=entry.digest, run=run)
    flag = ImportFlag.objects.create(source_file=file, line=1, reason="?")
    conflict = ImportConflict.objects.create(
        entry=entry, field="ko", base="a", ours="한국어 노트", incoming="b", source_file=file, line=1
    )
    event = Event.objects.create(
        verb="save", object_type="entry", object_id=entry.pk, object_label="<script>x"
    )
    comment = Comment.objects.create(note=note, revision=note.live, body="<script>alert(1)", author=author)
    return {
        "digest": entry.digest_id,
        "entry": entry.pk,
        "paper": entry.paper_id,
        "author": Author.objects.get().pk,
        "tag": Tag.objects.get().pk,
        "term": Term.objects.create(ko="말뭉치", en="corpus").pk,
        "searchterm": SearchTerm.objects.create(forms="말뭉치\ncorpus").pk,
        "lostquery": LostQuery.objects.create(text="양자", last_day="2024-10-30").pk,
        "comment": comment.pk,
        "event": event.pk,
        "importrun": run.pk,
        "sourcefile": file.pk,
        "importflag": flag.pk,
        "importconflict": conflict.pk,
    }
