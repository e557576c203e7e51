"""A forgotten password: real mail to a real server, the same answer for everybody."""

import re
import socket
import threading
from email import message_from_bytes, policy

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from accounts.resetting import send_reset_mail

PASSWORD = "a long enough secret"
NEW = {"password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def inbox(settings):
    """A mail server on this machine; what it took, as messages."""
    controller = pytest.importorskip("aiosmtpd.controller")
    took = []

    class Keep:
        async def handle_DATA(self, server, session, envelope):
            message = message_from_bytes(envelope.content, policy=policy.default)
            took.append((envelope.rcpt_tos, message))
            return "250 kept"

    server = controller.Controller(Keep(), hostname="127.0.0.1", port=_free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield took
    server.stop()


def _free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


@pytest.fixture
def paul(paul):
    paul.email = "Paul@example.org"
    paul.save()
    return paul


def ask(client, address, **headers):
    """Ask for a new password, and wait for what goes on behind the answer."""
    response = client.post(reverse("account_reset_password"), {"email": address}, **headers)
    for thread in threading.enumerate():
        if thread.name == "password-reset":
            thread.join()
    return response


def path_in(message):
    return re.search(r"http://localhost:8000(/\S+)", message.get_content())[1]


@pytest.mark.django_db(transaction=True)
def test_forgotten_password_is_chosen_anew_by_mail(client, attempt, inbox, paul, said):
    elsewhere = Client()
    attempt(by=elsewhere)
    answer = ask(client, "PAUL@example.org")
    assert answer.headers["Location"] == reverse("account_reset_password_done")
    ((recipients, message),) = inbox
    assert recipients == ["Paul@example.org"]
    assert message["To"] == "Paul@example.org"
    assert "나란히" in message["Subject"]
    path = path_in(message)
    form = client.get(path, follow=True)
    # The key has left the address, where it could be seen and passed on.
    assert form.redirect_chain[0][0].endswith("-set-password/")
    action = form.redirect_chain[0][0]
    assert client.post(action, {"password1": "short", "password2": "short"}).status_code == 200
    assert client.post(action, NEW).headers["Location"] == reverse("account_reset_password_from_key_done")
    assert get_user(client).is_anonymous
    assert get_user(elsewhere).is_anonymous
    assert attempt(password="pw").status_code == 200
    assert attempt(password=PASSWORD).status_code == 302
    assert Client().get(path).context["token_fail"]
    assert ("password set", '"paul"') in said()


@pytest.mark.django_db(transaction=True)
def test_only_members_who_may_sign_in_get_mail(client, inbox, paul, rina, tom, minji):
    for person, fields in (
        (rina, {"is_active": False}),
        (tom, {"is_staff": False}),
        (minji, {"password": "!"}),
    ):
        for name, value in ({"email": f"{person.username}@example.org"} | fields).items():
            setattr(person, name, value)
        person.save()
    addresses = [f"{name}@example.org" for name in ("rina", "tom", "minji", "nobody", "paul")]
    answers = [ask(Client(), address) for address in addresses]
    assert [recipients for recipients, _message in inbox] == [["Paul@example.org"]]
    assert len({(answer.status_code, answer.headers["Location"]) for answer in answers}) == 1


@pytest.mark.django_db(transaction=True)
def test_mail_leads_to_the_site_whatever_host_was_asked(client, inbox, paul):
    ask(client, "paul@example.org", HTTP_X_FORWARDED_HOST="evil.example", HTTP_HOST="localhost")
    assert path_in(inbox[0][1]).startswith("/admin/account/password/reset/key/")
    assert "evil" not in inbox[0][1].get_content()


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_down_shows_in_the_log_alone(client, settings, paul, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", _free_port()
    assert ask(client, "paul@example.org").status_code == 302
    assert "password reset could not be sent" in [record.getMessage() for record in caplog.records]


@pytest.mark.django_db(transaction=True)
def test_three_mails_to_one_address_in_ten_minutes(client, inbox, paul):
    statuses = [ask(Client(), "paul@example.org").status_code for _number in range(5)]
    assert statuses == [302] * 3 + [429] * 2
    assert len(inbox) == 3


def test_link_ends_after_an_hour_and_with_the_next_sign_in(client, attempt, paul, mailoutbox):
    machine = pytest.importorskip("time_machine")
    with machine.travel("2026-03-02 09:00+00:00", tick=False) as clock:
        send_reset_mail("paul@example.org", "en")
        path = re.search(r"localhost:8000(/\S+)", mailoutbox[0].body)[1]
        clock.shift(3_600)
        assert client.get(path).status_code == 302
        clock.shift(1)
        assert client.get(path).context["token_fail"]
        clock.shift(-3_601)
        attempt()
        assert Client().get(path).context["token_fail"]


def test_two_who_share_an_address_get_a_letter_each(paul, rina, mailoutbox):
    rina.email = "paul@example.org"
    rina.save()
    assert send_reset_mail("paul@example.org", "en") == 2
    names = {re.search(r"username is (\w+)", mail.body)[1] for mail in mailoutbox}
    assert names == {"paul", "rina"}
    assert "one use" in mailoutbox[0].body


def test_ten_failures_are_forgiven_to_who_chose_a_new_password(client, attempt, paul, mailoutbox):
    for _number in range(11):
        attempt(password="wrong")
    send_reset_mail("paul@example.org", "en")
    form = client.get(re.search(r"localhost:8000(/\S+)", mailoutbox[0].body)[1], follow=True)
    client.post(form.redirect_chain[0][0], NEW)
    assert attempt(password=PASSWORD).status_code == 302
