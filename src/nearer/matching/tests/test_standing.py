"""Why someone is not shown: everything that stands in the way at once, and where they are when nothing does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from nearer.directory.api import TherapistUnknown, profiles
from nearer.directory.models import Service, Therapist
from nearer.directory.tests.builders import a_network, a_therapist
from nearer.matching.api import BEHIND, FIRST, Match, Obstacle, explain, preview, standing_of
from nearer.matching.tests.builders import NOW, a_network_and_plan, an_ask, must, projected, someone_free
from nearer.scheduling.models import Diary

pytestmark = pytest.mark.django_db


def stands(therapist: Therapist, **said: Any) -> set[tuple[str, tuple[str, ...]]]:
    found = standing_of(an_ask(**said), therapist.pk, now=NOW)
    return {(each.kind, each.codes) for each in found.obstacles}


def test_everything_that_stands_in_the_way_is_told_not_just_the_first_thing() -> None:
    therapist = someone_free(accepting=False, licensed_in=["NH"], traits={"language": ["en"]})
    _, plan_id = a_network_and_plan()
    found = stands(
        therapist, plan_id=plan_id, age_bands=("teen",), modality="telehealth", wishes=(must("language", "es"),)
    )
    assert found == {
        ("not_accepting", ()),
        ("not_this_age", ("teen",)),
        ("no_licence", ("MA",)),
        ("no_contract", ("MA",)),
        ("language", ("es",)),
    }


def test_whoever_lacks_the_service_is_told_that_and_not_that_they_have_no_time() -> None:
    assert stands(someone_free(), service="couples") == {("no_service", ("couples",))}


def test_each_demand_of_a_must_is_told_by_itself() -> None:
    therapist = someone_free(traits={"concern": ["trust"], "language": ["en"]})
    found = stands(therapist, wishes=(must("concern", "trust", "grief", "anger"),))
    assert found == {("concern", ("grief",)), ("concern", ("anger",))}


def test_no_time_at_all_and_none_of_the_wanted_times_are_two_things() -> None:
    busy, by_day = a_therapist(), someone_free()
    assert stands(busy) == {("openings", ())}
    assert stands(by_day, times=frozenset({"weekend"})) == {("times", ("weekend",))}
    Diary.objects.filter(therapist=by_day).update(paused_until=date(2027, 6, 1))
    assert stands(by_day) == {("openings", ())}


def test_where_one_way_of_meeting_will_do_nothing_stands_in_the_way() -> None:
    assert stands(someone_free()) == set()  # by video, though they have no office
    assert stands(someone_free(), modality="in_person") == {
        ("not_in_this_way", ("in_person",)),
        ("no_location", ("MA",)),
    }


def test_whoever_fits_is_told_where_they_are() -> None:
    therapists = [someone_free() for _ in range(7)]
    projected()
    shown = [standing_of(an_ask(), each.pk, now=NOW) for each in therapists]
    assert sorted(each.shown for each in shown) == [BEHIND] * 2 + [FIRST] * 5
    assert {each.total for each in shown} == {7}


def test_nothing_stands_in_the_way_of_whom_an_answer_could_show_and_of_nobody_else() -> None:
    network, plan_id = a_network_and_plan()
    people = [
        someone_free(networks=[network]),
        someone_free(networks=[a_network()]),
        someone_free(networks=[network], licensed_in=["NH"]),
        someone_free(networks=[network], services=["couples"]),
        a_therapist(networks=[network]),
    ]
    projected()
    for said in ({}, {"plan_id": plan_id}, {"service": "couples"}, {"age_bands": ("teen",)}):
        ask = an_ask(**said)
        for each in people:
            fits = isinstance(explain(ask, each.pk, now=NOW), Match)
            assert fits == (not standing_of(ask, each.pk, now=NOW).obstacles)


def test_a_stranger_has_no_standing() -> None:
    with pytest.raises(TherapistUnknown):
        standing_of(an_ask(), 0, now=NOW)


def test_the_queries_are_as_many_for_one_as_for_many(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    therapist = someone_free()
    projected()
    with django_assert_num_queries(5):
        standing_of(an_ask(), therapist.pk, now=NOW)
    for _ in range(6):
        someone_free()
    projected()
    with django_assert_num_queries(5):
        standing_of(an_ask(), therapist.pk, now=NOW)


def test_a_preview_shows_what_is_not_saved_yet() -> None:
    therapist = someone_free()
    day = NOW.date()
    profile = profiles([therapist.pk], day)[therapist.pk]
    found = preview(an_ask(), replace(profile, about="A new sentence."), now=NOW)
    assert found is not None
    assert found.profile.about == "A new sentence."
    assert found.openings
    assert preview(an_ask(), replace(profile, accepting=False), now=NOW) is None
    assert Service.objects.filter(therapist=therapist).exists()


def test_an_obstacle_is_told_once() -> None:
    therapist = someone_free(accepting=False)
    assert standing_of(an_ask(), therapist.pk, now=NOW).obstacles.count(Obstacle("not_accepting")) == 1
