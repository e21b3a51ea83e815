"""Zones, stages, ages: the small arithmetic of the journey."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from nearer.accounts.api import AGE_BANDS
from nearer.care import policies
from nearer.care.rules import stages
from nearer.care.rules.spreading import spread
from nearer.care.rules.told import Told, from_kept
from nearer.care.rules.zones import OFFERED, is_zone, zone_of
from nearer.care.vocabulary import ZONES, zone_words
from nearer.directory.api import vocabulary

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize("state", vocabulary.JURISDICTIONS)
def test_every_state_has_a_zone_that_people_know(state: str) -> None:
    zone = zone_of(state)
    assert zone in OFFERED
    assert zone in ZONES
    ZoneInfo(zone)


def test_a_zone_without_a_name_of_its_own_is_called_by_its_place() -> None:
    assert zone_words("America/New_York") == "Eastern time"
    assert zone_words("Europe/Isle_of_Man") == "Isle of Man"
    assert is_zone("Europe/Isle_of_Man")
    assert not is_zone("Mars/Olympus")


@pytest.mark.parametrize(
    ("status", "minutes_left", "registered", "verified", "name", "goal"),
    [
        ("held", 1, False, False, stages.DETAILS, stages.DETAILS),
        ("held", 1, True, False, stages.CODE, stages.CODE),
        ("held", 1, True, True, stages.CONFIRM, stages.CONFIRM),
        ("held", 0, True, False, stages.EXPIRED, stages.CODE),
        ("released", None, False, False, stages.EXPIRED, stages.DETAILS),
        ("confirmed", None, True, True, stages.CONFIRMED, stages.CONFIRM),
        ("cancelled", None, True, True, stages.CANCELLED, stages.CONFIRM),
        ("completed", None, True, True, stages.PAST, stages.CONFIRM),
        ("no_show", None, True, True, stages.PAST, stages.CONFIRM),
    ],
)
def test_where_a_booking_stands(  # noqa: PLR0917
    status: str, minutes_left: int | None, registered: bool, verified: bool, name: str, goal: str
) -> None:
    until = None if minutes_left is None else NOW + timedelta(minutes=minutes_left)
    found = stages.stage(status=status, hold_expires_at=until, is_registered=registered, is_verified=verified, now=NOW)
    assert (found.name, found.goal) == (name, goal)


def test_nobody_under_eighteen_is_booked_for() -> None:
    policies.check_of_age(date(2008, 11, 23), date(2026, 11, 23))
    with pytest.raises(policies.TooYoung, match="guardian"):
        policies.check_of_age(date(2008, 11, 24), date(2026, 11, 23))


def test_a_clients_age_bands_are_those_of_the_services() -> None:
    assert dict(AGE_BANDS) == dict(vocabulary.AGE_BANDS)


def test_times_are_spread_over_the_day() -> None:
    starts = [NOW + timedelta(hours=hour) for hour in range(9)]
    assert spread(starts, 3) == [starts[0], starts[4], starts[8]]
    assert spread(starts[:2], 3) == starts[:2]
    assert spread(starts, 0) == starts
    assert spread(starts, 1) == starts[:1]


def test_what_was_told_is_kept_as_it_was() -> None:
    told = Told(
        told_on="2026-11-23",
        npi="9000000001",
        name="Ada Okafor",
        credentials="PhD",
        licences=(("MA", "psychologist", "2026-11-01"),),
        service="individual",
        modality="telehealth",
        place="",
        address="",
        payer="Evergreen",
        plan="Silver",
        network="Blue",
        source="roster",
        verified_on="2026-11-01",
        ends_on="",
        fee_cents=None,
        unlisted=False,
    )
    assert from_kept(told.kept()) == told
