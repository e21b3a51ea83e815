"""What an answer promises: the right few first, everyone somewhere, the same again by its seed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nearer.directory.models import Therapist
from nearer.directory.tests.builders import a_therapist
from nearer.matching.api import Ask, NotMatched, answer, explain, more
from nearer.matching.tests.builders import (
    NEW_YORK,
    NOW,
    a_diary,
    a_network_and_plan,
    an_ask,
    asked,
    ids,
    many_free,
    nice,
    projected,
    someone_free,
)
from nearer.scheduling.models import Hours

pytestmark = pytest.mark.django_db
HERE = ZoneInfo(NEW_YORK)


def test_an_answer_holds_therapists_with_times_from_tomorrow_on() -> None:
    someone_free()
    projected()
    (match,) = asked().matches
    first = match.openings[0].start.astimezone(HERE)
    assert first == datetime(2026, 11, 24, 9, 0, tzinfo=HERE)
    assert match.openings[-1].start.astimezone(HERE).date() == date(2026, 12, 7)
    assert all(opening.length == timedelta(minutes=60) for opening in match.openings)


def test_three_to_five_are_shown_first_and_the_rest_are_behind() -> None:
    for _ in range(8):
        someone_free()
    projected()
    found = asked()
    assert (len(found.matches), len(found.others), found.total) == (5, 3, 8)


def test_someone_with_a_time_within_two_days_is_among_the_first_if_anyone_is() -> None:
    for _ in range(7):
        later = a_therapist(traits={"concern": ["closeness"]})
        a_diary(later, weekdays=(4,))
    soon = someone_free()
    projected()
    found = asked(wishes=(nice("concern", "closeness"),))
    assert found.within_48h
    assert found.matches[4].profile.id == soon.pk
    assert len(found.others) == 3


def test_a_couple_in_two_states_needs_a_licence_in_both_for_video() -> None:
    both = someone_free(services=("couples",), licensed_in=("MA", "NY"))
    someone_free(services=("couples",), licensed_in=("MA",))
    projected()
    assert ids(asked(service="couples", partner_jurisdiction="NY")) == {both.pk}


def test_a_couple_in_two_states_meets_in_person_only_if_they_chose_to() -> None:
    video = someone_free(services=("couples",), licensed_in=("MA", "NY"))
    either = someone_free(services=("couples",), licensed_in=("MA", "NY"), places_in=("MA",))
    here = someone_free(services=("couples",), licensed_in=("MA",), places_in=("MA",))
    projected()
    couple: dict[str, Any] = {"service": "couples", "partner_jurisdiction": "NY"}
    ways = {match.profile.id: match.modalities for match in asked(**couple).matches}
    assert ways == {video.pk: ("telehealth",), either.pk: ("telehealth",)}
    ways = {match.profile.id: match.modalities for match in asked(**couple, modality="in_person").matches}
    assert ways == {either.pk: ("in_person",), here.pk: ("in_person",)}
    assert isinstance(explain(an_ask(**couple), here.pk, now=NOW), NotMatched)


def test_a_couple_in_two_states_is_told_whom_meeting_in_person_would_bring() -> None:
    someone_free(services=("couples",), licensed_in=("MA",), places_in=("MA",))
    projected()
    couple: dict[str, Any] = {"service": "couples", "partner_jurisdiction": "NY"}
    for modality in (None, "telehealth"):
        (step,) = asked(**couple, modality=modality).relaxations
        assert (step.kind, step.codes, step.gains) == ("in_person", ("MA",), 1)
        assert str(step.words) == "Both of you in person in Massachusetts, instead of by video"
    assert asked(**couple, modality="in_person").total == 1


def test_a_couple_in_two_states_who_chose_in_person_is_told_whom_video_would_bring() -> None:
    someone_free(services=("couples",), licensed_in=("MA", "NY"))
    projected()
    couple: dict[str, Any] = {"service": "couples", "partner_jurisdiction": "NY"}
    (step,) = asked(**couple, modality="in_person").relaxations
    assert (step.kind, step.codes, step.gains) == ("video", ("in_person",), 1)
    assert str(step.words) == "By video from each state, instead of: In person"


def test_both_ways_are_offered_where_either_will_do() -> None:
    someone_free(places_in=("MA",))
    projected()
    (match,) = asked().matches
    assert (match.modality, match.modalities) == ("telehealth", ("telehealth", "in_person"))
    (match,) = asked(modality="in_person").matches
    assert (match.modality, match.modalities) == ("in_person", ("in_person",))


def test_someone_who_is_excluded_is_not_shown() -> None:
    own, other = someone_free(), someone_free()
    projected()
    assert ids(asked(excluded=frozenset({own.pk}))) == {other.pk}


def test_only_times_in_the_wanted_parts_of_the_week_are_shown() -> None:
    therapist = someone_free()
    Hours.objects.create(diary_id=therapist.pk, weekday=5, start_minute=10 * 60, end_minute=12 * 60)
    Hours.objects.create(diary_id=therapist.pk, weekday=1, start_minute=17 * 60, end_minute=20 * 60)
    projected()
    (match,) = asked(times=frozenset({"weekend", "weekday_evening"})).matches
    starts = [opening.start.astimezone(HERE) for opening in match.openings]
    assert starts
    assert all(start.weekday() == 5 or start.hour >= 17 for start in starts)
    assert {start.weekday() for start in starts} == {1, 5}


def test_the_seed_replays_an_answer_and_another_seed_may_differ() -> None:
    for _ in range(12):
        someone_free()
    projected()
    assert asked(seed=3) == asked(seed=3)
    orders = {tuple(match.profile.id for match in asked(seed=seed).matches) for seed in range(5)}
    assert len(orders) > 1


def shown_in_all(ask: Ask) -> list[int]:
    """Return whom the answer and then each page shows."""
    shown = [match.profile.id for match in answer(ask, now=NOW).matches]
    for number in range(1, more(ask, page=1, now=NOW).last + 1):
        shown += [match.profile.id for match in more(ask, page=number, now=NOW).others]
    return shown


def test_all_who_fit_are_on_some_page_once() -> None:
    everyone = [someone_free().pk for _ in range(40)]
    projected()
    assert sorted(shown_in_all(an_ask())) == everyone
    pages = [more(an_ask(), page=number, now=NOW) for number in (1, 2, 99)]
    assert [(page.number, page.last, page.total) for page in pages] == [(1, 2, 40), (2, 2, 40), (2, 2, 40)]


@pytest.mark.parametrize("gone", [2, 3, 6, 20])
def test_those_who_left_since_are_made_up_for_by_others(gone: int) -> None:
    for _ in range(34):
        someone_free()
    projected()
    ranked = shown_in_all(an_ask())
    Therapist.objects.filter(pk__in=ranked[:gone]).update(accepting=False)
    with CaptureQueriesContext(connection) as queries:
        found = answer(an_ask(), now=NOW)
    assert len(found.matches) == 5
    assert found.others
    assert len(queries) <= 6
    assert sorted(shown_in_all(an_ask())) == sorted(ranked[gone:])


def test_someone_soon_is_looked_for_further_down_if_the_one_found_first_has_left() -> None:
    for _ in range(20):
        a_diary(a_therapist(traits={"concern": ["closeness"]}), weekdays=(4,))
    soon = [someone_free(), someone_free()]
    projected()
    wishes = (nice("concern", "closeness"),)
    first = asked(wishes=wishes).matches[4].profile.id
    Therapist.objects.filter(pk=first).update(accepting=False)
    found = asked(wishes=wishes)
    assert found.within_48h
    assert found.matches[4].profile.id == next(each.pk for each in soon if each.pk != first)


@pytest.mark.parametrize("count", [10, 100, 1000])
def test_an_answer_takes_the_same_few_queries_for_any_number_of_therapists(count: int) -> None:
    network, plan_id = a_network_and_plan()
    many_free(count, network.pk)
    projected()
    ask = an_ask(plan_id=plan_id, wishes=(nice("concern", "closeness"),))
    for question in (lambda: answer(ask, now=NOW), lambda: more(ask, page=1, now=NOW)):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            question()
        assert len(queries) == 4


def test_a_price_moves_scarce_capacity_down() -> None:
    scarce, roomy = someone_free(), someone_free()
    projected()
    prices = {scarce.pk: 0.2}
    for seed in range(4):
        first = answer(an_ask(seed=seed), now=NOW, prices=prices).matches[0]
        assert first.profile.id == roomy.pk
