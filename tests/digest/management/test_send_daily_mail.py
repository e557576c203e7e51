"""The command against a real mail server on this machine."""

import asyncio
import email
import email.policy
import os
import signal
import socket
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from digest.editing.workflow import save_note
from digest.models import Event, Note
from tests.build import build_entry

controller = pytest.importorskip("aiosmtpd.controller")
ROOT = Path(__file__).resolve().parents[3]


class Inbox:
    """Takes every mail but those to ``refused``; a mail to ``slow`` is taken and then never answered."""

    refused = "nobody@example.org"
    slow = "slow@example.org"

    def __init__(self):
        self.mails = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        if self.slow in envelope.rcpt_tos:
            await asyncio.sleep(60)
        return "250 OK"

    def to(self):
        return [mail["To"] for mail in self.mails]


@pytest.fixture
def inbox():
    handler = Inbox()
    handler.port = free_port()
    server = controller.Controller(handler, hostname="127.0.0.1", port=handler.port, ready_timeout=10)
    server.start()
    yield handler
    server.stop()
    server.loop.close()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture
def smtp(inbox, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", inbox.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    return inbox


def busy(person, address):
    """Give someone an address and something to do."""
    type(person).objects.filter(pk=person.pk).update(email=address)
    entry = build_entry(public=False, ko="", title=f"배치 크기 {person}")
    note = save_note(entry=entry, language="ko", body="노트", by=person, rev=0)
    Note.objects.filter(pk=note.pk).update(assignee=person)


def run(*arguments):
    out, err = StringIO(), StringIO()
    try:
        call_command("send_daily_mail", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        return error.returncode, out.getvalue(), err.getvalue(), str(error)
    return 0, out.getvalue(), err.getvalue(), ""


def test_mail_arrives_whole_and_once(smtp, minji, rina, tom):
    busy(minji, "minji@example.org")
    busy(rina, "rina@example.org")
    expected = "minji: sent to minji@example.org\nrina: sent to rina@example.org\n"
    assert run() == (0, expected, "", "")
    assert run() == (0, "", "", "")
    assert smtp.to() == ["minji@example.org", "rina@example.org"]
    first = smtp.mails[0]
    assert first.get_content_type() == "text/plain"
    assert "배치 크기 minji" in first.get_content()
    assert (first["Auto-Submitted"], first["From"]) == ("auto-generated", "desk@localhost")


def test_one_bad_address_does_not_stop_the_others(smtp, minji, rina):
    busy(minji, Inbox.refused)
    busy(rina, "rina@example.org")
    code, out, err, message = run()
    assert (code, out, message) == (1, "rina: sent to rina@example.org\n", "1 not sent: minji")
    assert err.startswith(f"minji: {Inbox.refused}: SMTPRecipientsRefused")
    type(minji).objects.filter(pk=minji.pk).update(email="minji@example.org")
    assert run()[:2] == (0, "minji: sent to minji@example.org\n")
    assert smtp.to() == ["rina@example.org", "minji@example.org"]


def test_no_mail_server_fails_all_and_loses_nothing(smtp, minji, rina, settings):
    busy(minji, "minji@example.org")
    busy(rina, "rina@example.org")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    assert run()[0] == 1
    settings.EMAIL_PORT = port
    assert run()[0] == 0
    assert len(smtp.mails) == 2


def test_dry_run_prints_and_writes_nothing(smtp, minji, rina):
    busy(minji, "minji@example.org")
    type(rina).objects.filter(pk=rina.pk).update(email="rina@example.org")
    before = Event.objects.count()
    code, out, _err, _message = run("--dry-run")
    assert code == 0
    assert "To: minji@example.org\nSubject: [나란히] " in out
    assert "rina: nothing to send" in out
    assert (smtp.mails, Event.objects.count()) == ([], before)


def test_for_one_person_only(smtp, minji, rina, tom):
    busy(minji, "minji@example.org")
    busy(rina, "rina@example.org")
    assert run("--for", "rina")[:2] == (0, "rina: sent to rina@example.org\n")
    assert run("--for", "tom")[:2] == (
        0,
        "tom: gets no mail (no address, switched off, or not at the desk)\n",
    )
    assert run("--for", "nobody")[0] == 2
    assert smtp.to() == ["rina@example.org"]


PEOPLE = """
from accounts.models import User
from accounts.roles import assign_role, setup_roles
from digest.models import Digest, Entry, Note
from papers.models import Paper
setup_roles()
digest = Digest.objects.create(date="2026-11-20")
for number, name in enumerate(["first", "slow", "last"], start=1):
    user = User.objects.create(username=name, is_staff=True, email=f"{name}@example.org")
    assign_role(user, "writer", ["ko"])
    paper = Paper.objects.create(title=name, title_key=name)
    entry = Entry.objects.create(digest=digest, paper=paper, position=number, order_key=number)
    Note.objects.create(entry=entry, language="ko", assignee=user)
"""


@pytest.mark.scale
def test_killed_while_the_server_has_the_mail_nobody_gets_it_twice(inbox, tmp_path):
    environment = {
        **os.environ,
        "DEBUG": "true",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'mail.sqlite3'}",
        "EMAIL_URL": f"smtp://127.0.0.1:{inbox.port}",
        "DJANGO_SETTINGS_MODULE": "digest.settings",
    }

    def manage(*arguments):
        return subprocess.Popen([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment)

    assert manage("migrate", "-v0").wait() == 0
    assert manage("shell", "-v0", "-c", PEOPLE).wait() == 0
    running = manage("send_daily_mail")
    until = time.monotonic() + 30
    while len(inbox.mails) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert inbox.to() == ["first@example.org", "slow@example.org"]
    assert manage("send_daily_mail").wait() == 0
    assert inbox.to() == ["first@example.org", "slow@example.org", "last@example.org"]
