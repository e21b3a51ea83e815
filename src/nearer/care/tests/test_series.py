"""A client meets regularly: every day is seen before it is agreed to, all are taken or none, and each lives alone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client

from nearer.care.models import Booking, Series, Terms
from nearer.care.operations.series import take_series
from nearer.care.pages.series import series_page
from nearer.care.queries.booking import booking as booking_card
from nearer.care.queries.series import outlook, together
from nearer.care.tests.builders import FACTS, HERE, appointment_of, asked, booking_of, confirmed, held, someone_free
from nearer.foundation import clock
from nearer.outbox.models import Message
from nearer.scheduling import api as scheduling
from nearer.scheduling.models import Appointment, Attendance
from nearer.scheduling.tests.races import race

pytestmark = pytest.mark.django_db

SITE = "https://example.org"
NEW_YORK = "America/New_York"


@pytest.fixture
def booking(client: Client) -> str:
    someone_free()
    return confirmed(client)


def ticks(page: str) -> list[str]:
    return re.findall(r'type="checkbox" name="start" value="([^"]+)"', page)


def take(client: Client, booking: str, **changes: Any) -> Any:
    starts = ticks(client.get(f"{booking}series/").content.decode())
    return client.post(f"{booking}series/", {"every": "1", "count": "4", "start": starts, **changes})


def test_four_weekly_times_are_taken_and_each_is_a_booking_of_its_own(client: Client, booking: str) -> None:
    first = appointment_of(booking)
    page = client.get(f"{booking}series/").content.decode()
    starts = [datetime.fromisoformat(each) for each in ticks(page)]
    assert len(starts) + page.count("series-day-out") == 4
    response = take(client, booking)
    assert response.status_code == 303
    rows = Booking.objects.exclude(pk=booking_of(booking).pk)
    assert sorted(row.appointment.session.lower for row in rows) == starts
    for row in rows:
        assert (row.appointment.status, row.appointment.is_intake) == ("confirmed", False)
        assert row.appointment.therapist_id == first.therapist_id
        assert Terms.objects.get(booking=row).text == Terms.objects.get(booking=booking_of(booking)).text
        assert Attendance.objects.get(appointment_id=row.appointment_id).client_id == row.client_id


def test_one_message_tells_of_all_with_a_link_each_and_a_calendar_of_all(client: Client, booking: str) -> None:
    take(client, booking)
    taken = Series.objects.get().sessions.count()
    message = Message.objects.get(kind="series")
    assert message.subject == "Your next times are confirmed"
    assert len(re.findall(r"http://testserver/booking/\S+/", message.body)) == taken
    assert message.calendar.count("BEGIN:VEVENT") == message.calendar.count("END:VEVENT") == taken
    assert len(set(re.findall(r"UID:(\S+)", message.calendar))) == taken
    assert message.calendar.rstrip().endswith("END:VCALENDAR")
    assert message.calendar_method == "PUBLISH"
    for word in ("therap", "session", "couns"):
        assert word not in (message.subject + message.calendar).lower()


def test_the_pages_of_a_series_lead_to_each_other_and_each_is_cancelled_alone(client: Client, booking: str) -> None:
    take(client, booking)
    page = client.get(booking).content.decode()
    assert "Your other times" in page
    links = re.findall(r'<li><a href="(/booking/[^"]+)"', page)
    assert len(links) == Series.objects.get().sessions.count()
    assert client.post(f"{links[0]}cancel/").status_code == 303
    statuses = Appointment.objects.order_by("session").values_list("status", flat=True)
    assert list(statuses) == ["confirmed", "cancelled", *["confirmed"] * (len(links) - 1)]
    assert "(cancelled)" in client.get(booking).content.decode()


def test_only_the_days_that_were_ticked_are_taken(client: Client, booking: str) -> None:
    starts = ticks(client.get(f"{booking}series/").content.decode())
    take(client, booking, start=starts[1:2])
    assert [each.session.start.isoformat() for each in together(booking_of(booking).pk)] == starts[1:2]


def test_pressing_twice_is_pressing_once(client: Client, booking: str) -> None:
    starts = ticks(client.get(f"{booking}series/").content.decode())
    for _ in range(2):
        assert take_series_of(booking, starts)
    assert Series.objects.count() == 1
    assert Message.objects.filter(kind="series").count() == 1
    assert Booking.objects.count() == 1 + len(starts)


def take_series_of(booking: str, starts: list[str]) -> tuple[int, ...]:
    return take_series(
        booking_id=booking_of(booking).pk,
        every_weeks=1,
        starts=[datetime.fromisoformat(each) for each in starts],
        site=SITE,
        now=clock.now(),
    )


def test_where_one_time_was_taken_meanwhile_none_is_taken_and_the_day_is_named(client: Client, booking: str) -> None:
    starts = ticks(client.get(f"{booking}series/").content.decode())
    first = appointment_of(booking)
    gone = datetime.fromisoformat(starts[1])
    Appointment.objects.create(
        therapist_id=first.therapist_id,
        service="individual",
        modality="telehealth",
        session=DateTimeTZRange(gone, gone + timedelta(hours=1)),
        during=DateTimeTZRange(gone, gone + timedelta(hours=1)),
        status="confirmed",
        hold_key="someone",
        created_at=clock.now(),
    )
    with pytest.raises(scheduling.OpeningTaken, match="Nothing was booked"):
        take_series_of(booking, starts)
    assert Booking.objects.count() == 1
    page = client.post(f"{booking}series/", {"every": "1", "count": "4", "start": starts})
    assert page.status_code in {409, 422}
    assert "Here is what is free now" in page.content.decode()
    assert starts[1] not in ticks(page.content.decode())


@pytest.mark.parametrize("starts", [[], ["2035-01-01T10:00:00+00:00"], ["nonsense"]])
def test_nothing_ticked_or_never_offered_is_a_sentence(client: Client, booking: str, starts: list[str]) -> None:
    response = take(client, booking, start=starts)
    assert response.status_code == 422
    assert Booking.objects.count() == 1
    assert response.content.decode().count('role="alert"') >= 1


@pytest.mark.parametrize("often", [{"every": "3"}, {"count": "900"}, {"every": "", "count": "x"}])
def test_an_address_that_asks_for_nonsense_shows_what_is_usual(
    client: Client, booking: str, often: dict[str, str]
) -> None:
    page = client.get(f"{booking}series/", often).content.decode()
    assert re.search(r'value="1"[^>]*checked', page)
    assert len(ticks(page)) + page.count("series-day-out") == 4


def test_only_a_confirmed_time_is_followed_by_others(client: Client) -> None:
    someone_free()
    booking = held(client, asked(client))
    assert client.get(f"{booking}series/", headers=HERE).status_code == 303
    with pytest.raises(scheduling.NotAllowed):
        take_series(booking_id=booking_of(booking).pk, every_weeks=1, starts=[], site=SITE, now=clock.now())


def in_spring(address: str, on: date, *, hour: int = 10, zone: str = NEW_YORK) -> tuple[Booking, datetime]:
    """Make the first session one of March 2027, with facts that hold all that year; return it and a moment before."""
    row = booking_of(address)
    start = datetime.combine(on, time(hour), ZoneInfo(NEW_YORK)).astimezone(UTC)
    session = DateTimeTZRange(start, start + timedelta(minutes=50))
    Appointment.objects.filter(pk=row.appointment_id).update(session=session, during=session)
    Booking.objects.filter(pk=row.pk).update(time_zone=zone)
    for model in FACTS:
        model._default_manager.update(verified_on=date(2027, 1, 1), expires_on=date(2027, 12, 31))
    return Booking.objects.get(pk=row.pk), start - timedelta(days=2)


def test_over_the_night_that_the_clocks_change_the_local_time_stays(booking: str) -> None:
    row, now = in_spring(booking, date(2027, 3, 9))  # the clocks go forward on March 14
    seen = outlook(booking_card(row.pk, now), every_weeks=1, count=2, now=now)
    starts = [day.session.start for day in seen.days if day.session]
    taken = take_series(booking_id=row.pk, every_weeks=1, starts=starts, site=SITE, now=now)
    sessions = [Booking.objects.get(pk=each).appointment.session for each in taken]
    local = sorted(session.lower.astimezone(ZoneInfo(NEW_YORK)) for session in sessions)
    assert [(each.month, each.day, each.hour) for each in local] == [(3, 16, 10), (3, 23, 10)]
    assert local[0].astimezone(UTC).hour == 14
    assert not any(day.other_clock for day in seen.days)


def test_whose_clocks_do_not_change_is_told_before_they_agree(booking: str) -> None:
    row, now = in_spring(booking, date(2027, 3, 9), zone="America/Phoenix")
    card = booking_card(row.pk, now)
    days = series_page(outlook(card, every_weeks=1, count=2, now=now), card).days
    assert [day.time for day in days] == ["7 a.m.", "7 a.m."]
    assert all("On your clock it is another time" in day.note for day in days)


def test_a_public_holiday_is_left_out_before_they_agree(booking: str) -> None:
    row, now = in_spring(booking, date(2027, 4, 12))  # a week before Patriots' Day in Massachusetts
    card = booking_card(row.pk, now)
    first, second = series_page(outlook(card, every_weeks=1, count=2, now=now), card).days
    assert (first.value, first.note) == ("", "Left out: a public holiday (Patriots&#x27; Day).".replace("&#x27;", "'"))
    assert second.value
    assert second.note == ""


def test_a_day_beyond_what_is_known_is_left_out(booking: str) -> None:
    row, now = in_spring(booking, date(2027, 3, 9))
    for model in FACTS:
        model._default_manager.update(expires_on=date(2027, 3, 20))
    card = booking_card(row.pk, now)
    first, second = series_page(outlook(card, every_weeks=1, count=2, now=now), card).days
    assert first.value
    assert "can’t confirm license and network" in second.note


def test_a_therapist_who_takes_nobody_new_keeps_those_who_come(booking: str) -> None:
    row, now = in_spring(booking, date(2027, 3, 9))
    FACTS[0]._default_manager.update(accepting=False)
    scheduling.pause(therapist_id=row.appointment.therapist_id, until=date(2028, 1, 1), now=now)
    seen = outlook(booking_card(row.pk, now), every_weeks=2, count=2, now=now)
    starts = [day.session.start for day in seen.days if day.session]
    assert len(take_series(booking_id=row.pk, every_weeks=2, starts=starts, site=SITE, now=now)) == 2


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_pressing_three_times_at_once_is_one_series(client: Client) -> None:
    someone_free()
    row, now = in_spring(confirmed(client), date(2027, 3, 9))
    seen = outlook(booking_card(row.pk, now), every_weeks=1, count=3, now=now)
    starts = [day.session.start for day in seen.days if day.session]
    press = partial(take_series, booking_id=row.pk, every_weeks=1, starts=starts, site=SITE, now=now)
    assert race([press] * 3) == {"done": 3}
    assert Series.objects.count() == 1
    assert Booking.objects.count() == 1 + len(starts)
