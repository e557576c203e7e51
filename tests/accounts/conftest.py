"""The way in, as a browser goes it."""

import pytest
from django.urls import reverse

from tests.two_step import set_up


@pytest.fixture
def required(settings):
    """Two steps for whom production asks for them."""
    settings.NARANHI_MFA_REQUIRED = ["publisher", "superuser"]


@pytest.fixture
def secret(paul):
    """Paul has an authenticator app with this secret."""
    return set_up(paul)


@pytest.fixture
def attempt(client):
    """Post a name and a password to the sign-in page."""

    def post(login="paul", password="pw", *, by=client, **environ):
        return by.post(reverse("admin:login"), {"login": login, "password": password}, **environ)

    return post


@pytest.fixture
def said(caplog):
    """What the record holds so far: (what, who)."""
    caplog.set_level("INFO", logger="naranhi.accounts")

    def read():
        lines = [record.getMessage() for record in caplog.records if record.name == "naranhi.accounts"]
        return [tuple(line.split(" from=")[0].split(" who=")) for line in lines]

    return read
