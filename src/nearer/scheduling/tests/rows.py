"""Rows for the tests that need a database: therapists with diaries, clients, holds."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from nearer.accounts.models import Client
from nearer.directory.models import Therapist
from nearer.foundation.timerange import TimeRange
from nearer.scheduling import api
from nearer.scheduling.tests.builders import FIVE, NINE, at, every_day

#: A Monday, 10:00 in New York; long enough from now that no appointment of the tests lies in the past.
NOW = at("2035-03-05 15:00")
TOMORROW_NINE = at("2035-03-06 14:00")
NEW_YORK = "America/New_York"
HOUR = timedelta(hours=1)
FORTNIGHT = TimeRange(NOW, NOW + timedelta(days=14))
NINE_TO_FIVE = every_day(NINE, FIVE)
ROOMY = api.DiarySettings(weekly_new_clients=1000, caseload_limit=1000, buffer_after_minutes=0)

_numbers = itertools.count(9_000_000_000)


def a_therapist(
    *,
    settings: api.DiarySettings = ROOMY,
    hours: Sequence[api.WeeklyHours] = NINE_TO_FIVE,
    zone: str = NEW_YORK,
) -> int:
    """Return the id of a new therapist with this diary."""
    therapist_id = a_therapist_without_diary()
    api.set_hours(therapist_id=therapist_id, time_zone=zone, hours=hours, settings=settings, now=NOW)
    return therapist_id


def a_therapist_without_diary(npi: str | None = None) -> int:
    return Therapist.objects.create(
        npi=npi or str(next(_numbers)),
        given_name="Ada",
        family_name="Example",
        time_zone=NEW_YORK,
        accepting=True,
        source="test",
        source_id="1",
        verified_on=date(2035, 1, 1),
        expires_on=date(2036, 1, 1),
    ).pk


def a_client() -> int:
    number = next(_numbers)
    client = Client(
        email=f"{number}@example.org", identity_index=str(number), language="en", time_zone=NEW_YORK, created_at=NOW
    )
    client.legal_name, client.preferred_name = "Test Person", ""
    client.birth_date_text, client.phone = "1990-01-01", ""
    client.save()
    return client.pk


def a_hold(
    therapist_id: int,
    start: datetime = TOMORROW_NINE,
    *,
    key: str = "",
    length: timedelta = HOUR,
    client_zone: str = NEW_YORK,
) -> api.AppointmentCard:
    return api.hold(
        therapist_id=therapist_id,
        service="individual",
        modality="telehealth",
        location_id=None,
        start=start,
        length=length,
        client_zone=client_zone,
        key=key or f"key {next(_numbers)}",
        now=NOW,
    )


def a_confirmed(
    therapist_id: int, start: datetime = TOMORROW_NINE, *, client_id: int | None = None
) -> api.AppointmentCard:
    held = a_hold(therapist_id, start)
    api.attend(appointment_id=held.id, client_id=client_id or a_client(), now=NOW)
    return api.confirm(appointment_id=held.id, now=NOW)


def starts_of(therapist_id: int, *, length: timedelta = HOUR, window: TimeRange = FORTNIGHT) -> list[datetime]:
    found = api.openings({therapist_id: length}, window=window, client_zone=NEW_YORK, now=NOW)
    return [session.start for session in found[therapist_id]]
