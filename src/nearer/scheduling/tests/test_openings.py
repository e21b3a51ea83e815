"""Which starts a diary leaves open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.foundation.timerange import TimeRange
from nearer.scheduling.rules import diary as pages_of
from nearer.scheduling.rules.diary import DiaryPages, DiarySettings, WeeklyHours
from nearer.scheduling.rules.openings import first_start, hour_bits, last_minute, openings, without_one
from nearer.scheduling.rules.states import BEGUN, CANCELLED, COMPLETED, LIVE, RELEASED
from nearer.scheduling.rules.zones import day_number, floor_minute, instant
from nearer.scheduling.tests.builders import (
    FIVE,
    HOUR,
    MIDNIGHT,
    MONDAY,
    NINE,
    NOON,
    ODD_ZONES,
    OPEN,
    US_ZONES,
    at,
    day_off,
    diaries,
    every_day,
    taken,
)

NEW_YORK = "America/New_York"
NOW = at("2027-03-08 15:00")  # Monday, 10:00 in New York, six days before the clocks change
FORTNIGHT = TimeRange(NOW, NOW + timedelta(days=14))
FIFTY = timedelta(minutes=50)


def nine_to_noon(settings: DiarySettings = OPEN, *, zone: str = NEW_YORK) -> DiaryPages:
    return DiaryPages(zone, settings, every_day(NINE, NOON))


def starts(
    pages: DiaryPages,
    *,
    length: timedelta = HOUR,
    window: TimeRange = FORTNIGHT,
    client_zone: str = NEW_YORK,
    now: datetime = NOW,
) -> list[datetime]:
    return [o.start for o in openings(pages, length=length, window=window, client_zone=client_zone, now=now)]


def local_day_of(day: date, zone: str) -> TimeRange:
    start = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    return TimeRange(start, start + timedelta(days=1))


def test_openings_lie_in_the_hours_and_last_exactly_as_long_as_asked() -> None:
    window = local_day_of(date(2027, 3, 9), NEW_YORK)
    found = openings(nine_to_noon(), length=FIFTY, window=window, client_zone=NEW_YORK, now=NOW)
    assert [o.start for o in found] == [at(f"2027-03-09 {h}") for h in ("14:00", "14:30", "15:00", "15:30", "16:00")]
    assert all(o.length == FIFTY for o in found)


def test_a_session_may_end_when_the_hours_end() -> None:
    window = local_day_of(date(2027, 3, 9), NEW_YORK)
    assert starts(nine_to_noon(), window=window)[-1] == at("2027-03-09 16:00")


def test_an_opening_may_start_as_an_appointment_ends() -> None:
    window = local_day_of(date(2027, 3, 9), NEW_YORK)
    busy = taken(TimeRange(at("2027-03-09 14:00"), at("2027-03-09 15:00")))
    assert starts(replace(nine_to_noon(), taken=(busy,)), window=window)[0] == at("2027-03-09 15:00")


def test_an_opening_may_end_as_an_appointment_starts() -> None:
    window = local_day_of(date(2027, 3, 9), NEW_YORK)
    busy = taken(TimeRange(at("2027-03-09 15:00"), at("2027-03-09 17:00")))
    assert starts(replace(nine_to_noon(), taken=(busy,)), window=window) == [at("2027-03-09 14:00")]


def test_the_buffers_of_both_sessions_lie_between_them() -> None:
    settings = replace(OPEN, increment_minutes=5, buffer_before_minutes=5, buffer_after_minutes=10)
    busy = taken(TimeRange(at("2027-03-09 14:00"), at("2027-03-09 15:00")), before=5, after=10)
    window = local_day_of(date(2027, 3, 9), NEW_YORK)
    assert starts(replace(nine_to_noon(settings), taken=(busy,)), window=window)[0] == at("2027-03-09 15:15")


@pytest.mark.parametrize("status", [RELEASED, CANCELLED])
def test_an_appointment_that_is_over_takes_no_time(status: str) -> None:
    busy = taken(TimeRange(at("2027-03-09 14:00"), at("2027-03-09 17:00")), status=status)
    assert starts(replace(nine_to_noon(), taken=(busy,))) == starts(nine_to_noon())


def test_an_exception_replaces_the_hours_of_its_day() -> None:
    exceptions = {day_number(date(2027, 3, 9)): ((NOON, NOON + 60),)}
    pages = replace(nine_to_noon(), exceptions=exceptions)
    assert starts(pages, window=local_day_of(date(2027, 3, 9), NEW_YORK)) == [at("2027-03-09 17:00")]


def test_a_day_off_has_no_openings_and_leaves_the_next_day_alone() -> None:
    pages = replace(nine_to_noon(), exceptions=day_off(date(2027, 3, 9)))
    assert starts(pages, window=local_day_of(date(2027, 3, 9), NEW_YORK)) == []
    assert starts(pages, window=local_day_of(date(2027, 3, 10), NEW_YORK)) != []


def test_hours_that_touch_at_midnight_are_one_stretch() -> None:
    late = (WeeklyHours(1, 23 * 60, MIDNIGHT), WeeklyHours(2, 0, 60))
    assert starts(DiaryPages(NEW_YORK, OPEN, late), window=TimeRange(NOW, NOW + timedelta(days=5))) == [
        at("2027-03-10 04:00"),
        at("2027-03-10 04:30"),
        at("2027-03-10 05:00"),
    ]


@pytest.mark.parametrize("zone", US_ZONES)
def test_half_past_twelve_stays_half_past_twelve_all_year(zone: str) -> None:
    pages = DiaryPages(zone, replace(OPEN, increment_minutes=30), every_day(12 * 60 + 30, 13 * 60 + 30))
    for day in (date(2027, 3, 13), date(2027, 3, 14), date(2027, 11, 6), date(2027, 11, 7), date(2028, 2, 29)):
        midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        (only,) = starts(pages, window=TimeRange.lasting(midnight, timedelta(hours=22)), now=midnight)
        assert only.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == datetime(day.year, day.month, day.day, 12, 30)


def night_of(zone: str, day: date) -> list[str]:
    """Return the hourly starts that a therapist who works from midnight to five has on one night, as UTC times."""
    pages = DiaryPages(zone, replace(OPEN, increment_minutes=60), every_day(0, 5 * 60))
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    found = starts(pages, window=TimeRange.lasting(midnight, timedelta(hours=12)), now=midnight)
    return [f"{start:%H:%M}" for start in found]


def test_the_night_that_loses_an_hour_has_one_opening_less() -> None:
    assert night_of(NEW_YORK, date(2027, 3, 14)) == ["05:00", "06:00", "07:00", "08:00"]
    assert night_of("America/Phoenix", date(2027, 3, 14)) == ["07:00", "08:00", "09:00", "10:00", "11:00"]


def test_the_night_that_gains_an_hour_has_one_opening_more() -> None:
    assert night_of(NEW_YORK, date(2027, 11, 7)) == ["04:00", "05:00", "06:00", "07:00", "08:00", "09:00"]


@pytest.mark.parametrize(
    ("client_zone", "first_day"),
    [
        ("America/New_York", date(2027, 3, 9)),
        ("Pacific/Guam", date(2027, 3, 10)),
        ("Pacific/Honolulu", date(2027, 3, 9)),
    ],
)
def test_openings_begin_tomorrow_in_the_clients_own_zone(client_zone: str, first_day: date) -> None:
    pages = DiaryPages(NEW_YORK, replace(OPEN, lead_days=1), every_day(0, MIDNIGHT))
    first = starts(pages, client_zone=client_zone)[0]
    assert first == datetime(first_day.year, first_day.month, first_day.day, tzinfo=ZoneInfo(client_zone))


def test_with_no_lead_the_first_opening_is_not_in_the_past() -> None:
    pages = DiaryPages(NEW_YORK, OPEN, every_day(0, MIDNIGHT))
    assert starts(pages, window=TimeRange(NOW - timedelta(days=1), NOW + HOUR))[0] == NOW


def test_no_zone_that_a_client_names_gives_a_therapist_less_notice_than_their_own() -> None:
    """At half past four in the morning in New York, the day in Kiritimati has half an hour left."""
    pages = DiaryPages(NEW_YORK, replace(OPEN, lead_days=1), every_day(0, MIDNIGHT))
    now = at("2027-03-08 09:30")
    assert starts(pages, client_zone="Pacific/Kiritimati", now=now)[0] == at("2027-03-09 05:00")


zones = st.sampled_from((*US_ZONES, *ODD_ZONES, "Pacific/Kiritimati", "Etc/GMT+12", "Australia/Eucla"))


@given(st.integers(0, 5), zones, zones, st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)))
def test_the_first_start_is_the_first_minute_after_the_lead_in_both_zones(
    lead_days: int, therapist_zone: str, client_zone: str, naive: datetime
) -> None:
    now = naive.replace(tzinfo=UTC, second=0, microsecond=0)
    first = first_start(now, lead_days=lead_days, therapist_zone=therapist_zone, client_zone=client_zone)
    both = therapist_zone, client_zone
    assert all(_days_ahead(first, zone, now) >= lead_days for zone in both)
    assert first == now or any(_days_ahead(first - timedelta(minutes=1), zone, now) < lead_days for zone in both)
    assert first_start(now, lead_days=lead_days, therapist_zone=therapist_zone, client_zone=None) <= first


def _days_ahead(moment: datetime, zone: str, now: datetime) -> int:
    """Return how many midnights lie between now and a moment, on the calendar of a zone."""
    return (moment.astimezone(ZoneInfo(zone)).date() - now.astimezone(ZoneInfo(zone)).date()).days


def test_the_horizon_ends_with_a_local_day() -> None:
    settings = replace(OPEN, horizon_days=2)
    pages = nine_to_noon(settings)
    assert starts(pages)[-1] == at("2027-03-10 16:00")
    assert instant(last_minute(pages, NOW)) == at("2027-03-11 05:00")


def test_a_week_that_is_full_has_no_openings_and_the_next_has() -> None:
    settings = replace(OPEN, weekly_new_clients=1)
    busy = taken(TimeRange(at("2027-03-12 14:00"), at("2027-03-12 15:00")), status=COMPLETED)
    pages = replace(nine_to_noon(settings), taken=(busy,))
    assert starts(pages)[0] == at("2027-03-15 13:00")  # the Monday after, on summer time


def test_a_week_is_the_therapists_own() -> None:
    """Sunday at 22:00 in New York is Monday in UTC."""
    settings = replace(OPEN, weekly_new_clients=1)
    busy = taken(TimeRange(at("2027-03-15 02:00"), at("2027-03-15 03:00")))
    pages = replace(nine_to_noon(settings), taken=(busy,))
    assert starts(pages)[0] == at("2027-03-15 13:00")


def test_a_full_caseload_leaves_no_openings() -> None:
    pages = nine_to_noon(replace(OPEN, caseload_limit=10, caseload_elsewhere=9))
    busy = taken(TimeRange(at("2027-03-12 14:00"), at("2027-03-12 15:00")))
    assert starts(pages) != []
    assert starts(replace(pages, taken=(busy,))) == []


def test_someone_seen_long_ago_no_longer_counts_towards_the_caseload() -> None:
    pages = nine_to_noon(replace(OPEN, caseload_limit=1))
    recent = taken(TimeRange.lasting(NOW - timedelta(days=80), HOUR), status=COMPLETED)
    long_ago = taken(TimeRange.lasting(NOW - timedelta(days=100), HOUR), status=COMPLETED)
    assert starts(replace(pages, taken=(recent,))) == []
    assert starts(replace(pages, taken=(long_ago,))) != []


def test_a_pause_ends_on_its_day() -> None:
    assert starts(nine_to_noon(replace(OPEN, paused_until=date(2027, 3, 9)))) == []
    assert starts(nine_to_noon(replace(OPEN, paused_until=date(2027, 3, 8)))) != []


def test_who_gives_up_a_session_may_take_its_time_and_its_place() -> None:
    session = TimeRange(at("2027-03-09 14:00"), at("2027-03-09 15:00"))
    settings = replace(OPEN, caseload_limit=1, weekly_new_clients=1, paused_until=date(2028, 1, 1))
    pages = replace(nine_to_noon(settings), taken=(taken(session),))
    assert starts(pages) == []
    assert starts(without_one(pages, session)) == starts(nine_to_noon())


# --- the same truth, three times: openings, hour bits, and a slow reading of the same words ---

lengths = st.sampled_from([timedelta(minutes=m) for m in (15, 50, 53, 60, 90)])
moments = st.integers(0, 14 * 24 * 60).map(lambda n: at("2027-03-01 00:00") + timedelta(minutes=n))
any_diary = diaries(near=at("2027-03-10 00:00"))


def slow_openings(
    pages: DiaryPages, length: timedelta, window: TimeRange, client_zone: str, now: datetime
) -> set[datetime]:
    """Try every minute of the window against each rule as the words say it."""
    last, both, lead_days = instant(last_minute(pages, now)), (pages.time_zone, client_zone), pages.settings.lead_days
    if pages_of.is_paused(pages, now) or pages_of.is_full(pages, now):
        return set()
    found = set()
    start = window.start
    while start < window.end:
        in_time = now <= start < last and all(_days_ahead(start, zone, now) >= lead_days for zone in both)
        if in_time and _fits(pages, TimeRange.lasting(start, length)):
            found.add(start)
        start += timedelta(minutes=1)
    return found


def _fits(pages: DiaryPages, session: TimeRange) -> bool:
    zone, settings = ZoneInfo(pages.time_zone), pages.settings
    local = session.start.astimezone(zone)
    if (local.hour * 60 + local.minute) % settings.increment_minutes:
        return False
    if not any(_range(span).contains(session) for span in _working(pages, local.date())):
        return False
    wide = session.widened(
        before=timedelta(minutes=settings.buffer_before_minutes), after=timedelta(minutes=settings.buffer_after_minutes)
    )
    if any(taken.status in LIVE and _range(taken.during).overlaps(wide) for taken in pages.taken):
        return False
    same_week = [
        taken
        for taken in pages.taken
        if taken.status in BEGUN
        and instant(taken.session[0]).astimezone(zone).isocalendar()[:2] == local.isocalendar()[:2]
    ]
    return len(same_week) < settings.weekly_new_clients


def _working(pages: DiaryPages, day: date) -> list[tuple[int, int]]:
    number = day_number(day)
    return pages_of.working_spans(pages, range(number - 2, number + 4))


def _range(span: tuple[int, int]) -> TimeRange:
    return TimeRange(instant(span[0]), instant(span[1]))


@given(any_diary, lengths, moments, zones)
def test_openings_are_what_the_words_say(pages: DiaryPages, length: timedelta, now: datetime, client_zone: str) -> None:
    window = TimeRange(at("2027-03-13 20:00"), at("2027-03-14 20:00"))
    found = openings(pages, length=length, window=window, client_zone=client_zone, now=now)
    assert {o.start for o in found} == slow_openings(pages, length, window, client_zone, now)
    assert [o.start for o in found] == sorted({o.start for o in found})


@given(any_diary, st.lists(lengths, min_size=1, max_size=3, unique=True), moments, st.integers(1, 400))
def test_a_bit_is_set_if_and_only_if_an_opening_starts_in_its_hour(
    pages: DiaryPages, asked: list[timedelta], now: datetime, hours: int
) -> None:
    start = now.replace(minute=0)
    window = TimeRange.lasting(start, hours * HOUR)
    for length, bits in zip(asked, hour_bits(pages, lengths=asked, start=start, hours=hours, now=now), strict=True):
        number = int.from_bytes(bits, "little")
        found = openings(pages, length=length, window=window, client_zone=None, now=now)
        assert {hour for hour in range(hours) if number >> hour & 1} == {(o.start - start) // HOUR for o in found}
        assert len(bits) == (hours + 7) // 8


@given(any_diary, lengths, moments, zones)
def test_what_one_client_may_book_is_among_what_anyone_may(
    pages: DiaryPages, length: timedelta, now: datetime, client_zone: str
) -> None:
    window = TimeRange.lasting(now, timedelta(days=20))
    mine = openings(pages, length=length, window=window, client_zone=client_zone, now=now)
    anyones = openings(pages, length=length, window=window, client_zone=None, now=now)
    assert set(mine) <= set(anyones)


@given(any_diary, lengths, moments)
def test_one_more_appointment_never_opens_a_time(pages: DiaryPages, length: timedelta, now: datetime) -> None:
    window = TimeRange.lasting(now, timedelta(days=20))
    before = openings(pages, length=length, window=window, client_zone=NEW_YORK, now=now)
    more = replace(pages, taken=(*pages.taken, taken(TimeRange.lasting(now + timedelta(days=2), HOUR))))
    assert set(openings(more, length=length, window=window, client_zone=NEW_YORK, now=now)) <= set(before)


def test_minutes_of_the_five_oclock_hour_stay_in_the_hours() -> None:
    pages = DiaryPages(NEW_YORK, replace(OPEN, increment_minutes=15), (WeeklyHours(MONDAY, FIVE, FIVE + 60),))
    found = starts(pages, length=timedelta(minutes=45))
    assert [floor_minute(start) % 60 for start in found] == [0, 15, 0, 15]
