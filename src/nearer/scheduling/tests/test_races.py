"""Who wins when many want the same thing at the same moment; and that the guards are what decides it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import combinations

import pytest
from django.db import connection, transaction

from nearer.directory.api import records
from nearer.directory.models import Therapist
from nearer.foundation.timerange import TimeRange
from nearer.scheduling import api
from nearer.scheduling.models import Appointment, Attendance
from nearer.scheduling.tests.builders import FIVE, NINE, every_day
from nearer.scheduling.tests.races import CONSTRAINT, race, without_the_guards
from nearer.scheduling.tests.rows import (
    HOUR,
    NEW_YORK,
    NOW,
    ROOMY,
    TOMORROW_NINE,
    a_client,
    a_confirmed,
    a_hold,
    a_therapist,
)

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

RACERS = 32
QUARTER = timedelta(minutes=15)
#: Starts every quarter of an hour, so that two racers can want times that overlap without being the same.
QUARTERLY = replace(ROOMY, increment_minutes=15)


def overlaps() -> int:
    """Return how many pairs of live appointments of one therapist overlap."""
    live = Appointment.objects.filter(status__in=["held", "confirmed"])
    sessions = [(row.therapist_id, TimeRange(row.session.lower, row.session.upper)) for row in live]
    return sum(one[0] == two[0] and one[1].overlaps(two[1]) for one, two in combinations(sessions, 2))


def deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


def racers_for_one_opening() -> list[Callable[[], object]]:
    """Return racers of whom half want the opening and half want it a quarter of an hour later."""
    therapist = a_therapist(settings=QUARTERLY)
    return [partial(a_hold, therapist, TOMORROW_NINE + (racer % 2) * QUARTER) for racer in range(RACERS)]


@pytest.mark.parametrize("_round", range(5))
def test_one_opening_has_one_winner_and_no_deadlock(_round: int) -> None:
    before = deadlocks()
    assert race(racers_for_one_opening()) == {"done": 1, "OpeningTaken": RACERS - 1}
    assert Appointment.objects.count() == 1
    assert deadlocks() == before


def test_the_same_race_without_lock_and_constraint_has_double_bookings() -> None:
    """The control: where this fails, the race above proves nothing."""
    with without_the_guards():
        winners = [race(racers_for_one_opening())["done"] for _ in range(5)]
        assert max(winners) > 1
        assert overlaps() > 0


def test_every_one_of_many_distinct_openings_is_won() -> None:
    therapist = a_therapist()
    starts = [TOMORROW_NINE + day * timedelta(days=1) + hour * HOUR for day in range(3) for hour in range(7)]
    ended = race([partial(a_hold, therapist, start) for start in starts])
    assert ended == {"done": len(starts)}
    assert overlaps() == 0


def test_a_weekly_limit_of_one_lets_one_client_in_however_many_openings_there_are() -> None:
    therapist = a_therapist(settings=replace(ROOMY, weekly_new_clients=1))
    starts = [TOMORROW_NINE + (racer % 3) * timedelta(days=1) + racer // 3 * HOUR for racer in range(18)]
    assert race([partial(a_hold, therapist, start) for start in starts]) == {"done": 1, "NotTaking": 17}


def test_a_caseload_with_room_for_two_lets_two_in() -> None:
    therapist = a_therapist(settings=replace(ROOMY, caseload_limit=12, caseload_elsewhere=10))
    starts = [TOMORROW_NINE + (racer % 4) * timedelta(days=7) + racer // 4 * HOUR for racer in range(16)]
    starts = [start - HOUR if start - NOW > timedelta(days=7) else start for start in starts]
    ended = race([partial(a_hold, therapist, start) for start in starts])
    assert ended["done"] == 2
    assert Appointment.objects.count() == 2


def test_one_key_sent_many_times_at_once_is_one_hold_and_one_answer() -> None:
    therapist = a_therapist()
    answers: list[api.AppointmentCard] = []
    ended = race([lambda: answers.append(a_hold(therapist, key="the same"))] * 16)
    assert ended == {"done": 16}
    assert len(set(answers)) == 1
    assert Appointment.objects.count() == 1


def test_one_key_sent_for_two_therapists_at_once_holds_one() -> None:
    therapists = [a_therapist(), a_therapist()]
    ended = race([partial(a_hold, therapists[racer % 2], key="the same") for racer in range(16)])
    assert ended == {"done": 8, "KeyUsed": 8}
    assert Appointment.objects.count() == 1


def test_a_client_who_is_put_down_for_many_overlapping_appointments_attends_one() -> None:
    client = a_client()
    cards = [a_hold(a_therapist(settings=QUARTERLY), TOMORROW_NINE + (n % 2) * QUARTER) for n in range(12)]
    before = deadlocks()
    ended = race([partial(api.attend, appointment_id=card.id, client_id=client, now=NOW) for card in cards])
    assert ended == {"done": 1, "ClientBusy": 11}
    assert Attendance.objects.count() == 1
    assert deadlocks() == before


def test_a_hold_that_is_confirmed_while_it_is_released_is_one_or_the_other() -> None:
    for _ in range(5):
        card = a_hold(a_therapist())
        ended = race(
            [
                partial(api.confirm, appointment_id=card.id, now=NOW),
                partial(api.release, appointment_id=card.id, now=NOW),
            ]
        )
        assert ended["done"] == 1
        assert api.appointment(card.id).status in {"confirmed", "released"}


def test_two_who_move_to_one_opening_do_not_both_get_there() -> None:
    therapist = a_therapist()
    cards = [a_confirmed(therapist, TOMORROW_NINE + hour * HOUR) for hour in range(6)]
    wanted = TOMORROW_NINE + timedelta(days=1)
    ended = race(
        [partial(api.move, appointment_id=card.id, start=wanted, key=f"m{card.id}", now=NOW) for card in cards]
    )
    assert ended == {"done": 1, "OpeningTaken": 5}
    assert overlaps() == 0


def test_giving_up_one_time_for_another_beside_others_who_book_ends_without_a_deadlock() -> None:
    """The order of locks: released and held again in one transaction, while others hold, and an import writes."""
    therapist = a_therapist()
    cards = [a_hold(therapist, TOMORROW_NINE + hour * HOUR) for hour in range(4)]
    next_day = TOMORROW_NINE + timedelta(days=1)

    @transaction.atomic
    def give_up(card: api.AppointmentCard) -> None:
        api.release(appointment_id=card.id, now=NOW)
        a_hold(therapist, card.session.start + timedelta(days=2))

    @transaction.atomic
    def write_everything(round_: int) -> None:
        Therapist.objects.filter(id=therapist).update(about=str(round_))
        week = every_day(NINE, FIVE + round_)
        api.set_hours(therapist_id=therapist, time_zone=NEW_YORK, hours=week, settings=None, now=NOW)

    before = deadlocks()
    ended = race(
        [partial(give_up, card) for card in cards]
        + [partial(a_hold, therapist, next_day + hour * HOUR) for hour in range(6)]
        + [partial(write_everything, round_) for round_ in range(4)]
    )
    assert ended == {"done": 14}
    assert deadlocks() == before


def test_diaries_that_are_written_beside_bookings_refuse_nobody_and_end_without_a_deadlock() -> None:
    """Within transactions of their callers, as a journey books: holds, moves and cancellations, beside every writer."""
    therapists = [a_therapist(), a_therapist()]
    one, other = therapists
    npis = Therapist.objects.filter(id__in=therapists).order_by("id").values_list("npi", flat=True)
    moving, leaving = a_confirmed(one), a_confirmed(other)
    far, next_day = date(2035, 3, 30), TOMORROW_NINE + timedelta(days=1)

    def hours_until(end: int) -> None:
        week = tuple(records.HoursRecord(weekday, NINE, end) for weekday in range(7))
        api.set_hours_of([records.DiaryRecord(npi, NEW_YORK, week, {}) for npi in npis])

    def hold_and_attend(therapist: int, start: datetime) -> None:
        api.attend(appointment_id=a_hold(therapist, start).id, client_id=a_client(), now=NOW)

    bookings: list[Callable[[], object]] = [
        partial(transaction.atomic(hold_and_attend), therapist, next_day + hour * HOUR)
        for therapist in therapists
        for hour in range(5)
    ]
    bookings += [
        partial(api.move, appointment_id=moving.id, start=TOMORROW_NINE + 2 * HOUR, key="m", now=NOW),
        partial(api.cancel, appointment_id=leaving.id, by="client", now=NOW),
    ]
    writers: list[Callable[[], object]] = [
        *(partial(hours_until, FIVE + end) for end in range(4)),
        *(partial(api.add_exception, therapist_id=each, on=far, hours=[], now=NOW) for each in therapists),
        *(partial(api.pause, therapist_id=each, until=date(2035, 1, 1), now=NOW) for each in therapists),
        partial(api.end_pauses, now=NOW),
        api.expire_holds,
    ]
    before = deadlocks()
    assert race(bookings + writers) == {"done": len(bookings) + len(writers)}
    assert deadlocks() == before


@pytest.fixture(autouse=True)
def _the_guards_stand_again() -> Iterator[None]:
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_constraint WHERE conname = %s", [CONSTRAINT])
        assert cursor.fetchone() == (1,)
