"""The command against a real hub on this machine."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.build import build_entry
from tests.hub import hub

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    with hub() as running:
        settings.NARANHI_WEBSUB_HUB = running.url
        yield running


def feeds_of(*editions):
    return {
        f"http://localhost:8000{edition}/feeds/{items}.{form}"
        for edition in editions
        for items in ("digests", "papers")
        for form in ("atom", "rss", "json")
    }


def told(server):
    return {form["hub.url"][0] for _, form in server.told}


def test_the_hub_hears_of_the_feeds_that_changed(server, capsys):
    minutes = datetime.timedelta(minutes=1)
    build_entry("2024-10-30", en="an English note")
    build_entry("2024-10-31", publish_at=timezone.now() - 5 * minutes)
    call_command("ping_hub", minutes=2)
    assert server.told == []
    call_command("ping_hub")
    assert told(server) == feeds_of("", "/ko")
    assert capsys.readouterr().out.count(": told\n") == 12 == len(server.told)


def test_all_means_all_that_hold_anything(server):
    build_entry("2024-10-30")
    build_entry("2024-10-31", en="secret", public=False)
    call_command("ping_hub", all=True)
    assert told(server) == feeds_of("", "/ko")


def test_a_hub_that_refuses_is_named_and_the_others_are_tried(server, capsys):
    build_entry("2024-10-30")
    server.status = 500
    with pytest.raises(CommandError, match="12 not told") as failed:
        call_command("ping_hub", all=True)
    assert failed.value.returncode == 1
    assert len(server.told) == 12
    assert "http://localhost:8000/feeds/papers.atom: the hub answered 500\n" in capsys.readouterr().err


def test_wrong_use(server, settings):
    with pytest.raises(CommandError) as wrong:
        call_command("ping_hub", minutes=0)
    assert wrong.value.returncode == 2
    settings.NARANHI_WEBSUB_HUB = ""
    with pytest.raises(CommandError, match="NARANHI_WEBSUB_HUB") as missing:
        call_command("ping_hub")
    assert missing.value.returncode == 2
