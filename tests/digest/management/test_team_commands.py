from io import StringIO

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command

from digest.management.progress import Progress


def test_demo_team_can_sign_in_in_development(db, settings):
    settings.DEBUG = True
    call_command("create_demo_team", stdout=StringIO())
    call_command("create_demo_team", stdout=StringIO())
    team = {"writer", "translator", "reviewer", "publisher", "admin"}
    assert {user.username for user in get_user_model().objects.all()} == team
    assert all(authenticate(username=name, password="demo").is_staff for name in team)


def test_demo_team_is_never_made_in_production(db, settings):
    settings.DEBUG = False
    with pytest.raises(CommandError) as error:
        call_command("create_demo_team")
    assert error.value.returncode == 2
    assert not get_user_model().objects.exists()


def test_setup_roles_names_the_groups(db):
    out = StringIO()
    call_command("setup_roles", stdout=out)
    assert [line.split(":")[0] for line in out.getvalue().splitlines()] == [
        "writer",
        "translator",
        "reviewer",
        "publisher",
    ]


def test_progress_draws_on_a_terminal_alone():
    class Terminal(StringIO):
        def isatty(self):
            return True

    pipe, terminal = StringIO(), Terminal()
    for stream in (pipe, terminal):
        progress = Progress(4, stream)
        for _ in range(4):
            progress.step()
        progress.close()
    assert pipe.getvalue() == ""
    assert "[##############################] 4/4" in terminal.getvalue()
    halfway = Progress(4, terminal)
    halfway.done = 2
    assert halfway.line(1.0) == "[###############...............] 2/4  2/s  1 s left"
