"""What made-up requests find of a therapist: whose days are counted, and that nobody who asked is in it."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from nearer.directory.models import Contract
from nearer.directory.tests.builders import a_therapist
from nearer.matching.api import removals_of, tally_day
from nearer.matching.engine.pool import Pool, Row
from nearer.matching.engine.prices import Prices
from nearer.matching.engine.rank import rank
from nearer.matching.engine.sample import drawn
from nearer.matching.engine.tally import KINDS, tally
from nearer.matching.models import Tally
from nearer.matching.queries.tallying import ASKED, DAYS
from nearer.matching.tests.builders import NOW, a_diary, a_network_and_plan, projected, someone_free
from nearer.scheduling.models import Diary

ANCHOR = NOW.replace(hour=0)
ALWAYS = b"\xff" * 63


def a_row(therapist_id: int, **changes: object) -> Row:
    usual = Row(therapist_id, 1, 1, (7,), True, 0b1111, 0b111, 0xFFF, 0x3F, 0xF, 0x7, ALWAYS, ANCHOR)
    return usual._replace(**changes)  # type: ignore[arg-type]


def kept_out(row: Row, *, taking: bool = True, seed: int = 1) -> dict[str, tuple[int, int]]:
    requests = drawn(0, "America/New_York", [frozenset({7}), frozenset({8})], random=Random(seed), count=200)
    found = tally(requests, Pool.build([row], ANCHOR), np.array([taking]), NOW)
    assert found.asked == 200
    return {kind: (int(found.any[kind][0]), int(found.alone[kind][0])) for kind in KINDS if found.any[kind][0]}


def test_whoever_has_everything_is_kept_out_by_their_plans_alone() -> None:
    found = kept_out(a_row(1))
    assert set(found) == {"payment"}
    assert found["payment"][0] == found["payment"][1] > 0


def test_whoever_is_not_taking_anyone_is_kept_out_of_everything() -> None:
    assert kept_out(a_row(1), taking=False)["taking"][0] == 200


def test_whoever_has_no_time_is_not_told_that_the_wanted_times_are_missing_too() -> None:
    found = kept_out(a_row(1, openings=b""))
    assert found["openings"][0] == 200
    assert "times" not in found


def test_whoever_works_in_the_morning_lacks_the_other_times() -> None:
    mornings = (0b1111 << 12).to_bytes(3, "little") * 21
    assert "times" in kept_out(a_row(1, openings=mornings))


def test_a_missing_licence_is_one_thing_and_not_two() -> None:
    found = kept_out(a_row(1, telehealth_in=0, in_person_in=0))
    assert found["licence"][0] == 200
    assert "modality" not in found


@given(seed=st.integers(0, 10_000), has=st.integers(0, 2**4 - 1))
def test_what_fits_is_what_an_answer_would_show(seed: int, has: int) -> None:
    rows = [a_row(1), a_row(2, networks=(), ages=has), a_row(3, languages=has, openings=b"\x0f" * 30)]
    pool = Pool.build(rows, ANCHOR)
    requests = list(drawn(0, "America/Chicago", [frozenset({7})], random=Random(seed), count=10))
    found = tally(requests, pool, np.ones(3, np.bool_), NOW)
    shown = [{each.therapist_id for each in rank(one, pool, Prices.of({}), NOW).page(0, 3)} for one in requests]
    for place, therapist_id in enumerate(pool.ids.tolist()):
        assert found.fitted[place] == sum(therapist_id in each for each in shown)


@given(st.integers(0, 10_000))
def test_the_same_seed_draws_the_same_requests(seed: int) -> None:
    first, second = (list(drawn(3, "UTC", [frozenset({1})], random=Random(seed), count=5)) for _ in range(2))
    assert first == second


@pytest.mark.django_db
def test_a_day_is_tallied_once_and_says_what_stood_in_the_way() -> None:
    network, _ = a_network_and_plan()
    inside, outside = someone_free(networks=[network]), someone_free()
    projected()
    assert tally_day(now=NOW) == 2
    assert tally_day(now=NOW + timedelta(minutes=5)) == 0
    found = {each: removals_of(each.pk, now=NOW) for each in (inside, outside)}
    assert found[inside].asked == found[outside].asked == ASKED
    kinds = {each: {kind for kind, _, _ in found[each].kinds} for each in found}
    assert "payment" in kinds[outside]
    assert "payment" not in kinds[inside]


@pytest.mark.django_db
def test_those_who_are_not_offered_at_present_are_told_why() -> None:
    away, full, without = someone_free(accepting=False), someone_free(), a_therapist()
    a_diary(without, weekdays=())
    Diary.objects.filter(therapist=full).update(weekly_new_clients=0)
    projected()
    tally_day(now=NOW)
    first = {each: removals_of(each.pk, now=NOW).kinds[0][0] for each in (away, full, without)}
    assert first == {away: "taking", full: "openings", without: "openings"}


@pytest.mark.django_db
def test_what_changes_shows_in_the_days_after_it() -> None:
    network, _ = a_network_and_plan()
    therapist = someone_free(networks=[network])
    projected()
    tally_day(now=NOW)
    Contract.objects.filter(therapist=therapist).delete()
    tomorrow = NOW + timedelta(days=1)
    projected(tomorrow)
    tally_day(now=tomorrow)
    found = removals_of(therapist.pk, now=tomorrow)
    assert (found.days, found.asked) == (2, 2 * ASKED)
    payment = next(each for each in found.kinds if each[0] == "payment")
    assert 0 < payment[1] <= ASKED


@pytest.mark.django_db
def test_thirty_days_are_kept_and_no_more() -> None:
    therapist = someone_free()
    projected()
    old = NOW.date() - timedelta(days=DAYS)
    Tally.objects.create(therapist=therapist, on=old, asked=1, fitted=1, removed={})
    tally_day(now=NOW)
    assert set(Tally.objects.values_list("on", flat=True)) == {date(2026, 11, 23)}


@pytest.mark.django_db
def test_counts_are_read_in_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    therapist = someone_free()
    for day in range(20):
        on = NOW.date() - timedelta(days=day)
        Tally.objects.create(therapist=therapist, on=on, asked=10, fitted=4, removed={"payment": [6, 2]})
    with django_assert_num_queries(1):
        found = removals_of(therapist.pk, now=NOW)
    assert (found.days, found.asked, found.fitted, found.kinds) == (20, 200, 80, (("payment", 120, 40),))
