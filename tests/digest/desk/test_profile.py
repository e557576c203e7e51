"""What people choose for themselves: their own row, these columns, nothing else."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from tests.page import form_data, inline_code, message_texts

URL = "/admin/profile/"


def stored(user):
    return get_user_model().objects.get(pk=user.pk)


def save(client, **changes):
    return client.post(URL, form_data(client.get(URL), "profile-form") | changes)


def test_profile_is_for_the_team_alone(client, stranger):
    assert reverse("admin:profile") == URL
    assert client.get(URL).headers["Location"] == f"/admin/login/?next={URL}"
    client.force_login(stranger)
    assert client.get(URL).status_code == 200


def test_page_leads_to_what_guards_the_account_in_few_queries(door, tom, django_assert_num_queries):
    client = door(tom)
    # session, user; the profile's row; permissions of the user, of the groups (sidebar); unread notifications
    with django_assert_num_queries(6):
        page = client.get(URL)
    html = page.content.decode()
    for name in ("account_change_password", "mfa_index", "usersessions_list"):
        assert f'href="{reverse(name)}"' in html
    assert inline_code(page) == []


def test_zone_and_daily_mail_are_saved_and_nothing_else_changes(door, tom):
    client = door(tom)
    before = get_user_model().objects.filter(pk=tom.pk).values().get()
    data = form_data(client.get(URL), "profile-form")
    assert data.pop("daily_mail") == "on"
    response = client.post(
        URL, data | {"time_zone": "America/New_York", "is_superuser": "on", "username": "x"}, follow=True
    )
    assert len(message_texts(response)) == 1
    after = get_user_model().objects.filter(pk=tom.pk).values().get()
    assert {name: after[name] for name in after if after[name] != before[name]} == {
        "time_zone": "America/New_York",
        "daily_mail": False,
    }


@pytest.mark.parametrize("zone", ["Seoul", "../etc/passwd", "EST5EDT", "x" * 5_000, "a\0b"])
def test_odd_zones_are_refused(door, tom, zone):
    response = save(door(tom), time_zone=zone)
    assert response.status_code == 200
    assert "time_zone" in response.context["form"].errors
    assert stored(tom).time_zone == ""


def test_zone_can_be_the_sites_again(door, tom):
    client = door(tom)
    save(client, time_zone="UTC")
    assert stored(tom).time_zone == "UTC"
    save(client, time_zone="")
    assert stored(tom).time_zone == ""


def test_new_address_takes_the_password(door, tom, caplog):
    caplog.set_level("INFO", logger="naranhi.accounts")
    client = door(tom)
    for password in ("", "wrong"):
        response = save(client, email="tom@example.org", password=password)
        assert "password" in response.context["form"].errors
        assert stored(tom).email == ""
    assert save(client, email="tom@EXAMPLE.org", password="pw").status_code == 302
    assert stored(tom).email == "tom@example.org"
    assert caplog.records[-1].getMessage() == 'e-mail address changed who="tom" from=127.0.0.1'
    # The rest is saved without it.
    assert save(client, time_zone="UTC").status_code == 302


def test_an_address_belongs_to_one(door, tom, rina):
    get_user_model().objects.filter(pk=rina.pk).update(email="desk@example.org")
    response = save(door(tom), email="Desk@example.org", password="pw")
    assert "email" in response.context["form"].errors
    assert stored(tom).email == ""


@pytest.mark.parametrize(
    "email", ["no", "a@b", "x" * 300 + "@example.org", "a\0@example.org", "a@x.org\nBcc: b@x.org"]
)
def test_odd_addresses_are_refused(door, tom, email):
    assert "email" in save(door(tom), email=email, password="pw").context["form"].errors


def test_password_cannot_be_guessed_here_either(door, tom):
    client = door(tom)
    for _number in range(10):
        save(client, email="tom@example.org", password="wrong")
    assert save(client, email="tom@example.org", password="pw").status_code == 200
    assert stored(tom).email == ""
