"""Telling a hub, with a real one on this machine."""

import pytest

from digest.editing.hub import HubFailed, ping_hub
from tests.hub import hub

FEED = "https://example.org/ko/feeds/papers.atom"


@pytest.fixture
def server():
    with hub() as running:
        yield running


@pytest.mark.parametrize("status", [200, 202, 204])
def test_a_hub_is_told_in_its_protocol(server, status):
    server.status = status
    ping_hub(server.url, FEED)
    form = {"hub.mode": ["publish"], "hub.url": [FEED], "hub.topic": [FEED]}
    assert server.told == [("application/x-www-form-urlencoded", form)]


@pytest.mark.parametrize("status", [302, 307, 404, 500, 0])
def test_any_other_answer_is_a_failure_and_no_redirect_is_followed(server, status):
    server.status = status
    with pytest.raises(HubFailed, match=str(status) if status else "RemoteDisconnected"):
        ping_hub(server.url, FEED)
    assert len(server.told) == 1


def test_a_hub_that_is_not_there_is_a_failure(server):
    with pytest.raises(HubFailed, match="cannot be reached"):
        ping_hub("http://127.0.0.1:9/", FEED)
