"""Users and their language grants at the desk."""

import pytest
from django.urls import reverse

from accounts.models import LanguageGrant, User
from accounts.roles import may_write
from tests.page import form_data


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
