"""Calendars that therapists keep elsewhere: connected, read, trusted no further, let go."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from nearer.audit.models import Event
from nearer.foundation import clock
from nearer.foundation.fetching import Door
from nearer.foundation.tests.hostile import Hostile, hostile
from nearer.foundation.timerange import TimeRange
from nearer.scheduling import api, tasks
from nearer.scheduling.calendars.reading import read_apart
from nearer.scheduling.models import Appointment, Calendar
from nearer.scheduling.operations import calendars, holding, refreshing
from nearer.scheduling.operations.turns import read_diary
from nearer.scheduling.rules.diary import DiaryPages
from nearer.scheduling.tests.ics import calendar, event
from nearer.scheduling.tests.rows import (
    FORTNIGHT,
    HOUR,
    NOW,
    TOMORROW_NINE,
    a_hold,
    a_therapist,
    a_therapist_without_diary,
    starts_of,
)

pytestmark = pytest.mark.django_db

SECRET = "s3cret-token"
#: Tomorrow from nine to eleven in New York, and each day after.
BUSY = event("DTSTART:20350306T140000Z", "DTEND:20350306T160000Z")
UNKNOWN = event("DTSTART;TZID=Nowhere:20350307T090000", "DURATION:PT1H", uid="2")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hostile]:
    """Serve a busy morning on this machine, and let only this server through."""
    with hostile() as running:
        running.body = calendar(BUSY)
        monkeypatch.setattr(calendars, "DOOR", running.door)
        yield running


def connected(server: Hostile, therapist_id: int, path: str = f"/{SECRET}.ics", *, read: bool = True) -> int:
    calendar_id = api.connect_calendar(therapist_id=therapist_id, address=server.address(path), name="Home", now=NOW)
    if read:
        api.refresh_calendar(calendar_id=calendar_id, now=NOW)
    return calendar_id


def card(therapist_id: int, now: datetime = NOW) -> api.CalendarCard:
    (only,) = api.calendars_of(therapist_id, now=now)
    return only


def version(therapist_id: int) -> int:
    return api.versions([therapist_id])[therapist_id]


def test_the_door_of_the_product_is_the_one_to_the_street() -> None:
    """No setting and no environment opens another: the seam of these tests is theirs alone."""
    assert Door() == calendars.DOOR
    with pytest.raises(api.CalendarRefused, match="https"):
        api.connect_calendar(therapist_id=a_therapist(), address="http://127.0.0.1/a.ics", name="", now=NOW)
    with pytest.raises(api.CalendarRefused, match="on the internet"):
        api.connect_calendar(therapist_id=a_therapist(), address="https://127.0.0.1/a.ics", name="", now=NOW)


def test_busy_times_are_no_openings(server: Hostile) -> None:
    therapist_id = a_therapist()
    before = starts_of(therapist_id)
    connected(server, therapist_id)
    gone = set(before) - set(starts_of(therapist_id))
    assert gone == {TOMORROW_NINE + n * timedelta(minutes=30) for n in range(4)}
    assert api.busy_of(therapist_id, FORTNIGHT) == (TimeRange.lasting(TOMORROW_NINE, 2 * HOUR),)


def test_a_hold_sees_what_the_openings_show(server: Hostile) -> None:
    therapist_id = a_therapist()
    connected(server, therapist_id)
    with pytest.raises(api.OpeningTaken):
        a_hold(therapist_id)
    assert a_hold(therapist_id, TOMORROW_NINE + 2 * HOUR).status == "held"


def test_hour_bits_see_them_too(server: Hostile) -> None:
    therapist_id = a_therapist()
    connected(server, therapist_id)
    bits = api.hour_bits({therapist_id: [HOUR]}, start=TOMORROW_NINE, hours=3, now=NOW)
    assert bits[therapist_id, HOUR] == bytes([0b100])


@pytest.mark.django_db(transaction=True)
def test_a_calendar_read_between_the_look_and_the_hold_is_seen(
    server: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hold looks without waiting, then writes if the diary still is what it saw; busy times make it another."""
    therapist_id = a_therapist()
    calendar_id = connected(server, therapist_id, read=False)

    def look_and_be_overtaken(whose: int) -> DiaryPages:
        pages = read_diary(whose)
        api.refresh_calendar(calendar_id=calendar_id, now=NOW)
        return pages

    monkeypatch.setattr(holding, "read_diary", look_and_be_overtaken)
    with pytest.raises(api.OpeningTaken):
        a_hold(therapist_id)
    assert not Appointment.objects.filter(therapist_id=therapist_id).exists()


def test_a_time_that_was_held_before_stays_held(server: Hostile) -> None:
    therapist_id = a_therapist()
    held = a_hold(therapist_id)
    connected(server, therapist_id)
    assert api.confirm(appointment_id=held.id, now=NOW).status == "confirmed"


def test_a_change_and_only_a_change_makes_a_new_version(server: Hostile) -> None:
    therapist_id = a_therapist()
    calendar_id = connected(server, therapist_id, read=False)
    before = version(therapist_id)
    api.refresh_calendar(calendar_id=calendar_id, now=NOW)
    first = version(therapist_id)
    assert first != before
    api.refresh_calendar(calendar_id=calendar_id, now=NOW + HOUR)
    server.etag, server.body = '"two"', calendar(BUSY, "X-OTHER:words")
    api.refresh_calendar(calendar_id=calendar_id, now=NOW + HOUR)
    assert version(therapist_id) == first
    server.etag, server.body = '"three"', calendar()
    api.refresh_calendar(calendar_id=calendar_id, now=NOW + HOUR)
    assert version(therapist_id) != first
    assert TOMORROW_NINE in starts_of(therapist_id)


def test_disconnecting_frees_the_time_at_once_and_twice_is_once(server: Hostile) -> None:
    therapist_id = a_therapist()
    calendar_id = connected(server, therapist_id)
    before = version(therapist_id)
    for _ in range(2):
        api.disconnect_calendar(therapist_id=therapist_id, calendar_id=calendar_id)
    assert TOMORROW_NINE in starts_of(therapist_id)
    assert version(therapist_id) != before
    api.refresh_calendar(calendar_id=calendar_id, now=NOW)
    assert api.calendars_of(therapist_id, now=NOW) == ()


def test_nobody_disconnects_another_therapists_calendar(server: Hostile) -> None:
    owner, other = a_therapist(), a_therapist()
    calendar_id = connected(server, owner)
    api.disconnect_calendar(therapist_id=other, calendar_id=calendar_id)
    assert card(owner).id == calendar_id
    with pytest.raises(api.CalendarUnknown):
        api.read_calendar_soon(therapist_id=other, calendar_id=calendar_id)


def test_a_calendar_disconnected_while_it_was_read_takes_no_time(
    server: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    therapist_id = a_therapist()
    calendar_id = connected(server, therapist_id, read=False)
    read = read_apart

    def meanwhile(*args: object, **kwargs: object) -> object:
        api.disconnect_calendar(therapist_id=therapist_id, calendar_id=calendar_id)
        return read(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(refreshing, "read_apart", meanwhile)
    api.refresh_calendar(calendar_id=calendar_id, now=NOW)
    assert TOMORROW_NINE in starts_of(therapist_id)


def test_several_calendars_take_their_time_together(server: Hostile) -> None:
    therapist_id = a_therapist()
    connected(server, therapist_id)
    server.body = calendar(event("DTSTART:20350306T150000Z", "DTEND:20350306T170000Z"))
    connected(server, therapist_id, "/other")
    assert api.busy_of(therapist_id, FORTNIGHT) == (TimeRange.lasting(TOMORROW_NINE, 3 * HOUR),)


def test_one_is_connected_once_and_not_too_many(server: Hostile) -> None:
    therapist_id = a_therapist()
    connected(server, therapist_id, "/0", read=False)
    with pytest.raises(api.CalendarRefused, match="already"):
        connected(server, therapist_id, "/0", read=False)
    for n in range(1, 5):
        connected(server, therapist_id, f"/{n}", read=False)
    with pytest.raises(api.CalendarRefused, match="5 calendars"):
        connected(server, therapist_id, "/5", read=False)


def test_without_a_diary_there_is_no_time_to_take(server: Hostile) -> None:
    with pytest.raises(api.NoDiary):
        connected(server, a_therapist_without_diary())


@pytest.mark.parametrize(
    ("path", "failure"),
    [
        ("/huge", "too_big"),
        ("/missing", "status 404"),
        ("/to?http://169.254.169.254/", "address"),
        ("/bomb", "compressed"),
        ("/round", "redirects"),
    ],
)
def test_a_calendar_that_can_not_be_had_is_told_at_once_where_it_never_was(
    server: Hostile, path: str, failure: str
) -> None:
    therapist_id = a_therapist()
    connected(server, therapist_id, path)
    found = card(therapist_id)
    assert (found.state, found.failure, found.failing_since) == ("failing", failure, NOW)


def test_a_calendar_that_fails_keeps_what_it_took_and_tells_after_a_while(server: Hostile) -> None:
    therapist_id = a_therapist()
    calendar_id = connected(server, therapist_id)
    server.body, server.etag = b"<html>Please sign in</html>", '"two"'
    for hours in range(1, 8):
        api.refresh_calendar(calendar_id=calendar_id, now=NOW + hours * HOUR)
        found = card(therapist_id, NOW + hours * HOUR)
        assert found.state == ("failing" if hours == 7 else "well")
    assert found.failure == "no_calendar"
    assert found.failing_since == NOW + HOUR
    assert TOMORROW_NINE not in starts_of(therapist_id)
    server.body = calendar(BUSY)
    api.refresh_calendar(calendar_id=calendar_id, now=NOW + 8 * HOUR)
    assert card(therapist_id, NOW + 8 * HOUR).state == "well"


def test_whom_to_tell_is_told_once(server: Hostile) -> None:
    therapist_id = a_therapist()
    calendar_id = connected(server, therapist_id, "/missing")
    assert api.calendars_to_tell_of(now=NOW + HOUR) == {}
    later = NOW + timedelta(hours=6)
    assert api.calendars_to_tell_of(now=later) == {therapist_id: (calendar_id,)}
    api.note_told(calendar_ids=[calendar_id], now=later)
    assert api.calendars_to_tell_of(now=later) == {}


def test_what_was_not_understood_is_told_and_the_rest_counts(server: Hostile) -> None:
    therapist_id = a_therapist()
    server.body = calendar(BUSY, UNKNOWN)
    connected(server, therapist_id)
    found = card(therapist_id)
    assert found.state == "well"
    assert found.troubles == (api.Trouble("zone", "Nowhere", "2035-03-07 09:00", 1),)
    assert TOMORROW_NINE not in starts_of(therapist_id)


def test_the_same_day_it_is_asked_only_whether_it_changed(server: Hostile) -> None:
    calendar_id = connected(server, a_therapist())
    api.refresh_calendar(calendar_id=calendar_id, now=NOW + HOUR)
    assert "If-None-Match" not in server.asked[0]
    assert server.asked[1]["If-None-Match"] == '"one"'
    api.refresh_calendar(calendar_id=calendar_id, now=NOW + timedelta(days=1))
    assert "If-None-Match" not in server.asked[2]


def test_the_worker_reads_them(server: Hostile) -> None:
    """The job is left under the name by which the worker knows it, and says no more than which calendar."""
    therapist_id = a_therapist()
    calendar_id = connected(server, therapist_id, read=False)
    job = ProcrastinateJob.objects.filter(task_name=tasks.refresh_calendar.name).latest("id")
    assert job.args == {"calendar_id": calendar_id}
    tasks.refresh_calendar(**job.args)
    assert api.calendars_of(therapist_id, now=clock.now())[0].state == "well"
    assert tasks.refresh_calendars(timestamp=0) in (0, 1)


def test_who_asks_often_is_read_once(server: Hostile) -> None:
    therapist_id = a_therapist()
    calendar_id = connected(server, therapist_id, read=False)
    ProcrastinateJob.objects.all().delete()
    for _ in range(3):
        api.read_calendar_soon(therapist_id=therapist_id, calendar_id=calendar_id)
    assert ProcrastinateJob.objects.filter(task_name="scheduling.refresh_calendar").count() == 1


def test_hours_in_another_zone_have_it_read_anew(server: Hostile) -> None:
    therapist_id = a_therapist()
    server.body = calendar(event("DTSTART:20350306T090000", "DURATION:PT1H"))
    calendar_id = connected(server, therapist_id)
    assert api.busy_of(therapist_id, FORTNIGHT) == (TimeRange.lasting(TOMORROW_NINE, HOUR),)
    api.set_hours(therapist_id=therapist_id, time_zone="America/Chicago", hours=[], settings=None, now=NOW)
    api.refresh_calendar(calendar_id=calendar_id, now=NOW + HOUR)
    assert api.busy_of(therapist_id, FORTNIGHT) == (TimeRange.lasting(TOMORROW_NINE + HOUR, HOUR),)


def test_the_address_is_nowhere_but_sealed(server: Hostile, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    therapist_id = a_therapist()
    connected(server, therapist_id)
    row = Calendar.objects.get(diary_id=therapist_id)
    assert SECRET in row.address
    with connection.cursor() as cursor:
        cursor.execute("SELECT c::text FROM scheduling_calendar AS c")
        written = str(cursor.fetchall())
        cursor.execute("SELECT j::text FROM procrastinate_jobs AS j")
        written += str(cursor.fetchall())
        cursor.execute("SELECT e::text FROM audit_event AS e")
        written += str(cursor.fetchall())
    assert SECRET not in written
    assert "Something private" not in written
    assert SECRET not in caplog.text
    assert card(therapist_id).host == "calendar.test"
    assert SECRET not in repr(card(therapist_id))


def test_connecting_and_disconnecting_are_in_the_audit(server: Hostile) -> None:
    therapist_id = a_therapist()
    calendar_id = connected(server, therapist_id, read=False)
    api.disconnect_calendar(therapist_id=therapist_id, calendar_id=calendar_id)
    acts = Event.objects.filter(actor=f"therapist:{therapist_id}").order_by("id").values_list("action", flat=True)
    assert list(acts)[-2:] == ["connect_calendar", "disconnect_calendar"]


def test_each_has_its_turn_every_hour_and_one_job(server: Hostile) -> None:
    ids = {connected(server, a_therapist(), read=False) for _ in range(3)}
    ProcrastinateJob.objects.all().delete()
    assert api.refresh_calendars(now=NOW) == 0
    assert api.refresh_calendars(now=NOW + HOUR) == 3
    assert api.refresh_calendars(now=NOW + HOUR) == 0
    jobs = ProcrastinateJob.objects.filter(task_name="scheduling.refresh_calendar")
    assert {job.args["calendar_id"] for job in jobs} == ids
    assert api.refresh_calendars(now=NOW + 2 * HOUR) == 3


def test_the_calendars_of_a_therapist_are_one_query(
    server: Hostile, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    therapist_id = a_therapist()
    for n in range(4):
        connected(server, therapist_id, f"/{n}", read=False)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(api.calendars_of(therapist_id, now=NOW)) == 4
