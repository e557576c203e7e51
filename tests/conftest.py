"""Fixtures of the whole suite: a small team with a story each, and the real seeds, imported once a test."""

from functools import cache as cache_by

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import SimpleTestCase
from django.utils import translation

from accounts.roles import assign_role, setup_roles

DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_serialized_rollback"}


def pytest_collection_modifyitems(items):
    """What ran whole with the base requirements and asks no database need not run again on another one: ``once``."""
    wants_more = cache_by(lambda path: "importorskip" in path.read_text())
    for item in items:
        asks = item.get_closest_marker("django_db") or DATABASE_FIXTURES.intersection(item.fixturenames)
        if not asks and not issubclass(item.cls or object, SimpleTestCase) and not wants_more(item.path):
            item.add_marker(pytest.mark.once)


def _member(username, *roles, **fields):
    user = get_user_model().objects.create_user(username, password="pw", is_staff=True, **fields)
    for role, languages in roles:
        assign_role(user, role, languages)
    return user


@pytest.fixture
def roles(db):
    return setup_roles()


@pytest.fixture
def minji(roles):
    """Minji writes the Korean notes."""
    return _member("minji", ("writer", ["ko"]))


@pytest.fixture
def tom(roles):
    """Tom translates into English."""
    return _member("tom", ("translator", ["en"]))


@pytest.fixture
def rina(roles):
    """Rina reviews both languages, and writes Korean herself now and then."""
    return _member("rina", ("reviewer", ["ko", "en"]), ("writer", ["ko"]))


@pytest.fixture
def paul(roles):
    """Paul publishes."""
    return _member("paul", ("publisher", []))


@pytest.fixture
def stranger(roles):
    """A stranger may sign in to the desk but holds no role."""
    return _member("stranger")


@pytest.fixture
def boss(db):
    return get_user_model().objects.create_superuser("boss", password="pw")


@pytest.fixture
def english():
    """Messages as they are written in the code; the site itself is Korean first."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def no_counts_left():
    """Limits count by the key of an account, and every test has the same few keys."""
    cache.clear()
