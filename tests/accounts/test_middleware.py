"""How long a session lives, and that nobody whose second step is missing gets past it."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user, get_user_model
from django.test import Client
from django.urls import reverse

from accounts.middleware import SETTING_UP
from tests.two_step import code_at, recovery_codes, set_up

DAY = 86_400


@pytest.fixture
def clock():
    machine = pytest.importorskip("time_machine")
    with machine.travel("2026-03-02 09:00+00:00", tick=False) as moved:
        yield moved


def here(client):
    """Whether the desk still knows this browser."""
    return client.get(reverse("admin:profile")).status_code == 200


def test_idle_session_ends(client, attempt, tom, clock, said):
    attempt("tom")
    for _number in range(3):
        clock.shift(DAY // 2 - 1)
        assert here(client)
    clock.shift(DAY // 2 + 1)
    assert not here(client)
    assert said()[-1] == ("session idle", '"tom"')


def test_session_ends_a_week_after_the_sign_in_however_busy(client, attempt, tom, clock, said):
    attempt("tom")
    for _number in range(7 * 4 - 1):
        clock.shift(DAY // 4)
        assert here(client)
    clock.shift(DAY // 4 + 1)
    assert not here(client)
    # The cookie's own age is as long; whichever of the two comes first.
    assert attempt("tom").status_code == 302


def test_limits_are_settings(client, attempt, tom, clock, settings):
    settings.NARANHI_SESSION_IDLE_HOURS, settings.NARANHI_SESSION_HOURS = 1, 2
    attempt("tom")
    clock.shift(3_599)
    assert here(client)
    clock.shift(3_599)
    assert here(client)
    clock.shift(10)
    assert not here(client)


def test_being_here_is_noted_every_five_minutes_and_costs_nothing_in_between(
    client, attempt, tom, clock, django_assert_num_queries
):
    attempt("tom")
    signed_in = UserSession.objects.get().last_seen_at
    clock.shift(299)
    # session, user
    with django_assert_num_queries(2):
        client.get(reverse("admin:password_change"))
    assert UserSession.objects.get().last_seen_at == signed_in
    clock.shift(2)
    here(client)
    assert (UserSession.objects.get().last_seen_at - signed_in).total_seconds() == 301


def test_session_id_is_new_at_sign_in_and_dead_at_sign_out(client, attempt, tom):
    client.get(reverse("admin:login"))
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    attempt("tom")
    key = client.session.session_key
    assert key != planted
    client.post(reverse("admin:logout"))
    for dead in (planted, key):
        client.cookies["sessionid"] = dead
        assert not here(client)


def test_cookie_is_for_the_desk_alone_and_no_script_reads_it(attempt, tom):
    cookie = attempt("tom").cookies["sessionid"]
    found = {name: cookie[name] for name in ("path", "httponly", "samesite", "max-age")}
    assert found == {"path": "/admin/", "httponly": True, "samesite": "Lax", "max-age": 168 * 3_600}


def test_other_sessions_die_with_the_password(client, attempt, tom):
    attempt("tom")
    key = client.session.session_key
    other = Client()
    attempt("tom", by=other)
    new = "a long enough secret"
    changed = client.post(
        reverse("account_change_password"), {"oldpassword": "pw", "password1": new, "password2": new}
    )
    assert changed.headers["Location"] == reverse("admin:profile")
    assert here(client)
    assert client.session.session_key != key
    assert get_user(other).is_anonymous
    assert attempt("tom", new, by=other).status_code == 302


def test_public_pages_are_not_looked_at(client, attempt, paul, required, clock, django_assert_num_queries):
    attempt()
    with django_assert_num_queries(0):
        response = client.get("/about/", headers={"cookie": f"sessionid={client.session.session_key}"})
    assert response.status_code == 200
    assert response.cookies == {}


@pytest.mark.parametrize("person", ["paul", "boss"])
def test_whoever_must_have_two_steps_reaches_nothing_before(client, request, required, person):
    client.force_login(request.getfixturevalue(person))
    names = ["index", "profile", "digest_entry_changelist", "password_change", "jsi18n"]
    paths = [reverse(f"admin:{name}") for name in names]
    paths += [reverse("mfa_index"), reverse("usersessions_list"), "/admin/nowhere/"]
    set_up_page = reverse("mfa_activate_totp")
    for path in paths:
        for answer in (client.get(path), client.post(path)):
            assert (answer.status_code, answer.headers["Location"]) == (302, set_up_page)


def test_the_desks_api_refuses_in_its_own_way(client, paul, required):
    client.force_login(paul)
    response = client.get("/admin/api/v1/desk/")
    assert response.status_code == 403
    assert response.headers["Content-Type"] == "application/json"


def test_what_stays_open_is_named_by_addresses_that_exist():
    assert len({reverse(name) for name in SETTING_UP}) == len(SETTING_UP)


def test_publisher_sets_two_steps_up_and_goes_on(client, attempt, paul, required):
    assert attempt().headers["Location"] == reverse("admin:index")
    page = client.get(reverse("admin:index"), follow=True)
    assert page.redirect_chain == [(reverse("mfa_activate_totp"), 302)]
    assert page.context["second_factor_missing"]
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000x"})
    assert wrong.status_code == 200
    secret = wrong.context["form"].secret
    done = client.post(reverse("mfa_activate_totp"), {"code": code_at(secret)}, follow=True)
    assert done.redirect_chain[0][0] == reverse("mfa_view_recovery_codes")
    assert done.context["unused_codes"] == recovery_codes(paul)
    assert len(recovery_codes(paul)) == 10
    assert here(client)


def test_a_role_that_asks_for_nothing_goes_straight_on(client, tom, required):
    client.force_login(tom)
    assert here(client)


def test_a_second_step_removed_is_missing_at_the_next_request(client, paul, boss, required):
    set_up(paul)
    set_up(boss)
    client.force_login(paul)
    assert here(client)
    other = Client()
    other.force_login(boss)
    answer = other.post(
        reverse("admin:accounts_user_changelist"),
        {"action": "remove_second_step", "_selected_action": [paul.pk]},
    )
    assert answer.status_code == 302
    assert not here(client)


def test_a_new_role_counts_at_once(client, tom, required):
    client.force_login(tom)
    assert here(client)
    get_user_model().objects.filter(pk=tom.pk).update(is_superuser=True)
    assert not here(client)
