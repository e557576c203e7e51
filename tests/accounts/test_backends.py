"""A password is checked once for each attempt, and only the staff's counts."""

import pytest
from django.contrib.auth import authenticate, get_user, get_user_model
from django.contrib.auth.hashers import MD5PasswordHasher


class Counting(MD5PasswordHasher):
    """The tests' hasher, counting its work."""

    worked = 0

    def encode(self, password, salt):
        Counting.worked += 1
        return super().encode(password, salt)


@pytest.fixture
def work(settings, paul):
    settings.PASSWORD_HASHERS = ["tests.accounts.test_backends.Counting"]
    get_user_model().objects.filter(pk=paul.pk).update(email="paul@example.org")
    Counting.worked = 0
    return lambda: Counting.worked


@pytest.mark.parametrize(
    "login", ["paul", "paul@example.org", "PAUL@example.org", "nobody", "nobody@example.org"]
)
def test_known_and_unknown_names_cost_one_hash(rf, work, login):
    assert authenticate(rf.post("/"), username=login, password="wrong") is None
    assert work() == 1


def test_name_and_address_lead_to_the_account(rf, paul, work):
    for login in ("paul", "paul@example.org", "Paul@Example.org"):
        assert authenticate(rf.post("/"), username=login, password="pw") == paul


@pytest.mark.parametrize("field", ["is_active", "is_staff"])
def test_a_person_without_staff_status_or_deactivated_does_not_sign_in_nor_stay(
    client, rf, paul, attempt, field
):
    assert attempt().status_code == 302
    get_user_model().objects.filter(pk=paul.pk).update(**{field: False})
    assert get_user(client).is_anonymous
    assert authenticate(rf.post("/"), username="paul", password="pw") is None


def test_nothing_typed_is_nobody(rf, paul):
    assert authenticate(rf.post("/"), username="", password="pw") is None
    assert authenticate(rf.post("/"), username="paul", password="") is None
