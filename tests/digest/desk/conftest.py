"""Doors of the desk for each member of the team, and a dump of everything that holds content."""

import pytest
from django.apps import apps
from django.urls import reverse

from digest.models import Entry
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
