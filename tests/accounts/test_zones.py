import zoneinfo

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.zones import zone_choices, zone_of


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ("", "Asia/Seoul"),
        ("Europe/Berlin", "Europe/Berlin"),
        ("UTC", "UTC"),
        ("Europe/Atlantis", "Asia/Seoul"),
        ("../etc/passwd", "Asia/Seoul"),
        ("/etc/localtime", "Asia/Seoul"),
        ("a\0b", "Asia/Seoul"),
    ],
)
def test_zone_is_the_chosen_one_or_the_sites(chosen, shown):
    assert zone_of(User(time_zone=chosen)).key == shown


def test_anonymous_sees_the_sites_zone():
    assert zone_of(AnonymousUser()).key == "Asia/Seoul"


def test_choices_are_grouped_and_every_one_loads():
    names = [name for _region, zones in zone_choices() for name, _label in zones]
    assert {"UTC", "Asia/Seoul", "America/Argentina/Buenos_Aires"} <= set(names)
    assert len(names) == len(set(names)) > 300
    assert [zone_of(User(time_zone=name)).key for name in names] == names
    assert set(names) <= zoneinfo.available_timezones()
