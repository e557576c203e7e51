"""The second step: a code counts once, guessing is limited, a recovery code is gone when used."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from tests.two_step import code_at, recovery_codes


@pytest.fixture
def second_step(attempt, secret):
    """Give Paul's password in a new browser, then this code; answers that browser if it is signed in."""

    def give(code):
        browser = Client()
        assert attempt(by=browser).headers["Location"] == reverse("mfa_authenticate")
        assert get_user(browser).is_anonymous
        browser.post(reverse("mfa_authenticate"), {"code": code})
        return browser if get_user(browser).is_authenticated else None

    return give


def test_code_signs_in_and_the_same_code_does_not_again(second_step, secret, said):
    machine = pytest.importorskip("time_machine")
    with machine.travel("2026-03-02 09:00+00:00", tick=False) as clock:
        code = code_at(secret)
        assert second_step(code)
        assert not second_step(code)
        # The clock's tolerance would take it still, allauth's own memory of half a minute is over.
        clock.shift(45)
        assert not second_step(code)
        assert second_step(code_at(secret))
    assert said().count(("code wrong", '"paul"')) == 2
    assert said().count(("signed in", '"paul"')) == 2


@pytest.mark.parametrize(("seconds", "counts"), [(-90, False), (-30, True), (30, True), (90, False)])
def test_clock_may_be_half_a_minute_off(second_step, secret, seconds, counts):
    machine = pytest.importorskip("time_machine")
    with machine.travel("2026-03-02 09:00:15+00:00", tick=False):
        assert bool(second_step(code_at(secret, time.time() + seconds))) == counts


def test_recovery_code_signs_in_once(second_step, paul):
    code, *others = recovery_codes(paul)
    assert second_step(code)
    assert recovery_codes(paul) == others
    assert not second_step(code)
    assert second_step(others[0])


@pytest.mark.parametrize("code", ["", "12345", "한국어", "0" * 5_000, "１２３４５６", "a\0b", "-1"])
def test_odd_codes_are_wrong_codes(second_step, code):
    assert not second_step(code)


def test_ten_codes_may_be_guessed_in_ten_minutes(second_step, secret):
    for number in range(10):
        assert not second_step(f"x{number}")
    assert not second_step(code_at(secret))


def test_code_of_somebody_else_is_wrong(second_step, paul, rina):
    Authenticator.objects.filter(user=paul, type="totp").update(data={"secret": "A" * 32})
    assert not second_step(code_at("B" * 32))


def test_reset_of_the_password_does_not_skip_the_second_step(attempt, client, secret, paul):
    paul.set_password("a long enough secret")
    paul.save()
    assert attempt(password="a long enough secret").headers["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("admin:index")).status_code == 302


def test_turning_it_off_long_after_the_sign_in_takes_the_password(client, paul, secret):
    client.force_login(paul)
    turn_off = reverse("mfa_deactivate_totp")
    asked = client.post(turn_off)
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert Authenticator.objects.filter(user=paul, type="totp").exists()
    client.post(asked.headers["Location"], {"password": "wrong"})
    assert Authenticator.objects.filter(user=paul, type="totp").exists()
    client.post(asked.headers["Location"], {"password": "pw"})
    assert not Authenticator.objects.filter(user=paul).exists()


def test_code_confirms_in_place_of_the_password(client, paul, secret):
    client.force_login(paul)
    confirm = reverse("mfa_reauthenticate") + "?next=" + reverse("mfa_view_recovery_codes")
    assert client.post(confirm, {"code": "000x"}).status_code == 200
    done = client.post(confirm, {"code": code_at(secret)}, follow=True)
    assert done.context["unused_codes"] == recovery_codes(paul)
    file = client.get(reverse("mfa_download_recovery_codes"))
    assert file.content.decode().split() == recovery_codes(paul)
    assert file.headers["Content-Disposition"].startswith("attachment")
