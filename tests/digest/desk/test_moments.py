"""Moments in two zones, and times that a clock does not show or shows twice."""

import datetime
import zoneinfo

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from digest.desk.moments import MomentField, in_zones

SEOUL, NEW_YORK = zoneinfo.ZoneInfo("Asia/Seoul"), zoneinfo.ZoneInfo("America/New_York")
MOMENT = datetime.datetime(2026, 11, 1, 6, 30, 7, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("", "2026-11-01 15:30 Asia/Seoul"),
        ("Asia/Seoul", "2026-11-01 15:30 Asia/Seoul"),
        ("America/New_York", "2026-11-01 15:30 Asia/Seoul · 2026-11-01 01:30 America/New_York"),
        ("Atlantis/Capital", "2026-11-01 15:30 Asia/Seoul"),
    ],
)
def test_site_comes_first_and_the_editor_second(zone, shown):
    assert in_zones(MOMENT, User(time_zone=zone)) == shown


@pytest.mark.parametrize(
    ("zone", "typed", "moment"),
    [
        (SEOUL, "2026-11-01T01:30", "2026-10-31T16:30+00:00"),
        (NEW_YORK, "2026-11-01T00:59", "2026-11-01T04:59+00:00"),
        (NEW_YORK, "2026-11-01T02:00", "2026-11-01T07:00+00:00"),
        (NEW_YORK, "2026-03-08T01:59", "2026-03-08T06:59+00:00"),
        (NEW_YORK, "2026-03-08T03:00", "2026-03-08T07:00+00:00"),
    ],
)
def test_typed_time_is_of_the_zone_on_either_side_of_a_change(zone, typed, moment):
    assert MomentField(zone).clean(typed) == datetime.datetime.fromisoformat(moment)


@pytest.mark.parametrize("typed", ["2026-03-08T02:30", "2026-11-01T01:30"])
def test_skipped_and_doubled_times_are_refused(typed):
    with pytest.raises(ValidationError) as error:
        MomentField(NEW_YORK).clean(typed)
    assert error.value.code == "ambiguous_timezone"
    assert "America/New_York" in error.value.messages[0]


@pytest.mark.parametrize(
    "typed", ["tomorrow", "2026-13-01T00:00", "\x00", "9" * 400, "0001-01-01T00:00", "9999-12-31T23:59"]
)
def test_nonsense_is_refused(typed):
    with pytest.raises(ValidationError):
        MomentField(SEOUL).clean(typed)


def test_known_moment_left_as_shown_stays_to_the_second():
    field = MomentField(NEW_YORK, MOMENT)
    assert field.clean("2026-11-01T01:30") == MOMENT
    assert field.clean("2026-11-01T02:30") == datetime.datetime(2026, 11, 1, 7, 30, tzinfo=datetime.UTC)
    assert field.clean("") is None
