"""Users and their language grants at the desk."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from accounts.models import LanguageGrant, User
from accounts.roles import may_write
from tests.page import form_data
from tests.two_step import set_up


def test_boss_adds_a_user(client, boss):
    client.force_login(boss)
    url = reverse("admin:accounts_user_add")
    data = form_data(client.get(url), "user_form")
    password = "a long enough secret"
    response = client.post(url, data | {"username": "sora", "password1": password, "password2": password})
    assert response.status_code == 302
    assert User.objects.get(username="sora").check_password(password)


def test_boss_grants_a_language(client, boss, tom):
    client.force_login(boss)
    url = reverse("admin:accounts_user_change", args=[tom.pk])
    data = form_data(client.get(url), "user_form")
    data |= {
        "grants-1-role": "translator",
        "grants-1-language": "ko",
        "groups": [group.pk for group in tom.groups.all()],
    }
    assert client.post(url, data).status_code == 302
    assert LanguageGrant.objects.filter(user=tom).count() == 2
    assert may_write(User.objects.get(pk=tom.pk), "ko")


@pytest.mark.parametrize("person", ["minji", "rina", "paul", "stranger"])
def test_nobody_else_may_look_at_users_or_give_themselves_rights(client, request, person):
    user = request.getfixturevalue(person)
    client.force_login(user)
    url = reverse("admin:accounts_user_change", args=[user.pk])
    assert client.get(url).status_code == 403
    assert client.post(url, {"username": person, "is_superuser": "on"}).status_code == 403
    assert not User.objects.get(pk=user.pk).is_superuser


def test_secrets_and_sessions_are_no_lists_of_the_desk():
    shown = {model._meta.label for model in admin.site._registry}
    assert not {label for label in shown if label.startswith(("mfa.", "account.", "usersessions."))}


def remove_second_step(client, *people):
    fields = {"action": "remove_second_step", "_selected_action": [person.pk for person in people]}
    return client.post(reverse("admin:accounts_user_changelist"), fields)


def test_boss_helps_somebody_who_lost_the_phone(client, boss, paul, rina, said):
    set_up(paul)
    set_up(rina)
    thief = Client()
    thief.post(reverse("admin:login"), {"login": "paul", "password": "pw"})
    thief.force_login(paul)
    UserSession.objects.create(user=paul, session_key=thief.session.session_key, ip="192.0.2.1")
    client.force_login(boss)
    assert remove_second_step(client, paul).status_code == 302
    assert set(Authenticator.objects.values_list("user__username", flat=True)) == {"rina"}
    assert get_user(thief).is_anonymous
    assert said()[-1] == ("second step removed", '"boss"')
    assert get_user(client) == boss


@pytest.mark.parametrize("person", ["paul", "rina", "stranger"])
def test_nobody_else_removes_a_second_step(client, request, tom, person):
    set_up(tom)
    client.force_login(request.getfixturevalue(person))
    assert remove_second_step(client, tom).status_code == 403
    assert Authenticator.objects.filter(user=tom).count() == 2


def test_password_set_by_the_boss_ends_sessions_and_is_recorded(client, boss, tom, said):
    his = Client()
    his.force_login(tom)
    client.force_login(boss)
    url = reverse("admin:auth_user_password_change", args=[tom.pk])
    password = "a long enough secret"
    data = {"password1": password, "password2": password, "usable_password": "true"}
    assert client.post(url, data).status_code == 302
    assert get_user(his).is_anonymous
    assert said()[-1] == ("account changed", '"boss"')
