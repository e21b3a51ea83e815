"""What the tests of this room are made of: short words for diaries, and strategies that draw any diary."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from nearer.foundation.timerange import TimeRange
from nearer.scheduling.rules.diary import DiaryPages, DiarySettings, Taken, WeeklyHours
from nearer.scheduling.rules.states import CONFIRMED, TRANSITIONS
from nearer.scheduling.rules.zones import day_number, floor_minute

US_ZONES = (
    "America/New_York",
    "America/Detroit",
    "America/Kentucky/Louisville",
    "America/Kentucky/Monticello",
    "America/Indiana/Indianapolis",
    "America/Indiana/Vincennes",
    "America/Indiana/Winamac",
    "America/Indiana/Marengo",
    "America/Indiana/Petersburg",
    "America/Indiana/Vevay",
    "America/Indiana/Tell_City",
    "America/Indiana/Knox",
    "America/Chicago",
    "America/Menominee",
    "America/North_Dakota/Center",
    "America/North_Dakota/New_Salem",
    "America/North_Dakota/Beulah",
    "America/Denver",
    "America/Boise",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "America/Juneau",
    "America/Sitka",
    "America/Metlakatla",
    "America/Yakutat",
    "America/Nome",
    "America/Adak",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "America/St_Thomas",
    "Pacific/Guam",
    "Pacific/Saipan",
    "Pacific/Pago_Pago",
)
#: Zones whose clocks do what no clock in the United States does: half hours, gaps at midnight, quarters of an hour.
ODD_ZONES = ("Australia/Lord_Howe", "America/Havana", "Asia/Kathmandu", "America/Santiago", "Africa/Cairo")

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
NINE, NOON, FIVE, MIDNIGHT = 9 * 60, 12 * 60, 17 * 60, 24 * 60
#: No limits, no lead and no buffers: hours and nothing else.
OPEN = DiarySettings(
    lead_days=0, horizon_days=180, buffer_after_minutes=0, weekly_new_clients=10_000, caseload_limit=10_000
)
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    """Return a UTC instant from `2027-03-14 06:30`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def every_day(start_minute: int, end_minute: int) -> tuple[WeeklyHours, ...]:
    return tuple(WeeklyHours(weekday, start_minute, end_minute) for weekday in range(7))


def day_off(day: date) -> dict[int, tuple[tuple[int, int], ...]]:
    return {day_number(day): ()}


def taken(session: TimeRange, *, status: str = CONFIRMED, before: int = 0, after: int = 0) -> Taken:
    """Return an appointment, with its buffers in minutes."""
    span = floor_minute(session.start), floor_minute(session.end)
    return Taken((span[0] - before, span[1] + after), span, status, is_intake=True)


@st.composite
def hours_of_a_week(draw: st.DrawFn) -> tuple[WeeklyHours, ...]:
    marks = st.lists(st.integers(0, 1440), min_size=2, max_size=4, unique=True).map(sorted)
    week = []
    for weekday in draw(st.sets(st.integers(0, 6))):
        bounds = draw(marks)
        week += [WeeklyHours(weekday, *pair) for pair in zip(bounds[::2], bounds[1::2], strict=False)]
    return tuple(week)


def settings_of_diaries() -> st.SearchStrategy[DiarySettings]:
    return st.builds(
        DiarySettings,
        lead_days=st.integers(0, 3),
        horizon_days=st.integers(1, 40),
        increment_minutes=st.sampled_from((5, 10, 15, 20, 30, 60)),
        buffer_before_minutes=st.integers(0, 20),
        buffer_after_minutes=st.integers(0, 20),
        weekly_new_clients=st.integers(0, 4),
        caseload_limit=st.integers(4, 12),
        caseload_elsewhere=st.integers(0, 4),
        paused_until=st.none() | st.dates(date(2027, 3, 1), date(2027, 3, 20)),
    )


@st.composite
def diaries(draw: st.DrawFn, *, near: datetime, zones: tuple[str, ...] = US_ZONES + ODD_ZONES) -> DiaryPages:
    """Draw any diary whose exceptions and appointments lie within three weeks of an instant."""
    days = st.integers(-2, 20).map(lambda n: day_number(near.date()) + n)
    pairs = st.tuples(st.integers(0, 700), st.integers(701, 1440))
    begins = st.integers(-3 * 24 * 12, 20 * 24 * 12).map(lambda n: near + n * timedelta(minutes=5))
    statuses = st.sampled_from(sorted(TRANSITIONS))
    sessions = st.builds(
        lambda begin, length, status: taken(TimeRange.lasting(begin, length), status=status, after=10),
        begins,
        st.sampled_from([timedelta(minutes=50), HOUR]),
        statuses,
    )
    return DiaryPages(
        time_zone=draw(st.sampled_from(zones)),
        settings=draw(settings_of_diaries()),
        hours=draw(hours_of_a_week()),
        exceptions=draw(st.dictionaries(days, st.lists(pairs, max_size=1).map(tuple), max_size=3)),
        taken=tuple(draw(st.lists(sessions, max_size=6))),
    )
