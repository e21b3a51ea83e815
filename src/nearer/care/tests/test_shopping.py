"""The secret shopper finds no ghosts where there are none, finds those that there are, and leaves no trace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection

from nearer.care.api import NobodyListed, Trip, shop
from nearer.care.operations import shopping
from nearer.care.pages.finding.cards import cards
from nearer.care.queries.finding import sections
from nearer.care.records import Section
from nearer.care.rules.answers import Answers
from nearer.care.rules.spreading import on_a_card
from nearer.care.tests.builders import a_covered_therapist, someone_free
from nearer.directory.models import Contract, Therapist
from nearer.foundation import clock
from nearer.foundation.timerange import TimeRange
from nearer.matching.api import Match, Matches

pytestmark = pytest.mark.django_db


def a_trip(requests: int = 20, seed: int = 7) -> Trip:
    return shop(requests=requests, seed=seed, at=clock.now)


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table."""
    tables = sorted(model._meta.db_table for model in apps.get_models(include_auto_created=True))
    rows = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" AS t ORDER BY 1')
            rows[table] = cursor.fetchall()
    return rows


def lying(
    monkeypatch: pytest.MonkeyPatch, *, openings: Sequence[TimeRange] | None = None, after: object = None
) -> None:
    """Let answers show other openings than there are, or let something happen right after each."""

    def told(answers: Answers, now: datetime) -> tuple[Section, ...]:
        found = sections(answers, now)
        if callable(after):
            after()
        return tuple(replace(each, matches=_with(each, openings)) for each in found)

    monkeypatch.setattr(shopping, "sections", told)


def _with(section: Section, openings: Sequence[TimeRange] | None) -> Matches:
    def other(match: Match) -> Match:
        return match if openings is None else replace(match, openings=tuple(openings))

    return replace(section.matches, matches=tuple(other(match) for match in section.matches.matches))


def test_what_is_shown_can_be_held() -> None:
    a_covered_therapist(services=("individual", "couples"))
    someone_free(services=("individual", "couples"), places_in=("MA",))
    trip = a_trip()
    assert trip.requests == 20
    assert trip.answered > 5
    assert trip.shown > 20
    assert (trip.ghosts, trip.rate) == (0, 0.0)


def test_it_leaves_no_row_and_changes_none() -> None:
    a_covered_therapist(services=("individual", "couples"))
    before = everything()
    assert a_trip().shown
    assert everything() == before


def test_a_time_that_is_none_is_a_ghost(monkeypatch: pytest.MonkeyPatch) -> None:
    someone_free()
    past = TimeRange.lasting(clock.now() - timedelta(days=3), timedelta(hours=1))
    lying(monkeypatch, openings=[past])
    trip = a_trip()
    assert trip.ghosts == trip.shown > 0
    assert trip.rate == 1.0
    assert {ghost.why for ghost in trip.named} == {"taken"}


def test_a_contract_that_ended_meanwhile_makes_ghosts(monkeypatch: pytest.MonkeyPatch) -> None:
    a_covered_therapist()
    lying(monkeypatch, after=lambda: Contract.objects.update(ends_on=clock.now().date() - timedelta(days=1)))
    trip = a_trip(1, seed=0)
    for seed in range(1, 60):
        Contract.objects.update(ends_on=None)
        trip = trip if trip.ghosts else a_trip(1, seed=seed)
    assert {ghost.why for ghost in trip.named} == {"not_eligible"}


def test_who_was_removed_meanwhile_is_a_ghost(monkeypatch: pytest.MonkeyPatch) -> None:
    someone_free()
    lying(monkeypatch, after=lambda: Therapist.objects.update(removed_on=clock.now().date()))
    trip = a_trip()
    assert trip.ghosts == trip.shown > 0


def test_only_the_first_ghosts_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    someone_free()
    past = [TimeRange.lasting(clock.now() - timedelta(days=3, hours=each), timedelta(hours=1)) for each in range(3)]
    lying(monkeypatch, openings=past)
    trip = a_trip(60)
    assert trip.ghosts > len(trip.named) == shopping.NAMED


def test_the_same_seed_asks_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    someone_free()
    asked: list[Answers] = []

    def nobody(answers: Answers, now: datetime) -> tuple[Section, ...]:
        asked.append(answers)
        return ()

    monkeypatch.setattr(shopping, "sections", nobody)
    for seed in (3, 3, 4):
        a_trip(5, seed=seed)
    assert asked[:5] == asked[5:10]
    assert asked[:5] != asked[10:]


def test_the_times_tried_are_those_that_cards_show() -> None:
    someone_free()
    answers = Answers(who="me", jurisdiction="MA", zone="America/New_York", seed=1, complete=True)
    (section,) = sections(answers, clock.now())
    (card,) = cards(section.matches.matches, answers)
    shown = [time.value for day in card.days for time in day.times]
    (match,) = section.matches.matches
    assert shown == [each.start.isoformat() for each in on_a_card(match.openings, answers.zone)]


def test_it_tells_how_far_it_is() -> None:
    someone_free()
    heard: list[int] = []
    shop(requests=3, seed=1, at=clock.now, on_request=lambda trip: heard.append(trip.requests))
    assert heard == [1, 2, 3]


def test_with_nobody_listed_it_says_so() -> None:
    with pytest.raises(NobodyListed):
        a_trip()
