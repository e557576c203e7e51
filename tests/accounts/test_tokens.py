"""Keys for programs: what is stored of them, and when they are good."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import ApiToken
from accounts.tokens import MOST_TOKENS, find_token, make_token


def test_a_key_is_told_once_and_only_its_hash_is_stored(minji):
    before = timezone.now()
    token, key = make_token(user=minji, name=" export ", days=90)
    assert key.startswith("naranhi_")
    assert len(key) > 45
    row = ApiToken.objects.values().get()
    assert key not in str(row)
    assert key.removeprefix("naranhi_") not in str(row)
    assert (row["name"], row["user_id"], row["last_used_on"]) == ("export", minji.pk, None)
    assert before + datetime.timedelta(90) <= row["expires_at"] <= timezone.now() + datetime.timedelta(90)
    assert find_token(key) == token


def test_two_keys_are_never_the_same(minji):
    keys = {make_token(user=minji, name="x", days=1)[1] for _ in range(10)}
    assert len(keys) == 10


@pytest.mark.parametrize(
    "change", [lambda key: key[:-1], lambda key: key + "x", str.upper, lambda key: key[8:]]
)
def test_a_key_that_differs_finds_nothing(minji, change):
    _token, key = make_token(user=minji, name="x", days=1)
    assert find_token(change(key)) is None


@pytest.mark.parametrize(
    "key", ["", "naranhi_", "x" * 100_000, "naranhi_\udcff", "naranhi_\x00", "naranhi_é"]
)
def test_any_other_string_finds_nothing(db, key):
    assert find_token(key) is None


def test_the_hash_itself_is_no_key(minji):
    token, _key = make_token(user=minji, name="x", days=1)
    assert find_token(token.digest) is None
    assert find_token(f"naranhi_{token.digest}") is None


def test_an_expired_key_finds_nothing_and_is_forgotten_with_the_next(minji):
    token, key = make_token(user=minji, name="old", days=1)
    token.expires_at = timezone.now()
    token.save()
    assert find_token(key) is None
    make_token(user=minji, name="new", days=1)
    assert list(ApiToken.objects.values_list("name", flat=True)) == ["new"]


def test_the_day_of_use_is_written_once_a_day(minji, django_assert_num_queries):
    _token, key = make_token(user=minji, name="x", days=1)
    with django_assert_num_queries(2):  # the token with its user; the day
        find_token(key)
    with django_assert_num_queries(1):
        token = find_token(key)
    assert token.last_used_on == timezone.localdate()


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\x00b", "a\u202eb", "x" * 61])
def test_a_name_is_one_short_line(minji, name):
    with pytest.raises(ValidationError):
        make_token(user=minji, name=name, days=1)
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("days", [0, -1, 367, 10**9])
def test_days_are_1_to_366(minji, days):
    with pytest.raises(ValidationError):
        make_token(user=minji, name="x", days=days)
    assert not ApiToken.objects.exists()


def test_nobody_hoards_keys(minji, rina):
    for number in range(MOST_TOKENS):
        make_token(user=minji, name=str(number), days=1)
    with pytest.raises(ValidationError, match="20"):
        make_token(user=minji, name="x", days=1)
    make_token(user=rina, name="x", days=1)


def test_the_database_wants_a_name(minji):
    with pytest.raises(IntegrityError):
        ApiToken.objects.create(user=minji, name="", digest="x", expires_at=timezone.now())
